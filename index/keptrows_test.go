package index

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"reflect"
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

// brief is a context that ends when it was asked a few times whether it has.
type brief struct {
	context.Context
	left int
}

func (b *brief) Err() error {
	if b.left--; b.left < 0 {
		return context.DeadlineExceeded
	}
	return nil
}

// TestKeptRowsGoOn asks for a phrase that takes longer than a search may: each search goes on where the
// last one ended, and one finds all.
func TestKeptRowsGoOn(t *testing.T) {
	defer func(share, least, rows int) { fewShare, fewLeast, fewestRows = share, least, rows }(fewShare, fewLeast, fewestRows)
	fewShare, fewLeast, fewestRows = 1<<30, -1, 1<<30
	x := mustOpen(t, filepath.Join(t.TempDir(), "index"), "store")
	feed(t, x, 0, 600)
	for _, sort := range []language.Sort{language.Newest, language.Relevance} {
		q := language.Request{Query: language.Phrase{Text: "of the"}, Page: 1, PerPage: 100, Sort: sort}
		want, err := x.now.answer(t.Context(), q, nil)
		if err != nil {
			t.Fatal(err)
		}
		fewestRows = 1
		ended := 0
		got, err := language.Result{}, context.DeadlineExceeded
		for ; errors.Is(err, context.DeadlineExceeded) && ended < 100; ended++ {
			got, err = x.now.answer(&brief{t.Context(), 12}, q, nil)
		}
		if err != nil || ended < 3 || got.Total != want.Total || !reflect.DeepEqual(got.Hits, want.Hits) {
			t.Errorf("by %s: %d found at the attempt %d, %v; want %d", sort, got.Total, ended, err, want.Total)
		}
		fewestRows = 1 << 30
	}
}

func TestKeptRowsBounded(t *testing.T) {
	var k keptRows
	const docs = 100
	for i := range 10 {
		k.put(fmt.Sprint(i), rows{docs: make([]uint32, docs)}, docs)
	}
	if len(k.of) > mostRows || k.n > mostRows*docs {
		t.Errorf("%d phrases with %d documents are kept", len(k.of), k.n)
	}
	if _, ok := k.get("9", false); !ok {
		t.Error("the last is not kept")
	}
	if _, ok := k.get("9", true); ok {
		t.Error("weights are given that nobody made")
	}
}
