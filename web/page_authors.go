package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/templates"
)

const (
	topAuthors     = 30
	authorsPerPage = 200
	bylinesPerPage = 20
	// aboutMost is how many articles of an author are asked for whom they mention.
	aboutMost = 2000
)

// authorPath is the address of an author's page.
func authorPath(slug string) string { return "/authors/" + url.PathEscape(slug) }

func authorLink(a *news.AuthorSummary) templates.Link {
	return templates.Link{Name: a.Name, Href: authorPath(a.Slug), Count: a.Total}
}

func (p *pages) serveAuthors(w http.ResponseWriter, r *http.Request) error {
	if p.Authors == nil {
		return news.ErrNotFound
	}
	serve := p.authorsView
	if r.URL.Query().Get("outlet") != "" {
		serve = p.outletAuthorsView
	}
	v, err := serve(r)
	if err != nil {
		return err
	}
	return p.render(w, r, http.StatusOK, templates.AuthorsPage(v))
}

func (p *pages) authorsView(r *http.Request) (templates.AuthorsView, error) {
	ctx := r.Context()
	v := templates.AuthorsView{Page: p.page(r, say(r, "nav.authors"))}
	v.Section, v.Canonical, v.Charts = templates.SectionAuthors, p.absolute(r, "/authors"), true
	from, after := r.URL.Query().Get("from"), r.URL.Query().Get("after")
	if len(from) > maxValue || len(after) > maxValue {
		return v, fail(http.StatusBadRequest, "this address is too long")
	}
	whole, err := p.overview(ctx)
	if err != nil {
		return v, err
	}
	if v.Total, err = p.Authors.CountAuthors(ctx, ""); err != nil {
		return v, err
	}
	if from == "" && after == "" {
		top, err := p.Authors.TopAuthors(ctx, "", topAuthors)
		if err != nil {
			return v, err
		}
		for i := range top {
			v.Top = append(v.Top, templates.Rank{Link: authorLink(&top[i]), Spark: yearSpark(whole, top[i].Years)})
		}
	}
	for c := 'a'; c <= 'z'; c++ {
		v.Letters = append(v.Letters, templates.Choice{Name: strings.ToUpper(string(c)), Href: "/authors?from=" + string(c), On: from == string(c)})
	}
	start := strings.ToLower(from)
	if after != "" {
		start = strings.Replace(after, "/", "\x00", 1) // slugs have none
	}
	as, next, err := p.Authors.Authors(ctx, start, authorsPerPage)
	if err != nil {
		return v, err
	}
	for i := range as {
		v.Names = append(v.Names, authorLink(&as[i]))
	}
	if next != "" {
		v.Next = "/authors?after=" + url.QueryEscape(strings.Replace(next, "\x00", "/", 1))
	}
	return v, nil
}

// outletAuthorsView is who wrote for one outlet, those with the most articles there first.
func (p *pages) outletAuthorsView(r *http.Request) (templates.AuthorsView, error) {
	ctx := r.Context()
	v := templates.AuthorsView{}
	o, err := p.Names.Outlet(ctx, news.Slug(r.URL.Query().Get("outlet")))
	if err != nil {
		return v, err
	}
	v.Page = p.page(r, say(r, "authors.of", o.Name))
	v.Section, v.Canonical, v.Charts = templates.SectionOutlets, p.absolute(r, "/authors")+"?"+url.Values{"outlet": {o.Slug}}.Encode(), true
	v.Outlet = templates.Link{Name: o.Name, Href: "/outlets/" + url.PathEscape(o.Slug)}
	if v.Total, err = p.Authors.CountAuthors(ctx, o.Slug); err != nil {
		return v, err
	}
	as, err := p.Authors.TopAuthors(ctx, o.Slug, authorsPerPage)
	for i := range as {
		v.Names = append(v.Names, byOutletLink(&as[i], o.Slug))
	}
	return v, err
}

// byOutletLink is an author with what they wrote for an outlet.
func byOutletLink(a *news.AuthorSummary, outlet string) templates.Link {
	l := templates.Link{Name: a.Name, Href: authorAsk{outlet: outlet}.href(a.Slug)}
	for _, c := range a.Outlets {
		if c.Value == outlet {
			l.Count = c.N
		}
	}
	return l
}

// yearSpark are counts over the years of the whole archive.
func yearSpark(whole *overview, years []news.AuthorCount) []int {
	by := map[string]int{}
	for _, y := range years {
		by[y.Value] = y.N
	}
	var out []int
	for _, b := range buckets(whole.First, whole.Last) {
		out = append(out, b.sum(by))
	}
	return out
}

