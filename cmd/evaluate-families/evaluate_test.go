package main

import (
	"slices"
	"testing"

	"backfile/internal/family"
	"backfile/internal/news"
)

// What issue 5 asks of families, on a quarter of the articles that the command
// makes.
func TestPrecisionAndRecall(t *testing.T) {
	if testing.Short() {
		t.Skip("2,500 articles are more than -short allows")
	}
	articles := generate(7, 2500, 375)
	x := take(articles)
	of := map[news.ArticleID]int{}
	size := map[int]int{}
	for _, a := range articles {
		of[a.entry.ID] = a.report
		size[a.report]++
	}
	truth, found, right := 0, 0, 0
	for _, n := range size {
		truth += n * (n - 1) / 2
	}
	for f := range x.Families() {
		for i, a := range f.Members {
			for _, b := range f.Members[:i] {
				found++
				if of[a.ID] == of[b.ID] {
					right++
				}
			}
		}
	}
	precision, recall := float64(right)/float64(found), float64(right)/float64(truth)
	t.Logf("precision %.4f, recall %.4f of %d pairs", precision, recall, truth)
	if precision < 0.98 || recall < 0.95 {
		t.Errorf("precision %.4f, recall %.4f; want .98 and .95", precision, recall)
	}
	slices.Reverse(articles)
	if got := same(x, take(articles)); got != "the same" {
		t.Errorf("in another order the families are %s", got)
	}
}

func BenchmarkMake(b *testing.B) {
	articles := generate(1, 200, 30)
	for i := 0; b.Loop(); i++ {
		family.Make(articles[i%len(articles)].body)
	}
}

// BenchmarkAdd adds to an index of 20,000 articles; -scale goes to a million.
func BenchmarkAdd(b *testing.B) {
	articles := generate(1, 20_000, 3000)
	sketch(articles)
	x := load(articles)
	for i := 0; b.Loop(); i++ {
		e := articles[i%len(articles)].entry
		x.Remove(e.ID)
		x.Add(e)
	}
}

func BenchmarkCompare(b *testing.B) {
	w := generate(1, 400, 60)
	for i := 0; b.Loop(); i++ {
		family.Compare(&news.Article{Body: w[i%len(w)].body}, &news.Article{Body: w[(i+1)%len(w)].body})
	}
}
