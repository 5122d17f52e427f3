package index

import (
	"fmt"
	"maps"
	"slices"
	"time"
	"unicode/utf8"

	segment "github.com/blevesearch/scorch_segment_api/v2"

	language "backfile/internal/search"
)

// A range of the dictionary with what of it is taken: the words that a Prefix, a Pattern or a
// Fuzzy means.
type expansion struct {
	lo, hi []byte
	likely segment.Automaton // takes all that match takes, and perhaps more; nil for all
	match  func(folded string) bool
	said   string // as typed
}

// mostWords is the most different words that one part of a query may mean in a segment.
const mostWords = 50_000

// mostRanked is up to how many different words the best of those that an article has
// counts for it, as if it had been asked for. Where a part of a query means more, each counts as
// standing there once.
const mostRanked = 16

// expansionOf is the range of a node; ok is false for one that is no such node.
func expansionOf(n language.Node) (e expansion, ok bool) {
	switch n := n.(type) {
	case language.Prefix:
		p := n.Folded()
		return expansion{[]byte(p), after(p), nil, func(string) bool { return true }, n.String()}, true
	case language.Pattern:
		p := n.Folded()
		head := p
		for i, r := range p {
			if r == '*' || r == '?' {
				head = p[:i]
				break
			}
		}
		return expansion{[]byte(head), after(head), nil, func(w string) bool { return language.MatchPattern(p, w) }, n.String()}, true
	case language.Fuzzy:
		w := n.Folded()
		_, size := utf8.DecodeRuneInString(w)
		e := expansion{[]byte(w[:size]), after(w[:size]), nil, func(other string) bool { return language.Within(w, other, n.Edits) }, n.String()}
		if all := slips(); n.Edits > 0 && n.Edits < len(all) && all[n.Edits] != nil {
			if dfa, err := all[n.Edits].BuildDfa(w, uint8(n.Edits)); err == nil {
				e.likely = dfa
			}
		}
		return e, true
	}
	return expansion{}, false
}

// expanded matches the documents with any word of the range.
func (s *search) expanded(e expansion, within bitset) (bitset, error) {
	out := s.empty()
	words := map[string]bool{} // up to mostRanked and one
	for i := range s.view.segments {
		seg := &s.view.segments[i]
		part, room := seg.of(out), s.room(seg)
		n := 0
		var r reader
		err := eachTerm(seg.Segment(), fieldWord, e.likely, e.lo, e.hi, func(t string, dict segment.TermDictionary) (bool, error) {
			if err := s.tick(); err != nil {
				return false, err
			}
			if !e.match(t) {
				return true, nil
			}
			if n++; n > mostWords {
				return false, language.Costly(fmt.Sprintf("%s means more than %d different words", e.said, mostWords))
			}
			if len(words) <= mostRanked {
				words[t] = true
			}
			m, doc, one, err := r.find(dict, fieldWord, t)
			switch {
			case one:
				part.add(doc)
			case err == nil:
				part.addAll(m, room)
			}
			return true, err
		})
		if err != nil {
			return nil, err
		}
	}
	out.and(within)
	if !s.scoring() {
		return out, nil
	}
	l := leaf{rarity: float32(rarity(out.count(), s.view.found))}
	if len(words) > mostRanked {
		l.rarity, l.flat = l.rarity*float32(saturate(1)), out
		s.leaves = append(s.leaves, l)
		return out, nil
	}
	l.overlap = true
	for _, w := range slices.Sorted(maps.Keys(words)) {
		for _, p := range s.view.postings(w) {
			// Words of one stem have the same.
			if !slices.ContainsFunc(l.postings, p.same) {
				l.postings = append(l.postings, p)
			}
		}
	}
	s.leaves = append(s.leaves, l)
	return out, nil
}

// onDay matches articles of which the day is known, on that day of any year.
func (s *search) onDay(on language.OnDay, within bitset) (bitset, error) {
	out := s.empty()
	for i := range s.view.segments {
		seg := &s.view.segments[i]
		if err := s.check(); err != nil {
			return nil, err
		}
		o := seg.byDay()
		if len(o.first) == 0 {
			continue
		}
		part := seg.of(out)
		for y := dayOf(o.first[0]).Year(); y <= dayOf(o.first[len(o.first)-1]).Year(); y++ {
			t := time.Date(y, time.Month(on.Month), on.Day, 0, 0, 0, 0, time.UTC)
			if t.Day() != on.Day {
				continue // 29 February of another year
			}
			day := int32(t.Unix() / secondsPerDay)
			seg.from(day, day, func(d uint32) {
				if seg.last[d] == day {
					part.add(d)
				}
			})
		}
	}
	out.and(within)
	return out, nil
}
