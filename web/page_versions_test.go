package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"backfile/internal/news"
)

// wall is an article in three versions.
func wall(t *testing.T) (*memory, news.ArticleID) {
	t.Helper()
	const (
		lead  = "Northam harbour will close for three weeks in March while the sea wall is mended."
		quote = "“It cannot wait,” said Mira Holt, who leads the council."
		cost  = "The work is expected to cost £2.4m, of which half is paid by the government."
		built = "The wall was built in 1911 and was last repaired after the storm of 1953."
	)
	m := newMemory()
	a := news.Article{
		URL: "https://post.example/wall", Outlet: news.NewOutlet("Harbour Post"), Headline: "Harbour to close in March", Byline: "By Ann Reid",
		Published: date(t, "2024-03-01"), Captured: date(t, "2024-03-01T09:30:00Z"), Language: "en",
		Images: []news.Image{{Caption: "The wall in 1953", Credit: "J. Webster"}},
		Body:   strings.Join([]string{lead, quote, cost, built}, "\n\n"),
	}
	id := m.add(a)
	a.Headline, a.Standfirst, a.Byline, a.Captured, a.Updated = "Harbour to shut in March", "Boats must leave by the first", "By Ann Reid and Tom Keir", date(t, "2024-03-02T10:00:00Z"), date(t, "2024-03-02")
	a.Images = []news.Image{{Caption: "The wall in 1953", Credit: "J. Webster"}, {Caption: "Mira Holt"}}
	a.Body = strings.Join([]string{lead, strings.Replace(cost, "half", "a third", 1), "Skippers were not asked.", "Nor were the pilots.", built}, "\n\n")
	m.add(a)
	a.Captured, a.Updated = news.Date{}, date(t, "2024-03-03")
	a.Body = strings.Join([]string{built, lead, strings.Replace(cost, "half", "a third", 1), "Skippers were not asked.", "Nor were the pilots."}, "\n\n")
	m.add(a)
	return m, id
}

// each are the words of every element that a selector finds; what is said only to
// those who hear the page is left out.
func each(doc *goquery.Document, sel string) []string {
	var out []string
	doc.Find(sel).Each(func(_ int, s *goquery.Selection) {
		c := s.Clone()
		c.Find(".hidden").Remove()
		out = append(out, words(c))
	})
	return out
}

func TestVersionPage(t *testing.T) {
	m, id := wall(t)
	srv := serve(t, m)
	for _, tc := range []struct {
		at, sel string
		want    []string
	}{
		{"2", ".past .sum", []string{"The headline and the standfirst changed. 2 paragraphs added, 1 cut, 1 reworded. The byline, the date of its update and the captions changed."}},
		{"2", ".past p:first-child", []string{"Version 2, captured 2 March 2024, 10:00 UTC, beside version 1, captured 1 March 2024, 09:30 UTC."}},
		{"2", ".centre h1", []string{"Harbour to close shut in March"}},
		{"2", ".centre h1 del", []string{"close"}},
		{"2", ".centre h1 ins", []string{"shut"}},
		{"2", ".centre .stand ins", []string{"Boats must leave by the first"}},
		{"2", ".changes dt", []string{"Byline", "Updated", "Captions"}},
		{"2", ".changes ins", []string{"and Tom Keir", "2 March 2024", "Mira Holt"}},
		{"2", ".centre .kept summary", []string{"1 paragraph unchanged", "1 paragraph unchanged"}},
		{"2", ".part .what", []string{"Cut", "Reworded", "Added", "Added"}},
		{"2", ".part del", []string{"“It cannot wait,” said Mira Holt, who leads the council.", "half"}},
		{"2", ".part ins", []string{"a third", "Skippers were not asked.", "Nor were the pilots."}},
		{"2", ".turn a", []string{"← Version 1", "The article", "Version 3 →"}},
		{"2", ".left li strong", []string{"Version 2"}},
		{"2", ".against option", []string{"Version 1", "Version 3"}},
		{"2", ".against option[selected]", []string{"Version 1"}},
		{"3", ".past .sum", []string{"1 paragraph moved. The date of its update changed."}},
		{"3", ".part .what", []string{"Moved here, unchanged"}},
		{"3", ".centre .kept summary", []string{"4 paragraphs unchanged"}},
		{"3", ".centre h1 del, .centre h1 ins", nil},
		// The store's clock tells where the source does not.
		{"3", ".left li:last-child .tiny", []string{"2 May 2024, 10:12 UTC"}},
		{"3?against=1", ".past .sum", []string{"The headline and the standfirst changed. 2 paragraphs added, 1 cut, 1 reworded, 1 moved. The byline, the date of its update and the captions changed."}},
		{"3?against=1", ".against option[selected]", []string{"Version 1"}},
		{"1", ".past", []string{"This is version 1 of 3, as it was captured. Read the newest."}},
		{"1", ".turn a", []string{"The article", "Version 2 →", "Newest: version 3"}},
		{"2?whole=1", ".past", []string{"This is version 2 of 3, as it was captured. Read the newest. See what changed in it."}},
		{"2?whole=1", "del, ins", nil},
		{"2?against=2", ".past a", []string{"Read the newest.", "See what changed in it."}},
	} {
		_, doc := fetch(t, srv.Client(), srv.URL+versionPath(id, 0)[:len(versionPath(id, 0))-1]+tc.at)
		if got := each(doc, tc.sel); !slices.Equal(got, tc.want) {
			t.Errorf("version %s: %s reads %q, want %q", tc.at, tc.sel, got, tc.want)
		}
		if got := doc.Find("meta[name=robots]").AttrOr("content", ""); got != "noindex" {
			t.Errorf("version %s: robots = %q", tc.at, got)
		}
	}
}

