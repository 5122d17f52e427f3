package entity

import (
	"slices"

	"backfile/internal/news"
)

// reread sets right, before places are weighed, what the words directly beside a
// name say of it: whose it is, what it is part of, that it is no place at all.
func (d *document) reread() {
	firm, home, full := d.footing(), d.homeLands(), d.inFull()
	for k, c := range d.cands {
		if c.dropped || c.kind != news.Place || c.form != "" {
			continue
		}
		d.chained(c)
		switch {
		case d.pact(c) || d.attended(c):
			c.dropped = true
			continue
		case k+1 < len(d.cands) && d.greater(c, d.cands[k+1]):
			continue
		}
		d.inShort(c, firm, home, full)
		d.adjoining(c)
		d.owned(c)
		if k+1 < len(d.cands) {
			d.beyond(c, d.cands[k+1])
		}
	}
}

// footing has the countries that an article's names speak for, each with these names.
type footing map[string]set

// besides reports whether another name than the given one speaks for the country.
func (f footing) besides(land, name string) bool {
	return len(f[land]) > 1 || len(f[land]) == 1 && !f[land][name]
}

// footing are the countries that the article's names speak for without doubt:
// countries, regions, demonyms, capitals and great cities.
func (d *document) footing() footing {
	firm := footing{}
	for _, c := range d.cands {
		if c.dropped || c.kind != news.Place || len(c.places) == 0 {
			continue
		}
		if p := d.gaz.best(c.places); d.gaz.speaks(p, c.key) {
			firm.add(p.Country, c.key)
		}
	}
	return firm
}

// part reports whether the place is a part of a town, as Brooklyn is, which other
// towns may have a part of the same name as.
func (g *gazetteer) part(p *Place, name string) bool {
	if p.letter == 'X' {
		return true
	}
	return p.kind <= seat && slices.ContainsFunc(g.names.find(name), func(i int32) bool {
		q := &g.places[i]
		return q.kind == area && q.Country == p.Country && g.regionOf(i) >= 0 && apart(p.Lat, p.Lon, q.Lat, q.Lon) < 20
	})
}

// speaks reports whether the place alone says that its country is spoken of.
func (g *gazetteer) speaks(p *Place, name string) bool {
	switch p.kind {
	case country, region, capital:
		return p.Country != ""
	case town, seat:
		return p.Country != "" && p.Population >= mostBeyond && !g.part(p, name)
	}
	return false
}

func (f footing) add(land, name string) {
	if f[land] == nil {
		f[land] = set{}
	}
	f[land][name] = true
}

// homeLands are the countries that the outlet's name, its address and the tag of
// the article's language tell.
func (d *document) homeLands() map[string]bool {
	lands := d.outletCountries()
	if land := landOfHost(d.a.URL); land != "" {
		lands[land] = true
	}
	delete(lands, "")
	return lands
}

// inShort reads two letters: SA is South Australia where Australia is spoken of,
// South Africa where that is named in full.
func (d *document) inShort(c *candidate, firm footing, home map[string]bool, full map[string][]int32) {
	t := &c.f.toks[c.first]
	if !c.single() || !t.upper || len(t.fold) != 2 || len(d.gaz.names.find(t.fold)) > 0 || len(c.places) == 0 {
		return
	}
	here := slices.DeleteFunc(slices.Clone(c.places), func(i int32) bool {
		land := d.gaz.places[i].Country
		return d.gaz.places[i].kind == region && !firm.besides(land, c.key) && !home[land]
	})
	if len(here) > 0 {
		c.places = here
		return
	}
	if rows := full[t.fold]; rows != nil {
		c.places = rows
		return
	}
	if t.gap != gapComma && t.gap != gapParen { // a town may stand before it that nobody knows
		c.places = nil
	}
}

