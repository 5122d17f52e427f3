package entity

import (
	"strings"

	"backfile/internal/news"
)

// findSurnames makes mentions of the capitals that are a known person's family
// name, or a given name that only one bears.
func (d *document) findSurnames() {
	firms := d.firmNames()
	for _, c := range d.cands {
		if c.person != nil || c.dropped || c.form != "" || c.org >= 0 || c.kind == news.Person {
			continue
		}
		// The model may take a bare family name for a body; it is one where the article
		// has a longer name that begins so.
		if c.kind == news.Organisation && (!c.single() || firms[c.key] || c.f.toks[c.first].upper || len(c.key) < 4) {
			continue
		}
		if c.kind == news.Place && len(c.places) == 0 {
			continue
		}
		t := &c.f.toks[c.first]
		fits := d.bearers(c.key, 0)
		byFirst := false
		if len(fits) == 0 && c.single() {
			fits, byFirst = filter(d.firsts[c.key], 0), true
		}
		if len(fits) == 0 || c.couple {
			continue
		}
		if c.kind == news.Place && !d.personNotPlace(c, byFirst) {
			continue // Israel is the country, though a Mr Israel Katz be there
		}
		if c.single() && (t.signs&common != 0 || d.small[t.fold] > 0) && (t.opens || c.f.flat) && !d.actsLikePerson(c) {
			c.dropped = c.places == nil
			continue
		}
		if c.kind == news.Organisation && byFirst && len(fits) == 1 && d.speaksOrIs(c) {
			c.kind = ""
		}
		if c.kind == news.Organisation && (byFirst || len(fits) > 1 || !fits[0].whole) {
			continue
		}
		if byFirst && (t.signs&common != 0 && !t.signs.given() || c.f.flat) {
			continue
		}
		c.places = nil
		d.dress(c)
		if len(fits) == 1 && !c.aged() && !d.kinBetween(c, fits[0]) {
			d.attach(c, fits[0])
			fits[0].spell(c)
			c.widen(fits[0])
		} else {
			c.kind, c.sure = news.Person, true
			d.unclear = append(d.unclear, c)
		}
	}
}

// firmNames are the first words of the article's longer names of bodies.
func (d *document) firmNames() set {
	s := set{}
	for _, c := range d.cands {
		if !c.dropped && c.kind == news.Organisation && !c.single() {
			s[c.f.toks[c.first].fold] = true
		}
	}
	return s
}

// widen takes in the particles before a family name: "bin Laden said".
func (c *candidate) widen(p *person) {
	toks := c.f.toks
	for k := len(p.words) - 2; k > 0 && c.single() || k > 0 && c.first > 0; k-- {
		if c.first == 0 || !particles[p.words[k]] || toks[c.first-1].fold != p.words[k] || toks[c.first].gap != gapSpace && toks[c.first].gap != gapHyphen {
			return
		}
		c.first--
		c.key = key(toks, c.first, c.last)
	}
}

// personNotPlace reports whether a name that is a person's here, by family name or
// first name, and a place's in the gazetteer, is meant as the person.
func (d *document) personNotPlace(c *candidate, byFirst bool) bool {
	t := &c.f.toks[c.first]
	if prev := c.prev(); prev != nil && (locatives[prev.fold] || prev.fold == "of" || prev.fold == "other") || !c.single() || c.sure {
		return false
	}
	acts := d.actsLikePerson(c)
	if best := d.gaz.best(c.places); best.kind >= region {
		return acts && !byFirst || acts && d.agedChild(c.key)
	}
	if t.upper && c.f.name == "" && t.gap == gapNone { // a dateline
		return false
	}
	if c.f.name == "" && d.isDateline(c) {
		return false
	}
	return acts || !d.placedElsewhere(c.key) && !c.f.flat
}

// isDateline reports whether the name begins the article and a dash or an agency
// follows.
func (d *document) isDateline(c *candidate) bool {
	if c.first > 0 {
		return false
	}
	rest := c.f.text[c.end():min(len(c.f.text), c.end()+60)]
	for _, sign := range []string{" — ", " – ", " - ", " (", ".—", ", "} {
		if strings.HasPrefix(rest, sign) || strings.Contains(rest, " — ") || strings.Contains(rest, " – ") || strings.Contains(rest, " - ") {
			return true
		}
	}
	return false
}

// placedElsewhere reports whether the article somewhere has the name as a place: "in
// Houston", "Houston, Texas".
func (d *document) placedElsewhere(key string) bool {
	for _, c := range d.cands {
		if c.key != key || c.person != nil || c.kind != news.Place {
			continue
		}
		if prev := c.prev(); prev != nil && locatives[prev.fold] || d.isDateline(c) {
			return true
		}
		if n := c.last + 1; n < len(c.f.toks) && c.f.toks[n].gap == gapComma && d.isRegion(n, c.f) {
			return true
		}
	}
	return false
}

// agedChild reports whether the article calls that first name's bearer a child, whom
// it then goes on to call so: "Israel Mensah, nine".
func (d *document) agedChild(first string) bool {
	for _, c := range d.cands {
		if c.person == nil || c.single() || c.dropped || c.person.first() != first {
			continue
		}
		if n := c.last + 1; n < len(c.f.toks) && c.f.toks[n].gap == gapComma && childAges[c.f.toks[n].fold] {
			return true
		}
	}
	return false
}

var childAges = words(`four five six seven eight nine ten eleven twelve thirteen fourteen fifteen 4 5 6 7 8 9 10 11 12 13 14 15`)

// actsLikePerson reports whether a verb or a possessive follows.
func (d *document) actsLikePerson(c *candidate) bool {
	if c.f.toks[c.last].possessive {
		return true
	}
	if p := c.prev(); p != nil && d.lang != "en" && (d.tongue.speech(p.fold) || d.tongue != nil && d.tongue.utters[p.fold]) {
		return true // "aseguró Guerrero"
	}
	n := c.next()
	return n != nil && (sayings[n.fold] || personVerbs[n.fold])
}

// speaksOrIs reports whether "said" stands before the name, or "who" behind it.
func (d *document) speaksOrIs(c *candidate) bool {
	if n := c.last + 1; n < len(c.f.toks) && c.f.toks[n].gap == gapComma && c.f.toks[n].fold == "who" {
		return true
	}
	p := c.prev()
	return p != nil && p.fold == "said"
}

var personVerbs = words(`was is has had will would could also who himself herself became joined left won scored went came took made gave got played
	added met told spoke served worked died lived married appeared arrived returned wore faced led did does did`)
