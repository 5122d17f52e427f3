package main

import (
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"backfile/internal/news"
	"backfile/internal/newsgen"
	"backfile/internal/text"
	"backfile/store"
	"backfile/web"
)

// The size of the benchmark's archive, and where it is kept for the next run.
const (
	envBenchArticles = "BACKFILE_BENCH_ARTICLES"
	envBenchDir      = "BACKFILE_BENCH_DIR"
)

// BenchmarkSuggest asks what the search box offers, through the handler of the whole
// program, of an archive of BACKFILE_BENCH_ARTICLES articles (5,000 where it is not set)
// each of which names somebody whom no other does; BACKFILE_BENCH_DIR keeps it. It
// prints the median and the longest in milliseconds, none from a browser's memory.
func BenchmarkSuggest(b *testing.B) {
	n := 5000
	if s, err := strconv.Atoi(os.Getenv(envBenchArticles)); err == nil && s > 0 {
		n = s
	}
	dir := os.Getenv(envBenchDir)
	if dir == "" {
		dir = b.TempDir()
	}
	dir = filepath.Join(dir, fmt.Sprintf("suggest-%d", n))
	if err := makeDir(dir); err != nil {
		b.Fatal(err)
	}
	st, err := store.Open(dir, store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	lg := slog.New(slog.DiscardHandler)
	a, err := openArchive(b.Context(), place{dir: dir, suggest: true}, st, lg)
	if err != nil {
		b.Fatal(err)
	}
	defer a.Close()
	have, err := st.Stats(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	g := newsgen.New(1)
	const batch = 500
	for i := have.Articles; i < n; i += batch {
		var ws []news.Write
		for j := i; j < min(i+batch, n); j++ {
			art := g.Article(j)
			alone := unheardOf(j)
			art.Mentions = append(art.Mentions, news.Mention{Kind: news.Person, Text: art.Headline[:1], End: 1, Entity: alone.ID, Field: news.FieldHeadline})
			art.Persons = append(art.Persons, alone)
			art.Understood = news.UnderstoodGiven
			ws = append(ws, news.Write{Article: art, Keys: []news.Key{news.URLKey(art.URL)}})
		}
		out, err := a.Store.Put(b.Context(), ws)
		if err != nil {
			b.Fatal(err)
		}
		for _, o := range out {
			if o.Result != news.Added {
				b.Fatalf("an article is %s: %s", o.Result, o.Reason)
			}
		}
		a.index.notify()
	}
	if err := a.index.WaitIndexed(b.Context()); err != nil {
		b.Fatal(err)
	}
	for start := time.Now(); a.names.Table().Things() < n && time.Since(start) < 5*time.Minute; {
		time.Sleep(time.Second)
	}
	if a.names.Table().Things() < n {
		b.Fatalf("%d things have names, want more than %d", a.names.Table().Things(), n)
	}
	b.Logf("%d articles, %d things, %d words of their names", n, a.names.Table().Things(), a.names.Table().Len())
	h := a.server(web.Config{Log: lg}).Handler()
	first, last, _ := strings.Cut(strings.ToLower(unheardOf(7).Name), " ")
	for _, q := range []string{"s", "st", "sta", last[:4], first + " " + last[:3], "flood ab", "council st", "person:" + last[:3], "police station", "the railway sta", "zzz"} {
		b.Run(strings.NewReplacer(" ", "-", ":", "-").Replace(q), func(b *testing.B) {
			var took []time.Duration
			for i := 0; b.Loop(); i++ {
				r := httptest.NewRequest(http.MethodGet, "/api/v1/suggest?q="+url.QueryEscape(q+strings.Repeat(" ", i%2)), nil)
				w := httptest.NewRecorder()
				start := time.Now()
				h.ServeHTTP(w, r)
				took = append(took, time.Since(start))
				if w.Code != http.StatusOK {
					b.Fatalf("%q: %d %s", q, w.Code, w.Body)
				}
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "median-ms")
			b.ReportMetric(float64(took[len(took)-1].Microseconds())/1000, "longest-ms")
		})
	}
}

// unheardOf is a person whom article i alone names.
func unheardOf(i int) news.Entity {
	r := rand.New(rand.NewPCG(7, uint64(i)))
	syllables := strings.Fields("an ber co dun el fa gor hal in jor ka lin mor na os pel ran sel tor un var wes yel zan")
	name := func(n int) string {
		s := ""
		for range n {
			s += syllables[r.IntN(len(syllables))]
		}
		return strings.ToUpper(s[:1]) + s[1:]
	}
	last := name(3) + strconv.FormatInt(int64(i), 36)
	full := name(2) + " " + last
	return news.Entity{ID: news.NewEntityID(news.Person, text.Fold(full)), Kind: news.Person, Name: full,
		Aliases: []news.Alias{{Name: full, Fold: text.Fold(full)}, {Name: last, Fold: text.Fold(last)}}}
}
