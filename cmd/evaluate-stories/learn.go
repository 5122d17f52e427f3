package main

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"backfile/internal/news"
	"backfile/internal/story"
)

// learnt are the sets that the rules are chosen by, with how much an example of each
// counts: the more pairs a set has, the more.
var learnt = map[string]float64{"tune": 1.6, "more": .7, "wide": 1.2, "terse": 1.1, "broad": 1.1}

const (
	// Made-up articles are many, and less like what outlets write: madeWorth is what one of
	// their examples counts, and madeMost how many are learnt from.
	madeWorth = .08
	madeMost  = 500
	// ridge holds weights back that little speaks for.
	ridge = 2
)

// example is what there is to decide by, and what is right.
type example struct {
	x      []float64
	same   bool
	weight float64
}

// pairExamples are pairs of reports, and whether they are of one event: all that share
// something rare, and of the others every eighth, which counts eight times.
func pairExamples(rs []report, rarity *story.Rarity, worth float64) (out []example) {
	const every = 8
	others := 0
	for i, r := range rs {
		for j := i - 1; j >= 0 && rs[j].unit.Day >= r.unit.Day-story.Window; j-- {
			l := story.Compare(rs[j].unit, r.unit, rarity)
			x := l.Features()
			e := example{x[:], eventOf(r) == eventOf(rs[j]), worth}
			if !e.same && !l.Shares() {
				if others++; others%every > 0 {
					continue
				}
				e.weight *= every
			}
			out = append(out, e)
		}
	}
	return out
}

// matchExamples are reports and the stories before them as they should be, and whether
// the one follows the other.
func matchExamples(rs []report, rarity *story.Rarity, worth float64) (out []example) {
	sw := story.NewSweep(rarity)
	for _, r := range rs {
		event := eventOf(r)
		for _, c := range sw.Consider(r.unit) {
			x := c.Match.Features()
			out = append(out, example{x[:], c.Story == event, worth})
		}
		sw.Seen(r.unit, event)
	}
	return out
}

// eventOf is the event of a report as a story's id; its own where it is alone.
func eventOf(r report) news.ArticleID {
	if r.of.event == "" {
		return r.unit.ID
	}
	return news.ArticleID(r.of.event)
}

// learn fits weights to examples by logistic regression, by Newton's method. The last
// number of an example is 1: its weight is not held back.
func learn(es []example) []float64 {
	n := len(es[0].x)
	w := make([]float64, n)
	for range 25 {
		g, h := make([]float64, n), make([][]float64, n)
		for i := range n {
			h[i] = make([]float64, n)
			h[i][i] = ridge
			g[i] = ridge * w[i]
		}
		g[n-1], h[n-1][n-1] = 0, 1e-6
		for _, e := range es {
			z := 0.0
			for k, x := range e.x {
				z += w[k] * x
			}
			p := 1 / (1 + math.Exp(-z))
			d, curve := e.weight*p, e.weight*p*(1-p)
			if e.same {
				d -= e.weight
			}
			for i, x := range e.x {
				g[i] += d * x
				for j := range e.x[:i+1] {
					h[i][j] += curve * x * e.x[j]
				}
			}
		}
		for i := range h {
			for j := range i {
				h[j][i] = h[i][j]
			}
		}
		most := 0.0
		for i, step := range solve(h, g) {
			w[i] -= step
			most = max(most, math.Abs(step))
		}
		if most < 1e-6 {
			break
		}
	}
	return w
}

// solve is x of h x = g, by elimination; it uses up both.
func solve(h [][]float64, g []float64) []float64 {
	n := len(g)
	for i := range n {
		p := i
		for k := i + 1; k < n; k++ {
			if math.Abs(h[k][i]) > math.Abs(h[p][i]) {
				p = k
			}
		}
		h[i], h[p], g[i], g[p] = h[p], h[i], g[p], g[i]
		for k := i + 1; k < n; k++ {
			f := h[k][i] / h[i][i]
			for j := i; j < n; j++ {
				h[k][j] -= f * h[i][j]
			}
			g[k] -= f * g[i]
		}
	}
	for i := n - 1; i >= 0; i-- {
		for j := i + 1; j < n; j++ {
			g[i] -= h[i][j] * g[j]
		}
		g[i] /= h[i][i]
	}
	return g
}

// learnWeights learns what reports and stories are compared by, from each set by itself
// and as a part of an archive with made-up articles. What a match is depends on what pairs
// score: it is learnt twice, with the first's weights put into package story between.
func learnWeights(out io.Writer) error {
	var hand [][]told
	var names []string
	for set := range learnt {
		names = append(names, set)
	}
	slices.Sort(names)
	for _, set := range names {
		all, err := load(set)
		if err != nil {
			return err
		}
		understand(all)
		hand = append(hand, all)
	}
	made, err := generate(tuneSeed, 5000, daysOf(5000))
	if err != nil {
		return err
	}
	understand(made)
	among := rarityOf(reports(slices.Concat(append(slices.Clone(hand), made)...)))
	var pairs, matches []example
	take := func(rs []report, rarity *story.Rarity, worth float64) {
		pairs = append(pairs, pairExamples(rs, rarity, worth)...)
		matches = append(matches, matchExamples(rs, rarity, worth)...)
	}
	for i, set := range names {
		rs := reports(hand[i])
		take(rs, rarityOf(rs), learnt[set])
		take(rs, among, learnt[set])
	}
	some := reports(made)[:madeMost]
	take(some, rarityOf(some), madeWorth)
	fmt.Fprintf(out, "pairs   %s\nmatches %s\n", written(learn(pairs)), written(learn(matches)))
	return nil
}

// written are weights as they stand in package story.
func written(w []float64) string {
	var b strings.Builder
	for i, x := range w {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%.2f", x)
	}
	return b.String()
}