// inFull are the countries and regions that the article names by two words, by their
// initials.
func (d *document) inFull() map[string][]int32 {
	full := map[string][]int32{}
	for _, c := range d.cands {
		if c.dropped || c.kind != news.Place || c.form != "" || c.last != c.first+1 || len(c.places) == 0 || d.gaz.best(c.places).kind < region {
			continue
		}
		a, b := c.f.toks[c.first].fold, c.f.toks[c.last].fold
		if short := a[:min(1, len(a))] + b[:min(1, len(b))]; full[short] == nil {
			full[short] = c.places
		}
	}
	return full
}

// chained takes the whole of a name that small words and hyphens bind: Mar-a-Lago.
func (d *document) chained(c *candidate) {
	toks := c.f.toks
	k := c.first - 2
	if k < 0 || toks[c.first].gap != gapHyphen || toks[k+1].gap != gapHyphen || toks[k+1].capital || len(toks[k+1].fold) > 3 || !toks[k].capital || c.f.endAt(k) != nil {
		return
	}
	c.first = k
	c.key = key(toks, c.first, c.last)
	c.places = d.gaz.called(c.f, c.first, c.last)
}

var pacts = words(`agreement agreements accord accords treaty treaties pact protocol protocols convention conventions`)

// pact reports whether a treaty is meant that bears the name of the town where it
// was made: "the Paris climate accord".
func (d *document) pact(c *candidate) bool {
	if len(c.places) == 0 || d.gaz.best(c.places).kind > capital || c.f.toks[c.last].possessive {
		return false
	}
	for n := 1; n <= 2; n++ {
		w := c.ahead(n)
		if w == nil {
			return false
		}
		if pacts[w.fold] {
			return true
		}
		switch w.fold {
		case "climate", "peace", "nuclear", "global":
		default:
			return false
		}
	}
	return false
}

// attended reports whether something is meant that people attend: a festival that
// is called as its town.
func (d *document) attended(c *candidate) bool {
	prev := c.prev()
	if prev == nil || len(c.places) == 0 {
		return false
	}
	switch prev.fold {
	case "attended", "attending", "headlined", "headlining":
		p := d.gaz.best(c.places)
		return p.kind <= seat && p.Population < 100_000
	}
	return false
}

// metropolis is how large a city must be that has a Metro before its name.
const metropolis = 300_000

// greater joins "Metro" to the city behind it, and reports whether it did.
func (d *document) greater(c, o *candidate) bool {
	if !c.single() || c.f.toks[c.first].fold != "metro" || o.f != c.f || o.first != c.last+1 || o.dropped || o.kind != news.Place || o.form != "" || len(o.places) == 0 {
		return false
	}
	if c.f.toks[o.first].gap != gapSpace || c.f.toks[c.last].possessive || d.gaz.best(o.places).Population < metropolis {
		return false
	}
	c.dropped = true
	o.first = c.first
	return true
}

var (
	// wideParts are words behind a wide area's name that leave it what it is.
	wideParts = words(`islands isles coast region waters`)
	// statesOf are words before which the name of a sea means the countries around it.
	statesOf = words(`state states nation nations country countries capital capitals republic republics airspace government governments leader leaders minister
		ministers neighbour neighbours neighbor neighbors border borders`)
)

// adjoining reads "the Caribbean Islands" as the Caribbean, and "Baltic airspace" as
// that of the states around the sea.
func (d *document) adjoining(c *candidate) {
	toks := c.f.toks
	if len(c.places) == 0 && !c.single() && wideParts[toks[c.last].fold] {
		for _, i := range d.gaz.names.find(key(toks, c.first, c.last-1)) {
			if p := &d.gaz.places[i]; p.kind == area && p.Country == "" {
				c.places = []int32{i}
				return
			}
		}
	}
	if len(c.places) == 0 && !c.single() && toks[c.first].fold == "metro" {
		if rows := d.gaz.names.find(key(toks, c.first+1, c.last)); len(rows) > 0 && d.gaz.best(rows).Population >= metropolis {
			c.places = rows
		}
	}
	n := c.next()
	if !c.single() || n == nil || n.capital || !statesOf[n.fold] || len(c.places) == 0 || quickFold(d.gaz.best(c.places).Name) != c.key+" sea" {
		return
	}
	for _, i := range d.gaz.names.find(c.key + " states") {
		if d.gaz.places[i].kind == area {
			c.places = []int32{i}
		}
	}
}

