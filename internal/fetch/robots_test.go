package fetch

import (
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"backfile/internal/fuzztime"
)

func TestRobots(t *testing.T) {
	for _, tt := range []struct {
		name, txt, path string
		want            bool
	}{
		{"empty", "", "/a", true},
		{"all", "User-agent: *\nDisallow: /", "/a", false},
		{"none", "User-agent: *\nDisallow:", "/a", true},
		{"itself", "User-agent: *\nDisallow: /", "/robots.txt", true},
		{"longest", "User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", true},
		{"longest, other order", "User-agent: *\nAllow: /a/b\nDisallow: /a", "/a/c", false},
		{"as long", "User-agent: *\nDisallow: /a\nAllow: /a", "/a", true},
		{"ours", "User-agent: *\nDisallow: /\n\nUser-agent: Backfile\nDisallow: /x", "/a", true},
		{"ours forbids", "User-agent: *\nAllow: /\n\nUser-agent: backfile/1.0\nDisallow: /a", "/a", false},
		{"not ours", "User-agent: Backfiler\nDisallow: /", "/a", true},
		{"ours in two groups", "User-agent: backfile\nDisallow: /a\nUser-agent: x\nDisallow: /\nUser-agent: BACKFILE\nDisallow: /b", "/b", false},
		{"shared group", "User-agent: x\nUser-agent: *\nDisallow: /a", "/a", false},
		{"star inside", "User-agent: *\nDisallow: /*/print", "/a/b/print?x", false},
		{"end", "User-agent: *\nDisallow: /*.pdf$", "/a.pdf", false},
		{"past the end", "User-agent: *\nDisallow: /*.pdf$", "/a.pdf?x", true},
		{"end alone", "User-agent: *\nDisallow: /$", "/", false},
		{"end alone, deeper", "User-agent: *\nDisallow: /$", "/a", true},
		{"query", "User-agent: *\nDisallow: /*?", "/a?b", false},
		{"case", "User-agent: *\nDisallow: /A", "/a", true},
		{"encoded", "User-agent: *\nDisallow: /%7Ejoe/%66", "/~joe/f", false},
		{"beyond ASCII", "User-agent: *\nDisallow: /café", "/caf%C3%A9", false},
		{"comments, CR, BOM", "\ufeff# hello\rUser-agent: * # all\r\nDisallow: /a # no\r\n", "/a", false},
		{"junk", "<html>\nDisallow: /\n", "/a", true},
		{"sitemap between", "User-agent: *\nSitemap: https://x/\nDisallow: /a", "/a", false},
		{"keys in any case", "USER-AGENT: *\nDISALLOW: /a", "/a", false},
	} {
		if got := parseRobots([]byte(tt.txt), product).allows(tt.path); got != tt.want {
			t.Errorf("%s: %q allows %s = %v, want %v", tt.name, tt.txt, tt.path, got, tt.want)
		}
	}
	if got := parseRobots([]byte("User-agent: *\nCrawl-delay: 2.5"), product).delay; got != 2500*time.Millisecond {
		t.Errorf("crawl delay = %v", got)
	}
	if got := parseRobots([]byte("User-agent: *\nCrawl-delay: 1e9"), product).delay; got != maxCrawlDelay {
		t.Errorf("crawl delay = %v", got)
	}
}

func TestRobotsObeyed(t *testing.T) {
	s := newSite(t, "User-agent: *\nDisallow: /private", page)
	c, base := open(t, s, Options{})
	_, err := c.Get(ctx(t), Request{URL: base + "/private/a"})
	var ref *Refused
	if !errors.As(err, &ref) || ref.Why != Robots {
		t.Errorf("Get = %v, want it refused by robots.txt", err)
	}
	if _, err := c.Get(ctx(t), Request{URL: base + "/public"}); err != nil {
		t.Error(err)
	}
	if s.requests.Load() != 1 || s.robots.Load() != 1 {
		t.Errorf("%d requests and %d for robots.txt, want 1 and 1", s.requests.Load(), s.robots.Load())
	}
}

// A redirect into what robots.txt forbids is not followed.
func TestRobotsOfRedirect(t *testing.T) {
	to := "/private"
	s := newSite(t, "User-agent: *\nDisallow: /private", redirectTo(&to))
	c, base := open(t, s, Options{})
	_, err := c.Get(ctx(t), Request{URL: base + "/a"})
	var ref *Refused
	if !errors.As(err, &ref) || ref.Why != Robots || s.requests.Load() != 1 {
		t.Errorf("Get = %v after %d requests", err, s.requests.Load())
	}
}

func TestRobotsStatus(t *testing.T) {
	status := 500
	asked := 0
	mux := http.NewServeMux()
	mux.HandleFunc("/robots.txt", func(w http.ResponseWriter, _ *http.Request) { asked++; w.WriteHeader(status) })
	mux.HandleFunc("/", page)
	s := newSite(t, "", nil)
	s.Config.Handler = mux
	var mu sync.Mutex
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	c, base := open(t, s, Options{Now: func() time.Time { mu.Lock(); defer mu.Unlock(); return now }})
	for range 2 {
		_, err := c.Get(ctx(t), Request{URL: base + "/a"})
		var ref *Refused
		if !errors.As(err, &ref) || ref.Why != Wait || !ref.Retry.After(now) {
			t.Errorf("Get where robots.txt answers 500 = %v, want to wait", err)
		}
	}
	if asked != 1 {
		t.Errorf("robots.txt was asked for %d times, want once", asked)
	}
	status = 403
	now = now.Add(brokenFor + time.Second)
	if _, err := c.Get(ctx(t), Request{URL: base + "/a"}); err != nil {
		t.Errorf("Get where there is no robots.txt = %v", err)
	}
	status = 500 // what was known is believed longer than what is not
	now = now.Add(rulesFor + time.Second)
	if _, err := c.Get(ctx(t), Request{URL: base + "/a"}); err != nil {
		t.Errorf("Get where robots.txt was there yesterday = %v", err)
	}
	if asked != 3 {
		t.Errorf("robots.txt was asked for %d times, want three", asked)
	}
}

func FuzzRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /*a*b$\nAllow: /%7e", "/a/%41?b")
	f.Add("User-agent: backfile\nCrawl-delay: nan", "/")
	f.Add("User-agent: *\nDisallow: "+strings.Repeat("*a", 1000)+"$", "/"+strings.Repeat("a", 1000))
	f.Fuzz(func(t *testing.T, txt, path string) {
		defer fuzztime.Check(t, time.Now())
		r := parseRobots([]byte(txt), product)
		r.allows(path)
		if r.delay < 0 || r.delay > maxCrawlDelay {
			t.Errorf("%q asks for a pause of %v", txt, r.delay)
		}
		if n := normal(path); normal(n) != n {
			t.Errorf("normal(%q) = %q, which is normalised to %q", path, n, normal(n))
		}
	})
}
