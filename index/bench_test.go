package index

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"backfile/internal/family"
	"backfile/internal/news"
	"backfile/internal/newsgen"
	language "backfile/internal/search"
)

// The benchmarks' archive has this many articles, or BACKFILE_BENCH_ARTICLES.
const benchArticles = 100_000

func articlesOfBench() int {
	if n, err := strconv.Atoi(os.Getenv("BACKFILE_BENCH_ARTICLES")); err == nil && n > 0 {
		return n
	}
	return benchArticles
}

// openBench opens the benchmarks' index. BACKFILE_BENCH_DIR keeps it for the next
// run; otherwise it is built anew.
func openBench(b *testing.B) *Index {
	g := newsgen.New(1)
	return openFilled(b, "index", func(i int) Update {
		v := g.Version(i)
		if lead, ok := leadOfBench(i); ok {
			v.Family = g.Article(lead).ID
		}
		return Update{ID: v.Article.ID, Versions: []news.Version{v}}
	})
}

// openFilled opens the index of that name, filled with what of makes of each number.
func openFilled(b *testing.B, name string, of func(i int) Update) *Index {
	n := articlesOfBench()
	dir := os.Getenv("BACKFILE_BENCH_DIR")
	if dir == "" {
		dir = b.TempDir()
	}
	start := time.Now()
	x, err := Open(filepath.Join(dir, fmt.Sprintf("%s-%d", name, n)), "bench", Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { x.Close() })
	if c, err := x.Cursor(); err != nil || c != "filled" {
		const batch = 500
		var applying time.Duration
		for i := 0; i < n; i += batch {
			var us []Update
			for j := i; j < min(i+batch, n); j++ {
				us = append(us, of(j))
			}
			t := time.Now()
			if err := x.Apply(context.Background(), us, news.Cursor(strconv.Itoa(i))); err != nil {
				b.Fatal(err)
			}
			applying += time.Since(t)
		}
		if err := x.Apply(context.Background(), nil, "filled"); err != nil {
			b.Fatal(err)
		}
		b.Logf("built from %d articles: %.0f a second, %d MB, %d bytes an article", n, float64(n)/applying.Seconds(), size(x.dir)>>20, size(x.dir)/int64(n))
	} else {
		b.Logf("opened in %v, with the first view", time.Since(start).Round(time.Millisecond))
	}
	return x
}

// leadOfBench puts two in five of the articles into families: most of 10 members, and one of
// 300 among each 5,000 articles.
func leadOfBench(i int) (lead int, ok bool) {
	if i%5000 < 300 {
		return i - i%5000, true
	}
	return i - i%25, i%25 < 10
}

func size(dir string) (n int64) {
	filepath.Walk(dir, func(_ string, info os.FileInfo, err error) error {
		if err == nil {
			n += info.Size()
		}
		return nil
	})
	return n
}

// BenchmarkSearchPage measures a search page: 20 hits and the facets person, place,
// outlet and year, over a mix of queries, none of them answered from the cache.
func BenchmarkSearchPage(b *testing.B) {
	x := openBench(b)
	g := newsgen.New(1)
	a := g.Article(7)
	words := strings.Fields(a.Body)
	rare := slices.MaxFunc(words, func(a, b string) int { return len(a) - len(b) })
	person := language.Entities{Kind: news.Person, Name: "p", IDs: []news.EntityID{a.Persons[0].ID}}
	place := language.Entities{Kind: news.Place, Name: "l", IDs: []news.EntityID{a.Places[0].ID}}
	parse := func(q string) language.Node { n, _ := language.Parse(q); return n }
	for _, c := range []struct {
		name string
		req  language.Request
	}{
		{"everything", language.Request{}},
		{"everything newest", language.Request{Sort: language.Newest}},
		{"commonest word", language.Request{Query: parse("the")}},
		{"common word", language.Request{Query: parse("council")}},
		{"rare word", language.Request{Query: parse(rare)}},
		{"two words", language.Request{Query: parse("police station")}},
		{"common and rare", language.Request{Query: parse("the " + rare)}},
		{"or", language.Request{Query: parse("flood OR storm OR fire")}},
		{"not", language.Request{Query: parse("hospital -school")}},
		{"phrase", language.Request{Query: parse(`"police station"`)}},
		{"phrase of common words", language.Request{Query: parse(`"of the people"`)}},
		{"person", language.Request{Query: person}},
		{"person and date", language.Request{Query: language.All(person, parse("date:1990..2020"))}},
		{"word, place, date", language.Request{Query: language.All(parse("council date:2000..2010"), place)}},
		{"date", language.Request{Query: parse("date:2011")}},
		{"word newest", language.Request{Query: parse("council"), Sort: language.Newest}},
		{"page 250", language.Request{Query: parse("council"), Page: 250}},
	} {
		c.req.Facets = map[string]int{language.FacetPerson: 10, language.FacetPlace: 10, language.FacetOutlet: 10, language.FacetYear: 0}
		b.Run(strings.ReplaceAll(c.name, " ", "-"), func(b *testing.B) {
			// With families as one hit and with each article for itself, in turns.
			var took, apart []time.Duration
			var r language.Result
			for i := 0; b.Loop(); i++ {
				for n := range 2 {
					c.req.Group = (i+n)%2 == 0
					x.generation.Add(1) // forget the last answer
					start := time.Now()
					res, err := x.Search(context.Background(), c.req)
					if err != nil {
						b.Fatal(err)
					}
					if t := time.Since(start); c.req.Group {
						took, r = append(took, t), res
					} else {
						apart = append(apart, t)
					}
				}
			}
			slices.Sort(took)
			slices.Sort(apart)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "median-ms")
			b.ReportMetric(float64(apart[len(apart)/2].Microseconds())/1000, "ungrouped-ms")
			b.ReportMetric(float64(r.Total), "hits")
			b.ReportMetric(float64(r.Results), "results")
			if r.Total == 0 {
				b.Errorf("%s finds nothing", c.name)
			}
		})
	}
}

