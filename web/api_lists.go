package web

import (
	"net/http"
	"time"

	"backfile/internal/news"
	"backfile/internal/search"
)

// listAnswer is a list, without its articles; see docs/api.md.
type listAnswer struct {
	ID      news.ListID `json:"id"`
	Path    string      `json:"path"`
	Name    string      `json:"name"`
	About   string      `json:"about,omitempty"`
	Public  bool        `json:"public"`
	Created time.Time   `json:"created"`
	// Articles counts them.
	Articles int `json:"articles"`
}

// listPageAnswer is a list with a page of its articles, in its order.
type listPageAnswer struct {
	listAnswer
	Page  int            `json:"page"`
	Items []listedAnswer `json:"items"`
}

// listedAnswer is one article of a list: what is shown of it now, and what became of it
// since it was saved.
type listedAnswer struct {
	ID news.ArticleID `json:"id"`
	// Path is absent where it is gone.
	Path      string       `json:"path,omitempty"`
	Headline  string       `json:"headline,omitempty"`
	Outlet    *news.Outlet `json:"outlet,omitempty"`
	Published string       `json:"published,omitempty"`
	Added     time.Time    `json:"added"`
	// Version is the one that was saved, Current the one that is shown now.
	Version int      `json:"version"`
	Current int      `json:"current,omitempty"`
	Changed bool     `json:"changed,omitempty"`
	Gone    bool     `json:"gone,omitempty"`
	Note    string   `json:"note,omitempty"`
	Tags    []string `json:"tags,omitempty"`
}

func answerList(l *news.List) listAnswer {
	return listAnswer{ID: l.ID, Path: l.Path(), Name: l.Name, About: l.About, Public: l.Public, Created: l.Created, Articles: len(l.Items)}
}

// apiLists lists the lists of this machine's reader.
func (p *pages) apiLists(w http.ResponseWriter, r *http.Request) error {
	if !isLocal(r) {
		return fail(http.StatusForbidden, "lists are listed on the machine that the archive runs on")
	}
	sh, err := p.shelves(r.Context(), true)
	if err != nil {
		return err
	}
	out := []listAnswer{}
	for i := range sh.lists {
		out = append(out, answerList(&sh.lists[i]))
	}
	writeJSON(w, http.StatusOK, map[string]any{"lists": out})
	return nil
}

// apiList answers a list and a page of its articles: the reader's own, or to whoever has
// its id one that is public.
func (p *pages) apiList(w http.ResponseWriter, r *http.Request) error {
	l, err := p.readableList(r)
	if err != nil {
		return err
	}
	ask, _ := parseParams(r.URL.Query())
	from := min((ask.Page-1)*ask.PerPage, len(l.Items))
	part := l.Items[from:min(from+ask.PerPage, len(l.Items))]
	sts, err := p.Lists.Standings(r.Context(), part)
	if err != nil {
		return err
	}
	ids := make([]news.ArticleID, len(part))
	for i, m := range part {
		ids[i] = m.Article
	}
	as, err := p.Articles.InBrief(r.Context(), ids, 0)
	if err != nil {
		return err
	}
	out := listPageAnswer{listAnswer: answerList(&l), Page: ask.Page, Items: []listedAnswer{}}
	for i, m := range part {
		it := listedAnswer{ID: m.Article, Added: m.Added, Version: m.Version, Current: sts[i].Current, Changed: sts[i].Changed, Gone: sts[i].Gone != nil, Note: m.Note, Tags: m.Tags}
		if v, ok := as[m.Article]; ok && !it.Gone {
			a := &v.Article
			it.Path, it.Headline, it.Outlet, it.Published = a.Path(), a.Headline, a.Outlet, a.Published.Text
		} else if isLocal(r) { // what was taken away is shown to nobody else
			it.Gone, it.Headline = true, m.Headline
		} else {
			it.Gone = true
		}
		out.Items = append(out.Items, it)
	}
	writeJSON(w, http.StatusOK, out)
	return nil
}

// countAnswer is one value with the articles that have it.
type countAnswer struct {
	Value string `json:"value"`
	Count int    `json:"count"`
}

