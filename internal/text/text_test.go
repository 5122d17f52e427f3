package text

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestFold(t *testing.T) {
	for _, tc := range []struct{ in, want string }{
		{"O’Brien's", "obrien"}, {"OBRIEN", "obrien"}, {"O'Brien", "obrien"},
		{"Łódź", "lodz"}, {"Zürich’s café", "zurich cafe"}, {"U.S. and UK", "us and uk"},
		{"eastern-Ukraine", "eastern ukraine"}, {"R.A.F.", "raf"}, {"example.com 3.5", "example.com 3.5"},
		{"Straße", "strasse"}, {"Київ", "київ"}, {"  — ", ""}, {"東京", "東 京"}, {"ﬁsh", "fish"},
	} {
		if got := Fold(tc.in); got != tc.want {
			t.Errorf("Fold(%q) = %q, want %q", tc.in, got, tc.want)
		}
	}
}

func TestSentences(t *testing.T) {
	in := "Mr. Blinken met Sen. J. Smith in the U.S. Capitol. “It is over,” he said. Was it?\n\nP.C. Yates and Capt. Jas. Noble agree. So does D.V. Gowda."
	want := []string{"Mr. Blinken met Sen. J. Smith in the U.S. Capitol.", "“It is over,” he said.", "Was it?", "P.C. Yates and Capt. Jas. Noble agree.", "So does D.V. Gowda."}
	var got []string
	for r := range Sentences(in) {
		got = append(got, in[r.Start:r.End])
	}
	if !slices.Equal(got, want) {
		t.Errorf("Sentences = %q, want %q", got, want)
	}
}

// A hostile text may be all abbreviations: the time must stay linear.
func TestSentencesIsLinear(t *testing.T) {
	for _, unit := range []string{"Mr. ", "Mr.\n", "A.", "\n", "“"} {
		s := strings.Repeat(unit, 4<<20/len(unit))
		start := time.Now()
		for range Sentences(s) {
			continue
		}
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("4 MiB of %q took %v", unit, took)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"O’Brien's", "Łódź", "U.S.", "\xff'S", "İstanbul", "ΣΊΣΥΦΟΣ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		end := 0
		for tok := range Tokens(s) {
			if tok.Start < end || tok.End <= tok.Start || tok.End > len(s) || tok.Fold == "" || tok.Fold != FoldWord(s[tok.Start:tok.End]) {
				t.Fatalf("Tokens(%q): bad token %+v behind %d", s, tok, end)
			}
			end = tok.End
		}
		end = 0
		for r := range Sentences(s) {
			if r.Start < end || r.End <= r.Start || r.End > len(s) {
				t.Fatalf("Sentences(%q): bad range %+v behind %d", s, r, end)
			}
			end = r.End
		}
	})
}
