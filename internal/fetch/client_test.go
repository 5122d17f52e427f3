package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func redirectTo(location *string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", *location)
		w.WriteHeader(http.StatusFound)
	}
}

// open returns a client that may ask news.example and other.example at a
// site's port, which is this machine.
func open(t *testing.T, s *site, o Options) (c *Client, base string) {
	t.Helper()
	o.Hosts = append(o.Hosts, "news.example:"+s.port, "other.example:"+s.port)
	c, _ = newClient(t, o, map[string][]string{"news.example": {"127.0.0.1"}, "other.example": {"127.0.0.1"}})
	return c, "http://news.example:" + s.port
}

func TestGet(t *testing.T) {
	var seen http.Header
	s := newSite(t, "", func(w http.ResponseWriter, r *http.Request) {
		seen = r.Header.Clone()
		if r.Header.Get("If-None-Match") == `"v1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		http.SetCookie(w, &http.Cookie{Name: "sid", Value: "1"})
		w.Header().Set("ETag", `"v1"`)
		page(w, r)
	})
	c, base := open(t, s, Options{Version: "9.9", About: "https://archive.example"})
	a, err := c.Get(ctx(t), Request{URL: base + "/a#b"})
	if err != nil {
		t.Fatal(err)
	}
	if a.Status != 200 || a.URL != base+"/a" || a.Type != "text/html" || string(a.Body) != "<p>Here it is</p>" || a.Moved != "" || a.At.IsZero() {
		t.Errorf("Get = %+v", a)
	}
	if got := seen.Get("User-Agent"); got != "Backfile/9.9 (news archive; +https://archive.example)" {
		t.Errorf("User-Agent is %q", got)
	}
	a, err = c.Get(ctx(t), Request{URL: base + "/a", ETag: `"v1"`, LastModified: "Mon, 02 Jan 2026 00:00:00 GMT"})
	if err != nil || a.Status != 304 || len(a.Body) != 0 {
		t.Errorf("Get of what is unchanged = %+v, %v", a, err)
	}
	if seen.Get("Cookie") != "" || seen.Get("Referer") != "" {
		t.Errorf("a cookie or referrer was sent: %v", seen)
	}
	if seen.Get("If-Modified-Since") == "" {
		t.Error("If-Modified-Since was not sent")
	}
}

func TestRedirects(t *testing.T) {
	s := newSite(t, "", func(w http.ResponseWriter, r *http.Request) {
		var n int
		kind := ""
		if k, err := fmt.Sscanf(r.URL.Path, "/%1s%d", &kind, &n); k == 2 && err == nil && n > 0 {
			status := map[string]int{"p": http.StatusMovedPermanently, "t": http.StatusFound, "m": http.StatusFound}[kind]
			if kind == "m" {
				kind = "p"
			}
			w.Header().Set("Location", fmt.Sprintf("/%s%d", kind, n-1))
			w.WriteHeader(status)
			return
		}
		page(w, r)
	})
	c, base := open(t, s, Options{})
	for _, tt := range []struct{ from, to, moved string }{
		{"/a", "/a", ""},
		{"/p1", "/p0", "/p0"},
		{"/p5", "/p0", "/p0"},
		{"/t3", "/t0", ""},
		{"/m2", "/p0", ""},
		{"/p6", "", ""},
	} {
		a, err := c.Get(ctx(t), Request{URL: base + tt.from})
		if tt.to == "" {
			var ref *Refused
			if !errors.As(err, &ref) || ref.Why != Redirects {
				t.Errorf("Get(%s) = %v, want it refused", tt.from, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("Get(%s): %v", tt.from, err)
			continue
		}
		moved := ""
		if tt.moved != "" {
			moved = base + tt.moved
		}
		if a.URL != base+tt.to || a.Moved != moved {
			t.Errorf("Get(%s) = %s, moved %q, want %s, moved %q", tt.from, a.URL, a.Moved, tt.to, moved)
		}
	}
}

func zipped(n int) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	zero := make([]byte, 1<<20)
	for n > 0 {
		k := min(n, len(zero))
		_, _ = z.Write(zero[:k])
		n -= k
	}
	_ = z.Close()
	return b.Bytes()
}

func TestBodies(t *testing.T) {
	bomb := zipped(64 << 20)
	s := newSite(t, "", func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/exact":
			_, _ = w.Write(bytes.Repeat([]byte("x"), 1000))
		case "/over":
			_, _ = w.Write(bytes.Repeat([]byte("x"), 1001))
		case "/endless":
			for i := 0; i < 1<<16; i++ {
				if _, err := w.Write(bytes.Repeat([]byte("x"), 1<<10)); err != nil {
					return
				}
			}
		case "/gzip":
			w.Header().Set("Content-Encoding", "gzip")
			var b bytes.Buffer
			z := gzip.NewWriter(&b)
			_, _ = io.WriteString(z, "words")
			_ = z.Close()
			_, _ = w.Write(b.Bytes())
		case "/bomb":
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(bomb)
		case "/cut":
			w.Header().Set("Content-Length", "100")
			_, _ = io.WriteString(w, "half")
		case "/brotli":
			w.Header().Set("Content-Encoding", "br")
			_, _ = io.WriteString(w, "?")
		}
	})
	c, base := open(t, s, Options{})
	for _, tt := range []struct {
		path  string
		limit int64
		body  int
		why   Why
	}{
		{"/exact", 1000, 1000, ""},
		{"/over", 1000, 0, TooLarge},
		{"/over", 0, 1001, ""},
		{"/endless", 0, 0, TooLarge},
		{"/gzip", 5, 5, ""},
		{"/gzip", 4, 0, TooLarge},
		{"/bomb", 0, 0, TooLarge},
		{"/bomb", 1 << 30, 0, TooLarge}, // by its ratio
		{"/cut", 0, 0, "cut"},
		{"/brotli", 0, 0, Encoding},
	} {
		a, err := c.Get(ctx(t), Request{URL: base + tt.path, Limit: tt.limit})
		var ref *Refused
		switch {
		case tt.why == "":
			if err != nil || len(a.Body) != tt.body {
				t.Errorf("%s within %d: %v, %v", tt.path, tt.limit, a, err)
			}
		case tt.why == "cut":
			if !errors.Is(err, io.ErrUnexpectedEOF) || errors.As(err, &ref) {
				t.Errorf("%s: %v, want an unexpected end", tt.path, err)
			}
		case !errors.As(err, &ref) || ref.Why != tt.why:
			t.Errorf("%s within %d: %v, want %s", tt.path, tt.limit, err, tt.why)
		}
	}
}

func TestSlowHost(t *testing.T) {
	stop := make(chan struct{})
	s := newSite(t, "", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/drip" {
			for {
				if _, err := io.WriteString(w, "x"); err != nil {
					return
				}
				w.(http.Flusher).Flush()
				select {
				case <-stop:
					return
				case <-time.After(20 * time.Millisecond):
				}
			}
		}
		<-stop
	})
	t.Cleanup(func() { close(stop) }) // before the server waits for its handlers
	c, base := open(t, s, Options{Timeout: 300 * time.Millisecond})
	for _, p := range []string{"/hang", "/drip"} {
		begun := time.Now()
		_, err := c.Get(ctx(t), Request{URL: base + p})
		if !errors.Is(err, context.DeadlineExceeded) || Reason(err) != "the host took too long to answer" {
			t.Errorf("%s: %v (%s)", p, err, Reason(err))
		}
		if d := time.Since(begun); d > 3*time.Second {
			t.Errorf("%s took %v", p, d)
		}
	}
}

// One request at a time goes to a host, with a pause between; hosts do not
// wait for each other.
func TestPolite(t *testing.T) {
	var busy, most atomic.Int32
	var mu sync.Mutex
	var times []time.Time
	s := newSite(t, "", func(w http.ResponseWriter, r *http.Request) {
		most.Store(max(most.Load(), busy.Add(1)))
		defer busy.Add(-1)
		if strings.HasPrefix(r.Host, "news.") {
			mu.Lock()
			times = append(times, time.Now())
			mu.Unlock()
		}
		time.Sleep(10 * time.Millisecond)
		page(w, r)
	})
	const pause = 60 * time.Millisecond
	c, base := open(t, s, Options{Pause: pause})
	var wg sync.WaitGroup
	for range 5 {
		wg.Go(func() {
			if _, err := c.Get(ctx(t), Request{URL: base + "/a"}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if most.Load() != 1 {
		t.Errorf("%d requests at once went to one host", most.Load())
	}
	for i := 1; i < len(times); i++ {
		if d := times[i].Sub(times[i-1]); d < pause {
			t.Errorf("request %d came after %v, want at least %v", i, d, pause)
		}
	}
	if got := s.robots.Load(); got != 1 {
		t.Errorf("robots.txt was asked for %d times", got)
	}
}

func TestRetryAfter(t *testing.T) {
	s := newSite(t, "", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/busy" {
			w.Header().Set("Retry-After", "3600")
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		page(w, r)
	})
	var mu sync.Mutex
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	c, base := open(t, s, Options{Now: func() time.Time { mu.Lock(); defer mu.Unlock(); return now }})
	a, err := c.Get(ctx(t), Request{URL: base + "/busy"})
	if err != nil || a.Status != 503 {
		t.Fatalf("Get = %v, %v", a, err)
	}
	_, err = c.Get(ctx(t), Request{URL: base + "/a"})
	var ref *Refused
	if !errors.As(err, &ref) || ref.Why != Wait || !ref.Retry.Equal(now.Add(time.Hour)) {
		t.Errorf("Get from a host that wants to be left alone = %v", err)
	}
	if _, err := c.Get(ctx(t), Request{URL: strings.Replace(base, "news", "other", 1) + "/a"}); err != nil {
		t.Errorf("another host: %v", err)
	}
	mu.Lock()
	now = now.Add(time.Hour + time.Second)
	mu.Unlock()
	if _, err := c.Get(ctx(t), Request{URL: base + "/a"}); err != nil {
		t.Errorf("after the hour: %v", err)
	}
	if got := s.requests.Load(); got != 3 {
		t.Errorf("%d requests were made, want 3", got)
	}
}

func TestAllowedHosts(t *testing.T) {
	s := newSite(t, "", page)
	rows := map[string][]string{"wiki.example": {"127.0.0.1"}, "a.b.example": {"127.0.0.1"}, "b.example": {"127.0.0.1"}}
	for _, tt := range []struct {
		hosts, url string
		ok         bool
	}{
		{"wiki.example:PORT", "http://wiki.example:PORT/", true},
		{"WIKI.example:PORT", "http://wiki.EXAMPLE.:PORT/", true},
		{"wiki.example", "http://wiki.example:PORT/", false},
		{"*.example:PORT", "http://wiki.example:PORT/", true},
		{"*.b.example:PORT", "http://a.b.example:PORT/", true},
		{"*.b.example:PORT", "http://b.example:PORT/", false},
		{"127.0.0.1:PORT", "http://127.0.0.1:PORT/", true},
		{"127.0.0.0/8, wiki.example:PORT", "http://wiki.example:PORT/", true},
		{"10.0.0.0/8, 127.0.0.1:1", "http://127.0.0.1:PORT/", false},
		{"localhost:PORT", "http://localhost:PORT/", true},
	} {
		h := strings.Split(strings.ReplaceAll(tt.hosts, "PORT", s.port), ",")
		c, _ := newClient(t, Options{Hosts: h}, rows)
		_, err := c.Get(ctx(t), Request{URL: strings.ReplaceAll(tt.url, "PORT", s.port)})
		if (err == nil) != tt.ok {
			t.Errorf("with %s, Get(%s) = %v, want ok %v", tt.hosts, tt.url, err, tt.ok)
		}
	}
	for _, bad := range []string{"a b", "http://x/", "x:y", "x:0", "*"} {
		if _, err := New(Options{Hosts: []string{bad}}); err == nil {
			t.Errorf("New takes the host %q", bad)
		}
	}
}

// An entry with a port opens that port alone of a private host.
func TestAllowedPort(t *testing.T) {
	for _, tt := range []struct {
		hosts, url string
		ok         bool
	}{
		{"10.0.0.5:8000", "http://10.0.0.5:8000/", true},
		{"10.0.0.5:8000", "http://10.0.0.5/", false},
		{"10.0.0.5:8000", "http://[::ffff:10.0.0.5]/", false},
		{"10.0.0.5:8000", "http://[::ffff:10.0.0.5]:8000/", false},
		{"10.0.0.5", "https://10.0.0.5/", true},
		{"10.0.0.0/8", "http://10.0.0.5/", true},
		{"10.0.0.0/8", "http://10.0.0.5:8000/", false},
		{"[fd00::5]:8000", "http://[fd00::5]:8000/", true},
		{"[fd00::5]:8000", "http://[fd00::5]/", false},
		{"wiki.example:8000", "http://wiki.example:8000/", true},
		{"wiki.example:8000", "http://wiki.example/", false},
		{"*.example:8000", "http://wiki.example/", false},
		{"wiki.example:8000, wiki.example", "http://wiki.example/", true},
	} {
		c, _ := newClient(t, Options{Hosts: strings.Split(tt.hosts, ",")}, map[string][]string{"wiki.example": {"10.0.0.5"}})
		reached := errors.New("reached")
		c.dialled = func(string) error { return reached }
		_, err := c.Get(ctx(t), Request{URL: tt.url})
		if errors.Is(err, reached) != tt.ok {
			t.Errorf("with %s, Get(%s) = %v, want it to go out: %v", tt.hosts, tt.url, err, tt.ok)
		}
	}
}

func TestReason(t *testing.T) {
	c, _ := newClient(t, Options{}, map[string][]string{})
	_, err := c.Get(ctx(t), Request{URL: "http://nowhere.example/"})
	if got, want := Reason(err), "there is no host called nowhere.example"; got != want {
		t.Errorf("Reason(%v) = %q, want %q", err, got, want)
	}
	for status, want := range map[int]string{200: "", 404: "the host says there is no such page (404)", 403: "the host does not give this page to a program (403)", 500: "the host is in trouble (500)"} {
		if got := (&Answer{Status: status}).Reason(); got != want {
			t.Errorf("Reason of %d = %q, want %q", status, got, want)
		}
	}
}
