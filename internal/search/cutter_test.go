package search_test

import (
	"math/rand/v2"
	"testing"

	"backfile/index"
	"backfile/internal/news"
	"backfile/internal/newsgen"
	"backfile/internal/search"
)

// BenchmarkCut cuts the snippets of a page, of 20 articles.
func BenchmarkCut(b *testing.B) {
	gen := newsgen.NewArchive(1)
	var articles []news.Article
	for i := range 400 {
		articles = append(articles, gen.Article(i))
	}
	for _, q := range []string{"council", "council police report", `"said the"`, "counc*", "person:Keller"} {
		b.Run(q, func(b *testing.B) {
			n, _ := search.Parse(q)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				c := search.NewCutter(n, index.Stem)
				for j := range 20 {
					c.Cut(&articles[(i*20+j)%len(articles)])
				}
			}
		})
	}
}

// A Cutter stems only words that begin as the query's stems do, in the languages where that is
// enough. Here they are held to it, with words as the archive has them and words
// as nobody writes them.
func TestStemsKeepTheirFirstBytes(t *testing.T) {
	words := []string{"tie", "tying", "dying", "lying", "die", "skies", "skis", "oed", "aing", "organizer", "yes", "yyes"}
	gen := newsgen.NewArchive(3)
	for i := range 20 {
		a := gen.Article(i)
		words = append(words, search.Terms(a.Body)...)
	}
	r := rand.New(rand.NewPCG(1, 1))
	endings := []string{"", "s", "ing", "isation", "izers", "ied", "ies", "ed", "ung", "lich", "ement", "ations", "mente", "cion", "oes", "heden", "ene", "erna", "llaan", "ssa"}
	for range 2000 {
		var w []byte
		for range 1 + r.IntN(4) {
			w = append(w, "aeiouybdgklmnrst"[r.IntN(16)])
		}
		words = append(words, string(w)+endings[r.IntN(len(endings))])
	}
	alike := func(c byte) byte {
		if c == 'y' {
			return 'i'
		}
		return c
	}
	for _, lang := range []string{"", "en", "en-GB", "de", "fr", "es", "it", "pt", "nl", "da", "sv", "no", "nb", "nn", "fi"} {
		for _, w := range words {
			st := index.Stem(lang, w)
			if st == "" || st[0] != w[0] || (lang == "" || lang[:2] == "en") && len(st) > 1 && alike(st[1]) != alike(w[1]) {
				t.Fatalf("the stem of %q in %q is %q", w, lang, st)
			}
		}
	}
}
