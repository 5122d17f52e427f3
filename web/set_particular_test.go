package web

import (
	"math"
	"testing"

	"backfile/internal/search"
)

func TestLikelihood(t *testing.T) {
	for _, c := range []struct {
		name                string
		n, size, all, whole int
		want                float64
	}{
		// Worked out apart, from the four cells of the table.
		{"ten of eleven are in a tenth", 10, 100, 11, 1000, 40.48},
		{"as many as one would expect", 5, 100, 50, 1000, 0},
		{"all of the whole", 10, 100, 10, 100, 0},
		{"none anywhere", 0, 100, 0, 1000, 0},
		{"more than there are", 10, 5, 20, 100, 0},
		{"only in the set", 4, 10, 4, 1000, 38.70},
	} {
		if got := likelihood(c.n, c.size, c.all, c.whole); math.Abs(got-c.want) > .02 || math.IsNaN(got) {
			t.Errorf("%s: likelihood(%d of %d, %d of %d) = %.2f, want %.2f", c.name, c.n, c.size, c.all, c.whole, got, c.want)
		}
	}
}

func TestTimes(t *testing.T) {
	for _, c := range []struct {
		n, size, all, whole int
		want                float64
		text                string
	}{
		{10, 100, 20, 1100, 10, "10"},
		{5, 100, 50, 1000, 1, "1.0"},
		{3, 10, 3, 1000, math.Inf(1), ""},
		{0, 10, 3, 1000, 0, "0.0"},
		{12, 50, 100, 1000, 2.59, "2.6"},
	} {
		got := times(c.n, c.size, c.all, c.whole)
		if math.Abs(got-c.want) > .01 || timesText(t.Context(), got) != c.text {
			t.Errorf("times(%d of %d, %d of %d) = %.2f (%q), want %.2f (%q)", c.n, c.size, c.all, c.whole, got, timesText(t.Context(), got), c.want, c.text)
		}
	}
}

func TestParticularOf(t *testing.T) {
	counts := []search.Count{{Value: "everywhere", N: 50}, {Value: "here", N: 20}, {Value: "asked", N: 100}, {Value: "twice", N: 2}, {Value: "only", N: 3}}
	all := map[string]int{"everywhere": 500, "here": 22, "asked": 100, "twice": 2} // one came in meanwhile
	got := particularOf(counts, 100, all, 1000, map[string]bool{"asked": true})
	var names []string
	for _, s := range got {
		names = append(names, s.Value)
	}
	if len(got) != 2 || got[0].Value != "here" || got[1].Value != "only" || got[1].all != 3 {
		t.Errorf("particularOf = %v, want here and only", names)
	}
}
