package web

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"backfile/internal/search"
	"backfile/templates"
)

// spans are the timelines of a search and of the one beside it, nil for none, over
// one extent.
type spans struct {
	extent       extent
	by           unit
	first, with  *timespan
	second       *results
	secondParams params
}

// spansOf counts both searches. Where by is asked for and there would be too many
// bars, and drawn says that there is a limit, the unit is the coarser.
func (p *pages) spansOf(ctx context.Context, l look, res *results, drawn bool) (*spans, error) {
	s := &spans{}
	var err error
	if s.extent, err = p.extent(ctx, frame(res.Query)); err != nil {
		return nil, err
	}
	if l.With != "" {
		s.secondParams = l.beside(l.With)
		if s.second, err = p.query(ctx, s.secondParams); err != nil {
			return nil, err
		}
		e, err := p.extent(ctx, frame(s.second.Query))
		if err != nil {
			return nil, err
		}
		s.extent = s.extent.join(e)
	}
	s.by = l.By
	if s.by == "" || drawn && s.extent.size(s.by) > maxPoints {
		s.by = s.extent.unit()
	}
	if s.first, err = p.timespan(ctx, res.Query, s.extent, s.by); err != nil {
		return nil, err
	}
	all := []*timespan{s.first}
	if s.second != nil {
		if s.with, err = p.timespan(ctx, s.second.Query, s.extent, s.by); err != nil {
			return nil, err
		}
		all = append(all, s.with)
		// A gap of the one is none where the other has something.
		for i := range s.first.Points {
			a, b := &s.first.Points[i], &s.with.Points[i]
			a.Gap = a.Gap && b.Gap
			b.Gap = a.Gap
		}
	}
	trim(s.extent, p.Now().UTC().Format(time.DateOnly), all...)
	return s, nil
}

// setTime fills in when the articles were published.
func (p *pages) setTime(r *http.Request, v *templates.SetView, l look, res *results, names filterNamesSeen) error {
	ctx := r.Context()
	s, err := p.spansOf(ctx, l, res, true)
	if err != nil {
		return err
	}
	for _, u := range s.extent.choices() {
		o := l
		o.By = u
		v.Units = append(v.Units, templates.Choice{Name: say(r, "set.by."+string(u)), Href: o.href(), On: u == s.by})
	}
	v.Up = p.wider(r, l)
	for name, vals := range l.Values() {
		for _, val := range vals {
			if name != "with" {
				v.Keep = append(v.Keep, templates.Param{Name: name, Value: val})
			}
		}
	}
	slices.SortFunc(v.Keep, func(a, b templates.Param) int { return strings.Compare(a.Name+a.Value, b.Name+b.Value) })
	v.Found = templates.Series{ID: "found", Caption: say(r, "set.found"), Two: s.with != nil, Least: 4}
	v.Share = templates.Series{ID: "share", Caption: say(r, "set.share"), Two: s.with != nil, Slim: true}
	if s.with == nil {
		v.Share.Caption = p.shareOf(r, frame(res.Query))
	}
	weak := false
	for i, pt := range s.first.Points {
		o := l.of(l.within(pt.From, pt.To))
		o.By = ""
		label := pointLabel(ctx, s.by, pt)
		row := templates.TimeRow{Label: label, Href: o.href(), N: pt.N, Captured: pt.Captured, Share: templates.Percent(r.Context(), pt.N, pt.Captured), Gap: pt.Gap}
		count := templates.SeriesPoint{Label: label, Tick: pointTick(ctx, s.by, pt, i, len(s.first.Points)), Gap: pt.Gap, A: countValue(r, pt)}
		if !pt.Gap {
			count.Href = o.href()
		}
		share := count
		share.A = shareValue(r, pt)
		if s.with != nil {
			b := s.with.Points[i]
			row.NB, row.CapturedB, row.ShareB = b.N, b.Captured, templates.Percent(r.Context(), b.N, b.Captured)
			count.B, share.B = countValue(r, b), shareValue(r, b)
		}
		weak = weak || share.A.Weak && share.A.V > 0
		v.Found.Points, v.Share.Points = append(v.Found.Points, count), append(v.Share.Points, share)
		if row.N > 0 || row.Captured > 0 || row.NB > 0 || row.CapturedB > 0 || row.Gap {
			v.Rows = append(v.Rows, row)
		}
	}
	v.TimeCSV = l.csv("")
	v.Notes = timeNotes(r, s.first)
	if s.with != nil {
		for _, n := range timeNotes(r, s.with) {
			v.Notes = append(v.Notes, say(r, "set.undated.with", n))
		}
		v.With = p.setWith(r, l, s, names)
	}
	if weak && !v.Share.Empty() {
		v.Notes = append(v.Notes, say(r, "set.weak", templates.Number(r.Context(), weakest)))
	}
	if v.Found.HasGap() {
		v.Notes = append(v.Notes, say(r, "chart.gap"))
	}
	return nil
}

func countValue(r *http.Request, pt point) templates.SeriesValue {
	if pt.Gap {
		return templates.SeriesValue{}
	}
	return templates.SeriesValue{V: float64(pt.N), Text: templates.Number(r.Context(), pt.N)}
}

func shareValue(r *http.Request, pt point) templates.SeriesValue {
	if pt.Captured == 0 {
		return templates.SeriesValue{}
	}
	return templates.SeriesValue{V: float64(pt.N) / float64(pt.Captured), Text: templates.Percent(r.Context(), pt.N, pt.Captured), Weak: pt.Captured < weakest}
}

