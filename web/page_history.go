package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/templates"
)

const (
	pathHistory = "/history"
	// historyShown is how much of the history a page has.
	historyShown = 100
)

// movedTo leads from an address that a page had to the one that it has.
func movedTo(path string) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		http.Redirect(w, r, path, http.StatusMovedPermanently)
		return nil
	}
}

// serveHistory shows what was searched for and opened, by days, the last first; with q
// that of which all these words are in the query, or in the headline or the outlet.
func (p *pages) serveHistory(w http.ResponseWriter, r *http.Request) error {
	if p.Past == nil || !isLocal(r) {
		return news.ErrNotFound
	}
	ctx := r.Context()
	v := templates.HistoryView{Page: p.page(r, say(r, "history.title")), Asked: strings.TrimSpace(r.FormValue("q"))}
	v.Section, v.NoIndex, v.Page.Keeps = templates.SectionLists, true, true
	all, err := p.history(r)
	if err != nil {
		return err
	}
	if v.Keeps, err = p.Past.KeepsHistory(ctx, news.LocalOwner); err != nil {
		return err
	}
	if terms := search.Terms(v.Asked); v.Asked != "" {
		all = slices.DeleteFunc(all, func(row templates.HistoryRow) bool {
			return !hasBeginnings(search.Terms(row.Text+" "+row.Outlet), terms)
		})
	}
	v.Found = len(all)
	from, to := 0, 0
	from, to, v.Newer, v.Older = paged(r, pathHistory, v.Asked, len(all), historyShown)
	saved := map[string]string{}
	if p.Saved != nil {
		qs, err := p.Saved.SavedSearches(ctx, news.LocalOwner)
		if err != nil {
			return err
		}
		for _, q := range qs {
			if q.Deleted.IsZero() && q.Sort == "" {
				saved[q.Query] = q.Path()
			}
		}
	}
	for _, row := range all[from:to] {
		if row.ID == "" && p.Saved != nil {
			ask := asked(row.Text, "")
			row.Search = url.Values{"q": {row.Text}}.Encode()
			if query, err := ask.text(ctx, p.Entities); err == nil {
				row.Saved = saved[query]
			} else {
				row.Search = "" // it cannot be saved
			}
		}
		day := row.At.Format(time.DateOnly)
		if n := len(v.Days); n == 0 || v.Days[n-1].Day != day {
			v.Days = append(v.Days, templates.HistoryDay{Day: day})
		}
		d := &v.Days[len(v.Days)-1]
		d.Rows = append(d.Rows, row)
	}
	w.Header().Set("Cache-Control", "no-store")
	return p.render(w, r, http.StatusOK, templates.HistoryPage(v))
}

// history is all of it, the last first, by the clock of this machine. Articles that are
// not shown any more are left out.
func (p *pages) history(r *http.Request) ([]templates.HistoryRow, error) {
	ctx := r.Context()
	past, err := p.pastOf(r)
	if err != nil {
		return nil, err
	}
	read, err := p.Past.Readings(ctx, news.LocalOwner)
	if err != nil {
		return nil, err
	}
	ids := make([]news.ArticleID, len(read))
	for i, one := range read {
		ids[i] = one.Article
	}
	as, err := p.Articles.InBrief(ctx, ids, 0)
	if err != nil {
		return nil, err
	}
	here := p.Now().Location()
	var out []templates.HistoryRow
	for _, s := range past {
		ask, _ := parseParams(url.Values{"q": {s.Query}})
		out = append(out, templates.HistoryRow{Text: s.Query, Href: ask.href(), At: s.At.In(here), Times: s.Times})
	}
	for _, one := range read {
		v, ok := as[one.Article]
		if !ok {
			continue
		}
		row := templates.HistoryRow{Text: headline(&v.Article), Href: v.Article.Path(), ID: string(one.Article), At: one.At.In(here), Times: one.Times}
		if v.Article.Outlet != nil {
			row.Outlet = v.Article.Outlet.Name
		}
		out = append(out, row)
	}
	slices.SortStableFunc(out, func(a, b templates.HistoryRow) int { return b.At.Compare(a.At) })
	return out, nil
}

// hasBeginnings reports whether each of the terms begins one of the words.
func hasBeginnings(words, terms []string) bool {
	return !slices.ContainsFunc(terms, func(t string) bool {
		return !slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, t) })
	})
}

// changeHistory forgets one thing or all, or says whether a history is kept.
func (p *pages) changeHistory(w http.ResponseWriter, r *http.Request) error {
	if p.Past == nil || !isLocal(r) {
		return news.ErrNotFound
	}
	ctx := r.Context()
	var err error
	switch {
	case r.FormValue("keep") == "on" || r.FormValue("keep") == "off":
		err = p.Past.KeepHistory(ctx, news.LocalOwner, r.FormValue("keep") == "on")
	// What is empty is all of it, and is never what a form merely lacks.
	case r.FormValue("all") != "":
		err = errors.Join(p.Past.ForgetPastSearch(ctx, news.LocalOwner, ""), p.Past.ForgetReading(ctx, news.LocalOwner, ""))
	case r.FormValue("query") != "":
		err = p.Past.ForgetPastSearch(ctx, news.LocalOwner, r.FormValue("query"))
	case news.ValidID(r.FormValue("article")):
		err = p.Past.ForgetReading(ctx, news.LocalOwner, news.ArticleID(r.FormValue("article")))
	default:
		err = fail(http.StatusUnprocessableEntity, "it does not say what to forget")
	}
	if err != nil {
		return err
	}
	return seeOther(w, r, back(r, pathHistory))
}
