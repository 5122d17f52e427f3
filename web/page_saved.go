package web

import (
	"context"
	"errors"
	"net/http"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/internal/watch"
	"backfile/templates"
)

// savedRoutes are the addresses of saved searches.
func (p *pages) savedRoutes() []route {
	if p.Saved == nil {
		return nil
	}
	return []route{
		{"GET /searches", p.serveSaved},
		{"POST /searches", p.saveSearch},
		{"GET /searches/{id}", p.serveSavedSearch},
		{"POST /searches/{id}/rename", p.renameSearch},
		{"POST /searches/{id}/looked", p.lookedAt},
		{"POST /searches/{id}/delete", p.deleteSearch},
		{"POST /searches/{id}/back", p.putBackSearch},
	}
}

func searchID(r *http.Request) (news.SearchID, error) {
	if !news.ValidID(r.PathValue("id")) {
		return "", news.ErrNotFound
	}
	return news.SearchID(r.PathValue("id")), nil
}

// fresh is what came in since somebody looked at a search.
type fresh struct {
	// query finds those that the search finds; nil where since is not known.
	query search.Node
	// more says that so much came in that not all of it was looked through.
	more bool
}

// freshSince makes the query that finds what came in behind a look and a saved query
// asks for; known remembers what came in behind each cursor. ok is false where the look
// was taken in another archive, or a past of this one.
func (p *pages) freshSince(ctx context.Context, q news.SavedSearch, known map[news.Cursor]fresh) (f fresh, ok bool, err error) {
	if q.Looked.Cursor == "" {
		return f, false, nil
	}
	f, have := known[q.Looked.Cursor]
	if !have {
		ids, more, err := watch.Since(ctx, p.Saved, q.Looked.Cursor)
		if errors.Is(err, news.ErrInvalid) {
			return f, false, nil
		}
		if err != nil {
			return f, false, err
		}
		f = fresh{search.Articles{Name: "*", IDs: ids}, more}
		if len(ids) == 0 {
			f.query = search.Or{}
		}
		known[q.Looked.Cursor] = f
	}
	res, err := p.query(ctx, asked(q.Query, q.Sort))
	if err != nil {
		return f, false, err
	}
	f.query = search.All(res.Query, f.query)
	return f, true, nil
}

// serveSaved lists the saved searches, each with how much came since it was looked at,
// and the receipts.
func (p *pages) serveSaved(w http.ResponseWriter, r *http.Request) error {
	if err := private(r); err != nil {
		return err
	}
	ctx := r.Context()
	qs, err := p.Saved.SavedSearches(ctx, news.LocalOwner)
	if err != nil {
		return err
	}
	v := templates.SavedView{Page: p.page(r, say(r, "saved.title"))}
	v.Section, v.NoIndex, v.Keeps = templates.SectionLists, true, true
	mailed, failing, err := p.alertCounts(ctx)
	if err != nil {
		return err
	}
	v.Failing = failing
	known := map[news.Cursor]fresh{}
	for _, q := range qs {
		if !q.Deleted.IsZero() {
			v.Deleted = append(v.Deleted, templates.SavedRow{ID: q.ID, Name: q.Name, Query: q.Query})
			continue
		}
		row := templates.SavedRow{ID: q.ID, Name: q.Name, Href: q.Path(), Query: q.Query, Looked: q.Looked.At, Mailed: mailed[q.ID]}
		f, ok, err := p.freshSince(ctx, q, known)
		if err != nil {
			return err
		}
		if row.Known = ok; ok {
			got, err := p.Search.Search(ctx, search.Request{Query: f.query, CountOnly: true})
			switch {
			case errors.Is(err, search.ErrCostly): // one that costs too much hides no other
				row.Known, row.Costly = false, true
			case err != nil:
				return err
			}
			row.New, row.More = got.Total, f.more
		}
		v.Searches = append(v.Searches, row)
	}
	if p.Receipts != nil {
		rs, err := p.Receipts.Receipts(ctx, news.LocalOwner, false)
		if err != nil {
			return err
		}
		for _, rc := range rs {
			v.Receipts = append(v.Receipts, templates.ReceiptRow{Href: rc.Path(), Query: rc.Query, Made: rc.Made, Total: rc.Total})
		}
	}
	return p.render(w, r, http.StatusOK, templates.SavedPage(v))
}

// saveSearch keeps the search of the form under the name of the form.
func (p *pages) saveSearch(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	ask, err := formSearch(r)
	if err != nil {
		return err
	}
	query, err := ask.text(ctx, p.Entities)
	if err != nil {
		return err
	}
	// What comes in between counts as new: better told twice than never.
	at, err := p.Saved.Indexed(ctx)
	if err != nil {
		return err
	}
	total, err := p.totalOf(ctx, ask)
	if err != nil {
		return err
	}
	_, _, err = p.Saved.SaveSearch(ctx, news.SavedSearch{
		Owner: news.LocalOwner, Name: r.FormValue("name"), Query: query, Sort: ask.order(), Looked: news.Look{At: p.Now(), Cursor: at, Total: total},
	})
	if err != nil {
		return err
	}
	return seeOther(w, r, back(r, "/searches"))
}

