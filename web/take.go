package web

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"backfile/internal/cite"
	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/internal/watch"
	"backfile/templates"
)

// Streamer answers a search with all that it finds.
type Streamer interface {
	// Stream calls each with every hit in the order asked, all of one state of the
	// index, until each gives an error, which it returns. Hits have their ID and
	// Version.
	Stream(ctx context.Context, q search.Request, each func(search.Hit) error) (search.Result, error)
}

// The limits of what takes a whole result set out.
const (
	// takings is how many may be taken out at one time, takeWait how long another
	// waits for its turn.
	takings  = 2
	takeWait = 10 * time.Second
	// takeTime is the longest that one may take, writeTime the longest that its reader
	// may leave a piece of it lying.
	takeTime  = 2 * time.Hour
	writeTime = time.Minute
	// takeBatch is how many articles are read at a time, takeAhead how many such
	// batches while one is written.
	takeBatch = 100
	takeAhead = 2
)

// takeRoutes are the addresses of whole result sets, with the parameters of /search.
func (p *pages) takeRoutes() []route {
	var out []route
	for _, f := range cite.Formats {
		out = append(out, route{"GET /search." + f.Name, p.takeOut(f)})
	}
	for _, k := range feedKinds {
		out = append(out, route{"GET /search." + k.end, p.serveSearchFeed(k)})
	}
	return out
}

// takeable fills in how the results of ask are taken out.
func (p *pages) takeable(r *http.Request, v *templates.SearchView, ask params) error {
	atom, json := ask.followed()
	v.Alternates = append(v.Alternates,
		templates.Alternate{Type: watch.MediaTypeAtom, Title: say(r, "take.feed.of", v.Title), Href: atom},
		templates.Alternate{Type: watch.MediaTypeJSON, Title: say(r, "take.feed.of", v.Title), Href: json})
	if p.Stream == nil {
		return nil
	}
	v.Take = templates.Take{
		Atom: atom, JSON: json, Search: encode(ask.page(1)), Name: suggestedName(v.Asked), Back: v.Path,
		Saves: v.CanWrite && p.Saved != nil, Receipts: v.CanWrite && p.Receipts != nil,
	}
	for _, f := range cite.Formats {
		v.Take.Files = append(v.Take.Files, templates.Link{Name: say(r, "take."+f.Name), Href: ask.taken(f.Name)})
	}
	if !v.Take.Saves {
		return nil
	}
	q, ok, err := p.savedAs(r.Context(), ask)
	if ok {
		v.Take.Saved = templates.Link{Name: q.Name, Href: q.Path()}
	}
	return err
}

// suggestedName is what a search may be called: what it asks for, without the words
// around it.
func suggestedName(parts []templates.Asked) string {
	var out []string
	for _, a := range parts {
		if !a.Not {
			out = append(out, a.Value)
		}
	}
	return clipWords(strings.Join(out, ", "), 80)
}

// turn waits until it is this request's turn to take a whole result set out. Call done
// when it is out.
func (s *Server) turn(ctx context.Context, w http.ResponseWriter) (done func(), err error) {
	return takeTurn(ctx, w, s.taking)
}

// takeTurn waits until there is room for one more.
func takeTurn(ctx context.Context, w http.ResponseWriter, room chan struct{}) (done func(), err error) {
	wait := time.NewTimer(takeWait)
	defer wait.Stop()
	select {
	case room <- struct{}{}:
		return func() { <-room }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-wait.C:
		w.Header().Set("Retry-After", "30")
		return nil, fail(http.StatusServiceUnavailable, "others are taking results out just now; ask again in a moment")
	}
}

// takeOut writes all that a search finds as one file. Nothing is sent before the search
// is answered, so that until then an error is an answer of its own. What goes wrong
// later is said in the file where its format can, and the connection is broken off, so
// that no client takes the file for whole.
func (p *pages) takeOut(f cite.Format) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if p.Stream == nil {
			return news.ErrNotFound
		}
		ask, _ := parseParams(r.URL.Query())
		res, err := p.query(r.Context(), ask)
		if err != nil {
			return err
		}
		// One hit for each article, unless one for each report is asked for.
		req := search.Request{Query: res.Query, Prefer: res.Prefer, Sort: ask.Sort, Group: r.FormValue("group") == "1"}
		name := fileName(res.Query) + "-" + p.Now().Format(time.DateOnly) + "." + f.Name
		return p.asFile(w, r, f.MediaType, name, func(ctx context.Context) error {
			return p.sendFile(w, r, f, func(entry func(cite.Entry) error) error {
				return p.entries(ctx, r, res.Query, func(each func(search.Hit) error) error {
					_, err := p.Stream.Stream(ctx, req, each)
					return err
				}, entry)
			})
		})
	}
}

