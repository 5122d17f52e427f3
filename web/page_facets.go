package web

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"backfile/internal/search"
	"backfile/templates"
)

// facetShown is how many values of a facet the rail shows.
const facetShown = 8

// narrow fills in what narrows a search: its timeline and the rail.
func (p *pages) narrow(ctx context.Context, r *http.Request, v *templates.SearchView, ask params, res *results, whole *overview, names filterNamesSeen) error {
	facets := map[string][]facetValue{}
	for _, f := range res.Facets {
		facets[f.Name] = f.Values
	}
	dated := ask.From != "" || ask.To != "" || len(ask.Filters["year"]) > 0
	if err := p.open(ctx, ask, facets); err != nil {
		return err
	}
	of, err := p.gapsAsked(ctx, ask)
	if err != nil {
		return err
	}
	v.Years = p.foundYears(r, ask, whole, of, facets["year"], dated)
	if err := p.withinYear(ctx, r, v, ask, of); err != nil {
		return err
	}
	v.Facets = rail(r, ask, facets, names, facetShown)
	if res.Total > 0 && len(facets[search.FacetYear]) == 0 { // the dates can be typed all the same
		v.Facets = append(v.Facets, templates.Facet{Kind: search.FacetYear, Title: say(r, "facet.year")})
	}
	for name, vals := range ask.undatedAsk().Values() {
		for _, s := range vals {
			v.Keep = append(v.Keep, templates.Param{Name: name, Value: s})
		}
	}
	slices.SortFunc(v.Keep, func(a, b templates.Param) int { return strings.Compare(a.Name+a.Value, b.Name+b.Value) })
	if ask.filtered() {
		v.Clear = params{Q: ask.Q, Sort: ask.Sort, Page: 1, PerPage: ask.PerPage, Group: ask.Group, Facets: true, Snippets: true}.href()
	}
	return nil
}

// open counts anew the facets of which any value will do and some is chosen: as the
// search is without the facet's own filters, so that a second value can be seen and
// chosen.
func (p *pages) open(ctx context.Context, ask params, facets map[string][]facetValue) error {
	for _, name := range []string{search.FacetOutlet, search.FacetSection, search.FacetLanguage, search.FacetYear} {
		q := ask.page(1)
		switch {
		case name == search.FacetYear && (ask.From != "" || ask.To != "" || len(ask.Filters["year"]) > 0):
			q = ask.undatedAsk()
		case len(ask.Filters[name]) > 0:
			q.Filters = maps.Clone(ask.Filters)
			delete(q.Filters, name)
		default:
			continue
		}
		fs, err := p.recount(ctx, q, name)
		if err != nil {
			return err
		}
		facets[name] = fs
	}
	return nil
}

// rail is the facets of a search as it is narrowed by them, with at most so many
// values of each.
func rail(r *http.Request, ask params, facets map[string][]facetValue, names filterNamesSeen, most int) []templates.Facet {
	var out []templates.Facet
	for _, name := range facetOrder {
		values := facets[name]
		if name == search.FacetLanguage && len(values) < 2 && len(ask.Filters[name]) == 0 {
			continue // of one language all the same
		}
		f := templates.Facet{Kind: name, Title: say(r, "facet."+name), Items: facetItems(ask, name, values, names, most)}
		if len(values) > most {
			f.All = ask.valuesHref(name)
		}
		if len(f.Items) > 0 {
			out = append(out, f)
		}
	}
	return out
}

// recount counts one facet of another search: that of the same search without
// the facet's own filters, so that a second value can be seen and chosen.
func (p *pages) recount(ctx context.Context, ask params, name string) ([]facetValue, error) {
	res, err := p.query(ctx, ask)
	if err != nil {
		return nil, err
	}
	r, err := p.Search.Search(ctx, search.Request{Query: res.Query, CountOnly: true, Facets: map[string]int{name: facetSizes[name]}})
	if err != nil {
		return nil, err
	}
	fs, err := p.facets(ctx, r.Facets)
	if err != nil || len(fs) == 0 {
		return nil, err
	}
	return fs[0].Values, nil
}

