package story

import "math"

// Likeness is how far two articles speak of one event.
type Likeness struct {
	// Words, Capitals and Names are the cosines of the words that the two write small,
	// of those that they write with a capital, and of whom, what and which days they
	// name, each term weighed by its rarity: 0 to 1.
	Words, Capitals, Names float64
	// RareWords and RareCapitals are what the rare words that both have are worth, by the
	// kind of word, RarePairs what those are that stand side by side in both.
	RareWords, RareCapitals, RarePairs float64
	// NamePairs is what those of the pairs are worth that both words of which have a capital.
	NamePairs float64
	// RareNames is what the rare people, bodies, places and days that both name are worth.
	RareNames float64
	// Days is how many days apart they were published.
	Days float64
}

// rareFrom is the worth from which a shared word is evidence: what one article in forty
// has, or fewer, and of two words side by side one in a hundred.
const (
	rareFrom     = 3.0
	rarePairFrom = 4.0
)

// Features are what the score is made of, one by one.
func (l Likeness) Features() [11]float64 {
	return [...]float64{l.Words, l.Capitals, l.Names, math.Log1p(l.RareWords), math.Log1p(l.RareCapitals), math.Log1p(l.Days), l.Words * l.Capitals, math.Log1p(l.RarePairs), math.Log1p(l.NamePairs), math.Log1p(l.RareNames), 1}
}

// weights are what the features count, learnt by logistic regression: see docs/stories.md.
var weights = [11]float64{-1.16, 3.06, 0.49, 2.66, 3.38, -1.38, 4.74, 0.15, 1.18, -0.20, -4.58}

// Score is above 0 where the two are more likely of one event than not: the logarithm of
// the odds.
func (l Likeness) Score() float64 {
	sum := 0.0
	for i, f := range l.Features() {
		sum += f * weights[i]
	}
	return sum
}

// vector is a trace as it is compared.
type vector struct {
	terms []weighed // at most 128, in the order of same
}

// weighed is a term with its share of its half of the vector, and its worth.
type weighed struct {
	same  uint32
	group uint8
	share float32
	worth float32 // 0 where it is no evidence
}

func (r *Rarity) vector(t Trace) vector {
	v := vector{make([]weighed, 0, len(t.Terms))}
	var square [groups]float64
	for _, x := range t.Terms {
		worth := r.of(x)
		if worth <= 0 {
			continue
		}
		share := worth * float64(x.Weight)
		w := weighed{same: x.same(), group: groupOf(x.kind()), share: float32(share)}
		from := rareFrom
		if w.group == groupPairs || w.group == groupNamePairs {
			from = rarePairFrom
		}
		w.worth = float32(max(0, worth-from))
		square[w.group] += share * share
		v.terms = append(v.terms, w)
	}
	for i := range v.terms {
		if n := square[v.terms[i].group]; n > 0 {
			v.terms[i].share /= float32(math.Sqrt(n))
		}
	}
	return v
}

// The groups of terms that are compared by themselves.
const (
	groupWords = iota
	groupCapitals
	groupNames
	groupPairs
	groupNamePairs
	groups
)

func groupOf(k kind) uint8 {
	switch k {
	case kindWord:
		return groupWords
	case kindCapital:
		return groupCapitals
	case kindPair:
		return groupPairs
	case kindName:
		return groupNamePairs
	}
	return groupNames
}

// shared is what two articles share, as it is added up.
type shared struct {
	cosine [groups]float32
	rare   [groups]float32
}

func (s *shared) add(group uint8, share, worth float32) {
	s.cosine[group] += share
	s.rare[group] += worth
}

func (s shared) likeness(days int) Likeness {
	return Likeness{
		Words: float64(s.cosine[groupWords]), Capitals: float64(s.cosine[groupCapitals]), Names: float64(s.cosine[groupNames]),
		RareWords: float64(s.rare[groupWords]), RareCapitals: float64(s.rare[groupCapitals]), RarePairs: float64(s.rare[groupPairs]), NamePairs: float64(s.rare[groupNamePairs]), RareNames: float64(s.rare[groupNames]), Days: float64(days),
	}
}

// compare adds up what two vectors share, and marks in has which terms of the first the
// second has.
func compare(v, w vector, has *[2]uint64) shared {
	var s shared
	j := 0
	for i := range v.terms {
		t := &v.terms[i]
		for j < len(w.terms) && w.terms[j].same < t.same {
			j++
		}
		if j == len(w.terms) {
			break
		}
		if o := &w.terms[j]; o.same == t.same {
			s.add(max(o.group, t.group), o.share*t.share, min(o.worth, t.worth))
			has[i/64] |= 1 << (i % 64)
		}
	}
	return s
}

// Compare says how far two reports are alike, as a Sweep finds it.
func Compare(a, b Unit, r *Rarity) Likeness {
	var has [2]uint64
	s := compare(r.vector(b.Trace), r.vector(a.Trace), &has)
	return s.likeness(max(a.Day, b.Day) - min(a.Day, b.Day))
}
