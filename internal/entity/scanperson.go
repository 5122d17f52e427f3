package entity

import (
	"strings"

	"backfile/internal/news"
)

// honorific takes "Mr Blinken", "Sir Keir Starmer", "Mr. J. H. Duthie": an
// honorific and the name behind it. It returns where to go on, or 0.
func (s *scanner) honorific(i, end int) int {
	toks := s.f.toks
	sex, ok := honorifics[toks[i].fold]
	if !ok {
		sex, ok = s.tongue.sex(toks[i].fold)
	}
	if s.lang == "fr" && toks[i].fold == "m" && i+1 < end && toks[i+1].gap == gapDot { // "M. Macron"
		sex, ok = male, true
	}
	// "Don Ernesto Larraín", but not Don Draper.
	if !ok && toks[i].fold == "don" && i+2 < end && toks[i+1].signs.given() && toks[i+1].gap == gapSpace && toks[i+2].gap == gapSpace && toks[i+1].signs&common == 0 {
		sex, ok = male, true
	}
	if !ok {
		return 0
	}
	k := i + 1
	for k < end { // "Rt Hon Sir", "Lt Col"
		more, ok := honorifics[toks[k].fold]
		if !ok && !(titles[toks[k].fold] && k+1 < end) {
			break
		}
		sex |= more
		k++
	}
	if k >= end || s.f.flat && toks[k].upper {
		return 0
	}
	if !toks[k].capital { // "Präsidentin der Gesellschaft"
		return k
	}
	if w := toks[k].fold; titles[w] || heads[w] && !toks[k].signs.given() && k+1 >= end && len(w) > 4 {
		return 0
	}
	last := s.nameEnd(k, end)
	s.add(&candidate{first: k, last: last, kind: news.Person, sex: sex, honorific: true, title: toks[i].fold,
		given: s.beginsGiven(k, last), sure: true, org: -1})
	return last + 1
}

// titled takes "Foreign Secretary Liz Truss": capitals that end in a title, and
// the name behind them.
func (s *scanner) titled(i, end int) int {
	toks := s.f.toks
	if !titles[toks[i].fold] && !titleWords[toks[i].fold] && !s.germanTitle(i) {
		return 0
	}
	k := i
	head := false
	if s.germanTitle(i) && i+2 < end && toks[i+1].gap == gapSpace && !titles[toks[i].fold] {
		k, head = i+1, true
	}
	for k < end && (titles[toks[k].fold] || titleWords[toks[k].fold]) && !(toks[k].signs.given() && head && !titles[toks[k].fold]) {
		head = head || titles[toks[k].fold]
		k++
	}
	if !head {
		return 0
	}
	// "Secretary of State X", "Chancellor of the Exchequer X".
	title := k
	for w := k; w < len(toks) && s.touches(w) && (toks[w].fold == "of" || toks[w].fold == "for"); {
		w++
		for w < len(toks) && s.touches(w) && (toks[w].fold == "the" || toks[w].fold == "and" || offices[toks[w].fold]) {
			w++
			if toks[w-1].capital {
				title = w
			}
		}
	}
	if title > k {
		k, end = title, title
		for end-k < longestRun && (s.joined(end) || s.bridged(end)) {
			end++
		}
		if k < len(toks) && !s.joined(k) {
			end = k
		}
	}
	// The words of the title alone name nobody, but later words may mean them.
	if k >= end || toks[k-1].possessive || days[toks[k].fold] || months[toks[k].fold] && !s.monthIsName(k, end) {
		return k
	}
	if _, h := honorifics[toks[k].fold]; h {
		return k
	}
	if toks[k].signs == common || s.isKnown(k, end) || heads[toks[k].fold] || otherHeads[toks[end-1].fold] && !toks[k].signs.given() {
		return k
	}
	if !toks[k].capital || s.lang == "de" && !s.beginsGiven(k, end-1) && !toks[k].signs.given() && toks[k].signs&family == 0 && end-k > 1 {
		return k
	}
	// "General Civil Aviation Authority" is an office, not a general.
	for q := k; q < end; q++ {
		if toks[q].capital && heads[toks[q].fold] && toks[q].signs&(family|male|female) == 0 {
			s.add(&candidate{first: i, last: q, kind: news.Organisation, org: -1, sure: true})
			return q + 1
		}
	}
	last := s.nameEnd(k, end)
	s.add(&candidate{first: k, last: last, kind: news.Person, title: key(toks, i, k-1), sex: titleSex(toks[k-1].fold),
		given: s.beginsGiven(k, last), sure: true, org: -1})
	return last + 1
}

