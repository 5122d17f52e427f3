package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"backfile/web"
)

// paper is a newspaper's site on this machine.
type paper struct {
	*httptest.Server
	host string // with port, as --allow-hosts takes it
	mu   sync.Mutex
	body string // of /news/pier
	code int    // of /news/pier, 0 for 200
}

func pageHTML(headline, text string) string {
	return fmt.Sprintf(`<!DOCTYPE html><html lang="en"><head><title>%[1]s</title><meta charset="utf-8">
<meta property="og:type" content="article"><meta property="og:site_name" content="Harbour Post"><meta property="article:published_time" content="2024-03-14T10:00:00Z">
</head><body><article><h1>%[1]s</h1><p class="byline">By Agnes Lorimer</p>%[2]s</article></body></html>`, headline, text)
}

func paragraphs(seed string) string {
	var b strings.Builder
	for i := range 6 {
		fmt.Fprintf(&b, "<p>The harbour council of %s heard report number %d on the broken pier on Thursday evening, and put its vote off until the engineers had been asked once more about the cost.</p>", seed, i)
	}
	return b.String()
}

func newPaper(t *testing.T) *paper {
	t.Helper()
	p := &paper{body: pageHTML("Council puts off its vote on the pier", paragraphs("Porthaven"))}
	mux := http.NewServeMux()
	html := func(w http.ResponseWriter, s string) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, s)
	}
	mux.HandleFunc("/news/pier", func(w http.ResponseWriter, _ *http.Request) {
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.code != 0 {
			w.WriteHeader(p.code)
		}
		html(w, p.body)
	})
	mux.HandleFunc("/old/pier", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/news/pier", http.StatusMovedPermanently)
	})
	mux.HandleFunc("/soon", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/news/pier", http.StatusFound) })
	mux.HandleFunc("/inside", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://169.254.169.254/x", http.StatusFound)
	})
	mux.HandleFunc("/private/a", func(w http.ResponseWriter, _ *http.Request) { html(w, p.body) })
	mux.HandleFunc("/list", func(w http.ResponseWriter, _ *http.Request) { html(w, "<html><body><p>nothing</p></body></html>") })
	mux.HandleFunc("/feed", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/rss+xml")
		_, _ = io.WriteString(w, `<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Post</title><link>http://post.example/</link>`)
		for i := range 3 {
			fmt.Fprintf(w, `<item><title>Storm number %d passes</title><link>http://post.example/storm/%d</link><description>%s</description></item>`, i, i, "The harbour was shut again while the storm passed, said the harbour master.")
		}
		_, _ = io.WriteString(w, `</channel></rss>`)
	})
	mux.HandleFunc("/robots.txt", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "User-agent: *\nDisallow: /private/\n")
	})
	p.Server = httptest.NewServer(mux)
	t.Cleanup(p.Close)
	p.host = strings.TrimPrefix(p.URL, "http://")
	return p
}

func (p *paper) set(code int, body string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.code, p.body = code, body
}

type captured struct {
	ID, Path, Outcome, Reason string
	Added, Unchanged          int
	Articles                  []web.Line
}

// capture asks for an address with JSON, and returns the status and the answer.
func capture(t *testing.T, base, at string) (status int, a captured) {
	t.Helper()
	b, _ := json.Marshal(map[string]string{"url": at})
	res, err := http.Post(base+"/api/v1/capture", "application/json", strings.NewReader(string(b)))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if err := json.NewDecoder(res.Body).Decode(&a); err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, a
}

