package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"backfile/internal/news"
)

func eachText(s *goquery.Selection) (out []string) {
	s.Each(func(_ int, s *goquery.Selection) { out = append(out, words(s)) })
	return out
}

func TestAuthorPages(t *testing.T) {
	m, _ := harbour(t)
	for i := range 25 {
		m.add(news.Article{URL: fmt.Sprintf("https://courier.example/reid/%d", i), Outlet: news.NewOutlet("Northern Courier"), Headline: fmt.Sprintf("Report %d", i), Body: "Fog.",
			Authors: []news.Author{{Name: "Ann Reid"}}, Published: date(t, fmt.Sprintf("19%d-01-02", 60+i))})
	}
	srv := serve(t, m)
	get := func(at string, status int) *goquery.Document {
		t.Helper()
		res, doc := fetch(t, srv.Client(), srv.URL+at)
		if res.StatusCode != status {
			t.Fatalf("GET %s = %d, want %d", at, res.StatusCode, status)
		}
		return doc
	}
	doc := get("/authors", 200)
	if got := eachText(doc.Find(".roll.lines a")); !slices.Equal(got, []string{"Ann Reid", "Margaret Innes"}) {
		t.Errorf("wrote most: %q", got)
	}
	// By their last names.
	if got := eachText(doc.Find("ol.roll:not(.lines) a")); !slices.Equal(got, []string{"Margaret Innes", "Ann Reid"}) {
		t.Errorf("A to Z: %q", got)
	}
	if got := eachText(get("/authors?from=j", 200).Find("ol.roll a")); !slices.Equal(got, []string{"Ann Reid"}) {
		t.Errorf("from J: %q", got)
	}
	doc = get("/authors/ann-reid", 200)
	if got := doc.Find(".hit").Length(); got != bylinesPerPage || words(doc.Find(".hit h2").First()) != "Report 24" {
		t.Errorf("%d articles, the first %q", got, words(doc.Find(".hit h2").First()))
	}
	next := doc.Find("a[rel=next]").AttrOr("href", "")
	if got := get(next, 200).Find(".hit").Length(); got != 5 {
		t.Errorf("the next page, %s, has %d articles", next, got)
	}
	doc = get("/authors/ann-reid?from=1962&to=1963&outlet=northern-courier", 200)
	if got := eachText(doc.Find(".hit h2")); !slices.Equal(got, []string{"Report 3", "Report 2"}) || doc.Find(".aka b").Length() != 2 {
		t.Errorf("narrowed: %q, asked %q", got, eachText(doc.Find(".aka b")))
	}
	if got := eachText(get("/authors?outlet=northern-courier", 200).Find(".roll a")); !slices.Equal(got, []string{"Ann Reid"}) {
		t.Errorf("authors of an outlet: %q", got)
	}
	get("/authors?outlet=nobody", 404)
	get("/authors/nobody", 404)
	get("/authors/Ann%20Reid", 302)
	// From the article's byline, and the outlet's page.
	a, err := m.Article(t.Context(), m.keys[news.URLKey("https://post.example/1953/pier")])
	if err != nil {
		t.Fatal(err)
	}
	if got := get(a.Article.Path(), 200).Find(".byline a").First().AttrOr("href", ""); got != "/authors/margaret-innes" {
		t.Errorf("the byline leads to %q", got)
	}
	if got := get("/outlets/northern-courier", 200).Find(".side .bars a").First(); got.AttrOr("href", "") != "/authors/ann-reid?outlet=northern-courier" {
		t.Errorf("the outlet's page leads to %q first", got.AttrOr("href", ""))
	}
}

