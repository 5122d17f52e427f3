package entity

import (
	"slices"
	"strings"

	"backfile/internal/news"
)

// people gathers the persons from their whole names, and then joins the shorter
// mentions to them.
func (d *document) people() {
	var named, short, flat []*candidate
	for _, c := range d.cands {
		if c.dropped {
			continue
		}
		v := d.votes[c.key]
		if c.kind != news.Person {
			// "Dmitri Peskov" may stand unknown in one place and be sure in another.
			if c.kind == "" && !c.single() && !c.hyphened() && v.kind() == news.Person && !d.isTitleish(c) && !(c.f.flat && v.n == 1) && (d.lang != "de" || v.person >= 3) {
				c.kind = news.Person
				d.dress(c)
				named = append(named, c)
			}
			continue
		}
		if !c.sure && v.person < 2 && v.person <= v.organisation {
			c.dropped = true
			continue
		}
		d.dress(c)
		switch {
		case c.f.flat && !c.single():
			flat = append(flat, c)
		case c.single() || !c.given && c.honorific || c.hyphened() || particles[c.f.toks[c.first].fold]:
			short = append(short, c)
		default:
			named = append(named, c)
		}
	}
	tails := tails(named)
	for _, c := range named {
		// "Mr López Obrador", where Andrés Manuel López Obrador is named.
		if c.honorific && tails[c.key] && !c.f.toks[c.first].signs.given() {
			short = append(short, c)
			continue
		}
		d.newPerson(c)
	}
	d.index()
	slices.SortStableFunc(short, inText)
	for _, c := range short {
		d.joinPerson(c)
	}
	for _, c := range flat {
		d.flatPerson(c)
	}
	d.families()
	d.findSurnames()
}

// index notes by which names the persons may be called.
func (d *document) index() {
	for _, p := range d.persons {
		for _, s := range p.surnames() {
			if !slices.Contains(d.surnames[s], p) {
				d.surnames[s] = append(d.surnames[s], p)
			}
		}
		if p.whole && !p.eastern {
			d.firsts[p.first()] = append(d.firsts[p.first()], p)
		} else if p.whole {
			d.firsts[p.given()] = append(d.firsts[p.given()], p)
		}
	}
}

// tails are what longer names among those end in.
func tails(cs []*candidate) set {
	s := set{}
	for _, c := range cs {
		for i := strings.IndexByte(c.key, ' '); i >= 0; {
			s[c.key[i+1:]] = true
			k := strings.IndexByte(c.key[i+1:], ' ')
			if k < 0 {
				break
			}
			i += k + 1
		}
	}
	return s
}

// flatPerson cuts a name in a headline of capitals down to the person whom the
// rest of the article knows: "Donna Kelce Calls Taylor Swift". Without any it is
// kept only if the article has no body to know anybody from.
func (d *document) flatPerson(c *candidate) {
	first, last := c.first, c.last
	for ; c.last > first; c.last-- {
		k := key(c.f.toks, first, c.last)
		for _, p := range d.persons {
			if _, ok := p.forms[k]; ok && p.whole {
				c.key = k
				d.attach(c, p)
				return
			}
		}
	}
	c.last = last
	if d.fullName(c) {
		return
	}
	if d.a.Body == "" {
		d.newPerson(c)
		return
	}
	c.last, c.key = first, c.f.toks[first].fold
	if fits := d.bearers(c.key, 0); len(fits) == 1 && c.f.toks[first].signs&common == 0 {
		d.attach(c, fits[0])
		return
	}
	c.dropped = true
}

// joinPerson links a short mention to the one person it fits; a name that fits
// nobody is a person of its own, one that fits several is left to resolve.
func (d *document) joinPerson(c *candidate) {
	if c.couple {
		c.kind = news.Person
		return
	}
	fits := d.fitting(c)
	switch len(fits) {
	case 1:
		if c.aged() && fits[0].whole {
			c.kind = news.Person // the elder Tate is another than Jerome Tate Jr
			return
		}
		d.attach(c, fits[0])
	case 0:
		if d.plural(c) {
			c.kind, c.couple = news.Person, true
			return
		}
		if c.honorific && c.single() && d.lex.words[c.key]&common != 0 && d.lex.words[c.key]&(family|male|female) == 0 && c.f.flat {
			c.dropped = true
			return
		}
		ws, _ := nameWords(c.key)
		p := &person{name: c.name(), words: ws, titles: map[string]bool{}, courtesies: map[string]bool{}, forms: map[string]string{}}
		p.whole = len(p.words) > 1 && !particles[p.words[0]] && !(c.honorific && c.hyphened())
		d.persons = append(d.persons, p)
		d.surnames[p.last()] = append(d.surnames[p.last()], p)
		if len(p.words) > 1 && !p.whole {
			d.surnames[c.key] = append(d.surnames[c.key], p)
		}
		d.attach(c, p)
	default:
		c.kind = news.Person // of one of them: see resolve
		d.unclear = append(d.unclear, c)
	}
}

