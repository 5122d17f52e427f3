package search_test

import (
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
				for j := range 20 {
					search.Cut(n, articles[(i*20+j)%len(articles)], index.Stem)
				}
			}
		})
	}
}
