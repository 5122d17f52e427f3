package index

import (
	language "backfile/internal/search"
)

// asOf has the documents of the versions that were shown then, one an article at
// most: what had been captured, and no later version had taken the place of. Both
// times are known to the second, and so is then.
func (v *view) asOf(then language.AsOf) bitset {
	until := then.Until.Unix()
	out := newBitset(v.docs)
	for i := range v.segments {
		seg := &v.segments[i]
		deleted := seg.Deleted()
		for d := range seg.n {
			n := &seg.numbers[d]
			if n.captured < until && (n.current || n.superseded >= until) && (deleted == nil || !deleted.Contains(uint32(d))) {
				out.add(seg.base + uint32(d))
			}
		}
	}
	return out
}

// changed matches articles that have a version before the one searched.
func (s *search) changed(within bitset) (bitset, error) {
	out := s.empty()
	for i := range s.view.segments {
		seg := &s.view.segments[i]
		var err error
		within.between(seg.base, seg.base+uint32(seg.n), func(d uint32) bool {
			if err = s.tick(); err != nil {
				return false
			}
			if seg.numbers[d-seg.base].nth > 0 {
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
