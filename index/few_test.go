package index

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"backfile/internal/news"
	language "backfile/internal/search"
	"backfile/internal/text"
)

// TestOneByOne asks the same with documents looked at one by one and with sets of bits: the whole answers are
// the same.
func TestOneByOne(t *testing.T) {
	defer func(share, least int) { fewShare, fewLeast = share, least }(fewShare, fewLeast)
	x, err := Open(filepath.Join(t.TempDir(), "index"), "store", Options{NoCache: true})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	feed(t, x, 0, 900)
	var us []Update
	for i := range 300 { // replaced, so that old segments have deletions, and in families
		v := generator.Version(i)
		v.Family = generator.Version(i - i%5).Article.ID
		us = append(us, Update{ID: v.Article.ID, Versions: []news.Version{v}})
	}
	if err := x.Apply(t.Context(), us, "x"); err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(7, 7))
	few := 0
	for i := range 300 {
		a := generator.Article(r.IntN(900))
		var words []string
		for tok := range text.Tokens(a.Body) {
			words = append(words, tok.Fold)
		}
		word := func() language.Node { return language.Word{Text: words[r.IntN(len(words))]} }
		var parts []language.Node
		for range 1 + r.IntN(3) {
			switch n := r.IntN(len(words) - 4); r.IntN(8) {
			case 0:
				parts = append(parts, language.Phrase{Text: fmt.Sprint(words[n], " ", words[n+1])})
			case 1:
				parts = append(parts, language.Field{Name: language.FieldOutlet, Value: a.Outlet.Name})
			case 2:
				parts = append(parts, language.DateRange{Text: "x", First: "1950-01-01", Last: fmt.Sprint(1950+r.IntN(70), "-06-30")})
			case 3:
				if len(a.Persons) > 0 {
					parts = append(parts, language.Entities{Kind: news.Person, IDs: []news.EntityID{a.Persons[0].ID}})
				}
			case 4:
				parts = append(parts, language.Field{Name: language.FieldLanguage, Value: "en"})
			default:
				parts = append(parts, word())
			}
		}
		q := language.Request{Query: language.All(parts...), PerPage: 1 + r.IntN(30), Group: r.IntN(2) == 0, Page: 1 + r.IntN(2),
			Sort:   []language.Sort{language.Relevance, language.Newest, language.Oldest}[r.IntN(3)],
			Facets: map[string]int{language.FacetPerson: 5, language.FacetOutlet: 0, language.FacetYear: 0}}
		if len(a.Persons) > 0 && r.IntN(3) == 0 {
			q.Prefer = []language.Entities{{Kind: news.Person, IDs: []news.EntityID{a.Persons[0].ID}}}
		}
		ask := func(share, least int) (out []string) {
			fewShare, fewLeast = share, least
			for q, n := q, 0; n < 3; n++ {
				res, err := x.Search(t.Context(), q)
				if err != nil {
					t.Fatal(err)
				}
				res.Took = 0
				b, err := json.Marshal(res)
				if err != nil {
					t.Fatal(err)
				}
				if out = append(out, string(b)); res.Next == "" {
					break
				}
				q.After = res.Next
			}
			return out
		}
		want := ask(1<<30, -1)
		if got := ask(1, 0); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("%d: %s by %s, grouped %t\n%s\none by one, and with sets\n%s", i, language.String(q.Query), q.Sort, q.Group, got, want)
		}
		v, err := x.now.acquire()
		if err != nil {
			t.Fatal(err)
		}
		s := x.now.newSearch(t.Context(), v, q)
		if _, ok, err := s.oneByOne(language.Simplify(q.Query)); ok && err == nil {
			few++
		}
		s.done()
		v.release()
	}
	if few < 100 {
		t.Errorf("%d of 300 searches were looked at one by one", few)
	}
}
