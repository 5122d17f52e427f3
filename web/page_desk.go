package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/templates"
)

// deskPerPage is how much work a page of the desk shows, deskFirst how much of each kind
// the desk names.
const (
	deskPerPage  = 50
	deskFirst    = 3
	deskOrigins  = 24
	deskSuggests = 300
)

// deskKinds are the kinds of work that articles give, in the desk's order: what finds
// them, and the field that is to be set.
var deskKinds = []struct {
	name  string
	query search.Node
	field string
}{
	{templates.DeskOutlet, is(search.IsUnattributed), "outlet"},
	{templates.DeskDoubt, is(search.IsDoubted), news.FieldPublished},
	{templates.DeskDate, search.All(is(search.IsUndated), search.Not{Part: is(search.IsDoubted)}), news.FieldPublished},
	{templates.DeskText, is(search.IsStub), templates.DeskText},
}

func is(what string) search.Node { return search.Field{Name: search.FieldIs, Value: what} }

// desk returns the desk to those who may work at it.
func (p *pages) desk(r *http.Request) (Desk, error) {
	if !isLocal(r) {
		return nil, fail(http.StatusForbidden, "the desk is for the machine that the archive runs on")
	}
	if p.Desk == nil || p.Corrections == nil {
		return nil, news.ErrNotFound
	}
	return p.Desk, nil
}

func (p *pages) deskPage(r *http.Request, title string) templates.Page {
	v := p.page(r, title)
	v.Section, v.NoIndex = templates.SectionDesk, true
	return v
}

