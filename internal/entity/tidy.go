package entity

import "backfile/internal/news"

// tidy drops what looks like a name and is none in languages that have no model: units
// of measure, newspapers that are also things, and, in languages without a list of their
// own, lone words and cries in capitals taken for people.
func (d *document) tidy() {
	if d.lang == "en" {
		return
	}
	units := d.units()
	things := d.things()
	for _, c := range d.cands {
		if c.dropped || c.form != "" {
			continue
		}
		switch {
		case c.kind == news.Organisation && units[c.key],
			c.kind == news.Organisation && c.body == "" && d.tongue != nil && d.tongue.plain[c.key] && !d.cited(c):
			c.dropped = true
		case c.person != nil && things[c.person]:
			c.person, c.dropped = nil, true
		case c.kind == news.Person && d.tongue == nil && !c.honorific && c.title == "" && (c.person == nil || !c.person.whole || c.cries()) && (c.cries() || c.single() && !c.f.toks[c.first].signs.given()):
			if c.person != nil {
				c.person.n--
				c.person = nil
			}
			c.dropped = true
		}
	}
}

// things are persons who are none: a small word before a name that looks like an initial
// ("W Niemczech", where no full stop follows), and a noun behind a German given name that
// the article has as a thing elsewhere ("Oft hat Sophie Frost gebracht", "kein Frost").
func (d *document) things() map[*person]bool {
	whole := map[*person]*candidate{}
	times := map[*person]int{}
	for _, c := range d.cands {
		if c.dropped || c.person == nil || c.single() {
			continue
		}
		whole[c.person] = c
		times[c.person]++
	}
	things := map[*person]bool{}
	for p, c := range whole {
		t := &c.f.toks[c.first]
		n := &c.f.toks[c.first+1]
		noun := d.lang == "de" && c.last == c.first+1 && times[p] == 1 && d.quantified(c.key[len(t.fold)+1:])
		if noun || d.tongue == nil && t.end-t.start <= 2 && n.gap == gapSpace && c.last == c.first+1 && !t.upper {
			things[p] = true
			p.n = 0
		}
	}
	return things
}

// quantified reports whether the body says of a word that there is none, or much, of it.
func (d *document) quantified(fold string) bool {
	toks := d.fields[0].toks
	for i := 1; i < len(toks); i++ {
		if toks[i].fold == fold && toks[i].gap == gapSpace && quantities[toks[i-1].fold] && (i+1 == len(toks) || toks[i+1].gap != gapHyphen) {
			return true
		}
	}
	return false
}

var quantities = words(`kein keine keinen keinem viel wenig etwas`)

// units are acronyms that follow numbers as often as not: "19,0 PPG".
func (d *document) units() set {
	n := map[string]int{}
	for _, c := range d.cands {
		if c.dropped || c.kind != news.Organisation || !c.single() || !c.f.toks[c.first].upper || c.org >= 0 || c.body != "" {
			continue
		}
		if p := c.prev(); p != nil && p.digit {
			n[c.key]++
		} else {
			n[c.key]--
		}
	}
	units := set{}
	for k, v := range n {
		if v >= 0 {
			units[k] = true
		}
	}
	return units
}

// cited reports whether the German words before say that a paper is meant which has the
// name of a thing: "sagte der Bild", "laut Bild", "Bild-Zeitung".
func (d *document) cited(c *candidate) bool {
	toks := c.f.toks
	if k := c.last + 1; k < len(toks) && toks[k].gap == gapHyphen && toks[k].fold == "zeitung" {
		return true
	}
	p := c.prev()
	return !c.single() || d.lang != "de" || p != nil && (p.fold == "der" || p.fold == "laut")
}

// cries reports whether the name is a line in capitals of three words and more.
func (c *candidate) cries() bool {
	n := 0
	for i := c.first; i <= c.last; i++ {
		if t := &c.f.toks[i]; !t.upper || len(t.fold) < 2 {
			return false
		}
		n++
	}
	return n > 2
}
