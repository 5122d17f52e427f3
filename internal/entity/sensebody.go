package entity

import "backfile/internal/news"

// bodies drops what is no body for all its capitals, and makes bodies of places that
// no table has and whose names end as a body's.
func (d *document) bodies() {
	sailing := d.sailing()
	for _, c := range d.cands {
		if c.dropped || c.single() || c.form != "" || c.body != "" {
			continue
		}
		toks := c.f.toks
		first, last := toks[c.first].fold, toks[c.last].fold
		_, listed := d.lex.organisations.full[c.key]
		switch {
		case c.kind == news.Person:
			d.firm(c)
		case c.kind == news.Place && len(c.places) == 0 && wharves[last]:
			c.dropped = true
		case c.kind == news.Place && len(c.places) == 0 && listed:
			c.kind, c.org, c.sure = news.Organisation, d.lex.organisations.full[c.key], true
		case c.kind == news.Place && len(c.places) == 0 && (firmly[last] || sailing > 1 && (last == "line" || last == "lines") || d.ampersand(c)):
			c.kind, c.sure = news.Organisation, true
		case c.kind != news.Organisation || c.org >= 0:
		case wharves[last], roads[last] && len(d.gaz.names.find(c.key)) == 0, shipWords[last] && !shipLetters[last] && c.last-c.first == 1 && (toks[c.first].signs&common != 0 || toks[c.first].signs.given()),
			(roles[first] || titles[first] || first == "member" || first == "members") && toks[c.first+1].fold == "of",
			first == "channel" && toks[c.last].digit && sailing > 0:
			c.dropped = true
		}
	}
}

// roads end the names of streets.
var roads = words(`road avenue lane boulevard crescent terrace`)

// firm makes a firm of what looks like a person's name and ends in a plain word, with
// the place before it: "Caithness Marine Fuels".
func (d *document) firm(c *candidate) {
	toks := c.f.toks
	last := &toks[c.last]
	if c.honorific || c.title != "" || c.f.flat || last.signs != common && !trades[last.fold] {
		return
	}
	o := (*candidate)(nil)
	if c.first > 0 && toks[c.first].gap == gapSpace && !toks[c.first].opens {
		o = c.f.ends[c.first-1]
	}
	switch {
	case o != nil && !o.dropped && o.form == "" && o.kind == news.Place && !toks[o.last].possessive:
		o.dropped = true
		c.first = o.first
		c.key = key(toks, c.first, c.last)
	case toks[c.first].signs.given() || last.possessive || !trades[last.fold]:
		return
	}
	c.kind, c.sure, c.given = news.Organisation, true, false
}

// trades end the names of firms as they end no person's.
var trades = words(`marine fuel fuels engineering construction logistics renewables minerals mining homes hotels brewery distillery bakery fisheries seafood seafoods
	shipping bunkering foods motors holdings industries`)

// firmly ends the name of a firm where no town's does.
var firmly = words(`ferries company co ltd limited plc inc corp corporation holdings shipping airlines airways motors industries board trust committee
	association society union federation`)

func (d *document) ampersand(c *candidate) bool {
	for i := c.first + 1; i <= c.last; i++ {
		if c.f.toks[i].gap == gapAnd && !c.f.toks[i].upper {
			return true
		}
	}
	return false
}

// wharves end the names of what ships lie at, which are neither towns nor bodies.
var wharves = words(`quay quays wharf wharves jetty dock docks pier slipway breakwater`)
