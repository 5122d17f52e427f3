package web

import (
	"context"
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"slices"
	"strings"
	"time"

	"backfile/internal/news"
)

// captureTime is the longest that fetching an address may take, with its
// redirects and what politeness has to wait for.
const captureTime = 2 * time.Minute

// captureRequest asks the archive to fetch an address.
type captureRequest struct {
	URL            string `json:"url"`
	Outlet         string `json:"outlet"`
	OutletOverride string `json:"outlet_override"`
	Format         string `json:"format"`
	Columns        string `json:"columns"`
}

// captureAnswer is what was at an address that holds several articles.
type captureAnswer struct {
	Added     int    `json:"added"`
	Versions  int    `json:"versions"`
	Unchanged int    `json:"unchanged"`
	Withdrawn int    `json:"withdrawn,omitempty"`
	Refused   int    `json:"refused"`
	Articles  []Line `json:"articles"`
}

// apiCapture has the archive fetch an address and takes in what is there: an
// article, answered as by apiAdd, or a feed or crawl of several.
func (s *Server) apiCapture(w http.ResponseWriter, r *http.Request) error {
	if s.Intake == nil {
		return fail(http.StatusForbidden, "this archive takes nothing in")
	}
	req, err := captureOf(r)
	if err != nil {
		return err
	}
	patient(w)
	ctx, cancel := context.WithTimeout(r.Context(), captureTime)
	defer cancel()
	in := Input{Source: req.URL, URL: req.URL, Fetch: true}
	o := IntakeOptions{Outlet: req.Outlet, OutletOverride: req.OutletOverride, Format: req.Format, Columns: req.Columns, How: news.RunCapture}
	var all []Taken
	if err := s.Intake.Take(ctx, slices.Values([]Input{in}), o, func(t Taken) { all = append(all, t) }); err != nil {
		return err
	}
	if len(all) <= 1 {
		var got Taken
		if len(all) == 1 {
			got = all[0]
		}
		return answerTaken(w, got)
	}
	a := captureAnswer{Articles: []Line{}}
	for _, t := range all {
		switch t.Result {
		case news.Added:
			a.Added++
		case news.NewVersion:
			a.Versions++
		case news.Unchanged:
			a.Unchanged++
		case news.Withdrawn:
			a.Withdrawn++
		case news.Refused:
			a.Refused++
		default:
			continue
		}
		a.Articles = append(a.Articles, LineOf(t))
	}
	if a.Added+a.Versions+a.Unchanged+a.Withdrawn == 0 && a.Refused > 0 {
		return fail(http.StatusUnprocessableEntity, a.Articles[0].Reason)
	}
	writeJSON(w, http.StatusOK, a)
	return nil
}

// captureOf reads the request: JSON, or a form, or the query.
func captureOf(r *http.Request) (req captureRequest, err error) {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind == "application/json" {
		if err := json.NewDecoder(r.Body).Decode(&req); tooLarge(err) {
			return req, err
		} else if err != nil {
			return req, fail(http.StatusUnprocessableEntity, `the body is no JSON of the form {"url": "…"}`)
		}
	} else {
		if err := r.ParseForm(); tooLarge(err) {
			return req, err
		} else if err != nil {
			return req, fail(http.StatusUnprocessableEntity, "the form cannot be read")
		}
		f := r.Form
		req = captureRequest{f.Get("url"), f.Get("outlet"), f.Get("outlet_override"), f.Get("format"), f.Get("columns")}
	}
	if req.URL = strings.TrimSpace(req.URL); req.URL == "" {
		return req, fail(http.StatusUnprocessableEntity, "url says which address to fetch")
	}
	return req, nil
}

// tooLarge reports whether a body was more than is taken.
func tooLarge(err error) bool {
	var e *http.MaxBytesError
	return errors.As(err, &e)
}
