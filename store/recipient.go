package store

import (
	"context"
	"crypto/subtle"
	"fmt"
	"strings"
	"time"

	"backfile/internal/news"
)

// recipientKey is the key of an address, of which capitals do not matter: no mail server
// that is used tells mailboxes apart by them.
func recipientKey(address string) []byte { return []byte(strings.ToLower(address)) }

// recipient is who has that address, made where nobody is known by it.
func (b *batch) recipient(address string) (news.Recipient, error) {
	r, err := b.readRecipient(address)
	if err != nil || r.Token != "" {
		return r, err
	}
	r = news.Recipient{Address: address, Token: newToken(), Created: b.now}
	return r, b.putRecipient(r)
}

// readRecipient is who has that address; without a token where nobody is known by it.
func (t *tx) readRecipient(address string) (r news.Recipient, err error) {
	_, err = t.get(bucketRecipients, recipientKey(address), &r)
	return r, err
}

func (b *batch) putRecipient(r news.Recipient) error {
	return b.put(bucketRecipients, recipientKey(r.Address), r)
}

func (t *tx) recipients() ([]news.Recipient, error) {
	return listed[news.Recipient](t, bucketRecipients, nil, nil, maxPage)
}

// Recipients are all whom digests are, or were, sent to, by address.
func (s *Store) Recipients(ctx context.Context) (out []news.Recipient, err error) {
	err = s.view(ctx, func(t *tx) error {
		out, err = t.recipients()
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read recipients of digests: %w", err)
	}
	return out, nil
}

// RecipientWith is who was sent that token, or news.ErrNotFound.
func (s *Store) RecipientWith(ctx context.Context, token string) (r news.Recipient, err error) {
	err = s.view(ctx, func(t *tx) error {
		r, err = t.recipientWith(token)
		return err
	})
	if err != nil {
		return news.Recipient{}, fmt.Errorf("read a recipient of digests: %w", err)
	}
	return r, nil
}

// recipientWith looks at all of them, however early it finds one: how long it takes says
// nothing about a token that was tried.
func (t *tx) recipientWith(token string) (found news.Recipient, err error) {
	if !news.ValidToken(token) {
		return found, news.ErrNotFound
	}
	all, err := t.recipients()
	if err != nil {
		return found, err
	}
	for _, r := range all {
		if subtle.ConstantTimeCompare([]byte(r.Token), []byte(token)) == 1 {
			found = r
		}
	}
	if found.Token == "" {
		return found, news.ErrNotFound
	}
	return found, nil
}

// changeRecipient runs fn on whoever has that address, and keeps what it made of them.
func (s *Store) changeRecipient(ctx context.Context, what, address string, fn func(b *batch, r *news.Recipient) error) error {
	err := s.update(ctx, func(b *batch) error {
		r, err := b.readRecipient(address)
		if err == nil && r.Token == "" {
			err = news.ErrNotFound
		}
		was := r
		if err == nil {
			err = fn(b, &r)
		}
		if err != nil || r == was {
			return err
		}
		return b.putRecipient(r)
	})
	if err != nil {
		return fmt.Errorf("%s of %s: %w", what, address, err)
	}
	return nil
}

// StopLetters notes that whoever was sent that token wants no more digests; with again,
// that they want them after all, and what came in meanwhile is left out. It returns
// news.ErrNotFound where nobody was sent it.
func (s *Store) StopLetters(ctx context.Context, token string, again bool) error {
	err := s.update(ctx, func(b *batch) error {
		r, err := b.recipientWith(token)
		if err != nil {
			return err
		}
		return b.stop(r, again)
	})
	if err != nil {
		return fmt.Errorf("stop digests: %w", err)
	}
	return nil
}

// WriteAgain has digests sent to an address once more that asked not to be written to. It
// returns news.ErrNotFound where nothing was ever sent there.
func (s *Store) WriteAgain(ctx context.Context, address string) error {
	return s.changeRecipient(ctx, "write again", news.CleanAddress(address), func(b *batch, r *news.Recipient) error {
		if err := b.stop(*r, true); err != nil {
			return err
		}
		again, err := b.readRecipient(r.Address)
		*r = again
		return err
	})
}

// stop stops the digests to a recipient, or lets them begin again from now on.
func (b *batch) stop(r news.Recipient, again bool) error {
	if r.Stopped.IsZero() == again {
		return nil
	}
	if r.Stopped = b.now; again {
		r.Stopped, r.Failures, r.Error, r.Next = time.Time{}, 0, "", time.Time{}
		all, err := b.alerts()
		if err != nil {
			return err
		}
		for _, a := range all {
			if news.SameAddress(a.Address, r.Address) {
				a.Told, a.Cursor = b.now, b.s.cursor(b.head)
				if err := b.put(bucketAlerts, []byte(a.ID), a); err != nil {
					return err
				}
			}
		}
	}
	return b.putRecipient(r)
}

// recipientRecord checks that a recipient is filed under their address.
func (v *verifier) recipientRecord(_ *tx, k, payload []byte) error {
	var r news.Recipient
	if err := unmarshal(bucketRecipients, k, payload, &r); err != nil {
		return err
	}
	if string(recipientKey(r.Address)) != string(k) {
		return damaged(bucketRecipients, k, "it is filed under another address")
	}
	if !news.ValidToken(r.Token) {
		return damaged(bucketRecipients, k, "its token is none")
	}
	if err := news.CheckAddress(r.Address); err != nil {
		return damaged(bucketRecipients, k, err.Error())
	}
	return nil
}