// townParts are words for a part of a town behind its name.
var townParts = words(`district districts suburb suburbs neighbourhood neighborhood quarter borough street square avenue ward`)

// owned keeps of a name's places those in the place whose the text says it is:
// "Lesotho's Roma". Of a part of a town, or a small town, that the gazetteer does
// not know there, none: "Kyiv's Shevchenko district".
func (d *document) owned(c *candidate) {
	toks := c.f.toks
	if len(c.places) == 0 || c.first == 0 || !toks[c.first-1].possessive || toks[c.first].gap != gapSpace {
		return
	}
	o := c.f.endAt(c.first - 1)
	if o == nil || o.dropped || o.kind != news.Place || o.form != "" || len(o.places) == 0 {
		return
	}
	best := d.gaz.best(c.places)
	if best.kind > region && best.Country == "" || best.kind == country {
		return
	}
	var in []int32
	owner := d.gaz.distinct(o.places)
	for _, i := range d.gaz.distinct(c.places) {
		if slices.ContainsFunc(owner, func(j int32) bool { return i != j && d.gaz.places[j].kind > capital && d.gaz.within(i, j) }) {
			in = append(in, i)
		}
	}
	n := c.next()
	switch {
	case in != nil:
		c.places = in
	case n != nil && townParts[n.fold],
		d.gaz.best(o.places).kind == country && best.kind <= seat && best.Population < 500_000 && (n == nil || !n.capital):
		c.places = nil
	}
}

// mostBeyond is how large a town may be that the gazetteer has elsewhere only.
const mostBeyond = 500_000

// beyond leaves a town unplaced that the text puts in a state where the gazetteer
// knows none of its name: Conway, Washington, is not in Pennsylvania. The name
// behind it is then the state.
func (d *document) beyond(c, o *candidate) {
	toks := c.f.toks
	k := c.last + 1
	if len(c.places) == 0 || o.f != c.f || o.first != k || o.dropped || o.kind != news.Place || toks[k].gap != gapComma || len(o.places) == 0 {
		return
	}
	if before := c.first - 1; before >= 0 && toks[c.first].gap == gapComma && c.f.endAt(before) != nil {
		return // a list
	}
	if n := o.last + 1; n < len(toks) && !toks[n].opens && (toks[n].gap == gapAnd || toks[n].capital && toks[n].gap <= gapComma || toks[n].fold == "and" || toks[n].fold == "or") {
		return
	}
	rows := d.gaz.distinct(c.places)
	if out, _ := d.qualified(c, rows); out != nil || d.gaz.best(rows).Population >= mostBeyond {
		return
	}
	for _, j := range d.gaz.distinct(o.places) {
		q := &d.gaz.places[j]
		if q.kind != region || q.Country != "US" && q.Country != "CA" && q.Country != "AU" {
			continue
		}
		if slices.ContainsFunc(rows, func(i int32) bool { return d.gaz.places[i].kind >= region || d.gaz.places[i].Country != q.Country }) {
			continue
		}
		c.places, o.places = nil, []int32{j}
		return
	}
}

// rulings are words behind the name of a region that is ruled, and votes, as one.
var rulings = words(`independence referendum election elections premier premiers government legislature province provincial governor senator senators
	sovereignty separatist separatists separatism secession nationalist nationalists voters lawmakers legislators`)

