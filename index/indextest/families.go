package indextest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"backfile/index"
	"backfile/internal/news"
	"backfile/internal/search"
)

// member is an article of a family, "" for none.
func member(id, family, outlet, published, headline, body string) index.Update {
	d, err := news.ParseDate(published, news.FromGiven)
	if err != nil {
		panic(err)
	}
	return index.Update{ID: news.ArticleID(id), Versions: []news.Version{{N: 1, At: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Family: news.ArticleID(family), Article: news.Article{
		ID: news.ArticleID(id), Headline: headline, Body: body, Outlet: news.NewOutlet(outlet), Published: d, Language: "en",
	}}}}
}

// testFamilies asks for one hit of each wire family.
func testFamilies(t *testing.T, x Index) {
	agency := member("agency", "", "Argus", "2026-01-09", "Tide tables", "The tide turns.")
	agency.Versions[0].Article.Agency = "Reuters"
	own := member("own", "", "Reuters", "2026-01-09", "Tide tables", "The tide turns late.")
	own.Versions[0].Article.Agency = "Reuters"
	apply(t, x, "1",
		member("lead", "lead", "Post", "2026-01-01", "Fire at mill", "A fire broke out at the mill on the quay."),
		member("copy", "lead", "Echo", "2026-01-02", "Mill fire: fire, fire", "A fire broke out at the mill."),
		member("late", "lead", "Echo", "2026-01-05", "Blaze", "A fire broke out at the mill on the old quay."),
		member("twin1", "twin1", "Post", "2026-01-03", "Harbour", "The harbour is shut."),
		member("twin2", "twin1", "Post", "2026-01-04", "Harbour", "The harbour is shut."),
		member("alone", "", "Echo", "2026-01-06", "Quay", "A fire on the quay."),
		agency, own)
	for _, tc := range []struct {
		q     string
		order search.Sort
		group bool
		want  string // id/found/members/outlets
		total int
	}{
		{"", search.Newest, true, "agency own alone twin1/2/2/1 lead/3/3/2", 8},
		{"", search.Oldest, true, "lead/3/3/2 twin1/2/2/1 alone agency own", 8},
		{"", search.Newest, false, "agency own alone late/0/3/2 twin2/0/2/1 twin1/0/2/1 copy/0/3/2 lead/0/3/2", 8},
		{"fire -date:2026-01-01", search.Newest, true, "alone late/2/3/2", 3},
		{"fire -date:2026-01-01", search.Oldest, true, "copy/2/3/2 alone", 3},
		{"fire -date:2026-01-01", search.Relevance, true, "copy/2/3/2 alone", 3}, // the best of those found
		{"outlet:echo", search.Newest, true, "alone late/2/3/2", 3},
		{"headline:blaze", search.Newest, true, "late/1/3/2", 1},
		{"harbour", search.Relevance, true, "twin1/2/2/1", 2},
		{"is:wire", search.Newest, true, "agency lead/3/3/2", 4},
		{"is:wire", search.Newest, false, "agency late/0/3/2 copy/0/3/2 lead/0/3/2", 4},
		{"-is:wire", search.Oldest, true, "twin1/2/2/1 alone own", 4}, // two of one outlet are its own report
		{"is:wire agency:reuters", search.Newest, true, "agency", 1},
	} {
		r := find(t, x, search.Request{Query: parse(t, tc.q), Sort: tc.order, Group: tc.group, Facets: map[string]int{search.FacetOutlet: 0}})
		if got := strings.Join(grouped(r), " "); got != tc.want || r.Total != tc.total || r.Results != len(r.Hits) {
			t.Errorf("%q by %s, grouped %v: %d articles, %d results, %q, want %d, %q", tc.q, tc.order, tc.group, r.Total, r.Results, got, tc.total, tc.want)
		}
		n := 0
		for _, c := range r.Facets[search.FacetOutlet] {
			n += c.N
		}
		if n != r.Total {
			t.Errorf("%q, grouped %v: outlets count %d articles of %d", tc.q, tc.group, n, r.Total)
		}
	}
	// The lead's own score is less than its copy's, and the family does not sink for it.
	r := find(t, x, search.Request{Query: parse(t, "fire"), Group: true})
	if got := strings.Join(grouped(r), " "); got != "lead/3/3/2 alone" {
		t.Errorf("fire: %q", got)
	}
	// The lead is gone: its name stays until the others have another.
	apply(t, x, "2", index.Update{ID: "lead"})
	r = find(t, x, search.Request{Query: parse(t, "fire"), Sort: search.Oldest, Group: true})
	if got := strings.Join(grouped(r), " "); got != "copy/2/2/1 alone" || r.Hits[0].Family != "lead" {
		t.Errorf("without its lead: %q of %q", got, r.Hits[0].Family)
	}
	apply(t, x, "3", member("copy", "copy", "Post", "2026-01-02", "Fire", "A fire."), member("late", "copy", "Echo", "2026-01-05", "Blaze", "A fire broke out."))
	r = find(t, x, search.Request{Query: parse(t, "fire"), Sort: search.Oldest, Group: true})
	if got := strings.Join(grouped(r), " "); got != "copy/2/2/2 alone" || r.Hits[0].Family != "copy" {
		t.Errorf("with another lead: %q of %q", got, r.Hits[0].Family)
	}
}

