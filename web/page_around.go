package web

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/templates"
)

// The parameters of an article's address that say which results it was reached from: the
// search as its own address has it, and the place among its hits, from 1.
const (
	paramIn    = "in"
	paramPlace = "n"
	maxIn      = 4000 // bytes
)

// around fills in the article before and behind among the results that the reader came
// from: those that the address names, else those of the page that the browser says led
// here. It is a courtesy, and nothing fails for it.
func (p *pages) around(r *http.Request, id news.ArticleID, v *templates.ArticleView) {
	ask, place, ok := p.cameFrom(r, id)
	if !ok {
		return
	}
	res, err := p.query(r.Context(), ask)
	if err != nil {
		return
	}
	at := func(n int) (*templates.Link, int) {
		if n < 1 || n > search.MaxOffset {
			return nil, 0
		}
		req := search.Request{Query: res.Query, Prefer: res.Prefer, Sort: ask.Sort, Page: n, PerPage: 1, Group: ask.Group}
		got, fs, err := p.find(r.Context(), req)
		if err != nil || len(fs) == 0 || fs[0].ID == id {
			return nil, got.Results
		}
		a := &fs[0].Version.Article
		q := url.Values{paramIn: {ask.Values().Encode()}, paramPlace: {itoa(n)}}
		return &templates.Link{Name: clipWords(headline(a), 80), Href: a.Path() + "?" + q.Encode()}, got.Results
	}
	prev, _ := at(place - 1)
	next, total := at(place + 1)
	if prev == nil && next == nil {
		return
	}
	back := ask.page((place-1)/ask.PerPage + 1)
	v.Around = &templates.Around{N: place, Of: max(total, place), Prev: prev, Next: next, Results: back.href()}
}

// cameFrom is the search that an article was reached from, and the article's place among
// its hits.
func (p *pages) cameFrom(r *http.Request, id news.ArticleID) (ask params, place int, ok bool) {
	if in := r.URL.Query().Get(paramIn); in != "" {
		q, err := url.ParseQuery(in)
		n, err2 := strconv.Atoi(r.URL.Query().Get(paramPlace))
		if err != nil || err2 != nil || n < 1 || n > search.MaxOffset || len(in) > maxIn {
			return ask, 0, false
		}
		ask, _ = parseParams(q)
		return ask.page(1), n, true
	}
	u, err := url.Parse(r.Referer())
	if err != nil || u.Path != pathSearch || u.Host != r.Host || len(u.RawQuery) > maxIn {
		return ask, 0, false
	}
	ask, _ = parseParams(u.Query())
	i := p.placeOf(r.Context(), ask, id)
	if i < 0 {
		return ask, 0, false
	}
	place = (ask.Page-1)*ask.PerPage + i + 1
	return ask.page(1), place, ask.After == "" && place <= search.MaxOffset
}

// placeOf is where an article stands on a page of results, from 0; -1 where it does not.
func (p *pages) placeOf(ctx context.Context, ask params, id news.ArticleID) int {
	res, err := p.query(ctx, ask)
	if err != nil {
		return -1
	}
	got, err := p.Search.Search(ctx, search.Request{Query: res.Query, Prefer: res.Prefer, Sort: ask.Sort, Page: ask.Page, PerPage: ask.PerPage, Group: ask.Group})
	if err != nil {
		return -1
	}
	for i, h := range got.Hits {
		if h.ID == id {
			return i
		}
	}
	return -1
}
