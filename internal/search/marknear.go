package search

import (
	"slices"

	"backfile/internal/text"
)

// close are the places where both sides of a Near stand, with the terms first and
// first+1.
func (m *marker) close(n Near, toks []text.Token, first int) []match {
	a, b := m.spans(n.A, toks), m.spans(n.B, toks)
	usedA, usedB := make([]bool, len(a)), make([]bool, len(b))
	from := 0
	for i, x := range a {
		for from < len(b) && b[from].last < x.first-n.N {
			from++
		}
		for j := from; j < len(b) && b[j].first <= x.last+n.N; j++ {
			if n.holds(x, b[j]) {
				usedA[i], usedB[j] = true, true
			}
		}
	}
	var out []match
	for i, x := range a {
		if usedA[i] {
			out = append(out, match{toks[x.first].Start, toks[x.last].End, first})
		}
	}
	for j, x := range b {
		if usedB[j] {
			out = append(out, match{toks[x.first].Start, toks[x.last].End, first + 1})
		}
	}
	return out
}

// tokenSpan are the words of a text, counted from 0, that something matched.
type tokenSpan struct{ first, last int }

// holds reports whether a and b are as close as n wants them.
func (n Near) holds(a, b tokenSpan) bool {
	if d := b.first - a.last; d >= 1 && d <= n.N {
		return true
	}
	d := a.first - b.last
	return !n.Ordered && d >= 1 && d <= n.N
}

// spans are the places of one side of a Near, in order.
func (m *marker) spans(n Node, toks []text.Token) []tokenSpan {
	side := newMarker(n, m.lang, m.stem)
	var out []tokenSpan
	for i, t := range toks {
		if len(side.words[side.stem(side.lang, t.Fold)]) > 0 || slices.ContainsFunc(side.wilds, func(w wildTerm) bool { return w.match(t.Fold) }) {
			out = append(out, tokenSpan{i, i})
		}
		for _, p := range side.phrases[t.Fold] {
			if j := i + len(p.words); j <= len(toks) && matches(toks[i:j], p.words) {
				out = append(out, tokenSpan{i, j - 1})
			}
		}
	}
	return out
}
