package web

import (
	"context"
	"net/http"
	"net/url"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/templates"
)

// How much of a set its overview shows.
const (
	particularShown = 10
	setFacetShown   = 8
	// weakest is the fewest articles captured of which a share says something.
	weakest = 10
)

// serveSet shows what a search found as a whole. With ?format=csv it is one of its
// tables.
func (p *pages) serveSet(w http.ResponseWriter, r *http.Request) error {
	l, bad := parseLook(r.URL.Query())
	if r.FormValue("format") == "csv" {
		return p.setCSV(w, r, l)
	}
	v, err := p.setView(r, l, bad)
	if reason, costly := search.CostlyReason(err); costly {
		return p.serveCostly(w, r, l.params, bad, reason)
	}
	if err != nil {
		return err
	}
	return p.render(w, r, http.StatusOK, templates.SetPage(v))
}

// setView is the overview of what l finds.
func (p *pages) setView(r *http.Request, l look, bad []problem) (templates.SetView, error) {
	ctx := r.Context()
	v := templates.SetView{Page: p.page(r, "")}
	res, err := p.query(ctx, l.params)
	if err != nil {
		return v, err
	}
	names, err := p.filterNames(ctx, l.params)
	if err != nil {
		return v, err
	}
	v.Query, v.NoIndex, v.Charts = l.Q, true, true
	v.Asked = askedParts(ctx, l.params, names)
	stay(pathSet, l.only(), v.Asked, nil)
	v.Title = say(r, "set.title", askedTitle(ctx, v.Asked))
	v.Problems = append(problemTexts(r, bad), queryProblems(r, res)...)
	v.Articles = l.params.href()
	if l.filtered() {
		bare := l.params.page(1)
		bare.Filters, bare.From, bare.To = nil, "", ""
		v.Clear = l.of(bare).href()
	}
	sizes := kindFacets(mostCandidates)
	for name, n := range facetSizes {
		if kindOf[name] == "" {
			sizes[name] = n
		}
	}
	found, err := p.Search.Search(ctx, search.Request{Query: res.Query, CountOnly: true, Facets: sizes})
	if err != nil {
		return v, err
	}
	v.Total = found.Total
	if err := p.setTime(r, &v, l, res, names); err != nil || v.Total == 0 {
		return v, err
	}
	if err := p.setParticular(r, &v, l, res, found); err != nil {
		return v, err
	}
	if err := p.setMap(r, &v, l, found); err != nil {
		return v, err
	}
	if err := p.setFacets(r, &v, l, found, names); err != nil {
		return v, err
	}
	api := encode(l.params)
	v.JSON = []templates.Link{
		{Name: say(r, "set.articles"), Href: "/api/v1/search?" + api}, {Name: say(r, "set.when"), Href: "/api/v1/timeline?" + l.Values().Encode()},
		{Name: say(r, "set.particular"), Href: "/api/v1/particular?" + l.Values().Encode()},
	}
	return v, nil
}

// setParticular fills in who and what is named more here than elsewhere.
func (p *pages) setParticular(r *http.Request, v *templates.SetView, l look, res *results, found search.Result) error {
	ctx := r.Context()
	f := frame(res.Query)
	if f != nil {
		for _, same := range []bool{false, true} {
			o := l
			o.Same = same
			v.Against = append(v.Against, templates.Choice{Name: say(r, map[bool]string{false: "set.against.all", true: "set.against.same"}[same]), Href: o.href() + "#particular", On: l.Same == same})
		}
	}
	against, err := p.against(ctx, l, res)
	if err != nil {
		return err
	}
	most, err := p.particulars(ctx, res.Query, found, against, particularShown)
	if err != nil {
		return err
	}
	for _, k := range news.Kinds {
		g := templates.ParticularGroup{Kind: string(k), Title: say(r, "facet."+string(k))}
		for _, e := range most[k] {
			g.Rows = append(g.Rows, templates.ParticularRow{
				Link:  templates.Link{Name: e.Entity.Name, Href: l.of(l.toggle(string(k), value{Text: e.Entity.Slug})).href(), Count: e.N},
				Times: timesSaid(r, e.Times), Page: e.Entity.Path(),
			})
		}
		if len(g.Rows) > 0 {
			v.Particular = append(v.Particular, g)
		}
	}
	v.ParticularCSV = l.csv("particular")
	return nil
}

// against is what the set is compared with.
func (p *pages) against(ctx context.Context, l look, res *results) (*background, error) {
	var f search.Node
	if l.Same {
		f = frame(res.Query)
	} else if res.AsOf != nil {
		f = *res.AsOf
	}
	return p.background(ctx, f)
}

func timesSaid(r *http.Request, f float64) string {
	if s := timesText(r.Context(), f); s != "" {
		return say(r, "set.particular.times", s)
	}
	return say(r, "set.particular.only")
}

// setFacets fills in what is named most.
func (p *pages) setFacets(r *http.Request, v *templates.SetView, l look, found search.Result, names filterNamesSeen) error {
	counts := map[string][]search.Count{}
	for name, cs := range found.Facets {
		if kindOf[name] != "" {
			cs = cs[:min(len(cs), facetSizes[name])]
		}
		counts[name] = cs
	}
	named, err := p.facets(r.Context(), counts)
	if err != nil {
		return err
	}
	values := map[string][]facetValue{}
	for _, f := range named {
		values[f.Name] = f.Values
	}
	if err := p.open(r.Context(), l.params, values); err != nil {
		return err
	}
	fs := rail(r, l.params, values, names, setFacetShown)
	for _, f := range fs {
		if f.Kind == search.FacetYear {
			continue // the chart has them
		}
		stay(pathSet, l.only(), nil, f.Items)
		v.Facets = append(v.Facets, f)
	}
	return nil
}

// valuesHref is the page of all values of a facet.
func (p params) valuesHref(name string) string {
	return moved(p.page(1).href(), pathSearch+"/"+facetPath[name], url.Values{})
}

// facetPath is the name of a facet's page of all values.
var facetPath = map[string]string{
	search.FacetPerson: "people", search.FacetPlace: "places", search.FacetOrganisation: "organisations", search.FacetOutlet: "outlets",
	search.FacetSection: "sections", search.FacetLanguage: "languages", search.FacetYear: "years",
}
