package web

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"time"
)

// upkeep returns the archive's upkeep to those who may have it. Exports and
// checks hold readers' lists and cost much: they are for the machine's own.
func (s *Server) upkeep(r *http.Request) (Upkeep, error) {
	if s.Upkeep == nil || !isLocal(r) {
		return nil, fail(http.StatusForbidden, "only the machine that the archive runs on may do this")
	}
	return s.Upkeep, nil
}

// patient lifts the time limit of a page from an answer that takes long.
func patient(w http.ResponseWriter) {
	// Where it is not supported there is no limit either.
	_ = http.NewResponseController(w).SetWriteDeadline(time.Time{})
}

func (s *Server) apiRemove(w http.ResponseWriter, r *http.Request) error {
	up, err := s.upkeep(r)
	if err != nil {
		return err
	}
	id, err := articleID(r)
	if err != nil {
		return err
	}
	reason := strings.TrimSpace(r.URL.Query().Get("reason"))
	if reason == "" {
		return fail(http.StatusUnprocessableEntity, "a removal needs a reason, which its address shows from then on")
	}
	erase := r.URL.Query().Get("erase")
	if err := up.Remove(r.Context(), id, reason, erase == "1" || erase == "true"); err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, map[string]string{"id": string(id), "outcome": "removed"})
	return nil
}

func (s *Server) apiReindex(w http.ResponseWriter, r *http.Request) error {
	up, err := s.upkeep(r)
	if err != nil {
		return err
	}
	if err := up.Reindex(r.Context()); err != nil {
		return err
	}
	if r.URL.Query().Get("wait") == "1" {
		patient(w)
		if err := s.State.WaitIndexed(r.Context()); err != nil {
			return err
		}
		writeJSON(w, http.StatusOK, map[string]string{"outcome": "reindexed"})
		return nil
	}
	writeJSON(w, http.StatusAccepted, map[string]string{"outcome": "started"})
	return nil
}

// Finding is one line that /api/v1/verify answers: something wrong, or at the
// end, with Done, how much was.
type Finding struct {
	Problem  string `json:"problem,omitempty"`
	Done     bool   `json:"done,omitempty"`
	Problems int    `json:"problems"`
	Error    string `json:"error,omitempty"`
}

func (s *Server) apiVerify(w http.ResponseWriter, r *http.Request) error {
	up, err := s.upkeep(r)
	if err != nil {
		return err
	}
	patient(w)
	w.Header().Set("Content-Type", "application/jsonl")
	enc, n := json.NewEncoder(w), 0
	err = up.Verify(r.Context(), func(problem string) {
		n++
		_ = enc.Encode(Finding{Problem: problem, Problems: n})
		_ = http.NewResponseController(w).Flush()
	})
	last := Finding{Done: err == nil, Problems: n}
	if err != nil {
		s.lg.ErrorContext(r.Context(), "verify", "err", err)
		_, last.Error = statusOf(err)
	}
	_ = enc.Encode(last)
	return nil
}

func (s *Server) apiExport(w http.ResponseWriter, r *http.Request) error {
	up, err := s.upkeep(r)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/jsonl")
	w.Header().Set("Content-Disposition", `attachment; filename="backfile.jsonl"`)
	return s.stream(w, r, "export", up.Export)
}

func (s *Server) apiExportOriginals(w http.ResponseWriter, r *http.Request) error {
	up, err := s.upkeep(r)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/warc")
	w.Header().Set("Content-Disposition", `attachment; filename="backfile-`+s.Now().UTC().Format(time.DateOnly)+`.warc.gz"`)
	return s.stream(w, r, "export originals", up.ExportOriginals)
}

func (s *Server) apiBackup(w http.ResponseWriter, r *http.Request) error {
	up, err := s.upkeep(r)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/x-tar")
	w.Header().Set("Content-Disposition", `attachment; filename="backfile-`+s.Now().UTC().Format(time.DateOnly)+`.tar"`)
	return s.stream(w, r, "backup", up.Backup)
}

// stream answers with what write writes, however long it takes.
func (s *Server) stream(w http.ResponseWriter, r *http.Request, what string, write func(context.Context, io.Writer) error) error {
	patient(w)
	out := &noted{w: w}
	err := write(r.Context(), out)
	if err == nil || !out.any {
		return err
	}
	// Half of it must not look whole: the connection is broken off.
	if r.Context().Err() == nil {
		s.lg.ErrorContext(r.Context(), what, "err", err)
	}
	panic(http.ErrAbortHandler)
}

// noted remembers whether anything was written, which may not have gone out yet.
type noted struct {
	w   io.Writer
	any bool
}

func (n *noted) Write(p []byte) (int, error) {
	n.any = n.any || len(p) > 0
	return n.w.Write(p)
}
