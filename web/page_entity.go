package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/templates"
)

const (
	entityNewest = 12
	entitySeen   = 8
	entityQuotes = 5
	quotesFrom   = 60 // newest articles that quotes are looked for in,
	quotesAtOnce = 12 // so many at a time
	quoteRunes   = 280
	aliasesShown = 12
)

func (p *pages) serveEntity(w http.ResponseWriter, r *http.Request) error {
	k, ok := kindOfPath(r.URL.Path)
	if !ok {
		return news.ErrNotFound
	}
	e, err := p.Entities.Entity(r.Context(), k, r.PathValue("slug"))
	if err != nil {
		return err
	}
	if e.Slug != r.PathValue("slug") {
		http.Redirect(w, r, (&url.URL{Path: e.Path()}).String(), http.StatusFound)
		return nil
	}
	v, err := p.entityView(r, e)
	if err != nil {
		return err
	}
	return p.render(w, r, http.StatusOK, templates.EntityPage(v))
}

// entityView is the page of a person, a place or an organisation.
func (p *pages) entityView(r *http.Request, e news.Entity) (templates.EntityView, error) {
	ctx := r.Context()
	v := templates.EntityView{Page: p.page(r, e.Name), Kind: e.Kind.Plural(), Name: e.Name, Aliases: aliases(e)}
	v.Section, v.Canonical = e.Kind.Plural(), p.absolute(r, e.Path())
	ask := params{Filters: map[string][]value{string(e.Kind): {{Text: e.Slug}}}, Sort: search.Newest, Page: 1, PerPage: defaultPerPage, Group: true, Facets: true, Snippets: true}
	if err := p.figure(ctx, r, &v, entityLeaf(e), ask, string(e.ID), nil); err != nil {
		return v, err
	}
	if err := p.joined(ctx, e, &v); err != nil {
		return v, err
	}
	if e.Kind == news.Place {
		if err := p.nested(ctx, e, &v); err != nil {
			return v, err
		}
		v.Map = mapOf([]news.Entity{e})
	}
	if e.Kind == news.Person {
		said, err := p.sayings(ctx, e)
		if err != nil {
			return v, err
		}
		v.Said = said
	}
	return v, nil
}

func (p *pages) serveOutlet(w http.ResponseWriter, r *http.Request) error {
	o, err := p.Names.Outlet(r.Context(), r.PathValue("slug"))
	if err != nil {
		return err
	}
	v := templates.EntityView{Page: p.page(r, o.Name), Kind: templates.SectionOutlets, Name: o.Name}
	v.Section, v.Canonical = templates.SectionOutlets, p.absolute(r, "/outlets/"+o.Slug)
	ask := params{Filters: map[string][]value{"outlet": {{Text: o.Slug}}}, Sort: search.Newest, Page: 1, PerPage: defaultPerPage, Group: true, Facets: true, Snippets: true}
	c, err := p.coverage(r.Context(), o.Slug)
	if err != nil {
		return err
	}
	v.Coverage = outletStrips(o, c)
	if err := p.figure(r.Context(), r, &v, outletLeaf(o.Slug), ask, o.Slug, c); err != nil {
		return err
	}
	if err := p.desksOf(r, o, &v); err != nil {
		return err
	}
	return p.render(w, r, http.StatusOK, templates.EntityPage(v))
}

