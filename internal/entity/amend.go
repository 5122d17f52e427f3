package entity

import (
	"slices"
	"strings"

	"backfile/internal/entity/tagger"
	"backfile/internal/news"
)

// amend puts the model's spans of a field right where the rules know better: by
// measurement on text that neither had seen, that is where somebody is addressed,
// where a body's longer name ends in a word for bodies or is on the list, and where
// the article's context makes a place of a name that the model passes over.
func (d *document) amend(f *field, spans []tagger.Span, ruled []*candidate) []tagger.Span {
	spans = slices.DeleteFunc(spans, func(s tagger.Span) bool { return d.isThing(f, s) })
	spans = bound(f, spans)
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
		case whole && c.kind == news.Place && c.lies():
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
		return c.honorific || c.title != "" || c.person != nil && c.person.whole && c.person.n > 1 && !c.f.flat
	case news.Place:
		return !c.sure
	}
	return c.org < 0 && !c.single()
}

// lies reports whether something is said to be in or near the name, so that it is a
// town's and not its club's.
func (c *candidate) lies() bool {
	p := c.prev()
	return p != nil && !p.capital && (p.fold == "in" || p.fold == "near" || p.fold == "off" || p.fold == "outside")
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

// towns makes places of single words that the model takes for somebody or for a
// body, where the gazetteer has them, something is said to be in or near them, and
// nobody of the article bears the name: "towed into Scapa", "lifeboats from Wick".
func (d *document) towns(found [][]tagger.Span) {
	borne := set{}
	for k, f := range d.fields {
		for _, s := range found[k] {
			for i := s.First; s.Kind == tagger.Person && s.First < s.Last && i <= s.Last; i++ {
				borne[f.toks[i].fold] = true
			}
		}
	}
	for k, f := range d.fields {
		for i := range found[k] {
			s := &found[k][i]
			t := &f.toks[s.First]
			if s.Kind == tagger.Place || s.First != s.Last || s.First == 0 || t.gap != gapSpace || t.opens || t.upper || borne[t.fold] {
				continue
			}
			p := &f.toks[s.First-1]
			near := p.fold == "in" || p.fold == "near" || p.fold == "off" || p.fold == "outside" || p.fold == "into"
			if !near && (s.Kind != tagger.Person || p.fold != "from" && p.fold != "to" && p.fold != "at" || t.signs.given()) {
				continue
			}
			if len(d.gaz.names.find(t.fold)) > 0 {
				s.Kind = tagger.Place
			}
		}
	}
}

// sail deletes the names of ships that the model takes for places or bodies, in all
// places, where one place says what they are: "the ferry St Tredwell".
func (d *document) sail(found [][]tagger.Span) {
	ships := set{}
	for k, f := range d.fields {
		for _, s := range found[k] {
			if s.First == 0 || s.Kind == tagger.Person || f.toks[s.First].gap != gapSpace {
				continue
			}
			p := &f.toks[s.First-1]
			if name := key(f.toks, s.First, s.Last); shipWords[p.fold] && p.capital == shipLetters[p.fold] && len(d.gaz.names.find(name)) == 0 {
				ships[name] = true
			}
		}
	}
	if len(ships) == 0 {
		return
	}
	for k, f := range d.fields {
		found[k] = slices.DeleteFunc(found[k], func(s tagger.Span) bool { return s.Kind != tagger.Person && ships[key(f.toks, s.First, s.Last)] })
	}
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

// dotted are abbreviations at the end of names, whose full stop is theirs.
var dotted = words(`Jr Sr Inc Corp Ltd Co Bros Ala Ariz Ark Calif Colo Conn Fla Ga Ill Ind Kan Ky Md Mass Mich Minn Mont Neb Nev Okla Ore Pa Tenn Tex Va Vt Wis Wyo`)

// bound sets the bounds of persons' names right: what punctuation parts is no one
// name, and small particles belong to the name behind them ("Mr van den Bergh").
func bound(f *field, spans []tagger.Span) []tagger.Span {
	out := make([]tagger.Span, 0, len(spans))
	for _, s := range spans {
		for i := s.First + 1; i <= s.Last; i++ {
			if s.Kind == tagger.Person && f.parts(i) {
				out = append(out, tagger.Span{Kind: s.Kind, First: s.First, Last: i - 1})
				s.First = i
			}
		}
		out = append(out, s)
	}
	end := -1
	for k := range out {
		s := &out[k]
		if s.Kind == tagger.Person {
			for s.First < s.Last && f.heralds(s.First) {
				s.First++
			}
			for i := s.First; i-1 > end && f.toks[i].gap == gapSpace && particles[f.toks[i-1].fold] && !f.toks[i-1].capital; i-- {
				s.First = i - 1
			}
			next := len(f.toks)
			if k+1 < len(out) {
				next = out[k+1].First
			}
			s.Last = f.beyond(s.Last, next)
		}
		end = s.Last
	}
	return out
}

// heralds reports whether token i is a title that stands before a name: "Provost
// Watt".
func (f *field) heralds(i int) bool {
	t := &f.toks[i]
	_, honorific := honorifics[t.fold]
	return (titles[t.fold] || honorific) && !t.signs.given() && f.toks[i+1].capital
}

// parts reports whether what stands before token i cannot stand in a name.
func (f *field) parts(i int) bool {
	return f.toks[i].gap == gapOther && strings.ContainsAny(f.text[f.toks[i-1].full:f.toks[i].start], ":;!?“”\"()[]–—|")
}

// beyond is where a name ends that goes on with small particles behind token last:
// "Annemarie van der Laan".
func (f *field) beyond(last, next int) int {
	if f.toks[last].possessive {
		return last
	}
	i := last + 1
	for i < next && i < last+4 && f.toks[i].gap == gapSpace && particles[f.toks[i].fold] && !f.toks[i].capital {
		i++
	}
	if i == last+1 || i >= next || !f.toks[i].capital || f.toks[i].gap != gapSpace || f.toks[i].opens {
		return last
	}
	return i
}
