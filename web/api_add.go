package web

import (
	"bytes"
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"slices"

	"backfile/internal/news"
)

// apiAdd takes one article: JSON, HTML or text.
func (s *Server) apiAdd(w http.ResponseWriter, r *http.Request) error {
	if s.Intake == nil {
		return fail(http.StatusForbidden, "this archive takes nothing in")
	}
	body, kind, err := oneBody(r)
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
	in := Input{Source: source, Type: kind, URL: q.Get("url"), Body: bytes.NewReader(body)}
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

// oneBody is what a request carries and its media type: the body itself, or the
// one file of a form.
func oneBody(r *http.Request) (body []byte, kind string, err error) {
	kind = r.Header.Get("Content-Type")
	if media, _, _ := mime.ParseMediaType(kind); media != "multipart/form-data" {
		body, err = io.ReadAll(r.Body)
		return body, kind, err
	}
	mr, err := r.MultipartReader()
	if err != nil {
		return nil, "", fail(http.StatusUnprocessableEntity, "the form cannot be read")
	}
	found := false
	for {
		part, err := mr.NextPart()
		switch {
		case err == io.EOF && found:
			return body, kind, nil
		case err == io.EOF:
			return nil, "", fail(http.StatusUnprocessableEntity, "the form holds no file")
		case tooLarge(err):
			return nil, "", err
		case err != nil:
			return nil, "", fail(http.StatusBadRequest, "the form did not arrive whole")
		case part.FileName() == "":
			continue
		case found:
			return nil, "", fail(http.StatusUnprocessableEntity, "holds more than one file: send several to "+pathIngest)
		}
		if body, err = io.ReadAll(part); err != nil {
			if tooLarge(err) {
				return nil, "", err
			}
			return nil, "", fail(http.StatusBadRequest, "the form did not arrive whole")
		}
		found, kind = true, part.Header.Get("Content-Type")
	}
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
