package entity

import "backfile/internal/news"

// organisation takes a known organisation, or capitals that hold the head word
// of one. It returns where to go on, or 0.
func (s *scanner) organisation(i, end int) int {
	if n := s.knownOrganisation(i, end); n > 0 {
		return n
	}
	// "West Bank", "Long Island": a place for all its head word.
	if v, n := s.gaz.names.longest(s.f.toks, i, func(n int) bool { return n > 1 && s.whole(i, n) }); n > 0 && s.gaz.best(v).kind >= capital && i+n >= end {
		return 0
	}
	if n := s.frontHead(i, end); n > 0 {
		return n
	}
	if n := s.endHead(i, end); n > 0 {
		return n
	}
	return s.partners(i, end)
}

// partners takes a firm's name with an ampersand: "Pentland & Orkney Ferries".
func (s *scanner) partners(i, end int) int {
	toks := s.f.toks
	if s.f.flat || end-i > 6 {
		return 0
	}
	for k := i + 1; k < end; k++ {
		if toks[k].gap != gapAnd {
			continue
		}
		if toks[k-1].possessive || toks[i].opens && toks[i].signs == common || toks[k-1].initial || toks[k].initial || s.shouts(i, end-1) ||
			otherHeads[toks[end-1].fold] || toks[k-1].signs.given() && toks[k].signs.given() ||
			toks[k-1].signs&common != 0 || toks[k].signs&common != 0 && toks[k].fold != "sons" || toks[i].signs.given() && k-i > 1 || toks[k].signs.given() && end-k > 1 || toks[k-1].upper {
			return 0
		}
		s.add(&candidate{first: i, last: end - 1, kind: news.Organisation, org: -1, sure: true})
		return end
	}
	return 0
}

func (s *scanner) knownOrganisation(i, end int) int {
	toks := s.f.toks
	v, n := s.lex.organisations.longest(toks, i, func(n int) bool { return s.whole(i, n) })
	if n == 0 {
		return 0
	}
	t := &toks[i]
	if k := i + n; s.lang == "de" && n == 2 && t.opens && (t.fold == "die" || t.fold == "der") && k < len(toks) && toks[k].gap == gapSpace && (toks[k].fold == "der" || toks[k].fold == "des") {
		return 0 // "Die Welt der Künstler" is no newspaper
	}
	if n == 1 {
		if t.opens && t.signs&common != 0 && !t.upper || s.f.flat && t.signs&common != 0 {
			return 0
		}
		if acronymOf(s.lex.names[v], t.fold) && !t.upper && s.lex.names[v] != s.f.text[t.start:t.end] && t.fold != "nato" && len(t.fold) < 4 {
			return 0 // "Who", "It"
		}
		// "Tesla" with more capitals behind it is something else, but for the
		// title of a person of it.
		if i+1 < end && !toks[i].upper && !titles[toks[i+1].fold] && !titleWords[toks[i+1].fold] && !toks[i+1].signs.given() {
			return 0
		}
	}
	// A longer name ends in a head word: "Tesla Motors", "NHS Grampian Board".
	if k := i + n; k < end && s.joined(k) && (heads[toks[end-1].fold] || weakHeads[toks[end-1].fold]) && n == 1 && end-i <= 5 && !titles[toks[k].fold] {
		return 0
	}
	first, last := i, i+n-1
	if toks[first].fold == "the" {
		first++
	}
	s.add(&candidate{first: first, last: last, kind: news.Organisation, org: v, sure: true})
	return last + 1
}

// acronymOf reports whether fold is no word of name, so that it must stand in
// capitals to mean it.
func acronymOf(name, fold string) bool { return quickFold(name) != fold }

// whole reports whether toks[i:i+n] stand together, capitals but for the small
// words of a name, and none but the last possessive.
func (s *scanner) whole(i, n int) bool {
	toks := s.f.toks
	for k := i; k < i+n; k++ {
		if k > i && !s.touches(k) && toks[k].gap != gapComma {
			return false
		}
		if !toks[k].capital && !toks[k].digit && !linkWords[toks[k].fold] {
			return false
		}
		if k < i+n-1 && toks[k].possessive && toks[k].fold != "doctor" {
			return false
		}
	}
	return toks[i+n-1].capital || toks[i+n-1].digit || n > 2
}

// linkWords stand small inside the name of an organisation.
var linkWords = words(`of for and the on in to de la du des di del y et e und für fur der al against without operation operative group with`)

