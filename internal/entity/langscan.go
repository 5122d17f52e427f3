package entity

import (
	"strings"

	"backfile/internal/news"
)

// ownName takes a body or a place that the language's list has, if it is longer than
// what the gazetteer and the list of organisations know here, and adjectives with a
// capital ("Berliner", "New Yorker"). It returns where to go on, or 0.
func (s *scanner) ownName(i, end int) int {
	t := s.tongue
	if t == nil || s.f.flat && s.f.toks[i].signs&common != 0 {
		return 0
	}
	toks := s.f.toks
	// Later words may be small: "Union européenne".
	whole := func(n int) bool {
		for k := i + 1; k < i+n; k++ {
			if !s.touches(k) || toks[k-1].possessive {
				return false
			}
		}
		return true
	}
	_, known := s.gaz.names.longest(toks, i, func(n int) bool { return s.whole(i, n) })
	if name, n := t.bodies.longest(toks, i, whole); n > 0 && n >= known {
		s.add(&candidate{first: i, last: i + n - 1, kind: news.Organisation, org: -1, sure: true, body: name})
		return i + n
	}
	p, n := t.places.longest(toks, i, whole)
	if n == 0 {
		p, n = s.genitive(i)
	}
	if n > 0 && n >= known && !s.namesPerson(i, n, end) {
		s.add(&candidate{first: i, last: i + n - 1, kind: news.Place, places: []int32{p}, org: -1, sure: true})
		return i + n
	}
	if s.foreign != nil {
		if _, n := s.foreign.longest(toks, i, whole); n > 0 {
			return 0 // "Ucraina", and not "ucraina"
		}
	}
	if i > 0 && t.role(toks[i-1].fold) {
		return 0 // "la signora Greco"
	}
	if p, n := t.demonyms.longest(toks, i, whole); n > 0 && n >= known && toks[i+n-1].capital && !s.namesPerson(i, n, end) {
		s.add(&candidate{first: i, last: i + n - 1, kind: news.Place, form: news.FormDemonym, places: []int32{p}, org: -1, sure: true})
		return i + n
	}
	return 0
}

// genitive finds the country, or the place of the list, in "Deutschlands" and "Europas".
func (s *scanner) genitive(i int) (int32, int) {
	stem, ok := strings.CutSuffix(s.f.toks[i].fold, "s")
	if s.tongue.code != "de" || !ok || len(stem) < 4 {
		return s.genitiveOfTwo(i)
	}
	if p, ok := s.tongue.places.full[stem]; ok {
		return p, 1
	}
	if s.foreign != nil {
		if p, ok := s.foreign.full[stem]; ok {
			return p, 1
		}
	}
	return s.genitiveOfTwo(i)
}

// genitiveOfTwo finds "Saudi-Arabiens" and "Mecklenburg-Vorpommerns".
func (s *scanner) genitiveOfTwo(i int) (int32, int) {
	toks := s.f.toks
	if s.tongue.code != "de" || i+1 >= len(toks) || toks[i+1].gap != gapHyphen || !toks[i+1].capital {
		return 0, 0
	}
	stem, ok := strings.CutSuffix(key(toks, i, i+1), "s")
	if p, known := s.tongue.places.full[stem]; ok && known {
		return p, 2
	}
	return 0, 0
}

// namesPerson reports whether the n words at i go on, or began, as a person's name does:
// "Paris Hilton", "Madeira Lopes".
func (s *scanner) namesPerson(i, n, end int) bool {
	toks := s.f.toks
	if i > 0 && s.joined(i) && toks[i].gap == gapSpace && toks[i-1].signs.given() {
		return true
	}
	return n == 1 && toks[i].signs.given() && i+1 < end && toks[i+1].gap == gapSpace && toks[i+1].signs&family != 0
}

// adjectives marks what no capital tells: "les troupes françaises", "die ukrainische
// Armee". They are linked and not counted.
func (s *scanner) adjectives() {
	t := s.tongue
	if t == nil {
		return
	}
	var out []*candidate
	k := 0
	for i := 0; i < len(s.f.toks); i++ {
		for k < len(s.out) && s.out[k].last < i {
			out = append(out, s.out[k])
			k++
		}
		if k < len(s.out) && s.out[k].first <= i {
			continue
		}
		tok := &s.f.toks[i]
		if tok.capital && (!tok.opens || len(s.out) > k && s.out[k].first == i) {
			continue
		}
		p, n := t.demonyms.longest(s.f.toks, i, func(n int) bool { return n == 1 })
		if n == 0 {
			continue
		}
		c := &candidate{first: i, last: i, kind: news.Place, form: news.FormDemonym, places: []int32{p}, org: -1, sure: true, f: s.f}
		c.key = key(s.f.toks, i, i)
		out = append(out, c)
	}
	s.out = append(out, s.out[k:]...)
}

