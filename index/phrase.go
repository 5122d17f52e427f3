package index

import (
	"bytes"
	"fmt"
	"slices"
)

// phrase matches the words in exactly that order, in one of the pieces.
func (s *search) phrase(words []string, in pieces, within bitset) (bitset, error) {
	if len(words) == 0 {
		return within, nil
	}
	for i, w := range words {
		words[i] = term(w)
	}
	if len(words) == 1 && in == anyText {
		return s.form(words[0], within)
	}
	docs := s.docs()
	if s.begun != nil && slices.Equal(s.begun, words) {
		for _, d := range s.rows {
			if within.has(d) {
				*docs = append(*docs, d)
			}
		}
	} else {
		*docs = s.candidates(*docs, words, within)
	}
	of := some
	if len(*docs) >= fewestRows && &s.base[0] == &s.view.current[0] {
		if of = current; within.count() == s.view.found {
			of = allCurrent
		}
	}
	return s.rowSet(words, in, *docs, of)
}

// extent says which documents a phrase's candidates are among.
type extent int

const (
	some extent = iota
	// current are documents that are their articles' current versions, allCurrent those of
	// them all that have the words.
	current
	allCurrent
)

// rowSet are those of the candidates that have the words in a row, as a set.
func (s *search) rowSet(words []string, in pieces, candidates []uint32, of extent) (bitset, error) {
	out := s.empty()
	docs, err := s.inRow(words, in, candidates, of)
	for _, d := range docs {
		out.add(d)
	}
	return out, err
}

// inRow are those of the candidates that have the words in exactly that order, in one of the
// pieces. They take the candidates' room.
func (s *search) inRow(words []string, in pieces, candidates []uint32, of extent) ([]uint32, error) {
	row, ok := s.view.vocabulary.rowOf(words)
	if !ok {
		return nil, nil
	}
	l := leaf{}
	out := make([]uint32, 0, len(candidates))
	scoring := s.scoring()
	var upTo uint32 // the segment's documents before it were looked at
	look := func(docs []uint32) error {
		return s.eachText(docs, func(seg *viewSegment, d uint32, text []byte) {
			upTo = d + 1
			o, ok := row.find(text, in, scoring)
			if !ok {
				return
			}
			out = append(out, seg.base+d)
			if scoring {
				l.weights = append(l.weights, float32(saturate(o.weight(int(seg.numbers[d].words), headlineWords(text)))))
			}
		})
	}
	segments, key := s.view.segments, rowKey(&row, in)
	if of == some {
		segments = nil
		if err := look(candidates); err != nil {
			return nil, err
		}
	}
	for i := range segments {
		seg := &segments[i]
		here := docsOf(candidates, seg)
		from := len(out)
		upTo = 0
		if kept, ok := seg.rows.get(key, scoring); ok {
			known, _ := slices.BinarySearch(here, seg.base+kept.upTo)
			out, l.weights = kept.among(here[:known], seg.base, out, l.weights)
			if here, upTo = here[known:], kept.upTo; len(here) == 0 {
				continue
			}
		}
		err := look(here)
		if of == allCurrent && len(here) >= fewestRows {
			if err == nil {
				upTo = uint32(seg.n)
			}
			kept := rows{docs: slices.Clone(out[from:]), upTo: upTo}
			for i := range kept.docs {
				kept.docs[i] -= seg.base
			}
			if kept.scored = scoring; scoring {
				kept.weights = slices.Clone(l.weights[from:])
			}
			seg.rows.put(key, kept, seg.n)
		}
		if err != nil {
			return nil, err
		}
	}
	if scoring {
		const most = 3 // words more do not make a phrase rarer than its rarity says
		l.docs = out
		l.rarity = float32(rarity(len(out), s.view.found)) * float32(min(len(words), most))
		s.leaves = append(s.leaves, l)
	}
	return out, nil
}

// withAll matches the documents that have all of the terms in the field.
func (s *search) withAll(field string, terms []string, within bitset) (bitset, error) {
	distinct := slices.Clone(terms)
	slices.Sort(distinct)
	for _, t := range slices.Compact(distinct) {
		var err error
		if within, err = s.with(field, within, t); err != nil {
			return nil, err
		}
	}
	return within, nil
}

