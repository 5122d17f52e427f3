package web

import (
	"errors"
	"io"
	"iter"
	"mime"
	"mime/multipart"
	"net/http"
	"strconv"
	"time"

	"backfile/internal/news"
)

// Parts of an ingest request carry what they are in these headers: the source's
// name, why the sender could not read it, and in place of a body the address to
// fetch it from, each as a quoted ASCII string.
const (
	HeaderSource = "Backfile-Source"
	HeaderError  = "Backfile-Error"
	HeaderURL    = "Backfile-URL"
)

// Line is one line that /api/v1/ingest answers: what became of one article, or
// at the end, with Done, of all; or with Error what stopped the run.
type Line struct {
	Source  string         `json:"source,omitempty"`
	Result  news.Result    `json:"result,omitempty"`
	ID      news.ArticleID `json:"id,omitempty"`
	Path    string         `json:"path,omitempty"`
	Version int            `json:"version,omitempty"`
	// Headline is the article's as it came in.
	Headline string `json:"headline,omitempty"`
	Reason   string `json:"reason,omitempty"`
	// Hidden says that the article is kept and not shown, see news.Hiding.
	Hidden news.Hiding `json:"hidden,omitempty"`
	// List, Restored and Skipped are those of Taken.
	List     string `json:"list,omitempty"`
	Restored string `json:"restored,omitempty"`
	Skipped  string `json:"skipped,omitempty"`
	// Stored says that all outcomes are told, and the index is waited for.
	Stored bool `json:"stored,omitempty"`
	Done   bool `json:"done,omitempty"`
	// Error and Status are those of the answer that would have been given had
	// this one not begun.
	Error  string `json:"error,omitempty"`
	Status int    `json:"status,omitempty"`
}

// LineOf is what became of one article as a line.
func LineOf(t Taken) Line {
	l := Line{Source: t.Source, Result: t.Result, ID: t.ID, Version: t.Version, Headline: t.Headline, Reason: t.Reason, Hidden: t.Hidden, List: t.List, Restored: t.Restored, Skipped: t.Skipped}
	if t.ID != "" {
		l.Path = news.ArticlePath(t.ID, t.Slug)
	}
	return l
}

// apiIngest takes a stream of inputs and answers a line for each article as
// soon as it is durable, while the rest still comes in. A multipart body has an
// input a part; any other is one input. With wait=1 the last line comes when all
// of it can be searched.
func (s *Server) apiIngest(w http.ResponseWriter, r *http.Request) error {
	if s.Intake == nil {
		return fail(http.StatusForbidden, "this archive takes nothing in")
	}
	inputs, err := inputsOf(r)
	if err != nil {
		return err
	}
	rc := http.NewResponseController(w)
	// A long stream is no slow reader: the deadlines of a page do not bind it.
	for _, err := range []error{rc.EnableFullDuplex(), rc.SetReadDeadline(time.Time{}), rc.SetWriteDeadline(time.Time{})} {
		if err != nil && !errors.Is(err, http.ErrNotSupported) {
			return err
		}
	}
	w.Header().Set("Content-Type", "application/jsonl")
	w.WriteHeader(http.StatusOK)
	_ = rc.Flush()
	out := newLineQueue(w, rc.Flush)
	defer out.close()
	say := out.say
	var broken error
	feed := func(yield func(Input) bool) {
		for in, err := range inputs {
			if err != nil {
				broken = err
				return
			}
			if !yield(in) {
				return
			}
		}
	}
	err = s.Intake.Take(r.Context(), feed, intakeOptions(r), func(t Taken) { say(LineOf(t)) })
	if err == nil && broken != nil {
		err = fail(http.StatusBadRequest, "the stream of inputs broke off")
	}
	if err == nil {
		say(Line{Stored: true})
		if r.URL.Query().Get("wait") == "1" {
			err = s.State.WaitIndexed(r.Context())
		}
	}
	if err != nil {
		status, reason := statusOf(err)
		if status == http.StatusInternalServerError {
			s.lg.ErrorContext(r.Context(), "ingest", "err", err)
		}
		say(Line{Error: reason, Status: status})
		return nil
	}
	say(Line{Done: true})
	return nil
}

// inputsOf yields the inputs of a request, one after another: each is read
// before the next is asked for.
func inputsOf(r *http.Request) (iter.Seq2[Input, error], error) {
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/form-data" {
		source := r.URL.Query().Get("source")
		if source == "" {
			source = "request"
		}
		if url := r.URL.Query().Get("fetch"); url != "" {
			return func(yield func(Input, error) bool) { yield(Input{Source: url, URL: url, Fetch: true}, nil) }, nil
		}
		return func(yield func(Input, error) bool) {
			yield(Input{Source: source, Type: r.Header.Get("Content-Type"), Body: r.Body}, nil)
		}, nil
	}
	boundary := params["boundary"]
	if boundary == "" {
		return nil, fail(http.StatusBadRequest, "the multipart body names no boundary")
	}
	return func(yield func(Input, error) bool) {
		mr := multipart.NewReader(r.Body, boundary)
		for {
			part, err := mr.NextRawPart()
			if err == io.EOF {
				return
			}
			if err != nil {
				yield(Input{}, err)
				return
			}
			in := Input{Source: part.FileName(), Type: part.Header.Get("Content-Type"), Body: part}
			if s, err := strconv.Unquote(part.Header.Get(HeaderSource)); err == nil {
				in.Source = s
			}
			if s, err := strconv.Unquote(part.Header.Get(HeaderError)); err == nil {
				in.Err = errors.New(s)
			}
			if s, err := strconv.Unquote(part.Header.Get(HeaderURL)); err == nil {
				in.URL, in.Fetch = s, true
			}
			in.Progress = progressOf(part.Header.Get(HeaderProgress))
			if !yield(in, nil) {
				return
			}
		}
	}, nil
}