// foundYears is the timeline of the results, over the whole archive's years; the
// chosen ones stand out.
func (p *pages) foundYears(r *http.Request, ask params, whole *overview, of gaps, counts []facetValue, dated bool) templates.Timeline {
	var cs []search.Count
	for _, c := range counts {
		cs = append(cs, search.Count{Value: c.Slug, N: c.Count})
	}
	if len(cs) == 0 {
		return templates.Timeline{}
	}
	chosen := func(b bucket) bool {
		if !dated {
			return false
		}
		lo, hi := itoa4(b.first), itoa4(b.last)
		for _, f := range ask.Filters["year"] {
			if !f.Exclude && lo <= f.Text && f.Text <= hi {
				return true
			}
		}
		return (ask.From != "" || ask.To != "") && (ask.From == "" || ask.From[:4] <= hi) && (ask.To == "" || lo <= ask.To[:4])
	}
	href := func(b bucket) string {
		lo, hi := itoa4(b.first), itoa4(b.last)
		if lo != hi {
			return ask.within(lo, hi).href()
		}
		if ask.has("year", value{Text: lo}) {
			return ask.toggle("year", value{Text: lo}).href()
		}
		q := ask.undatedAsk()
		q.Filters["year"] = []value{{Text: lo}}
		return q.href()
	}
	return templates.Timeline{ID: "found", Caption: say(r, "chart.found"), Bars: yearBars(whole, of, cs, href, chosen)}
}

func itoa4(n int) string {
	s := itoa(n)
	return strings.Repeat("0", max(0, 4-len(s))) + s
}

// withinYear adds the months of a chosen year, or the days of a chosen month.
func (p *pages) withinYear(ctx context.Context, r *http.Request, v *templates.SearchView, ask params, of gaps) error {
	stretch := ""
	if ys := ask.Filters["year"]; len(ys) == 1 && !ys[0].Exclude && ask.From == "" && ask.To == "" {
		stretch = ys[0].Text
	} else if len(ys) == 0 && len(ask.From) >= 4 && len(ask.To) >= 4 && ask.From[:4] == ask.To[:4] {
		stretch = ask.From[:4]
		if len(ask.From) >= 7 && len(ask.To) >= 7 && ask.From[:7] == ask.To[:7] {
			stretch = ask.From[:7]
		}
	}
	if stretch == "" {
		return nil
	}
	name, key, points := search.FacetMonth, "chart.months", months(stretch)
	if len(stretch) == 7 {
		name, key, points = search.FacetDay, "chart.days", days(stretch)
	}
	res, err := p.query(ctx, ask.within(stretch, stretch))
	if err != nil {
		return err
	}
	got, err := p.Search.Search(ctx, search.Request{Query: res.Query, CountOnly: true, Facets: map[string]int{name: 0}})
	if err != nil {
		return err
	}
	if len(got.Facets[name]) == 0 {
		return nil
	}
	by := byValue(got.Facets[name])
	t := templates.Timeline{ID: "within", Caption: say(r, key, templates.ShowDay(ctx, stretch)), Slim: true}
	today := p.Now().UTC().Format(time.DateOnly)
	for _, pt := range points {
		b := templates.Bar{Label: templates.ShowDay(ctx, pt), N: by[pt], Href: ask.within(pt, pt).href(),
			On: ask.From != "" && ask.From[:min(len(pt), len(ask.From))] <= pt && pt <= ask.To && len(ask.From) >= len(pt)}
		b.Gap = b.N == 0 && of.within(pt, today)
		if len(pt) == 7 {
			b.Tick = templates.ShowMonthShort(ctx, pt)
		} else {
			b.Tick = strings.TrimPrefix(pt[8:], "0")
		}
		t.Bars = append(t.Bars, b)
	}
	v.Within = t
	return nil
}

// facetItems are the values of a facet as the rail shows them: what is chosen
// or shut out first, then the most frequent.
func facetItems(ask params, name string, values []facetValue, names filterNamesSeen, most int) []templates.FacetItem {
	counts := map[string]int{}
	for _, v := range values {
		counts[v.Slug] = v.Count
	}
	var out []templates.FacetItem
	done := map[string]bool{}
	for _, f := range ask.Filters[name] {
		fn := names.of(name, f)
		done[fn.slug] = true
		it := templates.FacetItem{Name: fn.name, N: counts[fn.slug], Pick: ask.toggle(name, f).href(), On: !f.Exclude, Not: f.Exclude}
		if !f.Exclude {
			it.Drop = ask.toggle(name, value{f.Text, true}).href()
		}
		out = append(out, it)
	}
	rest := slices.Clone(values)
	slices.SortStableFunc(rest, func(a, b facetValue) int { return b.Count - a.Count })
	for _, v := range rest {
		if len(out) >= max(most, len(ask.Filters[name])+3) {
			break
		}
		if done[v.Slug] {
			continue
		}
		f := value{Text: v.Slug}
		out = append(out, templates.FacetItem{
			Name: v.Name, N: v.Count, Pick: ask.toggle(name, f).href(), Drop: ask.toggle(name, value{v.Slug, true}).href(),
		})
	}
	return out
}
