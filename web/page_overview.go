package web

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/templates"
)

// overview is what the archive holds as a whole, as of one moment, and what pages made of
// it, which is kept as long.
type overview struct {
	Total       int
	Years       []search.Count // by year
	Outlets     []search.Count // most first
	First, Last string         // years; "" where nothing is dated
	years       map[string]int

	at   time.Time
	cost atomic.Int64 // of counting it and what was made of it at once, nanoseconds
	// front is of the front page, covered the coverage of the whole archive.
	front   derived[struct{}, *frontFacts]
	covered derived[struct{}, *covered]
	kinds   derived[news.Kind, map[string]int] // articles by entity
	rows    derived[string, outletRow]         // by the outlet's slug
	onDay   derived[string, []search.Hit]      // of the front page, by the day of the year, mm-dd
	tops    derived[topKey, []templates.Rank]
	spots   derived[string, []placed] // by year, "" for all
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
// a processor, yet no longer than overviewMost. They are made anew behind the readers, who
// are shown the old ones until then, for overviewLate at most.
const (
	overviewShare = 20
	overviewMost  = 30 * time.Second
	overviewLate  = 15 * time.Second
	largeOverview = 20_000 // articles
)

// overviewCache keeps the overview while the number of articles stands still,
// and for a while at most.
type overviewCache struct {
	making sync.Mutex // one makes it
	mu     sync.Mutex // for now
	now    *overview  // nil for none, and when it is to be forgotten
}

func (c *overviewCache) held() *overview {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// replace puts o in the place of old, unless that was forgotten meanwhile.
func (c *overviewCache) replace(old, o *overview) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.now == old {
		c.now = o
	}
}

// forget has the next page count anew.
func (c *overviewCache) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = nil
}

// state says whether the counts stand for an archive of total articles, and if not,
// whether they will do until others are made.
func (o *overview) state(total int, now time.Time) (good, passable bool) {
	if o == nil || now.Before(o.at) {
		return false, false
	}
	age := now.Sub(o.at)
	if o.Total <= largeOverview {
		return o.Total == total && age < overviewTime, false
	}
	due := min(overviewMost, overviewShare*time.Duration(o.cost.Load()))
	if o.Total == total {
		due = max(due, overviewTime)
	}
	return age < due, age < due+overviewLate
}

// overview returns the counts of the whole archive.
func (p *pages) overview(ctx context.Context) (*overview, error) {
	r, err := p.Search.Search(ctx, search.Request{CountOnly: true})
	if err != nil {
		return nil, err
	}
	c := &p.seen
	o := c.held()
	good, passable := o.state(r.Total, p.Now())
	if good {
		return o, nil
	}
	if passable {
		if c.making.TryLock() {
			go func() {
				defer c.making.Unlock()
				ctx := context.WithoutCancel(ctx)
				var err error
				defer p.recovered(ctx, &err)
				// What fails is tried again for the next page, and when the old counts will not do
				// any longer, by it: then it says so.
				next, err := p.anew(ctx, o)
				if err == nil {
					c.replace(o, next)
				}
			}()
		}
		return o, nil
	}
	c.making.Lock()
	defer c.making.Unlock()
	before := c.held()
	if good, _ := before.state(r.Total, p.Now()); good {
		return before, nil
	}
	next, err := p.count(ctx)
	if err == nil {
		c.replace(before, next)
	}
	return next, err
}

// count makes an overview.
func (p *pages) count(ctx context.Context) (*overview, error) {
	o := &overview{at: p.Now(), years: map[string]int{}}
	start := time.Now()
	r, err := p.Search.Search(ctx, search.Request{CountOnly: true, Facets: map[string]int{search.FacetYear: 0, search.FacetOutlet: 0}})
	if err != nil {
		return nil, err
	}
	o.Total, o.Years, o.Outlets = r.Total, r.Facets[search.FacetYear], r.Facets[search.FacetOutlet]
	for _, c := range o.Years {
		o.years[c.Value] = c.N
	}
	if n := len(o.Years); n > 0 {
		o.First, o.Last = o.Years[0].Value, o.Years[n-1].Value
	}
	o.cost.Store(int64(time.Since(start)))
	return o, nil
}

// anew makes an overview in the place of old, with what most pages asked of that one.
func (p *pages) anew(ctx context.Context, old *overview) (*overview, error) {
	start := time.Now()
	o, err := p.count(ctx)
	if err != nil {
		return nil, err
	}
	if len(old.covered.keys()) > 0 {
		if _, err := p.coverageWith(ctx, o); err != nil {
			return nil, err
		}
	}
	if len(old.front.keys()) > 0 {
		if _, err := p.frontFacts(ctx, o); err != nil {
			return nil, err
		}
		if _, err := p.onThisDay(ctx, o, p.Now()); err != nil {
			return nil, err
		}
	}
	for _, k := range old.kinds.keys() {
		if _, err := p.countsWith(ctx, o, k); err != nil {
			return nil, err
		}
	}
	o.cost.Store(int64(time.Since(start)))
	return o, nil
}

// counts are the articles of every entity of a kind, by its id.
func (p *pages) counts(ctx context.Context, k news.Kind) (map[string]int, error) {
	o, err := p.overview(ctx)
	if err != nil {
		return nil, err
	}
	return p.countsWith(ctx, o, k)
}

func (p *pages) countsWith(ctx context.Context, o *overview, k news.Kind) (map[string]int, error) {
	return o.kinds.get(k, func() (map[string]int, error) {
		r, err := p.Search.Search(ctx, search.Request{CountOnly: true, Facets: map[string]int{string(k): 0}})
		if err != nil {
			return nil, err
		}
		m := make(map[string]int, len(r.Facets[string(k)]))
		for _, c := range r.Facets[string(k)] {
			m[c.Value] = c.N
		}
		return m, nil
	})
}

// outletLeaf matches one outlet's articles.
func outletLeaf(slug string) search.Node {
	return search.Field{Name: search.FieldOutlet, Value: slug}
}
