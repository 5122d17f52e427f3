package search_test

import (
	"testing"

	"backfile/index"
	"backfile/internal/newsgen"
	"backfile/internal/search"
)

// BenchmarkCut cuts the snippets of one hit; a page has 20.
func BenchmarkCut(b *testing.B) {
	g := newsgen.New(1)
	a := g.Article(1)
	q, _ := search.Parse(`council harbour "of the" -storm`)
	for b.Loop() {
		search.Cut(q, a, index.Stem)
	}
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		search.Parse(`(flood OR storm) -council person:"Anna Keller" date:2019..2021-06`)
	}
}
