package relevance

import (
	"slices"
)

// Answer is what came of a query.
type Answer struct {
	Query Query
	// Found are the keys of the first Depth results, first the best. A result that no
	// query of the suite has a key for is "".
	Found []string
	// Shown is how many of the results show a reader a word that matched, of Showable
	// that have one to show.
	Shown, Showable int
}

// Rank is the place of an article among the results, from 1; 0 where it is not among
// the first Depth.
func (a *Answer) Rank(key string) int {
	return slices.Index(a.Found[:min(len(a.Found), Depth)], key) + 1
}

// ReciprocalRank is one over the place of the first wanted article, 0 where none is
// among the first Depth.
func (a *Answer) ReciprocalRank() float64 {
	best := 0
	for _, w := range a.Query.Wanted {
		if r := a.Rank(w.Key); r > 0 && (best == 0 || r < best) {
			best = r
		}
	}
	if best == 0 {
		return 0
	}
	return 1 / float64(best)
}

// Recall is how many of the wanted articles are among the first Depth, of 1.
func (a *Answer) Recall() float64 {
	if len(a.Query.Wanted) == 0 {
		return 0
	}
	n := 0
	for _, w := range a.Query.Wanted {
		if a.Rank(w.Key) > 0 {
			n++
		}
	}
	return float64(n) / float64(len(a.Query.Wanted))
}

// Missed are the wanted articles that are not where they must be.
func (a *Answer) Missed() []Wanted {
	var out []Wanted
	for _, w := range a.Query.Wanted {
		if r := a.Rank(w.Key); r == 0 || r > w.Top {
			out = append(out, w)
		}
	}
	return out
}

// Intruded are the articles that were found and must not be.
func (a *Answer) Intruded() []string {
	var out []string
	for _, k := range a.Query.Not {
		if a.Rank(k) > 0 {
			out = append(out, k)
		}
	}
	return out
}

// Holds reports whether everything is as the query says.
func (a *Answer) Holds() bool { return len(a.Missed()) == 0 && len(a.Intruded()) == 0 }

// Summary is what some answers are worth together.
type Summary struct {
	// Queries is how many there are, Wanting how many of them want an article.
	Queries, Wanting int
	// MRR is the mean reciprocal rank of the first wanted article, Recall the mean share
	// of those wanted that are among the first Depth, both over Wanting. Held is the share of
	// Queries of which everything holds. Shown is the share of results that show a word that
	// matched. Each is 0 to 1, and 0 where there is nothing to count.
	MRR, Recall, Held, Shown float64
}

// Summarise counts answers together.
func Summarise(as []Answer) Summary {
	var s Summary
	shown, showable := 0, 0
	for i := range as {
		a := &as[i]
		s.Queries++
		if len(a.Query.Wanted) > 0 {
			s.Wanting++
			s.MRR += a.ReciprocalRank()
			s.Recall += a.Recall()
		}
		if a.Holds() {
			s.Held++
		}
		shown += a.Shown
		showable += a.Showable
	}
	if s.Wanting > 0 {
		s.MRR /= float64(s.Wanting)
		s.Recall /= float64(s.Wanting)
	}
	if s.Queries > 0 {
		s.Held /= float64(s.Queries)
	}
	if showable > 0 {
		s.Shown = float64(shown) / float64(showable)
	}
	return s
}

// Halves parts answers by the place of their query in the suite: the odd ones, from the
// first, which constants may be tuned on, and the even ones, which say what that was worth.
func Halves(as []Answer) (odd, even []Answer) {
	for i, a := range as {
		if i%2 == 0 {
			odd = append(odd, a)
		} else {
			even = append(even, a)
		}
	}
	return odd, even
}
