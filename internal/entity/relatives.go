package entity

import (
	"slices"
	"strings"

	"backfile/internal/news"
)

// relatives deals with those whom the article names by a given name alone, as
// somebody's relation: "his wife Luz", "her grandson Iain". If it also has a Mrs
// Fernandez, and nobody else whom that fits, the two are one, Luz Fernandez. Otherwise
// the name is marked, but who she is nobody says: all the Mias of an archive are not
// one person.
func (d *document) relatives() {
	var kins, lone []*person
	for _, c := range d.cands {
		p := c.person
		if p == nil || p.whole || c.dropped || len(p.words) != 1 {
			continue
		}
		// Whoever is called so once or twice only is no celebrity.
		if c.single() && !c.f.toks[c.first].upper && (len(c.courtesies) == 0 && (c.akin() || d.lex.words[c.key].given() && p.n < 3 && len(p.courtesies) == 0) || baronets[c.lastCourtesy()]) && !contains(kins, p) {
			kins = append(kins, p)
		}
		if len(c.courtesies) > 0 && plainlyTitled(d, c) && !contains(lone, p) {
			lone = append(lone, p)
		}
	}
	for _, k := range kins {
		sex := d.lex.sex(k.last())
		if s := kinSex(d, k); s != 0 {
			sex = s
		}
		var fit *person
		n := 0
		for _, l := range lone {
			if l != k && l.said != 0 && agree(l.said, sex) && d.shared(l.last()) {
				fit = l
				n++
			}
		}
		others := 0
		for _, o := range kins {
			if o != k && fit != nil && d.rivals(o, k, fit) {
				others++
			}
		}
		if n == 1 && others == 0 {
			d.marry(k, fit)
			continue
		}
		d.unname(k)
	}
}

// baronets stand before given names, and never before a family name alone.
var baronets = words(`sir dame`)

// plainlyTitled reports whether the mention has one of the plain honorifics.
func plainlyTitled(d *document, c *candidate) bool {
	for _, w := range c.courtesies {
		if s, ok := honorifics[w]; ok && (s != 0 || w == "dr") && !knightly[w] {
			return true
		}
	}
	return false
}

func contains(ps []*person, p *person) bool {
	for _, q := range ps {
		if q == p {
			return true
		}
	}
	return false
}

// shared reports whether somebody of a whole name bears the family name too.
func (d *document) shared(last string) bool {
	for _, p := range d.persons {
		if p.whole && p.n > 0 {
			for _, s := range p.surnames() {
				if s == last {
					return true
				}
			}
		}
	}
	return false
}

// rivals reports whether the family name of fit may as well be o's as k's.
func (d *document) rivals(o, k, fit *person) bool {
	if d.related(o) {
		return agree(fit.said, kinSex(d, o))
	}
	return !d.related(k) && agree(fit.said, d.lex.sex(o.last()))
}

// related reports whether a word of relation stands before the person's name.
func (d *document) related(p *person) bool {
	return slices.ContainsFunc(d.cands, func(c *candidate) bool { return c.person == p && c.akin() })
}

// kinSex is the sex that the word of relation tells.
func kinSex(d *document, p *person) nameSigns {
	for _, c := range d.cands {
		if c.person == p && c.akin() {
			return sexOf(c.f.toks[c.first-1].fold)
		}
	}
	return 0
}

// marry makes one person of a given name and a family name.
func (d *document) marry(given, surname *person) {
	surname.name = given.name + " " + surname.name
	surname.words = append([]string{given.last()}, surname.words...)
	surname.whole = true
	for _, c := range d.cands {
		if c.person == given {
			d.attach(c, surname)
		}
	}
	given.n = 0
}

// unname takes the links from somebody's mentions.
func (d *document) unname(p *person) {
	for _, c := range d.cands {
		if c.person == p {
			c.person = nil
			c.kind = news.Person
		}
	}
	p.n = 0
}

