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
	for _, c := range d.cands {
		if c.dropped || c.form != "" {
			continue
		}
		switch {
		case c.kind == news.Organisation && units[c.key],
			c.kind == news.Organisation && c.body == "" && d.tongue != nil && d.tongue.plain[c.key] && !d.cited(c):
			c.dropped = true
		case c.kind == news.Person && d.tongue == nil && !c.honorific && c.title == "" && (c.person == nil || !c.person.whole || c.cries()) && (c.cries() || c.single() && !c.f.toks[c.first].signs.given()):
			if c.person != nil {
				c.person.n--
				c.person = nil
			}
			c.dropped = true
		}
	}
}

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
