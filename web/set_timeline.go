package web

import (
	"context"
	"slices"
	"strconv"
	"time"

	"backfile/internal/search"
)

// unit is what one bar of a timeline stands for.
type unit string

// The units, and the order in which they part time.
const (
	byDecade unit = "decade"
	byYear   unit = "year"
	byMonth  unit = "month"
	byDay    unit = "day"
)

var units = []unit{byDecade, byYear, byMonth, byDay}

// maxPoints is the most bars of a chart; tables and the API have no such limit.
const maxPoints = 400

// facet is the facet that counts by that unit.
func (u unit) facet() string {
	switch u {
	case byMonth:
		return search.FacetMonth
	case byDay:
		return search.FacetDay
	}
	return search.FacetYear
}

// of is the value of the unit that a day, month or year lies in: 195 for a decade,
// whose value is written 1950s.
func (u unit) of(s string) string {
	n := map[unit]int{byDecade: 3, byYear: 4, byMonth: 7, byDay: 10}[u]
	return s[:min(n, len(s))]
}

// point is one bar: a stretch of time, and what was found and captured of it.
type point struct {
	// Value is 1950s, 1953, 1953-05 or 1953-05-14; From and To are the same as the
	// parameters of a search have it.
	Value, From, To string
	// N is the articles found, Captured those that the archive has of that time in
	// the same frame.
	N, Captured int
	// Gap says that nothing is known of that time.
	Gap bool
}

// timespan is when the articles of a search were published.
type timespan struct {
	By     unit
	Points []point
	Total  int
	// Undated have no date at all. OfYear are known only by their year and stand in
	// no month or day, OfMonth only by their month and stand in no day.
	Undated, OfYear, OfMonth int
}

// facets are those that a timeline by u is made of: the coarser ones tell what is
// known no finer.
func (u unit) facets() map[string]int {
	out := map[string]int{search.FacetYear: 0}
	if u == byMonth || u == byDay {
		out[search.FacetMonth] = 0
	}
	if u == byDay {
		out[search.FacetDay] = 0
	}
	return out
}

// extent is the days that the archive reaches over within a frame, cut to the
// frame's own dates; fixed says of either end that it is those.
type extent struct {
	stretch
	fixedFirst, fixedLast bool
}

// extent finds how far back and forth there is anything in the frame.
func (p *pages) extent(ctx context.Context, frame search.Node) (extent, error) {
	var years []search.Count
	if frame == nil {
		whole, err := p.overview(ctx)
		if err != nil {
			return extent{}, err
		}
		years = whole.Years
	} else {
		r, err := p.Search.Search(ctx, search.Request{Query: frame, CountOnly: true, Facets: map[string]int{search.FacetYear: 0}})
		if err != nil {
			return extent{}, err
		}
		years = r.Facets[search.FacetYear]
	}
	if len(years) == 0 {
		return extent{}, nil
	}
	e := extent{stretch: stretch{years[0].Value + "-01-01", years[len(years)-1].Value + "-12-31"}}
	b := bounds(frame)
	// An article known only by its year reaches over all of it, and so over the dates
	// that it was found by.
	if b.First > e.First {
		e.First, e.fixedFirst = b.First, true
	}
	if b.Last != "" && b.Last < e.Last {
		e.Last, e.fixedLast = b.Last, true
	}
	// A year or a month that was asked for is shown whole.
	if b.First != "" && b.Last != "" && daysIn(b) <= 366 {
		e = extent{b, true, true}
	}
	return e, nil
}

// join is the extent over both.
func (e extent) join(o extent) extent {
	switch {
	case e.First == "":
		return o
	case o.First == "":
		return e
	}
	if o.First < e.First {
		e.First, e.fixedFirst = o.First, o.fixedFirst
	}
	if o.Last > e.Last {
		e.Last, e.fixedLast = o.Last, o.fixedLast
	}
	return e
}

func daysIn(s stretch) int {
	a, err1 := time.Parse(time.DateOnly, s.First)
	z, err2 := time.Parse(time.DateOnly, s.Last)
	if err1 != nil || err2 != nil {
		return 0
	}
	return int(z.Sub(a)/(24*time.Hour)) + 1
}

// size is how many bars the extent has by u.
func (e extent) size(u unit) int {
	if e.First == "" {
		return 0
	}
	y1, _ := strconv.Atoi(e.First[:4])
	y2, _ := strconv.Atoi(e.Last[:4])
	switch u {
	case byDecade:
		return y2/10 - y1/10 + 1
	case byYear:
		return y2 - y1 + 1
	case byMonth:
		m1, _ := strconv.Atoi(e.First[5:7])
		m2, _ := strconv.Atoi(e.Last[5:7])
		return (y2-y1)*12 + m2 - m1 + 1
	}
	return daysIn(e.stretch)
}

// unit is the one that shows the extent best where nobody chose: the finest of which
// there are not too many.
func (e extent) unit() unit {
	switch {
	case e.size(byDay) <= 62:
		return byDay
	case e.size(byMonth) <= 36:
		return byMonth
	case e.size(byYear) <= maxBars:
		return byYear
	}
	return byDecade
}

