package web

import (
	"context"
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
		for i := range as {
			g.Links = append(g.Links, byOutletLink(&as[i], o.Slug))
		}
		n, err := p.Authors.CountAuthors(ctx, o.Slug)
		if err != nil {
			return err
		}
		if n > len(as) {
			g.All = templates.Link{Name: templates.Count(ctx, "outlet.authors.all", n), Href: "/authors?" + url.Values{"outlet": {o.Slug}}.Encode()}
		}
		groups = append(groups, g)
	}
	res, err := p.Search.Search(ctx, search.Request{Query: outletLeaf(o.Slug), CountOnly: true, Facets: map[string]int{search.FacetSection: outletSections}})
	if err != nil {
		return err
	}
	g := templates.LinkGroup{Title: say(r, "outlet.sections")}
	for _, c := range res.Facets[search.FacetSection] {
		g.Links = append(g.Links, templates.Link{Name: capital(c.Value), Href: "/search?" + url.Values{"outlet": {o.Slug}, "section": {c.Value}}.Encode(), Count: c.N})
	}
	v.Groups = append(append(groups, g), v.Groups...)
	return nil
}

func (p *pages) serveOutlet(w http.ResponseWriter, r *http.Request) error {
	o, err := p.Names.Outlet(r.Context(), r.PathValue("slug"))
	if err != nil {
		return err
	}
	v := templates.EntityView{Page: p.page(r, o.Name), Kind: templates.SectionOutlets, Name: o.Name}
	v.Dates = true
	v.Section, v.Canonical = templates.SectionOutlets, p.absolute(r, "/outlets/"+o.Slug)
	ask := params{Filters: map[string][]value{"outlet": {{Text: o.Slug}}}, Sort: search.Newest, Page: 1, PerPage: defaultPerPage, Group: true, Facets: true, Snippets: true}
	c, err := p.coverage(r.Context(), o.Slug)
	if err != nil {
		return err
	}
	v.Coverage = outletStrips(o, c)
	if err := p.figure(r.Context(), r, &v, outletLeaf(o.Slug), ask, c); err != nil {
		return err
	}
	followedAs(r, &v.Page, o.Name, search.FacetOutlet, o.Slug)
	if err := p.desksOf(r, o, &v); err != nil {
		return err
	}
	return p.render(w, r, http.StatusOK, templates.OutletPage(v))
}

// figure fills in what an outlet's page shares with others: counts, first and last,
// timeline, who and what it writes about, and its newest articles.
func (p *pages) figure(ctx context.Context, r *http.Request, v *templates.EntityView, q search.Node, ask params, c *covered) error {
	req := newest(q, entityNewest)
	req.Facets = map[string]int{search.FacetYear: 0, search.FacetPerson: entitySeen, search.FacetPlace: entitySeen, search.FacetOrganisation: entitySeen}
	res, fs, err := p.find(ctx, req)
	if err != nil {
		return err
	}
	v.Total, v.Hits, v.All = res.Total, hitViews(fs), ask.href()
	if err := p.keep(ctx, v.CanWrite, v.Hits); err != nil {
		return err
	}
	if err := p.years(ctx, r, v, ask, res.Facets[search.FacetYear], c); err != nil {
		return err
	}
	_, oldest, err := p.find(ctx, search.Request{Query: search.And{Parts: []search.Node{q, anyDate()}}, Sort: search.Oldest, PerPage: 1})
	if err != nil {
		return err
	}
	firstAndLast(v, oldest, fs)
	groups, err := p.facets(ctx, res.Facets)
	if err != nil {
		return err
	}
	for _, g := range groups {
		k := kindOf[g.Name]
		if k == "" {
			continue
		}
		lg := templates.LinkGroup{Title: say(r, "nav."+k.Plural())}
		for _, c := range g.Values {
			lg.Links = append(lg.Links, templates.Link{Name: c.Name, Href: news.EntityPath(k, c.Slug), Count: c.Count})
		}
		v.Groups = append(v.Groups, lg)
	}
	return nil
}
