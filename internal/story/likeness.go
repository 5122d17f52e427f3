package story

import "math"

// Likeness is how far two reports speak of one event.
type Likeness struct {
	// Cosine is that of each group of terms, each weighed by its rarity: 0 to 1.
	Cosine [groups]float64
	// Rare is what the rare terms of each group that both have are worth.
	Rare [groups]float64
	// Head is what the rare words are worth that both make much of, Half those that one
	// of them does.
	Head, Half float64
	// Words and Capitals say how far words of the two are used alike, whether they share
	// them or not: cosines of where they lie.
	Words, Capitals float64
	// Near is what it is worth that places of the two lie near each other.
	Near float64
	// Days is how many days apart they were published.
	Days float64
}

const pairFeatures = 17

// Features are what the score is made of, one by one. They are few: with twice as many,
// events that nothing was learnt from were told apart less well.
func (l Likeness) Features() [pairFeatures]float64 {
	c, soon, capitals, countries := l.Cosine, math.Exp(-l.Days/3), math.Log1p(l.Rare[groupCapitals]), math.Log1p(l.Rare[groupCountries])
	return [...]float64{
		c[groupCapitals], c[groupNames], math.Log1p(l.Rare[groupWords]), capitals, math.Log1p(l.Rare[groupNames]),
		math.Log1p(l.Rare[groupSubjects]), math.Log1p(l.Rare[groupNumbers]), countries, math.Log1p(l.Days), soon,
		c[groupWords] * c[groupCapitals], c[groupSubjects] * capitals, c[groupSubjects] * countries * soon,
		l.Words * l.Capitals, math.Log1p(l.Head), math.Log1p(l.Half), 1,
	}
}

// Shares reports whether the two share words that are worth anything.
func (l Likeness) Shares() bool { return l.Rare[groupWords]+l.Rare[groupCapitals] > 1 }

// weights are what the features count: see docs/stories.md.
var weights = [pairFeatures]float64{2.76, -0.34, 1.83, 1.53, -0.69, 0.90, 0.71, 0.46, 0.47, 2.77, 1.58, 0.73, 1.50, -0.03, 0.30, 0.71, -8.12}

// Score is above 0 where the two are more likely of one event than not: the logarithm of
// the odds.
func (l Likeness) Score() float64 {
	sum := 0.0
	for i, f := range l.Features() {
		sum += f * weights[i]
	}
	return sum
}

// mostTerms is how many terms of a report a set of them can hold.
const mostTerms = 192

// terms is a set of the terms of a report by their number in its vector.
type terms [mostTerms / 64]uint64

// compare says how far a report of a day is like an earlier one of that day, and marks in
// has which terms of the first the second has.
func compare(v *vector, day int, w *vector, before int, has *terms) Likeness {
	var cosine, rare [groups]float32
	var head, half float32
	j := 0
	for i := range v.terms {
		t := &v.terms[i]
		for j < len(w.terms) && w.terms[j].same < t.same {
			j++
		}
		if j == len(w.terms) {
			break
		}
		o := &w.terms[j]
		if o.same != t.same {
			continue
		}
		has[i/64] |= 1 << (i % 64)
		worth := min(o.worth, t.worth)
		g := max(o.group, t.group)
		cosine[g] += o.share * t.share
		rare[g] += worth
		switch {
		case t.group > groupCapitals:
		case t.much && o.much:
			head += worth
		case t.much || o.much:
			half += worth
		}
	}
	l := Likeness{Head: float64(head), Half: float64(half), Near: near(v, w), Days: float64(day - before)}
	l.Words, l.Capitals = v.lie.alike(&w.lie)
	for g := range cosine {
		l.Cosine[g], l.Rare[g] = float64(cosine[g]), float64(rare[g])
	}
	return l
}

const (
	// farFrom is from how many kilometres places are not near each other at all, and
	// nearFalls in how many it counts a third.
	farFrom   = 200
	nearFalls = 40
	// kilometres that a degree of latitude has.
	ofDegree = 111
)

// near is what it is worth that two places of two reports lie near each other.
func near(v, w *vector) float64 {
	best := 0.0
	for _, a := range v.areas {
		for _, b := range w.areas {
			worth := float64(min(a.worth, b.worth))
			dy := float64(a.lat-b.lat) * ofDegree
			if worth <= best || dy > farFrom || dy < -farFrom {
				continue
			}
			dx := float64(a.lon-b.lon) * ofDegree * math.Cos(float64(a.lat)*math.Pi/180)
			if d := math.Hypot(dx, dy); d < farFrom {
				best = max(best, worth*math.Exp(-d/nearFalls))
			}
		}
	}
	return best
}

// Compare says how far two reports are alike, as a Sweep finds it.
func Compare(a, b Unit, r *Rarity) Likeness {
	if a.Day > b.Day {
		a, b = b, a
	}
	var has terms
	v, w := r.vector(b.Trace), r.vector(a.Trace)
	return compare(&v, b.Day, &w, a.Day, &has)
}
