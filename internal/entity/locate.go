package entity

import (
	"backfile/internal/news"
)

// isPlaceMention decides about a name of the gazetteer that may be something
// else besides.
func (d *document) isPlaceMention(c *candidate) bool {
	toks := c.f.toks
	t := &toks[c.first]
	best := d.gaz.best(c.places)
	prev := c.prev()
	located := prev != nil && (!prev.capital || prev.opens) && (locatives[prev.fold] || d.tongue.at(prev.fold) || prev.fold == "a" && d.romance())
	// "ABERDEEN, Tuesday": the dateline of a report.
	if c.f.name == "" && t.gap == gapNone && t.upper && c.last+1 < len(toks) && toks[c.last+1].gap != gapSpace {
		located = true
	}
	if !located && prev != nil && !prev.capital && prev.fold == "of" {
		located = best.Population >= 50_000 || best.kind >= capital || c.hails()
	}
	if !located && d.modifies(c) && !t.opens && !(prev != nil && prev.capital && !prev.opens) {
		located = true
	}
	if located && t.signs.given() && c.single() && best.kind < region && best.Population < 200_000 && t.gap == gapSpace {
		switch {
		case prev == nil:
			located = false
		case prev.fold == "in" || prev.fold == "near" || prev.fold == "at" || prev.fold == "outside" || prev.fold == "of":
		default:
			located = false
		}
	}
	// "Aberdeen, Scotland", "Paris (AP)", and "in Leeds, Bradford and York".
	if c.last+1 < len(toks) && toks[c.last+1].gap == gapComma && toks[c.last+1].capital && d.isRegion(c.last+1, c.f) {
		located = true
	}
	if c.first > 0 && toks[c.first].gap == gapComma {
		if o := c.f.ends[c.first-1]; o != nil && o.kind == news.Place && o.form == "" && !o.dropped {
			located = true
		}
	}
	name := t.signs&(male|female|family) != 0
	plain := t.signs&common != 0 || d.small[t.fold] > 0
	single := c.single()
	if c.f.flat && single && (plain || best.Population < 500_000 && best.kind < capital) {
		return false
	}
	switch best.kind {
	case country, area:
		return !t.opens || d.small[t.fold] == 0 || d.actsLikePlace(c)
	case region:
		big := best.Population > 500_000
		return located || big && !plain && (!t.signs.given() || !t.opens) && !(single && t.signs.given() && d.actsLikePerson(c))
	}
	if d.lang == "de" && plain {
		return false
	}
	switch {
	case single && plain && t.opens:
		return best.Population > 300_000 && !t.signs.given() && t.signs&family == 0 && best.kind >= seat
	case single && plain:
		return located && (best.Population > 20_000)
	case located:
		return best.Population >= 5_000 || !name
	case best.kind == capital && best.Population > 100_000:
		return !single || !t.signs.given() || best.Population > 500_000
	case best.Population >= 300_000:
		return !single || !t.signs.given() && (!name || best.Population > 500_000)
	case !single:
		return best.Population >= 20_000 || d.nearby(c)
	}
	if t.signs == 0 && d.lang == "en" && !t.opens && !t.upper && !(prev != nil && prev.fold == "the") && len(t.fold) > 3 && d.kindred(c) {
		return true // a word that is nothing else, in a country that the article is about
	}
	return !name && best.Population >= 15_000 && (best.Population >= 80_000 || d.nearby(c)) && !t.opens
}

// hails reports whether the name says where somebody is from: "Mrs Jean Mair, of
// Gourdon, said", "Jane Roe, 45, of Leeds", "also of Leeds".
func (c *candidate) hails() bool {
	toks := c.f.toks
	if c.first < 2 || toks[c.first-1].fold != "of" || toks[c.first].gap != gapSpace || toks[c.first-1].capital {
		return false
	}
	if toks[c.first-1].gap == gapSpace && toks[c.first-2].fold == "also" {
		return true
	}
	if toks[c.first-1].gap != gapComma {
		return false
	}
	before := &toks[c.first-2]
	o := c.f.ends[c.first-2]
	return before.digit && len(before.fold) == 2 || o != nil && !o.dropped && (o.kind == news.Person || o.kind == news.Organisation)
}

// civic are words that the name of a town stands before: "the Stonehaven
// breakwater".
var civic = words(`harbour harbor breakwater pier quay quayside docks dock port lifeboat town townspeople residents resident villagers village suburb airport
	hospital school schools academy beach seafront promenade courthouse courtroom council councillor councillors council's trustees magistrates
	university railway skyline metro suburbs riverfront waterfront neighbourhood neighborhood headquarters-based area branch shipyard yard boat
	fishermen trawler councilman mayor provost native factory refinery bypass constituency prison jail parish`)

// modifies reports whether the name stands before a plain word as a town's does.
func (d *document) modifies(c *candidate) bool {
	n := c.next()
	return n != nil && !n.capital && !c.f.toks[c.last].possessive && civic[n.fold]
}

func (d *document) actsLikePlace(c *candidate) bool {
	n := c.next()
	return c.f.toks[c.last].possessive || n != nil && (sayings[n.fold] || acts[n.fold] || n.fold == "is" || n.fold == "and")
}