// timeNotes say which articles stand in no bar.
func timeNotes(r *http.Request, t *timespan) []string {
	var out []string
	ctx := r.Context()
	if t.Undated > 0 {
		out = append(out, templates.Count(ctx, "set.undated", t.Undated))
	}
	if t.OfYear > 0 {
		out = append(out, templates.Count(ctx, "set.ofyear", t.OfYear))
	}
	if t.OfMonth > 0 {
		out = append(out, templates.Count(ctx, "set.ofmonth", t.OfMonth))
	}
	return out
}

// setWith says what the two searches are.
func (p *pages) setWith(r *http.Request, l look, s *spans, names filterNamesSeen) *templates.SetWith {
	ctx := r.Context()
	w := &templates.SetWith{Query: l.With, Total: s.with.Total, First: subject(ctx, l.params, names), Second: l.With}
	alone := l
	alone.With = ""
	w.Off, w.Only = alone.href(), alone.of(s.secondParams).href()
	w.Problems = queryProblems(r, s.second)
	// The filters that say of whom become words of the query.
	swapped := l.of(s.secondParams)
	swapped.With = asText(l.params)
	w.Swap = swapped.href()
	return w
}

// subject is what a search asks for in words, without the filters that hold for
// both.
func subject(ctx context.Context, p params, names filterNamesSeen) string {
	var out []string
	if p.Q != "" && p.Q != "*" {
		out = append(out, p.Q)
	}
	for _, name := range filterNames {
		for _, f := range p.Filters[name] {
			if slices.Contains(sharedFilters, name) {
				continue
			}
			s := names.name(name, f)
			if f.Exclude {
				s = templates.Say(ctx, "asked.not."+name) + " " + s
			}
			out = append(out, s)
		}
	}
	if len(out) == 0 {
		return templates.Say(ctx, "set.with.all")
	}
	return strings.Join(out, " · ")
}

// asText is what a search asks for as text of the language, without the filters that
// hold for both.
func asText(p params) string {
	var all []search.Node
	if n, _ := search.Parse(p.Q); n != nil {
		all = append(all, n)
	}
	for _, name := range filterNames {
		if slices.Contains(sharedFilters, name) {
			continue
		}
		for _, f := range p.Filters[name] {
			n, ok := search.NewField(fieldOf[name], f.Text)
			if !ok {
				continue
			}
			if f.Exclude {
				n = search.Not{Part: n}
			}
			all = append(all, n)
		}
	}
	if len(all) == 0 {
		return "*"
	}
	return search.All(all...).String()
}

// wider are the stretches of time that the one asked for lies in, the widest first,
// and itself without an address.
func (p *pages) wider(r *http.Request, l look) []templates.Link {
	ctx := r.Context()
	from, to := l.From, l.To
	if ys := l.Filters["year"]; len(ys) == 1 && !ys[0].Exclude && from == "" && to == "" {
		from, to = ys[0].Text, ys[0].Text
	}
	if from == "" && to == "" {
		return nil
	}
	up := func(name string, q params) templates.Link {
		o := l.of(q)
		o.By = ""
		return templates.Link{Name: name, Href: o.href()}
	}
	out := []templates.Link{up(say(r, "set.up.all"), l.undatedAsk())}
	if from == to {
		for _, n := range []int{4, 7} {
			if len(from) > n {
				out = append(out, up(templates.ShowDay(ctx, from[:n]), l.within(from[:n], from[:n])))
			}
		}
	}
	return append(out, templates.Link{Name: rangeName(ctx, from, to)})
}

// shareOf says what the share is of: what was captured within a frame.
func (p *pages) shareOf(r *http.Request, frame search.Node) string {
	out := say(r, "set.share")
	outlet, language := false, false
	search.Walk(frame, func(n search.Node) bool {
		if f, ok := n.(search.Field); ok {
			outlet, language = outlet || f.Name == search.FieldOutlet, language || f.Name == search.FieldLanguage
		}
		return true
	})
	if of := p.namesOfOutlets(r.Context(), framedOutlets(frame)); of != "" {
		out += " " + say(r, "set.share.from", of)
	} else if outlet {
		out += " " + say(r, "set.share.outlets")
	}
	if language {
		out += " " + say(r, "set.share.language")
	}
	return out
}

// namesOfOutlets are the names of a few outlets, "" where there are none or many.
func (p *pages) namesOfOutlets(ctx context.Context, slugs []string) string {
	if len(slugs) == 0 || len(slugs) > 3 {
		return ""
	}
	var out []string
	for _, s := range slugs {
		o, err := p.Names.Outlet(ctx, s)
		if err != nil {
			o.Name = s
		}
		out = append(out, o.Name)
	}
	return templates.And(ctx, out)
}

// pointLabel names a stretch of time in full.
func pointLabel(ctx context.Context, u unit, pt point) string {
	if u == byDecade {
		return templates.Say(ctx, "when.decade", strings.TrimSuffix(pt.Value, "s"))
	}
	return templates.ShowDay(ctx, pt.Value)
}

// pointTick is what stands beneath the axis: years, the Januaries of several years by
// their year, the first of the months of many days by their month.
func pointTick(ctx context.Context, u unit, pt point, i, n int) string {
	switch u {
	case byMonth:
		switch {
		case n <= 12:
			return templates.ShowMonthShort(ctx, pt.Value)
		case strings.HasSuffix(pt.Value, "-01"):
			return pt.Value[:4]
		}
		return ""
	case byDay:
		switch {
		case n <= 31:
			return strings.TrimPrefix(pt.Value[8:], "0")
		case strings.HasSuffix(pt.Value, "-01"):
			return templates.ShowMonthShort(ctx, pt.Value[:7])
		}
		return ""
	case byDecade:
		return templates.Say(ctx, "set.decade", strings.TrimSuffix(pt.Value, "s"))
	}
	return pt.Value
}