// fitting are the persons whom a short mention may mean: those of that family name,
// else the one of that given name.
func (d *document) fitting(c *candidate) []*person {
	// "Sir Anthony", "Dame Judi": the given name stands behind these.
	if knightly[c.lastCourtesy()] && c.single() {
		if fits := filter(d.firsts[c.key], c.sex); len(fits) > 0 {
			return fits
		}
	}
	fits := d.bearers(c.key, c.sex)
	if len(fits) == 0 && !c.single() {
		toks := c.f.toks
		fits = d.bearers(toks[c.last].fold, c.sex)
		if len(fits) > 0 && !fits[0].hasWord(toks[c.first].fold) {
			fits = nil
		}
	}
	if len(fits) == 0 && c.single() {
		fits = filter(d.firsts[c.key], c.sex)
	}
	if len(fits) == 0 && c.single() { // the first word of a name whose order nobody knows
		for _, p := range d.persons {
			if p.whole && p.first() == c.key && agree(p.said, c.sex) {
				fits = append(fits, p)
			}
		}
	}
	return fits
}

// knightly stand before given names.
var knightly = words(`sir dame sheikh sheik prince princess king queen emperor sultan pope saint father sister brother`)

func (c *candidate) lastCourtesy() string {
	if len(c.courtesies) == 0 {
		return ""
	}
	return c.courtesies[0]
}

// bearers are the persons of a family name whom the sex does not rule out.
func (d *document) bearers(surname string, sex nameSigns) []*person {
	return filter(d.surnames[surname], sex)
}

// filter are those whom the sex does not rule out; the one of whom an honorific says
// that sex, or else whose given name does, before others.
func filter(ps []*person, sex nameSigns) []*person {
	var fits, stated, likely []*person
	for _, p := range ps {
		if !agree(p.sex, sex) {
			continue
		}
		fits = append(fits, p)
		if sex != 0 && p.said&sex != 0 {
			stated = append(stated, p)
		}
		if sex != 0 && p.sex&sex != 0 {
			likely = append(likely, p)
		}
	}
	if len(fits) > 1 && len(stated) == 1 && len(likely) == 1 {
		return stated
	}
	if len(fits) > 1 && len(likely) == 1 {
		return likely
	}
	return fits
}

// findSurnames makes mentions of the capitals that are a known person's family
// name, or a given name that only one bears.
func (d *document) findSurnames() {
	for _, c := range d.cands {
		if c.person != nil || c.dropped || c.form != "" || c.org >= 0 || c.kind == news.Person || c.kind == news.Organisation {
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
		if c.kind == news.Place && (byFirst && d.gaz.best(c.places).kind >= region || !d.surnameNotPlace(c)) {
			continue // Israel is the country, though a Mr Israel Katz be there
		}
		if c.single() && (t.signs&common != 0 || d.small[t.fold] > 0) && (t.opens || c.f.flat) && !d.actsLikePerson(c) {
			c.dropped = c.places == nil
			continue
		}
		if byFirst && (t.signs&common != 0 && !t.signs.given() || c.f.flat) {
			continue
		}
		c.places = nil
		d.dress(c)
		if len(fits) == 1 && !c.aged() {
			d.attach(c, fits[0])
			c.widen(fits[0])
		} else {
			c.kind, c.sure = news.Person, true
			d.unclear = append(d.unclear, c)
		}
	}
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

// surnameNotPlace reports whether a name that is a person's here and a place's
// in the gazetteer is meant as the person.
func (d *document) surnameNotPlace(c *candidate) bool {
	best := d.gaz.best(c.places)
	if prev := c.prev(); prev != nil && (prev.fold == "in" || prev.fold == "at" || prev.fold == "near" || prev.fold == "outside") {
		return false
	}
	if best.kind >= region {
		return c.single() && d.actsLikePerson(c)
	}
	return true
}

// actsLikePerson reports whether a verb or a possessive follows.
func (d *document) actsLikePerson(c *candidate) bool {
	if c.f.toks[c.last].possessive {
		return true
	}
	n := c.next()
	return n != nil && (sayings[n.fold] || personVerbs[n.fold])
}

var personVerbs = words(`was is has had will would could also who himself herself became joined left won scored went came took made gave got played
	added met told spoke served worked died lived married appeared arrived returned wore faced led did does did`)
