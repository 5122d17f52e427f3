package web

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"

	"backfile/internal/news"
	"backfile/templates"
)

// outletRow is an outlet as lists of outlets show it: its years over those of the whole
// archive, and its coverage in figures.
type outletRow struct {
	news.Outlet
	strip templates.OutletStrip
	sum   templates.CoverageSum
}

// rowCache keeps the rows of outlets as long as the overview that they go with. A row
// is small; the days that it was counted from are not kept.
type rowCache struct {
	mu   sync.Mutex
	of   *overview
	rows map[string]outletRow
}

func (c *rowCache) get(of *overview, slug string) (outletRow, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.of != of {
		return outletRow{}, false
	}
	row, ok := c.rows[slug]
	return row, ok
}

func (c *rowCache) put(of *overview, slug string, row outletRow) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.of != of {
		c.of, c.rows = of, map[string]outletRow{}
	}
	c.rows[slug] = row
}

func (c *rowCache) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.of, c.rows = nil, nil
}

// outletRow is the row of the outlet of that slug; one that the store does not know is
// called by its slug.
func (p *pages) outletRow(ctx context.Context, whole *overview, slug string) (outletRow, error) {
	if row, ok := p.rows.get(whole, slug); ok {
		return row, nil
	}
	o, err := p.Names.Outlet(ctx, slug)
	if errors.Is(err, news.ErrNotFound) {
		o, err = news.Outlet{Name: slug, Slug: slug}, nil
	}
	if err != nil {
		return outletRow{}, err
	}
	c, err := p.coverageOf(ctx, o.Slug)
	if err != nil {
		return outletRow{}, err
	}
	row := outletRow{Outlet: o, strip: templates.OutletStrip{Link: outletLink(&o)}, sum: sumUp(c)}
	s := &row.strip
	s.Count = c.total
	if ys := slices.Sorted(maps.Keys(c.years)); len(ys) > 0 {
		s.First, s.Last = ys[0], ys[len(ys)-1]
	}
	for _, b := range buckets(whole.First, whole.Last) {
		s.Years = append(s.Years, b.sum(c.years))
		s.Gaps = append(s.Gaps, gaps{c}.gap(b))
	}
	p.rows.put(whole, slug, row)
	return row, nil
}
