package ingest

import (
	"testing"
	"time"

	"backfile/internal/text"
)

// TestReadPageCases reads the pages of the shared cases and checks what holds
// for every article, and that the day and the words are about right. How good
// they are is measured by cmd/evaluate.
func TestReadPageCases(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: reads every page of ../shared/cases")
	}
	start := time.Now()
	read, found := 0, 0.0
	for _, p := range goldPages(t) {
		if time.Since(start) > 30*time.Second {
			t.Logf("stopped after %d pages", read)
			break
		}
		a, err := ReadPage(p.name, p.html, "", Hint{})
		if err != nil {
			t.Errorf("%s: %v", p.name, err)
			continue
		}
		read++
		checkArticle(t, a)
		found += overlap(a.Standfirst+" "+a.Body, p.body)
	}
	const floor = 0.95
	if mean := found / float64(read); mean < floor {
		t.Errorf("mean F1 of the words is %.3f, want %.2f at least", mean, floor)
	}
}

// overlap is the F1 of the words of two texts as multisets.
func overlap(got, want string) float64 {
	n := map[string]int{}
	all, right := 0, 0
	for _, w := range keyWords(want) {
		n[w]++
		all++
	}
	for _, w := range keyWords(got) {
		all++
		if n[w] > 0 {
			n[w]--
			right++
		}
	}
	if all == 0 {
		return 1
	}
	return 2 * float64(right) / float64(all)
}

func keyWords(s string) []string {
	var out []string
	for t := range text.Tokens(s) {
		out = append(out, t.Fold)
	}
	return out
}
