package web

import (
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/klauspost/compress/gzhttp"
)

// Handler is the server with everything that every request goes through.
func (s *Server) Handler() http.Handler {
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.answerError(w, r, fail(http.StatusForbidden, "sent from a page of another site"))
	}))
	var h http.Handler = s.mux
	h = s.notFound(h)
	h = s.limitBody(h)
	h = s.onlyLocalWrites(h)
	h = withReader(h)
	h = wholeAddress(h)
	h = cross.Handler(h)
	h = compress(h)
	h = secure(h)
	return s.withLanguage(s.observe(h))
}

// notFound gives the mux's own answers for unknown addresses and methods the
// form that the archive's other errors have.
func (s *Server) notFound(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, pattern := s.mux.Handler(r); pattern != "" {
			next.ServeHTTP(w, r)
			return
		}
		probe := &probe{header: http.Header{}}
		next.ServeHTTP(probe, r)
		switch probe.status {
		case http.StatusMethodNotAllowed:
			w.Header()["Allow"] = probe.header["Allow"]
			s.answerError(w, r, fail(probe.status, "this address does not take "+r.Method))
		case http.StatusNotFound:
			s.answerError(w, r, fail(probe.status, "nothing is kept at this address"))
		default: // a redirect to the cleaned path
			next.ServeHTTP(w, r)
		}
	})
}

// probe takes an answer's status and header and drops the rest.
type probe struct {
	header http.Header
	status int
}

func (p *probe) Header() http.Header { return p.header }
func (p *probe) WriteHeader(n int) {
	if p.status == 0 {
		p.status = n
	}
}
func (p *probe) Write(b []byte) (int, error) { p.WriteHeader(http.StatusOK); return len(b), nil }

// The most that a request's body may have: a form, or one article. A stream of inputs is bounded by what reads it.
const (
	maxForm    = 1 << 20
	maxArticle = 16 << 20
)

func (s *Server) limitBody(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case pathIngest, pathAdd: // what is read is bounded piece by piece
		case pathArticles:
			r.Body = http.MaxBytesReader(w, r.Body, maxArticle)
		default:
			r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		}
		next.ServeHTTP(w, r)
	})
}

// onlyLocalWrites is the archive's one rule on who may change it.
func (s *Server) onlyLocalWrites(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !isSafe(r.Method) && !isLocal(r) && !mayStop(r) && !asksOAI(r) {
			s.answerError(w, r, fail(http.StatusForbidden, "only the machine that the archive runs on may change it"))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// policy is the Content-Security-Policy of every answer: nothing runs, loads or
// frames that is not the archive's own file.
var policy = strings.Join([]string{
	"default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'", "connect-src 'self'",
	"manifest-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'",
}, "; ")

func secure(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), browsing-topics=()")
		// Asked again each time, so that a removal is seen at once; assets under
		// a content hash say otherwise themselves.
		h.Set("Cache-Control", "no-cache")
		if r.TLS != nil {
			h.Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
		}
		next.ServeHTTP(w, r)
	})
}

// zipLevel makes a page a twentieth larger than the usual 5, in half the time.
const zipLevel = 3

// compress gzips answers to readers. What is written to stays out of it: its
// answers are short, or go out while the request still comes in. Assets come packed already.
//
// How long a packed page is tells of what it repeats (BREACH), and pages repeat what was
// searched for. They hold no secret that could be guessed so: who sends a form is known by the
// browser's own headers and not by a token, and what is private is shown on this machine alone,
// where nobody sees the lengths of answers but who may read them.
func compress(next http.Handler) http.Handler {
	wrap, err := gzhttp.NewWrapper(gzhttp.CompressionLevel(zipLevel))
	if err != nil {
		panic(err) // only ever an option out of range
	}
	zipped := wrap(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if isSafe(r.Method) {
			zipped.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// observe logs each request and turns a panic into an answer. Neither what was
// searched for nor who asked is logged.
func (s *Server) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := s.Now()
		t := &tracked{ResponseWriter: w}
		defer func() {
			if p := recover(); p != nil {
				if p == http.ErrAbortHandler {
					panic(p)
				}
				s.lg.ErrorContext(r.Context(), "panic", "path", loggedPath(r), "value", fmt.Sprint(p), "stack", string(debug.Stack()))
				s.answerError(t, r, fail(http.StatusInternalServerError, "something went wrong on this side; it was noted"))
			}
			level := slog.LevelInfo
			if r.URL.Path == pathHealth || r.URL.Path == pathReady || strings.HasPrefix(r.URL.Path, "/static/") {
				level = slog.LevelDebug
			}
			s.lg.Log(r.Context(), level, "request", "method", r.Method, "path", loggedPath(r), "status", t.status, "bytes", t.bytes,
				"took", s.Now().Sub(start).Round(time.Microsecond))
		}()
		next.ServeHTTP(t, r)
	})
}

// loggedPath is a path without what gives whoever reads it a right.
func loggedPath(r *http.Request) string {
	if strings.HasPrefix(r.URL.Path, pathUnsubscribe) {
		return pathUnsubscribe + "…"
	}
	return r.URL.Path
}

// tracked remembers what was answered.
type tracked struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (t *tracked) Unwrap() http.ResponseWriter { return t.ResponseWriter }

// Flush sends what was written so far; what compresses answers asks for it by this name.
func (t *tracked) Flush() {
	if t.status == 0 {
		t.status = http.StatusOK
	}
	_ = http.NewResponseController(t.ResponseWriter).Flush() // a reader that is gone needs none
}

func (t *tracked) WriteHeader(status int) {
	if t.status == 0 && status >= http.StatusOK {
		t.status = status
	}
	t.ResponseWriter.WriteHeader(status)
}

func (t *tracked) Write(b []byte) (int, error) {
	if t.status == 0 {
		t.status = http.StatusOK
	}
	n, err := t.ResponseWriter.Write(b)
	t.bytes += int64(n)
	return n, err
}
