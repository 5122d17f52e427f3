package main

import (
	"context"
	"time"

	"backfile/internal/family"
	"backfile/internal/ingest"
	"backfile/internal/news"
	"backfile/store"
)

// copies is the store as the keepers of wire families and of stories need it.
type copies struct{ *store.Store }

func (c copies) CountArticles(ctx context.Context) (int, error) {
	st, err := c.Stats(ctx)
	return st.Articles, err
}

// settled is the feed as the index follows it: what came in has its family by then,
// so that an article is indexed once, and not again when its family is found.
type settled struct {
	*store.Store
	families *ingest.Families
}

// settleFor bounds how long the index waits for families.
const settleFor = 500 * time.Millisecond

func (s settled) Changes(ctx context.Context, after news.Cursor, n int) ([]news.Change, error) {
	if s.families != nil && s.families.Loaded() {
		short, cancel := context.WithTimeout(ctx, settleFor)
		s.families.Settle(short)
		cancel()
	}
	return s.Store.Changes(ctx, after, n)
}

// Family returns who is in the wire family of an article, in the order of publication.
func (a *archive) Family(ctx context.Context, id news.ArticleID) ([]news.Sketched, error) {
	ms, err := a.Store.Family(ctx, id)
	family.Sort(ms)
	return ms, err
}