// frontHead takes "Ministry of Defence", "University of the Highlands and
// Islands", "Department for Work and Pensions".
func (s *scanner) frontHead(i, end int) int {
	toks := s.f.toks
	// The head may stand behind other capitals: "Scottish Council for X",
	// "Royal Society of Arts".
	h := -1
	for k := i; k < end && k < i+5; k++ {
		if _, hon := honorifics[toks[k].fold]; hon || toks[k].possessive || titles[toks[k].fold] && !fronts[toks[k].fold] {
			return 0
		}
		if k+2 < len(toks) && fronts[toks[k].fold] && k+1 >= end && s.of(k+1) {
			h = k
			break
		}
	}
	if h < 0 {
		return 0
	}
	k := h + 2
	if k < len(toks) && s.touches(k) && toks[k].fold == "the" {
		k++
	}
	if k >= len(toks) || !s.touches(k) || !toks[k].capital || days[toks[k].fold] || months[toks[k].fold] {
		return 0
	}
	if w := toks[h].fold; (w == "church" || w == "group" || w == "party" || w == "house" || w == "friends" || w == "sons" || w == "fund" || w == "court" || w == "general" || w == "campaign" || w == "royal" || w == "order") && toks[h].opens && h == i {
		return 0
	}
	last := k
	for n := 0; n < 8; n++ {
		switch {
		case s.joined(last+1) && !s.breaks(last+1):
			last++
		case s.chains(last+1, "and") && (toks[last+2].signs&family == 0 || toks[last+2].signs&common != 0) && !toks[last+2].upper && !s.isPlace(last+2):
			last += 2
		case s.chains(last+1, "of") && (s.isPlace(last+2) || aims[toks[last].fold]):
			last += 2
		case toks[last].gap != gapNone && last+3 < len(toks) && toks[last+1].gap == gapComma && toks[last+1].capital &&
			s.chains(last+2, "and") && !s.isPlace(last+1) && !toks[last+1].signs.given():
			last += 3
		case (s.chains(last+1, "on") || s.chains(last+1, "for")) && subjects[toks[h].fold] && toks[last+2].signs&(common|family|male|female) == common && !s.isPlace(last+2):
			last += 2
		case s.coOperation(last + 1):
			last += 3
		case last+3 < len(toks) && s.touches(last+1) && toks[last+1].fold == "in" && s.touches(last+2) && toks[last+2].capital && n > 0 && s.isPlace(last+2) && (toks[h].fold == "organisation" || toks[h].fold == "organization" || toks[h].fold == "church"):
			last += 2
		default:
			n = 8
		}
	}
	first := i
	if s.isAcronymPlace(first) && first < h {
		s.place(first, first+1)
		first++
	}
	s.add(&candidate{first: first, last: last, kind: news.Organisation, org: -1, sure: true})
	return last + 1
}

// subjects are heads of bodies whose names go on with on and for: "Centre for
// Research on Energy".
var subjects = words(`centre center institute committee commission council association society foundation agency network`)

// aims are what an office is for, with more behind them: "Office for the
// Coordination of Humanitarian Affairs".
var aims = words(`coordination co-ordination promotion protection prevention study studies advancement preservation prohibition department school college ministry
	university faculty institute federation association council`)

// coOperation reports whether "and Co-operation" stands at k, which the
// tokenizer cuts at the hyphen.
func (s *scanner) coOperation(k int) bool {
	t := s.f.toks
	return k+2 < len(t) && s.touches(k) && t[k].fold == "and" && s.touches(k+1) && t[k+1].fold == "co" && t[k+2].gap == gapHyphen
}

func (s *scanner) of(k int) bool {
	switch s.f.toks[k].fold {
	case "of", "for", "on", "de", "für":
		return s.touches(k)
	}
	return false
}

// chains reports whether the small word and a capital stand at k.
func (s *scanner) chains(k int, word string) bool {
	t := s.f.toks
	return k+1 < len(t) && s.touches(k) && t[k].fold == word && s.touches(k+1) && t[k+1].capital && !s.breaks(k+1)
}

// breaks reports whether the capital at k begins something else than more of an
// organisation's name.
func (s *scanner) breaks(k int) bool {
	t := &s.f.toks[k]
	_, h := honorifics[t.fold]
	return h || titles[t.fold] || days[t.fold] || months[t.fold] || s.f.toks[k-1].possessive
}

func (s *scanner) isPlace(k int) bool {
	v := s.gaz.names.find(s.f.toks[k].fold)
	return len(v) > 0 && s.f.toks[k].signs&common == 0
}

func (s *scanner) isAcronymPlace(k int) bool {
	switch s.f.toks[k].fold {
	case "us", "uk", "usa", "un", "eu":
		return s.f.toks[k].fold != "un" && s.f.toks[k].fold != "eu"
	}
	return false
}