// asFile has send send a file when it has its turn, within takeTime. Who asks for the head
// alone waits for nobody.
func (p *pages) asFile(w http.ResponseWriter, r *http.Request, mediaType, name string, send func(ctx context.Context) error) error {
	h := w.Header()
	h.Set("Content-Type", mediaType)
	h.Set("Content-Disposition", attachment(name))
	h.Set("X-Robots-Tag", "noindex")
	if r.Method == http.MethodHead {
		return nil
	}
	done, err := p.turn(r.Context(), w)
	if err != nil {
		return err
	}
	defer done()
	ctx, cancel := context.WithTimeout(r.Context(), takeTime)
	defer cancel()
	return send(ctx)
}

// sendFile sends the entries that fill gives it as a file.
func (p *pages) sendFile(w http.ResponseWriter, r *http.Request, f cite.Format, fill func(entry func(cite.Entry) error) error) error {
	sent := &timely{ResponseWriter: w, deadlines: http.NewResponseController(w)}
	out := bufio.NewWriterSize(sent, 64<<10)
	file := f.NewWriter(out)
	err := fill(file.Write)
	if err == nil {
		err = file.Close()
	}
	if err == nil {
		err = out.Flush()
	}
	if err == nil || !sent.begun {
		return err
	}
	status, reason := statusOf(err)
	if status >= http.StatusInternalServerError {
		p.lg.ErrorContext(r.Context(), "take results out", "format", f.Name, "err", err)
	}
	if file.Break(reason) == nil && out.Flush() == nil {
		_ = sent.deadlines.Flush() // the reader may be gone, and then nobody is to be told
	}
	panic(http.ErrAbortHandler)
}

// entries calls entry with the article of each hit that source gives, in order. Articles
// are read ahead, a few batches at a time. A hit that the store no longer shows is left
// out.
func (p *pages) entries(ctx context.Context, r *http.Request, q search.Node, source func(each func(search.Hit) error) error, entry func(cite.Entry) error) error {
	ctx, cancel := context.WithCancel(ctx)
	type loaded struct {
		found []found
		err   error
	}
	batches := make(chan chan loaded, takeAhead)
	read := func(hs []search.Hit) error {
		one := make(chan loaded, 1)
		select {
		case batches <- one:
		case <-ctx.Done():
			return ctx.Err()
		}
		go func() {
			var l loaded
			defer func() { one <- l }()
			defer p.recovered(ctx, &l.err)
			l.found, l.err = p.wholeHits(ctx, q, hs)
		}()
		return nil
	}
	ended := make(chan error, 1)
	go func() {
		defer close(batches)
		var err error
		defer func() { ended <- err }()
		defer p.recovered(ctx, &err)
		var hs []search.Hit
		err = source(func(h search.Hit) error {
			if hs = append(hs, h); len(hs) < takeBatch {
				return nil
			}
			full := hs
			hs = nil
			return read(full)
		})
		if err == nil && len(hs) > 0 {
			err = read(hs)
		}
	}()
	// Whatever happens, nothing goes on behind this call.
	var err error
	for one := range batches {
		b := <-one
		for i := range b.found {
			if err == nil {
				f := &b.found[i]
				a := f.Version.Article
				a.Captured = capturedOn(&f.Version)
				err = entry(cite.Entry{Article: &a, Version: f.Version.N, Address: p.absolute(r, f.path()), Archive: p.Name})
			}
		}
		if err == nil {
			err = b.err
		}
		if err != nil {
			cancel()
		}
	}
	cancel()
	if sourced := <-ended; err == nil {
		err = sourced
	}
	return err
}

// recovered turns a panic of a goroutine into its error; a request's own is observe's.
func (p *pages) recovered(ctx context.Context, err *error) {
	if v := recover(); v != nil {
		p.lg.ErrorContext(ctx, "panic", "value", fmt.Sprint(v), "stack", string(debug.Stack()))
		*err = fmt.Errorf("panic: %v", v)
	}
}

// timely is an answer each piece of which is to be taken within writeTime.
type timely struct {
	http.ResponseWriter
	deadlines *http.ResponseController
	begun     bool
}

func (t *timely) Write(b []byte) (int, error) {
	t.begun = true
	// Where it is not supported there is no limit.
	if err := t.deadlines.SetWriteDeadline(time.Now().Add(writeTime)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return 0, err
	}
	return t.ResponseWriter.Write(b)
}

// fileName is what a file of what a query finds is called, without its end.
func fileName(q search.Node) string {
	const most = 60
	name := news.Slug(search.String(q))
	if name == "" {
		return "everything"
	}
	if rs := []rune(name); len(rs) > most {
		name = strings.TrimRight(string(rs[:most]), "-")
	}
	return name
}

// attachment is the header that has a browser keep an answer as a file of that name.
func attachment(name string) string {
	return mime.FormatMediaType("attachment", map[string]string{"filename": name})
}
