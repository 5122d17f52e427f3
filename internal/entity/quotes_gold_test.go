package entity

import (
	"testing"

	"backfile/internal/entity/gold"
)

const quotesDir = "testdata/quotes"

// TestQuotesGold checks that the marked quotations can be read, and that both parts
// have as many as a share of them needs to mean something.
func TestQuotesGold(t *testing.T) {
	articles, err := gold.ReadDir(quotesDir)
	if err != nil {
		t.Fatal(err)
	}
	named := map[gold.Part]int{}
	for _, a := range articles {
		for _, q := range a.Quotes {
			if a.News.Language == "en" && q.Speaker != nil {
				named[a.Part]++
			}
		}
	}
	if named[gold.Development] < 100 || named[gold.Held] < 100 {
		t.Errorf("attributed quotations in English: %v, want 100 in each part", named)
	}
}