// germanTitle reports whether the word is a compound that ends as an office does:
// "Pressesprecher", "Finanzministerin".
func (s *scanner) germanTitle(i int) bool {
	w := s.f.toks[i].fold
	if s.lang != "de" || len(w) < 9 {
		return false
	}
	for _, e := range germanOffices {
		if strings.HasSuffix(w, e) || strings.HasSuffix(w, e+"in") {
			return true
		}
	}
	return false
}

var germanOffices = strings.Fields(`sprecher minister prasident chef trainer leiter kanzler direktor experte expertin forscher anwalt anwaltin richter
	kommissar senator meister autor sanger spieler sturmer bischof manager redakteur vorsitzender vorsitzende vorsitzenden sekretar kandidat beauftragter beauftragte
	reporter professor inhaber grunder verteidiger torwart moderator schauspieler regisseur politiker abgeordneter abgeordnete`)

func titleSex(w string) nameSigns {
	switch w {
	case "king", "prince", "duke", "earl", "pope", "sultan", "emperor", "father", "brother":
		return male
	case "queen", "princess", "mother", "sister":
		return female
	}
	return 0
}

// offices stand behind "Secretary of" and "Minister for".
var offices = words(`state defence defense commerce treasury exchequer education health labor labour energy transportation transport interior agriculture homeland security
	justice staff parliament police war foreign affairs finance trade housing environment culture europe women equalities veterans`)

// isKnown reports whether a known organisation, country or demonym begins at k.
func (s *scanner) isKnown(k, end int) bool {
	if _, n := s.lex.organisations.longest(s.f.toks, k, func(n int) bool { return k+n <= end }); n > 0 {
		return true
	}
	if v, n := s.gaz.names.longest(s.f.toks, k, func(n int) bool { return k+n <= end }); n > 0 && !s.f.toks[k].signs.given() {
		for _, p := range v {
			if s.gaz.places[p].kind >= region && (n > 1 || k+1 == end) {
				return true
			}
		}
	}
	return false
}

// nameEnd is the last token of the person's name that begins at k.
func (s *scanner) nameEnd(k, end int) int {
	toks := s.f.toks
	last, capitals := k, 1
	for i := k + 1; i < end && capitals < 5; i++ {
		t := &toks[i]
		if toks[i-1].possessive {
			break
		}
		if !t.capital { // a particle, which bridged allowed
			if s.lang == "de" && capitals >= 2 {
				break
			}
			if i+1 < end && toks[i+1].signs.given() && (toks[i+1].signs&family == 0 || s.lang == "it" && t.fold == "da") && t.gap == gapSpace && weakParticles[t.fold] {
				break
			}
			continue
		}
		if _, h := honorifics[t.fold]; h || days[t.fold] || months[t.fold] && t.fold != "may" && t.fold != "june" && t.fold != "august" {
			break
		}
		if t.upper && !toks[k].upper && !romans[t.fold] && !s.f.flat && (len(t.fold) < 5 || s.lex.organisations.most[t.fold] > 0) {
			break // "Jane Smith MP"
		}
		if s.lang == "de" && t.gap == gapSpace && capitals >= 2 && t.signs&(family|male|female) == 0 && toks[i-1].signs&(family|male|female) == family {
			break // "nahm Guido Steinberg Bezug"
		}
		if t.gap == gapSpace && auxiliaries[t.fold] && i-k >= 2 {
			break // "Billie Eilish Would Like"
		}
		if !t.signs.given() && t.signs&family == 0 && (heads[t.fold] || otherHeads[t.fold]) {
			break
		}
		last = i
		capitals++
	}
	// "Ban Ki-moon": a name's second half, written small.
	if n := last + 1; n < len(toks) && toks[n].gap == gapHyphen && !toks[n].capital && !toks[n].digit && len(toks[n].fold) <= 6 &&
		toks[n].signs&common == 0 && toks[last].signs&common == 0 && toks[last].end == toks[last].full && len(toks[last].fold) <= 6 && s.small[toks[n].fold] <= 1 {
		last = n
	}
	return last
}

