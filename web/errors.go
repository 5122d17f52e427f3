package web

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

	"backfile/internal/news"
	"backfile/internal/search"
)

// statusError is an answer that is no page: a status and what to tell the
// reader.
type statusError struct {
	status int
	reason string
}

func (e *statusError) Error() string { return e.reason }

// fail returns an error that is answered with that status and reason.
func fail(status int, reason string) error { return &statusError{status, reason} }

// statusOf is the answer to an error: its status and the reason that the reader
// may see. It is the only such table.
func statusOf(err error) (status int, reason string) {
	var (
		own      *statusError
		gone     *news.Gone
		refusal  *news.Refusal
		tooLarge *http.MaxBytesError
	)
	switch {
	case errors.As(err, &own):
		return own.status, own.reason
	case errors.Is(err, search.ErrCostly):
		reason, _ := search.CostlyReason(err)
		return http.StatusUnprocessableEntity, reason
	case errors.As(err, &gone):
		return goneStatus(gone), goneReason(gone)
	case errors.As(err, &refusal):
		return http.StatusUnprocessableEntity, refusal.Reason
	case errors.As(err, &tooLarge):
		return http.StatusRequestEntityTooLarge, "more data than is taken at a time"
	case errors.Is(err, news.ErrNotFound):
		return http.StatusNotFound, "nothing is kept at this address"
	case errors.Is(err, news.ErrInvalid):
		return http.StatusUnprocessableEntity, strings.TrimSuffix(err.Error(), ": "+news.ErrInvalid.Error())
	case errors.Is(err, news.ErrFull):
		return http.StatusInsufficientStorage, "the disk is full, or nearly: this was not stored"
	case errors.Is(err, news.ErrLocked):
		return http.StatusServiceUnavailable, "the archive is in use"
	case errors.Is(err, context.DeadlineExceeded):
		return http.StatusServiceUnavailable, "this took too long"
	case errors.Is(err, context.Canceled):
		return 499, "the request was given up"
	}
	return http.StatusInternalServerError, "something went wrong on this side; it was noted"
}

// goneStatus is 410 for an article that was taken away, 404 for one that is not to
// be shown yet.
func goneStatus(g *news.Gone) int {
	if g.Why == news.HiddenEmbargoed || g.Why == news.HiddenWithheld {
		return http.StatusNotFound
	}
	return http.StatusGone
}

// goneReason is the clause that the API gives.
func goneReason(g *news.Gone) string {
	if g.Why == news.HiddenRemoved {
		return "removed on " + g.At.Format(time.DateOnly) + ": " + g.Reason
	}
	return "it " + g.Sentence()
}

// answerError writes err as the answer to r: JSON for the API, a page for
// everyone else. An answer that has begun stays as it is.
func (s *Server) answerError(w http.ResponseWriter, r *http.Request, err error) {
	status, reason := statusOf(err)
	if status >= http.StatusInternalServerError && status != http.StatusInsufficientStorage {
		s.lg.ErrorContext(r.Context(), "answer request", "method", r.Method, "path", loggedPath(r), "err", err)
	}
	if begun(w) {
		return
	}
	h := w.Header()
	for _, k := range []string{"Content-Type", "Content-Length", "Content-Disposition", "ETag", "Last-Modified", "Location"} {
		h.Del(k)
	}
	h.Set("Cache-Control", "no-store")
	if strings.HasPrefix(r.URL.Path, apiPrefix) {
		writeJSON(w, status, map[string]string{"reason": reason})
		return
	}
	if c := s.errorPage(r, status, reason); c != nil {
		if err := s.render(w, r, status, c); err == nil {
			return
		}
	}
	http.Error(w, reason, status)
}

// begun reports whether part of an answer went out already.
func begun(w http.ResponseWriter) bool {
	for {
		switch t := w.(type) {
		case *tracked:
			return t.status != 0
		case interface{ Unwrap() http.ResponseWriter }:
			w = t.Unwrap()
		default:
			return false
		}
	}
}

// writeJSON writes v as the whole answer. An error of the connection is the
// reader's: nobody is left to tell.
func writeJSON(w http.ResponseWriter, status int, v any) {
	b, err := json.Marshal(v)
	if err != nil { // only a type that has no JSON form
		status, b = http.StatusInternalServerError, []byte(`{"reason":"the answer has no JSON form"}`)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(append(b, '\n'))
}
