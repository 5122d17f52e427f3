package family

import (
	"math"
	"slices"

	"backfile/internal/text"
)

// What a sketch is made of. All of it is part of sketchVersion: a change makes
// sketches that cannot be compared with older ones.
const (
	shingleWords = 5  // words to a shingle
	window       = 8  // shingles to a window: a shared run of 12 words is always seen
	maxPrints    = 96 // fingerprints kept, the smallest
	maxFigures   = 16 // figures kept, those of the smallest contexts
)

// MinWords is the length under which an article belongs to no family: what is
// shorter is a headline with a line, and many of those are alike.
const MinWords = 60

// Sketch is what is kept of a text to know its copies by: winnowed fingerprints
// of its runs of five words, and of its figures with the words beside them. It
// takes at most 430 bytes (see AppendBinary). The zero Sketch is of no text and
// belongs to no family. Two equal texts, but for case, accents and punctuation,
// have equal sketches. Sketches are read only once made, and may be shared.
type Sketch struct {
	// Words is how many words the text has.
	Words uint32
	// Prints are fingerprints, ascending, each once: all that winnowing chose,
	// or the smallest 96 where it chose more.
	Prints []uint32
	// Chosen is how many fingerprints winnowing chose: len(Prints), or more.
	Chosen uint32
	// Figures are the text's figures, each once and ascending, at most the
	// smallest 16: a hash of the words on both sides in the upper half, of the
	// figure itself in the lower.
	Figures []uint32
}

// Make sketches a text: an article's body, as a rule. It is safe for concurrent
// use, takes time linear in the text, and is the slow part of an Add, so make
// sketches outside the index's lock.
func Make(body string) Sketch {
	var m maker
	for t := range text.Tokens(body) {
		m.word(t.Fold)
	}
	return m.sketch()
}

// maker takes a text word by word.
type maker struct {
	words   int
	last    [shingleWords]uint64 // the hashes of the last words, a ring
	ring    [window]uint32       // the shingles of the window
	n       int                  // shingles so far
	prints  []uint32
	figures []uint32
	figure  bool   // the last word was a figure
	beside  uint64 // the last word, as a neighbour of figures
	before  uint64 // the one before it
}

func (m *maker) word(w string) {
	h := hashWord(w)
	at := m.words % shingleWords
	neighbour, figure := h, isFigure(w)
	if figure {
		neighbour = aFigure // so that the next figure of a row has the same beside it
	}
	if m.figure {
		m.addFigure(neighbour)
	}
	m.figure, m.before, m.beside = figure, m.beside, neighbour
	m.last[at] = h
	m.words++
	if m.words < shingleWords {
		return
	}
	var sum uint64
	for i := range shingleWords {
		sum = sum*0x9e3779b97f4a7c15 + m.last[(at+1+i)%shingleWords]
	}
	m.shingle(uint32(mix(sum) >> 32))
}

// shingle takes the next shingle, and chooses the rightmost smallest of each
// full window.
func (m *maker) shingle(h uint32) {
	m.ring[m.n%window] = h
	m.n++
	if m.n >= window {
		m.choose()
	}
}

func (m *maker) choose() {
	least := uint32(math.MaxUint32)
	for _, h := range m.ring[:min(m.n, window)] {
		least = min(least, h)
	}
	if k := len(m.prints); k == 0 || m.prints[k-1] != least {
		m.prints = append(m.prints, least)
	}
}

// figureRoom bounds what is held of a text of nothing but figures.
const figureRoom = 1024

// aFigure stands for any figure beside another.
const aFigure = 1

// addFigure notes the last word, a figure, now that the word behind it is known.
func (m *maker) addFigure(behind uint64) {
	context := mix(m.before*3+behind*5) >> 48
	figure := m.last[(m.words+shingleWords-1)%shingleWords] >> 48
	m.figures = append(m.figures, uint32(context<<16|figure))
	if len(m.figures) >= figureRoom {
		m.figures = smallest(m.figures, maxFigures)
	}
}

func (m *maker) sketch() Sketch {
	if m.figure {
		m.addFigure(0)
	}
	if m.n > 0 && m.n < window {
		m.choose()
	}
	s := Sketch{Words: uint32(min(m.words, math.MaxUint32))}
	slices.Sort(m.prints)
	m.prints = slices.Compact(m.prints)
	s.Chosen = uint32(len(m.prints))
	s.Prints = slices.Clone(m.prints[:min(len(m.prints), maxPrints)])
	s.Figures = slices.Clone(smallest(m.figures, maxFigures))
	return s
}

// smallest are the n smallest of hs, each once, ascending. It reorders hs.
func smallest(hs []uint32, n int) []uint32 {
	slices.Sort(hs)
	hs = slices.Compact(hs)
	return hs[:min(len(hs), n)]
}

// isFigure reports whether a folded word is a figure that tells two issues of
// one format apart. Years do not: they are the same all year.
func isFigure(w string) bool {
	if w == "" || w[0] < '0' || w[0] > '9' {
		return false
	}
	year := len(w) == 4 && (w[:2] == "19" || w[:2] == "20") && w[2] >= '0' && w[2] <= '9' && w[3] >= '0' && w[3] <= '9'
	return !year
}

// hashWord is FNV-1a, whose values are the same on every machine.
func hashWord(w string) uint64 {
	h := uint64(0xcbf29ce484222325)
	for i := range len(w) {
		h = (h ^ uint64(w[i])) * 0x100000001b3
	}
	return mix(h)
}

// mix spreads the bits of h over all of the result.
func mix(h uint64) uint64 {
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}

// keyLimit is the greatest fingerprint under which the article can be found.
func (s *Sketch) keyLimit() uint32 {
	if len(s.Prints) > keyPrints {
		return s.Prints[keyPrints-1]
	}
	return math.MaxUint32
}

// within is the greatest fingerprint up to which the sketch is complete.
func (s *Sketch) within() uint32 {
	if int(s.Chosen) > len(s.Prints) {
		return s.Prints[len(s.Prints)-1]
	}
	return math.MaxUint32
}