// BenchmarkSearchVersions measures the same page for questions about versions, where one
// article in ten has a second one of which a paragraph is cut, a word is replaced and a
// sentence is added. Beside it stands the size of the same index without the edits.
func BenchmarkSearchVersions(b *testing.B) {
	g := newsgen.New(1)
	revised := func(edits bool) func(i int) Update {
		return func(i int) Update {
			v := g.Version(i)
			u := Update{ID: v.Article.ID, Versions: []news.Version{v}}
			if i%10 > 0 {
				return u
			}
			old, later := &u.Versions[0], v
			later.N, later.At, old.Superseded = 2, v.At.AddDate(0, 1, 0), v.At.AddDate(0, 1, 0)
			ps := strings.Split(v.Article.Body, "\n\n")
			ps = slices.Delete(ps, len(ps)/2, len(ps)/2+1)
			ps = append(ps, "The police station said that an arrest was made on the harbour wall.")
			later.Article.Body = strings.Replace(strings.Join(ps, "\n\n"), " the ", " this same ", 1)
			u.Versions = append(u.Versions, later)
			if edits {
				ds := family.Compare(&old.Article, &later.Article)
				u.Edits = make([]news.Edit, 2)
				u.Edits[1].Lost, u.Edits[1].LostWords = family.Lost(ds)
				u.Edits[1].Gained, u.Edits[1].GainedWords = family.Gained(ds)
			}
			return u
		}
	}
	openFilled(b, "bare", revised(false)).Close()
	x := openFilled(b, "versions", revised(true))
	at := g.Version(articlesOfBench() / 2).At.UTC().Format(time.RFC3339)
	for _, q := range []string{"council", "council as-of:" + at, "is:changed", "removed:council", "added:arrest", `added:"police station"`, "council -removed:council", "council added:arrest as-of:" + at} {
		n, _ := language.Parse(q)
		req := language.Request{Query: n, Facets: map[string]int{language.FacetPerson: 10, language.FacetPlace: 10, language.FacetOutlet: 10, language.FacetYear: 0}}
		b.Run(strings.NewReplacer(" ", "-", `"`, "", at, "").Replace(q), func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				x.generation.Add(1) // forget the last answer
				start := time.Now()
				if _, err := x.Search(context.Background(), req); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(start))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "median-ms")
		})
	}
}

// BenchmarkSearchPageAgain is the same page asked for again.
func BenchmarkSearchPageAgain(b *testing.B) {
	x := openBench(b)
	req := language.Request{Facets: map[string]int{language.FacetPerson: 10, language.FacetYear: 0}}
	for b.Loop() {
		if _, err := x.Search(context.Background(), req); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkApply measures filling the index, in batches of 500.
func BenchmarkApply(b *testing.B) {
	x, err := Open(filepath.Join(b.TempDir(), "index"), "bench", Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer x.Close()
	const batch = 500
	g := newsgen.New(1)
	i := 0
	b.ReportMetric(0, "ns/op")
	var applying time.Duration
	for b.Loop() {
		var us []Update
		for range batch {
			v := g.Version(i)
			us = append(us, Update{ID: v.Article.ID, Versions: []news.Version{v}})
			i++
		}
		start := time.Now()
		if err := x.Apply(context.Background(), us, "c"); err != nil {
			b.Fatal(err)
		}
		applying += time.Since(start)
	}
	b.ReportMetric(float64(i)/applying.Seconds(), "articles/s")
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.Sys>>20), "MB")
}

// BenchmarkCut cuts the snippets of one hit; a page has 20.
func BenchmarkCut(b *testing.B) {
	a := newsgen.New(1).Article(1)
	q, _ := language.Parse(`council harbour "of the" -storm`)
	for b.Loop() {
		language.Cut(q, a, Stem)
	}
}

// BenchmarkDesk asks what the desk does: how much of each kind there is, where it came
// from, and what is alike.
func BenchmarkDesk(b *testing.B) {
	x := openBench(b)
	for b.Loop() {
		x.generation.Add(1) // none from the cache
		for _, what := range []string{language.IsUnattributed, language.IsUndated, language.IsDoubted, language.IsStub} {
			q := language.Request{Query: language.Field{Name: language.FieldIs, Value: what}, Sort: language.Newest, PerPage: 3, Facets: map[string]int{language.FacetOrigin: 24}}
			if _, err := x.Search(b.Context(), q); err != nil {
				b.Fatal(err)
			}
		}
		if _, err := x.Alike(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
