package main

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"

	"backfile/internal/news"
	"backfile/internal/story"
)

// example is what there is to decide by, and what is right.
type example struct {
	x      []float64
	same   bool
	weight float64
}

// examples are what is learnt from: whether a report and the one of a story most
// like it are of one event, and whether the report follows the story; the right ones, and
// of the others those most alike.
func examples(rs []report, worth float64) (pairs, matches []example) {
	const others, every = 6, 5
	sw := story.NewSweep(rarityOf(rs))
	for _, r := range rs {
		cs := sw.Consider(r.unit)
		slices.SortFunc(cs, func(a, b story.Candidate) int {
			return cmp.Or(cmp.Compare(b.Match.First, a.Match.First), cmp.Compare(a.Story, b.Story))
		})
		event := eventOf(r)
		for k, c := range cs {
			same := c.Story == event
			if !same && k >= others && (k%every > 0 || k > 40) {
				continue
			}
			pair, match := c.Match.Best.Features(), c.Match.Features()
			pairs = append(pairs, example{pair[:], same, worth})
			matches = append(matches, example{match[:], same, worth})
		}
		sw.Seen(r.unit, event)
	}
	return pairs, matches
}

// eventOf is the event of a report as a story's id; its own where it is alone.
func eventOf(r report) news.ArticleID {
	if r.of.event == "" {
		return r.unit.ID
	}
	return news.ArticleID(r.of.event)
}

// learn fits weights to examples by logistic regression, by gradient descent with the step
// of each weight by itself.
func learn(es []example) []float64 {
	const rounds, decay = 600, 1e-4
	n := len(es[0].x)
	w, seen := make([]float64, n), make([]float64, n)
	for range rounds {
		g := make([]float64, n)
		total := 0.0
		for i := range es {
			e := &es[i]
			z := 0.0
			for k := range w {
				z += w[k] * e.x[k]
			}
			y := 0.0
			if e.same {
				y = 1
			}
			d := e.weight * (1/(1+math.Exp(-z)) - y)
			for k := range w {
				g[k] += d * e.x[k]
			}
			total += e.weight
		}
		for k := range w {
			g[k] = g[k]/total + decay*w[k]
			seen[k] += g[k] * g[k]
			w[k] -= .5 * g[k] / math.Sqrt(seen[k]+1e-12)
		}
	}
	return w
}

// learnWeights learns what reports and stories are compared by. What a match is depends on
// what pairs score: it is learnt twice, with the first's weights put into package story
// between.
func learnWeights(out io.Writer) error {
	var pairs, matches []example
	// The hand-made ones are few, and more like what outlets write.
	const handWorth = 60
	for _, set := range []string{"tune", "more"} {
		hand, err := load(set)
		if err != nil {
			return err
		}
		understand(hand)
		p, m := examples(reports(hand), handWorth)
		pairs, matches = append(pairs, p...), append(matches, m...)
	}
	made, err := generate(tuneSeed, 5000, daysOf(5000))
	if err != nil {
		return err
	}
	understand(made)
	p, m := examples(reports(made), 1)
	fmt.Fprintf(out, "pairs   %.2f\nmatches %.2f\n", learn(append(pairs, p...)), learn(append(matches, m...)))
	return nil
}
