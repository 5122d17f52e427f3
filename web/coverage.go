package web

import (
	"context"
	"slices"
	"time"

	"backfile/internal/news"
	"backfile/internal/search"
)

// Ledger tells what was done to capture the news of the outlet of that slug, day by
// day; of all outlets together where it is "".
type Ledger interface {
	Ledger(ctx context.Context, outlet string) ([]news.LedgerDay, error)
}

// covered is what the archive can say of the days of an outlet, or of all of them.
type covered struct {
	news.Coverage
	total     int            // articles
	published map[string]int // by day
	ledger    []news.LedgerDay
	declared  []news.Declared
	// years has the articles by year, those too of which no day is known.
	years map[string]int
}

// coverage is that of the outlet of that slug, of the whole archive where it is "".
func (p *pages) coverage(ctx context.Context, outlet string) (*covered, error) {
	if outlet != "" {
		return p.coverageOf(ctx, outlet)
	}
	o, err := p.overview(ctx)
	if err != nil {
		return nil, err
	}
	return p.coverageWith(ctx, o)
}

// coverageWith is the coverage of the whole archive, as of an overview.
func (p *pages) coverageWith(ctx context.Context, o *overview) (*covered, error) {
	return o.covered.get(struct{}{}, func() (*covered, error) { return p.coverageOf(ctx, "") })
}

func (p *pages) coverageOf(ctx context.Context, outlet string) (*covered, error) {
	var q search.Node
	if outlet != "" {
		q = outletLeaf(outlet)
	}
	r, err := p.Search.Search(ctx, search.Request{Query: q, CountOnly: true, Facets: map[string]int{search.FacetDay: 0, search.FacetYear: 0}})
	if err != nil {
		return nil, err
	}
	c := &covered{total: r.Total, published: byValue(r.Facets[search.FacetDay]), years: byValue(r.Facets[search.FacetYear])}
	if p.Ledger != nil {
		if c.ledger, err = p.Ledger.Ledger(ctx, outlet); err != nil {
			return nil, err
		}
	}
	if p.Corrections != nil {
		c.declared = p.Corrections.Corrections().Declared(outlet)
	}
	c.Coverage = news.NewCoverage(c.published, c.ledger, c.declared, p.Now().UTC().Format(time.DateOnly))
	return c, nil
}

// gaps are the coverages of the outlets that a chart is about: it has a gap where all
// of them have one.
type gaps []*covered

// gap says that nothing is known of the years of b: there is no article of them, and
// nothing else tells what was reported.
func (g gaps) gap(b bucket) bool {
	for _, c := range g {
		if b.sum(c.years) > 0 || c.Between(itoa4(b.first)+"-01-01", itoa4(b.last)+"-12-31").Known() > 0 {
			return false
		}
	}
	return true
}

// within says so of a day or a month, yyyy-mm-dd or yyyy-mm, unless it is to come.
func (g gaps) within(point, today string) bool {
	first, last := point, point
	if len(point) == len("2006-01") {
		ds := days(point)
		if len(ds) == 0 {
			return false
		}
		first, last = ds[0], ds[len(ds)-1]
	}
	if first > today {
		return false
	}
	for _, c := range g {
		if c.Between(first, last).Known() > 0 {
			return false
		}
	}
	return true
}

// gapDays says of days whether nothing was captured of them, by no outlet.
func (p *pages) gapDays(ctx context.Context) (func(day string) bool, error) {
	c, err := p.coverage(ctx, "")
	today := p.Now().UTC().Format(time.DateOnly)
	return func(day string) bool { return gaps{c}.within(day, today) }, err
}

// gapsAsked are those of the outlets that a search is narrowed to, or of the whole
// archive.
func (p *pages) gapsAsked(ctx context.Context, ask params) (gaps, error) {
	var out gaps
	for _, f := range ask.Filters["outlet"] {
		if f.Exclude {
			continue
		}
		c, err := p.coverage(ctx, news.Slug(f.Text))
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	if len(out) > 0 {
		return out, nil
	}
	c, err := p.coverage(ctx, "")
	return gaps{c}, err
}

// lastCaptured is the last day of which the archive knows what was reported, "" for
// none.
func (c *covered) lastCaptured() string {
	for _, s := range slices.Backward(c.Stretches(c.First, c.Last)) {
		if s.State == news.Silent || s.State == news.Reported {
			return s.To
		}
	}
	return ""
}
