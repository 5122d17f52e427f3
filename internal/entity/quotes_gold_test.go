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
	for _, part := range gold.Parts {
		s := gold.MeasureSpeakers(New(), articles, part, "en")
		if right, wrong := float64(s.Right)/float64(s.Spoken), float64(s.Wrong())/float64(s.Spoken); right < .87 || wrong > .01 {
			t.Errorf("%s: %.3f right and %.3f wrong of %d, want .87 or more and .01 or less", part, right, wrong, s.Spoken)
		}
	}
	if s := gold.MeasureSpeakers(New(), articles, gold.Held, "en"); len(s.Errors) > 0 {
		t.Errorf("errors of the articles held back are shown: %q", s.Errors[0])
	}
}