func TestCapture(t *testing.T) {
	p := newPaper(t)
	dir := filepath.Join(t.TempDir(), "a")
	base, _ := startServe(t, "--data", dir, "--allow-hosts", p.host, "--fetch-pause", "0")

	begun := time.Now()
	status, a := capture(t, base, p.URL+"/soon")
	if status != http.StatusCreated || a.ID == "" {
		t.Fatalf("capture = %d %+v, want 201", status, a)
	}
	var art struct {
		URL, Captured, Headline, Body string
		Outlet                        struct{ Name string }
	}
	getJSON(t, base+"/api/v1/articles/"+a.ID, &art)
	if art.URL != p.URL+"/news/pier" || art.Headline != "Council puts off its vote on the pier" || art.Outlet.Name != "Harbour Post" {
		t.Errorf("captured %+v, want it at the address after the redirect", art)
	}
	if at, err := time.Parse(time.RFC3339, art.Captured); err != nil || at.Before(begun.Add(-time.Second)) || at.After(time.Now().Add(time.Second)) {
		t.Errorf("captured at %s, want now", art.Captured)
	}
	// What leads there for the time being is no address of the article; what moved is.
	if res, _ := http.Get(base + "/api/v1/lookup?url=" + url.QueryEscape(p.URL+"/soon")); res.StatusCode != http.StatusNotFound {
		t.Errorf("a temporary redirect's address finds the article")
	}
	for _, from := range []string{"/news/pier", "/old/pier"} {
		if status, b := capture(t, base, p.URL+from); status != http.StatusOK || b.ID != a.ID || b.Outcome != "unchanged" {
			t.Errorf("capture of %s again = %d %+v, want it unchanged", from, status, b)
		}
	}
	var found captured
	getJSON(t, base+"/api/v1/lookup?url="+url.QueryEscape(p.URL+"/old/pier"), &found)
	if found.ID != a.ID {
		t.Errorf("the address that it moved from finds %q, want %q", found.ID, a.ID)
	}

	for _, tt := range []struct{ url, reason string }{
		{p.URL + "/nowhere", "no such page (404)"},
		{p.URL + "/private/a", "robots.txt"},
		{p.URL + "/inside", "169.254.169.254 is not an address of the public internet"},
		{"http://127.0.0.1:1/", "127.0.0.1 is not an address of the public internet"},
		{"http://[::ffff:10.0.0.1]/", "public internet"},
		{"file:///etc/passwd", "only http and https"},
		{p.URL + "/list", ""},
		{"", "url says which address"},
	} {
		status, a := capture(t, base, tt.url)
		if status != http.StatusUnprocessableEntity || a.Reason == "" || !strings.Contains(a.Reason, tt.reason) {
			t.Errorf("capture of %q = %d %q, want 422 with %q", tt.url, status, a.Reason, tt.reason)
		}
	}

	// A page that fails, or has lost its text, replaces nothing.
	p.set(http.StatusInternalServerError, "")
	if status, b := capture(t, base, p.URL+"/news/pier"); status != http.StatusUnprocessableEntity || !strings.Contains(b.Reason, "in trouble (500)") {
		t.Errorf("capture of a failing page = %d %+v", status, b)
	}
	getJSON(t, base+"/api/v1/articles/"+a.ID, &art)
	if !strings.Contains(art.Body, "engineers") {
		t.Errorf("after a failed fetch the text is %q", art.Body)
	}
	p.set(0, pageHTML("Council puts off its vote on the pier", paragraphs("Northwick")))
	if status, b := capture(t, base, p.URL+"/news/pier"); status != http.StatusOK || b.Outcome != "version" {
		t.Errorf("capture of another text = %d %+v, want a version", status, b)
	}

	status, f := capture(t, base, p.URL+"/feed")
	if status != http.StatusOK || f.Added != 3 || len(f.Articles) != 3 || f.Articles[0].ID == f.Articles[1].ID {
		t.Errorf("capture of a feed = %d %+v, want three articles", status, f)
	}

	// A form does as well, and a page of another site may send none.
	res, err := http.PostForm(base+"/api/v1/capture", url.Values{"url": {p.URL + "/news/pier"}})
	if err != nil || res.StatusCode != http.StatusOK {
		t.Errorf("capture by a form = %v, %v", res, err)
	}
	req, _ := http.NewRequest(http.MethodPost, base+"/api/v1/capture", strings.NewReader(`{"url":"`+p.URL+`/news/pier"}`))
	req.Header.Set("Origin", "https://evil.example")
	if res, err = http.DefaultClient.Do(req); err != nil || res.StatusCode != http.StatusForbidden {
		t.Errorf("capture for another site = %v, %v, want 403", res, err)
	}
}

// A link that was saved without its text is filled by a capture of its address.
func TestCaptureFillsStub(t *testing.T) {
	p := newPaper(t)
	dir := filepath.Join(t.TempDir(), "a")
	base, _ := startServe(t, "--data", dir, "--allow-hosts", p.host, "--fetch-pause", "0")
	links := `<!DOCTYPE NETSCAPE-Bookmark-file-1><TITLE>Bookmarks</TITLE><DL><p><DT><A HREF="` + p.URL + `/old/pier" ADD_DATE="1710000000">The pier</A></DL>`
	mustCLI(t, links, "ingest", "--data", dir, "-")
	var stub, filled struct{ ID, Kind, Body, Headline string }
	var at struct{ ID string }
	getJSON(t, base+"/api/v1/lookup?url="+url.QueryEscape(p.URL+"/old/pier"), &at)
	getJSON(t, base+"/api/v1/articles/"+at.ID, &stub)
	if stub.Kind != "stub" || stub.Body != "" {
		t.Fatalf("a bookmark is %+v, want a stub", stub)
	}
	status, a := capture(t, base, p.URL+"/old/pier")
	if status != http.StatusOK || a.ID != at.ID || a.Outcome != "version" {
		t.Fatalf("capture = %d %+v, want a version of %s", status, a, at.ID)
	}
	getJSON(t, base+"/api/v1/articles/"+at.ID, &filled)
	if filled.Kind == "stub" || !strings.Contains(filled.Body, "engineers") || filled.Headline != "Council puts off its vote on the pier" {
		t.Errorf("the stub became %+v", filled)
	}
}

// An address is an argument as a file is, whoever holds the archive.
func TestIngestURL(t *testing.T) {
	p := newPaper(t)
	flags := []string{"--allow-hosts", p.host, "--fetch-pause", "0"}
	alone := filepath.Join(t.TempDir(), "alone")
	out, _, err := cli(t, "", append([]string{"ingest", "--data", alone, p.URL + "/news/pier", p.URL + "/nowhere"}, flags...)...)
	if err == nil || !strings.Contains(out, "added 1, new versions 0, unchanged 0, refused 1") || !strings.Contains(out, "/nowhere: the host says there is no such page (404)") {
		t.Errorf("ingest of two addresses: %v\n%s", err, out)
	}
	served := filepath.Join(t.TempDir(), "served")
	startServe(t, append([]string{"--data", served}, flags...)...)
	if out := mustCLI(t, "", "ingest", "--data", served, p.URL+"/feed", p.URL+"/news/pier"); !strings.Contains(out, "added 4,") {
		t.Errorf("ingest by the archive that serves: %s", out)
	}
	if out := mustCLI(t, "", "search", "--data", served, "engineers"); !strings.Contains(out, "Council puts off") {
		t.Errorf("search does not find what was fetched:\n%s", out)
	}
	if out := mustCLI(t, "", append([]string{"read", p.URL + "/news/pier"}, flags...)...); !strings.Contains(out, `"headline":"Council puts off its vote on the pier"`) {
		t.Errorf("read of an address: %s", out)
	}
	if _, _, err := cli(t, "", "ingest", "--data", alone, "--allow-hosts", "a b", p.URL); err == nil || !strings.Contains(err.Error(), "--allow-hosts") {
		t.Errorf("a bad host: %v", err)
	}
}
