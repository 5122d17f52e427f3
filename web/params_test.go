package web

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"backfile/internal/news"
	"backfile/internal/search"

	"backfile/internal/fuzztime"
	"github.com/google/go-cmp/cmp"
)

func TestParseParams(t *testing.T) {
	for _, tc := range []struct {
		in, out string // the query given, and the one written back
		bad     []problem
	}{
		{"", "", nil},
		{"q=two+words&sort=relevance&page=1&per_page=20&facets=1", "q=two+words", nil},
		{"q=truss&sort=newest&page=3", "page=3&q=truss&sort=newest", nil},
		{"person=liz-truss&person=-boris&person=liz-truss&place=&place=+kyiv+", "person=liz-truss&person=-boris&place=kyiv", nil},
		{"year=2021&year=then&from=2019&to=2021-12-02", "from=2019&to=2021-12-02&year=2021", []problem{{"year", "then", badDate}}},
		{"from=2021-13&to=2021-12-02T10:00&sort=best", "", []problem{{"from", "2021-13", badDate}, {"to", "2021-12-02T10:00", badDate}, {"sort", "best", badSort}}},
		{"page=0&per_page=500", "", []problem{{"per_page", "500", badNumber}, {"page", "0", badNumber}}},
		{"page=501", "", []problem{{"page", "501", badNumber}}},
		{"group=0&facets=0&snippets=0&after=xyz", "after=xyz&facets=0&group=0&snippets=0", nil},
		{"q=uk&expand=0", "expand=0&q=uk", nil},
		{"q=uk&expand=1", "q=uk", nil},
		{"q=%ff", "", []problem{{"q", "\uFFFD", badText}}},
		{"q=*&sort=newest", "q=%2A", nil},
	} {
		v, err := url.ParseQuery(tc.in)
		if err != nil {
			t.Fatal(err)
		}
		p, bad := parseParams(v)
		if got := encode(p); got != p.Values().Encode() {
			t.Errorf("encode of parseParams(%q) = %q, not %q", tc.in, got, p.Values().Encode())
		}
		if got := p.Values().Encode(); got != tc.out {
			t.Errorf("parseParams(%q).Values() = %q, want %q", tc.in, got, tc.out)
		}
		if diff := cmp.Diff(tc.bad, bad); diff != "" {
			t.Errorf("parseParams(%q) problems (-want +got):\n%s", tc.in, diff)
		}
	}
	for q, want := range map[string]string{ // the beginning of a long query is searched
		strings.Repeat("x", maxQuery+1):           strings.Repeat("x", maxQuery),
		strings.Repeat("é", maxQuery):             strings.Repeat("é", maxQuery/2),
		"one " + strings.Repeat("x", maxQuery):    "one",
		"one two" + strings.Repeat(" ", maxQuery): "one two",
		strings.Repeat("four ", maxQuery):         strings.TrimSpace(strings.Repeat("four ", maxQuery/5)),
		strings.Repeat("abcd ", maxQuery/5) + "e": strings.TrimSpace(strings.Repeat("abcd ", maxQuery/5)),
	} {
		p, bad := parseParams(url.Values{"q": {q}})
		if long := len(strings.TrimSpace(q)) > maxQuery; p.Q != want || len(bad) > 1 || long != (len(bad) == 1 && bad[0].Reason == badCut) {
			t.Errorf("a long query: %q, %v, want %q", clip(p.Q), bad, clip(want))
		}
	}
}

func TestToggle(t *testing.T) {
	v, _ := url.ParseQuery("q=x&place=kyiv&page=4")
	p, _ := parseParams(v)
	for _, tc := range []struct {
		f    value
		want string
	}{
		{value{"kyiv", false}, "q=x"},
		{value{"kyiv", true}, "place=-kyiv&q=x"},
		{value{"lviv", false}, "place=kyiv&place=lviv&q=x"},
	} {
		if got := p.toggle("place", tc.f).Values().Encode(); got != tc.want {
			t.Errorf("toggle %v = %q, want %q", tc.f, got, tc.want)
		}
	}
	if got := p.Values().Encode(); got != "page=4&place=kyiv&q=x" {
		t.Errorf("toggling changed what it started from: %q", got)
	}
}

func TestTree(t *testing.T) {
	m := newMemory()
	kyiv := news.Entity{ID: news.NewEntityID(news.Place, "gaz:1"), Kind: news.Place, Slug: "kyiv", Name: "Kyiv"}
	m.entities[kyiv.ID] = kyiv
	for _, tc := range []struct{ in, want string }{
		{"", ""},
		{"q=*", ""},
		{"q=storm+damage", "storm damage"},
		{"q=storm&place=kyiv&place=-lviv", "storm place:Kyiv -place:lviv"},
		{"outlet=post&outlet=gazette&year=2021&year=2020", "(outlet:post OR outlet:gazette) (date:2021 OR date:2020)"},
		{"from=2019&to=2021-03", "date:2019..2021-03"},
		{"to=2021", "date:..2021"},
		{"language=en&section=World+News&outlet=-post", `-outlet:post lang:en section:"World News"`},
	} {
		v, _ := url.ParseQuery(tc.in)
		p, _ := parseParams(v)
		n, _, err := p.tree(t.Context(), m)
		if err != nil {
			t.Fatal(err)
		}
		if got := search.String(n); got != tc.want {
			t.Errorf("tree of %q = %q, want %q", tc.in, got, tc.want)
		}
	}
}

func FuzzParams(f *testing.F) {
	for _, s := range []string{"q=a&person=-b&year=2021", "from=2021-02-30", "page=99999999999999999999", "person=--x&q=%00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		defer fuzztime.Check(t, time.Now())
		v, err := url.ParseQuery(s)
		if err != nil {
			t.Skip("not a query that net/url reads")
		}
		p, _ := parseParams(v)
		if got, want := encode(p), p.Values().Encode(); got != want {
			t.Fatalf("encode = %q, want %q", got, want)
		}
		again, bad := parseParams(p.Values())
		if diff := cmp.Diff(p, again); diff != "" || len(bad) > 0 {
			t.Fatalf("%q written back reads as another (%v):\n%s", s, bad, diff)
		}
	})
}
