package story

import (
	"cmp"
	"math"
	"slices"
)

// vector is a trace as it is compared.
type vector struct {
	terms []weighed // in the order of same
	areas []place
	lie   lie
}

// weighed is a term with its share of its group of the vector, and its worth.
type weighed struct {
	same  uint32
	group uint8
	much  bool // the article makes much of it
	share float32
	worth float32 // 0 where it is no evidence
}

// place is where a report is about, and what it is worth to be near there.
type place struct{ lat, lon, worth float32 }

// The groups of terms that are compared by themselves.
const (
	groupWords = iota
	groupCapitals
	groupNames
	groupPairs
	groupNamePairs
	groupSubjects
	groupNumbers
	groupCountries
	groups
)

var groupOf = [kinds]uint8{
	kindWord: groupWords, kindCapital: groupCapitals, kindPerson: groupNames, kindOrganisation: groupNames, kindPlace: groupNames,
	kindPair: groupPairs, kindName: groupNamePairs, kindNumber: groupNumbers, kindCountry: groupCountries,
}

// rareFrom is the worth from which a shared term is evidence: of words what one article
// in forty has, or fewer, and of two words side by side one in a hundred.
var rareFrom = [groups]float64{groupWords: 3, groupCapitals: 3, groupNames: 3, groupPairs: 4, groupNamePairs: 4, groupNumbers: 2, groupCountries: 1}

const (
	// muchFrom is the weight of a word that stands in the headline, or three times in the
	// text.
	muchFrom = 15
	// mostSubjects is how many subjects of a report are compared: those it has most words of.
	mostSubjects = 12
)

func (r *Rarity) vector(t Trace) vector {
	v := vector{terms: make([]weighed, 0, len(t.Terms)+mostSubjects)}
	var square [groups]float64
	add := func(x Term, group uint8, worth float64) {
		share := worth * float64(x.Weight)
		v.terms = append(v.terms, weighed{x.same(), group, x.Weight >= muchFrom, float32(share), float32(max(0, worth-rareFrom[group]))})
		square[group] += share * share
	}
	words := theLexicon()
	foreign := words.foreign(t)
	var sum lieSum
	for _, x := range t.Terms {
		switch k := x.kind(); k {
		case kindWord, kindCapital:
			at := words.find(x.same())
			worth := 0.0
			if foreign {
				worth = r.of(x)
			} else {
				worth = r.worth(x, words.prior(at))
			}
			if worth > 0 {
				sum.add(k, words.row(at), worth*float64(x.Weight))
				add(x, groupOf[k], worth)
			}
		case kindArea:
			if worth := r.of(x); worth > 0 {
				lat, lon := x.area()
				v.areas = append(v.areas, place{float32(lat), float32(lon), float32(worth)})
			}
		default:
			if worth := r.of(x); worth > 0 {
				add(x, groupOf[k], worth)
			}
		}
	}
	v.lie = sum.lie()
	var room [4 * mostSubjects]Term
	subjects := t.subjects(room[:0])
	slices.SortFunc(subjects, func(a, b Term) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Hash, b.Hash))
	})
	for _, x := range subjects[:min(len(subjects), mostSubjects)] {
		if worth := r.of(x); worth > 0 {
			add(x, groupSubjects, worth)
		}
	}
	slices.SortFunc(v.terms, func(a, b weighed) int { return cmp.Compare(a.same, b.same) })
	for i := range v.terms {
		if n := square[v.terms[i].group]; n > 0 {
			v.terms[i].share /= float32(math.Sqrt(n))
		}
	}
	return v
}

// lie is the direction in which a report's small words lie, and that of its capitals, each
// of length 1: see Lexicon.
type lie [2][dims]float32

// lieSum is one as it is added up.
type lieSum [2][dims]float64

// add takes a word in; row is nil where it is not known where it lies.
func (s *lieSum) add(k kind, row []int8, much float64) {
	which := 1
	if k == kindWord {
		which = 0
	}
	for d, n := range row {
		s[which][d] += much * float64(n)
	}
}

func (s *lieSum) lie() (l lie) {
	for k := range s {
		square := 1e-9
		for _, x := range s[k] {
			square += x * x
		}
		for d, x := range s[k] {
			l[k][d] = float32(x / math.Sqrt(square))
		}
	}
	return l
}

// alike are the cosines of the two directions of two reports.
func (l *lie) alike(o *lie) (words, capitals float64) {
	var sum [2]float32
	for k := range l {
		for d := range l[k] {
			sum[k] += l[k][d] * o[k][d]
		}
	}
	return float64(sum[0]), float64(sum[1])
}
