package web

import (
	"encoding/json"
	"io"
	"net/http"

	"backfile/internal/news"
)

// apiCorrect takes one correction of an entity: {event, about, data}; see docs/api.md.
func (s *Server) apiCorrect(w http.ResponseWriter, r *http.Request) error {
	if s.Corrections == nil {
		return fail(http.StatusForbidden, "this archive takes no corrections")
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
	if err != nil {
		return err
	}
	var e news.Event
	if err := json.Unmarshal(body, &e); err != nil {
		return fail(http.StatusUnprocessableEntity, "this is no correction: "+err.Error())
	}
	done, err := s.Corrections.Correct(r.Context(), []news.Event{{Type: e.Type, About: e.About, Data: e.Data}})
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusCreated, done[0])
	return nil
}

// undoCorrection takes back what an entity's page shows, by its form.
func (p *pages) undoCorrection(w http.ResponseWriter, r *http.Request) error {
	if p.Corrections == nil {
		return news.ErrNotFound
	}
	if _, err := p.Corrections.Correct(r.Context(), []news.Event{{Type: news.EventUndone, About: r.FormValue("event")}}); err != nil {
		return err
	}
	p.seen.forget() // of names, and their numbers
	if err := p.waitIndexed(r); err != nil {
		return err
	}
	return seeOther(w, r, back(r, "/people"))
}
