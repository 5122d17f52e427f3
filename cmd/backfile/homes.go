package main

import (
	"context"
	"sync"

	"backfile/internal/entity"
	"backfile/internal/news"
)

// Bounds of what is learnt of outlets: so many of the archive's articles at once when it
// is opened, read so many at a time, and as many new ones of one intake.
const (
	homesArticles = 2_000
	homesPage     = 200
)

// homes learns from the archive where its outlets are at home. What an intake brings
// counts from the next one on, so that the same inputs are understood alike in whatever
// order they are read.
type homes struct {
	entity.Homes
	once  sync.Once
	mu    sync.Mutex
	fresh []news.Article
}

// catalogue lists articles by their ids, which are in no order of outlet or day.
type catalogue interface {
	All(ctx context.Context, after news.ArticleID, n int) ([]news.Version, error)
}

// learn has the outlets of the archive known, once; others wait for it. What cannot be
// read is not learnt from: a place that is chosen without an outlet's home is no error.
func (h *homes) learn(ctx context.Context, c catalogue) {
	h.once.Do(func() {
		var after news.ArticleID
		for n := 0; n < homesArticles; {
			page, err := c.All(ctx, after, homesPage)
			if err != nil || len(page) == 0 {
				return
			}
			for i := range page {
				h.Observe(&page[i].Article)
			}
			n += len(page)
			after = page[len(page)-1].Article.ID
		}
	})
}

// note keeps what new articles say of their outlets for settle.
func (h *homes) note(ws []news.Write, out []news.Outcome) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for i := range min(len(ws), len(out)) {
		if a := &ws[i].Article; out[i].Result == news.Added && len(h.fresh) < homesArticles {
			h.fresh = append(h.fresh, news.Article{URL: a.URL, Outlet: a.Outlet, Places: a.Places})
		}
	}
}

// settle learns from what was noted.
func (h *homes) settle() {
	h.mu.Lock()
	fresh := h.fresh
	h.fresh = nil
	h.mu.Unlock()
	for i := range fresh {
		h.Observe(&fresh[i])
	}
}
