package index

import (
	"math/bits"
	"sync"
)

// scoreRoom are arrays of the size of the archive, all zeros between searches.
var scoreRoom sync.Pool

func takeScores(n int) []float32 {
	if p, _ := scoreRoom.Get().(*[]float32); p != nil && cap(*p) >= n {
		return (*p)[:n]
	}
	return make([]float32, n, n+n/8)
}

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
	} else {
		s.scores = takeScores(s.view.docs)
	}
	if s.scored == nil {
		s.scored = s.copyOf(more)
	} else {
		s.scored.or(more)
	}
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
		v := l.values()
		for j := range l.postings {
			p := &l.postings[j]
			seg := &s.view.segments[p.segment]
			p.list.addScores(v, seg.of(hits), n, s.scores[seg.base:])
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

// addBest adds to each hit that is in several postings what the best of them gives.
func (s *search) addBest(hits bitset, l *leaf) {
	v := l.values()
	if len(s.leaves) == 1 { // nothing has been added to any score
		for i := range l.postings {
			p := &l.postings[i]
			seg := &s.view.segments[p.segment]
			part, scores := seg.of(hits), s.scores[seg.base:]
			p.list.each(v, func(d uint32, score float32) {
				if part.has(d) {
					scores[d] = max(scores[d], score)
				}
			})
		}
		return
	}
	most := takeScores(s.view.docs)
	defer scoreRoom.Put(&most)
	found := s.any(l.postings, anyClass)
	found.and(hits)
	for i := range l.postings {
		p := &l.postings[i]
		seg := &s.view.segments[p.segment]
		part, most := seg.of(found), most[seg.base:]
		p.list.each(v, func(d uint32, score float32) {
			if part.has(d) {
				most[d] = max(most[d], score)
			}
		})
	}
	for i, w := range found {
		for ; w != 0; w &= w - 1 {
			d := i*wordBits + bits.TrailingZeros64(w)
			s.scores[d] += most[d]
			most[d] = 0
		}
	}
}