// eachText calls f with the text of each of the documents, which are in order, by its number in its segment.
func (s *search) eachText(docs []uint32, f func(seg *viewSegment, d uint32, text []byte)) error {
	// Several texts are found before the first is read: memory brings them while one waits.
	const ahead = 16
	var texts [ahead][]byte
	var at [ahead]int64
	fetched := 0
	for i := range s.view.segments {
		seg := &s.view.segments[i]
		end, _ := slices.BinarySearch(docs, seg.base+uint32(seg.n))
		for here := docs[:end]; len(here) > 0; {
			if err := s.check(); err != nil {
				return err
			}
			some := here[:min(ahead, len(here))]
			for j, d := range some {
				at[j] = seg.texts[d-seg.base]
				fetched += int(seg.numbers[d-seg.base].words) // which tells what a phrase is worth
			}
			for _, at := range at[:len(some)] {
				s.view.texts.touch(at)
			}
			for j, d := range some {
				text, err := s.view.texts.at(at[j])
				if err != nil {
					return fmt.Errorf("read the words of article %s: %w", seg.ids.at(d-seg.base), err)
				}
				texts[j] = text
			}
			for j, d := range some {
				f(seg, d-seg.base, texts[j])
			}
			here = here[len(some):]
		}
		docs = docs[end:]
	}
	s.ticks += fetched & 1 // so that it is read
	return nil
}

// members are those of a set in order, good until the search is done.
func (s *search) members(b bitset) []uint32 {
	docs := s.docs()
	*docs = b.appendTo(*docs)
	return *docs
}

// inLead reports whether the code at that place of a body which begins at begin is one of the
// first words. How long codes are does not matter: another index of the same articles has
// others.
func inLead(text []byte, begin, at int) bool {
	const longest = 5
	if at-begin > leadWords*longest {
		return false
	}
	words := 0
	for _, c := range text[begin+1 : at] {
		if c < goesOn {
			words++
		}
	}
	return words < leadWords
}

// headlineWords is how many words the headline of a text has, which is its first piece.
func headlineWords(text []byte) (n int) {
	if len(text) == 0 || text[0] != pieceHeadline {
		return 0
	}
	for _, c := range text[1:] {
		switch {
		case c < markers:
			return n
		case c < goesOn:
			n++
		}
	}
	return n
}

// row is the code of words in a row, and the place in it of the byte that most texts have
// least often, which is what is looked for.
type row struct {
	code []byte
	at   int
}

// rowOf is the code of the words; ok is false where one of them is in no text.
func (v *vocabulary) rowOf(words []string) (r row, ok bool) {
	if r.code, ok = v.phrase(words); !ok {
		return r, false
	}
	// The later a byte of a code, the more values it can have; and a rare word's begins with
	// a byte that few do.
	best, size := -1, 0
	for i, c := range r.code {
		if c < goesOn {
			size = 0
		} else {
			size++
		}
		worth := int(c)
		if size > 0 {
			worth = (size + 1) << 8
		}
		if worth >= best {
			best, r.at = worth, i
		}
	}
	return r, true
}

// next is where the row stands first in text from there on; -1 for nowhere.
func (r *row) next(text []byte, from int) int {
	for at := from + r.at; at < len(text); at++ {
		i := bytes.IndexByte(text[at:], r.code[r.at])
		if i < 0 {
			return -1
		}
		at += i
		if start := at - r.at; start+len(r.code) <= len(text) && string(text[start:start+len(r.code)]) == string(r.code) {
			return start
		}
	}
	return -1
}

// find looks for a row in the pieces of a text; ok says whether it is there. Where all is
// not asked for it stops at the first.
func (r *row) find(text []byte, in pieces, all bool) (o occurrences, ok bool) {
	for from := 0; ; {
		at := r.next(text, from)
		if at < 0 {
			return o, ok
		}
		from = at + 1
		kind, begin := pieceOf(text, at)
		if !in.has(kind) {
			continue
		}
		ok = true
		switch {
		case !all:
			return o, true
		case kind == pieceHeadline:
			o.headline++
		case kind != pieceBody:
			o.rest++
		default:
			o.body++
			if inLead(text, begin, at) {
				o.lead++
			}
		}
	}
}

// pieceOf is the kind of the piece that the code at that place belongs to, and where the piece
// begins.
func pieceOf(text []byte, at int) (kind byte, begin int) {
	for i := at - 1; i >= 0; i-- {
		if text[i] < markers {
			return text[i], i
		}
	}
	return 0, 0
}
