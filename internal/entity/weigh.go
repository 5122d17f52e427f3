package entity

import (
	"strings"
	"unicode/utf8"

	"backfile/internal/news"
)

// vote is what all places of a name in an article say about it.
type vote struct {
	person, place, organisation float64
	n                           int
}

// kind is the kind with most votes, if they are enough.
func (v *vote) kind() news.Kind {
	switch {
	case v.person >= 2 && v.person >= v.organisation && v.person >= v.place:
		return news.Person
	case v.organisation >= 2 && v.organisation >= v.place:
		return news.Organisation
	case v.place >= 2:
		return news.Place
	}
	return ""
}

// weigh gathers evidence about names, and finds the acronyms that the article
// explains.
func (d *document) weigh() {
	for _, c := range d.cands {
		if c.form != "" || c.dropped {
			continue
		}
		v := d.votes[c.key]
		if v == nil {
			v = &vote{}
			d.votes[c.key] = v
		}
		v.n++
		d.evidence(c, v)
	}
}

func (d *document) evidence(c *candidate, v *vote) {
	toks := c.f.toks
	first, last := &toks[c.first], &toks[c.last]
	prev, next := c.prev(), c.next()
	switch {
	case c.kind == news.Person && c.sure:
		v.person += 3
	case c.kind == news.Person:
		v.person++
	case c.kind == news.Organisation:
		v.organisation += 3
	}
	if c.f.flat {
		return
	}
	if d.lang == "de" && prev != nil && prev.capital && d.tongue.role(prev.fold) && first.gap == gapSpace && !first.upper {
		v.person += 3 // nouns are capitals too: "Leiter Schubert"
	}
	if d.tongue.articled(c, prev) {
		v.person -= 4
	}
	if prev != nil && (!prev.capital || prev.opens) {
		switch {
		case (roles[prev.fold] || d.tongue.role(prev.fold)) && !(c.single() && first.upper):
			v.person += 3
		case (locatives[prev.fold] || d.tongue.at(prev.fold)) && !first.opens:
			v.place += 0.3
		case prev.fold == "the":
			v.person -= 2
			if c.single() && acronym(first, c.text()) {
				v.organisation++
			}
		}
	}
	plain := first.signs&common != 0 || last.signs&common != 0
	if prev != nil && !prev.capital && (sayings[prev.fold] || d.tongue.speech(prev.fold)) && !(first.upper && c.single()) && !plain {
		v.person += 1.5
		if !c.single() {
			v.person++
		}
	}
	if next != nil && !last.possessive {
		if sayings[next.fold] || d.tongue.speech(next.fold) {
			if !c.single() && !plain && !first.upper {
				v.person++
			}
			v.person += 1.2
			v.organisation += 0.5
			if last.signs&family != 0 && last.signs&common == 0 {
				v.person++
			}
		}
	}
	if c.last+1 < len(toks) && toks[c.last+1].gap == gapComma && !last.possessive {
		if n := &toks[c.last+1]; n.digit && len(n.fold) == 2 && (c.last+2 >= len(toks) || toks[c.last+2].gap != gapSpace || c.f.text[n.full] == ',') {
			v.person += 4 // "Jane Roe, 45,"
		} else if (n.fold == "who" || n.fold == "whose") && !c.hails() {
			v.person += 2
		} else if n.capital && c.single() && d.isRegion(c.last+1, c.f) {
			v.place += 2 // "Wooster, Ohio"
		}
	}
	if d.geographic(c) {
		v.place += 3
	}
	if c.hails() && (c.places != nil || first.signs&common == 0 && c.single()) {
		v.place += 3
		v.person -= 2
	}
	if prev != nil && !first.opens && (prev.fold == "in" || prev.fold == "near") {
		v.place += 0.8
	}
	if c.kind == "" && !c.single() && c.last-c.first <= 2 && last.signs&family != 0 && first.signs&common == 0 && last.signs&common == 0 && !first.upper {
		v.person += 1.2
		if first.signs&family != 0 {
			v.person += 0.3
		}
	}
	if c.kind == "" && c.single() && !first.upper && first.signs&common == 0 && d.lang != "de" && (prev == nil || prev.fold != "the") {
		switch {
		case first.signs.given() && !first.opens:
			v.person += 1.2
		case first.signs&family != 0 && !first.opens:
			v.person++
		case first.signs&(family|male|female) != 0:
			v.person += 0.5
		}
	}
	if c.kind == "" && c.single() && acronym(first, c.text()) {
		v.organisation += 1.5
		if next != nil && (sayings[next.fold] || bodies[next.fold]) {
			v.organisation++
		}
	}
	if c.kind == "" && c.single() && first.signs == 0 && d.lang != "de" && !notAcronyms[first.fold] {
		if next != nil && !next.capital && bodies[next.fold] && !first.opens {
			v.organisation += 2
		}
		if prev != nil && !prev.capital && firms[prev.fold] || d.apposed(c) {
			v.organisation += 2.5
		}
	}
	if c.kind == "" && c.single() && camel(c.text()) {
		v.organisation += 2
	}
	if next != nil && !next.capital && c.kind == "" && !last.possessive && companies[next.fold] {
		v.organisation++
	}
}

