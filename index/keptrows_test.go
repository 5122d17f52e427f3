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

// TestKeptRows asks for phrases, alone and with filters, while articles are replaced: where
// segments keep them the answers are those of looking again.
func TestKeptRows(t *testing.T) {
	defer func(share, least, rows int) { fewShare, fewLeast, fewestRows = share, least, rows }(fewShare, fewLeast, fewestRows)
	fewShare, fewLeast = 1<<30, -1
	x, err := Open(filepath.Join(t.TempDir(), "index"), "store", Options{NoCache: true})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	feed(t, x, 0, 600)
	r := rand.New(rand.NewPCG(3, 9))
	var phrases []language.Node
	for range 12 {
		var words []string
		for tok := range text.Tokens(generator.Article(r.IntN(600)).Body) {
			words = append(words, tok.Fold)
		}
		n := r.IntN(len(words) - 3)
		phrases = append(phrases, language.Phrase{Text: fmt.Sprint(words[n], " ", words[n+1])})
	}
	phrases = append(phrases, language.Phrase{Text: "of the"}, language.Phrase{Text: "in the"})
	for i := range 200 {
		if i%10 == 9 { // some are replaced by others, or are gone
			var us []Update
			for range 20 {
				n := r.IntN(600)
				v := generator.Version(n)
				if v.Article.Body += " of the in the end"; r.IntN(3) == 0 {
					us = append(us, Update{ID: v.Article.ID})
					continue
				}
				us = append(us, Update{ID: v.Article.ID, Versions: []news.Version{v}})
			}
			if err := x.Apply(t.Context(), us, "x"); err != nil {
				t.Fatal(err)
			}
		}
		parts := []language.Node{phrases[r.IntN(len(phrases))]}
		switch r.IntN(4) {
		case 0:
			parts = append(parts, language.DateRange{Text: "x", First: "1950-01-01", Last: fmt.Sprint(1950+r.IntN(70), "-06-30")})
		case 1:
			parts = append(parts, phrases[r.IntN(len(phrases))])
		case 2:
			parts = append(parts, language.Not{Part: phrases[r.IntN(len(phrases))]})
		}
		q := language.Request{Query: language.All(parts...), PerPage: 10, Sort: []language.Sort{language.Relevance, language.Newest}[r.IntN(2)], Facets: map[string]int{language.FacetYear: 0}}
		ask := func(least int) string {
			fewestRows = least
			res, err := x.Search(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			res.Took = 0
			b, err := json.Marshal(res)
			if err != nil {
				t.Fatal(err)
			}
			return string(b)
		}
		want := ask(1 << 30)
		for range 2 {
			if got := ask(1); got != want {
				t.Fatalf("%d: %s by %s: with what was kept\n%s\nwithout\n%s", i, language.String(q.Query), q.Sort, got, want)
			}
		}
	}
	v, err := x.now.acquire()
	if err != nil {
		t.Fatal(err)
	}
	defer v.release()
	kept := 0
	for i := range v.segments {
		kept += len(v.segments[i].rows.of)
	}
	if kept < 5 {
		t.Errorf("%d phrases are kept", kept)
	}
}

func TestKeptRowsBounded(t *testing.T) {
	var k keptRows
	for i := range 10 {
		k.put(fmt.Sprint(i), rows{docs: make([]uint32, mostRows/4)})
	}
	if len(k.of) > 4 || k.n > mostRows {
		t.Errorf("%d phrases with %d documents are kept", len(k.of), k.n)
	}
	if _, ok := k.get("9", false); !ok {
		t.Error("the last is not kept")
	}
	if _, ok := k.get("9", true); ok {
		t.Error("weights are given that nobody made")
	}
	if k.put("all", rows{docs: make([]uint32, mostRows)}); k.n > mostRows {
		t.Error("more is kept than may be")
	}
}
