package index

import (
	"cmp"
	"slices"

	language "backfile/internal/search"
)

// levelCounts are how many documents have each level, of those with all classes of want.
func (l *leaf) levelCounts() (counts [levels]int, all int) {
	for i := range l.postings {
		l.postings[i].list.eachClass(func(c class, n int) {
			if c&l.want == l.want {
				counts[c&levelMask] += n
				all += n
			}
		})
	}
	return counts, all
}

// band are what documents score whose level is one of those from low up to but without high.
func (l *leaf) band(low, high int) *values {
	v := l.values()
	for i := range v {
		if at := int(class(i) & levelMask); at < low || at >= high {
			v[i] = 0
		}
	}
	return v
}

// rarely is one in how many documents of a list must be wanted at most for skipping the others to be worth it: finding out
// which document it is takes that much longer.
const rarely = 16

// byLevel finds the k first of the n hits where a word alone decides: those of its highest
// levels, within each the newest; and behind them those without the word.
func (s *search) byLevel(hits bitset, n int, l *leaf, k int) (out []place, err error) {
	counts, all := l.levelCounts()
	b := best{view: s.view, k: k}
	left, found := hits, 0 // hits that no level had so far; all where none comes up twice
	if l.overlap {
		left = s.copyOf(hits)
	}
	for level, enough := levels, k+k/4; level > 0 && found < k; enough *= 4 {
		// As many levels as have enough hits if these are spread evenly.
		high, sum := level, 0
		for level > 0 && (sum == 0 || sum*n < enough*all) {
			level--
			sum += counts[level]
		}
		if sum == 0 {
			break
		}
		v := l.band(level, high)
		from := level
		if sum*rarely > all {
			from = 0
		}
		var met []place // documents that may come up again
		for i := range l.postings {
			if err := s.check(); err != nil {
				return nil, err
			}
			p := &l.postings[i]
			seg := &s.view.segments[p.segment]
			part := seg.of(left)
			p.list.eachFrom(from, v, func(d uint32, score float32) {
				switch {
				case !part.has(d):
				case l.overlap:
					met = append(met, place{score, seg.base + d, seg.whens[d]})
				default:
					found++
					b.add(place{score, seg.base + d, seg.whens[d]})
				}
			})
		}
		slices.SortFunc(met, func(x, y place) int { return cmp.Or(cmp.Compare(x.doc, y.doc), cmp.Compare(y.score, x.score)) })
		for i, x := range met {
			if i == 0 || x.doc != met[i-1].doc {
				found++
				left.remove(x.doc)
				b.add(x)
			}
		}
	}
	b.cut()
	if len(b.all) < min(k, n) {
		left = s.copyOf(hits)
		left.andNot(s.any(l.postings, l.want))
		last, err := s.byDate(left, left.count(), language.Newest, k-len(b.all))
		return slices.Concat(b.all, last), err
	}
	return b.all, nil
}

// byDocument finds the k first of the hits by looking each up in the words' lists.
func (s *search) byDocument(hits bitset, k int) []place {
	b := best{view: s.view, k: k}
	s.look(&b, s.members(hits))
	return b.all
}

// look adds documents, which are in order, with what they score, and leaves the first of all.
func (s *search) look(b *best, docs []uint32) {
	scores := s.sums(docs)
	for i, d := range docs {
		if !b.full || scores[i] >= b.last.score {
			seg := s.view.segmentOf(d)
			b.add(place{scores[i], d, seg.whens[d-seg.base]})
		}
	}
	b.cut()
}

// byLevels finds the k first of the n hits where several words add up: those that are high in any of them are looked at,
// until what is lower in all of them cannot come before these (Fagin, Lotem and Naor, "Optimal
// aggregation algorithms for middleware", PODS 2001).
func (s *search) byLevels(hits bitset, n, k int) (out []place, err error) {
	b := best{view: s.view, k: k}
	type descent struct {
		counts         [levels]int
		all, sum, from int
	}
	at := make([]descent, len(s.leaves))
	all := 0
	for i := range at {
		at[i].counts, at[i].all = s.leaves[i].levelCounts()
		at[i].from = levels
		all += at[i].all
	}
	// Going down takes about so many documents of the words' for each of the k, and the more for every
	// one that is no hit; looking the hits up in the words' lists takes a step for each.
	const few, each = 4, 8
	if wordAlone > 0 && n/each*n <= k*all/len(at) {
		return s.byDocument(hits, k), nil
	}
	left, looked := s.copyOf(hits), 0
	room := s.docs()
	for enough := few * k; looked*few < n; enough *= few {
		docs, bound, end := (*room)[:0], float32(0), true
		for i := range at {
			a, l, high := &at[i], &s.leaves[i], at[i].from
			for a.from > 0 && (a.sum == 0 || a.sum*n < enough*a.all) {
				a.from--
				a.sum += a.counts[a.from]
			}
			v := l.band(a.from, high)
			for j := range l.postings {
				if err := s.check(); err != nil {
					return nil, err
				}
				p := &l.postings[j]
				seg := &s.view.segments[p.segment]
				part := seg.of(left)
				from := a.from
				if a.sum*rarely > a.all {
					from = 0
				}
				p.list.eachFrom(from, v, func(d uint32, _ float32) {
					if part.has(d) {
						part.remove(d)
						docs = append(docs, seg.base+d)
					}
				})
			}
			if a.from > 0 {
				bound += l.rarity * levelScores[a.from-1]
				end = false
			}
		}
		slices.Sort(docs)
		s.look(&b, docs)
		looked += len(docs)
		*room = docs
		if b.full && b.last.score > bound {
			return b.all, nil
		}
		if end {
			break
		}
	}
	s.score(left, n-looked)
	more, _, err := s.choose(left, language.Relevance, nil, k)
	b.all = append(b.all, more...)
	b.cut()
	return b.all, err
}
