package web

import (
	"context"
	"errors"
	"io"
	"iter"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"backfile/internal/news"
)

func TestIsLocal(t *testing.T) {
	unix := &net.UnixAddr{Net: "unix", Name: "backfile.sock"}
	for _, tc := range []struct {
		peer, host string
		header     string
		addr       net.Addr
		want       bool
	}{
		{"127.0.0.1:5000", "127.0.0.1:8080", "", nil, true},
		{"127.0.0.1:5000", "localhost:8080", "", nil, true},
		{"127.0.0.1:5000", "LOCALHOST.", "", nil, true},
		{"[::1]:5000", "[::1]:8080", "", nil, true},
		{"[::ffff:127.0.0.1]:5000", "127.8.9.1", "", nil, true},
		{"127.0.0.1:5000", "archive.example", "", nil, false},
		{"127.0.0.1:5000", "localhost.archive.example", "", nil, false},
		{"127.0.0.1:5000", "127.0.0.1.archive.example", "", nil, false},
		{"192.0.2.7:5000", "localhost:8080", "", nil, false},
		{"10.0.0.7:5000", "127.0.0.1", "", nil, false},
		{"127.0.0.1:5000", "localhost", "Forwarded", nil, false},
		{"127.0.0.1:5000", "localhost", "X-Forwarded-For", nil, false},
		{"127.0.0.1:5000", "localhost", "X-Forwarded-Anything", nil, false},
		{"@", "localhost", "", unix, true},
		{"@", "localhost", "", nil, false},
	} {
		r := httptest.NewRequest(http.MethodPost, "/", nil)
		r.RemoteAddr, r.Host = tc.peer, tc.host
		if tc.header != "" {
			r.Header.Set(tc.header, "")
		}
		if tc.addr != nil {
			r = r.WithContext(context.WithValue(r.Context(), http.LocalAddrContextKey, tc.addr))
		}
		if got := isLocal(r); got != tc.want {
			t.Errorf("isLocal(from %s to %s with %q) = %v, want %v", tc.peer, tc.host, tc.header, got, tc.want)
		}
	}
}

// taker takes whatever it is given, or fails.
type taker struct{ err error }

func (k taker) Take(_ context.Context, ins iter.Seq[Input], _ IntakeOptions, report func(Taken)) error {
	for in := range ins {
		b, err := io.ReadAll(in.Body)
		if err != nil {
			return err
		}
		if k.err != nil {
			return k.err
		}
		out := news.Outcome{Result: news.Added, ID: "0123456789abc", Slug: "x"}
		if strings.Contains(string(b), "refuse") {
			out = news.Outcome{Result: news.Refused, Reason: "is empty"}
		}
		report(Taken{Outcome: out, Source: in.Source})
	}
	return nil
}

func get(t *testing.T, srv *httptest.Server, method, path, body string, header ...string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, srv.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		if header[i] == "Host" {
			r.Host = header[i+1]
			continue
		}
		r.Header.Set(header[i], header[i+1])
	}
	res, err := srv.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(b)
}

func TestWriting(t *testing.T) {
	m := newMemory()
	open := func(err error) *httptest.Server {
		s := New(Config{Articles: m, Versions: m, Lookup: m, Entities: m, Names: m, Lists: m, Search: m, State: m, Stem: m.stem, Intake: taker{err}})
		srv := httptest.NewServer(s.Handler())
		t.Cleanup(srv.Close)
		return srv
	}
	srv, full, broken := open(nil), open(news.ErrFull), open(errors.New("secret path /var/x"))
	for _, tc := range []struct {
		name   string
		srv    *httptest.Server
		body   string
		header []string
		status int
		want   string
	}{
		{"good", srv, `{"headline":"A"}`, nil, 201, `{"id":"0123456789abc","path":"/articles/0123456789abc/x"}`},
		{"refused", srv, `refuse`, nil, 422, `{"reason":"is empty"}`},
		{"several", srv, "{\"headline\":\"A\"}\n{\"headline\":\"B\"}", nil, 422, "more than one article"},
		{"too large", srv, strings.Repeat("x", maxArticle+1), nil, 413, "more data than"},
		{"full", full, `{"headline":"A"}`, nil, 507, "the disk is full"},
		{"broken", broken, `{"headline":"A"}`, nil, 500, "something went wrong"},
		{"another host", srv, `{"headline":"A"}`, []string{"Host", "evil.example"}, 403, "only the machine"},
		{"behind a proxy", srv, `{"headline":"A"}`, []string{"X-Forwarded-For", "192.0.2.1"}, 403, "only the machine"},
		{"another site's page", srv, `{"headline":"A"}`, []string{"Sec-Fetch-Site", "cross-site"}, 403, "another site"},
		{"another origin", srv, `{"headline":"A"}`, []string{"Origin", "https://evil.example"}, 403, "another site"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			res, body := get(t, tc.srv, "POST", "/api/v1/articles", tc.body, tc.header...)
			if res.StatusCode != tc.status || !strings.Contains(body, tc.want) || strings.Contains(body, "secret") {
				t.Errorf("POST = %d %q, want %d %q", res.StatusCode, body, tc.status, tc.want)
			}
			if got := res.Header.Get("Content-Type"); got != "application/json" {
				t.Errorf("content type %q", got)
			}
		})
	}
}

