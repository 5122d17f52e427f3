package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"backfile/internal/news"
	"backfile/internal/search"
)

// text is all that p asks as one query of the language, which means the same wherever it
// is read: people, places and organisations that filters name are named by the last part
// of their address, or a person by the id where that part may be taken for a surname. It fails with
// 422 where it is longer than a query can be.
func (p params) text(ctx context.Context, es Entities) (string, error) {
	n, _, err := p.treeOf(func(name, text string) (search.Node, error) {
		k := kindOf[name]
		if k == "" {
			return leafOf(ctx, es, name, text)
		}
		e, err := es.Entity(ctx, k, text)
		switch {
		case err == nil && k == news.Person && !strings.Contains(e.Slug, "-"):
			text = string(e.ID) // the slug may as well be a surname
		case err == nil:
			text = e.Slug
		case !errors.Is(err, news.ErrNotFound):
			return nil, err
		}
		field, ok := search.NewField(fieldOf[name], text)
		if !ok {
			return search.Or{}, nil
		}
		return field, nil
	})
	if err != nil {
		return "", err
	}
	s := search.String(search.Simplify(n))
	if again, problems := search.Parse(s); len(problems) > 0 || search.String(search.Simplify(again)) != s || len(s) > maxQuery {
		return "", fail(http.StatusUnprocessableEntity, "this search is too long, or too odd, to be kept as one query")
	}
	return s, nil
}

// order is the sort that p asks for, "" where it is the one that fits the query.
func (p params) order() string {
	if p.Sort == p.defaultSort() {
		return ""
	}
	return string(p.Sort)
}

// asked are the parameters of a query that was kept.
func asked(query, sort string) params {
	v := url.Values{}
	if query != "" {
		v.Set("q", query)
	}
	if sort != "" {
		v.Set("sort", sort)
	}
	p, _ := parseParams(v)
	return p
}

// formSearch are the parameters of the search that a form is about: its field search has
// them as they stand in the address.
func formSearch(r *http.Request) (params, error) {
	v, err := url.ParseQuery(strings.TrimPrefix(r.FormValue("search"), "?"))
	if err != nil {
		return params{}, fail(http.StatusBadRequest, "the form names no search")
	}
	p, _ := parseParams(v)
	return p.page(1), nil
}
