package web

import (
	"context"
	"net/http"
	"net/url"

	"backfile/internal/news"
	"backfile/templates"
)

// PastSearches keeps what a reader of this machine searched for. Nobody else's is kept.
type PastSearches interface {
	// PastSearches are owner's, the last first.
	PastSearches(ctx context.Context, owner string) ([]news.PastSearch, error)
	// NotePastSearch keeps one; what cannot be kept is let go.
	NotePastSearch(ctx context.Context, owner, query string) error
	// ForgetPastSearch forgets one, or where query is "" all.
	ForgetPastSearch(ctx context.Context, owner, query string) error
}

const pathPastSearches = "/past-searches"

// pastOf are the past searches of whoever asks: none but of who sits at this machine.
func (s *Server) pastOf(r *http.Request) ([]news.PastSearch, error) {
	if s.Past == nil || !isLocal(r) {
		return nil, nil
	}
	return s.Past.PastSearches(r.Context(), news.LocalOwner)
}

// notePast keeps what was searched for, where it was a reader at this machine who did,
// by a page of the archive or the address bar: neither a browser that loads pages
// ahead nor an address hidden in a page of another site.
func (s *Server) notePast(r *http.Request, ask params) {
	if s.Past == nil || r.Method != http.MethodGet || ask.Q == "" || ask.Q == "*" || len(ask.Q) > news.MaxPastSearch || ask.Page > 1 || ask.After != "" || !isLocal(r) {
		return
	}
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" && site != "none" || r.Header.Get("Sec-Purpose") != "" {
		return
	}
	if err := s.Past.NotePastSearch(r.Context(), news.LocalOwner, ask.Q); err != nil {
		s.lg.WarnContext(r.Context(), "note a search", "err", err)
	}
}

func (p *pages) servePastSearches(w http.ResponseWriter, r *http.Request) error {
	if p.Past == nil || !isLocal(r) {
		return news.ErrNotFound
	}
	past, err := p.pastOf(r)
	if err != nil {
		return err
	}
	v := templates.PastSearchesView{Page: p.page(r, say(r, "pastsearch.title"))}
	v.NoIndex = true
	for _, s := range past {
		ask, _ := parseParams(url.Values{"q": {s.Query}})
		v.Searches = append(v.Searches, templates.PastSearch{Query: s.Query, Href: ask.href(), At: s.At})
	}
	return p.render(w, r, http.StatusOK, templates.PastSearchesPage(v))
}

func (p *pages) forgetPastSearches(w http.ResponseWriter, r *http.Request) error {
	if p.Past == nil || !isLocal(r) {
		return news.ErrNotFound
	}
	// An empty query is all of them, and is never what a form merely lacks.
	q := r.FormValue("query")
	if q == "" && r.FormValue("all") == "" {
		return fail(http.StatusUnprocessableEntity, "it does not say which search to forget")
	}
	if err := p.Past.ForgetPastSearch(r.Context(), news.LocalOwner, q); err != nil {
		return err
	}
	http.Redirect(w, r, pathPastSearches, http.StatusSeeOther)
	return nil
}
