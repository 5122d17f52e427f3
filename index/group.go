package index

import (
	"bytes"
	"math"
	"slices"
	"sync"

	language "backfile/internal/search"
)

// group is what was found of one wire family.
type group struct {
	best      uint32  // the document that stands for it, and one more; 0 for none yet
	found     uint32  // how many members were found
	most      float32 // the best score of theirs
	score     float32 // best's own
	published int64   // best's
	dated     bool
	lead      bool // best is the family's lead
}

// group leaves of each family's members among the hits the one that stands for it:
// its lead, or the one that comes first, and fills in gs, the groups by the family's number.
// The one that is left scores as the best of the members, so that a family does not
// come later than it would without its lead: such documents are in s.raised.
func (s *search) group(hits bitset, n int, order language.Sort, gs []group) (kept bitset, err error) {
	members := s.empty()
	for i := range s.view.segments {
		seg := &s.view.segments[i]
		copy(seg.of(members), seg.inFamily)
	}
	members.and(hits)
	if members.upTo(1) == 0 {
		return hits, nil
	}
	scored := order == language.Relevance && len(s.leaves) > 0
	if scored {
		// Words alone put what is in no family in order without scores.
		if s.leveled() {
			s.score(members, members.count())
		} else {
			s.score(hits, n)
		}
	}
	kept = s.copyOf(hits)
	for i := range s.view.segments {
		seg := &s.view.segments[i]
		families := seg.single[tagFamily]
		members.between(seg.base, seg.base+uint32(seg.n), func(d uint32) bool {
			if err = s.tick(); err != nil {
				return false
			}
			n := families[d-seg.base]
			g, of := &gs[n], &seg.numbers[d-seg.base]
			score := float32(0)
			if scored {
				score = s.scores[d]
			}
			lead := seg.leads[d-seg.base]
			if g.best > 0 {
				if !lead && (g.lead || !s.precedes(order, seg, d, score, g)) {
					kept.remove(d)
					g.found, g.most = g.found+1, max(g.most, score)
					return true
				}
				kept.remove(g.best - 1)
			}
			*g = group{d + 1, g.found + 1, max(g.most, score), score, of.published, of.dated, lead}
			return true
		})
		if err != nil {
			return nil, err
		}
	}
	if scored {
		s.raised = s.empty()
		for i := range gs {
			if g := &gs[i]; g.found > 1 {
				s.scores[g.best-1] = g.most
				s.raised.add(g.best - 1)
			}
		}
	}
	return kept, nil
}

// groupRoom keeps the room that one search needs for the next.
var groupRoom sync.Pool

// takeGroups is room for n of them, all zero. Put it back behind the last use.
func takeGroups(n int) *[]group {
	gs, _ := groupRoom.Get().(*[]group)
	if gs == nil || cap(*gs) < n {
		made := make([]group, n, n+n/4)
		gs = &made
	}
	*gs = (*gs)[:n]
	clear(*gs)
	return gs
}

// precedes reports whether document d, of seg and with that score, comes before the one
// that stands for g. What decides most often is at hand.
func (s *search) precedes(order language.Sort, seg *viewSegment, d uint32, score float32, g *group) bool {
	n := &seg.numbers[d-seg.base]
	switch {
	case order == language.Relevance && score != g.score:
		return score > g.score
	case n.dated != g.dated:
		return n.dated
	case n.published != g.published:
		return n.published > g.published == (order != language.Oldest)
	}
	return bytes.Compare(s.view.id(d), s.view.id(g.best-1)) < 0
}

// printed is how many articles a family has, and how many outlets print it.
type printed struct{ members, outlets uint32 }

// printedOf is how often one family is printed among the documents that are searched: of a
// search of the past, without what was captured later. Outlets count as those of
// family.Family do: articles without one count for nothing, and for one together
// where no outlet is known.
func (s *search) printedOf(family uint32) (p printed) {
	var outlets []uint32
	for i := range s.view.segments {
		seg := &s.view.segments[i]
		base := seg.of(s.base)
		if len(seg.kin) == 0 {
			continue
		}
		// Families have their numbers in the order in which they were met, so they are about evenly spread.
		first, last := int(seg.kin[0]>>32), int(seg.kin[len(seg.kin)-1]>>32)
		guess := (int(family) - first) * len(seg.kin) / (last - first + 1)
		from := guessed(len(seg.kin), guess, func(i int) bool { return seg.kin[i] < uint64(family)<<32 })
		for _, k := range seg.kin[from:] {
			d := uint32(k)
			if uint32(k>>32) != family {
				break
			}
			if !base.has(d) {
				continue
			}
			p.members++
			if o := seg.single[tagOutlet][d]; o > 0 && !slices.Contains(outlets, o) {
				outlets = append(outlets, o)
			}
		}
	}
	p.outlets = uint32(max(len(outlets), 1))
	return p
}

// printed is how often each family is printed, by its number, among the documents that are
// searched. It is counted once for each state of the index.
func (s *search) printed() []printed {
	if s.until == math.MaxInt64 {
		s.view.tally.Do(func() { s.view.families = s.view.tallied(s.view.current) })
		return s.view.families
	}
	if s.families == nil {
		s.families = s.view.tallied(s.base)
	}
	return s.families
}

// tallied counts the families' members and outlets among the documents of.
func (v *view) tallied(of bitset) []printed {
	out := make([]printed, len(v.tables.byTag[tagFamily].all()))
	var pairs []uint64
	for i := range v.segments {
		seg := &v.segments[i]
		families, outlets := seg.single[tagFamily], seg.single[tagOutlet]
		of.between(seg.base, seg.base+uint32(seg.n), func(d uint32) bool {
			if n := families[d-seg.base]; n > 0 {
				out[n].members++
				if o := outlets[d-seg.base]; o > 0 {
					pairs = append(pairs, uint64(n)<<32|uint64(o))
				}
			}
			return true
		})
	}
	slices.Sort(pairs)
	for _, p := range slices.Compact(pairs) {
		out[p>>32].outlets++
	}
	for i := range out {
		if p := &out[i]; p.members > 0 {
			p.outlets = max(p.outlets, 1)
		}
	}
	return out
}

// wire matches agency copy: what says so itself, and what several outlets print.
func (s *search) wire(within bitset) (bitset, error) {
	out, err := s.keys(tagIs, []string{isWire}, within)
	if err != nil {
		return nil, err
	}
	families := s.printed()
	for i := range s.view.segments {
		seg := &s.view.segments[i]
		within.between(seg.base, seg.base+uint32(seg.n), func(d uint32) bool {
			if err = s.tick(); err != nil {
				return false
			}
			if n := seg.single[tagFamily][d-seg.base]; n > 0 && families[n].outlets > 1 {
				out.add(d)
			}
			return true
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