// figure fills in what a person's, a place's and an outlet's page share: counts,
// first and last, timeline, company and newest articles. self is the facet value
// that is the page's own; c is the coverage of an outlet, and nil for others, which
// the whole archive may have reported of.
func (p *pages) figure(ctx context.Context, r *http.Request, v *templates.EntityView, q search.Node, ask params, self string, c *covered) error {
	sizes := map[string]int{
		search.FacetYear: 0, search.FacetPerson: entitySeen + 1, search.FacetPlace: entitySeen + 1,
		search.FacetOrganisation: entitySeen + 1, search.FacetOutlet: entitySeen + 1,
	}
	req := newest(q, entityNewest)
	req.Facets = sizes
	res, fs, err := p.find(ctx, req)
	if err != nil {
		return err
	}
	v.Total, v.Hits, v.All = res.Total, hitViews(fs), ask.href()
	whole, err := p.overview(ctx)
	if err != nil {
		return err
	}
	if c == nil {
		if c, err = p.coverage(ctx, ""); err != nil {
			return err
		}
	}
	if len(res.Facets[search.FacetYear]) > 0 {
		v.Years = templates.Timeline{ID: "years", Caption: say(r, "chart.years"), Bars: yearBars(whole, gaps{c}, res.Facets[search.FacetYear],
			func(b bucket) string { return ask.within(itoa4(b.first), itoa4(b.last)).href() }, func(bucket) bool { return false })}
	}
	if err := p.firstAndLast(ctx, v, q, fs); err != nil {
		return err
	}
	groups, err := p.facets(ctx, res.Facets)
	if err != nil {
		return err
	}
	for _, g := range groups {
		if g.Name == search.FacetYear {
			continue
		}
		lg := templates.LinkGroup{Title: say(r, groupTitle(g.Name))}
		if k := kindOf[g.Name]; k != "" && v.Kind == templates.SectionOutlets {
			lg.Title = say(r, "nav."+k.Plural())
		}
		own := ownSlug(res.Facets[g.Name], g, self)
		for _, c := range g.Values {
			if c.Slug == own || len(lg.Links) == entitySeen || g.Name == search.FacetOutlet && v.Kind == templates.SectionOutlets {
				continue
			}
			href := "/outlets/" + url.PathEscape(c.Slug)
			if k := kindOf[g.Name]; k != "" {
				href = news.EntityPath(k, c.Slug)
			}
			lg.Links = append(lg.Links, templates.Link{Name: c.Name, Href: href, Count: c.Count})
		}
		v.Groups = append(v.Groups, lg)
	}
	return nil
}

// ownSlug is the slug of the page's own entity in a facet, "" where it is not in
// it. Counts are in the order of the values, less those without a record.
func ownSlug(counts []search.Count, f facet, self string) string {
	if f.Name == search.FacetOutlet {
		return self
	}
	for i, c := range counts {
		if c.Value == self && i < len(f.Values) && len(f.Values) == len(counts) {
			return f.Values[i].Slug
		}
	}
	return ""
}

func groupTitle(facet string) string {
	switch facet {
	case search.FacetPerson:
		return "entity.people"
	case search.FacetPlace:
		return "entity.places"
	case search.FacetOrganisation:
		return "entity.organisations"
	}
	return "entity.outlets"
}

// firstAndLast finds the first and the last dated article of q.
func (p *pages) firstAndLast(ctx context.Context, v *templates.EntityView, q search.Node, newest []found) error {
	dated := search.And{Parts: []search.Node{q, anyDate()}}
	_, oldest, err := p.find(ctx, search.Request{Query: dated, Sort: search.Oldest, PerPage: 1})
	if err != nil {
		return err
	}
	if len(oldest) > 0 {
		a := &oldest[0].Version.Article
		v.First = templates.Mention{Date: a.Published, Href: a.Path()}
	}
	for _, f := range newest {
		if a := &f.Version.Article; !a.Published.IsZero() {
			v.Last = templates.Mention{Date: a.Published, Href: a.Path()}
			break
		}
	}
	return nil
}

// anyDate matches what has a date.
func anyDate() search.Node {
	const first, last = "0001-01-01", "9999-12-31"
	return search.DateRange{Text: fmt.Sprintf("%s..%s", first, last), First: first, Last: last}
}

// aliases are the other names that an entity goes under.
func aliases(e news.Entity) []string {
	var out []string
	seen := map[string]bool{news.Slug(e.Name): true}
	for _, a := range e.Aliases {
		if s := news.Slug(a.Name); a.Name != "" && !seen[s] && len(out) < aliasesShown {
			seen[s] = true
			out = append(out, a.Name)
		}
	}
	return out
}

// sayings are the newest quotes of a person, one of an article.
func (p *pages) sayings(ctx context.Context, e news.Entity) ([]templates.Saying, error) {
	r, err := p.Search.Search(ctx, newest(entityLeaf(e), quotesFrom))
	if err != nil {
		return nil, err
	}
	var out []templates.Saying
	for hs := range slices.Chunk(r.Hits, quotesAtOnce) {
		fs, err := p.load(ctx, nil, hs, false, func(ids []news.ArticleID, _ news.Parts) (map[news.ArticleID]news.Version, error) {
			return p.Articles.InBrief(ctx, ids, news.PartQuotes)
		})
		if err != nil {
			return nil, err
		}
		for _, f := range fs {
			best := ""
			for _, q := range f.Version.Article.Quotes {
				if q.Speaker != nil && q.Speaker.ID == e.ID && len(q.Text) > len(best) {
					best = q.Text
				}
			}
			if best == "" {
				continue
			}
			out = append(out, templates.Saying{Text: strings.TrimRight(clipWords(best, quoteRunes), ",;:– "), Hit: hitView(f)})
			if len(out) == entityQuotes {
				return out, nil
			}
		}
	}
	return out, nil
}
