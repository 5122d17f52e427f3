package entity

import "backfile/internal/news"

// bearings stand before "of" and a place: "miles south of Wick".
var bearings = words(`north south east west northeast northwest southeast southwest north-east north-west south-east south-west outskirts mouth shores`)

// placed makes places of names that the model has as persons or bodies, wherever in the
// article they stand, if it says of one of them that it is a place: "between Wick and
// Kirkwall", "to the east of the Orkney Mainland", "at Spurn Point".
func (d *document) placed() {
	whole := set{} // family and given names of the article's people
	for _, c := range d.cands {
		if !c.dropped && c.kind == news.Person && (!c.single() || c.honorific || c.title != "") {
			for i := c.first; i <= c.last; i++ {
				whole[c.f.toks[i].fold] = true
			}
		}
	}
	tails := map[string]*candidate{} // Shields, where North Shields is named
	for _, c := range d.cands {
		if k := c.f.toks[c.last].fold; !c.dropped && c.form == "" && !c.single() && c.kind != news.Person {
			if o, ok := tails[k]; ok && (o == nil || o.key != c.key) || c.kind != news.Place {
				tails[k] = nil
			} else {
				tails[k] = c
			}
		}
	}
	sport := d.sporting()
	rows := map[string][]int32{}
	for _, c := range d.cands {
		if c.kind == news.Place && !c.dropped && c.form == "" && d.stands(c) {
			rows[c.key] = c.places
			continue
		}
		if !d.movable(c) || c.single() && whole[c.key] {
			continue
		}
		if prev := c.prev(); c.single() && c.kind == news.Organisation && prev != nil && (prev.fold == "at" || prev.fold == "in") && tails[c.key] != nil {
			rows[c.key] = tails[c.key].places
		} else if d.stands(c) || !c.f.flat && (c.single() && !sport && d.standsIn(c) || !c.single() && d.coastal(c)) {
			rows[c.key] = d.gaz.called(c.f, c.first, c.last)
		}
	}
	for _, c := range d.cands {
		if r, ok := rows[c.key]; ok && d.movable(c) && !(c.single() && whole[c.key]) {
			c.kind, c.places, c.sure, c.given, c.title = news.Place, r, true, false, ""
		}
	}
}

// movable reports whether a candidate's kind is a guess that evidence may overturn.
func (d *document) movable(c *candidate) bool {
	t := &c.f.toks[c.first]
	return !c.dropped && c.form == "" && !c.honorific && c.title == "" && c.org < 0 && c.body == "" &&
		(c.kind == news.Person || c.kind == news.Organisation) && !(c.single() && t.upper)
}

// stands reports whether the words around say that the name is a place, whatever it is.
func (d *document) stands(c *candidate) bool {
	toks := c.f.toks
	at := func(i int) string {
		if i < 0 || i >= len(toks) {
			return ""
		}
		return toks[i].fold
	}
	k := c.first - 1
	if k >= 0 && toks[k].fold == "the" && !c.single() {
		k--
	}
	if c.first > 0 && toks[c.first].opens {
		k = -1
	}
	switch {
	case at(k) == "of" && bearings[at(k-1)] && !toks[k-1].capital:
		return true
	case (at(k) == "along" || at(k) == "across") && !c.single() && c.kind == news.Organisation && !heads[toks[c.last].fold] && !heads[toks[c.first].fold] && !fronts[toks[c.first].fold]:
		return true
	case c.hails() && (c.single() && toks[c.first].signs&common == 0 || shores[toks[c.last].fold]):
		return true
	case at(k) == "off" && k == c.first-1 && d.sailing() > 1 && c.kind == news.Organisation && !toks[c.last].possessive && !heads[toks[c.last].fold]:
		return true // "off Duncansby"
	case at(k) == "into" && c.kind == news.Organisation && !heads[toks[c.last].fold] && (moves[at(k-1)] || moves[at(k-2)] || moves[at(k-3)]):
		return true // "was towed stern first into Scapa Flow"
	case at(k) == "at" && k == c.first-1 && c.kind == news.Organisation && !heads[toks[c.last].fold] && (civic[at(k-1)] && !toks[k-1].capital || beacons[at(k-1)]):
		return true // "the school at Kinneff"
	case at(k) == "at" && !c.single() && c.last+2 < len(toks) && toks[c.last+1].gap == gapComma && distances[at(c.last+2)]:
		return true // "at Kirk o' Shotts, ninety miles away"
	}
	if !c.single() && (c.kind == news.Person || heads[toks[c.last].fold] || otherHeads[toks[c.last].fold]) {
		return false
	}
	// "between Wick and Kirkwall", "from Esbjerg to Wick"
	if w := at(c.last + 1); (w == "and" || w == "to") && toks[c.last+1].gap == gapSpace && c.last+2 < len(toks) && d.isPlaceAt(c.f, c.last+2) {
		if k >= 0 && (at(k) == "between" && w == "and" || at(k) == "from" && w == "to") {
			return true
		}
		if c.single() && w == "and" && c.kind == news.Organisation && (at(k) == "for" || at(k) == "of" || locatives[at(k)]) && !toks[k].capital {
			return true
		}
	}
	if w := at(k); (w == "and" || w == "to") && k > 0 && k == c.first-1 {
		if o := c.f.ends[k-1]; o != nil && o.kind == news.Place && o.form == "" && !o.dropped {
			for o.first > 1 && toks[o.first].gap == gapComma && c.f.ends[o.first-1] != nil && c.f.ends[o.first-1].kind == news.Place {
				o = c.f.ends[o.first-1] // "between Bergen, Stavanger and Newcastle"
			}
			b := at(o.first - 1)
			return b == "between" && w == "and" || b == "from" && w == "to"
		}
	}
	return false
}

