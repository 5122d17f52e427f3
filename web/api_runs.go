package web

import (
	"context"
	"net/http"
	"strings"

	"backfile/internal/news"
)

const pathRuns = "/api/v1/runs"

// Runs are what came in together, and can be set aside together. A run that goes on
// cannot be undone: that is an error that wraps news.ErrInvalid.
type Runs interface {
	Runs(ctx context.Context, before news.RunID, n int) ([]news.Run, error)
	Run(ctx context.Context, id news.RunID) (news.Run, error)
	// PreviewUndo is what UndoRun, or with back RedoRun, would do now.
	PreviewUndo(ctx context.Context, id news.RunID, back bool) (news.UndoCounts, error)
	UndoRun(ctx context.Context, id news.RunID, reason string) (news.Run, error)
	RedoRun(ctx context.Context, id news.RunID) (news.Run, error)
	// RunGoesOn reports whether something comes in by the run now.
	RunGoesOn(id news.RunID) bool
}

// runRoutes are the addresses of runs in the API.
func (s *Server) runRoutes() []route {
	return []route{
		{"GET " + pathRuns, s.apiRuns},
		{"GET " + pathRuns + "/{id}", s.apiRun},
		{"POST " + pathRuns + "/{id}/undo", s.apiUndo},
	}
}

// runs returns the archive's runs to those who may have them: they name files of the
// machine.
func (s *Server) runs(r *http.Request) (Runs, error) {
	if s.Runs == nil || !isLocal(r) {
		return nil, fail(http.StatusForbidden, "only the machine that the archive runs on may do this")
	}
	return s.Runs, nil
}

// theRun is the run that the path names.
func (s *Server) theRun(r *http.Request) (Runs, news.Run, error) {
	rs, err := s.runs(r)
	if err != nil {
		return nil, news.Run{}, err
	}
	id := news.RunID(r.PathValue("id"))
	if _, ok := id.Bytes(); !ok {
		return nil, news.Run{}, news.ErrNotFound
	}
	run, err := rs.Run(r.Context(), id)
	return rs, run, err
}

// runsShown is how many runs one page, or one answer, has.
const runsShown = 100

func (s *Server) apiRuns(w http.ResponseWriter, r *http.Request) error {
	rs, err := s.runs(r)
	if err != nil {
		return err
	}
	all, err := rs.Runs(r.Context(), news.RunID(r.URL.Query().Get("before")), runsShown)
	if err != nil {
		return err
	}
	answer := map[string]any{"runs": all}
	if all == nil {
		answer["runs"] = []news.Run{}
	}
	if len(all) == runsShown {
		answer["next"] = all[len(all)-1].ID
	}
	writeJSON(w, http.StatusOK, answer)
	return nil
}

func (s *Server) apiRun(w http.ResponseWriter, r *http.Request) error {
	_, run, err := s.theRun(r)
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, run)
	return nil
}

// apiUndo undoes a run, or with back=1 takes that back; with dry=1 it says what
// that would do.
func (s *Server) apiUndo(w http.ResponseWriter, r *http.Request) error {
	rs, run, err := s.theRun(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	back := isOn(q.Get("back"))
	patient(w)
	if isOn(q.Get("dry")) {
		would, err := rs.PreviewUndo(r.Context(), run.ID, back)
		if err != nil {
			return err
		}
		writeJSON(w, http.StatusOK, would)
		return nil
	}
	if run, err = undoRun(r, rs, run.ID, q.Get("reason"), back); err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, run)
	return nil
}

// undoRun goes on when who asked for it goes: half an undoing helps nobody.
func undoRun(r *http.Request, rs Runs, id news.RunID, reason string, back bool) (news.Run, error) {
	ctx := context.WithoutCancel(r.Context())
	if back {
		return rs.RedoRun(ctx, id)
	}
	return rs.UndoRun(ctx, id, strings.TrimSpace(reason))
}

func isOn(s string) bool { return s == "1" || s == "true" }