// endHead takes "Aberdeen City Council", "Acme Holdings Ltd": capitals up to the
// last head word.
func (s *scanner) endHead(i, end int) int {
	toks := s.f.toks
	if s.f.flat {
		return 0
	}
	stop := min(end, i+7)
	last := -1
	for k := i; k < stop; k++ {
		t := &toks[k]
		if _, hon := honorifics[t.fold]; hon || days[t.fold] || k > i && months[t.fold] {
			break
		}
		if !t.capital { // von, de: a person
			break
		}
		if k > i && t.capital && (heads[t.fold] || weakHeads[t.fold] && !landforms[t.fold] && s.weakFits(i, k)) {
			last = k
		}
		if titles[t.fold] || t.possessive && !(k+1 < stop && heads[toks[k+1].fold]) {
			break
		}
	}
	if last < 0 {
		return 0
	}
	// The first word of a sentence is of the name only if it is no plain word.
	first := i
	if toks[first].opens && last-first > 1 && toks[first].signs&(common|family) == common && !s.isPlace(first) && openers[toks[first].fold] {
		first++
	}
	// A country's short form before a bare name of an office is the country.
	land := s.isAcronymPlace(first) && last-first >= 2
	if land {
		first++
	}
	if last == first || s.personBefore(first, last) || s.shouts(first, last) || s.plain(first, last) {
		return 0
	}
	if demonymOnly := last-first == 1 && s.isDemonym(first) && smallBodies[toks[last].fold]; demonymOnly {
		return 0
	}
	if toks[first].signs&(common|family|male|female) == common && toks[first].opens && last-first == 1 {
		return 0
	}
	// "Devon and Cornwall Police"
	if w := toks[last].fold; (w == "police" || w == "constabulary") && last-first == 1 && s.isPlace(first) && first >= 2 && len(s.out) > 0 {
		if o := s.out[len(s.out)-1]; s.chains(first-1, "and") && o.last == first-2 && o.single() && o.kind == news.Place && o.form == "" {
			s.out = s.out[:len(s.out)-1]
			first = o.first
		}
	}
	// "University of Oxford Press", "Council of Europe".
	for s.chains(last+1, "of") && (fronts[toks[last].fold] && !toks[last+2].signs.given() || s.isPlace(last+2)) {
		last += 2
		for s.joined(last+1) && !s.breaks(last+1) {
			last++
		}
	}
	if land {
		s.place(first-1, first)
	}
	s.add(&candidate{first: first, last: last, kind: news.Organisation, org: -1, sure: true})
	return last + 1
}

// plain reports whether only plain words stand before a head word that is one
// too, so that only "the" makes a name of it: "High School", "the Air Force".
func (s *scanner) plain(first, last int) bool {
	if strongHeads[s.f.toks[last].fold] || first > 0 && s.f.toks[first-1].fold == "the" && s.touches(first) {
		return false
	}
	for i := first; i < last; i++ {
		if t := &s.f.toks[i]; t.signs&common == 0 || t.upper || s.isDemonym(i) || len(s.gaz.names.find(t.fold)) > 0 && t.signs&common == 0 {
			return false
		}
	}
	return true
}

// smallBodies behind a demonym are no name of their own: "French Police",
// "British Church".
var smallBodies = words(`police forces church police company group companies press market union state states records party`)

func (s *scanner) isDemonym(k int) bool {
	_, ok := s.gaz.demonyms.full[s.f.toks[k].fold]
	return ok
}

// weakFits reports whether a weak head at k ends an organisation's name: behind
// an acronym, a place or another head ("Sky News", "Manchester United").
func (s *scanner) weakFits(i, k int) bool {
	p := &s.f.toks[k-1]
	switch s.f.toks[k].fold {
	case "united", "city", "county", "town":
		return s.f.toks[k].fold == "united" && s.isPlace(k-1) && !p.opens
	case "team", "party", "house", "line", "works", "care", "world", "today", "state", "states", "star", "sun", "times", "post", "mail", "express":
		return k-i >= 1 && !p.opens && (heads[p.fold] || s.isPlace(k-1) && (s.f.toks[k].fold == "times" || s.f.toks[k].fold == "post" || s.f.toks[k].fold == "express") ||
			s.f.toks[k].fold == "party" && !s.isDemonym(k-1))
	}
	return p.upper || heads[p.fold] || weakHeads[p.fold] || s.isPlace(k-1)
}

// personBefore reports whether the capitals before the head word are a person's
// name, and the head word something of hers: given, family and a weak word.
func (s *scanner) personBefore(first, last int) bool {
	toks := s.f.toks
	return weakHeads[toks[last].fold] && last-first == 2 && toks[first].signs.given() && toks[first+1].signs&family != 0 && toks[first].signs&common == 0
}
