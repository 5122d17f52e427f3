package index

import (
	"fmt"
	"time"

	language "backfile/internal/search"
)

// dictionary matches documents with a word that match accepts: every word of the
// archive is held to it.
func (s *search) dictionary(match func(folded string) bool, in where, within bitset) (bitset, error) {
	out := newBitset(s.view.docs)
	for _, p := range in {
		words := map[string]bool{}
		for i := range s.view.segments {
			dict, err := s.view.segments[i].Segment().Dictionary(p.exact)
			if err != nil {
				return nil, fmt.Errorf("read words of %s: %w", p.exact, err)
			}
			it := dict.AutomatonIterator(nil, nil, nil)
			for e, err := it.Next(); e != nil || err != nil; e, err = it.Next() {
				if err == nil {
					err = s.tick()
				}
				if err != nil {
					return nil, fmt.Errorf("read words of %s: %w", p.exact, err)
				}
				if match(e.Term) {
					words[e.Term] = true
				}
			}
		}
		for w := range words {
			if err := s.each(p.exact, w, false, within, func(d uint32, _ int) { out.add(d) }); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// onDay matches articles of which the day is known, on that day of any year.
func (s *search) onDay(on language.OnDay, within bitset) (bitset, error) {
	out := newBitset(s.view.docs)
	for i := range s.view.segments {
		seg := &s.view.segments[i]
		var err error
		within.between(seg.base, seg.base+uint32(seg.n), func(d uint32) bool {
			if err = s.tick(); err != nil {
				return false
			}
			if n := &seg.numbers[d-seg.base]; n.dated && n.first == n.last {
				if day := dayOf(n.first); day.Month() == time.Month(on.Month) && day.Day() == on.Day {
					out.add(d)
				}
			}
			return true
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