func (p *pages) serveDesk(w http.ResponseWriter, r *http.Request) error {
	d, err := p.desk(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	v := templates.DeskView{Page: p.deskPage(r, say(r, "nav.desk"))}
	add := func(part templates.DeskPart) {
		if part.Count > 0 {
			v.Parts = append(v.Parts, part)
		}
	}
	for _, k := range deskKinds {
		res, fs, err := p.find(ctx, search.Request{Query: k.query, Sort: search.Newest, PerPage: deskFirst})
		if err != nil {
			return err
		}
		part := templates.DeskPart{Name: k.name, Count: res.Total}
		for _, f := range fs {
			part.First = append(part.First, templates.Link{Name: clampLabel(headline(&f.Version.Article)), Href: f.path()})
		}
		add(part)
	}
	if err := p.deskRest(ctx, d, &v, add); err != nil {
		return err
	}
	return p.render(w, r, http.StatusOK, templates.DeskPage(v))
}

// deskRest adds the work that no search finds.
func (p *pages) deskRest(ctx context.Context, d Desk, v *templates.DeskView, add func(templates.DeskPart)) error {
	open, _, err := d.RefusedCount(ctx)
	if err != nil {
		return err
	}
	refused, err := d.Refused(ctx, 0, deskFirst)
	if err != nil {
		return err
	}
	part := templates.DeskPart{Name: templates.DeskRefused, Count: open}
	for _, r := range refused {
		part.First = append(part.First, templates.Link{Name: clampLabel(r.Source + ": " + r.Reason)})
	}
	add(part)
	groups, err := d.Alike(ctx)
	if err != nil {
		return err
	}
	part = templates.DeskPart{Name: templates.DeskAlike, Count: len(groups)}
	twins, err := p.deskTwins(ctx, groups[:min(len(groups), deskFirst)])
	if err != nil {
		return err
	}
	for _, g := range twins {
		part.First = append(part.First, templates.Link{Name: clampLabel(g[0].text), Href: g[0].Href})
	}
	add(part)
	c, err := d.LastCheck(ctx)
	if err != nil {
		return err
	}
	v.Check = templates.DeskCheck(c)
	part = templates.DeskPart{Name: templates.DeskDamaged, Count: c.Count}
	for _, s := range c.Problems[:min(len(c.Problems), deskFirst)] {
		part.First = append(part.First, templates.Link{Name: clampLabel(s)})
	}
	add(part)
	return nil
}

func (p *pages) serveDeskPart(w http.ResponseWriter, r *http.Request) error {
	d, err := p.desk(r)
	if err != nil {
		return err
	}
	switch r.PathValue("what") {
	case templates.DeskRefused:
		return p.serveRefused(w, r, d)
	case templates.DeskAlike:
		return p.serveAlike(w, r, d)
	case templates.DeskDamaged:
		c, err := d.LastCheck(r.Context())
		if err != nil {
			return err
		}
		v := templates.DeskDamagedView{Page: p.deskPage(r, say(r, "desk."+templates.DeskDamaged)), Check: templates.DeskCheck(c)}
		return p.render(w, r, http.StatusOK, templates.DeskDamagedPage(v))
	}
	return p.serveDeskArticles(w, r)
}

// serveDeskArticles shows a page of articles that need something, all or those from one
// origin.
func (p *pages) serveDeskArticles(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	k, ok := deskKind(r)
	if !ok {
		return news.ErrNotFound
	}
	from := origin(r)
	ask, _ := parseParams(r.URL.Query())
	page := min(ask.Page, search.MaxOffset/deskPerPage)
	q := k.query
	if from != "" {
		q = search.All(q, search.CameFrom{Origin: from})
	}
	res, fs, err := p.find(ctx, search.Request{Query: q, Sort: search.Newest, Page: page, PerPage: deskPerPage})
	if err != nil {
		return err
	}
	v := templates.DeskListView{Page: p.deskPage(r, say(r, "desk."+k.name)), Name: k.name, Total: res.Total, From: from, Field: k.field, Said: saidOf(r)}
	if v.Origins, err = p.origins(ctx, k.query, "/desk/"+k.name); err != nil {
		return err
	}
	if k.field == "outlet" || k.field == templates.DeskText {
		if v.Outlets, err = p.outletNames(ctx); err != nil {
			return err
		}
	}
	for _, f := range fs {
		a := &f.Version.Article
		it := templates.DeskItem{Hit: hitView(f), Outside: outside(a.URL)}
		if k.name == templates.DeskDoubt {
			it.Doubts = doubtsOf(a, news.FieldPublished)
		}
		v.Items = append(v.Items, it)
	}
	v.Prev, v.Next = beside("/desk/"+k.name, url.Values{"from": nonempty(from)}, page, res.Total)
	return p.render(w, r, http.StatusOK, templates.DeskListPage(v))
}

// origins are where the articles of a search came from, the most frequent first.
func (p *pages) origins(ctx context.Context, q search.Node, path string) ([]templates.Link, error) {
	res, err := p.Search.Search(ctx, search.Request{Query: q, CountOnly: true, Facets: map[string]int{search.FacetOrigin: deskOrigins}})
	if err != nil {
		return nil, err
	}
	var out []templates.Link
	for _, c := range res.Facets[search.FacetOrigin] {
		out = append(out, templates.Link{Name: c.Value, Href: path + "?" + url.Values{"from": {c.Value}}.Encode(), Count: c.N})
	}
	return out, nil
}

// outletNames are names to choose from.
func (p *pages) outletNames(ctx context.Context) ([]string, error) {
	all, err := p.Names.Outlets(ctx)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, o := range all[:min(len(all), deskSuggests)] {
		out = append(out, o.Name)
	}
	return out, nil
}

// deskKind is the kind of work that the request's address names.
func deskKind(r *http.Request) (k struct {
	name  string
	query search.Node
	field string
}, ok bool) {
	for _, k := range deskKinds {
		if k.name == r.PathValue("what") {
			return k, true
		}
	}
	return k, false
}

// origin is the origin that a request names, as the index has it.
func origin(r *http.Request) string {
	s := strings.ToValidUTF8(r.FormValue("from"), "\uFFFD")
	return s[:min(len(s), 1000)]
}

func nonempty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// beside are the addresses of the pages before and behind a page of the desk.
func beside(path string, q url.Values, page, total int) (prev, next string) {
	at := func(n int) string {
		if n > 1 {
			q.Set("page", itoa(n))
		} else {
			q.Del("page")
		}
		if s := q.Encode(); s != "" {
			return path + "?" + s
		}
		return path
	}
	if page > 1 {
		prev = at(page - 1)
	}
	if total > page*deskPerPage && page < search.MaxOffset/deskPerPage {
		next = at(page + 1)
	}
	return prev, next
}