// choices are the units that a chart of the extent can be drawn by.
func (e extent) choices() []unit {
	return slices.DeleteFunc(slices.Clone(units), func(u unit) bool {
		return e.size(u) > maxPoints || u != byDay && e.size(u) < 2
	})
}

// points are the stretches of the extent, without counts.
func (e extent) points(u unit) []point {
	if e.size(u) <= 0 {
		return nil
	}
	out := make([]point, 0, e.size(u))
	t, err := time.Parse(time.DateOnly, e.First)
	if err != nil {
		return nil
	}
	switch u {
	case byDecade, byYear:
		step := 1
		y := t.Year()
		if u == byDecade {
			step = 10
			y -= y % 10
		}
		for ; itoa4(y) <= e.Last[:4]; y += step {
			pt := point{Value: itoa4(y), From: itoa4(y), To: itoa4(y + step - 1)}
			if u == byDecade {
				pt.Value += "s"
			}
			out = append(out, pt)
		}
	case byMonth:
		for t = t.AddDate(0, 0, 1-t.Day()); t.Format("2006-01") <= e.Last[:7]; t = t.AddDate(0, 1, 0) {
			m := t.Format("2006-01")
			out = append(out, point{Value: m, From: m, To: m})
		}
	default:
		for ; t.Format(time.DateOnly) <= e.Last; t = t.AddDate(0, 0, 1) {
			d := t.Format(time.DateOnly)
			out = append(out, point{Value: d, From: d, To: d})
		}
	}
	return out
}

// timespan counts what q finds and what its frame holds over the extent.
func (p *pages) timespan(ctx context.Context, q search.Node, e extent, u unit) (*timespan, error) {
	found, err := p.Search.Search(ctx, search.Request{Query: q, CountOnly: true, Facets: u.facets()})
	if err != nil {
		return nil, err
	}
	f := frame(q)
	all, err := p.Search.Search(ctx, search.Request{Query: f, CountOnly: true, Facets: map[string]int{u.facet(): 0}})
	if err != nil {
		return nil, err
	}
	of, err := p.gapsOf(ctx, framedOutlets(f))
	if err != nil {
		return nil, err
	}
	t := &timespan{By: u, Total: found.Total, Points: e.points(u)}
	years, months, days := total(found.Facets[search.FacetYear]), total(found.Facets[search.FacetMonth]), total(found.Facets[search.FacetDay])
	t.Undated = max(0, found.Total-years)
	switch u {
	case byMonth:
		t.OfYear = max(0, years-months)
	case byDay:
		t.OfYear, t.OfMonth = max(0, years-months), max(0, months-days)
	}
	n, captured := u.sums(found.Facets[u.facet()]), u.sums(all.Facets[u.facet()])
	today := p.Now().UTC().Format(time.DateOnly)
	for i := range t.Points {
		pt := &t.Points[i]
		k := u.of(pt.Value)
		pt.N, pt.Captured = n[k], captured[k]
		pt.Gap = pt.N == 0 && pt.Captured == 0 && of.gapOver(u, pt, today)
	}
	return t, nil
}

// trim leaves out what lies before and behind everything, where no date was asked
// for there; all are over the same extent.
func trim(e extent, today string, ts ...*timespan) {
	if len(ts) == 0 {
		return
	}
	empty := func(i int) bool {
		return !slices.ContainsFunc(ts, func(t *timespan) bool { return t.Points[i].N > 0 || t.Points[i].Captured > 0 })
	}
	a, z := 0, len(ts[0].Points)
	for !e.fixedFirst && a < z && empty(a) {
		a++
	}
	for z > a && empty(z-1) && (!e.fixedLast || ts[0].Points[z-1].From > today) {
		z--
	}
	for _, t := range ts {
		t.Points = t.Points[a:z]
	}
}

// gapOver says that nothing is known of the time of a point.
func (g gaps) gapOver(u unit, pt *point, today string) bool {
	if u == byMonth || u == byDay {
		return g.within(pt.Value, today)
	}
	first, _ := strconv.Atoi(pt.From)
	last, _ := strconv.Atoi(pt.To)
	return pt.From <= today[:4] && g.gap(bucket{first, last})
}

// sums are a facet's counts by the value that the unit writes.
func (u unit) sums(cs []search.Count) map[string]int {
	m := make(map[string]int, len(cs))
	for _, c := range cs {
		m[u.of(c.Value)] += c.N
	}
	return m
}

func total(cs []search.Count) int {
	n := 0
	for _, c := range cs {
		n += c.N
	}
	return n
}

// gapsOf are the gaps of the outlets of those slugs, of the whole archive where there
// are none.
func (p *pages) gapsOf(ctx context.Context, outlets []string) (gaps, error) {
	if len(outlets) == 0 || len(outlets) > maxStrips {
		outlets = []string{""}
	}
	var out gaps
	for _, slug := range outlets {
		c, err := p.coverage(ctx, slug)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}