// firms are words before the name of a business or another body: "the miner X".
var firms = words(`miner retailer carmaker automaker airline newspaper broadcaster charity company firm bank lender insurer publisher startup start-up brewer
	supermarket chain maker manufacturer giant conglomerate oil group network website magazine daily agency watchdog regulator nonprofit rebels militia
	operator developer builder shipbuilder drugmaker chipmaker subsidiary brand label club party`)

// apposed reports whether ", a charity founded in", ", the ruling party" follows.
func (d *document) apposed(c *candidate) bool {
	toks := c.f.toks
	k := c.last + 1
	if k+1 >= len(toks) || toks[k].gap != gapComma || toks[k].fold != "a" && toks[k].fold != "an" && toks[k].fold != "the" {
		return false
	}
	for i := k + 1; i < min(k+5, len(toks)) && toks[i].gap == gapSpace; i++ {
		if roles[toks[i].fold] {
			return false
		}
		if firms[toks[i].fold] && toks[i].fold != "oil" {
			return true
		}
	}
	return false
}

// geographic reports whether a word beside says that the name is a place's: "the
// town of Haswa", "Kurram region".
func (d *document) geographic(c *candidate) bool {
	toks := c.f.toks
	if c.first >= 2 && !toks[c.first].opens && toks[c.first-1].fold == "of" && geography[toks[c.first-2].fold] && !toks[c.first-2].capital {
		return true
	}
	n := c.next()
	return n != nil && !n.capital && !toks[c.last].possessive && nearGeography[n.fold]
}

// geography are words before "of" and a place, nearGeography words behind one.
var geography = words(`town city village province district region state island islands port suburb capital county township municipality hamlet
	towns cities villages provinces districts regions outskirts port resort borough commune peninsula prefecture`)
var nearGeography = words(`province region district county oblast prefecture peninsula valley village township municipality airport`)

// bodies are words that stand behind the name of an organisation.
var bodies = words(`chief boss spokesman spokeswoman spokesperson officials official members member headquarters leader leaders executive chairman president
	director board staff lawmakers troops forces fighters militants rebels delegates union supporters activists report study survey`)

var companies = words(`shares stock employees executives headquarters spokesman spokeswoman spokesperson chief`)

func acronym(t *token, s string) bool {
	return t.upper && len(t.fold) >= 3 && len(t.fold) <= 6 && !notAcronyms[t.fold] && (len(t.fold) == 3 || t.signs == 0) && !strings.ContainsAny(s, ".’'")
}

// camel reports whether s has a capital behind a small letter, as trade names
// have, and is no McName.
func camel(s string) bool {
	if strings.HasPrefix(s, "Mc") || strings.HasPrefix(s, "Mac") || strings.HasPrefix(s, "De") || strings.HasPrefix(s, "O") {
		return false
	}
	small := false
	for _, r := range s {
		if r >= 'a' && r <= 'z' {
			small = true
		} else if small && r >= 'A' && r <= 'Z' {
			return true
		}
	}
	return false
}