// authorAnswer is an author; see docs/api.md.
type authorAnswer struct {
	Slug string `json:"slug"`
	Path string `json:"path"`
	Name string `json:"name"`
	// Articles counts those that carry the name, First and Last are the dates of the first
	// and the last as far as they are known.
	Articles int    `json:"articles"`
	First    string `json:"first,omitempty"`
	Last     string `json:"last,omitempty"`
}

// authorPageAnswer is an author with a page of the articles that carry the name, the newest
// first.
type authorPageAnswer struct {
	authorAnswer
	Names   []countAnswer `json:"names"`
	Outlets []facetValue  `json:"outlets"`
	Years   []countAnswer `json:"years"`
	// Total counts the articles that were asked for.
	Total int         `json:"total"`
	Page  int         `json:"page"`
	Hits  []hitAnswer `json:"hits"`
}

func answerAuthor(a *news.AuthorSummary) authorAnswer {
	return authorAnswer{Slug: a.Slug, Path: authorPath(a.Slug), Name: a.Name, Articles: a.Total, First: a.First, Last: a.Last}
}

// mostAuthors is how many authors an answer has at most.
const mostAuthors = 1000

// apiAuthors lists authors by their last names, from a place on; with outlet those who
// wrote most in it.
func (p *pages) apiAuthors(w http.ResponseWriter, r *http.Request) error {
	if p.Authors == nil {
		return news.ErrNotFound
	}
	ctx, q := r.Context(), r.URL.Query()
	n := atoi(q.Get("n"))
	if n < 1 || n > mostAuthors {
		n = 100
	}
	var as []news.AuthorSummary
	var next string
	var err error
	if outlet := q.Get("outlet"); outlet != "" {
		var o news.Outlet
		if o, err = p.Names.Outlet(ctx, outlet); err == nil {
			as, err = p.Authors.TopAuthors(ctx, o.Slug, n)
		}
	} else {
		as, next, err = p.Authors.Authors(ctx, q.Get("after"), n)
	}
	if err != nil {
		return err
	}
	out := struct {
		Authors []authorAnswer `json:"authors"`
		Next    string         `json:"next,omitempty"`
	}{[]authorAnswer{}, next}
	for i := range as {
		out.Authors = append(out.Authors, answerAuthor(&as[i]))
	}
	writeJSON(w, http.StatusOK, out)
	return nil
}

// apiAuthor answers one author, and what they wrote; outlet, from and to narrow that.
func (p *pages) apiAuthor(w http.ResponseWriter, r *http.Request) error {
	if p.Authors == nil {
		return news.ErrNotFound
	}
	ctx := r.Context()
	a, err := p.Authors.Author(ctx, r.PathValue("slug"))
	if err != nil {
		return err
	}
	ask := authorAskOf(r)
	pg, _ := parseParams(r.URL.Query())
	if pg.Page*pg.PerPage > search.MaxOffset {
		return fail(http.StatusUnprocessableEntity, "page times per_page is at most 10,000")
	}
	ids, total, err := p.Authors.ByAuthor(ctx, a.Slug, news.ByAuthor{Outlet: ask.outlet, From: ask.from, To: ask.to, Skip: (pg.Page - 1) * pg.PerPage, N: pg.PerPage})
	if err != nil {
		return err
	}
	fs, err := p.byIDs(ctx, ids)
	if err != nil {
		return err
	}
	out := authorPageAnswer{authorAnswer: answerAuthor(&a), Names: []countAnswer{}, Outlets: []facetValue{}, Years: []countAnswer{}, Total: total, Page: pg.Page, Hits: hitAnswers(fs)}
	if out.Hits == nil {
		out.Hits = []hitAnswer{}
	}
	for _, c := range a.Names {
		out.Names = append(out.Names, countAnswer{c.Value, c.N})
	}
	for _, c := range a.Years {
		out.Years = append(out.Years, countAnswer{c.Value, c.N})
	}
	for _, c := range a.Outlets {
		v := facetValue{Slug: c.Value, Name: c.Value, Count: c.N}
		if o, err := p.Names.Outlet(ctx, c.Value); err == nil {
			v.Name = o.Name
		}
		out.Outlets = append(out.Outlets, v)
	}
	writeJSON(w, http.StatusOK, out)
	return nil
}
