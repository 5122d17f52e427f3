package index

import (
	"math/bits"
	"slices"
	"sync"

	language "backfile/internal/search"
)

// scoreRoom are arrays of the size of the archive, all zeros between searches.
var scoreRoom sync.Pool

// score works out what those of the n hits score that have no score yet: the sum over the
// leaves.
func (s *search) score(hits bitset, n int) {
	if len(s.leaves) == 0 {
		return
	}
	more := hits
	if s.scores != nil {
		more = s.copyOf(hits)
		more.andNot(s.scored)
		n = more.count()
	} else if p, _ := scoreRoom.Get().(*[]float32); p != nil && cap(*p) >= s.view.docs {
		s.scores = (*p)[:s.view.docs]
	} else {
		s.scores = make([]float32, s.view.docs, s.view.docs+s.view.docs/8)
	}
	if s.scored == nil {
		s.scored = s.empty()
	}
	s.scored.or(more)
	if n == 0 {
		return
	}
	for i := range s.leaves {
		s.add(&s.leaves[i], more, n)
	}
}

func (s *search) add(l *leaf, hits bitset, n int) {
	switch {
	case l.flat != nil:
		s.addFlat(hits, l)
	case l.docs != nil:
		for j, d := range l.docs {
			if hits.has(d) {
				s.scores[d] += l.rarity * l.weights[j]
			}
		}
	case l.overlap:
		s.addBest(hits, l)
	default:
		for j := range l.postings {
			s.addPosting(hits, n, l, &l.postings[j])
		}
	}
}

// unscore leaves the room for scores all zeros, for the next search.
func (s *search) unscore() {
	if s.scores == nil {
		return
	}
	for i, w := range s.scored {
		for ; w != 0; w &= w - 1 {
			s.scores[i*wordBits+bits.TrailingZeros64(w)] = 0
		}
	}
	room := s.scores // the pool keeps the pointer, so not to the field that is cleared here
	scoreRoom.Put(&room)
	s.scores = nil
}

func (s *search) addFlat(hits bitset, l *leaf) {
	for i, w := range l.flat {
		for w &= hits[i]; w != 0; w &= w - 1 {
			s.scores[i*wordBits+bits.TrailingZeros64(w)] += l.rarity
		}
	}
}

// addPosting adds to the scores of the hits that are in a posting. It goes through the
// smaller of both, or through both as sets where both are large.
func (s *search) addPosting(hits bitset, n int, l *leaf, p *posting) {
	seg := &s.view.segments[p.segment]
	part := seg.of(hits)
	scores := s.scores[seg.base:]
	value := l.rarity * levelScores[p.class&levelMask]
	size := int(p.docs.GetCardinality())
	const probe = 8 // times the cost of a step
	switch {
	case n*probe < size && n*probe < len(part)*wordBits:
		for i, w := range part {
			for ; w != 0; w &= w - 1 {
				if d := i*wordBits + bits.TrailingZeros64(w); p.docs.Contains(uint32(d)) {
					scores[d] += value
				}
			}
		}
	case size < len(part)*4:
		var few [256]uint32
		it := p.docs.ManyIterator()
		for k := it.NextMany(few[:]); k > 0; k = it.NextMany(few[:]) {
			for _, d := range few[:k] {
				if part.has(d) {
					scores[d] += value
				}
			}
		}
	default:
		room := s.room[:min(int(p.docs.DenseSize()), len(part))]
		clear(room)
		p.docs.WriteDenseTo(room)
		for i, w := range room {
			for w &= part[i]; w != 0; w &= w - 1 {
				scores[i*wordBits+bits.TrailingZeros64(w)] += value
			}
		}
	}
}

// addBest adds to each hit that is in several postings what the best of them gives.
func (s *search) addBest(hits bitset, l *leaf) {
	left := s.copyOf(hits)
	for level := levels - 1; level >= 0; level-- {
		found := s.ofLevel(l, level)
		if found == nil {
			continue
		}
		value := l.rarity * levelScores[level]
		for i, w := range found {
			w &= left[i]
			left[i] &^= w
			for ; w != 0; w &= w - 1 {
				s.scores[i*wordBits+bits.TrailingZeros64(w)] += value
			}
		}
	}
}

// ofLevel are the documents of a word's postings of that level; nil for none.
func (s *search) ofLevel(l *leaf, level int) bitset {
	var out bitset
	for i := range l.postings {
		if p := &l.postings[i]; int(p.class&levelMask) == level {
			if out == nil {
				out = s.empty()
			}
			seg := &s.view.segments[p.segment]
			seg.of(out).addAll(p.docs, s.room[:seg.words()])
		}
	}
	return out
}

// byLevel finds the k first of the n hits where a word alone decides: those of the highest
// levels, within each the newest; and behind them those without the word.
func (s *search) byLevel(hits bitset, n int, l *leaf, k int) (out []standing, err error) {
	left := hits
	if l.overlap {
		left = s.copyOf(hits)
	}
	for level := levels - 1; level >= 0 && len(out) < k; level-- {
		found := s.ofLevel(l, level)
		if found == nil {
			continue
		}
		found.and(left)
		if l.overlap {
			left.andNot(found)
		}
		best, err := s.byDate(found, found.count(), language.Newest, k-len(out))
		if err != nil {
			return nil, err
		}
		for i := range best {
			best[i].sort, best[i].score = language.Relevance, l.rarity*levelScores[level]
		}
		out = slices.Concat(out, best)
	}
	if len(out) < min(k, n) {
		left = s.copyOf(hits)
		for level := range levels {
			if found := s.ofLevel(l, level); found != nil {
				left.andNot(found)
			}
		}
		last, err := s.byDate(left, left.count(), language.Newest, k-len(out))
		for i := range last {
			last[i].sort, last[i].score = language.Relevance, 0
		}
		return slices.Concat(out, last), err
	}
	return out, nil
}
