package main

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"backfile/internal/news"
	"backfile/web"
)

// What people say on the page of repairs holds on every page, is in the list of
// corrections, and can be taken back there.
func TestRepair(t *testing.T) {
	a := opened(t, t.TempDir(), false)
	defer closed(t, a)
	quills(t, a, 3)
	slip := news.NewEntityID(news.Place, "the slip")
	if _, err := a.Put(t.Context(), []news.Write{{Keys: []news.Key{"slip"}, Article: news.Article{Headline: "The Slip", Body: "The Slip lies dry.", Understood: news.UnderstoodGiven,
		Mentions: []news.Mention{{Kind: news.Place, Text: "The Slip", End: 8, Entity: slip}}, Places: []news.Entity{{ID: slip, Kind: news.Place, Name: "The Slip", Count: 1}}}}}); err != nil {
		t.Fatal(err)
	}
	if err := a.index.WaitIndexed(t.Context()); err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(a.server(web.Config{}).Handler())
	defer srv.Close()
	c := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	get := func(path string) *goquery.Document {
		t.Helper()
		res, err := c.Get(srv.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		doc, err := goquery.NewDocumentFromReader(res.Body)
		if err != nil || res.StatusCode != http.StatusOK {
			t.Fatalf("GET %s = %d, %v", path, res.StatusCode, err)
		}
		return doc
	}
	post := func(path string, form url.Values, want int) {
		t.Helper()
		res, err := c.PostForm(srv.URL+path, form)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != want {
			t.Errorf("POST %s with %v = %d, want %d", path, form, res.StatusCode, want)
		}
	}
	people := func() (out []string) {
		get("/people").Find("ol.roll:not(.lines) a").Each(func(_ int, s *goquery.Selection) { out = append(out, s.Text()) })
		return out
	}
	undoAll := func() {
		t.Helper()
		for n := get("/corrections").Find(".decided li").Length(); n > 0; n-- {
			post("/corrections/undo", url.Values{"event": {get("/corrections").Find(".decided input[name=event]").First().AttrOr("value", "")}}, http.StatusSeeOther)
		}
	}
	const john = "/people/john-quill"

	post(john+"/repair/rename", url.Values{"name": {"  John  Quillan "}, "reason": {"so the register"}}, http.StatusSeeOther)
	if got := people(); !slices.Equal(got, []string{"John Quillan", "Jonathan Quill"}) {
		t.Errorf("renamed: %q", got)
	}
	if got := get(john + "/repair").Find("#decided + .decided li p").Text(); !strings.Contains(got, "John Quill is called John Quillan.") || !strings.Contains(got, "so the register") {
		t.Errorf("the page of repairs says %q", got)
	}
	undoAll()

	post(john+"/repair/hide", url.Values{"reason": {"a schooner"}}, http.StatusSeeOther)
	if got := people(); !slices.Equal(got, []string{"Jonathan Quill"}) {
		t.Errorf("hidden: %q", got)
	}
	if got := get(john).Find(".pagehead .notice").Text(); !strings.Contains(got, "a schooner") {
		t.Errorf("the page of one who is hidden says %q", got)
	}
	undoAll()
	if got := people(); len(got) != 2 || get(john).Find(".pagehead .notice").Length() != 0 {
		t.Errorf("shown again: %q", got)
	}

	// In two of three articles it is another John Quill.
	var form = url.Values{"qualifier": {"the harbour master"}}
	get(john + "/repair").Find("input[name=article]").Each(func(i int, s *goquery.Selection) {
		if i > 0 {
			form.Add("article", s.AttrOr("value", ""))
		}
	})
	post(john+"/repair/split", form, http.StatusSeeOther)
	other := get(john).Find(".aka a").First().AttrOr("href", "")
	if got := get(john).Find(".facts dd").First().Text(); got != "1 article" || other == "" {
		t.Fatalf("parted: %s, the other at %q", got, other)
	}
	if got := get(other).Find(".facts dd").First().Text(); got != "2 articles" {
		t.Errorf("the other has %s", got)
	}
	link := get(other).Find(".hit h2 a").First().AttrOr("href", "")
	if got := get(link).Find(`a[href="` + other + `"]`).Length(); got == 0 {
		t.Errorf("an article that is about the other does not lead to %s", other)
	}
	undoAll()
	if got := get(john).Find(".facts dd").First().Text(); got != "3 articles" {
		t.Errorf("joined again: %s", got)
	}

	post("/places/the-slip/repair/locate", url.Values{"lat": {"57.15"}, "lon": {"-2.1"}}, http.StatusSeeOther)
	if e, err := a.Entity(t.Context(), news.Place, "the-slip"); err != nil || e.Lat == nil || *e.Lat != 57.15 || *e.Lon != -2.1 {
		t.Errorf("put there: %+v, %v", e, err)
	}
	undoAll()

	for _, tc := range []struct {
		path string
		form url.Values
		want int
	}{
		{john + "/repair/merge", url.Values{}, 422},
		{john + "/repair/merge", url.Values{"other": {"Nobody At All"}}, 422},
		{john + "/repair/merge", url.Values{"other": {"Quill"}}, 422}, // several
		{john + "/repair/merge", url.Values{"other": {"https://archive.example/people/jonathan-quill"}}, 303},
		{john + "/repair/rename", url.Values{"name": {" "}}, 422},
		{john + "/repair/split", url.Values{"qualifier": {"x"}}, 422},
		{john + "/repair/split", url.Values{"article": form["article"]}, 422},
		{john + "/repair/locate", url.Values{"lat": {"1"}, "lon": {"2"}}, 422}, // no place
		{"/places/the-slip/repair/locate", url.Values{"lat": {"north"}, "lon": {"2"}}, 422},
		{"/places/the-slip/repair/locate", url.Values{"lat": {"91"}, "lon": {"2"}}, 422},
		{john + "/repair/praise", url.Values{}, 404},
		{"/people/nobody/repair/hide", url.Values{}, 404},
	} {
		post(tc.path, tc.form, tc.want)
	}
	undoAll()
	if err := a.Verify(t.Context(), func(p string) { t.Error(p) }); err != nil {
		t.Error(err)
	}
}
