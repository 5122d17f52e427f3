package index

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"backfile/internal/news"
	language "backfile/internal/search"
)

// TestSameOrder asks for results by page and from each to the next, which takes other ways
// through the index: by levels or by scores, along the dates or hit by hit. The order is
// one.
func TestSameOrder(t *testing.T) {
	defer func(n int) { wordAlone = n }(wordAlone)
	x := mustOpen(t, filepath.Join(t.TempDir(), "index"), "store")
	x.noCache = true
	const n = 500
	for from := 0; from < n; from += 100 {
		var us []Update
		for i := from; i < from+100; i++ {
			v := generator.Version(i)
			if i%3 > 0 {
				v.Family = generator.Article(i - i%7).ID
			}
			if i%11 == 0 {
				v.Article.Published = news.Date{}
			}
			us = append(us, Update{ID: v.Article.ID, Versions: []news.Version{v}})
		}
		if err := x.Apply(t.Context(), us, news.Cursor(fmt.Sprint(from))); err != nil {
			t.Fatal(err)
		}
	}
	a := generator.Article(7)
	for _, q := range []string{"*", "the", "council", "council OR person:p", "council the", `"of the"`, "council -the", "counc*", "headline:the", "coun* OR the"} {
		query, _ := language.Parse(q)
		if q == "council OR person:p" {
			query = language.Or{Parts: []language.Node{language.Word{Text: "council"}, language.Entities{Kind: news.Person, Name: "p", IDs: []news.EntityID{a.Persons[0].ID}}}}
		}
		for _, sort := range []language.Sort{language.Relevance, language.Newest, language.Oldest} {
			for _, group := range []bool{false, true} {
				var ways [][]news.ArticleID
				for _, wordAlone = range []int{0, n} {
					for _, perPage := range []int{7, 100} {
						q := language.Request{Query: query, Sort: sort, Group: group, PerPage: perPage, Page: 1}
						var got []news.ArticleID
						for {
							r, err := x.Search(t.Context(), q)
							if err != nil {
								t.Fatal(err)
							}
							for _, h := range r.Hits {
								got = append(got, h.ID)
							}
							if len(r.Hits) == 0 || r.Next == "" {
								if len(got) != r.Results {
									t.Errorf("%s by %s: %d hits of %d", query, sort, len(got), r.Results)
								}
								break
							}
							if perPage == 7 {
								q.After = r.Next
							} else {
								q.Page++
							}
						}
						ways = append(ways, got)
					}
				}
				for i, got := range ways[1:] {
					if !slices.Equal(got, ways[0]) {
						t.Errorf("%s by %s, group %t, way %d: %d hits in another order than way 0: %d", query, sort, group, i+1, len(got), len(ways[0]))
					}
				}
			}
		}
	}
}
