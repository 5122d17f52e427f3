package entity

import (
	"strings"

	"backfile/internal/news"
)

// person is somebody of the article.
type person struct {
	// name is the name as first written whole, words its folds.
	name  string
	words []string
	sex   nameSigns // what honorifics and the given name tell; 0 is unknown
	said  nameSigns // what honorifics alone tell
	// titles are the folded titles that stood before the name.
	titles map[string]bool
	// whole says that the name has more than a family name.
	whole  bool
	forms  map[string]string // folded forms of the name, as written
	entity *entity
	n      int
}

func (p *person) first() string { return p.words[0] }
func (p *person) last() string  { return p.words[len(p.words)-1] }

// people gathers the persons from their whole names, and then joins the shorter
// mentions to them.
func (d *document) people() {
	var short, flat []*candidate
	for _, c := range d.cands {
		if c.dropped {
			continue
		}
		v := d.votes[c.key]
		if c.kind != news.Person {
			// "Dmitri Peskov" may stand unknown in one place and be sure in another.
			if c.kind == "" && !c.single() && !c.hyphened() && v.kind() == news.Person && !d.isTitleish(c) && !(c.f.flat && v.n == 1) && (d.lang != "de" || v.person >= 3) {
				c.kind = news.Person
				d.newPerson(c)
			}
			continue
		}
		if !c.sure && v.person < 2 && v.person <= v.organisation {
			c.dropped = true
			continue
		}
		if c.f.flat && !c.single() {
			flat = append(flat, c)
			continue
		}
		if c.single() || !c.given && c.honorific || c.hyphened() {
			short = append(short, c)
			continue
		}
		d.newPerson(c)
	}
	for _, p := range d.persons {
		d.surnames[p.last()] = append(d.surnames[p.last()], p)
		// "von der Leyen", "Smith-Jones".
		for i := 1; i < len(p.words)-1; i++ {
			s := strings.Join(p.words[i:], " ")
			d.surnames[s] = append(d.surnames[s], p)
		}
		if p.whole {
			d.firsts[p.first()] = append(d.firsts[p.first()], p)
		}
	}
	for _, c := range short {
		d.joinPerson(c)
	}
	for _, c := range flat {
		d.flatPerson(c)
	}
	d.findSurnames()
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

// newPerson joins a whole name to the person who bears it, or makes one.
func (d *document) newPerson(c *candidate) {
	d.genitive(c)
	words := strings.Split(c.key, " ")
	var fit *person
	last := words[len(words)-1]
	for _, p := range d.byLast[last] {
		if samePerson(p.words, words) && agree(p.said, c.sex) {
			fit = p
			break
		}
	}
	if fit == nil {
		fit = &person{name: c.name(), words: words, whole: len(words) > 1, titles: map[string]bool{}, forms: map[string]string{}}
		d.persons = append(d.persons, fit)
		d.byLast[last] = append(d.byLast[last], fit)
	} else if len(fit.words[0]) == 1 && len(words[0]) > 1 {
		fit.name, fit.words = c.name(), words
	}
	d.attach(c, fit)
}

// genitives are the languages whose genitive adds an s without an apostrophe.
var genitives = map[string]bool{"de": true, "da": true, "sv": true, "no": true, "nb": true, "nn": true}

// genitive cuts the ending of "Sebastian Hendels" where the article also has
// Sebastian Hendel.
func (d *document) genitive(c *candidate) {
	t := &c.f.toks[c.last]
	if !genitives[d.lang] || c.single() || !strings.HasSuffix(c.key, "s") || t.possessive || d.votes[c.key[:len(c.key)-1]] == nil {
		return
	}
	if s := c.f.text[t.start:t.end]; strings.HasSuffix(s, "s") {
		t.end--
		t.possessive = true
		c.key = c.key[:len(c.key)-1]
		t.fold = t.fold[:len(t.fold)-1]
	}
}

func (d *document) attach(c *candidate, p *person) {
	c.person, c.kind, c.dropped = p, news.Person, false
	p.n++
	if _, ok := p.forms[c.key]; !ok {
		p.forms[c.key] = c.name()
	}
	p.said |= c.sex
	if c.title != "" && !c.honorific {
		p.titles[c.title] = true
	}
	if p.sex = p.said; p.sex == 0 && p.whole {
		p.sex = d.lex.words[p.first()] & (male | female)
	}
}

// agree reports whether what is known of two sexes does not contradict.
func agree(a, b nameSigns) bool { return a == 0 || b == 0 || a&b != 0 }

// samePerson reports whether two whole names can be of one person: the same
// family name, and given names of which one is the other's or its initial.
func samePerson(a, b []string) bool {
	if len(a) < 2 || len(b) < 2 || a[len(a)-1] != b[len(b)-1] {
		return false
	}
	if a[0] == b[0] {
		return len(a) == 2 || len(b) == 2 || a[1][0] == b[1][0]
	}
	return (len(a[0]) == 1 || len(b[0]) == 1) && a[0][0] == b[0][0]
}

// joinPerson links a short mention to the one person it fits; a name that fits
// nobody is a person of its own, one that fits several is left without.
func (d *document) joinPerson(c *candidate) {
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
	switch len(fits) {
	case 1:
		d.attach(c, fits[0])
	case 0:
		if c.honorific && c.single() && d.lex.words[c.key]&common != 0 && d.lex.words[c.key]&(family|male|female) == 0 && c.f.flat {
			c.dropped = true
			return
		}
		p := &person{name: c.name(), words: strings.Split(c.key, " "), titles: map[string]bool{}, forms: map[string]string{}}
		p.whole = len(p.words) > 1
		d.persons = append(d.persons, p)
		d.surnames[p.last()] = append(d.surnames[p.last()], p)
		d.attach(c, p)
	default:
		c.kind = news.Person // of one of them: marked, linked to nobody
	}
}

func (p *person) hasWord(w string) bool {
	for _, x := range p.words {
		if x == w {
			return true
		}
	}
	return false
}

// bearers are the persons of a family name whom the sex does not rule out.
func (d *document) bearers(surname string, sex nameSigns) []*person {
	return filter(d.surnames[surname], sex)
}

func filter(ps []*person, sex nameSigns) []*person {
	var fits, stated []*person
	for _, p := range ps {
		if !agree(p.sex, sex) {
			continue
		}
		fits = append(fits, p)
		if sex != 0 && p.said&sex != 0 {
			stated = append(stated, p)
		}
	}
	if len(fits) > 1 && len(stated) == 1 {
		return stated
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
		if len(fits) == 0 {
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
		if prev := c.prev(); prev != nil && prev.fold == "the" && !prev.capital && (c.ahead(1) == nil || !c.f.toks[c.last].possessive) && c.single() && c.f.toks[c.last].fold[len(t.fold)-1] == 's' {
			continue // "the Trumps"
		}
		c.places = nil
		if len(fits) == 1 {
			d.attach(c, fits[0])
			c.widen(fits[0])
		} else {
			c.kind, c.sure = news.Person, true
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
