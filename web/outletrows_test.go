package web

import (
	"context"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"backfile/internal/news"
	"backfile/internal/search"
)

// counter counts the searches for days: one is what an outlet's coverage costs.
type counter struct {
	*memory
	days atomic.Int64
}

func (c *counter) Search(ctx context.Context, q search.Request) (search.Result, error) {
	if _, ok := q.Facets[search.FacetDay]; ok {
		c.days.Add(1)
	}
	return c.memory.Search(ctx, q)
}

// What the lists of outlets show is counted once, and again when the archive grew.
func TestOutletRows(t *testing.T) {
	m := newMemory()
	put := func(i int) {
		name := fmt.Sprintf("Outlet %d", i%7)
		m.add(news.Article{Headline: fmt.Sprintf("News %d", i), Body: "Words.", Outlet: &news.Outlet{Name: name, Slug: news.Slug(name)}, Published: news.Date{Text: fmt.Sprintf("20%02d-03-04", 10+i%9), Precision: news.Day}})
	}
	for i := range 14 {
		put(i)
	}
	c := &counter{memory: m}
	now := testNow
	s := New(Config{Articles: m, Versions: m, Lookup: m, Entities: m, Names: m, Lists: m, Search: c, State: m, Stem: m.stem, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return now }})
	srv := httptest.NewServer(s.Handler())
	t.Cleanup(srv.Close)
	ask := func(path string) int64 {
		before := c.days.Load()
		if res, _ := fetch(t, srv.Client(), srv.URL+path); res.StatusCode != 200 {
			t.Fatalf("%s = %d", path, res.StatusCode)
		}
		return c.days.Load() - before
	}
	for _, tt := range []struct {
		path string
		want int64
	}{
		{"/outlets", 7}, {"/outlets", 0}, {"/coverage", 1}, {"/coverage?format=csv", 0}, {"/outlets/outlet-1", 1}, // the whole, and one outlet
	} {
		if got := ask(tt.path); got != tt.want {
			t.Errorf("%s counted the days of outlets %d times, want %d", tt.path, got, tt.want)
		}
	}
	put(14)
	if got := ask("/outlets"); got != 7 {
		t.Errorf("behind an article more, days were counted %d times, want 7", got)
	}
	now = now.Add(time.Minute)
	if got := ask("/outlets"); got != 7 {
		t.Errorf("a minute later, days were counted %d times, want 7", got)
	}
}
