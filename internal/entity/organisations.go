package entity

import (
	"slices"
	"strings"

	"backfile/internal/news"
	"backfile/internal/text"
)

// organisations gives the organisations their entities; acronyms that the
// article explains are those of their full names.
func (d *document) organisations() {
	d.unheard()
	d.outletItself()
	short := d.acronyms()
	d.shorten(short)
	for _, c := range d.cands {
		if c.dropped || c.kind != news.Organisation || c.entity != nil {
			continue
		}
		name, identity := c.name(), c.key
		if c.org >= 0 {
			name = d.lex.names[c.org]
			identity = text.Fold(name)
		} else if c.body != "" {
			name, identity = c.body, text.Fold(c.body)
		} else if full, ok := short[c.key]; ok && full != "" {
			name, identity = full, text.Fold(full)
		}
		e := d.entity(news.Organisation, identity, name)
		if c.org >= 0 {
			for _, n := range d.lex.aliases[c.org] {
				e.Aliases = addAlias(e.Aliases, n)
			}
		}
		e.alias(c)
		c.entity = e
	}
}

// acronyms finds "Full Name (FN)" and makes both one organisation, wherever in the
// article the acronym stands.
func (d *document) acronyms() map[string]string {
	full := map[string]string{}
	for i, c := range d.cands {
		t := &c.f.toks[c.first]
		if i == 0 || !c.single() || t.gap != gapParen || !t.capital || !t.upper && (len(t.fold) < 4 || len(t.fold) > 6 || t.signs&common != 0 && d.small[t.fold] > 0) {
			continue
		}
		p := d.cands[i-1]
		if p.f != c.f || p.last != c.first-1 || p.single() || p.dropped || p.kind == news.Person || p.kind == news.Place && p.places != nil {
			continue
		}
		if !initialsFit(t.fold, p) {
			continue
		}
		p.kind = news.Organisation
		name := p.name()
		if p.org >= 0 {
			name = d.lex.names[p.org]
		}
		full[c.key] = name
	}
	for _, c := range d.cands {
		if _, ok := full[c.key]; ok && (c.kind != news.Place || c.form == "") {
			if c.kind == news.Place {
				c.entity, c.places = nil, nil
			}
			c.kind, c.dropped, c.person, c.org = news.Organisation, false, nil, -1
		}
	}
	return full
}

// initialsFit reports whether the acronym's letters are, in order, initials of the
// name's words, the first being the first.
func initialsFit(acronym string, c *candidate) bool {
	i := 0
	for k := c.first; k <= c.last && i < len(acronym); k++ {
		if c.f.toks[k].fold[0] == acronym[i] {
			i++
		} else if k == c.first {
			return false
		}
	}
	return i == len(acronym)
}

// shorten adds to short the names that are, as far as the article tells, short for a
// longer one in it: an acronym that nothing explains in brackets (the FSA, where the
// Food Standards Agency is named), the first or the last words of a name (Calder &
// Airedale of Calder & Airedale Building Society), and the outlet's own (the Examiner).
// What could be short for two is short for none.
func (d *document) shorten(short map[string]string) {
	long := map[string]*candidate{}
	var keys []string
	for _, c := range d.cands {
		if c.dropped || c.kind != news.Organisation || c.single() || c.f.flat {
			continue
		}
		if _, ok := long[c.key]; !ok {
			long[c.key] = c
			keys = append(keys, c.key)
		}
	}
	outlet := ""
	if d.a.Outlet != nil {
		outlet = text.Fold(d.a.Outlet.Name)
	}
	for _, c := range d.cands {
		if c.dropped || c.kind != news.Organisation || c.org >= 0 {
			continue
		}
		if _, ok := short[c.key]; ok {
			continue
		}
		t := &c.f.toks[c.first]
		full := ""
		fits := 0
		for _, k := range keys {
			o := long[k]
			if k == c.key || len(k) < len(c.key)+3 {
				continue
			}
			acronym := c.single() && t.upper && len(c.key) >= 3 && spells(c.key, o)
			begins := strings.HasPrefix(k, c.key+" ") && !linkWords[o.f.toks[o.first+c.last-c.first+1].fold] && !d.common(c)
			ends := strings.HasSuffix(k, " "+c.key) && !d.common(c) && !(c.single() && weakHeads[c.key]) && !c.whole()
			if acronym || begins || ends {
				full = o.name()
				if o.org >= 0 {
					full = d.lex.names[o.org]
				}
				fits++
			}
		}
		switch {
		case fits == 1:
			short[c.key] = full
		case fits == 0 && outlet != "" && strings.HasSuffix(outlet, " "+c.key) && c.first > 0 && c.f.toks[c.first-1].fold == "the":
			short[c.key] = strings.TrimPrefix(d.a.Outlet.Name, "The ")
		}
	}
}

// whole reports whether the name begins as a body's whole name does, so that it is short for
// none that ends with it: the Bank of Canada is not the Royal Bank of Canada.
func (c *candidate) whole() bool {
	toks := c.f.toks
	return c.last > c.first+1 && fronts[toks[c.first].fold] && toks[c.first+1].fold == "of"
}

// common reports whether a short name is but a plain word for bodies: "Council",
// "Police", which may be any.
func (d *document) common(c *candidate) bool {
	for i := c.first; i <= c.last; i++ {
		t := &c.f.toks[i]
		if !heads[t.fold] && !fronts[t.fold] && !smallBodies[t.fold] && !(t.signs == common && c.single()) {
			return len(c.key) < 3
		}
	}
	return true
}

// spells reports whether the letters of an acronym are the initials of the name's
// words, small words left out or not.
func spells(acronym string, c *candidate) bool {
	var all, most strings.Builder
	for i := c.first; i <= c.last; i++ {
		t := &c.f.toks[i]
		if t.fold == "" {
			continue
		}
		all.WriteByte(t.fold[0])
		if !linkWords[t.fold] {
			most.WriteByte(t.fold[0])
		}
	}
	return acronym == all.String() || acronym == most.String()
}

// outletItself finds what the outlet calls itself: "told the Examiner".
func (d *document) outletItself() {
	if d.a.Outlet == nil {
		return
	}
	name := strings.TrimPrefix(text.Fold(d.a.Outlet.Name), "the ")
	_, last, ok := strings.Cut(name, " ")
	for strings.Contains(last, " ") {
		_, last, _ = strings.Cut(last, " ")
	}
	if !ok || len(last) < 4 || d.lang != "en" {
		return
	}
	f := d.fields[0]
	for i := 1; i < len(f.toks); i++ {
		t := &f.toks[i]
		if t.fold != last || !t.capital || t.gap != gapSpace || f.toks[i-1].fold != "the" || f.toks[i-1].opens {
			continue
		}
		if i+1 < len(f.toks) && f.toks[i+1].capital && near(f.toks[i+1].gap) && !f.toks[i+1].opens {
			continue
		}
		c := &candidate{f: f, first: i, last: i, kind: news.Organisation, org: -1, sure: true, key: t.fold}
		free := true
		for _, o := range f.cands {
			if o.first <= i && i <= o.last {
				if free = o.dropped; !free {
					break
				}
			}
		}
		if free {
			f.cands = append(f.cands, c)
			d.cands = append(d.cands, c)
		}
	}
	slices.SortStableFunc(f.cands, inText)
}