// leads reports whether the word at i, at a sentence's opening or in German anywhere, says
// what the person is who is named behind it: "Historica Corrie van Dijk", "Leseforscher
// Christian Dawidowski".
func (s *scanner) leads(i, end int) bool {
	if s.tongue == nil || i+1 >= end {
		return false
	}
	t, n := &s.f.toks[i], &s.f.toks[i+1]
	if n.gap != gapSpace || !n.signs.given() || s.f.flat || t.signs.given() || t.initial || t.upper {
		return false
	}
	return s.tongue.roles[t.fold] || t.opens && t.signs&family == 0
}

// prudent drops what another language than English makes too likely wrong: a word that
// is none of its names, and in German, where nouns are capitals too, a small town that
// nothing says is one.
func (d *document) prudent() {
	t := d.tongue
	if t == nil {
		return
	}
	for _, c := range d.cands {
		d.ofPerson(c)
		if c.dropped || c.form != "" || c.body != "" {
			continue
		}
		if !c.single() {
			// "Weissen Haus", "Füchse Berlin"
			if first := c.f.toks[c.first].fold; c.person != nil && t.code == "de" && t.plain[first] {
				c.dropped = true
			}
			continue
		}
		if t.none[c.key] && c.person == nil {
			c.dropped = true
			continue
		}
		if c.kind != news.Place || len(c.places) == 0 {
			continue
		}
		if prev := c.prev(); t.unsure[c.key] && (prev == nil || !t.at(prev.fold)) {
			c.dropped = true
			continue
		}
		if t.code != "de" {
			continue
		}
		best := d.gaz.best(c.places)
		if _, own := t.places.full[c.key]; own || best.kind >= capital || best.Population >= smallTown {
			continue
		}
		if prev := c.prev(); prev == nil || !t.at(prev.fold) {
			c.dropped = c.first+1 >= len(c.f.toks) || !d.named[best.Country] || c.f.toks[c.first].signs&common != 0
		}
	}
}

// ofPerson finds the family name that the article has with the whole name, where German
// capitals hid it: in the genitive ("Baerbocks Brief"), which is marked without its s as
// "’s" is, or beside a noun ("Fraktionschef Merz", "Merz Kritik").
func (d *document) ofPerson(c *candidate) {
	if c.person != nil || c.form != "" || c.body != "" || c.org >= 0 || c.kind != "" && !c.dropped || c.f.flat || c.last-c.first > 3 {
		return
	}
	t := d.tongue
	for _, i := range []int{c.last, c.first} {
		if i != c.last && t.code != "de" {
			break // "Eastman Dilemma"
		}
		k := &c.f.toks[i]
		if !k.capital || k.signs&common != 0 || d.small[k.fold] > 0 || i > c.first && k.gap != gapSpace {
			continue
		}
		name, cut := k.fold, false
		p := d.bearer(name)
		if p == nil && t.code == "de" && !k.possessive && strings.HasSuffix(c.f.text[k.start:k.end], "s") && len(name) > 4 {
			name, cut = strings.TrimSuffix(name, "s"), true
			p = d.bearer(name)
		}
		if p == nil || c.single() && !cut {
			continue
		}
		if c.first, c.last, c.key = i, i, name; cut {
			k.end--
			k.possessive, k.fold = true, name
		}
		d.attach(c, p)
		return
	}
}

// bearer is the one person whose family name it is and whose whole name the article has.
func (d *document) bearer(name string) *person {
	if fits := d.bearers(name, 0); len(fits) == 1 && fits[0].whole {
		return fits[0]
	}
	return nil
}

// smallTown is the population under which a German noun is a town only if something
// says so.
const smallTown = 60_000

// articled reports whether an article stands before a single unknown word, which is then
// a thing: "la Plataforma asegura".
func (t *tongue) articled(c *candidate, prev *token) bool {
	return t != nil && prev != nil && c.kind == "" && c.single() && t.code != "de" && t.articles[prev.fold] && !c.f.toks[c.first].signs.given()
}

// parts reports whether a name without a kind ends before token i, in the languages that
// have a list: a country, a town or a person begins there.
func (s *scanner) parts(i, end int) bool {
	t := s.tongue
	if t == nil {
		return false
	}
	tok, prev := &s.f.toks[i], &s.f.toks[i-1]
	if tok.gap == gapSpace && t.roles[prev.fold] {
		return true
	}
	if t.code != "de" && prev.capital || tok.gap != gapSpace && tok.gap != gapHyphen {
		return false
	}
	whole := func(n int) bool { return s.whole(i, n) }
	if _, n := t.places.longest(s.f.toks, i, whole); n > 0 {
		return true
	}
	if _, n := t.bodies.longest(s.f.toks, i, whole); n > 0 {
		return true
	}
	if s.foreign != nil {
		if _, n := s.foreign.longest(s.f.toks, i, whole); n > 0 && len(tok.fold) > 3 {
			return true
		}
	}
	return false
}
