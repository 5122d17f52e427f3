package ingest

import (
	"testing"
	"time"

	"backfile/internal/fuzztime"
	"backfile/internal/news"
)

// Forms of one page, as sites and search engines spell them, have one key.
func TestFormsOfAPage(t *testing.T) {
	for _, tc := range []struct{ want, in string }{
		// AMP by the path.
		{"gazette.example/2021/12/02/pier-vote", "https://www.gazette.example/2021/12/02/pier-vote/amp/"},
		{"gazette.example/2021/12/02/pier-vote", "https://www.gazette.example/2021/12/02/pier-vote/amp"},
		{"gazette.example/news/pier-vote", "https://www.gazette.example/amp/news/pier-vote"},
		{"gazette.example/news/world-59495", "https://www.gazette.example/news/amp/world-59495"},
		{"gazette.example/news/world-59495", "https://www.gazette.example/news/world-59495.amp"},
		{"gazette.example/2021/12/02/us/pier.html", "https://www.gazette.example/2021/12/02/us/pier.amp.html"},
		{"gazette.example/politik/pier-a-1234567.html", "https://www.gazette.example/politik/pier-a-1234567-amp.html"},
		{"gazette.example/politik/pier-a-1234567", "https://www.gazette.example/politik/pier-a-1234567-amp"},
		{"gazette.example/city/articleshow/88043.cms", "https://gazette.example/city/amp_articleshow/88043.cms"},
		// AMP by a parameter.
		{"gazette.example/a", "https://gazette.example/a?amp=1"},
		{"gazette.example/a", "https://gazette.example/a?amp"},
		{"gazette.example/a", "https://gazette.example/a/?amp=true&utm_source=amp"},
		{"gazette.example/a?id=3", "https://gazette.example/a?id=3&outputType=amp"},
		{"gazette.example/a", "https://gazette.example/a?_amp=true"},
		{"gazette.example/a", "https://gazette.example/a?amp_js_v=a6&amp_gsa=1&usqp=mq331AQ"},
		// Hosts.
		{"gazette.example/a", "https://amp.gazette.example/a"},
		{"gazette.example/a", "https://m.gazette.example/a"},
		{"gazette.example/a", "https://mobile.gazette.example/a"},
		{"gazette.co.uk/a", "http://www.m.gazette.co.uk/a"},
		{"en.gazette.org/wiki/A", "https://en.m.gazette.org/wiki/A"},
		{"gazette.example:8443/a", "https://m.gazette.example:8443/a"},
		// Search engines' copies.
		{"gazette.example/news/a", "https://www.google.com/amp/s/www.gazette.example/news/a/amp/"},
		{"gazette.example/news/a", "https://www.google.co.uk/amp/s/amp.gazette.example/news/a"},
		{"gazette.example/news/a", "http://google.com/amp/gazette.example/news/a"},
		{"gazette.example/news/a", "https://www-gazette-example.cdn.ampproject.org/c/s/www.gazette.example/news/a?amp=1"},
		{"gazette.example/news/a", "https://www-gazette-example.cdn.ampproject.org/v/s/www.gazette.example/news/a?usqp=x&amp_js_v=0.1"},
		{"gazette.example/news/a", "https://www-gazette-example.cdn.ampproject.org/wp/s/www.gazette.example/news/a"},
		{"gazette.example/news/a", "https://gazette-example.cdn.ampproject.org/c/s/www.google.com/amp/s/gazette.example/news/a"},
		// For printing.
		{"gazette.example/2021/pier-vote", "https://gazette.example/2021/pier-vote/print/"},
		{"gazette.example/a?id=3", "https://gazette.example/a?id=3&print=1"},
		{"gazette.example/2009/05/us.html", "https://www.gazette.example/2009/05/us.html?pagewanted=print"},
		// What only looks like a form stays.
		{"gazette.example/amp", "https://gazette.example/amp/"},
		{"m.com/a", "https://m.com/a"},
		{"m.blogspot.com/a", "https://m.blogspot.com/a"},
		{"gazette.example/music/a-guitar-amp", "https://gazette.example/music/a-guitar-amp"},
		{"gazette.example/print", "https://gazette.example/print"},
		{"gazette.example/section/print", "https://gazette.example/section/print"},
		{"gazette.example/a?page=2", "https://gazette.example/a?page=2"},
		{"gazette.example/a?format=photo&view=12", "https://gazette.example/a?view=12&format=photo"},
		{"google.com/about", "https://www.google.com/about/amp"},
		{"news.gazette.example/amplify/champ", "https://news.gazette.example/amplify/champ"},
	} {
		if got, want := KeyOfURL(tc.in), news.Key("url:"+tc.want); got != want {
			t.Errorf("KeyOfURL(%q) = %q, want %q", tc.in, got, want)
		}
	}
}

// A copy's address is kept as the publisher's, any other form as it was met.
func TestCleanURLOfForms(t *testing.T) {
	for _, tc := range []struct{ in, want string }{
		{"https://www.google.com/amp/s/www.gazette.example/news/a/amp/?utm_medium=x", "https://www.gazette.example/news/a/amp/"},
		{"https://m.gazette.example/a?amp=1", "https://m.gazette.example/a?amp=1"},
	} {
		if got := CleanURL(tc.in); got != tc.want {
			t.Errorf("CleanURL(%q) = %q, want %q", tc.in, got, tc.want)
		}
	}
}

// What an archive of before kept is found: the old key is among the keys, behind
// the one that names new articles.
func TestOldKeysStay(t *testing.T) {
	for _, tc := range []struct {
		in   string
		want []news.Key
	}{
		{"https://m.gazette.example/a?amp=1", []news.Key{"url:gazette.example/a", "url:m.gazette.example/a?amp=1"}},
		{"https://www.google.com/amp/s/gazette.example/a", []news.Key{"url:gazette.example/a", "url:google.com/amp/s/gazette.example/a"}},
		{"https://www.gazette.example/a", []news.Key{"url:gazette.example/a"}},
		{"https://gazette.example/", nil},
	} {
		got := KeysOfURL(tc.in)
		if len(got) != len(tc.want) {
			t.Errorf("KeysOfURL(%q) = %q, want %q", tc.in, got, tc.want)
			continue
		}
		for i := range got {
			if got[i] != tc.want[i] {
				t.Errorf("KeysOfURL(%q) = %q, want %q", tc.in, got, tc.want)
			}
		}
	}
}

// A form of a form is the same page, whatever the address.
func FuzzOnePage(f *testing.F) {
	for _, s := range []string{
		"https://m.gazette.example/amp/amp/a.amp.amp.html?amp&amp=1", "https://www.google.com/amp/s/google.com/amp/s/a.b/c",
		"https://x.cdn.ampproject.org/c/s/a.b/%2famp/print", "http://m.www.amp.b.co.uk//amp//print/", "https://a.b/1234-amp-amp.html", "https://a.b/amp_amp_x/y",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		defer fuzztime.Check(t, time.Now())
		u := cleaned(s)
		if u == nil {
			return
		}
		if c := CleanURL(u.String()); c != u.String() {
			t.Fatalf("CleanURL(%q) = %q, and of that %q", s, u, c)
		}
		one := onePage(u)
		if again := onePage(one); again.String() != one.String() {
			t.Fatalf("onePage(%q) = %q, and of that %q", s, one, again)
		}
		if ks := KeysOfURL(s); len(ks) > 0 && KeyOfURL(s) != "" && ks[0] != KeyOfURL(s) {
			t.Fatalf("KeysOfURL(%q) = %q, want %q first", s, ks, KeyOfURL(s))
		}
	})
}
