package web

import (
	"strings"
	"testing"
)

// TestAbout holds that the page about the archive says how much is in it, from when to
// when, in which languages, and leads to what it lacks.
func TestAbout(t *testing.T) {
	m, _ := harbour(t)
	srv := serve(t, m)
	res, doc := fetch(t, srv.Client(), srv.URL+"/about")
	if res.StatusCode != 200 || doc.Find("h1").Text() != "About this archive" {
		t.Fatalf("%d, %q", res.StatusCode, doc.Find("h1").Text())
	}
	whole := words(doc.Find(".holds"))
	_, front := fetch(t, srv.Client(), srv.URL+"/")
	if want := words(front.Find(".holds")); whole == "" || whole != want {
		t.Errorf("it holds %q, and the front page says %q", whole, want)
	}
	if doc.Find("svg, table").Length() == 0 || doc.Find(".outletlist li").Length() == 0 {
		t.Error("it has no years, or no outlets")
	}
	lang := doc.Find(".roll a").First().AttrOr("href", "")
	if !strings.HasPrefix(lang, "/search?language=") {
		t.Errorf("a language leads to %q", lang)
	} else if _, found := fetch(t, srv.Client(), srv.URL+lang); found.Find("article, .hit, li h2, li h3").Length() == 0 {
		t.Errorf("%s finds nothing", lang)
	}
	for _, to := range []string{"/coverage", "/help/search"} {
		if doc.Find("main a[href='"+to+"']").Length() != 1 {
			t.Errorf("it does not lead to %s", to)
		}
	}
}
