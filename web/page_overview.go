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

// overviewCache keeps the overview while the number of articles stands still,
// and for a few seconds at most.
type overviewCache struct {
	mu    sync.Mutex
	at    time.Time
	whole *overview
	front *frontFacts
	// covered is the coverage of the whole archive.
	covered *covered
	kinds   map[news.Kind]map[string]int
}

// overview returns the counts of the whole archive.
func (p *pages) overview(ctx context.Context) (*overview, error) {
	p.seen.mu.Lock()
	defer p.seen.mu.Unlock()
	return p.overviewLocked(ctx)
}

func (p *pages) overviewLocked(ctx context.Context) (*overview, error) {
	r, err := p.Search.Search(ctx, search.Request{CountOnly: true})
	if err != nil {
		return nil, err
	}
	now := p.Now()
	if c := &p.seen; c.whole != nil && c.whole.Total == r.Total && now.Sub(c.at) < overviewTime && !now.Before(c.at) {
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
	p.seen.at, p.seen.whole, p.seen.front, p.seen.covered, p.seen.kinds = now, o, nil, nil, map[news.Kind]map[string]int{}
	return o, nil
}

// counts are the articles of every entity of a kind, by its id.
func (p *pages) counts(ctx context.Context, k news.Kind) (map[string]int, error) {
	p.seen.mu.Lock()
	defer p.seen.mu.Unlock()
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
