package index

import (
	"context"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"backfile/internal/news"
	language "backfile/internal/search"
	"backfile/internal/text"

	"backfile/internal/fuzztime"
	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"
)

// TestOracle asks Bleve's own search the same questions.
func TestOracle(t *testing.T) {
	x := mustOpen(t, filepath.Join(t.TempDir(), "index"), "store")
	feed(t, x, 0, 600)
	feed(t, x, 200, 300) // replaced: deletions in old segments
	r := rand.New(rand.NewPCG(1, 2))
	for range 150 {
		a := generator.Article(r.IntN(600))
		var words []string
		for tok := range text.Tokens(a.Body) {
			words = append(words, tok.Fold)
		}
		i := r.IntN(len(words) - 4)
		var ours language.Node
		var theirs query.Query
		switch r.IntN(4) {
		case 0:
			ours, theirs = language.Word{Text: words[i]}, anyStem(x.now.vocabulary, words[i])
		case 1:
			ours = language.And{Parts: []language.Node{language.Word{Text: words[i]}, language.Word{Text: words[0]}}}
			theirs = bleve.NewConjunctionQuery(anyStem(x.now.vocabulary, words[i]), anyStem(x.now.vocabulary, words[0]))
		case 2:
			ours = language.All(language.Word{Text: words[i]}, language.Not{Part: language.Word{Text: words[0]}})
			not := bleve.NewBooleanQuery()
			not.AddMust(anyStem(x.now.vocabulary, words[i]))
			not.AddMustNot(anyStem(x.now.vocabulary, words[0]))
			theirs = not
		case 3:
			if len(a.Persons) == 0 {
				continue
			}
			id := a.Persons[0].ID
			ours = language.All(language.Entities{Kind: news.Person, IDs: []news.EntityID{id}}, language.Word{Text: words[i]})
			theirs = bleve.NewConjunctionQuery(termQuery(fieldKey, key(tagPerson, string(id))), anyStem(x.now.vocabulary, words[i]))
		}
		q := language.Request{Query: ours, PerPage: 100}
		var got []string
		for {
			res, err := x.Search(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			for _, h := range res.Hits {
				got = append(got, documentID(h.ID, h.Version))
			}
			if q.After = res.Next; q.After == "" {
				break
			}
		}
		res, err := x.now.bleve.Search(bleve.NewSearchRequestOptions(theirs, 1000, 0, false))
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		for _, h := range res.Hits {
			want = append(want, h.ID)
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s: %d hits, Bleve has %d", ours, len(got), len(want))
		}
	}
}

func termQuery(field, term string) query.Query {
	q := bleve.NewTermQuery(term)
	q.SetField(field)
	return q
}

// anyStem is for Bleve what a word is for us: any of the words with its stem.
func anyStem(vocabulary *vocabulary, w string) query.Query {
	var forms []query.Query
	for _, other := range vocabulary.all() {
		if Stem("en", other) == Stem("en", w) {
			forms = append(forms, termQuery(fieldWord, other))
		}
	}
	return bleve.NewDisjunctionQuery(forms...)
}

// TestWhileWriting searches while articles come in: every answer is one of a
// moment, and none fails.
func TestWhileWriting(t *testing.T) {
	x := mustOpen(t, filepath.Join(t.TempDir(), "index"), "store")
	done := make(chan struct{})
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			last := 0
			for {
				r, err := x.Search(context.Background(), language.Request{Facets: map[string]int{language.FacetLanguage: 0}})
				if err != nil {
					t.Errorf("Search: %v", err)
					return
				}
				if r.Total < last || r.Total%feedBatch != 0 {
					t.Errorf("%d articles after %d", r.Total, last)
				}
				if c := r.Facets[language.FacetLanguage]; r.Total > 0 && (len(c) != 1 || c[0].N != r.Total) {
					t.Errorf("facet %v of %d", c, r.Total)
				}
				last = r.Total
				select {
				case <-done:
					return
				case <-time.After(5 * time.Millisecond): // the writer wants a processor too
				}
			}
		})
	}
	feed(t, x, 0, 600)
	close(done)
	wg.Wait()
	if n := total(t, x, "*"); n != 600 {
		t.Errorf("%d articles, want 600", n)
	}
}

// TestPanic has a search hit something broken: it gets an error, the next Open a
// new index.
func TestPanic(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	x := mustOpen(t, dir, "store")
	feed(t, x, 0, 100)
	total(t, x, "*")
	v, err := x.now.acquire()
	if err != nil {
		t.Fatal(err)
	}
	v.segments[0].columns.numbers = nil
	v.release()
	if _, err := x.Search(t.Context(), language.Request{Query: language.DateRange{Text: "2021", First: "2021-01-01", Last: "2021-12-31"}}); err == nil {
		t.Error("no error from a broken index")
	}
	if x.Damaged() == "" {
		t.Error("not found to be damaged")
	}
	x.Close()
	if x = mustOpen(t, dir, "store"); !x.Fresh() {
		t.Error("the next Open keeps the broken index")
	}
}

func TestTime(t *testing.T) {
	x := mustOpen(t, filepath.Join(t.TempDir(), "index"), "store")
	feed(t, x, 0, 100)
	ctx, cancel := context.WithTimeout(t.Context(), time.Nanosecond)
	defer cancel()
	if _, err := x.Search(ctx, language.Request{Query: language.Word{Text: "the"}}); err == nil {
		t.Error("a search without time succeeds")
	}
	if x.Damaged() != "" {
		t.Errorf("damaged: %s", x.Damaged())
	}
}

func TestStem(t *testing.T) {
	for _, tc := range []struct{ lang, in, want string }{
		{"en", "floods", "flood"}, {"", "floods", "flood"}, {"en-GB", "flooding", "flood"},
		{"en", "organization", Stem("en", "organisation")}, {"en", "news", "news"}, {"en", "covid19", "covid19"},
		{"de", "hauser", "haus"}, {"nb", "husene", Stem("no", "huset")}, {"zh", "新", "新"}, {"xx", "floods", "floods"}, {"en", "", ""},
	} {
		if got := Stem(tc.lang, tc.in); got != tc.want {
			t.Errorf("Stem(%q, %q) = %q, want %q", tc.lang, tc.in, got, tc.want)
		}
	}
}

func FuzzStem(f *testing.F) {
	for l := range stemmers {
		f.Add(l, "organisationen")
	}
	f.Fuzz(func(t *testing.T, lang, w string) {
		defer fuzztime.Check(t, time.Now())
		if got := Stem(lang, w); w != "" && got == "" {
			t.Errorf("Stem(%q, %q) is empty", lang, w)
		}
	})
}
