package store

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"backfile/internal/news"
)

// SetAlert has a saved search told to an address so often. Where it is told to that
// address already, how often is changed and the rest stays; made is then false. A new one
// gets an id, and tells what comes in behind its Cursor, from the present time on. One
// that makes no sense, one more than news.MaxAlerts and one for an address that asked not
// to be written to are errors that wrap news.ErrInvalid; news.ErrNotFound says that
// there is no such search.
func (s *Store) SetAlert(ctx context.Context, a news.Alert) (kept news.Alert, made bool, err error) {
	a.Address = news.CleanAddress(a.Address)
	if err := a.Check(); err != nil {
		return kept, false, fmt.Errorf("set alert: %w", err)
	}
	a.ID = news.AlertID(news.NewArticleID(news.Key("alert:" + uuid.NewString())))
	err = s.update(ctx, func(b *batch) error {
		if q, err := b.readSearch(a.Search); err != nil || !q.Deleted.IsZero() {
			return cmp.Or(err, news.ErrNotFound)
		}
		r, err := b.recipient(a.Address)
		if err != nil {
			return err
		}
		if !r.Stopped.IsZero() {
			return fmt.Errorf("%s asked on %s not to be written to: %w", a.Address, r.Stopped.Format(time.DateOnly), news.ErrInvalid)
		}
		a.Created, a.Told, a.Sent, a.New = b.now, b.now, time.Time{}, 0
		kept, made, err = b.addAlert(a)
		return err
	})
	if err != nil {
		return news.Alert{}, false, fmt.Errorf("set alert: %w", err)
	}
	return kept, made, nil
}

// addAlert files an alert, unless its search is told to its address already.
func (b *batch) addAlert(a news.Alert) (kept news.Alert, made bool, err error) {
	all, err := b.alerts()
	if err != nil {
		return kept, false, err
	}
	for _, have := range all {
		if have.Search == a.Search && news.SameAddress(have.Address, a.Address) {
			have.Every = a.Every
			return have, false, b.put(bucketAlerts, []byte(have.ID), have)
		}
	}
	if len(all) >= news.MaxAlerts {
		return kept, false, fmt.Errorf("an archive has at most %d alerts: %w", news.MaxAlerts, news.ErrInvalid)
	}
	return a, true, b.put(bucketAlerts, []byte(a.ID), a)
}

func (t *tx) alerts() ([]news.Alert, error) {
	return listed[news.Alert](t, bucketAlerts, nil, nil, maxPage)
}