// ruled reports whether the text has one of the names as a region's: politics is
// spoken of, or another region is named beside it ("Alaska and Yukon").
func (d *document) ruled(t *toponym) bool {
	if !slices.ContainsFunc(t.rows, func(i int32) bool { return d.gaz.places[i].kind == region }) ||
		slices.ContainsFunc(t.rows, func(i int32) bool {
			return d.gaz.places[i].kind == capital || d.gaz.places[i].kind >= area
		}) {
		return false
	}
	for _, i := range t.rows { // New York is the city all the same
		if slices.ContainsFunc(t.rows, func(j int32) bool {
			return d.gaz.namesake(&d.gaz.places[i], &d.gaz.places[j]) && d.gaz.places[j].kind == region
		}) {
			return false
		}
	}
	for _, c := range t.cands {
		if n := c.next(); n != nil && !c.f.toks[c.last].possessive && rulings[n.fold] {
			return true
		}
		if k := c.first - 2; k >= 0 && c.f.toks[c.first].gap == gapSpace && ands[c.f.toks[c.first-1].fold] && c.f.endAt(k) != nil {
			if o := c.f.endAt(k); !o.dropped && o.kind == news.Place && o.form == "" && len(o.places) > 0 && d.gaz.best(o.places).kind == region {
				return true
			}
		}
	}
	return false
}

var ands = words(`and und et y e en i og och`)

// Bounds of what a paper means by a name that is known from abroad only.
const (
	homely   = 2       // names that speak for its own country, at least
	foreigns = 100_000 // people of a town that is named without its country, if it has no fame
)

// abroad reports whether a name was put in a country of which neither the article
// nor its outlet says anything else, while both speak of their own: Brooklyn in a
// paper of Cape Town is a suburb there. The town must be small, or part of another,
// or the name not its English one ("Roma").
func (d *document) abroad(c *candidate, p *Place, firm footing, home map[string]bool) bool {
	if len(home) == 0 || home[p.Country] || p.Country == "" || p.kind > capital && p.kind != county {
		return false
	}
	if firm.besides(p.Country, c.key) {
		return false
	}
	if d.lang == "en" && quickFold(p.Name) != c.key && !slices.ContainsFunc(d.gaz.aliasesOf(p), func(s string) bool { return quickFold(s) == c.key }) {
		return true
	}
	if d.gaz.part(p, c.key) {
		return true
	}
	return p.kind < capital && p.Population < foreigns && int(p.rank) <= obscure
}

// endAt is the candidate that ends at the token, or nil, as for a list of names given.
func (f *field) endAt(k int) *candidate {
	if k < 0 || k >= len(f.ends) {
		return nil
	}
	return f.ends[k]
}

// weighPlaces chooses for every name the place meant; where that puts names abroad
// for no reason, once more without them.
func (d *document) weighPlaces(names []*toponym) []*toponym {
	d.gaz.resolve(append(d.backdrop(), names...))
	firm, home := footing{}, d.homeLands()
	if len(home) == 0 {
		return names
	}
	own := set{}
	for _, t := range names {
		p := &d.gaz.places[t.rows[t.best()]]
		if home[p.Country] {
			own[t.key] = true
		}
		if d.gaz.speaks(p, t.key) {
			firm.add(p.Country, t.key)
		}
	}
	if len(own) < homely {
		return names
	}
	kept := names[:0:0]
	for _, t := range names {
		p := &d.gaz.places[t.rows[t.best()]]
		if !t.told && len(t.cands) > 0 && t.cands[0].form == "" && d.abroad(t.cands[0], p, firm, home) {
			near := slices.DeleteFunc(slices.Clone(t.rows), func(i int32) bool { return !home[d.gaz.places[i].Country] })
			if len(near) == 0 {
				for _, c := range t.cands {
					c.places = nil
				}
				continue
			}
			t.rows = near
		}
		kept = append(kept, t)
	}
	if len(kept) < len(names) {
		for _, t := range kept {
			t.homes = nil
		}
		d.gaz.resolve(append(d.backdrop(), kept...))
	}
	return kept
}
