package index

import (
	"fmt"

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
	a, err := s.sideOf(n.A)
	if err != nil {
		return nil, err
	}
	b, err := s.sideOf(n.B)
	if err != nil {
		return nil, err
	}
	return s.inPieces(candidates, in, func(words []uint32, lang uint32) bool {
		as := a.spans(words, lang)
		if len(as) == 0 {
			return false
		}
		for _, y := range b.spans(words, lang) {
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
	a, err := s.sideOf(n)
	if err != nil {
		return nil, err
	}
	return s.inPieces(candidates, in, func(words []uint32, lang uint32) bool { return len(a.spans(words, lang)) > 0 })
}

// inPieces are the candidates of which match accepts one of the pieces: its words by their
// numbers, and the number of the document's language.
func (s *search) inPieces(candidates bitset, in pieces, match func(words []uint32, lang uint32) bool) (bitset, error) {
	out := s.empty()
	n := 0
	var words []uint32
	err := s.eachText(candidates, func(seg *viewSegment, d uint32, text []byte) {
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
	known map[uint64]bool // what match said, by language and word
	s     *search
}

func (s *search) sideOf(n language.Node) (side, error) {
	switch n := n.(type) {
	case language.Or:
		var out side
		for _, p := range n.Parts {
			more, err := s.sideOf(p)
			if err != nil {
				return nil, err
			}
			out = append(out, more...)
		}
		return out, nil
	case language.Word:
		if words := language.Terms(n.Text); len(words) == 1 {
			want := term(words[0])
			return side{s.oneWord(func(w, lang string) bool { return Stem(lang, w) == Stem(lang, want) })}, nil
		}
		return s.rowOf(language.Terms(n.Text)), nil
	case language.Phrase:
		return s.rowOf(language.Terms(n.Text)), nil
	}
	if e, ok := expansionOf(n); ok {
		lo, hi := string(e.lo), string(e.hi)
		return side{s.oneWord(func(w, _ string) bool { return w >= lo && (e.hi == nil || w < hi) && e.match(w) })}, nil
	}
	return nil, fmt.Errorf("a %T cannot be near anything", n)
}

func (s *search) oneWord(match func(word, lang string) bool) way {
	return way{match: match, known: map[uint64]bool{}, s: s}
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

// spans are where any way stands in a piece.
func (sd side) spans(words []uint32, lang uint32) (out []span) {
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
	if len(words) < len(w.row) {
		return false
	}
	for i, n := range w.row {
		if words[i] != n {
			return false
		}
	}
	return true
}

func (w *way) accepts(word, lang uint32) bool {
	k := uint64(lang)<<32 | uint64(word)
	is, ok := w.known[k]
	if !ok {
		words := w.s.view.vocabulary.all()
		is = int(word) < len(words) && w.match(words[word], w.s.view.tables.byTag[tagLanguage].value(lang))
		w.known[k] = is
	}
	return is
}