func TestVersionMarks(t *testing.T) {
	m, id := wall(t)
	srv := serve(t, m)
	_, doc := fetch(t, srv.Client(), srv.URL+versionPath(id, 2))
	doc.Find(".centre del, .centre ins").Each(func(_ int, s *goquery.Selection) {
		name := map[string]string{"del": "cut", "ins": "added"}[goquery.NodeName(s)]
		if got := s.Text(); !strings.HasPrefix(got, name+": ") || !strings.HasSuffix(got, " (end of "+name+")") {
			t.Errorf("<%s> is heard as %q", goquery.NodeName(s), got)
		}
	})
	_, doc = fetch(t, srv.Client(), srv.URL+m.versions[id][2].Article.Path())
	for _, sel := range []string{".left dl", ".centre .changed"} {
		if got := words(doc.Find(sel)); !strings.HasSuffix(got, "Changed twice: see what changed") {
			t.Errorf("the article's %s reads %q", sel, got)
		}
		if got := doc.Find(sel).Find("a.act").AttrOr("href", ""); got != versionPath(id, 3) {
			t.Errorf("the article's %s leads to %q", sel, got)
		}
	}
}

func TestVersionAddresses(t *testing.T) {
	m, id := wall(t)
	gone := news.NewArticleID("url:gone")
	m.gone[gone] = &news.Gone{ID: gone, At: testNow}
	srv := serve(t, m)
	for _, at := range []string{versionPath(id, 3), versionPath(id, 3) + "?against=1"} {
		_, doc := fetch(t, srv.Client(), srv.URL+at)
		if got := words(doc.Find(".ref")); got != srv.URL+at {
			t.Errorf("%s prints its address as %q", at, got)
		}
	}
	for _, n := range []string{"0", "4", "x", "-1", "99999999999999999999", "2?against=4", "2?against=x", "2?against=-1"} {
		if res, _ := fetch(t, srv.Client(), srv.URL+"/articles/"+string(id)+"/versions/"+n); res.StatusCode != http.StatusNotFound {
			t.Errorf("version %s answers %d, want 404", n, res.StatusCode)
		}
	}
	res, _ := fetch(t, srv.Client(), srv.URL+versionPath(id, 1)+"?against=3")
	if got, want := res.Header.Get("Location"), versionPath(id, 3)+"?against=1"; res.StatusCode != http.StatusFound || got != want {
		t.Errorf("an earlier version against a later = %d to %q, want %q", res.StatusCode, got, want)
	}
	if res, _ := fetch(t, srv.Client(), srv.URL+versionPath(gone, 1)); res.StatusCode != http.StatusGone {
		t.Errorf("a removed article's version answers %d, want 410", res.StatusCode)
	}
}

// TestVersionScripts looks at texts that are written without spaces, or from the
// right.
func TestVersionScripts(t *testing.T) {
	for _, tc := range []struct{ lang, old, new, text, dir string }{
		{"ja", "首相は東京で会見した。", "首相は大阪で会見した。", "首相は東京大阪で会見した。", "ltr"},
		{"ar", "أغلق الميناء أبوابه يوم الثلاثاء", "أغلق الميناء أبوابه يوم الأربعاء", "أغلق الميناء أبوابه يوم الثلاثاء الأربعاء", "rtl"},
		{"en", "Closed for good", "Closed", "Closed for good", "ltr"},
	} {
		m := newMemory()
		a := news.Article{URL: "https://post.example/1", Headline: tc.old, Language: tc.lang, Body: "x"}
		id := m.add(a)
		a.Headline = tc.new
		m.add(a)
		_, doc := fetch(t, serve(t, m).Client(), serve(t, m).URL+versionPath(id, 2))
		if got := each(doc, ".centre h1"); !slices.Equal(got, []string{tc.text}) {
			t.Errorf("%s: headline reads %q, want %q", tc.lang, got, tc.text)
		}
		if got := doc.Find(".centre div[lang='"+tc.lang+"']").AttrOr("dir", ""); got != tc.dir {
			t.Errorf("%s: dir = %q, want %q", tc.lang, got, tc.dir)
		}
	}
}
