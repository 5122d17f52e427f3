package indextest

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"backfile/index"
	"backfile/internal/news"
	"backfile/internal/search"

	"github.com/google/go-cmp/cmp"
)

func testOrder(t *testing.T, x Index) {
	a := func(id, published, body string) news.Article {
		return news.Article{ID: news.ArticleID(id), Published: date(t, published), Headline: "Notice", Body: body}
	}
	fill(t, x,
		a("b-2001", "2001-05-05", "fish market"), a("a-2001", "2001-05-05", "fish market"),
		a("zoned", "2001-05-06T01:00:00+03:00", "fish market"), // the evening of the 5th in UTC
		a("d-2010", "2010", "fish fish fish market"), a("e-1936", "1936-01-02", "fish"), a("undated", "", "fish market"))
	for _, tc := range []struct {
		sort search.Sort
		q    string
		want []string
	}{
		{search.Newest, "*", []string{"d-2010", "zoned", "a-2001", "b-2001", "e-1936", "undated"}},
		{search.Oldest, "*", []string{"e-1936", "a-2001", "b-2001", "zoned", "d-2010", "undated"}},
		// nothing to score: the newest first
		{search.Relevance, "*", []string{"d-2010", "zoned", "a-2001", "b-2001", "e-1936", "undated"}},
		{"", "date:2001", []string{"zoned", "a-2001", "b-2001"}},
		{search.Newest, "fish -market", []string{"e-1936"}},
		// equally good: the newest first
		{search.Relevance, "market", []string{"d-2010", "zoned", "a-2001", "b-2001", "undated"}},
	} {
		if got := ids(find(t, x, search.Request{Query: parse(t, tc.q), Sort: tc.sort})); !slices.Equal(got, tc.want) {
			t.Errorf("%s by %q: %v, want %v", tc.q, tc.sort, got, tc.want)
		}
	}
	r := find(t, x, search.Request{Query: parse(t, "fish")})
	if r.Hits[0].ID != "e-1936" && r.Hits[0].ID != "d-2010" {
		t.Errorf("best for fish is %s", r.Hits[0].ID)
	}
}

func testPages(t *testing.T, x Index) {
	const n = 57
	var all []news.Article
	for i := range n {
		a := news.Article{ID: news.ArticleID(fmt.Sprintf("a%02d", i)), Headline: "Tide table", Body: "high water"}
		if i%3 > 0 {
			a.Published = date(t, fmt.Sprintf("20%02d-01-01", i%5))
		}
		all = append(all, a)
	}
	fill(t, x, all...)
	for _, sort := range []search.Sort{search.Relevance, search.Newest, search.Oldest} {
		whole := ids(find(t, x, search.Request{Query: parse(t, "tide"), Sort: sort, PerPage: 100}))
		if len(whole) != n {
			t.Fatalf("%s: %d hits, want %d", sort, len(whole), n)
		}
		var paged, after []string
		for page := 1; page <= 6; page++ {
			paged = append(paged, ids(find(t, x, search.Request{Query: parse(t, "tide"), Sort: sort, Page: page, PerPage: 10}))...)
		}
		q := search.Request{Query: parse(t, "tide"), Sort: sort, PerPage: 10}
		for range 10 {
			r := find(t, x, q)
			if r.Total != n {
				t.Errorf("%s: total %d on a later page, want %d", sort, r.Total, n)
			}
			after = append(after, ids(r)...)
			if q.After = r.Next; r.Next == "" {
				break
			}
		}
		if !slices.Equal(paged, whole) || !slices.Equal(after, whole) {
			t.Errorf("%s: pages differ from the whole:\n%v\n%v\n%v", sort, whole, paged, after)
		}
	}
}

