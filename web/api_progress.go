package web

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"

	"backfile/internal/news"
)

// HeaderProgress of a part of an ingest request says that its input may be gone on with
// when it is broken off: a quoted ASCII string, of news.Progress as JSON. Its offset and
// inflated bytes are where to go on, as GET /api/v1/ingest/progress answered it; where
// they are of no part of an archive, the body begins at that offset.
const HeaderProgress = "Backfile-Progress"

const pathProgress = pathIngest + "/progress"

// Progress knows how far large inputs have come that were broken off;
// news.ErrNotFound of others.
type Progress interface {
	Progress(ctx context.Context, input string) (news.Progress, error)
}

// apiProgress answers how far an input has come.
func (s *Server) apiProgress(w http.ResponseWriter, r *http.Request) error {
	if s.Progress == nil || !isLocal(r) {
		return fail(http.StatusForbidden, "only the machine that the archive runs on may do this")
	}
	p, err := s.Progress.Progress(r.Context(), r.URL.Query().Get("input"))
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, p)
	return nil
}

// progressOf reads HeaderProgress; nil where there is none that makes sense.
func progressOf(h string) *news.Progress {
	s, err := strconv.Unquote(h)
	if err != nil {
		return nil
	}
	var p news.Progress
	if json.Unmarshal([]byte(s), &p) != nil || p.Check() != nil {
		return nil
	}
	return &p
}
