package main

import (
	"fmt"
	"io"
	"math"
	"strings"

	"backfile/internal/family"
	"backfile/internal/text"
)

// agreement compares what sketches say of the pairs found with what the whole
// sets of shingles say.
func agreement(out io.Writer, x *family.Index, articles []made) {
	of := map[string]*made{}
	for i := range articles {
		of[string(articles[i].entry.ID)] = &articles[i]
	}
	sets := map[*made]map[string]bool{}
	set := func(m *made) map[string]bool {
		if sets[m] == nil {
			sets[m] = shingles(m.body)
		}
		return sets[m]
	}
	n, differ := 0, 0
	sum, signed := 0.0, 0.0
	for f := range x.Families() {
		for i, a := range f.Members {
			for _, b := range f.Members[:i] {
				p, q := of[string(a.ID)], of[string(b.ID)]
				exact := contained(set(p), set(q))
				guess := p.entry.Sketch.Compare(&q.entry.Sketch, nil).Contained
				n++
				sum += math.Abs(exact - guess)
				signed += guess - exact
				if (exact >= 0.5) != (guess >= 0.5) {
					differ++
				}
			}
		}
	}
	fmt.Fprintf(out, "sketches   containment is off by %.3f on average (%+.3f); of %d pairs %.2f %% fall on the other side of a half than by all shingles\n",
		sum/float64(max(n, 1)), signed/float64(max(n, 1)), n, 100*float64(differ)/float64(max(n, 1)))
}

func shingles(body string) map[string]bool {
	words := strings.Fields(text.Fold(body))
	out := map[string]bool{}
	for i := 0; i+5 <= len(words); i++ {
		out[strings.Join(words[i:i+5], " ")] = true
	}
	return out
}

func contained(a, b map[string]bool) float64 {
	if len(b) < len(a) {
		a, b = b, a
	}
	both := 0
	for s := range a {
		if b[s] {
			both++
		}
	}
	return float64(both) / float64(max(len(a), 1))
}
