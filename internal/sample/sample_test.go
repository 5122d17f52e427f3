package sample

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io/fs"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"backfile/internal/news"
	"backfile/internal/text"
)

// line is one article of a .jsonl file, with where it stands.
type line struct {
	file    string
	n       int
	article news.Article
}

// lines parses every JSON line of the sample and fails the test at the first
// that is no article.
func lines(t *testing.T) []line {
	t.Helper()
	var out []line
	files := Files()
	names, err := fs.Glob(files, "*.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		b, err := fs.ReadFile(files, name)
		if err != nil {
			t.Fatal(err)
		}
		sc := bufio.NewScanner(bytes.NewReader(b))
		sc.Buffer(nil, 1<<20)
		for n := 1; sc.Scan(); n++ {
			var a news.Article
			if err := json.Unmarshal(sc.Bytes(), &a); err != nil {
				t.Fatalf("%s:%d: %v", name, n, err)
			}
			out = append(out, line{name, n, a})
		}
		if err := sc.Err(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	return out
}

// withURL returns the captures of the article whose URL ends in suffix, in
// file order.
func withURL(ls []line, suffix string) []news.Article {
	var out []news.Article
	for _, l := range ls {
		if strings.HasSuffix(l.article.URL, suffix) {
			out = append(out, l.article)
		}
	}
	return out
}

func TestSizeAndSpan(t *testing.T) {
	ls := lines(t)
	urls, outlets, years := map[string]bool{}, map[string]int{}, map[string]bool{}
	noURL := 0
	for _, l := range ls {
		if l.article.URL == "" {
			noURL++
		}
		urls[l.article.URL] = true
		outlets[l.article.Outlet.Slug+l.article.Outlet.Name]++
		if y := l.article.Published.Year(); y != "" {
			years[y] = true
		}
	}
	if got := len(urls); got < 60 {
		t.Errorf("%d different URLs, want at least 60", got)
	}
	if noURL == 0 {
		t.Error("no article without a URL, want one or two")
	}
	if got := len(outlets); got != 6 {
		t.Errorf("%d outlets (%v), want 6", got, outlets)
	}
	for name, n := range outlets {
		if n < 10 {
			t.Errorf("outlet %s has %d articles, want at least 10", name, n)
		}
	}
	for _, y := range []string{"1936", "2026"} {
		if !years[y] {
			t.Errorf("no article of %s", y)
		}
	}
	if got := len(years); got < 50 {
		t.Errorf("articles of %d different years, want at least 50", got)
	}
}

func TestArticlesAreWhole(t *testing.T) {
	for _, l := range lines(t) {
		a := l.article
		if a.Headline == "" || a.Language == "" || a.Captured.IsZero() {
			t.Errorf("%s:%d: headline %q, language %q, captured %q: want all three", l.file, l.n, a.Headline, a.Language, a.Captured.Text)
		}
		if got := len(strings.Fields(a.Body)); got < 100 {
			t.Errorf("%s:%d: %q has %d words, want at least 100", l.file, l.n, a.Headline, got)
		}
		if len(a.Mentions)+len(a.Persons)+len(a.Places)+len(a.Organisations)+len(a.Quotes) > 0 {
			t.Errorf("%s:%d: %q brings its entities, want them left to the recogniser", l.file, l.n, a.Headline)
		}
		if a.Body != strings.TrimSpace(a.Body) || strings.Contains(a.Body, "\n\n\n") || strings.ContainsAny(a.Body, "\"\t") {
			t.Errorf("%s:%d: %q has stray space or straight quotation marks in its body", l.file, l.n, a.Headline)
		}
		if first, _ := a.Published.Days(); first > "2026-11-22" {
			t.Errorf("%s:%d: %q is published on %s, after the sample was written", l.file, l.n, a.Headline, first)
		}
		if pub, cap := a.Published.Day(), a.Captured.Day(); pub != "" && cap != "" && cap < pub {
			t.Errorf("%s:%d: %q is captured on %s, before it is published on %s", l.file, l.n, a.Headline, cap, pub)
		}
	}
}

// TestURLsAreUnique also holds the two articles of which the sample has a later
// capture: those repeat a URL with another text.
func TestURLsAreUnique(t *testing.T) {
	byURL := map[string][]news.Article{}
	for _, l := range lines(t) {
		if l.article.URL != "" {
			byURL[l.article.URL] = append(byURL[l.article.URL], l.article)
		}
	}
	changed := 0
	for u, as := range byURL {
		switch {
		case len(as) == 1:
		case len(as) == 2 && as[0].Body != as[1].Body && as[0].Captured.Text < as[1].Captured.Text && as[1].Updated.Text != "":
			changed++
		default:
			t.Errorf("%s stands on %d lines; want one, or two captures in order with different texts", u, len(as))
		}
	}
	if changed != 2 {
		t.Errorf("%d articles have a second version, want 2", changed)
	}
}

var host = regexp.MustCompile(`(?i)\b(?:https?:)?//([^/\s"'<>?#]+)`)

func TestHostsAreInvented(t *testing.T) {
	files := Files()
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		for _, m := range host.FindAllSubmatch(b, -1) {
			h := string(m[1])
			// The vocabulary's own name in JSON-LD is no outlet's site.
			if !strings.HasSuffix(h, ".example") && h != "schema.org" {
				t.Errorf("%s names the host %q, want only hosts under .example", name, h)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lines(t) {
		if l.article.URL == "" {
			continue
		}
		if u, err := url.Parse(l.article.URL); err != nil || u.Scheme != "https" {
			t.Errorf("%s:%d: URL %q, want https", l.file, l.n, l.article.URL)
		}
	}
}

// TestAgencyReport holds that four outlets print one report with cuts: each
// shares most of its five-word runs with the fullest, any two share many, and no
// two headlines are the same.
func TestAgencyReport(t *testing.T) {
	var family []news.Article
	headlines := map[string]bool{}
	for _, l := range lines(t) {
		if l.article.Agency != "" {
			family = append(family, l.article)
			headlines[l.article.Headline] = true
		}
	}
	outlets := map[string]bool{}
	for _, a := range family {
		outlets[a.Outlet.Name] = true
	}
	if len(outlets) != 4 || len(headlines) != 4 {
		t.Fatalf("%d outlets and %d headlines in the wire family, want 4 and 4", len(outlets), len(headlines))
	}
	fullest := slices.MaxFunc(family, func(a, b news.Article) int { return len(a.Body) - len(b.Body) })
	for i, a := range family {
		if got := shared(a.Body, fullest.Body); got < 0.7 {
			t.Errorf("%s shares %.2f of its shingles with the fullest print, want at least 0.7", a.Outlet.Name, got)
		}
		for _, b := range family[i+1:] {
			if a.Body == b.Body {
				t.Errorf("%s and %s print the same text, want cuts", a.Outlet.Name, b.Outlet.Name)
			}
			if got := shared(a.Body, b.Body); got < 0.4 {
				t.Errorf("%s and %s share %.2f of the shorter text's shingles, want at least 0.4", a.Outlet.Name, b.Outlet.Name, got)
			}
		}
	}
}

// shared is the part of the smaller set of five-word runs that is in both.
func shared(a, b string) float64 {
	x, y := shingles(a), shingles(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	n := 0
	for s := range x {
		if y[s] {
			n++
		}
	}
	return float64(n) / float64(max(len(x), 1))
}

func shingles(s string) map[string]bool {
	words := strings.Fields(text.Fold(s))
	out := map[string]bool{}
	for i := 0; i+5 <= len(words); i++ {
		out[strings.Join(words[i:i+5], " ")] = true
	}
	return out
}

// TestVariety names what the pages need to look alive.
func TestVariety(t *testing.T) {
	ls := lines(t)
	days, years22 := map[string]int{}, map[string]bool{}
	precisions, languages, kinds := map[news.Precision]int{}, map[string]int{}, map[news.ArticleKind]int{}
	undated, images, long := 0, 0, 0
	for _, l := range ls {
		a := l.article
		if a.Published.IsZero() {
			undated++
		}
		precisions[a.Published.Precision]++
		languages[a.Language]++
		kinds[a.ArticleKind]++
		images += len(a.Images)
		if d := a.Published.Day(); d != "" {
			days[d]++
			if strings.HasSuffix(d, "-11-22") {
				years22[a.Published.Year()] = true
			}
		}
		if len(a.Headline) > 200 {
			long++
		}
	}
	full := 0
	for _, n := range days {
		if n > 1 {
			full++
		}
	}
	for _, c := range []struct {
		what      string
		got, want int
	}{
		{"undated articles", undated, 1},
		{"articles with a month only", precisions[news.Month], 2},
		{"articles with a year only", precisions[news.Year], 2},
		{"articles to the second", precisions[news.Second], 20},
		{"days with several articles", full, 10},
		{"years with an article of 22 November", len(years22), 8},
		{"German articles", languages["de"], 2},
		{"French articles", languages["fr"], 1},
		{"Spanish articles", languages["es"], 1},
		{"Arabic articles", languages["ar"], 1},
		{"opinions", kinds[news.Opinion], 2},
		{"photos", images, 25},
		{"headlines over 200 bytes", long, 1},
		{"captures of the grounding’s first report", len(withURL(ls, "/st-tredwell-aground")), 2},
	} {
		if c.got < c.want {
			t.Errorf("%d %s, want at least %d", c.got, c.what, c.want)
		}
	}
}

func TestPeopleRecur(t *testing.T) {
	for _, name := range []string{"Agnes Rennie", "Kazimierz Wilk", "Helga Isbister", "Ian Ferrier", "Robert Duff", "Ewa Wilk", "Joanne Pallister"} {
		years := map[string]bool{}
		for _, l := range lines(t) {
			if strings.Contains(l.article.Body, name) {
				years[l.article.Published.Year()] = true
			}
		}
		if len(years) < 4 {
			t.Errorf("%s is in the news of %d years, want at least 4", name, len(years))
		}
	}
}

func TestIntakeFolder(t *testing.T) {
	var got []string
	for _, ext := range []string{".html", ".txt"} {
		names, err := fs.Glob(Files(), path.Join("intake", "*"+ext))
		if err != nil {
			t.Fatal(err)
		}
		if len(names) < 3 {
			t.Errorf("%d %s files to show intake, want at least 3", len(names), ext)
		}
		got = append(got, names...)
	}
	all, err := fs.ReadDir(Files(), "intake")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		if !slices.Contains(got, "intake/"+e.Name()) {
			t.Errorf("intake/%s is neither a page nor a text", e.Name())
		}
	}
}

func TestHash(t *testing.T) {
	if got := Hash(); len(got) != 64 || got != Hash() {
		t.Errorf("Hash() = %q, want 64 digits, the same each time", got)
	}
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	base := fstest.MapFS{"a": file("one"), "b": file("two")}
	for what, other := range map[string]fstest.MapFS{
		"another content":    {"a": file("one"), "b": file("three")},
		"another name":       {"a": file("one"), "c": file("two")},
		"a moved boundary":   {"a": file("on"), "b": file("etwo")},
		"a file more":        {"a": file("one"), "b": file("two"), "c": file("")},
		"exchanged contents": {"a": file("two"), "b": file("one")},
	} {
		if hashOf(other) == hashOf(base) {
			t.Errorf("%s gives the same hash", what)
		}
	}
}