// Every answer, of whatever kind, has the headers.
func TestHeaders(t *testing.T) {
	srv := serve(t, newMemory())
	for _, path := range []string{"/", "/search?q=x", "/nothing/here", "/api/v1/search", "/api/v1/nothing", "/healthz", "/readyz", "/api/v1/export"} {
		res, _ := get(t, srv, "GET", path, "")
		csp := res.Header.Get("Content-Security-Policy")
		if !strings.HasPrefix(csp, "default-src 'none';") || strings.Contains(csp, "unsafe") {
			t.Errorf("%s: policy %q", path, csp)
		}
		for k, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin",
			"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
		} {
			if got := res.Header.Get(k); got != want {
				t.Errorf("%s: %s = %q, want %q", path, k, got, want)
			}
		}
	}
	for _, tc := range []struct {
		method, path string
		status       int
	}{
		{"GET", "/api/v1/nothing", 404}, {"PUT", "/api/v1/articles", 405}, {"GET", "/api/v1/articles/zzz", 404},
		{"GET", "/api/v1/articles/0123456789abc", 404}, {"GET", "/api/v1/lookup", 422}, {"GET", "/api/v1/export", 403}, {"GET", "/api/v1/backup", 403}, {"DELETE", "/api/v1/articles/0123456789abc", 403},
	} {
		res, body := get(t, srv, tc.method, tc.path, "")
		if res.StatusCode != tc.status || !strings.HasPrefix(body, `{"reason":`) {
			t.Errorf("%s %s = %d %q, want %d with a reason", tc.method, tc.path, res.StatusCode, body, tc.status)
		}
	}
}

// A handler that panics is a 500 that says nothing of it, and the next request
// is answered.
func TestPanic(t *testing.T) {
	m := newMemory()
	s := New(Config{Articles: m, Versions: m, Lookup: m, Entities: m, Names: m, Lists: m, State: m, Stem: m.stem}) // no Searcher
	srv := httptest.NewServer(s.Handler())
	defer srv.Close()
	res, body := get(t, srv, "GET", "/api/v1/search", "")
	if res.StatusCode != 500 || strings.Contains(body, "nil pointer") {
		t.Errorf("GET = %d %q, want 500 and no word of the cause", res.StatusCode, body)
	}
	if res, _ := get(t, srv, "GET", "/healthz", ""); res.StatusCode != 200 {
		t.Errorf("after a panic: %d", res.StatusCode)
	}
}

// The socket of the archive counts as this machine.
func TestUnixSocket(t *testing.T) {
	m := newMemory()
	s := New(Config{Articles: m, Versions: m, Lookup: m, Entities: m, Names: m, Lists: m, Search: m, State: m, Stem: m.stem, Intake: taker{}})
	ln, err := net.Listen("unix", filepath.Join(t.TempDir(), "s"))
	if err != nil {
		t.Skipf("no unix sockets: %v", err)
	}
	hs := &http.Server{Handler: s.Handler()}
	go hs.Serve(ln)
	defer hs.Close()
	c := &http.Client{Transport: &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
		return net.Dial("unix", ln.Addr().String())
	}}}
	res, err := c.Post("http://archive/api/v1/articles", "application/json", strings.NewReader(`{"headline":"A"}`))
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != 201 {
		t.Errorf("POST over the socket = %d, want 201", res.StatusCode)
	}
}