// distances are measures of how far a place is off.
var distances = words(`miles mile kilometres kilometers kilometre km leagues hours`)

func (d *document) isPlaceAt(f *field, i int) bool {
	for _, c := range f.cands {
		if c.first == i {
			return c.kind == news.Place && c.form == "" && !c.dropped
		}
	}
	return false
}

// standsIn reports whether a single word that the gazetteer has in a country of which
// the article speaks stands where a town does, and is nobody's name.
func (d *document) standsIn(c *candidate) bool {
	t := &c.f.toks[c.first]
	rows := d.gaz.names.find(c.key)
	prev := c.prev()
	if len(rows) == 0 || prev == nil || prev.capital && !prev.opens || t.signs&common != 0 && d.small[t.fold] > 0 {
		return false
	}
	far := &candidate{f: c.f, first: c.first, last: c.last, places: rows}
	n := c.next()
	switch prev.fold {
	case "in", "near", "at", "from", "off":
		if c.kind == news.Organisation && prev.fold != "in" && prev.fold != "near" || n != nil && n.capital || c.f.toks[c.last].possessive {
			return false
		}
		return t.signs&(male|female) == 0 && d.kindred(far)
	case "cleared", "reached", "left", "leaving", "passed", "passing":
		return c.kind == news.Person && d.sailing() > 1 && t.signs&(male|female) == 0 && d.kindred(far)
	case "the": // "the Grimsby ice factory"
		return c.kind == news.Organisation && n != nil && !n.capital && n.signs&common != 0 && !bodies[n.fold] && !sayings[n.fold] && !acts[n.fold] && !behindName[n.fold] &&
			!c.f.toks[c.last].possessive && d.gaz.best(rows).Population > 20_000 && t.signs&common == 0
	}
	return false
}

// coastal reports whether what looks like a body's or a person's name ends as a coast's,
// a river's or a hill's does, and something is at, in or off it, or begins as one's.
func (d *document) coastal(c *candidate) bool {
	toks := c.f.toks
	first, tail := toks[c.first].fold, toks[c.last].fold
	if toks[c.first].capital && c.last-c.first == 2 && toks[c.first+1].fold == "of" && seats[first] {
		return true
	}
	prev := c.prev()
	if prev == nil || prev.capital && !prev.opens || !shores[tail] && !landforms[tail] || toks[c.last].possessive {
		return false
	}
	switch prev.fold {
	case "off", "round", "past":
		return true
	case "of":
		return shores[tail] && c.hails()
	case "at", "near":
		if tail == "harbour" || tail == "harbor" {
			return false
		}
		given := toks[c.first].signs.given() && toks[c.first].signs&common == 0
		return c.kind == news.Organisation || !given || c.first > 1 && beacons[toks[c.first-2].fold]
	}
	return false
}

// beacons stand on coasts.
var beacons = words(`lighthouse light lamp beacon station lookout mast cliffs foghorn`)

// seats stand before "of" in the names of places.
var seats = words(`broch isle ring mull bay firth sound point head rock mouth glen hill hills bridge kirk haven`)

// sporting reports whether the article is a report of sport, where towns play.
func (d *document) sporting() bool {
	n := 0
	for w := range sportWords {
		if d.small[w] > 0 {
			n++
		}
	}
	return n >= 3
}