// Whoever comes from results goes on among them, and back.
func TestAround(t *testing.T) {
	m, _ := harbour(t)
	srv := serve(t, m)
	get := func(at, referer string) *goquery.Document {
		t.Helper()
		r, err := http.NewRequest(http.MethodGet, srv.URL+at, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Referer", referer)
		res, err := srv.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = res.Body.Close() }()
		doc, err := goquery.NewDocumentFromReader(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		return doc
	}
	const results = "/search?q=storm&sort=newest&per_page=2"
	doc := get(results, "")
	second := doc.Find(".hit h2 a").Eq(1)
	at := second.AttrOr("href", "")
	if got := get(at, "").Find(".around").Length(); got != 0 {
		t.Error("an article that nobody came to from results stands among some")
	}
	for _, from := range []string{"https://elsewhere.example" + results, srv.URL + "/people", srv.URL + "/search?q=nothing+has+this", "%%%"} {
		if get(at, from).Find(".around").Length() != 0 {
			t.Errorf("from %s the article stands among results", from)
		}
	}
	doc = get(at, srv.URL+results)
	if got := words(doc.Find(".around .tiny")); got != "2 of 4 results" {
		t.Fatalf("place: %q", got)
	}
	var seen []string
	for doc.Find(".around a[rel~=next]").Length() > 0 {
		seen = append(seen, words(doc.Find("h1")))
		doc = get(doc.Find(".around a[rel~=next]").AttrOr("href", ""), "")
	}
	if !slices.Equal(seen, []string{"Storm number 2", "Storm number 1"}) && !slices.Equal(seen, []string{"Storm number 2", "Storm number 0"}) {
		t.Errorf("went by %q", seen)
	}
	if got := doc.Find(".around .tiny"); words(got) != "4 of 4 results" || !strings.Contains(got.AttrOr("href", ""), "page=2") {
		t.Errorf("the last is %q of %q", words(got), got.AttrOr("href", ""))
	}
	if prev := doc.Find(".around a[rel~=prev]").AttrOr("href", ""); !strings.Contains(prev, url.QueryEscape("q=storm")) {
		t.Errorf("before the last: %q", prev)
	}
	for _, bad := range []string{"?in=q%3Dstorm&n=0", "?in=q%3Dstorm&n=x", "?in=%25%25&n=1", "?in=q%3Dstorm&n=99999999"} {
		if get(strings.Split(at, "?")[0]+bad, "").Find(".around").Length() != 0 {
			t.Errorf("%s stands among results", bad)
		}
	}
}

func TestOnDay(t *testing.T) {
	m, _ := harbour(t)
	srv := serve(t, m)
	_, doc := fetch(t, srv.Client(), srv.URL+"/dates/on/11-22")
	if got := eachText(doc.Find(".onday h2")); !slices.Equal(got, []string{"2026", "1961", "1954"}) {
		t.Errorf("years: %q", got)
	}
	if got := eachText(doc.Find(".onday li").Eq(2).Find("h3")); len(got) != 2 {
		t.Errorf("of 1954: %q", got)
	}
	if got := eachText(doc.Find(".turn a")); !slices.Equal(got, []string{"← 21 November", "All years", "23 November →"}) {
		t.Errorf("turn: %q", got)
	}
	for at, want := range map[string]int{"/dates/on/02-29": 200, "/dates/on/02-30": 404, "/dates/on/1-1": 404, "/dates/on/x": 404} {
		if res, _ := fetch(t, srv.Client(), srv.URL+at); res.StatusCode != want {
			t.Errorf("GET %s = %d, want %d", at, res.StatusCode, want)
		}
	}
}

func TestMap(t *testing.T) {
	m, _ := harbour(t)
	m.add(news.Article{Headline: "Suva", Body: "b", Published: date(t, "1954-01-01"), Places: []news.Entity{
		{ID: news.NewEntityID(news.Place, "suva"), Name: "Suva", Count: 1, Country: "FJ", Lat: new(-18.1), Lon: new(178.4)}, {ID: news.NewEntityID(news.Place, "taveuni"), Name: "Taveuni", Count: 1, Country: "FJ", Lat: new(-16.8), Lon: new(-179.9)},
		{ID: news.NewEntityID(news.Place, "pacific"), Name: "Pacific", Count: 1, Lat: new(0.0), Lon: new(-160.0)}}})
	srv := serve(t, m)
	_, doc := fetch(t, srv.Client(), srv.URL+"/map")
	var got []string
	links := func(of string) {
		got = nil
		doc.Find(".atlas " + of).Each(func(_ int, s *goquery.Selection) {
			got = append(got, s.AttrOr("href", "")+" "+words(s.Find("title")))
		})
		slices.Sort(got)
	}
	links("a.to")
	if want := []string{"/map?country=FJ Fiji: 2 places", "/map?country=GB United Kingdom: 1 place"}; !slices.Equal(got, want) || doc.Find(".atlas .own").Length() != 0 {
		t.Errorf("the outlines of the world lead to %q, want %q", got, want)
	}
	links("a:has(circle)")
	if want := []string{"/map?country=FJ Fiji: 2 places", "/map?country=GB United Kingdom: 1 place", "/places/pacific Pacific: 1 article"}; !slices.Equal(got, want) {
		t.Errorf("the world has %q, want %q", got, want)
	}
	_, doc = fetch(t, srv.Client(), srv.URL+"/map?country=fj")
	if got := eachText(doc.Find(".bars th")); words(doc.Find("h1")) != "Fiji" || !slices.Equal(got, []string{"Suva", "Taveuni"}) && !slices.Equal(got, []string{"Taveuni", "Suva"}) {
		t.Errorf("%s has %q", words(doc.Find("h1")), got)
	}
	if doc.Find(".atlas .own").Length() != 1 || doc.Find(".atlas a.to").Length() != 0 {
		t.Error("the map of Fiji does not show Fiji alone")
	}
	_, doc = fetch(t, srv.Client(), srv.URL+"/map?country=FJ&year=1953")
	if doc.Find(".atlas a").Length() != 0 || doc.Find(".sub b").Length() != 2 {
		t.Error("Fiji of 1953 has places")
	}
	_, doc = fetch(t, srv.Client(), srv.URL+"/map?country=%3Cscript%3E&year=x")
	if doc.Find(".atlas a:has(circle)").Length() != 3 {
		t.Error("what is no country narrows")
	}
}
