package index

import (
	"fmt"
	"slices"

	language "backfile/internal/search"
)

// near matches documents with both sides within some words of each other, in one of the
// pieces.
func (s *search) near(n language.Near, in pieces, within bitset) (bitset, error) {
	s.quiet++
	candidates, err := s.match(n.A, within)
	if err == nil {
		candidates, err = s.match(n.B, candidates)
	}
	s.quiet--
	if err != nil {
		return nil, err
	}
	a, err := s.sideOf(n.A, candidates)
	if err != nil {
		return nil, err
	}
	b, err := s.sideOf(n.B, candidates)
	if err != nil {
		return nil, err
	}
	var as, bs []span
	return s.inPieces(candidates, in, func(words []uint32, lang uint32) bool {
		if as = a.spans(as[:0], words, lang); len(as) == 0 {
			return false
		}
		bs = b.spans(bs[:0], words, lang)
		for _, y := range bs {
			for _, x := range as {
				if d := y.first - x.last; d >= 1 && d <= n.N {
					return true
				}
				if d := x.first - y.last; !n.Ordered && d >= 1 && d <= n.N {
					return true
				}
			}
		}
		return false
	})
}

// somewhere matches documents with what one side of a Near may be, in one of the pieces.
func (s *search) somewhere(n language.Node, in pieces, within bitset) (bitset, error) {
	s.quiet++
	candidates, err := s.match(n, within)
	s.quiet--
	if err != nil {
		return nil, err
	}
	a, err := s.sideOf(n, candidates)
	if err != nil {
		return nil, err
	}
	return s.inPieces(candidates, in, func(words []uint32, lang uint32) bool { return len(a.spans(nil, words, lang)) > 0 })
}

// inPieces are the candidates of which match accepts one of the pieces: its words by their
// numbers, and the number of the document's language.
func (s *search) inPieces(candidates bitset, in pieces, match func(words []uint32, lang uint32) bool) (bitset, error) {
	out := s.empty()
	n := 0
	var words []uint32
	err := s.eachText(s.members(candidates), func(seg *viewSegment, d uint32, text []byte) {
		lang := seg.single[tagLanguage][d]
		for len(text) > 0 {
			_, kind, size := nextCode(text)
			if size == 0 || kind == 0 {
				return
			}
			text = text[size:]
			words = words[:0]
			for len(text) > 0 && text[0] >= markers {
				w, _, size := nextCode(text)
				if size == 0 {
					return
				}
				words = append(words, w)
				text = text[size:]
			}
			if in.has(kind) && match(words, lang) {
				out.add(seg.base + d)
				n++
				return
			}
		}
	})
	if err == nil && s.scoring() {
		s.leaves = append(s.leaves, leaf{rarity: float32(rarity(n, s.view.found) * saturate(1)), flat: out})
	}
	return out, err
}

// span is where something stands: the places of its first and last word in their piece.
type span struct{ first, last int }

// side is what a part of a query means in a text read word by word: any of its ways.
type side []way

// way is a row of words by their numbers, or one word that match accepts.
type way struct {
	row   []uint32
	match func(word string, lang string) bool
	said  memo // what match said
	s     *search
}

// memo remembers what is true of words in a language: of few texts in a map, of many in
// an array over the vocabulary.
type memo struct {
	few  map[uint64]bool
	many map[uint32][]byte
	size int
}

const (
	isTrue  = 1
	isFalse = 2
)

func (m *memo) of(word, lang uint32, ask func() bool) bool {
	if m.many == nil {
		k := uint64(lang)<<32 | uint64(word)
		is, ok := m.few[k]
		if !ok {
			is = ask()
			m.few[k] = is
		}
		return is
	}
	all := m.many[lang]
	if all == nil {
		all = make([]byte, m.size)
		m.many[lang] = all
	}
	if int(word) >= len(all) {
		return false // no text of this search has it
	}
	if all[word] == 0 {
		all[word] = isFalse
		if ask() {
			all[word] = isTrue
		}
	}
	return all[word] == isTrue
}

func (s *search) sideOf(n language.Node, candidates bitset) (side, error) {
	switch n := n.(type) {
	case language.Or:
		var out side
		for _, p := range n.Parts {
			more, err := s.sideOf(p, candidates)
			if err != nil {
				return nil, err
			}
			out = append(out, more...)
		}
		return out, nil
	case language.Word:
		if words := language.Terms(n.Text); len(words) == 1 {
			want := term(words[0])
			return side{s.oneWord(candidates, func(w, lang string) bool { return Stem(lang, w) == Stem(lang, want) })}, nil
		}
		return s.rowOf(language.Terms(n.Text)), nil
	case language.Phrase:
		return s.rowOf(language.Terms(n.Text)), nil
	}
	if e, ok := expansionOf(n); ok {
		lo, hi := string(e.lo), string(e.hi)
		return side{s.oneWord(candidates, func(w, _ string) bool { return w >= lo && (e.hi == nil || w < hi) && e.match(w) })}, nil
	}
	return nil, fmt.Errorf("a %T cannot be near anything", n)
}

func (s *search) oneWord(candidates bitset, match func(word, lang string) bool) way {
	w := way{match: match, s: s}
	const many = 2000
	if candidates.upTo(many) < many {
		w.said.few = map[uint64]bool{}
	} else {
		w.said.many, w.said.size = map[uint32][]byte{}, len(s.view.vocabulary.all())
	}
	return w
}

// rowOf has no way where one of the words is in no text.
func (s *search) rowOf(words []string) side {
	w := way{}
	for _, f := range words {
		n, ok := s.view.vocabulary.of(term(f))
		if !ok {
			return nil
		}
		w.row = append(w.row, n)
	}
	if len(w.row) == 0 {
		return nil
	}
	return side{w}
}

// spans appends where any way stands in a piece.
func (sd side) spans(out []span, words []uint32, lang uint32) []span {
	for i := range sd {
		w := &sd[i]
		for at, word := range words {
			switch {
			case w.match != nil:
				if w.accepts(word, lang) {
					out = append(out, span{at, at})
				}
			case word == w.row[0] && w.stands(words[at:]):
				out = append(out, span{at, at + len(w.row) - 1})
			}
		}
	}
	return out
}

func (w *way) stands(words []uint32) bool {
	return len(words) >= len(w.row) && slices.Equal(words[:len(w.row)], w.row)
}

func (w *way) accepts(word, lang uint32) bool {
	return w.said.of(word, lang, func() bool {
		words := w.s.view.vocabulary.all()
		return int(word) < len(words) && w.match(words[word], w.s.view.tables.byTag[tagLanguage].value(lang))
	})
}
