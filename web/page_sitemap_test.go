package web

import (
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"backfile/internal/news"
)

const publicURL = "https://archive.example"

// servePublic returns the archive m, said to be public.
func servePublic(t *testing.T, m *memory) *httptest.Server {
	t.Helper()
	s := New(Config{
		Articles: m, Versions: m, Lookup: m, Entities: m, Names: m, Lists: m, Search: m, Stream: m, State: m, Families: m, Authors: m, Stories: m, Stem: m.stem,
		Name: "The Harbour Archive", PublicURL: publicURL, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return testNow },
	})
	srv := httptest.NewServer(s.Handler())
	t.Cleanup(srv.Close)
	return srv
}

type sitemapFile struct {
	XMLName  xml.Name
	Sitemaps []struct {
		Loc string `xml:"loc"`
	} `xml:"sitemap"`
	URLs []struct {
		Loc     string `xml:"loc"`
		LastMod string `xml:"lastmod"`
		News    *struct {
			Name     string `xml:"publication>name"`
			Language string `xml:"publication>language"`
			Date     string `xml:"publication_date"`
			Title    string `xml:"title"`
		} `xml:"http://www.google.com/schemas/sitemap-news/0.9 news"`
	} `xml:"url"`
}

func readSitemap(t *testing.T, srv *httptest.Server, at string) sitemapFile {
	t.Helper()
	res, body := ask(t, srv, srv.URL+strings.TrimPrefix(at, publicURL))
	if got := res.Header.Get("Content-Type"); res.StatusCode != 200 || got != "application/xml; charset=utf-8" {
		t.Fatalf("%s: %d, %s", at, res.StatusCode, got)
	}
	var f sitemapFile
	if err := xml.Unmarshal([]byte(body), &f); err != nil {
		t.Fatalf("%s: %v\n%.500s", at, err, body)
	}
	if f.XMLName.Space != nsSitemap {
		t.Errorf("%s: namespace = %q", at, f.XMLName.Space)
	}
	return f
}

func (f *sitemapFile) locs() (out []string) {
	for _, s := range f.Sitemaps {
		out = append(out, strings.TrimPrefix(s.Loc, publicURL))
	}
	for _, u := range f.URLs {
		out = append(out, strings.TrimPrefix(u.Loc, publicURL))
	}
	return out
}

func TestRobots(t *testing.T) {
	m := newMemory()
	res, body := ask(t, serve(t, m), serve(t, m).URL+"/robots.txt")
	if want := "User-agent: *\nDisallow: /\n"; body != want || res.Header.Get("Content-Type") != "text/plain; charset=utf-8" {
		t.Errorf("not public: %q", body)
	}
	srv := servePublic(t, m)
	_, body = ask(t, srv, srv.URL+"/robots.txt")
	for _, want := range []string{"\nDisallow: /search\n", "\nDisallow: /api/\n", "\nDisallow: /timegate\n", "\nSitemap: https://archive.example/sitemap.xml\n", "\nSitemap: https://archive.example/sitemap-news.xml\n"} {
		if !strings.Contains(body, want) {
			t.Errorf("public: no %q in\n%s", want, body)
		}
	}
	if strings.Contains(body, "Disallow: /\n") {
		t.Errorf("public: all is closed:\n%s", body)
	}
}

