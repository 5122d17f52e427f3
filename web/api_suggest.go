package web

import (
	"context"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"backfile/internal/news"
	"backfile/templates"
)

const pathSuggest = "/api/v1/suggest"

// suggestTime is the longest that suggestions may take: later ones are of no use.
const suggestTime = 500 * time.Millisecond

// suggestAnswer is what /api/v1/suggest answers; see docs/api.md.
type suggestAnswer struct {
	Suggestions []suggestion `json:"suggestions"`
}

func (s *Server) apiSuggest(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query().Get("q")
	if len(q) > maxQuery || !utf8.ValidString(q) {
		return fail(http.StatusUnprocessableEntity, "the query is too long, or not UTF-8")
	}
	ctx, cancel := context.WithTimeout(r.Context(), suggestTime)
	defer cancel()
	past, err := s.pastOf(r)
	if err != nil {
		return err
	}
	found, err := s.suggest(ctx, q, past)
	if err != nil {
		return err
	}
	a := suggestAnswer{Suggestions: []suggestion{}}
	for _, f := range found {
		f.Note = suggestNote(r, f)
		a.Suggestions = append(a.Suggestions, f)
	}
	// The reader's own searches may be among them.
	w.Header().Set("Cache-Control", "private, no-store")
	writeJSON(w, http.StatusOK, a)
	return nil
}

// suggestNote says what a suggestion is: its kind, what else it is called, how often it
// is named.
func suggestNote(r *http.Request, f suggestion) string {
	ctx := r.Context()
	parts := []string{say(r, "suggest."+f.Kind)}
	if q := f.name.Entity.Qualifier; q != "" && f.Kind == string(news.Person) {
		parts = append(parts, q)
	}
	if f.name.Alias != "" {
		parts = append(parts, say(r, "suggest.alias", f.name.Alias))
	}
	if a := f.article; a != nil {
		if a.Outlet != nil {
			parts = append(parts, a.Outlet.Name)
		}
		if day := templates.ShowDate(ctx, a.Published); day != "" {
			parts = append(parts, day)
		}
	}
	if f.Count > 0 {
		parts = append(parts, templates.Count(ctx, "suggest.articles", f.Count))
	}
	return strings.Join(parts, " · ")
}
