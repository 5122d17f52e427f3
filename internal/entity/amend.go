package entity

import (
	"slices"

	"backfile/internal/entity/tagger"
	"backfile/internal/news"
)

// amend puts the model's spans of a field right where the rules know better: by
// measurement on text that neither had seen, that is where somebody is addressed,
// where a body's longer name ends in a word for bodies or is on the list, and where
// the article's context makes a place of a name that the model passes over.
func (d *document) amend(f *field, spans []tagger.Span, ruled []*candidate) []tagger.Span {
	spans = slices.DeleteFunc(spans, func(s tagger.Span) bool { return d.isThing(f, s) })
	gone := make([]bool, len(spans))
	var more []tagger.Span
	for _, c := range ruled {
		from, _ := slices.BinarySearchFunc(spans, c.first, func(s tagger.Span, at int) int { return s.Last - at })
		to, within, first, last, whole := from, 0, c.first, c.last, false
		for ; to < len(spans) && spans[to].First <= c.last; to++ {
			if s := spans[to]; !gone[to] {
				within++
				first, last = min(first, s.First), max(last, s.Last)
				whole = whole || s.First == c.first && s.Last == c.last
			}
		}
		switch {
		case within == 0:
			if !c.holds() {
				continue
			}
		case c.kind != news.Organisation || whole:
			continue
		case first < c.first || last > c.last:
			if !splits(f.toks, first, last) {
				continue
			}
		}
		for k := from; k < to; k++ {
			gone[k] = true
		}
		more = append(more, tagger.Span{Kind: taggerKinds[c.kind], First: c.first, Last: c.last})
	}
	if more == nil {
		return spans
	}
	for k, s := range spans {
		if !gone[k] {
			more = append(more, s)
		}
	}
	slices.SortFunc(more, func(a, b tagger.Span) int { return a.First - b.First })
	return more
}

// holds reports whether a name that the rules alone find is to be believed.
func (c *candidate) holds() bool {
	switch c.kind {
	case news.Person:
		return c.honorific || c.title != ""
	case news.Place:
		return !c.sure
	}
	return c.org < 0 && !c.single()
}

// splits reports whether two names stand in tokens first to last: "the Harbour
// Board and the Pier Trust".
func splits(toks []token, first, last int) bool {
	for i := first + 1; i < last-1; i++ {
		if toks[i].fold == "and" && toks[i+1].fold == "the" && !toks[i].capital && !toks[i+1].capital {
			return true
		}
	}
	return false
}

// isThing reports whether a span names a ship, or a dock or hall that no
// gazetteer has.
func (d *document) isThing(f *field, s tagger.Span) bool {
	first, last := &f.toks[s.First], &f.toks[s.Last]
	if s.Kind != tagger.Person && s.First < s.Last && first.upper && shipLetters[first.fold] {
		return true
	}
	return s.Kind == tagger.Place && s.First < s.Last && otherHeads[last.fold] && !landforms[last.fold] && len(d.gaz.names.find(key(f.toks, s.First, s.Last))) == 0
}