// authorAsk narrows an author's articles; all of it is in the address.
type authorAsk struct {
	outlet, from, to string
	page             int
}

func (a authorAsk) href(slug string) string {
	q := url.Values{}
	for _, kv := range [][2]string{{"outlet", a.outlet}, {"from", a.from}, {"to", a.to}} {
		if kv[1] != "" {
			q.Set(kv[0], kv[1])
		}
	}
	if a.page > 1 {
		q.Set("page", itoa(a.page))
	}
	if len(q) == 0 {
		return authorPath(slug)
	}
	return authorPath(slug) + "?" + q.Encode()
}

func authorAskOf(r *http.Request) authorAsk {
	ask, _ := parseParams(r.URL.Query())
	q := r.URL.Query()
	a := authorAsk{outlet: news.Slug(q.Get("outlet")), page: max(1, min(ask.Page, search.MaxOffset/bylinesPerPage))}
	if d, err := news.ParseDate(q.Get("from"), ""); err == nil && len(d.Text) <= len("2006-01-02") {
		a.from = d.Text
	}
	if d, err := news.ParseDate(q.Get("to"), ""); err == nil && len(d.Text) <= len("2006-01-02") {
		a.to = d.Text
	}
	return a
}

func (p *pages) serveAuthor(w http.ResponseWriter, r *http.Request) error {
	if p.Authors == nil {
		return news.ErrNotFound
	}
	slug := r.PathValue("slug")
	if own := news.Slug(slug); own != slug && own != "" {
		http.Redirect(w, r, authorPath(own), http.StatusFound)
		return nil
	}
	a, err := p.Authors.Author(r.Context(), slug)
	if err != nil {
		return err
	}
	v, err := p.authorView(r, a)
	if err != nil {
		return err
	}
	return p.render(w, r, http.StatusOK, templates.AuthorPage(v))
}

func (p *pages) authorView(r *http.Request, a news.AuthorSummary) (templates.AuthorView, error) {
	ctx := r.Context()
	v := templates.AuthorView{Page: p.page(r, a.Name), Name: a.Name, Total: a.Total, First: dayLink(a.First), Last: dayLink(a.Last)}
	v.Section, v.Canonical = templates.SectionAuthors, p.absolute(r, "/authors/"+a.Slug)
	followed(r, &v.Page, a.Name, authorFeedPath(a.Slug, feedKinds[0]), authorFeedPath(a.Slug, feedKinds[1]))
	for _, n := range a.Names[:min(len(a.Names), aliasesShown)] {
		if n.Value != a.Name {
			v.Printed = append(v.Printed, templates.Link{Name: n.Value, Count: n.N})
		}
	}
	whole, err := p.overview(ctx)
	if err != nil {
		return v, err
	}
	all, err := p.coverage(ctx, "")
	if err != nil {
		return v, err
	}
	ask := authorAskOf(r)
	var years []search.Count
	for _, y := range a.Years {
		if y.Value != "" {
			years = append(years, search.Count{Value: y.Value, N: y.N})
		}
	}
	if len(years) > 0 {
		v.Years = templates.Timeline{ID: "years", Caption: say(r, "chart.years"), Bars: yearBars(whole, gaps{all}, years,
			func(b bucket) string {
				return authorAsk{outlet: ask.outlet, from: itoa4(b.first), to: itoa4(b.last)}.href(a.Slug)
			}, func(b bucket) bool {
				return ask.from != "" && ask.to != "" && itoa4(b.first) >= ask.from && itoa4(b.last) <= ask.to
			})}
	}
	outlets := map[string]string{}
	for _, o := range a.Outlets {
		l := templates.Link{Name: say(r, "outlet.unknown"), Count: o.N}
		if o.Value != "" {
			out, err := p.Names.Outlet(ctx, o.Value)
			if err != nil {
				out = news.Outlet{Name: o.Value, Slug: o.Value}
			}
			outlets[o.Value] = out.Name
			l.Name, l.Href = out.Name, authorAsk{outlet: o.Value, from: ask.from, to: ask.to}.href(a.Slug)
		}
		if len(v.Outlets) < facetSizes[search.FacetOutlet] {
			v.Outlets = append(v.Outlets, l)
		}
	}
	if ask.outlet != "" {
		name := outlets[ask.outlet]
		if name == "" {
			name = ask.outlet
		}
		v.Asked = append(v.Asked, templates.Link{Name: name, Href: authorAsk{from: ask.from, to: ask.to}.href(a.Slug)})
	}
	if ask.from != "" || ask.to != "" {
		v.Asked = append(v.Asked, templates.Link{Name: spanOf(ctx, ask.from, ask.to), Href: authorAsk{outlet: ask.outlet}.href(a.Slug)})
	}
	if err := p.bylines(r, a, ask, &v); err != nil {
		return v, err
	}
	if v.About, err = p.about(r, a, ask); err != nil {
		return v, err
	}
	same, err := p.Names.FindEntities(ctx, news.Person, strings.ReplaceAll(a.Slug, "-", " "), namesakesShown)
	if err != nil {
		return v, err
	}
	for _, e := range same {
		if news.Slug(e.Name) == a.Slug {
			v.Persons = append(v.Persons, templates.Namesake{Name: e.Name, Qualifier: qualifierOf(e), Href: e.Path()})
		}
	}
	return v, nil
}

