package entity

import (
	"backfile/internal/news"
)

// scanner finds the candidates of one field, from left to right.
type scanner struct {
	f    *field
	gaz  *gazetteer
	lex  *lexicon
	lang string
	// foreign has the countries' names in the article's language, or is nil.
	foreign *phrases[int32]
	// tongue is the language's own list, or nil.
	tongue *tongue
	// small counts the words that the article also writes small.
	small map[string]int
	out   []*candidate
}

// joined reports whether token i continues the run of token i-1: a capital with
// nothing but a space, a hyphen or an initial's full stop between.
func (s *scanner) joined(i int) bool {
	if i <= 0 || i >= len(s.f.toks) {
		return false
	}
	t, p := &s.f.toks[i], &s.f.toks[i-1]
	if !t.capital || p.possessive && !s.guild(i) {
		return false
	}
	return s.touches(i)
}

// guild reports whether the possessive before token i is a part of a body's name:
// "Harbour Users’ Association", "Women’s Institute".
func (s *scanner) guild(i int) bool {
	t, p := &s.f.toks[i], &s.f.toks[i-1]
	return t.gap == gapSpace && heads[t.fold] && t.signs&(family|male|female) == 0 && p.capital && !p.opens && !s.f.flat &&
		p.signs&common != 0 && !p.signs.given() && !p.upper && !p.initial && !titles[p.fold] && !days[p.fold] && (t.fold != "party" || p.fold == "people" || p.fold == "workers")
}

// touches is joined for a token of any case.
func (s *scanner) touches(i int) bool {
	if i <= 0 || i >= len(s.f.toks) {
		return false
	}
	t, p := &s.f.toks[i], &s.f.toks[i-1]
	switch t.gap {
	case gapSpace:
		return !t.opens
	case gapHyphen, gapJoint:
		return true
	case gapDot:
		if p.initial {
			return true
		}
		_, h := honorifics[p.fold]
		return h || abbreviated[p.fold]
	case gapAnd:
		return true
	}
	return false
}

// abbreviated words carry a full stop inside a name.
var abbreviated = words(`st jr sr ft mt maj adm brig pres fr pvt cpl sgt bros corp inc ltd co`)

// longestRun is how many capitals are looked at together.
const longestRun = 40

func (s *scanner) scan() []*candidate {
	for i := 0; i < len(s.f.toks); {
		t := &s.f.toks[i]
		if !t.capital && (t.fold != "al" || s.tongue != nil) {
			i++
			continue
		}
		end := i + 1
		for end-i < longestRun && (s.joined(end) || s.bridged(end)) {
			end++
		}
		i = s.run(i, end)
	}
	return s.out
}

// bridged reports whether token i is a small particle between two capitals of a
// person's name: "Ursula von der Leyen".
func (s *scanner) bridged(i int) bool {
	if !s.particle(i) {
		return false
	}
	for k := i + 1; k < i+4 && s.touches(k); k++ {
		if s.f.toks[k].capital {
			return true
		}
		if !s.particle(k) {
			return false
		}
	}
	return false
}

func (s *scanner) particle(i int) bool {
	if s.lang == "de" && i > 0 && i < len(s.f.toks) && (s.f.toks[i].fold == "der" || s.f.toks[i].fold == "den") && !particles[s.f.toks[i-1].fold] {
		return false // "erzählt Kaya der DW"
	}
	return s.touches(i) && !s.f.toks[i].capital && particles[s.f.toks[i].fold] && !s.f.toks[i-1].possessive
}

