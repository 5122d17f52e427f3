package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"backfile/internal/news"
)

// Progress returns how far the taking in of an input has come; news.ErrNotFound where
// none of that name was broken off.
func (s *Store) Progress(ctx context.Context, input string) (p news.Progress, err error) {
	err = s.view(ctx, func(t *tx) error {
		ok, err := t.get(bucketProgress, []byte(input), &p)
		if err == nil && !ok {
			err = news.ErrNotFound
		}
		return err
	})
	if err != nil {
		return news.Progress{}, fmt.Errorf("read how far input %s has come: %w", input, err)
	}
	return p, nil
}

// SetProgress notes how far the taking in of an input has come, at the present time. A
// place that can be none is an error that wraps news.ErrInvalid.
func (s *Store) SetProgress(ctx context.Context, p news.Progress) error {
	err := p.Check()
	if err == nil {
		err = s.update(ctx, func(b *batch) error {
			p.At = b.now
			if !b.has(bucketProgress, []byte(p.Input)) {
				if err := b.roomForProgress(); err != nil {
					return err
				}
			}
			return b.put(bucketProgress, []byte(p.Input), p)
		})
	}
	if err != nil {
		return fmt.Errorf("note how far input %s has come: %w", p.Input, err)
	}
	return nil
}

// ForgetProgress says that an input was taken in to its end. One that is not known is
// no error.
func (s *Store) ForgetProgress(ctx context.Context, input string) error {
	// Most inputs end before anything was noted of them.
	if _, err := s.Progress(ctx, input); errors.Is(err, news.ErrNotFound) {
		return nil
	}
	err := s.update(ctx, func(b *batch) error { return b.delete(bucketProgress, []byte(input)) })
	if err != nil {
		return fmt.Errorf("forget how far input %s has come: %w", input, err)
	}
	return nil
}

// roomForProgress forgets the input that was noted longest ago where there are as many
// as may be.
func (b *batch) roomForProgress() error {
	n, oldest, at := 0, "", time.Time{}
	err := b.page(bucketProgress, nil, nil, news.MaxProgress+1, func(k, payload []byte) error {
		var p news.Progress
		if err := unmarshal(bucketProgress, k, payload, &p); err != nil {
			return err
		}
		if n++; oldest == "" || p.At.Before(at) {
			oldest, at = string(k), p.At
		}
		return nil
	})
	if err != nil || n < news.MaxProgress {
		return err
	}
	return b.delete(bucketProgress, []byte(oldest))
}

// forgetAllProgress has every input that was broken off begun anew.
func (b *batch) forgetAllProgress() error {
	return b.deleteAll(bucketProgress, nil)
}

func (v *verifier) progress(_ *tx, k, payload []byte) error {
	_, err := filed(bucketProgress, "input", k, payload, func(p *news.Progress) []byte { return []byte(p.Input) })
	return err
}
