package subscribe

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"backfile/internal/fetch"
	"backfile/internal/ingest"
	"backfile/internal/news"
	"backfile/store"
)

var ctx = context.Background()

// deaf recognises nobody.
type deaf struct{}

func (deaf) Recognise(*news.Article) {}
func (deaf) Version() string         { return "deaf" }

// site is an outlet's server, whose pages a test sets.
type site struct {
	*httptest.Server
	mu    sync.Mutex
	pages map[string]http.HandlerFunc
	asked map[string]int
	// seen is the last request of each path.
	seen map[string]http.Header
}

func newSite(t testing.TB) *site {
	s := &site{pages: map[string]http.HandlerFunc{}, asked: map[string]int{}, seen: map[string]http.Header{}}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path := r.URL.RequestURI()
		s.mu.Lock()
		s.asked[path]++
		s.seen[path] = r.Header.Clone()
		h := s.pages[path]
		s.mu.Unlock()
		if h == nil {
			http.NotFound(w, r)
			return
		}
		h(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *site) set(path string, h http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages[path] = h
}

func (s *site) count(path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked[path]
}

// says answers a body with headers given in pairs.
func says(body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		fmt.Fprint(w, body)
	}
}

func status(code int, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(code)
	}
}

// tagged answers as a server does that knows ETags.
func tagged(etag, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", etag)
		if r.Header.Get("If-None-Match") == etag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		fmt.Fprint(w, body)
	}
}

// clock is a clock that a test sets.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

var start = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// house is an archive with its feeds.
type house struct {
	*store.Store
	*Feeds
	clock *clock
	t     testing.TB
	mu    sync.Mutex
	polls []string // what the hook was told
}

func open(t testing.TB, dir string, change ...func(*Options)) *house {
	t.Helper()
	h := &house{clock: &clock{t: start}, t: t}
	st, err := store.Open(dir, store.Options{Now: h.clock.now})
	if err != nil {
		t.Fatal(err)
	}
	h.Store = st
	r := ingest.NewReader(ingest.Options{Recogniser: deaf{}, Now: h.clock.now})
	o := Options{
		Archive: st,
		Reader: func(_ context.Context, outlet string) (*ingest.Reader, func()) {
			return r.With(outlet, "", false), func() {}
		},
		Polled: func(o *news.Outlet, at time.Time, ok bool) {
			h.mu.Lock()
			defer h.mu.Unlock()
			name := ""
			if o != nil {
				name = o.Slug
			}
			h.polls = append(h.polls, fmt.Sprintf("%s %v", name, ok))
		},
		Now: h.clock.now, Spread: func() float64 { return 0.5 },
	}
	for _, c := range change {
		c(&o)
	}
	h.Feeds = New(o)
	t.Cleanup(func() { _ = st.Close() })
	return h
}

// client returns a fetcher that may ask the sites.
func client(t testing.TB, sites ...*site) Fetcher {
	t.Helper()
	var hosts []string
	for _, s := range sites {
		hosts = append(hosts, strings.TrimPrefix(s.URL, "http://"))
	}
	c, err := fetch.New(fetch.Options{Hosts: hosts, Pause: -1, Patience: time.Millisecond, Timeout: 5 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// reading is an archive that may ask the sites.
func reading(t testing.TB, sites ...*site) *house {
	t.Helper()
	return open(t, t.TempDir(), func(o *Options) { o.Fetch = client(t, sites...) })
}

func (h *house) add(address string) news.Subscription {
	h.t.Helper()
	got, err := h.Feeds.Add(ctx, news.Subscription{Address: address})
	if err != nil || !got.Made {
		h.t.Fatalf("Add(%s) = %+v, %v", address, got, err)
	}
	return got.Subscription
}

func (h *house) check(id news.SubscriptionID) Report {
	h.t.Helper()
	rep, err := h.Feeds.Check(ctx, id, true)
	if err != nil {
		h.t.Fatalf("Check: %v", err)
	}
	return rep
}

// texts are the articles' headlines with the lengths of their bodies and the numbers of
// their versions.
func (h *house) texts() map[string]string {
	h.t.Helper()
	vs, err := h.Store.All(ctx, "", 10_000)
	if err != nil {
		h.t.Fatal(err)
	}
	out := map[string]string{}
	for _, v := range vs {
		kind := "text"
		if v.Article.ArticleKind == news.Stub {
			kind = "stub"
		}
		out[v.Article.Headline] = fmt.Sprintf("%s %d", kind, v.N)
	}
	return out
}

func (h *house) verify() {
	h.t.Helper()
	if err := h.Store.Verify(ctx, func(p string) { h.t.Errorf("Verify: %s", p) }); err != nil {
		h.t.Error(err)
	}
}

// rss is a feed of items.
func rss(items ...string) string {
	return `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>The Porthaven Post</title><link>/</link>` +
		strings.Join(items, "") + `</channel></rss>`
}

// full is an entry with its text, teaser one that leads to a page.
func full(n int, text string) string {
	return fmt.Sprintf(`<item><title>Story %d</title><guid isPermaLink="false">tag:porthaven.example,2026:%d</guid><link>https://porthaven.example/news/%d</link><pubDate>Mon, 02 Mar 2026 %02d:00:00 GMT</pubDate><content:encoded><![CDATA[<p>%s</p><p>It goes on for another paragraph of the same.</p>]]></content:encoded></item>`, n, n, n, n%9, text)
}

func (s *site) teaser(n int, more string) string {
	return fmt.Sprintf(`<item><title>Teaser %d</title><link>%s/page/%d</link><pubDate>Mon, 02 Mar 2026 %02d:00:00 GMT</pubDate><description>What happened in short…</description>%s</item>`, n, s.URL, n, n%9, more)
}

// story is a web page of an article.
func story(n int, text string) string {
	return fmt.Sprintf(`<!DOCTYPE html><html lang="en"><head><title>Teaser %d - The Porthaven Post</title><meta property="og:title" content="Teaser %d"><meta property="og:site_name" content="The Porthaven Post"></head><body><article><h1>Teaser %d</h1><p>%s The council met on Monday and spoke for three hours about the harbour wall and what it is to cost.</p><p>Nobody was of another mind when it came to the vote, which took place late in the evening before a full gallery of the town’s fishers.</p><p>The work is to begin in the summer, when the sea is calm, and to be done before the storms of the next winter come in from the west.</p></article></body></html>`, n, n, n, text)
}
