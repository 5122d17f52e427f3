package main

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"strconv"
	"strings"

	"backfile/internal/news"
	"backfile/internal/newsgen"
)

// kind is a kind of page with its share of the load.
type kind struct {
	name  string
	share int
	path  func(m *mix) string
}

// mix draws the addresses that readers ask for.
type mix struct {
	gen *newsgen.Generator
	n   int // articles there are
	r   *rand.Rand
}

// some is an article of the archive.
func (m *mix) some() news.Article { return m.gen.Article(m.r.IntN(m.n)) }

// someWith is an article that ok says is fit.
func (m *mix) someWith(ok func(a *news.Article) bool) news.Article {
	for {
		if a := m.some(); ok(&a) {
			return a
		}
	}
}

// word is a word of an article's body, of at least four letters.
func (m *mix) word(a *news.Article) string {
	ws := strings.FieldsFunc(a.Body, func(r rune) bool { return r < 'a' || r > 'z' })
	for range 100 {
		if w := ws[m.r.IntN(len(ws))]; len(w) >= 4 {
			return w
		}
	}
	return "council"
}

func searchFor(path, q string, more ...string) string {
	v := url.Values{"q": {q}}
	for i := 0; i+1 < len(more); i += 2 {
		v.Set(more[i], more[i+1])
	}
	return path + "?" + v.Encode()
}

func hasPerson(a *news.Article) bool { return len(a.Persons) > 0 && a.Published.Year() != "" }
func hasPlace(a *news.Article) bool  { return len(a.Places) > 0 }
func isDated(a *news.Article) bool   { return a.Published.Year() != "" }

// loadKinds are what readers look at, a hundred pages of them.
var loadKinds = []kind{
	{"front page", 10, func(*mix) string { return "/" }},
	{"search: a word", 8, func(m *mix) string { a := m.some(); return searchFor("/search", m.word(&a)) }},
	{"search: two words", 8, func(m *mix) string { a := m.some(); return searchFor("/search", m.word(&a)+" "+m.word(&a)) }},
	{"search: a common word", 3, func(m *mix) string {
		return searchFor("/search", []string{"council", "police", "government", "report", "city", "night"}[m.r.IntN(6)])
	}},
	{"search: a phrase", 5, func(m *mix) string {
		ws := strings.Fields(m.some().Body)
		at := m.r.IntN(len(ws) - 2)
		return searchFor("/search", `"`+ws[at]+" "+ws[at+1]+`"`)
	}},
	{"search: person, dates", 5, func(m *mix) string {
		a := m.someWith(hasPerson)
		y, _ := strconv.Atoi(a.Published.Year())
		return searchFor("/search", fmt.Sprintf("date:%d..%d", y-5, y+5), "person", a.Persons[0].Slug)
	}},
	{"search: outlet, newest", 4, func(m *mix) string {
		a := m.some()
		return searchFor("/search", m.word(&a), "outlet", a.Outlet.Slug, "sort", "newest")
	}},
	{"search: page 5 of a year", 3, func(m *mix) string {
		a := m.someWith(isDated)
		return searchFor("/search", "the", "year", a.Published.Year(), "page", "5")
	}},
	{"search: prefix", 2, func(m *mix) string { a := m.some(); return searchFor("/search", m.word(&a)[:4]+"*") }},
	{"search: fuzzy", 2, func(m *mix) string { a := m.some(); return searchFor("/search", m.word(&a)+"~") }},
	{"article", 24, func(m *mix) string { a := m.some(); return "/articles/" + string(a.ID) + "/" + a.Slug }},
	{"person", 7, func(m *mix) string { return "/people/" + url.PathEscape(m.someWith(hasPerson).Persons[0].Slug) }},
	{"place", 3, func(m *mix) string { return "/places/" + url.PathEscape(m.someWith(hasPlace).Places[0].Slug) }},
	{"outlet", 2, func(m *mix) string { return "/outlets/" + m.some().Outlet.Slug }},
	{"day", 4, func(m *mix) string {
		day, _ := m.someWith(isDated).Published.Days()
		return "/dates/" + strings.ReplaceAll(day, "-", "/")
	}},
	{"year", 1, func(m *mix) string { return "/dates/" + m.someWith(isDated).Published.Year() }},
	{"people", 1, func(*mix) string { return "/people" }},
	{"API: search", 6, func(m *mix) string { a := m.some(); return searchFor("/api/v1/search", m.word(&a)) }},
	{"API: article", 2, func(m *mix) string { return "/api/v1/articles/" + string(m.some().ID) }},
}

// draw is the next page, by shares.
func (m *mix) draw() (k int, path string) {
	all := 0
	for _, k := range loadKinds {
		all += k.share
	}
	x := m.r.IntN(all)
	for i, k := range loadKinds {
		if x -= k.share; x < 0 {
			return i, k.path(m)
		}
	}
	return 0, loadKinds[0].path(m)
}
