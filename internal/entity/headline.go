package entity

import "backfile/internal/news"

// longestKnown is how many words of a headline are looked up together.
const longestKnown = 7

// headlines finds, in fields with a capital on every word, the names that the
// rest of the article has settled: "Tulloch Report Clears Captain".
func (d *document) headlines() {
	d.resolve()
	d.relatives()
	d.clubs()
	d.bareFirms()
	var known map[string]*candidate
	for _, f := range d.fields {
		if !f.flat {
			continue
		}
		if known == nil {
			known = d.settled()
		}
		taken := make([]bool, len(f.toks))
		for _, c := range f.cands {
			if !c.dropped && c.kind != "" {
				for i := c.first; i <= c.last; i++ {
					taken[i] = true
				}
			}
		}
		for i := 0; i < len(f.toks); i++ {
			if o, n := d.knownAt(known, f, taken, i); n > 0 {
				c := *o
				c.f, c.first, c.last, c.form, c.entity = f, i, i+n-1, "", nil
				c.key = key(f.toks, c.first, c.last)
				c.person, c.dropped = nil, false
				if o.person != nil {
					d.attach(&c, o.person)
				}
				f.cands = append(f.cands, &c)
				d.cands = append(d.cands, &c)
				i = c.last
			}
		}
	}
}

// settled are the names outside of such fields, each with a candidate that bears
// it; persons also by the family name that only one of them has.
func (d *document) settled() map[string]*candidate {
	known := map[string]*candidate{}
	add := func(key string, c *candidate) {
		if o, ok := known[key]; ok && (o == nil || o.kind != c.kind || o.person != c.person) {
			known[key] = nil // of two things: no telling which
			return
		}
		known[key] = c
	}
	for _, c := range d.cands {
		if c.f.flat || c.dropped || c.kind == "" || c.form != "" {
			continue
		}
		switch {
		case c.kind == news.Person && c.person != nil && len(d.bearers(c.key, 0)) > 1:
			known[c.key] = nil
		case c.kind == news.Person && c.person != nil:
			add(c.key, c)
			if last := c.person.last(); last != c.key && len(d.bearers(last, 0)) == 1 {
				add(last, c)
			}
		case c.kind == news.Place && len(c.places) > 0, c.kind == news.Organisation:
			add(c.key, c)
		}
	}
	return known
}

// knownAt is the longest settled name at token i, and its number of words.
func (d *document) knownAt(known map[string]*candidate, f *field, taken []bool, i int) (*candidate, int) {
	best, words := (*candidate)(nil), 0
	for n := 1; n <= longestKnown && i+n <= len(f.toks); n++ {
		t := &f.toks[i+n-1]
		if taken[i+n-1] || n > 1 && (t.gap != gapSpace && t.gap != gapHyphen && t.gap != gapAnd && t.gap != gapDot || f.toks[i+n-2].possessive) {
			break
		}
		if !f.toks[i].capital || !t.capital {
			continue
		}
		o := known[key(f.toks, i, i+n-1)]
		if o == nil || n == 1 && !d.plainName(f, i, o) {
			continue
		}
		best, words = o, n
	}
	return best, words
}

// plainName reports whether a single word of a headline can be the name that the
// body has: it is no English word, or acts as somebody does ("Duff, Who Built").
func (d *document) plainName(f *field, i int, o *candidate) bool {
	t := &f.toks[i]
	if i > 0 && t.gap == gapHyphen || i+1 < len(f.toks) && f.toks[i+1].gap == gapHyphen && o.kind == news.Person {
		return false
	}
	if t.signs&common == 0 && d.small[t.fold] == 0 {
		return true
	}
	if o.kind != news.Person || i+1 >= len(f.toks) {
		return false
	}
	n := &f.toks[i+1]
	switch n.gap {
	case gapComma:
		return n.fold == "who" || n.fold == "whose"
	case gapSpace:
		return sayings[n.fold] && n.signs&family == 0 && n.fold != "calls" && n.fold != "claims" && n.fold != "notes"
	}
	return false
}

// fullName gives the person whom the body knows by the family name alone the whole
// name that the headline's candidate c begins with.
func (d *document) fullName(c *candidate) bool {
	toks := c.f.toks
	if c.first+1 > c.last || !toks[c.first].signs.given() || toks[c.first].signs&common != 0 || toks[c.first].upper {
		return false
	}
	fits := d.bearers(toks[c.first+1].fold, toks[c.first].signs&(male|female))
	if len(fits) != 1 || fits[0].whole {
		return false
	}
	c.last = c.first + 1
	c.key = key(toks, c.first, c.last)
	p := fits[0]
	p.name, p.words, p.whole = c.name(), []string{toks[c.first].fold, toks[c.last].fold}, true
	d.attach(c, p)
	return true
}