func (p *pages) totalOf(ctx context.Context, ask params) (int, error) {
	res, err := p.query(ctx, ask)
	if err != nil {
		return 0, err
	}
	got, err := p.Search.Search(ctx, search.Request{Query: res.Query, CountOnly: true})
	return got.Total, err
}

// serveSavedSearch is one saved search: what came in since it was looked at, the newest
// first.
func (p *pages) serveSavedSearch(w http.ResponseWriter, r *http.Request) error {
	if err := private(r); err != nil {
		return err
	}
	ctx := r.Context()
	id, err := searchID(r)
	if err != nil {
		return err
	}
	q, err := p.Saved.SavedSearch(ctx, id)
	if err != nil {
		return err
	}
	at, err := p.Saved.Indexed(ctx)
	if err != nil {
		return err
	}
	ask := asked(q.Query, q.Sort)
	v := templates.SavedSearchView{Page: p.page(r, q.Name), ID: q.ID, Name: q.Name, Asked: q.Query, All: ask.href(), Looked: q.Looked.At, Cursor: string(at)}
	v.Section, v.NoIndex, v.Keeps = templates.SectionLists, true, true
	v.Atom, v.JSON = ask.followed()
	if v.Total, err = p.totalOf(ctx, ask); err != nil {
		return err
	}
	if v.Mailed, err = p.alertsOf(ctx, q); err != nil {
		return err
	}
	f, ok, err := p.freshSince(ctx, q, map[news.Cursor]fresh{})
	if err != nil {
		return err
	}
	if v.Known = ok; ok {
		got, err := p.Search.Search(ctx, search.Request{Query: f.query, Sort: search.Newest, PerPage: search.MaxPerPage})
		if err != nil {
			return err
		}
		found, err := p.hits(ctx, f.query, got.Hits, true)
		if err != nil {
			return err
		}
		v.New, v.More = got.Total, f.more
		for _, h := range found {
			v.Hits = append(v.Hits, searched(h))
		}
		if err := p.keep(ctx, v.CanWrite, v.Hits); err != nil {
			return err
		}
	}
	return p.render(w, r, http.StatusOK, templates.SavedSearchPage(v))
}

// changedSearch runs fn on the search that the address names, and leads on.
func (p *pages) changedSearch(w http.ResponseWriter, r *http.Request, to func(id news.SearchID) string, fn func(id news.SearchID) error) error {
	id, err := searchID(r)
	if err == nil {
		err = fn(id)
	}
	if err != nil {
		return err
	}
	return seeOther(w, r, to(id))
}

func toSaved(news.SearchID) string { return "/searches" }

func (p *pages) renameSearch(w http.ResponseWriter, r *http.Request) error {
	return p.changedSearch(w, r, func(id news.SearchID) string { return "/searches/" + string(id) }, func(id news.SearchID) error {
		return p.Saved.RenameSearch(r.Context(), id, r.FormValue("name"))
	})
}

func (p *pages) deleteSearch(w http.ResponseWriter, r *http.Request) error {
	return p.changedSearch(w, r, toSaved, func(id news.SearchID) error { return p.Saved.DeleteSearch(r.Context(), id) })
}

func (p *pages) putBackSearch(w http.ResponseWriter, r *http.Request) error {
	return p.changedSearch(w, r, toSaved, func(id news.SearchID) error { return p.Saved.PutBackSearch(r.Context(), id) })
}

// lookedAt notes that the reader saw what a saved search found up to the row of the feed
// that the page names: what came in behind it stays new.
func (p *pages) lookedAt(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	return p.changedSearch(w, r, func(id news.SearchID) string { return back(r, "/searches/"+string(id)) }, func(id news.SearchID) error {
		q, err := p.Saved.SavedSearch(ctx, id)
		if err != nil {
			return err
		}
		at := news.Cursor(r.FormValue("cursor"))
		if _, _, err := p.Saved.Arrivals(ctx, at, 1); at == "" || err != nil {
			if at, err = p.Saved.Indexed(ctx); err != nil {
				return err
			}
		}
		total, err := p.totalOf(ctx, asked(q.Query, q.Sort))
		if err != nil {
			return err
		}
		return p.Saved.LookedAt(ctx, id, news.Look{At: p.Now(), Cursor: at, Total: total})
	})
}

// savedAs is the saved search that ask is; ok is false where it is none.
func (p *pages) savedAs(ctx context.Context, ask params) (q news.SavedSearch, ok bool, err error) {
	query, err := ask.text(ctx, p.Entities)
	if err != nil {
		return q, false, nil // it cannot be saved either
	}
	all, err := p.Saved.SavedSearches(ctx, news.LocalOwner)
	for _, q := range all {
		if q.Deleted.IsZero() && q.Query == query && q.Sort == ask.order() {
			return q, true, nil
		}
	}
	return q, false, err
}
