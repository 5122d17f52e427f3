package store

import (
	"context"
	"fmt"

	"backfile/internal/news"
)

// Numbers returns, of up to n articles in the order of their ids behind the id after,
// the numbers of the versions that an index has of each; none at the end. n is 10,000
// where it is 0, and at most that. It reads no texts.
func (s *Store) Numbers(ctx context.Context, after news.ArticleID, n int) ([]news.Numbers, error) {
	var out []news.Numbers
	err := s.view(ctx, func(t *tx) error {
		return t.page(bucketArticles, nil, []byte(after), pageSize(n), func(k, payload []byte) error {
			var h head
			if err := unmarshal(bucketArticles, k, payload, &h); err != nil {
				return err
			}
			x := news.Numbers{ID: news.ArticleID(k)}
			hidden := h.hidden(x.ID, t.now) != nil
			joined := s.Corrections().Article(x.ID) != x.ID // an index has it not
			if x.Unsettled = hidden != h.Hidden && len(h.Versions) > 0 && !joined; !hidden && !joined {
				for _, v := range h.Versions {
					x.Versions = append(x.Versions, v.N)
				}
			}
			out = append(out, x)
			return ctx.Err()
		})
	})
	if err != nil {
		return nil, fmt.Errorf("read numbers of versions: %w", err)
	}
	return out, nil
}
