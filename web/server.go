// Package web is the archive over HTTP: pages for readers and a JSON API with
// the same addresses and parameters.
//
// It declares the small interfaces that it needs and imports neither the store
// nor the index; cmd/backfile joins them.
package web

import (
	"bytes"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/a-h/templ"

	"backfile/internal/news"
)

// Config is what a Server is made of. Fields without a word on nil must be set.
type Config struct {
	Articles Articles
	Versions Versions
	Lookup   Lookup
	Entities Entities
	Names    Names
	Lists    Lists
	Search   Searcher
	// Stream answers searches whole; nil makes an archive of which nothing is taken
	// out but page by page.
	Stream Streamer
	// Saved keeps searches under names, Receipts what they found; nil makes an archive that
	// keeps none.
	Saved    Saved
	Receipts Receipts
	// Alerts keeps whom saved searches are told to; nil makes an archive that tells nobody.
	Alerts Alerts
	// Mail says that digests are sent, DigestAt when daily ones are.
	Mail     bool
	DigestAt news.TimeOfDay
	// Annotations keeps notes and highlights, Marks what was starred and read; nil makes an
	// archive that keeps none.
	Annotations Annotations
	Marks       Marks
	// Corrections keeps corrections of entities; nil makes an archive that takes
	// and shows none.
	Corrections Corrections
	// Families tells which articles print one report; nil makes an archive that
	// shows none.
	Families Families
	// Authors tells who wrote what; nil makes an archive without pages of authors.
	Authors Authors
	// Stories tells which articles follow one event; nil makes an archive that shows
	// none.
	Stories Stories
	// Ledger tells what was done to capture news; nil makes an archive that knows of
	// articles alone.
	Ledger Ledger
	// Progress knows how far inputs have come that were broken off; nil makes an
	// archive that does not.
	Progress Progress
	// Desk tells what needs a person; nil makes an archive without a desk.
	Desk Desk
	// Changes is the feed of changes, for harvesters; nil makes an archive that is not
	// harvested.
	Changes Changes
	// Contact is the e-mail address of whoever runs the archive, for harvesters; "" is
	// the postmaster's of its host.
	Contact string
	// State tells how far the index is.
	State State
	// Intake takes articles in; nil makes an archive that takes none.
	Intake Intake
	// Feeds keeps and reads feeds; nil makes an archive that reads none.
	Feeds Feeds
	// Misses are attempts to fetch articles again that failed; nil shows none.
	Misses Misses
	// Runs are what came in together; nil makes an archive that does not show them.
	Runs Runs
	// Suggest finds names as they are typed, and Vocabulary words; where they are nil,
	// none are suggested.
	Suggest    Suggester
	Vocabulary Vocabulary
	// Past keeps what the reader at this machine searched for and opened; nil keeps
	// nothing.
	Past History
	// Upkeep removes, checks and exports; nil makes an archive that does not.
	Upkeep Upkeep
	// Stem gives the index's stem of a folded word of a language, for snippets.
	Stem func(lang, folded string) string
	// Name is what the operator calls the archive; "" is "Backfile".
	Name string
	// PublicURL is the scheme and host that links out of the archive carry,
	// without a slash at the end; "" takes the request's own.
	PublicURL string
	// Language is the BCP 47 tag of the archive's own language, one of those that
	// templates.Offered has: its feeds and files are in it, and its pages for readers
	// whose browser asks for none of ours. "" is English.
	Language string
	// Sample says that the archive shown is the sample.
	Sample bool
	// Log is slog.Default() where it is nil.
	Log *slog.Logger
	// Now is time.Now where it is nil.
	Now func() time.Time
}

// Server answers requests. It is safe for concurrent use.
type Server struct {
	Config
	lg  *slog.Logger
	mux *http.ServeMux
	// taking has room for those who take whole result sets out.
	taking chan struct{}
	// mapping has room for those who read sitemaps.
	mapping chan struct{}
	keeps   keptCache
}

// New returns a server over the parts of c. It starts nothing.
func New(c Config) *Server {
	if c.Name == "" {
		c.Name = "Backfile"
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	s := &Server{Config: c, lg: c.Log, mux: http.NewServeMux(), taking: make(chan struct{}, takings), mapping: make(chan struct{}, takings)}
	for _, rt := range s.routes() {
		s.mux.Handle(rt.pattern, s.handle(rt.handler))
	}
	return s
}

// handler is a request's handler that leaves its errors to Server.handle.
type handler func(w http.ResponseWriter, r *http.Request) error

// route is one row of the table of addresses: a ServeMux pattern and its handler.
type route struct {
	pattern string
	handler handler
}

// routes is the table of every address: the API's and those of the pages.
func (s *Server) routes() []route {
	return slices.Concat(s.apiRoutes(), s.feedRoutes(), s.runRoutes(), s.pageRoutes())
}

// handle adapts h: an error that it returns becomes the answer, see answerError.
func (s *Server) handle(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			s.answerError(w, r, err)
		}
	})
}

// pageRoom is where pages are rendered to: most are as large as the last. What a very
// large one needed is given back.
var pageRoom = sync.Pool{New: func() any { return new(bytes.Buffer) }}

const mostPageRoom = 1 << 20

// render writes a page. It is rendered whole before the first byte goes out, so
// that a component that fails gives an error page and never half a page.
func (s *Server) render(w http.ResponseWriter, r *http.Request, status int, c templ.Component) error {
	b := pageRoom.Get().(*bytes.Buffer)
	defer func() {
		if b.Cap() <= mostPageRoom {
			b.Reset()
			pageRoom.Put(b)
		}
	}()
	if err := c.Render(r.Context(), b); err != nil {
		return err
	}
	h := w.Header()
	if h.Get("Content-Type") == "" {
		h.Set("Content-Type", "text/html; charset=utf-8")
	}
	// The same address is another page for another reader.
	h.Add("Vary", "Accept-Language, Cookie")
	w.WriteHeader(status)
	_, err := w.Write(b.Bytes())
	if err != nil {
		s.lg.DebugContext(r.Context(), "write page", "path", r.URL.Path, "err", err)
	}
	return nil
}
