package web

import (
	"context"
	"net/http"

	"backfile/internal/news"
)

// History keeps what a reader of this machine searched for and opened. Nobody else's is
// kept, and none where the reader said so.
type History interface {
	// PastSearches are owner's, the last first.
	PastSearches(ctx context.Context, owner string) ([]news.PastSearch, error)
	// NotePastSearch keeps one; what cannot be kept is let go.
	NotePastSearch(ctx context.Context, owner, query string) error
	// ForgetPastSearch forgets one, or where query is "" all.
	ForgetPastSearch(ctx context.Context, owner, query string) error
	// Readings are the articles that owner opened, the last first, NoteReading keeps one,
	// ForgetReading forgets one, or where it is "" all.
	Readings(ctx context.Context, owner string) ([]news.Reading, error)
	NoteReading(ctx context.Context, owner string, article news.ArticleID) error
	ForgetReading(ctx context.Context, owner string, article news.ArticleID) error
	// KeepsHistory reports whether owner wants any of it kept, KeepHistory says so.
	KeepsHistory(ctx context.Context, owner string) (bool, error)
	KeepHistory(ctx context.Context, owner string, on bool) error
}

// pastOf are the past searches of whoever asks: none but of who sits at this machine.
func (s *Server) pastOf(r *http.Request) ([]news.PastSearch, error) {
	if s.Past == nil || !isLocal(r) {
		return nil, nil
	}
	return s.Past.PastSearches(r.Context(), news.LocalOwner)
}

// remembers reports whether a request is one that a history has: that of a reader at this
// machine, by a page of the archive or the address bar, neither of a browser that loads
// pages ahead nor by an address hidden in a page of another site.
func (s *Server) remembers(r *http.Request) bool {
	if s.Past == nil || r.Method != http.MethodGet || !isLocal(r) {
		return false
	}
	site := r.Header.Get("Sec-Fetch-Site")
	return (site == "" || site == "same-origin" || site == "none") && r.Header.Get("Sec-Purpose") == ""
}

// notePast keeps what was searched for.
func (s *Server) notePast(r *http.Request, ask params) {
	if ask.Q == "" || ask.Q == "*" || len(ask.Q) > news.MaxPastSearch || ask.Page > 1 || ask.After != "" || !s.remembers(r) {
		return
	}
	if err := s.Past.NotePastSearch(r.Context(), news.LocalOwner, ask.Q); err != nil {
		s.lg.WarnContext(r.Context(), "note a search", "err", err)
	}
}

// noteReading keeps which article was opened.
func (s *Server) noteReading(r *http.Request, id news.ArticleID) {
	if !s.remembers(r) {
		return
	}
	if err := s.Past.NoteReading(r.Context(), news.LocalOwner, id); err != nil {
		s.lg.WarnContext(r.Context(), "note a reading", "err", err)
	}
}
