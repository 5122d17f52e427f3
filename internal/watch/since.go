package watch

import (
	"context"

	"backfile/internal/news"
)

// Arrivals tells what came in, as a store's method of that name does.
type Arrivals interface {
	Arrivals(ctx context.Context, after news.Cursor, n int) (ids []news.ArticleID, next news.Cursor, err error)
}

// MostRows is how many rows of the feed Since reads at most.
const MostRows = 50_000

// rowsAtOnce is how many of them it reads in one go.
const rowsAtOnce = 5_000

// Since are the articles that came in behind a cursor, the first in front; more says that
// the feed goes on behind those. The error wraps news.ErrInvalid for a cursor of another
// archive, or of a past of this one that a backup undid.
func Since(ctx context.Context, a Arrivals, after news.Cursor) (ids []news.ArticleID, more bool, err error) {
	seen := map[news.ArticleID]bool{}
	for range MostRows / rowsAtOnce {
		came, next, err := a.Arrivals(ctx, after, rowsAtOnce)
		if err != nil {
			return nil, false, err
		}
		for _, id := range came {
			if !seen[id] { // what was removed and came again came twice
				seen[id] = true
				ids = append(ids, id)
			}
		}
		if next == after {
			return ids, false, nil
		}
		after = next
	}
	_, next, err := a.Arrivals(ctx, after, 1)
	return ids, next != after, err
}