func TestSitemaps(t *testing.T) {
	m := newMemory()
	add := func(headline, published string) string {
		a := news.Article{Headline: headline, Body: "Text."}
		if published != "" {
			a.Published = date(t, published)
		}
		id := m.add(a)
		v, err := m.Article(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		return v.Article.Path()
	}
	march, late, year, january, undated := add("March & after", "2021-03-05"), add("Late in March", "2021-03-31T22:00:00Z"), add("Some day in 2021", "2021"), add("New year", "2021-01-01"), add("No date", "")
	month := add("Some day in March", "2021-03")
	withdrawn := m.add(news.Article{Headline: "Withdrawn", Published: date(t, "2021-03-06"), Body: "Text."})
	m.gone[withdrawn] = &news.Gone{ID: withdrawn, At: testNow, Why: news.HiddenWithdrawn}
	srv := servePublic(t, m)

	index := readSitemap(t, srv, "/sitemap.xml")
	want := []string{"/sitemap/pages.xml", "/sitemap/2021-01.xml", "/sitemap/2021-03.xml", "/sitemap/2021.xml", "/sitemap/undated.xml"}
	if got := index.locs(); index.XMLName.Local != "sitemapindex" || !slices.Equal(got, want) {
		t.Errorf("index: %s %q, want %q", index.XMLName.Local, got, want)
	}
	for _, tc := range []struct {
		at   string
		want []string
	}{
		{"/sitemap/2021-01.xml", []string{january}},
		{"/sitemap/2021-03.xml", []string{month, march, late}},
		{"/sitemap/2021.xml", []string{year}},
		{"/sitemap/undated.xml", []string{undated}},
	} {
		f := readSitemap(t, srv, tc.at)
		if got := f.locs(); f.XMLName.Local != "urlset" || !slices.Equal(got, tc.want) {
			t.Errorf("%s: %q, want %q", tc.at, got, tc.want)
		}
		for _, u := range f.URLs {
			if u.LastMod != "2024-05-02T10:12:00Z" {
				t.Errorf("%s: lastmod = %q", tc.at, u.LastMod)
			}
		}
	}
	for _, loc := range append(index.locs(), "/sitemap-news.xml") {
		f := readSitemap(t, srv, loc)
		for _, at := range f.locs() {
			if res, _ := ask(t, srv, srv.URL+at); res.StatusCode != 200 {
				t.Errorf("%s leads to %s: %d", loc, at, res.StatusCode)
			}
		}
	}
	for _, at := range []string{"/sitemap/2021-02.xml", "/sitemap/2020.xml", "/sitemap/2021-03.2.xml", "/sitemap/2021-03.1.xml", "/sitemap/2021-03.02.xml", "/sitemap/2021-03", "/sitemap/2021-13.xml", "/sitemap/x.xml", "/sitemap/.xml"} {
		if res, _ := ask(t, srv, srv.URL+at); res.StatusCode != 404 {
			t.Errorf("%s: %d, want 404", at, res.StatusCode)
		}
	}
	closed := serve(t, m)
	for _, at := range []string{"/sitemap.xml", "/sitemap-news.xml", "/sitemap/2021-03.xml", "/sitemap/pages.xml"} {
		if res, _ := ask(t, closed, closed.URL+at); res.StatusCode != 404 {
			t.Errorf("not public: %s: %d, want 404", at, res.StatusCode)
		}
	}
	m.rebuilds = true
	if res, _ := ask(t, srv, srv.URL+"/sitemap.xml"); res.StatusCode != 503 || res.Header.Get("Retry-After") == "" {
		t.Errorf("while rebuilding: %d", res.StatusCode)
	}
}

// TestLargeSitemap has more articles of a month, and of a year alone, than a sitemap takes.
func TestLargeSitemap(t *testing.T) {
	m := newMemory()
	for i := range sitemapSize + 3 {
		m.add(news.Article{Headline: fmt.Sprint("March ", i), Published: date(t, "2021-03-05"), Body: "Text."})
		m.add(news.Article{Headline: fmt.Sprint("Year ", i), Published: date(t, "1953"), Body: "Text."})
	}
	m.add(news.Article{Headline: "New year", Published: date(t, "1953-01-01"), Body: "Text."})
	srv := servePublic(t, m)
	index := readSitemap(t, srv, "/sitemap.xml")
	seen := map[string]int{}
	for _, at := range index.locs() {
		f := readSitemap(t, srv, at)
		if len(f.URLs) == 0 || len(f.URLs) > sitemapSize {
			t.Errorf("%s: %d addresses", at, len(f.URLs))
		}
		for _, u := range f.locs() {
			if strings.HasPrefix(u, "/articles/") {
				seen[u]++
			}
		}
	}
	if len(seen) != len(m.versions) {
		t.Errorf("%d of %d articles are in the sitemaps %q", len(seen), len(m.versions), index.locs())
	}
	for at, n := range seen {
		if n != 1 {
			t.Errorf("%s: %d times", at, n)
		}
	}
}

func TestNewsSitemap(t *testing.T) {
	m := newMemory()
	post := news.NewOutlet("Harbour Post")
	for _, a := range []news.Article{
		{Headline: "Too old", Published: date(t, "2026-11-20T11:59:59Z")},
		{Headline: "Old, by its day", Published: date(t, "2026-11-19")},
		{Headline: "This year", Published: date(t, "2026")},
		{Headline: "Tomorrow", Published: date(t, "2026-11-22T12:00:01Z")},
		{Headline: "Just in time", Published: date(t, "2026-11-20T12:00:00Z"), Outlet: post, Language: "de-AT"},
		{Headline: "No zone <here>", Published: date(t, "2026-11-21T10:00"), Language: "zh-Hant"},
		{Headline: "East", Published: date(t, "2026-11-22T20:00:00+09:00"), Outlet: post, Language: "ja"},
	} {
		a.Body = "Text."
		m.add(a)
	}
	f := readSitemap(t, servePublic(t, m), "/sitemap-news.xml")
	var got []string
	for _, u := range f.URLs {
		if u.News == nil {
			t.Fatalf("%s: no news", u.Loc)
		}
		got = append(got, strings.Join([]string{u.News.Title, u.News.Name, u.News.Language, u.News.Date}, " | "))
	}
	want := []string{
		"East | Harbour Post | ja | 2026-11-22T20:00:00+09:00",
		"No zone <here> | The Harbour Archive | zh-tw | 2026-11-21",
		"Just in time | Harbour Post | de | 2026-11-20T12:00:00Z",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}

// TestSitemapBroken has the index fail: before the first piece that is an answer, later
// no sitemap comes to its end.
func TestSitemapBroken(t *testing.T) {
	m := newMemory()
	for i := range 3000 {
		m.add(news.Article{Headline: fmt.Sprint("A headline of some length, number ", i), Published: date(t, "2021-03-05"), Body: "Text."})
	}
	srv := servePublic(t, m)
	for _, tc := range []struct {
		at   int
		want bool // an answer
	}{{0, true}, {2900, false}} {
		m.streamed = func(i int) error {
			if i == tc.at {
				return errors.New("the disk is on fire")
			}
			return nil
		}
		res, err := srv.Client().Get(srv.URL + "/sitemap/2021-03.xml")
		if err != nil {
			if tc.want {
				t.Errorf("at %d: %v", tc.at, err)
			}
			continue
		}
		b := make([]byte, 0, 1<<20)
		for err == nil {
			var n int
			buf := make([]byte, 1<<15)
			n, err = res.Body.Read(buf)
			b = append(b, buf[:n]...)
		}
		_ = res.Body.Close()
		if tc.want != (res.StatusCode == http.StatusInternalServerError) || strings.Contains(string(b), "</urlset>") {
			t.Errorf("at %d: %d, %d bytes, %v", tc.at, res.StatusCode, len(b), err)
		}
	}
}
