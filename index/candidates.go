package index

import (
	"cmp"
	"encoding/binary"
	"math/bits"
	"slices"
)

// placed is a stem of a phrase with the places where it stands there.
type placed struct {
	hash uint64
	list postingsList
	at   []int
}

// candidates appends the documents of within that may have the words in a row: those that have each of their
// stems, beside what may be the others.
func (s *search) candidates(out []uint32, words []string, within bitset) []uint32 {
	numbers := make([]uint32, len(words))
	for i, w := range words {
		n, ok := s.view.vocabulary.of(w)
		if !ok {
			return out
		}
		numbers[i] = n
	}
	begin := len(out)
	languages := 0
	var stems []placed
	for _, lang := range s.view.languages {
		stems = stems[:0]
		for i, w := range words {
			hash := hashOf(stemIn(lang, w), lang)
			at := slices.IndexFunc(stems, func(p placed) bool { return p.hash == hash })
			if at < 0 {
				at = len(stems)
				stems = append(stems, placed{hash: hash})
			}
			stems[at].at = append(stems[at].at, i)
		}
		before := len(out)
		for i := range s.view.segments {
			out = s.view.segments[i].candidates(out, stems, numbers, within)
		}
		if len(out) > before {
			languages++
		}
	}
	if languages > 1 {
		slices.Sort(out[begin:])
	}
	return out
}

// candidates appends those of the segment.
func (s *viewSegment) candidates(out []uint32, stems []placed, numbers []uint32, within bitset) []uint32 {
	for i := range stems {
		var ok bool
		if stems[i].list, ok = s.impacts.find(stems[i].hash); !ok {
			return out
		}
	}
	slices.SortFunc(stems, func(a, b placed) int { return cmp.Compare(a.list.n, b.list.n) })
	begin := len(out)
	for i := range stems {
		p := &stems[i]
		var allowed *besides
		if p.list.beside != nil {
			allowed = besidesOf(numbers, p.at)
		}
		if i == 0 {
			out = p.list.beginning(out, s.base, s.of(within), allowed)
			continue
		}
		docs := out[begin:]
		kept := docs[:0]
		p.list.among(docs, s.base, func(i, at int) {
			if allowed == nil || allowed.allow(p.list.classes[at], p.list.beside[at]) {
				kept = append(kept, docs[i])
			}
		})
		out = out[:begin+len(kept)]
	}
	return out
}

// beginning appends the documents of the list that are in the part of a set and, where that is given, are
// allowed to have a phrase; their numbers are those of the archive, in which the segment begins at base.
func (l *postingsList) beginning(out []uint32, base uint32, part bitset, allowed *besides) []uint32 {
	add := func(at int, d uint32) {
		if part.has(d) && (allowed == nil || allowed.allow(l.classes[at], l.beside[at])) {
			out = append(out, base+d)
		}
	}
	switch {
	case l.plain != nil:
		for i, d := range l.plain {
			add(i, d)
		}
	case l.n < longList:
		l.short(add)
	default:
		l.blocks(func(b *block) {
			for i := 0; i*2 < len(b.array); i++ {
				add(b.at+i, b.base+uint32(binary.LittleEndian.Uint16(b.array[i*2:])))
			}
			at := b.at
			for i := 0; i < len(b.set); i += 8 {
				w := binary.LittleEndian.Uint64(b.set[i:])
				for ; w != 0; w &= w - 1 {
					if allowed == nil || allowed.allow(l.classes[at], l.beside[at]) {
						if d := b.base + uint32(i*8+bits.TrailingZeros64(w)); part.has(d) {
							out = append(out, base+d)
						}
					}
					at++
				}
			}
		})
	}
	return out
}