// grouped are the hits in order, each with what is said of its family.
func grouped(r search.Result) []string {
	var out []string
	for _, h := range r.Hits {
		s := string(h.ID)
		if h.Family != "" {
			s += fmt.Sprintf("/%d/%d/%d", h.Found, h.Members, h.Outlets)
		}
		out = append(out, s)
	}
	return out
}

// testFamiliesScan leafs through grouped results in every way and compares them with
// what is made of the ungrouped ones.
func testFamiliesScan(t *testing.T, x Index) {
	r := rand.New(rand.NewPCG(8, 5))
	vocabulary := strings.Fields("harbour pier storm council mayor fire quay gale")
	family := map[news.ArticleID]news.ArticleID{}
	for round := range 4 {
		var us []index.Update
		for i := range 120 {
			id := fmt.Sprintf("a%03d", r.IntN(300))
			lead := ""
			if r.IntN(3) > 0 {
				lead = fmt.Sprintf("a%03d", r.IntN(20)) // some of them lead families that they are not in
			}
			var words []string
			for range 3 + r.IntN(9) {
				words = append(words, vocabulary[r.IntN(len(vocabulary))])
			}
			if i%9 == 0 {
				us = append(us, index.Update{ID: news.ArticleID(id)})
				continue
			}
			us = append(us, member(id, lead, vocabulary[r.IntN(3)], fmt.Sprintf("2026-01-%02d", 1+r.IntN(28)), "Report", strings.Join(words, " ")))
			family[news.ArticleID(id)] = news.ArticleID(lead)
		}
		apply(t, x, news.Cursor(fmt.Sprint(round)), us...)
		for range 12 {
			word := vocabulary[r.IntN(len(vocabulary))]
			for _, order := range []search.Sort{search.Newest, search.Oldest, search.Relevance} {
				req := search.Request{Query: parse(t, word+" -outlet:"+vocabulary[r.IntN(3)]), Sort: order, PerPage: 100}
				all := leaf(t, x, req)
				// What stands for each family, and where.
				type place struct {
					search.Hit
					at int // of the first of the family
				}
				var want []news.ArticleID
				stands := map[news.ArticleID]place{}
				for i, h := range all {
					f := h.Family
					if f == "" {
						f = "alone " + h.ID
					}
					p, ok := stands[f]
					if !ok {
						p = place{h, i}
					}
					if h.ID == h.Family {
						p.Hit = h
						if order != search.Relevance {
							p.at = i
						}
					}
					stands[f] = p
				}
				places := make([]place, 0, len(stands))
				for _, p := range stands {
					places = append(places, p)
				}
				slices.SortFunc(places, func(a, b place) int {
					if order == search.Relevance && all[a.at].Score != all[b.at].Score {
						if all[a.at].Score > all[b.at].Score {
							return -1
						}
						return 1
					}
					return slices.IndexFunc(all, func(h search.Hit) bool { return h.ID == a.ID }) - slices.IndexFunc(all, func(h search.Hit) bool { return h.ID == b.ID })
				})
				for _, p := range places {
					want = append(want, p.ID)
				}
				req.Group = true
				for _, perPage := range []int{7, 100} {
					req.PerPage = perPage
					for _, how := range []string{"after", "page"} {
						got := leaf(t, x, req)
						if how == "page" {
							got = pages(t, x, req)
						}
						var ids []news.ArticleID
						found := 0
						for _, h := range got {
							ids = append(ids, h.ID)
							found += max(h.Found, 1)
						}
						if order == search.Relevance {
							// Equal scores may stand in another order, for a lead keeps its own date.
							slices.Sort(ids)
							sorted := slices.Clone(want)
							slices.Sort(sorted)
							if !slices.Equal(ids, sorted) {
								t.Fatalf("%s by %s, %d by %s: %v, want %v", req.Query, order, perPage, how, ids, sorted)
							}
							if !slices.IsSortedFunc(got, func(a, b search.Hit) int {
								if a.Score > b.Score {
									return -1
								}
								if a.Score < b.Score {
									return 1
								}
								return 0
							}) {
								t.Fatalf("%s: the scores of %v are not in order", req.Query, got)
							}
						} else if !slices.Equal(ids, want) {
							t.Fatalf("%s by %s, %d by %s: %v, want %v", req.Query, order, perPage, how, ids, want)
						}
						if found != len(all) {
							t.Fatalf("%s by %s: the hits stand for %d articles of %d", req.Query, order, found, len(all))
						}
					}
				}
			}
		}
	}
}

// leaf goes through all results by Next.
func leaf(t *testing.T, x Index, req search.Request) (out []search.Hit) {
	t.Helper()
	for {
		r := find(t, x, req)
		out = append(out, r.Hits...)
		if r.Next == "" {
			if len(out) != r.Results {
				t.Fatalf("%d hits of %d results", len(out), r.Results)
			}
			return out
		}
		req.After = r.Next
	}
}

// pages goes through all results by their numbers.
func pages(t *testing.T, x Index, req search.Request) (out []search.Hit) {
	t.Helper()
	for req.Page = 1; ; req.Page++ {
		r := find(t, x, req)
		out = append(out, r.Hits...)
		if req.Page*req.PerPage >= r.Results {
			return out
		}
	}
}