// akin reports whether a word of relation stands before the name.
func (c *candidate) akin() bool {
	t := &c.f.toks[c.first]
	return c.first > 0 && (t.gap == gapSpace || t.gap == gapComma) && kin[c.f.toks[c.first-1].fold]
}

// kin are words for relations.
var kin = words(`son daughter wife husband brother sister father mother grandfather grandmother grandson granddaughter nephew niece cousin uncle aunt
	baby boy girl toddler dog cat partner fiancé fiancée widow boyfriend girlfriend twin stepson stepdaughter sons daughters mum mam dad gran
	sohn tochter frau mann bruder schwester vater mutter fils fille femme mari frère sœur hijo hija`)

// kinBetween reports whether somebody of the same family was named by a given name
// since the person p was, here or in the paragraph before, so that the family name fits
// both: "Tommy Brennan and his brother John had no chance. Brennan said …"
func (d *document) kinBetween(c *candidate, p *person) bool {
	if !p.whole || c.f.flat || c.single() && c.key == p.given() || c.rank() != "" {
		return false
	}
	start := c.f.paragraph(c.first)
	if start > 0 {
		start = c.f.paragraph(start - 1)
	}
	found := false
	// They stand in the order of the text.
	from, _ := slices.BinarySearchFunc(c.f.cands, start, func(o *candidate, at int) int { return o.first - at })
	for _, o := range c.f.cands[from:] {
		if o.first >= c.first {
			break
		}
		if o.dropped {
			continue
		}
		if o.person == p && !c.f.toks[o.last].possessive && (len(c.courtesies) > 0 || !o.single()) {
			found = false
		} else if o.kind == news.Person && o.akin() && o.single() && o.person != p && (o.person == nil || !o.person.whole) && len(o.courtesies) == 0 {
			sex := d.lex.sex(o.key) | sexOf(c.f.toks[o.first-1].fold)
			found = found || agree(sex, c.sex)
		}
	}
	return found
}

// spouses gives "Harlan and Judy Cole" their family name, and returns the mentions
// that are left.
func (d *document) spouses(short []*candidate) []*candidate {
	var left []*candidate
	for _, c := range short {
		if o := d.spouse(c); o != nil {
			ws, suffix := nameWords(o.key)
			last := ws[len(ws)-1]
			name := c.name() + " " + o.f.text[o.f.toks[o.last].start:o.f.toks[o.last].end]
			p := &person{name: name, words: []string{c.key, last}, suffix: suffix, whole: true, titles: map[string]bool{}, courtesies: map[string]bool{}, forms: map[string]string{}}
			for _, q := range d.persons {
				if d.samePerson(q.words, p.words) {
					p = nil
					break
				}
			}
			if p != nil {
				d.persons = append(d.persons, p)
				d.byLast[last] = append(d.byLast[last], p)
				d.attach(c, p)
				continue
			}
		}
		left = append(left, c)
	}
	return left
}

// spouse is the whole name behind a given name and "and", or nil.
func (d *document) spouse(c *candidate) *candidate {
	toks := c.f.toks
	if !c.single() || len(c.courtesies) > 0 || !toks[c.first].signs.given() && toks[c.first].signs != 0 || c.f.flat || c.last+3 >= len(toks) || toks[c.last+1].fold != "and" || toks[c.last+1].gap != gapSpace || toks[c.last+2].gap != gapSpace {
		return nil
	}
	for _, o := range c.f.cands {
		if o.first == c.last+2 && o.kind == news.Person && !o.dropped && o.last == o.first+1 && (toks[o.first].signs.given() || toks[o.first].signs == 0) && !o.hyphened() {
			return o
		}
	}
	return nil
}

