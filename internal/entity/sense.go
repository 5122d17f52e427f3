package entity

import (
	"slices"
	"strings"

	"backfile/internal/news"
	"backfile/internal/text"
)

// sense puts right what a model that sees a sentence at a time makes of names of which
// the article as a whole says that they are something else: towns taken for people,
// quays and offices for bodies, words of a headline for names.
func (d *document) sense() {
	if !d.taught {
		return
	}
	d.cleave()
	d.saints()
	d.plainWords()
	d.works()
	d.bodies()
	d.placed()
	d.borrow()
	d.kin, d.named = nil, nil // what was asked on the way was asked too early
}

// cleave parts what no name goes across: the end of a sentence, and a comma with a small
// word behind it ("Marine Fuels, of Wick").
func (d *document) cleave() {
	for _, f := range d.fields {
		n := len(f.cands)
		cut := false
		for _, c := range f.cands[:n:n] {
			for rest := c; rest != nil && !c.dropped; {
				last := rest.last
				next := d.cleft(rest)
				cut = cut || rest.last != last
				if rest = next; next != nil {
					f.cands = append(f.cands, next)
					d.cands = append(d.cands, next)
				}
			}
		}
		if !cut {
			continue
		}
		slices.SortStableFunc(f.cands, inText)
		clear(f.ends)
		for _, c := range f.cands {
			f.ends[c.last] = c
		}
	}
}

// cleft cuts a candidate where no name goes on, and returns what is behind, or nil.
func (d *document) cleft(c *candidate) *candidate {
	toks := c.f.toks
	for i := c.first + 1; i <= c.last; i++ {
		t, p := &toks[i], &toks[i-1]
		stop := t.opens && t.gap != gapSpace && t.gap != gapHyphen && !p.upper && len(p.fold) > 3 && !abbreviated[p.fold]
		if !stop && !(t.gap == gapComma && !t.capital && !t.digit) {
			continue
		}
		k := i
		for k < c.last && !toks[k].capital {
			k++
		}
		rest := &candidate{f: c.f, first: k, last: c.last, kind: c.kind, sure: c.sure}
		c.last = i - 1
		d.anew(c)
		if !toks[k].capital {
			return nil
		}
		d.anew(rest)
		return rest
	}
	return nil
}

// anew looks up what a candidate names whose bounds have changed.
func (d *document) anew(c *candidate) {
	c.key, c.places, c.org = key(c.f.toks, c.first, c.last), nil, -1
	if c.kind == news.Person {
		c.given = !c.single()
		return
	}
	if i, ok := d.lex.organisations.full[c.key]; ok && c.kind == news.Organisation {
		c.org = i
		return
	}
	if c.places = d.gaz.called(c.f, c.first, c.last); c.places != nil && c.single() {
		c.kind = news.Place
	}
	if c.kind != news.Place {
		c.places = nil
	}
}

// saints settles what "St" and a possessive begin: "St Margaret's Hope" is a village, St
// Andrew's Dock no place called Saint Andrew, wherever one is.
func (d *document) saints() {
	for _, c := range d.cands {
		toks := c.f.toks
		k := c.last + 1
		if c.dropped || c.form != "" || c.honorific || k >= len(toks) || !toks[k].capital || toks[k].gap != gapSpace || toks[k].opens {
			continue
		}
		saint := toks[c.first].fold == "st" || toks[c.first].fold == "saint"
		if c.kind == news.Organisation && c.org < 0 && !toks[c.last].possessive && wharves[toks[k].fold] {
			c.dropped = true // the "Tyne Commission" of Tyne Commission Quay
			continue
		}
		if !toks[c.last].possessive || !(saint || c.kind == news.Place && wharves[toks[k].fold]) || c.kind == news.Person && !saint {
			continue
		}
		prev := c.prev()
		rows := d.gaz.names.find(text.Fold(c.f.text[c.start():toks[k].end]))
		switch {
		case rows != nil:
			c.kind, c.places = news.Place, rows
		case heads[toks[k].fold]:
			c.kind, c.places = news.Organisation, nil
		case saint && prev != nil && (prev.fold == "in" || prev.fold == "at" || prev.fold == "and") && !otherHeads[toks[k].fold] && !wharves[toks[k].fold]:
			c.kind, c.places = news.Place, nil
		default:
			c.dropped = true
			continue
		}
		c.last, c.sure, c.given = k, true, false
		c.key = key(toks, c.first, c.last)
	}
}

