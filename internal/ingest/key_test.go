package ingest

import (
	"strings"
	"testing"
	"time"

	"backfile/internal/fuzztime"
	"backfile/internal/news"
)

func TestCleanURL(t *testing.T) {
	for _, tc := range []struct{ in, want string }{
		{"HTTPS://www.Gazette.Example:443/News/A?utm_source=x&id=3&fbclid=y#top", "https://www.gazette.example/News/A?id=3"},
		{"http://gazette.example:8080", "http://gazette.example:8080/"},
		{"http://user:pw@gazette.example/a", "http://gazette.example/a"},
		{"  https://gazette.example/a?  ", "https://gazette.example/a"},
		{"https://gazette.example/a?b=1&UTM_Medium=mail&a=2", "https://gazette.example/a?b=1&a=2"},
		{"javascript:alert(1)", ""}, {"/news/a", ""}, {"//gazette.example/a", ""}, {"", ""}, {"http://", ""}, {"ftp://gazette.example/a", ""},
		{"http://[::1]:80/a", "http://[::1]/a"},
	} {
		if got := CleanURL(tc.in); got != tc.want {
			t.Errorf("CleanURL(%q) = %q, want %q", tc.in, got, tc.want)
		}
	}
}

func TestKeyOfURL(t *testing.T) {
	same := []string{
		"https://www.gazette.example/news/a?x=1&y=2", "http://gazette.example/news/a/?y=2&x=1#c",
		"http://GAZETTE.example:80/news/a?x=1&utm_campaign=z&y=2",
	}
	for _, u := range same {
		if got, want := KeyOfURL(u), news.Key("url:gazette.example/news/a?x=1&y=2"); got != want {
			t.Errorf("KeyOfURL(%q) = %q, want %q", u, got, want)
		}
	}
	for _, u := range []string{"https://gazette.example", "https://www.gazette.example/?utm_source=x", "not an address"} {
		if got := KeyOfURL(u); got != "" {
			t.Errorf("KeyOfURL(%q) = %q, want none", u, got)
		}
	}
}

func TestKeys(t *testing.T) {
	corrections := func(body string) news.Article {
		return news.Article{Headline: "Corrections", Outlet: news.NewOutlet("The Gazette"), Published: news.Date{Text: "2021-12-02"}, Body: body}
	}
	a, b := corrections("On Tuesday we gave the wrong height of the tower."), corrections("On Monday we misspelt a name.")
	if x, y := keys(&a, "", nil), keys(&b, "", nil); x[0] == y[0] {
		t.Errorf("two corrections of one day share the key %q", x[0])
	}
	agency := news.Article{Headline: "Talks", Body: "The same report.", URL: "https://one.example/talks"}
	if ks := keys(&agency, "g1", []byte("raw"), "https://one.example/talks?amp=1"); len(ks) != 4 ||
		!strings.HasPrefix(string(ks[0]), "url:") || ks[1] != news.GUIDKey("g1") || !strings.HasPrefix(string(ks[3]), "original:") {
		t.Errorf("keys = %q, want url, guid, url, original", ks)
	}
	if ks := keys(&news.Article{}, "", nil); len(ks) != 0 {
		t.Errorf("keys of an article without words = %q, want none", ks)
	}
}

func FuzzKeyOfURL(f *testing.F) {
	for _, s := range []string{"https://www.gazette.example/a?b=1#c", "http://[::1%25eth0]/x", "https://h/%zz?&&=", "http://a..b/\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		defer fuzztime.Check(t, time.Now())
		c := CleanURL(s)
		if c == "" {
			return
		}
		if again := CleanURL(c); again != c {
			t.Fatalf("CleanURL(%q) = %q, and of that %q", s, c, again)
		}
		if KeyOfURL(s) != KeyOfURL(c) {
			t.Fatalf("KeyOfURL(%q) = %q, of its clean form %q", s, KeyOfURL(s), KeyOfURL(c))
		}
	})
}