// run takes the capitals toks[i:end] apart and returns where to go on.
func (s *scanner) run(i, end int) int {
	toks := s.f.toks
	for i < end {
		t := &toks[i]
		switch {
		case t.opens && (openers[t.fold] || s.tongue.opens(t.fold)) && !s.opensName(i, end), days[t.fold], t.fold == "the" && !s.opensName(i, end), contractions[t.fold] && !t.upper:
			i++
			continue
		case t.opens && t.signs == common && i+1 < end && s.joined(i+1) && toks[i+1].signs.given() && toks[i+1].gap == gapSpace && !s.f.flat &&
			!titles[t.fold] && !titleWords[t.fold]:
			i++ // "Countryman Heinz Inniger"
			continue
		case s.tongue != nil && !t.capital, s.leads(i, end):
			i++
			continue
		case months[t.fold] && !s.monthIsName(i, end):
			i++
			continue
		}
		// "McDonald's" is the shop, whoever Mr McDonald is.
		if t.possessive && shops[t.fold] && t.full > t.end {
			t.end = t.full
			s.add(&candidate{first: i, last: i, kind: news.Organisation, org: -1, sure: true})
			i++
			continue
		}
		if n := s.ownName(i, end); n > 0 {
			i = n
			continue
		}
		if n := s.honorific(i, end); n > 0 {
			i = n
			continue
		}
		if n := s.organisation(i, end); n > 0 {
			i = n
			continue
		}
		if n := s.titled(i, end); n > 0 {
			i = n
			continue
		}
		// "European Payments Initiative" is English in a German text, and a name.
		english := s.lang == "de" && t.fold == "european" && i+2 < end && s.joined(i+1)
		if english {
			i = s.unknown(i, end)
			continue
		}
		if n := s.demonym(i, end); n > 0 {
			i = n
			continue
		}
		if n := s.place(i, end); n > 0 {
			i = n
			continue
		}
		if n := s.person(i, end); n > 0 {
			i = n
			continue
		}
		i = s.unknown(i, end)
	}
	return i
}

// opensName reports whether the opener at i begins a longer known name: "The
// Hague", "New York".
func (s *scanner) opensName(i, end int) bool {
	fits := func(n int) bool { return n > 1 && i+n <= end }
	if _, n := s.gaz.names.longest(s.f.toks, i, fits); n > 0 {
		return true
	}
	if _, n := s.gaz.demonyms.longest(s.f.toks, i, fits); n > 0 {
		return true
	}
	if _, n := s.lex.organisations.longest(s.f.toks, i, fits); n > 0 {
		return true
	}
	return i+1 < end && s.f.toks[i].signs.given() && s.f.toks[i+1].signs&(family|common) == family
}

// monthIsName reports whether a month's word is a person's: "Theresa May" is
// dealt with elsewhere, "April Jones" and "May Smith" here.
func (s *scanner) monthIsName(i, end int) bool {
	if i+1 >= end || s.f.toks[i].upper {
		return false
	}
	n := &s.f.toks[i+1]
	return (s.f.toks[i].signs.given() || s.f.toks[i].fold == "april" || s.f.toks[i].fold == "june") &&
		n.signs&family != 0 && n.signs&common == 0
}

func (s *scanner) add(c *candidate) {
	c.f = s.f
	c.key = key(s.f.toks, c.first, c.last)
	s.out = append(s.out, c)
}

// shouts reports whether plain words stand in capitals: "BREAKING THE NEWS".
func (s *scanner) shouts(first, last int) bool {
	n := 0
	for i := first; i <= last; i++ {
		if t := &s.f.toks[i]; t.upper && len(t.fold) > 3 && t.signs&common != 0 {
			n++
		}
	}
	return n > 0 && s.f.toks[first].upper && s.f.toks[last].upper
}

// unknown takes the rest of a run, up to where something known begins, as a
// candidate without a kind.
func (s *scanner) unknown(i, end int) int {
	toks := s.f.toks
	first := i
	if toks[first].initial && i+1 < end && toks[i+1].gap == gapHyphen { // "R-Ohio", "T-shirt"
		return i + 1
	}
	for i++; i < end; i++ {
		t := &toks[i]
		if _, h := honorifics[t.fold]; h || days[t.fold] || months[t.fold] {
			break
		}
		if s.lang == "de" && t.signs.given() && i+1 < end && t.gap == gapSpace {
			break // "Pressesprecher Reinald Achilles"
		}
		if s.parts(i, end) {
			break
		}
		if toks[i-1].upper != t.upper && t.gap == gapSpace && toks[i-1].upper && len(toks[i-1].fold) > 1 {
			break // "BBC Scotland" is not one name
		}
	}
	last := i - 1
	for last > first && !toks[last].capital {
		last--
	}
	tail := toks[last].fold
	if last > first && otherHeads[tail] {
		return i
	}
	if first > 0 && last == first && otherHeads[tail] && s.joined(first) {
		return i
	}
	if last-first >= 5 {
		return i // a headline in the text, a title of a work
	}
	// "the Lake Something" and "Something Islands" are places on no list.
	if last > first && (landforms[tail] || landfronts[toks[first].fold]) && !s.f.flat && !s.shouts(first, last) {
		s.add(&candidate{first: first, last: last, kind: news.Place, org: -1, sure: true})
		return i
	}
	s.add(&candidate{first: first, last: last, org: -1})
	return i
}
