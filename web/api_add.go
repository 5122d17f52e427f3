package web

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"

	"backfile/internal/news"
)

// apiAdd takes one article: JSON, HTML or text.
func (s *Server) apiAdd(w http.ResponseWriter, r *http.Request) error {
	if s.Intake == nil {
		return fail(http.StatusForbidden, "this archive takes nothing in")
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	if severalRecords(body) {
		return fail(http.StatusUnprocessableEntity, "holds more than one article: send several to "+pathIngest)
	}
	q := r.URL.Query()
	source := q.Get("source")
	if source == "" {
		source = "request"
	}
	in := Input{Source: source, Type: r.Header.Get("Content-Type"), URL: q.Get("url"), Body: bytes.NewReader(body)}
	o := intakeOptions(r)
	o.One = true
	if in.URL != "" {
		o.How = news.RunCapture // a page handed over
	}
	var got Taken
	if err := s.Intake.Take(r.Context(), slices.Values([]Input{in}), o, func(t Taken) { got = t }); err != nil {
		return err
	}
	return answerTaken(w, got)
}

// answerTaken answers what became of one article.
func answerTaken(w http.ResponseWriter, got Taken) error {
	path := news.ArticlePath(got.ID, got.Slug)
	answer := map[string]string{"id": string(got.ID), "path": path}
	switch got.Result {
	case news.Added:
		w.Header().Set("Location", path)
		if got.Hidden != "" {
			answer["hidden"], answer["reason"] = string(got.Hidden), got.Reason
		}
		writeJSON(w, http.StatusCreated, answer)
	case news.NewVersion, news.Unchanged, news.Withdrawn:
		answer["outcome"] = string(got.Result)
		if got.Reason != "" {
			answer["reason"] = got.Reason
		}
		writeJSON(w, http.StatusOK, answer)
	case news.Refused:
		return fail(http.StatusUnprocessableEntity, got.Reason)
	default:
		if got.Skipped != "" {
			return fail(http.StatusUnprocessableEntity, "holds "+got.Skipped+", and no article")
		}
		return fail(http.StatusUnprocessableEntity, "holds no article")
	}
	return nil
}

func intakeOptions(r *http.Request) IntakeOptions {
	q := r.URL.Query()
	how := ""
	if q.Get("how") == news.RunCapture { // one of several requests of a day that go by one name are one run
		how = news.RunCapture
	}
	return IntakeOptions{How: how, Outlet: q.Get("outlet"), OutletOverride: q.Get("outlet_override"), Reunderstand: q.Get("reunderstand") == "1",
		Format: q.Get("format"), Columns: q.Get("columns"), Name: q.Get("name")}
}

// severalRecords reports whether a body is JSON with more than one object.
func severalRecords(body []byte) bool {
	s := bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")))
	if len(s) == 0 || s[0] != '{' && s[0] != '[' {
		return false
	}
	d := json.NewDecoder(bytes.NewReader(s))
	var first json.RawMessage
	if d.Decode(&first) != nil {
		return false
	}
	if first[0] == '[' {
		var all []json.RawMessage
		return json.Unmarshal(first, &all) == nil && len(all) > 1
	}
	return d.More()
}