// Alerts are those of an owner whose searches are there, by address.
func (s *Store) Alerts(ctx context.Context, owner string) (out []news.Alert, err error) {
	err = s.view(ctx, func(t *tx) error {
		all, err := t.alerts()
		if err != nil {
			return err
		}
		there := map[news.SearchID]bool{}
		qs, err := t.searches()
		for _, q := range qs {
			there[q.ID] = q.Deleted.IsZero()
		}
		for _, a := range all {
			if a.Owner == owner && there[a.Search] {
				out = append(out, a)
			}
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read alerts of %s: %w", owner, err)
	}
	slices.SortFunc(out, func(a, b news.Alert) int {
		return cmp.Or(cmp.Compare(a.Address, b.Address), cmp.Compare(a.Search, b.Search))
	})
	return out, nil
}

// DeleteAlert ends an alert. It returns news.ErrNotFound where there is none.
func (s *Store) DeleteAlert(ctx context.Context, id news.AlertID) error {
	err := s.update(ctx, func(b *batch) error {
		if !b.has(bucketAlerts, []byte(id)) {
			return news.ErrNotFound
		}
		return b.delete(bucketAlerts, []byte(id))
	})
	if err != nil {
		return fmt.Errorf("delete alert %s: %w", id, err)
	}
	return nil
}

// dropAlerts ends the alerts of a search that is forgotten.
func (b *batch) dropAlerts(of news.SearchID) error {
	all, err := b.alerts()
	for _, a := range all {
		if err == nil && a.Search == of {
			err = b.delete(bucketAlerts, []byte(a.ID))
		}
	}
	return err
}

// NoteDigest notes that a digest went out to an address with what those alerts had to
// tell; where sent is false that there was nothing to tell. What changed behind a digest
// keeps its place: no alert is set back. An alert that is not there any more is no error.
func (s *Store) NoteDigest(ctx context.Context, address string, told []news.AlertTold, at time.Time, sent bool) error {
	at = stamp(at)
	err := s.update(ctx, func(b *batch) error {
		for _, one := range told {
			var a news.Alert
			ok, err := b.get(bucketAlerts, []byte(one.ID), &a)
			if err != nil {
				return err
			}
			if !ok {
				continue
			}
			if a.Told = at; s.forward(a.Cursor, one.Cursor) {
				a.Cursor = one.Cursor
			}
			if sent && one.New > 0 {
				a.Sent, a.New = at, one.New
			}
			if err := b.put(bucketAlerts, []byte(a.ID), a); err != nil {
				return err
			}
		}
		if !sent {
			return nil
		}
		r, err := b.recipient(address)
		if err != nil {
			return err
		}
		r.Sent, r.Tried, r.Failures, r.Error, r.Next = at, at, 0, "", time.Time{}
		return b.putRecipient(r)
	})
	if err != nil {
		return fmt.Errorf("note a digest to %s: %w", address, err)
	}
	return nil
}

// forward reports whether to lies behind from, or from is no place in this feed.
func (s *Store) forward(from, to news.Cursor) bool {
	was, err := s.position(from)
	if err != nil {
		return true
	}
	is, err := s.position(to)
	return err == nil && is.seq > was.seq
}

// NoteDigestFailure notes that a digest to an address did not go out, why, and when to try
// again.
func (s *Store) NoteDigestFailure(ctx context.Context, address, reason string, at, next time.Time) error {
	return s.changeRecipient(ctx, "note a failure of digests", address, func(_ *batch, r *news.Recipient) error {
		r.Failures++
		r.Tried, r.Next, r.Error = stamp(at), stamp(next), strings.ToValidUTF8(reason, "\uFFFD")
		return nil
	})
}

// RestoreAlert takes an alert of an export back, under its own id, telling what comes in
// from now on. It reports false, having changed nothing, where its search is not there,
// is told to that address already, or there is an alert of that id.
func (s *Store) RestoreAlert(ctx context.Context, k news.KeptAlert) (restored bool, err error) {
	a := k.Alert
	if a.Owner == "" {
		a.Owner = news.LocalOwner
	}
	a.Address = news.CleanAddress(a.Address)
	err = a.Check()
	if err == nil && (!news.ValidID(string(a.ID)) || k.Token != "" && !news.ValidToken(k.Token)) {
		err = fmt.Errorf("%q is no id, or its token is none: %w", a.ID, news.ErrInvalid)
	}
	if err != nil {
		return false, fmt.Errorf("restore alert: %w", err)
	}
	err = s.update(ctx, func(b *batch) error {
		if b.has(bucketAlerts, []byte(a.ID)) || !b.has(bucketSearches, []byte(a.Search)) {
			return nil
		}
		all, err := b.alerts()
		if err != nil || slices.ContainsFunc(all, func(have news.Alert) bool {
			return have.Search == a.Search && news.SameAddress(have.Address, a.Address)
		}) {
			return err
		}
		if a.Created = stamp(a.Created); a.Created.IsZero() {
			a.Created = b.now
		}
		a.Told, a.Sent, a.Cursor = b.now, stamp(a.Sent), s.cursor(b.head)
		if _, restored, err = b.addAlert(a); err != nil {
			return err
		}
		was := b.has(bucketRecipients, recipientKey(a.Address))
		r, err := b.recipient(a.Address)
		if err != nil {
			return err
		}
		if !was && k.Token != "" {
			r.Token = k.Token
		}
		if r.Stopped.IsZero() {
			r.Stopped = stamp(k.Stopped)
		}
		return b.putRecipient(r)
	})
	if err != nil {
		return false, fmt.Errorf("restore alert %s: %w", a.ID, err)
	}
	return restored, nil
}

// newToken is a recipient's token, of 128 random bits and more.
func newToken() string {
	random := make([]byte, 20)
	_, _ = rand.Read(random) // never fails, as its documentation says
	return news.NewToken(random)
}

// alert checks that an alert is filed under its id, and that its recipient is known.
func (v *verifier) alert(t *tx, k, payload []byte) error {
	a, err := filed(bucketAlerts, "id", k, payload, func(a *news.Alert) []byte { return []byte(a.ID) })
	if err != nil {
		return err
	}
	if !t.has(bucketRecipients, recipientKey(a.Address)) {
		return damaged(bucketAlerts, k, "nothing is known of its recipient")
	}
	return nil
}
