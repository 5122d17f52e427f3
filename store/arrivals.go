package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"backfile/internal/news"
)

// Arrivals are the articles that came in by up to n rows of the feed behind after, the
// first in front, without those that were there before, whatever happened to them, and
// those that are not shown. next is the last row's cursor; where it is after, the feed ends
// there. Cursors and n are as in Changes.
func (s *Store) Arrivals(ctx context.Context, after news.Cursor, n int) (ids []news.ArticleID, next news.Cursor, err error) {
	return s.arrivals(ctx, after, "", n)
}

// ArrivalsUntil is Arrivals of a feed that ends with the row until; where that is not
// behind after, it is at its end.
func (s *Store) ArrivalsUntil(ctx context.Context, after, until news.Cursor, n int) (ids []news.ArticleID, next news.Cursor, err error) {
	return s.arrivals(ctx, after, until, n)
}

func (s *Store) arrivals(ctx context.Context, after, until news.Cursor, n int) (ids []news.ArticleID, next news.Cursor, err error) {
	next = after
	rows, err := s.Changes(ctx, after, n)
	if err == nil && until != "" {
		var end position
		if end, err = s.position(until); err == nil {
			rows = slices.DeleteFunc(rows, func(row news.Change) bool {
				p, err := s.position(row.Cursor)
				return err == nil && p.seq > end.seq
			})
		}
	}
	if err != nil || len(rows) == 0 {
		return nil, next, err
	}
	next = rows[len(rows)-1].Cursor
	first := map[news.ArticleID]time.Time{}
	for _, row := range rows {
		if id := news.ArticleID(row.ID); row.Kind == news.ArticleChanged {
			if _, seen := first[id]; !seen {
				first[id] = row.At
				ids = append(ids, id)
			}
		}
	}
	came := ids[:0]
	err = s.view(ctx, func(t *tx) error {
		for _, id := range ids {
			h, err := t.readHead(id)
			switch {
			case errors.Is(err, news.ErrNotFound):
			case err != nil:
				return err
			// An article's first row is of the moment in which it was added.
			case !h.Added.Before(first[id]):
				came = append(came, id)
			}
		}
		return ctx.Err()
	})
	if err != nil {
		return nil, after, fmt.Errorf("read arrivals: %w", err)
	}
	return came, next, nil
}