// sexes learns from the words behind whole names what sex somebody has whose given
// name does not tell: "Dr A. J. Hendrie and his daughter", "who said she".
func (d *document) sexes() {
	for _, c := range d.cands {
		if c.person == nil || c.dropped || c.person.sex != 0 || c.single() || c.f.flat {
			continue
		}
		toks := c.f.toks
		for n := c.last + 1; n < min(c.last+14, len(toks)) && !toks[n].opens; n++ {
			if toks[n].capital && toks[n].signs&(family|male|female) != 0 && toks[n].signs&common == 0 || toks[n].fold == "whose" || roles[toks[n].fold] && n > c.last+4 {
				break
			}
			s := nameSigns(0)
			switch toks[n].fold {
			case "he", "himself":
				s = male
			case "she", "herself":
				s = female
			case "his":
				s = male
			case "her":
				s = female
			}
			if s == 0 {
				continue
			}
			// "Jane Roe said she had trained him": of two, nobody knows which.
			if sayings[toks[n-1].fold] && (toks[n].fold == "he" && meets(toks[n+1:], "her", "she") || toks[n].fold == "she" && meets(toks[n+1:], "him", "he")) {
				break
			}
			own := toks[n].fold != "his" && toks[n].fold != "her" || toks[n-1].fold == "and" || toks[n-1].fold == "with" || n+1 < len(toks) && kin[toks[n+1].fold]
			if own && d.quotedAt(c.f, int(toks[n].start)) == d.quotedAt(c.f, c.start()) {
				c.person.sex, c.person.hint = s, s
			}
			break
		}
	}
}

// meets reports whether one of two words stands in the rest of the sentence.
func meets(toks []token, a, b string) bool {
	for i := 0; i < len(toks) && i < longestSequel && !toks[i].opens && toks[i].gap != gapNone; i++ {
		if toks[i].fold == a || toks[i].fold == b {
			return true
		}
	}
	return false
}

// sequels learns the sex of somebody whom nothing else tells from the sentence behind
// the one that names nobody else: "Tavish Robb kept each slip. His wife, Gillian, drove."
func (d *document) sequels() {
	for _, f := range d.fields {
		if f.flat {
			continue
		}
		for k, c := range f.cands {
			if c.person == nil || c.dropped || c.person.sex != 0 || !c.person.whole || c.single() || d.quotedAt(f, c.start()) >= 0 {
				continue
			}
			n := c.last + 1
			for n < len(f.toks) && n < c.last+longestSequel && !f.toks[n].opens {
				n++
			}
			if n >= len(f.toks) || !f.toks[n].opens || f.toks[n].gap == gapNone || d.quotedAt(f, int(f.toks[n].start)) >= 0 {
				continue
			}
			s := nameSigns(0)
			switch f.toks[n].fold {
			case "he", "his":
				s = male
			case "she", "her":
				s = female
			}
			if s != 0 && f.alone(k, n) {
				c.person.sex, c.person.hint = s, s
			}
		}
	}
}

// alone reports whether candidate k is the only person of its sentence, which ends
// before token end.
func (f *field) alone(k, end int) bool {
	c := f.cands[k]
	from := c.first
	for from > 0 && from > c.first-longestSequel && !f.toks[from].opens {
		from--
	}
	other := func(o *candidate) bool { return !o.dropped && o.kind == news.Person && o.person != c.person }
	for i := k - 1; i >= 0 && f.cands[i].first >= from; i-- {
		if other(f.cands[i]) {
			return false
		}
	}
	for i := k + 1; i < len(f.cands) && f.cands[i].first < end; i++ {
		if other(f.cands[i]) {
			return false
		}
	}
	return true
}

// longestSequel is how many words of a sentence are looked through for its end.
const longestSequel = 60

// spell gives a person of whom the first name was an initial the name in full.
func (p *person) spell(c *candidate) {
	if p.whole && len(p.first()) == 1 && c.single() && len(c.key) > 1 && c.key[0] == p.first()[0] && c.key != p.last() && len(p.words) == 2 {
		if _, last, ok := strings.Cut(p.name, " "); ok {
			p.words = []string{c.key, p.last()}
			p.name = c.name() + " " + last
		}
	}
}
