package web

import (
	"context"
	"sync"
	"time"

	"backfile/internal/news"
	"backfile/internal/search"
)

// overview is what the archive holds as a whole.
type overview struct {
	Total       int
	Years       []search.Count // by year
	Outlets     []search.Count // most first
	First, Last string         // years; "" where nothing is dated
	years       map[string]int
}

// undated is how many articles have no date.
func (o *overview) undated() int {
	n := o.Total
	for _, c := range o.Years {
		n -= c.N
	}
	return max(0, n)
}

// overviewTime is how long counts of the whole archive are kept: they cost a
// pass over every article, and every page of charts needs them.
const overviewTime = 5 * time.Second

// In a large archive to which articles are being added, the counts are kept for so many
// times as long as they took, so that making them anew takes no more than a twentieth of
// a processor.
const (
	overviewShare = 20
	largeOverview = 20_000 // articles
)

// overviewCache keeps the overview while the number of articles stands still,
// and for a few seconds at most.
type overviewCache struct {
	mu    sync.Mutex
	at    time.Time
	cost  time.Duration // of what was counted since
	whole *overview
	front *frontFacts
	// covered is the coverage of the whole archive.
	covered *covered
	kinds   map[news.Kind]map[string]int
}

// hold gives the cache to one caller, until it calls what is returned.
func (c *overviewCache) hold() (release func()) {
	c.mu.Lock()
	start := time.Now()
	return func() {
		c.cost += time.Since(start)
		c.mu.Unlock()
	}
}

// good reports whether the counts stand for an archive of total articles.
func (c *overviewCache) good(total int, now time.Time) bool {
	if c.whole == nil || now.Before(c.at) {
		return false
	}
	age := now.Sub(c.at)
	if c.whole.Total == total {
		return age < overviewTime
	}
	return c.whole.Total > largeOverview && age < min(overviewTime, overviewShare*c.cost)
}

// overview returns the counts of the whole archive.
func (p *pages) overview(ctx context.Context) (*overview, error) {
	defer p.seen.hold()()
	return p.overviewLocked(ctx)
}

func (p *pages) overviewLocked(ctx context.Context) (*overview, error) {
	r, err := p.Search.Search(ctx, search.Request{CountOnly: true})
	if err != nil {
		return nil, err
	}
	now := p.Now()
	if c := &p.seen; c.good(r.Total, now) {
		return c.whole, nil
	}
	r, err = p.Search.Search(ctx, search.Request{CountOnly: true, Facets: map[string]int{search.FacetYear: 0, search.FacetOutlet: 0}})
	if err != nil {
		return nil, err
	}
	o := &overview{Total: r.Total, Years: r.Facets[search.FacetYear], Outlets: r.Facets[search.FacetOutlet], years: map[string]int{}}
	for _, c := range o.Years {
		o.years[c.Value] = c.N
	}
	if n := len(o.Years); n > 0 {
		o.First, o.Last = o.Years[0].Value, o.Years[n-1].Value
	}
	p.seen.at, p.seen.cost, p.seen.whole, p.seen.front, p.seen.covered, p.seen.kinds = now, 0, o, nil, nil, map[news.Kind]map[string]int{}
	return o, nil
}

// counts are the articles of every entity of a kind, by its id.
func (p *pages) counts(ctx context.Context, k news.Kind) (map[string]int, error) {
	defer p.seen.hold()()
	if _, err := p.overviewLocked(ctx); err != nil {
		return nil, err
	}
	if m := p.seen.kinds[k]; m != nil {
		return m, nil
	}
	r, err := p.Search.Search(ctx, search.Request{CountOnly: true, Facets: map[string]int{string(k): 0}})
	if err != nil {
		return nil, err
	}
	m := make(map[string]int, len(r.Facets[string(k)]))
	for _, c := range r.Facets[string(k)] {
		m[c.Value] = c.N
	}
	p.seen.kinds[k] = m
	return m, nil
}

// outletLeaf matches one outlet's articles.
func outletLeaf(slug string) search.Node {
	return search.Field{Name: search.FieldOutlet, Value: slug}
}
