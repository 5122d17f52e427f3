package store

import (
	"context"
	"fmt"

	"backfile/internal/news"
)

const metaCheck = "check"

// NoteCheck keeps what a check of the whole archive found, in place of the one before.
func (s *Store) NoteCheck(ctx context.Context, c news.Check) error {
	c.At = stamp(c.At)
	c.Problems = c.Problems[:min(len(c.Problems), news.MaxCheckProblems)]
	if err := s.update(ctx, func(b *batch) error { return b.put(bucketMeta, []byte(metaCheck), c) }); err != nil {
		return fmt.Errorf("note what was checked: %w", err)
	}
	return nil
}

// LastCheck is what the last check found; its At is zero where there was none.
func (s *Store) LastCheck(ctx context.Context) (c news.Check, err error) {
	err = s.view(ctx, func(t *tx) error {
		_, err := t.get(bucketMeta, []byte(metaCheck), &c)
		return err
	})
	if err != nil {
		return c, fmt.Errorf("read what was checked last: %w", err)
	}
	return c, nil
}
