package entity

import (
	"slices"
	"strings"

	"backfile/internal/news"
)

// people gathers the persons from their whole names, and then joins the shorter
// mentions to them.
func (d *document) people() {
	d.extents()
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
		if !c.sure && v.person < 2 && v.person <= v.organisation || !c.sound() {
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
	short = d.spouses(short)
	tails, far := tails(named), farTails(named)
	for _, c := range named {
		if far[c.key] && !(c.honorific && c.f.toks[c.first].signs.given()) {
			short = append(short, c)
			continue
		}
		// "Mr López Obrador", where Andrés Manuel López Obrador is named.
		if c.honorific && tails[c.key] && !c.f.toks[c.first].signs.given() {
			short = append(short, c)
			continue
		}
		d.newPerson(c)
	}
	d.index()
	for _, c := range d.recover(short) {
		d.newPerson(c)
	}
	d.sexes()
	d.sequels()
	d.index()
	slices.SortStableFunc(short, inText)
	for _, c := range short {
		if !c.dropped {
			d.joinPerson(c)
		}
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
		if p.whole && !slices.Contains(d.firsts[p.given()], p) {
			d.firsts[p.given()] = append(d.firsts[p.given()], p)
		}
	}
}

// sound cuts a person's name where a colon or the end of a paragraph stands in it, and
// reports whether what is left can be one: no bare title.
func (c *candidate) sound() bool {
	toks := c.f.toks
	for i := c.first + 1; i <= c.last; i++ {
		if toks[i].gap == gapNone || toks[i].gap == gapOther && strings.ContainsAny(c.f.text[toks[i-1].full:toks[i].start], ":;|/") {
			c.last = i - 1
			c.key = key(toks, c.first, c.last)
			c.given = c.given && !c.single()
			break
		}
	}
	for c.last > c.first+1 && toks[c.last].upper && !toks[c.first].upper && decorations[toks[c.last].fold] { // "Afrasiab Anwar MBE"
		c.last--
		c.key = key(toks, c.first, c.last)
	}
	w := c.key
	_, honorific := honorifics[w]
	return !c.single() || !(honorific || (titles[w] || titleWords[w]) && toks[c.first].signs&(family|male|female) == 0)
}

// decorations stand behind a name and are no part of it.
var decorations = words(`mbe obe cbe kbe dbe kcb gcb cb mp mps msp ms mep mla qc kc sc phd md frs fba dl jp bt rn usn gc vc dso mc esq`)

// recover finds the whole names of those of whom the tables and the model know only the
// family name behind an honorific: "Grace Lin", where Miss Lin is mentioned.
func (d *document) recover(short []*candidate) (whole []*candidate) {
	seek := map[string]bool{}
	for _, c := range short {
		if c.single() && len(c.courtesies) > 0 && c.f.toks[c.first].signs&common == 0 && len(d.surnames[c.key]) == 0 {
			seek[c.key] = true
		}
	}
	if len(seek) == 0 {
		return nil
	}
	for _, f := range d.fields {
		if f.flat {
			continue
		}
		taken := map[int]bool{}
		for _, c := range f.cands {
			for i := c.first; i <= c.last && !c.dropped; i++ {
				taken[i] = true
			}
		}
		for i := 1; i < len(f.toks); i++ {
			t, g := &f.toks[i], &f.toks[i-1]
			if !seek[t.fold] || !t.capital || t.gap != gapSpace || t.opens || taken[i] && taken[i-1] || !g.capital || g.possessive || g.upper != t.upper ||
				titleish(g.fold) || !g.signs.given() && (g.opens || g.signs&common != 0) && d.lex.sexes[g.fold] == 0 {
				continue
			}
			c := &candidate{f: f, first: i - 1, last: i, kind: news.Person, org: -1, sure: true, given: true, key: key(f.toks, i-1, i)}
			for _, o := range f.cands {
				if o.first <= i && o.last >= i-1 {
					o.dropped = true
				}
			}
			f.cands = append(f.cands, c)
			d.cands = append(d.cands, c)
			whole = append(whole, c)
		}
		slices.SortStableFunc(f.cands, inText)
	}
	return whole
}

// farTails are what names of those end in behind two words or more: "Suu Kyi", of Aung
// San Suu Kyi.
func farTails(cs []*candidate) set {
	s := set{}
	for _, c := range cs {
		ws := strings.Split(c.key, " ")
		for i := 2; i < len(ws)-1 && len(ws) < 8; i++ {
			s[strings.Join(ws[i:], " ")] = true
		}
	}
	return s
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
		if d.another(c, fits[0]) {
			d.alone(c)
			return
		}
		c.kind = news.Person
		if c.aged() && fits[0].whole || d.kinBetween(c, fits[0]) {
			return // the elder Tate is another than Jerome Tate Jr
		}
		d.attach(c, fits[0])
		fits[0].spell(c)
	case 0:
		if d.plural(c) {
			c.kind, c.couple = news.Person, true
			return
		}
		if c.honorific && c.single() && d.lex.words[c.key]&common != 0 && d.lex.words[c.key]&(family|male|female) == 0 && c.f.flat {
			c.dropped = true
			return
		}
		if c.single() && len(c.courtesies) == 0 && d.partner(c.key) {
			c.kind, c.org = news.Organisation, -1 // "Merrow", of Merrow & Pike
			return
		}
		d.alone(c)
	default:
		c.kind = news.Person // of one of them: see resolve
		d.unclear = append(d.unclear, c)
	}
}