func testFacets(t *testing.T, x Index) {
	fill(t, x, corpus(t)...)
	facets := map[string]int{search.FacetPerson: 0, search.FacetPlace: 1, search.FacetOrganisation: 0, search.FacetOutlet: 2, search.FacetYear: 0,
		search.FacetMonth: 0, search.FacetDay: 0, search.FacetSection: 0, search.FacetLanguage: 0}
	r := find(t, x, search.Request{Facets: facets, CountOnly: true})
	if r.Total != 11 || len(r.Hits) > 0 {
		t.Errorf("everything: total %d, %d hits", r.Total, len(r.Hits))
	}
	want := map[string][]search.Count{
		search.FacetPlace:    {{Value: string(news.NewEntityID(news.Place, "norby")), N: 2}}, // or Hamburg: see below
		search.FacetOutlet:   {{Value: "nordpost", N: 4}, {Value: "harbour-gazette", N: 3}},
		search.FacetLanguage: {{Value: "en", N: 9}, {Value: "de", N: 1}, {Value: "ru", N: 1}},
		search.FacetYear: {{Value: "1953", N: 1}, {Value: "1999", N: 1}, {Value: "2013", N: 1}, {Value: "2017", N: 1}, {Value: "2018", N: 2},
			{Value: "2019", N: 2}, {Value: "2020", N: 1}, {Value: "2021", N: 1}},
	}
	if h := string(news.NewEntityID(news.Place, "hamburg")); h < want[search.FacetPlace][0].Value {
		want[search.FacetPlace][0].Value = h
	}
	for name, w := range want {
		if diff := cmp.Diff(w, r.Facets[name]); diff != "" {
			t.Errorf("facet %s (-want +got):\n%s", name, diff)
		}
	}
	if n := len(r.Facets[search.FacetMonth]); n != 8 { // not that of 2021, which has none
		t.Errorf("%d months, want 8: %v", n, r.Facets[search.FacetMonth])
	}
	if n := len(r.Facets[search.FacetDay]); n != 8 { // nor that of 2020-04
		t.Errorf("%d days, want 8: %v", n, r.Facets[search.FacetDay])
	}
	if len(r.Facets[search.FacetPerson]) != 4 || len(r.Facets[search.FacetOrganisation]) != 3 {
		t.Errorf("persons %v, organisations %v", r.Facets[search.FacetPerson], r.Facets[search.FacetOrganisation])
	}
	// Two that are one count as one, an article with both once; and none of what is
	// counted otherwise changes.
	people := map[news.EntityID]news.EntityID{}
	nobody := news.NewEntityID(news.Person, "nobody in the corpus")
	for _, c := range r.Facets[search.FacetPerson] {
		people[news.EntityID(c.Value)] = nobody
	}
	var ids []news.EntityID
	for id := range people {
		ids = append(ids, id)
	}
	any := find(t, x, search.Request{Query: search.Entities{Kind: news.Person, Name: "all", IDs: ids}, CountOnly: true}).Total
	one := find(t, x, search.Request{Merged: search.NewMerged(people), Facets: facets, CountOnly: true})
	if diff := cmp.Diff([]search.Count{{Value: string(nobody), N: any}}, one.Facets[search.FacetPerson]); diff != "" {
		t.Errorf("persons that are one (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(r.Facets[search.FacetPlace], one.Facets[search.FacetPlace]); diff != "" {
		t.Errorf("places where persons are one (-want +got):\n%s", diff)
	}
	// of a query, and of what a facet's value then finds
	q := parse(t, "norby")
	r = find(t, x, search.Request{Query: q, Facets: map[string]int{search.FacetOutlet: 0}})
	for _, c := range r.Facets[search.FacetOutlet] {
		narrowed := search.All(q, search.Field{Name: search.FieldOutlet, Value: c.Value})
		if got := find(t, x, search.Request{Query: narrowed}).Total; got != c.N {
			t.Errorf("outlet %s counts %d, and finds %d", c.Value, c.N, got)
		}
	}
}

func testDates(t *testing.T, x Index) {
	var all []news.Article
	for _, s := range []string{"1936-05-01", "2021-12-02T23:30:00-05:00", "2021-12-03", "2021-12", "2021", "2022-01-01", ""} {
		all = append(all, news.Article{ID: news.ArticleID("d" + s), Published: date(t, s), Headline: "x"})
	}
	fill(t, x, all...)
	for _, tc := range []struct {
		q    string
		want []string
	}{
		// A day in the offset that the article states, whatever it is elsewhere.
		{"date:2021-12-02", []string{"d2021", "d2021-12", "d2021-12-02T23:30:00-05:00"}},
		{"date:2021-12-03", []string{"d2021", "d2021-12", "d2021-12-03"}},
		{"date:2021-11", []string{"d2021"}},
		{"date:2021", []string{"d2021", "d2021-12", "d2021-12-02T23:30:00-05:00", "d2021-12-03"}},
		{"date:..1950", []string{"d1936-05-01"}},
		{"date:2022..", []string{"d2022-01-01"}},
		{"date:1936..1936-05", []string{"d1936-05-01"}},
		{"date:2023", []string{}},
		{"-date:1900..", []string{"d"}},
	} {
		got := ids(find(t, x, search.Request{Query: parse(t, tc.q)}))
		slices.Sort(got)
		if !slices.Equal(got, tc.want) {
			t.Errorf("%s: %v, want %v", tc.q, got, tc.want)
		}
	}
}

func testApply(t *testing.T, x Index) {
	if c, err := x.Cursor(); err != nil || c != "" {
		t.Fatalf("cursor of an empty index = %q, %v", c, err)
	}
	if r := find(t, x, search.Request{Query: parse(t, "herring")}); r.Total != 0 {
		t.Errorf("an empty index finds %d", r.Total)
	}
	herring := news.Article{ID: "fish", Headline: "Herring", Body: "A catch of herring."}
	other := news.Article{ID: "other", Headline: "Herring again"}
	apply(t, x, "1", one(herring), one(other))
	for range 2 { // twice is as good as once
		apply(t, x, "2", one(herring))
	}
	if c, err := x.Cursor(); err != nil || c != "2" {
		t.Errorf("cursor = %q, %v, want 2", c, err)
	}
	if r := find(t, x, search.Request{Query: parse(t, "herring")}); r.Total != 2 {
		t.Errorf("herring: %d, want 2", r.Total)
	}
	herring.Headline, herring.Body = "Mackerel", "A catch of mackerel."
	apply(t, x, "3", one(news.Article{ID: "fish", Headline: "Salmon"}), one(herring)) // the later counts
	if got := ids(find(t, x, search.Request{Query: parse(t, "herring OR salmon")})); !slices.Equal(got, []string{"other"}) {
		t.Errorf("herring after the change: %v", got)
	}
	if r := find(t, x, search.Request{Query: parse(t, "mackerel")}); r.Total != 1 {
		t.Errorf("mackerel: %d, want 1", r.Total)
	}
	apply(t, x, "4", index.Update{ID: "fish"}, index.Update{ID: "never-there"})
	if r := find(t, x, search.Request{}); r.Total != 1 || r.Hits[0].ID != "other" {
		t.Errorf("after the removal: %v", ids(r))
	}
	apply(t, x, "5")
	if c, err := x.Cursor(); err != nil || c != "5" {
		t.Errorf("cursor = %q, %v, want 5", c, err)
	}
}

func testVersions(t *testing.T, x Index) {
	at := time.Date(2021, 1, 1, 0, 0, 0, 0, time.UTC)
	v := func(n int, headline string, superseded time.Time) news.Version {
		return news.Version{N: n, At: at.AddDate(0, n, 0), Superseded: superseded, Article: news.Article{ID: "a", Headline: headline, Outlet: news.NewOutlet("Post")}}
	}
	first, second := v(1, "Minister resigns", at.AddDate(0, 2, 0)), v(2, "Minister stays", time.Time{})
	apply(t, x, "1", index.Update{ID: "a", Versions: []news.Version{v(1, "Minister resigns", time.Time{})}})
	apply(t, x, "2", index.Update{ID: "a", Versions: []news.Version{first, second}})
	r := find(t, x, search.Request{Query: parse(t, "minister"), Facets: map[string]int{search.FacetOutlet: 0}})
	if r.Total != 1 || len(r.Hits) != 1 || r.Hits[0].Version != 2 {
		t.Errorf("minister: %+v, want version 2 alone", r)
	}
	if diff := cmp.Diff([]search.Count{{Value: "post", N: 1}}, r.Facets[search.FacetOutlet]); diff != "" {
		t.Errorf("outlets count articles, not versions:\n%s", diff)
	}
	if r := find(t, x, search.Request{Query: parse(t, "resigns")}); r.Total != 0 {
		t.Errorf("the old version is found: %v", ids(r))
	}
	apply(t, x, "3", index.Update{ID: "a", Versions: []news.Version{second}})
	if r := find(t, x, search.Request{Query: parse(t, "stays")}); r.Total != 1 {
		t.Errorf("stays: %d, want 1", r.Total)
	}
}

func testRequests(t *testing.T, x Index) {
	fill(t, x, corpus(t)...)
	for _, q := range []search.Request{
		{Sort: "best"}, {Facets: map[string]int{"weather": 1}}, {Page: 501, PerPage: 20}, {Page: 1 << 60}, {After: "rubbish"}, {After: "!"},
	} {
		if _, err := x.Search(t.Context(), q); !errors.Is(err, news.ErrInvalid) {
			t.Errorf("Search(%+v) = %v, want %v", q, err, news.ErrInvalid)
		}
	}
	if r := find(t, x, search.Request{PerPage: 1000}); len(r.Hits) != 11 || r.Total != 11 || r.Next != "" {
		t.Errorf("a page of 1000: %d hits of %d, next %q", len(r.Hits), r.Total, r.Next)
	}
	if r := find(t, x, search.Request{Page: 3}); len(r.Hits) != 0 || r.Total != 11 {
		t.Errorf("a page behind the last: %d hits of %d", len(r.Hits), r.Total)
	}
	if r := find(t, x, search.Request{Query: search.Or{}}); r.Total != 0 {
		t.Errorf("nothing finds %d", r.Total)
	}
	if r := find(t, x, search.Request{Query: search.Articles{Name: "list:x", IDs: []news.ArticleID{"swim", "budget", "none"}}}); r.Total != 2 {
		t.Errorf("a list of two finds %d", r.Total)
	}
}

// testManyNames asks for more names at once than an engine would take clauses.
func testManyNames(t *testing.T, x Index) {
	var ids []news.EntityID
	var all []news.Article
	for i := range 3000 {
		id := news.NewEntityID(news.Person, fmt.Sprint("john ", i))
		ids = append(ids, id)
		if i%30 == 0 {
			all = append(all, news.Article{ID: news.ArticleID(fmt.Sprint("a", i)), Headline: "x", Persons: []news.Entity{{Kind: news.Person, ID: id, Count: 1}}})
		}
	}
	fill(t, x, all...)
	if r := find(t, x, search.Request{Query: search.Entities{Kind: news.Person, Name: "john", IDs: ids}}); r.Total != len(all) {
		t.Errorf("3000 Johns: %d articles, want %d", r.Total, len(all))
	}
}
