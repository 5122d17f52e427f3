package store

import (
	"context"
	"errors"
	"fmt"

	"backfile/internal/news"
)

// Standings says of each bookmark what became of its article since.
func (s *Store) Standings(ctx context.Context, ms []news.Bookmark) ([]news.Standing, error) {
	out := make([]news.Standing, len(ms))
	err := s.view(ctx, func(t *tx) error {
		for i, m := range ms {
			id := s.Corrections().Article(m.Article)
			st := &out[i]
			if id != m.Article {
				st.Into = id
			}
			h, err := t.readHead(id)
			var gone *news.Gone
			switch {
			case errors.As(err, &gone):
				st.Gone = gone
				continue
			case errors.Is(err, news.ErrNotFound):
				st.Gone = &news.Gone{ID: id}
				continue
			case err != nil:
				return err
			}
			now := h.current()
			st.Current = now.N
			if st.Into != "" {
				continue // the numbers are of another article's versions
			}
			j := h.at(m.Version)
			st.Changed = j < 0 || string(h.Versions[j].Text) != string(now.Text)
		}
		return ctx.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("see what became of %d bookmarks: %w", len(ms), err)
	}
	return out, nil
}

// forgetBookmarked takes the headline of an erased article out of all lists. The row of
// the feed that tells of the erasing tells of that too.
func (b *batch) forgetBookmarked(id news.ArticleID) error {
	var ls []news.List
	err := b.page(bucketLists, nil, nil, maxEvents, func(k, payload []byte) error {
		var l news.List
		if err := unmarshal(bucketLists, k, payload, &l); err != nil {
			return err
		}
		if i := l.Index(id); i >= 0 && l.Items[i].Headline != "" {
			l.Items[i].Headline = ""
			ls = append(ls, l)
		}
		return nil
	})
	for i := 0; i < len(ls) && err == nil; i++ {
		err = b.put(bucketLists, []byte(ls[i].ID), ls[i])
	}
	return err
}
