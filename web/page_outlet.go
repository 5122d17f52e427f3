package web

import (
	"net/http"
	"net/url"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/templates"
)

const (
	outletAuthors  = 12
	outletSections = 12
)

// desksOf fills in the sections of an outlet, and who wrote for it.
func (p *pages) desksOf(r *http.Request, o news.Outlet, v *templates.EntityView) error {
	ctx := r.Context()
	var groups []templates.LinkGroup
	if p.Authors != nil {
		g := templates.LinkGroup{Title: say(r, "outlet.authors")}
		as, err := p.Authors.TopAuthors(ctx, o.Slug, outletAuthors)
		if err != nil {
			return err
		}
		for _, a := range as {
			n := 0
			for _, c := range a.Outlets {
				if c.Value == o.Slug {
					n = c.N
				}
			}
			g.Links = append(g.Links, templates.Link{Name: a.Name, Href: authorAsk{outlet: o.Slug}.href(a.Slug), Count: n})
		}
		groups = append(groups, g)
	}
	res, err := p.Search.Search(ctx, search.Request{Query: outletLeaf(o.Slug), CountOnly: true, Facets: map[string]int{search.FacetSection: outletSections}})
	if err != nil {
		return err
	}
	g := templates.LinkGroup{Title: say(r, "outlet.sections")}
	for _, c := range res.Facets[search.FacetSection] {
		g.Links = append(g.Links, templates.Link{Name: c.Value, Href: "/search?" + url.Values{"outlet": {o.Slug}, "section": {c.Value}}.Encode(), Count: c.N})
	}
	v.Groups = append(append(groups, g), v.Groups...)
	return nil
}