// plainWords drops words of a headline, or of a sentence's opening, that the article
// writes small, and phrases of such words.
func (d *document) plainWords() {
	inBody := set{}
	for _, c := range d.cands {
		if !c.dropped && !c.f.flat && c.f.name != news.FieldHeadline {
			inBody[c.key] = true
		}
	}
	for _, c := range d.cands {
		if c.dropped || c.form != "" || c.kind == news.Person || c.org >= 0 || c.body != "" {
			continue
		}
		toks := c.f.toks
		t := &toks[c.first]
		if c.single() {
			plain := d.small[t.fold] > 0 && t.signs&common != 0 || t.signs == common && len(c.places) == 0 && c.kind == news.Place
			if plain && !t.upper && (c.f.flat && !inBody[c.key] || t.opens && !c.f.flat && !heads[t.fold] && !fronts[t.fold]) && (len(c.places) == 0 || t.signs == common) && !(c.kind == news.Place && d.gaz.known(c.places)) {
				c.dropped = true
			}
			continue
		}
		if (c.f.flat || c.f.name == news.FieldHeadline) && !inBody[c.key] && c.kind == news.Organisation && !heads[toks[c.last].fold] && d.phrase(c) {
			c.dropped = true
		}
	}
}

// known reports whether one of the places is a country, a region or a large town.
func (g *gazetteer) known(rows []int32) bool {
	if len(rows) == 0 {
		return false
	}
	best := g.best(rows)
	return best.kind >= region || best.Population > 100_000
}

// phrase reports whether a verb, or a word that the article writes small, stands in
// what a headline's capitals make look like a name: "Keepers of Copinsay".
func (d *document) phrase(c *candidate) bool {
	for i := c.first; i <= c.last; i++ {
		t := &c.f.toks[i]
		if t.upper || heads[t.fold] || weakHeads[t.fold] || linkWords[t.fold] {
			continue
		}
		if d.small[t.fold] > 0 || i > c.first && (behindName[t.fold] || acts[t.fold] || sayings[t.fold]) || d.small[singular(t.fold)] > 0 {
			return true
		}
	}
	return false
}

// singular is the word without a plural's ending.
func singular(w string) string {
	if len(w) > 3 && w[len(w)-1] == 's' {
		return w[:len(w)-1]
	}
	return w
}

// works drops what the tables know only by another writing, which is no place: a film
// called River's Edge, the Old Town of anywhere.
func (d *document) works() {
	for _, c := range d.cands {
		if c.dropped || c.kind != news.Place || c.form != "" || c.single() || len(c.places) == 0 {
			continue
		}
		plain, owned := true, false
		for i := c.first; i <= c.last; i++ {
			t := &c.f.toks[i]
			plain = plain && t.signs&common != 0 && !t.signs.given()
			owned = owned || i < c.last && t.possessive
		}
		if owned && !d.possessed(c.places) && d.gaz.best(c.places).kind < region || plain && quarters[c.f.toks[c.last].fold] && c.first > 0 && c.f.toks[c.first-1].fold == "the" {
			c.dropped = true
		}
	}
}

// possessed reports whether one of the places is written with a possessive.
func (d *document) possessed(rows []int32) bool {
	return slices.ContainsFunc(rows, func(i int32) bool { return strings.ContainsAny(d.gaz.places[i].Name, "'’") })
}

// quarters are what a part of many a town is called.
var quarters = words(`town city village quarter centre center side end market square`)

// borrow gives names in headlines and captions, where there is little to go by, the
// kind that the same name has throughout the text.
func (d *document) borrow() {
	of := map[string]*candidate{}
	for _, c := range d.cands {
		if c.dropped || c.kind == "" || c.form != "" || c.f.flat || c.f.name != "" {
			continue
		}
		if o, ok := of[c.key]; ok && (o == nil || o.kind != c.kind) {
			of[c.key] = nil
			continue
		}
		of[c.key] = c
	}
	for _, c := range d.cands {
		o := of[c.key]
		if c.dropped || c.form != "" || c.kind == "" || c.f.name == "" || o == nil || o.kind == c.kind || c.honorific || o.kind == news.Person && !o.given {
			continue
		}
		c.kind, c.places, c.org, c.body, c.sure, c.given = o.kind, o.places, o.org, o.body, o.sure, o.given
	}
}