// weakParticles part two names as often as they join one: "Meloni da Trump".
var weakParticles = words(`da do di du del den der la le`)

var romans = words(`ii iii iv vi vii viii ix xi xii xiii xiv xvi jr sr`)

// beginsGiven reports whether a name of several words begins as a full name does.
func (s *scanner) beginsGiven(first, last int) bool {
	if last == first {
		return false
	}
	t := &s.f.toks[first]
	return t.initial || t.signs.given() || len(t.fold) <= 3 && t.upper || last > first
}

// person takes a given name, or initials, and what follows.
func (s *scanner) person(i, end int) int {
	toks := s.f.toks
	t := &toks[i]
	if t.initial {
		k := i
		for k < end && toks[k].initial {
			k++
		}
		if k >= end || k-i > 3 || toks[k].upper || len(toks[k].fold) < 2 || toks[k].signs&common != 0 && toks[k].signs&family == 0 ||
			heads[toks[k].fold] || t.opens && t.fold == "a" || otherHeads[toks[k].fold] || toks[i+1].gap == gapHyphen {
			return 0
		}
		last := s.nameEnd(k, end)
		s.add(&candidate{first: i, last: last, kind: news.Person, given: true, sure: toks[k].signs&family != 0 || toks[i+1].gap == gapDot, org: -1})
		return last + 1
	}
	if !t.signs.given() || i+1 >= end || t.upper && !toks[i+1].upper {
		return 0
	}
	if t.possessive {
		return 0
	}
	n := &toks[i+1]
	if s.lang == "de" && i > 0 && toks[i].gap == gapSpace && !toks[i-1].capital && thingArticles[toks[i-1].fold] {
		return 0 // "im Weissen Haus"
	}
	if t.signs&common != 0 && (t.opens || s.f.flat) && n.signs&family == 0 {
		return 0
	}
	if s.small[t.fold] > 0 && n.signs&family == 0 {
		return 0
	}
	last := s.nameEnd(i, end)
	if last == i || (&candidate{f: s.f, first: i, last: last}).hyphened() {
		return 0
	}
	// "Johnson Space Center": what a name begins is not always a person.
	if tail := toks[end-1].fold; last+1 < end && s.joined(last+1) && end-i <= 6 && toks[end-1].signs&family == 0 {
		if heads[tail] || weakHeads[tail] {
			s.add(&candidate{first: i, last: end - 1, kind: news.Organisation, org: -1, sure: true})
			return end
		}
		if otherHeads[tail] && !s.f.flat {
			return end
		}
	}
	if landforms[toks[last].fold] && toks[last].signs&family == 0 {
		return 0
	}
	if heads[toks[last].fold] && toks[last].signs&family == 0 || titles[n.fold] && n.signs&family == 0 {
		return 0
	}
	if otherHeads[toks[last].fold] && toks[last].signs&family == 0 || s.f.flat && n.signs&common != 0 {
		return 0
	}
	if s.lang == "de" && (n.signs&family == 0 && toks[last].signs&family == 0 && s.capitalsOf(i, last) > 2 || n.capital && s.small[n.fold] > 0) {
		return 0
	}
	sure := n.signs&common == 0 || n.signs&family != 0
	s.add(&candidate{first: i, last: last, kind: news.Person, given: true, sure: sure, org: -1})
	return last + 1
}

// auxiliaries end a name where capitals run on: "Billie Eilish Would Like".
var auxiliaries = words(`would could should shall must has have had is are was were does did been to for with and from at by who whose when why how
	the this that these those he she they we you his her its their but then while because after before there here what where which not also`)

// thingArticles stand before things in German, and before no whole name of a
// person.
var thingArticles = words(`im ins am ans zum zur beim vom das des`)

func (s *scanner) capitalsOf(first, last int) int {
	n := 0
	for i := first; i <= last; i++ {
		if s.f.toks[i].capital {
			n++
		}
	}
	return n
}
