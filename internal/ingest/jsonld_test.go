package ingest

import (
	"strings"
	"testing"
	"time"

	"backfile/internal/fuzztime"
)

func TestParseJSONLD(t *testing.T) {
	for _, tc := range []struct{ name, in, headline, authors string }{
		{"plain", `{"@type":"NewsArticle","headline":"A","author":{"@type":"Person","name":"Ann Lee"}}`, "A", "Ann Lee"},
		{"graph and reference", `{"@graph":[{"@type":"WebPage"},{"@type":["Article","NewsArticle"],"headline":"A","author":[{"@id":"#a"}]},{"@id":"#a","@type":"Person","name":"Ann Lee"}]}`, "A", "Ann Lee"},
		{"array of things", `[{"@type":"BreadcrumbList"},{"@type":"http://schema.org/ReportageNewsArticle","headline":"A","author":["Ann Lee","Bo Ek"]}]`, "A", "Ann Lee, Bo Ek"},
		{"main entity", `{"@type":"WebPage","mainEntity":{"@type":"NewsArticle","headline":"A"}}`, "A", ""},
		{"comment wrapper", "<!-- \n{\"@type\":\"NewsArticle\",\"headline\":\"A\"}\n-->", "A", ""},
		{"CDATA wrapper", "//<![CDATA[\n{\"@type\":\"NewsArticle\",\"headline\":\"A\"}\n//]]>", "A", ""},
		{"line end in a string", "{\"@type\":\"NewsArticle\",\"headline\":\"A\nB\"}", "A B", ""},
		{"trailing commas", `{"@type":"NewsArticle","headline":"A","author":["Ann Lee",],}`, "A", "Ann Lee"},
		{"quotation marks within", `{"@type":"NewsArticle","headline":"The "big" one","author":"Ann Lee"}`, `The "big" one`, "Ann Lee"},
		{"bad escape", `{"@type":"NewsArticle","headline":"It\'s"}`, "It's", ""},
		{"cut off", `{"@type":"NewsArticle","headline":"A","author":{"name":"Ann Lee"`, "A", "Ann Lee"},
		{"two values", `{"@type":"WebSite","name":"x"}{"@type":"NewsArticle","headline":"A"}`, "A", ""},
		{"entities", `{"@type":"NewsArticle","headline":"Fish &amp;amp; chips &quot;now&quot;"}`, `Fish & chips "now"`, ""},
		{"teasers are not it", `{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","headline":"Other"}]}`, "", ""},
		{"nothing", `}{][`, "", ""}, {"empty", "", "", ""}, {"number", "7", "", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			a := parseJSONLD([]string{tc.in}).article()
			var names []string
			for _, n := range a.authors {
				names = append(names, n.name)
			}
			if got := strings.Join(names, ", "); a.headline != tc.headline || got != tc.authors {
				t.Errorf("article(%s) = %q by %q, want %q by %q", tc.in, a.headline, got, tc.headline, tc.authors)
			}
		})
	}
}

func TestParseJSONLDTakesTheRichestArticle(t *testing.T) {
	g := parseJSONLD([]string{
		`{"@type":"Article","headline":"A"}`,
		`{"@type":"NewsArticle","headline":"A","datePublished":"2024-05-03","articleSection":["World","Asia"],"keywords":"one, two"}`,
		`{"@type":"NewsArticle","headline":"A","author":"Ann Lee"}`,
	})
	a := g.article()
	if a.published != "2024-05-03" || len(a.authors) != 1 || len(a.sections) != 2 || len(a.tags) != 2 {
		t.Errorf("article() = %+v, want the date, the author, two sections and two tags", a)
	}
}

func FuzzParseJSONLD(f *testing.F) {
	f.Add(`{"@graph":[{"@type":"NewsArticle","headline":"A","author":{"@id":"#a"}},{"@id":"#a","author":{"@id":"#a"}}]}`)
	f.Add(`{"@type":["NewsArticle"],"image":[{"@id":"x"}],"mainEntityOfPage":{"mainEntity":[]},}`)
	f.Add(strings.Repeat(`[`, 200))
	f.Fuzz(func(t *testing.T, s string) {
		defer fuzztime.Check(t, time.Now())
		parseJSONLD([]string{s}).article()
	})
}
