package web

import (
	"net/http"
	"net/url"
	"strings"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/templates"
)

const (
	rollNames = 200
)

// kindOfPath is the kind that an address is about: /people, /places/…
func kindOfPath(path string) (news.Kind, bool) {
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	for _, k := range news.Kinds {
		if k.Plural() == first {
			return k, true
		}
	}
	return "", false
}

func (p *pages) serveEntities(w http.ResponseWriter, r *http.Request) error {
	k, ok := kindOfPath(r.URL.Path)
	if !ok {
		return news.ErrNotFound
	}
	v, err := p.entitiesView(r, k)
	if err != nil {
		return err
	}
	return p.render(w, r, http.StatusOK, templates.EntitiesPage(v))
}

func (p *pages) entitiesView(r *http.Request, k news.Kind) (templates.EntitiesView, error) {
	ctx := r.Context()
	v := templates.EntitiesView{Page: p.page(r, say(r, "nav."+k.Plural())), Kind: k.Plural()}
	v.Section, v.Canonical, v.Charts = k.Plural(), p.absolute(r, "/"+k.Plural()), true
	from, after := r.URL.Query().Get("from"), r.URL.Query().Get("after")
	if len(from) > maxValue || len(after) > maxValue {
		return v, fail(http.StatusBadRequest, "this address is too long")
	}
	if from == "" && after == "" {
		if err := p.mostInNews(r, k, &v); err != nil {
			return v, err
		}
	}
	for c := 'a'; c <= 'z'; c++ {
		v.Letters = append(v.Letters, templates.Choice{Name: strings.ToUpper(string(c)), Href: "/" + k.Plural() + "?from=" + string(c), On: from == string(c)})
	}
	start := from
	if after != "" {
		start = after
	}
	es, err := p.Entities.EntityList(ctx, k, start, rollNames+1)
	if err != nil {
		return v, err
	}
	if len(es) > rollNames {
		es = es[:rollNames]
		v.Next = "/" + k.Plural() + "?after=" + url.QueryEscape(string(es[len(es)-1].ID))
	}
	counts, err := p.counts(ctx, k)
	if err != nil {
		return v, err
	}
	for _, e := range es {
		// An entity of removed articles only is in no list.
		if n := counts[string(e.ID)]; n > 0 {
			v.Names = append(v.Names, templates.Link{Name: e.Name, Href: e.Path(), Count: n})
		}
	}
	return v, nil
}

func (p *pages) serveOutlets(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	v := templates.OutletsView{Page: p.page(r, say(r, "nav.outlets"))}
	v.Section, v.Canonical = templates.SectionOutlets, p.absolute(r, "/outlets")
	whole, err := p.overview(ctx)
	if err != nil {
		return err
	}
	v.First, v.Last = whole.First, whole.Last
	known := 0
	for i, o := range whole.Outlets {
		known += o.N
		s := templates.OutletStrip{}
		if i < maxStrips {
			row, err := p.outletRow(ctx, whole, o.Value)
			if err != nil {
				return err
			}
			s = row.strip
		} else {
			out, err := p.Names.Outlet(ctx, o.Value)
			if err != nil {
				out = news.Outlet{Name: o.Value, Slug: o.Value}
			}
			s.Link = outletLink(&out)
		}
		s.Count = o.N
		v.Outlets = append(v.Outlets, s)
	}
	v.Unknown = max(0, whole.Total-known)
	return p.render(w, r, http.StatusOK, templates.OutletsPage(v))
}

// maxStrips is how many outlets are shown with their years: each costs a search.
const maxStrips = 60

// newest is the request for the newest articles that q matches.
func newest(q search.Node, n int) search.Request {
	return search.Request{Query: q, Sort: search.Newest, PerPage: n}
}