// bylines fills in the author's articles that are asked for.
func (p *pages) bylines(r *http.Request, a news.AuthorSummary, ask authorAsk, v *templates.AuthorView) error {
	ids, total, err := p.Authors.ByAuthor(r.Context(), a.Slug, news.ByAuthor{Outlet: ask.outlet, From: ask.from, To: ask.to, Skip: (ask.page - 1) * bylinesPerPage, N: bylinesPerPage})
	if err != nil {
		return err
	}
	fs, err := p.byIDs(r.Context(), ids)
	if err != nil {
		return err
	}
	v.Hits, v.Found = hitViews(fs), total
	if err := p.keep(r.Context(), v.CanWrite, v.Hits); err != nil {
		return err
	}
	if ask.page > 1 {
		prev := ask
		prev.page--
		v.Prev = prev.href(a.Slug)
	}
	if total > ask.page*bylinesPerPage && (ask.page+1)*bylinesPerPage <= search.MaxOffset {
		next := ask
		next.page++
		v.Next = next.href(a.Slug)
	}
	return nil
}

// byIDs are articles as lists show them, in the order of their ids as given; what is not
// shown any more is left out.
func (s *Server) byIDs(ctx context.Context, ids []news.ArticleID) ([]found, error) {
	hits := make([]search.Hit, len(ids))
	for i, id := range ids {
		hits[i].ID = id
	}
	return s.hits(ctx, nil, hits, false)
}

// about are who and what the author's articles mention, of those asked for.
func (p *pages) about(r *http.Request, a news.AuthorSummary, ask authorAsk) ([]templates.LinkGroup, error) {
	ids, _, err := p.Authors.ByAuthor(r.Context(), a.Slug, news.ByAuthor{Outlet: ask.outlet, From: ask.from, To: ask.to, N: aboutMost})
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	res, err := p.Search.Search(r.Context(), search.Request{
		Query: search.Articles{Name: a.Name, IDs: ids}, CountOnly: true,
		Facets: map[string]int{search.FacetPerson: entitySeen, search.FacetPlace: entitySeen, search.FacetOrganisation: entitySeen},
	})
	if err != nil {
		return nil, err
	}
	var out []templates.LinkGroup
	for _, k := range news.Kinds {
		counts := res.Facets[string(k)]
		es, err := p.entitiesOf(r.Context(), counts)
		if err != nil {
			return nil, err
		}
		g := templates.LinkGroup{Title: say(r, "author.about."+k.Plural())}
		for _, c := range counts {
			if e, ok := es[news.EntityID(c.Value)]; ok {
				g.Links = append(g.Links, templates.Link{Name: e.Name, Href: e.Path(), Count: c.N})
			}
		}
		out = append(out, g)
	}
	return slices.DeleteFunc(out, func(g templates.LinkGroup) bool { return len(g.Links) == 0 }), nil
}

// dayLink is a date of any precision with the page of its day, month or year.
func dayLink(date string) templates.Mention {
	if date == "" {
		return templates.Mention{}
	}
	d, err := news.ParseDate(date, "")
	if err != nil {
		return templates.Mention{}
	}
	return templates.Mention{Date: d, Href: "/dates/" + strings.ReplaceAll(date, "-", "/")}
}

// spanOf is a stretch of time in words.
func spanOf(ctx context.Context, from, to string) string {
	switch {
	case from == to:
		return templates.ShowDay(ctx, from)
	case from == "":
		return templates.Say(ctx, "author.until", templates.ShowDay(ctx, to))
	case to == "":
		return templates.Say(ctx, "author.since", templates.ShowDay(ctx, from))
	}
	return templates.Say(ctx, "range", templates.ShowDay(ctx, from), templates.ShowDay(ctx, to))
}
