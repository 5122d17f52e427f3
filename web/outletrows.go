package web

import (
	"context"
	"errors"
	"maps"
	"slices"

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

// outletRow is the row of the outlet of that slug; one that the store does not know is
// called by its slug. A row is small; the days that it was counted from are not kept.
func (p *pages) outletRow(ctx context.Context, whole *overview, slug string) (outletRow, error) {
	return whole.rows.get(slug, func() (outletRow, error) { return p.newOutletRow(ctx, whole, slug) })
}

func (p *pages) newOutletRow(ctx context.Context, whole *overview, slug string) (outletRow, error) {
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
	return row, nil
}