// isRegion reports whether a region or country begins at token i.
func (d *document) isRegion(i int, f *field) bool {
	v, n := d.gaz.names.longest(f.toks, i, func(n int) bool { return true })
	if n == 0 || f.toks[i].signs.given() {
		return false
	}
	k := d.gaz.best(v).kind
	return k == region || k == country
}

// settle gives the candidates without a kind one, by the votes of their name, or
// drops them.
func (d *document) settle() {
	// A name of the gazetteer that is a place once in the article is one wherever
	// nothing speaks against it.
	placed := map[string]bool{}
	for _, c := range d.cands {
		if c.kind == news.Place && c.form == "" && len(c.places) > 0 && !c.dropped && (c.sure || d.isPlaceMention(c)) {
			placed[c.key] = true
		}
	}
	for _, c := range d.cands {
		if c.dropped || c.person != nil || c.form != "" {
			continue
		}
		v := d.votes[c.key]
		switch c.kind {
		case "":
			d.settleUnknown(c, v)
		case news.Place:
			if c.places == nil {
				continue
			}
			if c.sure || d.isPlaceMention(c) {
				continue
			}
			t := &c.f.toks[c.first]
			if placed[c.key] && v.person < 2 && !(c.single() && (t.opens || c.f.flat) && (t.signs&common != 0 || d.small[t.fold] > 0)) {
				continue
			}
			places := c.places
			c.places, c.kind = nil, ""
			if d.settleUnknown(c, v); c.kind == news.Place {
				c.places = places
			}
		}
	}
}

func (d *document) settleUnknown(c *candidate, v *vote) {
	first := &c.f.toks[c.first]
	if c.f.flat && v.n == 1 || d.lang == "de" && v.person < 3 && v.organisation < 2.5 {
		c.dropped = true
		return
	}
	k := v.kind()
	// A plain word at a sentence's opening is a name only if it is one elsewhere.
	if c.single() && first.opens && (first.signs&common != 0 || d.small[first.fold] > 0) && v.n < 2 {
		k = ""
	}
	if c.single() && d.small[first.fold] > 1 && !first.upper {
		k = ""
	}
	if c.single() && (titles[first.fold] || titleWords[first.fold] || openers[first.fold] || heads[first.fold] || otherHeads[first.fold] || roles[first.fold] ||
		honorifics[first.fold] != 0 || utf8.RuneCountInString(first.fold) < 2 || days[first.fold] || months[first.fold] || first.digit) {
		k = ""
	}
	if k == news.Person && (c.single() && (first.upper || notNames[first.fold] || first.signs&common != 0 && first.signs&family == 0) || d.isTitleish(c)) {
		k = ""
	}
	if k == news.Place && v.place < 3 && (!c.single() || first.upper || strings.ContainsAny(c.text(), "0123456789") || first.signs&common != 0 || first.opens) {
		k = ""
	}
	if k == news.Person && d.lang == "de" && c.single() {
		k = ""
	}
	if k == "" {
		c.dropped = true
		return
	}
	c.kind = k
	if k == news.Person {
		d.joinPerson(c)
	}
}

// isTitleish reports whether any word of an unknown name is a title or a head
// word, so that it is no person's.
func (d *document) isTitleish(c *candidate) bool {
	if t := &c.f.toks[c.first]; t.signs&(male|female|family) == 0 && !c.single() {
		if v := d.gaz.names.find(t.fold); len(v) > 0 && d.gaz.best(v).weight() > 4.7 {
			return true // "Plymouth Citibus"
		}
	}
	for i := c.first; i <= c.last; i++ {
		w := c.f.toks[i].fold
		if titles[w] || days[w] || heads[w] || otherHeads[w] && c.f.toks[i].signs&family == 0 || c.f.toks[i].digit ||
			openers[w] && i == c.first || notNames[w] || c.f.toks[i].signs == common && (i == c.first || i == c.last) || titleWords[w] && i == c.first && c.f.toks[i].signs&family == 0 {
			return true
		}
	}
	return false
}