// romance reports whether the article is in a language in which "a" is "at".
func (d *document) romance() bool {
	return d.lang == "fr" || d.lang == "es" || d.lang == "it" || d.lang == "pt"
}

// nearby reports whether the text names the place's country or region.
func (d *document) nearby(c *candidate) bool {
	if d.named == nil {
		d.named = map[string]bool{}
		for _, o := range d.cands {
			if o.dropped || len(o.places) == 0 || o.kind != news.Place {
				continue
			}
			if p := &d.gaz.places[o.places[0]]; p.kind >= region {
				d.named[p.Country] = true
			}
		}
	}
	return d.within(c, d.named)
}

// within reports whether the name has a place in one of the countries.
func (d *document) within(c *candidate, countries map[string]bool) bool {
	for _, i := range c.places {
		if d.gaz.places[i].Country != "" && countries[d.gaz.places[i].Country] {
			return true
		}
	}
	return false
}

// kindred reports whether the article, or its outlet's name, names the place's
// country or a large town of it, or says of a smaller one that it is a place.
func (d *document) kindred(c *candidate) bool {
	if d.kin == nil {
		d.kin = map[string]bool{}
		for _, o := range d.cands {
			if o.dropped || len(o.places) == 0 || o.kind != news.Place {
				continue
			}
			p := d.gaz.best(o.places)
			prev := o.prev()
			if p.kind >= region || p.Population > 100_000 || p.Population > 5_000 && prev != nil && (prev.fold == "in" || prev.fold == "at") || d.modifies(o) || o.hails() {
				d.kin[p.Country] = true
			}
		}
		for country := range d.outletCountries() {
			d.kin[country] = true
		}
	}
	return d.within(c, d.kin)
}

// outletCountries are the countries of the places in the outlet's name, and the one
// in the tag of its language.
func (d *document) outletCountries() map[string]bool {
	countries := map[string]bool{}
	if land := landOfTag(d.a.Language); land != "" {
		countries[land] = true
	}
	if d.a.Outlet != nil {
		for _, rows := range d.gaz.outletPlaces(d.a.Outlet.Name, d.lex) {
			countries[d.gaz.best(rows).Country] = true
		}
	}
	return countries
}

// locate chooses, for each name of a place, which is meant, and makes the entities.
func (d *document) locate() {
	for _, c := range d.cands {
		if !c.dropped && c.kind == news.Place && c.form == "" && len(c.places) == 0 {
			c.places = d.gaz.called(c.f, c.first, c.last)
		}
	}
	d.reread()
	names := d.weighPlaces(d.toponyms())
	told := map[*candidate]bool{}
	for _, t := range names {
		i := t.rows[t.best()]
		for _, c := range t.cands {
			c.places = []int32{i}
			told[c] = t.told
		}
	}
	supports := d.supports()
	for _, c := range d.cands {
		if c.dropped || c.kind != news.Place {
			continue
		}
		if len(c.places) > 0 {
			if !told[c] && c.form == "" && d.strange(c, supports) {
				c.places = nil
			}
		}
		if len(c.places) > 0 {
			p := &d.gaz.places[c.places[0]]
			if c.form == "" && d.isMetonym(c, p) {
				c.form = news.FormMetonym
			}
			if d.seatOfPower(c, p) {
				continue
			}
			c.entity = d.placeEntity(p)
			c.entity.alias(c)
			continue
		}
		e := d.entity(news.Place, c.key, c.name())
		e.alias(c)
		c.entity = e
	}
}

// seatsOfPower are places that a sentence may mean as the institution in them.
var seatsOfPower = map[string]bool{"x:kremlin": true, "x:white-house": true, "x:downing-street": true, "x:whitehall": true, "x:holyrood": true,
	"x:westminster": true, "x:stormont": true, "x:capitol-hill": true}

// seatOfPower makes the Kremlin and the White House organisations, unless the
// sentence has them as the place where something is.
func (d *document) seatOfPower(c *candidate, p *Place) bool {
	if p.ID != "x:kremlin" && p.ID != "x:white-house" {
		return false
	}
	toks := c.f.toks
	k := c.first
	if k > 0 && toks[k-1].fold == "the" {
		k--
	}
	if k > 0 && toks[k].gap == gapSpace {
		switch w := toks[k-1].fold; w {
		case "in", "at", "near", "outside", "inside", "to", "into", "around", "from", "visited", "visiting", "left", "leaving", "reached", "entered":
			if n := c.next(); w != "from" && w != "to" && (n == nil || !bodies[n.fold]) || (w == "to" || w == "from") && k > 1 && moves[toks[k-2].fold] {
				return false
			}
		}
	}
	c.kind, c.form, c.places = news.Organisation, "", nil
	e := d.entity(news.Organisation, quickFold(p.Name), p.Name)
	e.alias(c)
	c.entity = e
	return true
}

var moves = words(`went go goes going return returned returns came come travelled traveled drove walked marched invited visit visits trip arrived back flew moved towed
	sailed brought steamed hurried`)