// partner reports whether a firm of the article begins with that name and joins another
// by "&", which its readers then leave out.
func (d *document) partner(name string) bool {
	for _, c := range d.cands {
		if c.kind == news.Organisation && !c.dropped && c.last > c.first && c.f.toks[c.first].fold == name && c.f.toks[c.first+1].gap == gapAnd {
			return true
		}
	}
	return false
}

// alone makes somebody of whom the article has a short name only.
func (d *document) alone(c *candidate) {
	ws, _ := nameWords(c.key)
	p := &person{name: c.name(), words: ws, titles: map[string]bool{}, courtesies: map[string]bool{}, forms: map[string]string{}}
	p.whole = len(p.words) > 1 && !particles[p.words[0]] && !(c.honorific && c.hyphened())
	d.persons = append(d.persons, p)
	d.surnames[p.last()] = append(d.surnames[p.last()], p)
	if len(p.words) > 1 && !p.whole {
		d.surnames[c.key] = append(d.surnames[c.key], p)
	}
	d.attach(c, p)
}

// another reports whether a short name that only p seems to bear is somebody else's all
// the same, of whom the article has no more.
func (d *document) another(c *candidate, p *person) bool {
	if !p.whole || len(c.courtesies) == 0 || c.f.name != "" || knightly[c.lastCourtesy()] {
		return false
	}
	w := c.lastCourtesy()
	// "Mrs Macklin" is not the Dr A. M. Macklin whose sex nobody tells.
	if p.sex == 0 && (w == "mrs" || w == "miss") && (p.courtesies["dr"] || p.courtesies["captain"] || p.courtesies["colonel"] || p.courtesies["major"] || p.courtesies["professor"]) {
		return true
	}
	// Baroness Leask is not a skipper Magnie Leask.
	if peers[w] && !p.courtesies[w] && !slices.ContainsFunc(c.f.cands, func(o *candidate) bool {
		return o.person == p && !o.dropped && !o.single() && len(o.courtesies) > 0
	}) {
		return true
	}
	return d.before(c, p) || d.beside(c, p)
}

// peers stand before the names of those whom papers do not call otherwise later.
var peers = words(`lord lady baroness baron viscount viscountess countess earl`)

// beside reports whether the sentence itself names p whole, and nobody did before: "she
// quoted Erskine May against Mrs May".
func (d *document) beside(c *candidate, p *person) bool {
	if d.quotedAt(c.f, c.start()) >= 0 {
		return false
	}
	from := c.first
	for from > 0 && !c.f.toks[from].opens {
		from--
	}
	for _, o := range c.f.cands {
		if o.person == p && !o.dropped {
			return o.first >= from && o.first < c.first && !o.single() && len(o.courtesies) == 0
		}
	}
	return false
}

// before reports whether a name with a rank stands before the first mention of p, in one
// paragraph, where p is named whole and without any rank: "President Mubarak had promised
// not to stand, nor to be followed by Gamal Mubarak".
func (d *document) before(c *candidate, p *person) bool {
	if c.rank() == "" || p.courtesies[c.rank()] {
		return false
	}
	for _, o := range c.f.cands {
		if o.person == p && !o.dropped && !o.single() {
			return o.first > c.first && len(o.courtesies) == 0 && c.f.paragraph(o.first) == c.f.paragraph(c.first)
		}
	}
	return false
}

// fitting are the persons whom a short mention may mean: those of that family name,
// else the one of that given name. A given name's sex may mislead where the world is
// wide: Mr Petrosyan can be Karen. But Mrs Fernandez is no Marlon; she may be his wife.
func (d *document) fitting(c *candidate) []*person {
	fits := d.called(c)
	if len(fits) == 0 && c.sex != 0 && c.lastCourtesy() != "mrs" && c.lastCourtesy() != "lady" {
		for _, p := range d.surnames[c.key] {
			if p.whole && agree(p.said|p.hint, c.sex) && d.lex.sexes[p.given()] == 0 {
				fits = append(fits, p)
			}
		}
	}
	return fits
}

func (d *document) called(c *candidate) []*person {
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
	if len(fits) == 0 && c.single() { // the first word of a name whose order nobody knows, or an inner one
		for _, p := range d.persons {
			if p.whole && agree(p.said, c.sex) && (p.first() == c.key || slices.Contains(p.inner(d.lex), c.key)) {
				fits = append(fits, p)
			}
		}
	}
	if len(fits) == 0 && c.single() && len(c.courtesies) == 0 && d.lex.words[c.key].given() { // "Tom", where T. Slater is named
		for _, p := range d.persons {
			initial := len(p.first()) == 1 && len(p.words) == 2 && p.first()[0] == c.key[0]
			short := nicknames[c.key] != "" && (nicknames[c.key] == p.first() || nicknames[c.key] == nicknames[p.first()]) || nicknames[p.first()] == c.key
			if p.whole && (initial || short) && agree(p.said, d.lex.sex(c.key)) {
				fits = append(fits, p)
			}
		}
		if len(fits) > 1 {
			fits = nil
		}
	}
	if t := &c.f.toks[c.first]; len(fits) == 0 && c.single() && t.upper && len(c.key) == 3 { // "FDR"
		for _, p := range d.persons {
			if len(p.words) == 3 && p.words[0][0] == c.key[0] && p.words[1][0] == c.key[1] && p.words[2][0] == c.key[2] {
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
