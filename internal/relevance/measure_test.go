package relevance

import (
	"math"
	"slices"
	"testing"
)

func TestAnswer(t *testing.T) {
	q := Query{Wanted: []Wanted{{1, "a"}, {3, "b"}, {10, "c"}}, Not: []string{"x"}}
	eleven := []string{"", "", "", "", "", "", "", "", "", "", "a"}
	for _, c := range []struct {
		what       string
		found      []string
		rr, recall float64
		missed     int
		intruded   int
	}{
		{"all where they must be", []string{"a", "b", "", "c"}, 1, 1, 0, 0},
		{"the first is second", []string{"", "a", "b", "c"}, 0.5, 1, 1, 0},
		{"b behind its place", []string{"a", "", "", "b", "c"}, 1, 1, 1, 0},
		{"only the last, in the tenth place", []string{"", "", "", "", "", "", "", "", "", "c"}, 0.1, 1.0 / 3, 2, 0},
		{"beyond what counts", eleven, 0, 0, 3, 0},
		{"what must not be", []string{"a", "x", "b", "c"}, 1, 1, 0, 1},
		{"nothing", nil, 0, 0, 3, 0},
	} {
		a := Answer{Query: q, Found: c.found}
		if got := a.ReciprocalRank(); got != c.rr {
			t.Errorf("%s: reciprocal rank %v, want %v", c.what, got, c.rr)
		}
		if got := a.Recall(); got != c.recall {
			t.Errorf("%s: recall %v, want %v", c.what, got, c.recall)
		}
		if got := len(a.Missed()); got != c.missed {
			t.Errorf("%s: %d missed (%v), want %d", c.what, got, a.Missed(), c.missed)
		}
		if got := len(a.Intruded()); got != c.intruded {
			t.Errorf("%s: %d intruded, want %d", c.what, got, c.intruded)
		}
		if got, want := a.Holds(), c.missed+c.intruded == 0; got != want {
			t.Errorf("%s: holds %v, want %v", c.what, got, want)
		}
	}
}

func TestSummarise(t *testing.T) {
	want := Query{Wanted: []Wanted{{3, "a"}}}
	as := []Answer{
		{Query: want, Found: []string{"a"}, Shown: 1, Showable: 1},
		{Query: want, Found: []string{"", "a"}, Shown: 1, Showable: 2},
		{Query: want},
		{Query: Query{Not: []string{"x"}}, Found: []string{"", "y"}, Showable: 1},
	}
	got := Summarise(as)
	if got.Queries != 4 || got.Wanting != 3 || math.Abs(got.MRR-0.5) > 1e-9 || math.Abs(got.Recall-2.0/3) > 1e-9 || got.Held != 0.75 || got.Shown != 0.5 {
		t.Errorf("Summarise = %+v, want 4 queries, 3 wanting, MRR 1/2, recall 2/3, held 3/4, shown 1/2", got)
	}
	if got := Summarise(nil); got != (Summary{}) {
		t.Errorf("Summarise(nil) = %+v, want nothing", got)
	}
	odd, even := Halves(as)
	if len(odd) != 2 || len(even) != 2 || !slices.Equal(odd[1].Found, as[2].Found) || !slices.Equal(even[0].Found, as[1].Found) {
		t.Errorf("Halves = %v and %v, want the first and third, and the second and fourth", odd, even)
	}
}
