package entity

import (
	"strings"

	"backfile/internal/news"
)

// shipWords stand before the name of a ship: "the trawler X", "HMS X".
var shipWords = words(`ship boat vessel ferry trawler tug tugboat yacht liner steamer steamship paddle-steamer freighter tanker frigate destroyer submarine
	lifeboat barge schooner cutter warship battleship battlecruiser corvette collier drifter dredger icebreaker minesweeper whaler coaster
	dinghy sloop brig ketch catamaran trimaran motorboat powerboat speedboat superyacht longliner flagship sailboat fishing-boat
	hms hmnzs hmas hmcs uss brp ss rms mv fv rrs rnlb mt ms tss ps schiff frachter fähre`)

// shipLetters are those of them that are letters before the name, and so stand in
// capitals.
var shipLetters = words(`hms hmnzs hmas hmcs uss brp ss rms mv fv rrs rnlb mt ms tss ps`)

// behindName are small words that may follow a name which is a whole phrase: not
// those that a name stands before to say which ("the Jane Roe trial").
var behindName = words(`is was were are has had will would could may and or but when while as in on at off to from for under over by with into out near
	after before until since that which whose where came comes went goes left leaves sailed sails lay lies sank sinks ran runs struck found lost
	carried carries made makes took takes lost put stood stands`)

// ships drops the names of ships, which are neither persons nor organisations: a
// name behind "the ferry" or HMS, and a person's whole name behind "the" that
// stands for itself ("the Agnes Rennie came over from Bergen").
func (d *document) ships() {
	if d.lang != "en" {
		return
	}
	names, persons := set{}, set{}
	sea := d.sailing()
	for _, c := range d.cands {
		if c.kind == news.Person && (c.honorific || c.title != "") {
			persons[c.key] = true
		}
		if d.isShip(c) || d.taught && d.vessel(c, sea) {
			last := c.last
			if n := c.next(); c.kind == news.Place && n != nil && n.capital { // "the trawler Humber Amethyst"
				last++
			}
			names[key(c.f.toks, c.first, last)] = true
			c.dropped = true
		}
	}
	if len(names) == 0 {
		return
	}
	for _, c := range d.cands {
		// What no gazetteer has and nobody is called is the ship without "the" too.
		if d.taught && !c.dropped && c.form == "" && names[c.key] && !persons[c.key] && c.kind != news.Person && c.org < 0 && len(d.gaz.names.find(c.key)) == 0 {
			c.dropped = true
		}
		if c.dropped || c.honorific || c.title != "" || c.first == 0 || c.f.toks[c.first].gap != gapSpace || c.f.toks[c.first-1].fold != "the" {
			continue
		}
		if c.kind == news.Place && c.last+1 < len(c.f.toks) && names[key(c.f.toks, c.first, c.last+1)] {
			c.dropped = true
			continue
		}
		// A headline's capitals may have run on behind the name.
		for k := c.last; k >= c.first; k-- {
			if names[key(c.f.toks, c.first, k)] && (k == c.last || c.f.flat) {
				c.dropped = true
				break
			}
		}
	}
}

func (d *document) isShip(c *candidate) bool {
	toks := c.f.toks
	if c.form != "" || c.honorific || c.f.flat || c.first == 0 {
		return false
	}
	prev := &toks[c.first-1]
	switch toks[c.first].gap {
	case gapSpace:
		if shipLetters[prev.fold] && prev.upper {
			return true
		}
		if shipWords[prev.fold] && !shipLetters[prev.fold] && !prev.capital && !toks[c.last].possessive {
			n := c.next()
			return c.kind != news.Place || n != nil && n.capital && n.signs&family == 0
		}
	case gapOther: // "the trawler “Ben Ardoe”"
		return shipWords[prev.fold] && !prev.capital && strings.ContainsAny(c.f.text[prev.full:c.start()], "“‘\"'") && c.kind != news.Place
	default:
		return false
	}
	if prev.fold != "the" || c.title != "" {
		return false
	}
	// "the ferry, the X"
	if c.first > 1 && prev.gap == gapComma && !(c.kind == news.Organisation && c.sure) && shipWords[toks[c.first-2].fold] && !toks[c.first-2].capital {
		return true
	}
	if c.kind != news.Person || c.single() {
		return false
	}
	next := c.next()
	return next == nil && !c.apposes() || toks[c.last].possessive && next != nil && !next.capital || next != nil && !next.capital && (behindName[next.fold] || strings.HasSuffix(next.fold, "ed"))
}

// shores end the name of a place on a coast, and are family names too.
var shores = words(`head point ness skerry skerries rock rocks firth bay sound voe`)

// headlands makes places of names that look like a person's and are a coast's ("off
// Tod Head"), and drops docks and halls that do ("in Alexandra Dock").
func (d *document) headlands() {
	places, things := set{}, set{}
	for _, c := range d.cands {
		prev := c.prev()
		if c.kind == news.Place || c.last-c.first != 1 || c.honorific || c.title != "" || c.f.flat || prev == nil || prev.capital && !prev.opens {
			continue
		}
		next := c.next()
		lit := next != nil && (next.fold == "lighthouse" || next.fold == "light" || next.fold == "beach")
		switch tail := c.f.toks[c.last].fold; prev.fold {
		case "off", "at", "in", "past", "round", "into":
			places[c.key] = places[c.key] || shores[tail] && (prev.fold == "off" || prev.fold == "round" || prev.fold == "past" || lit)
			things[c.key] = things[c.key] || !shores[tail] && otherHeads[tail] && c.kind == news.Person
		}
	}
	for _, c := range d.cands {
		if c.honorific || c.title != "" || c.kind == news.Place {
			continue
		}
		if things[c.key] {
			c.dropped = true
		} else if places[c.key] {
			c.kind, c.places, c.sure, c.given = news.Place, nil, true, false
		}
	}
}

// apposes reports whether a hyphen or a joint follows, so that the name is the
// first half of something: "the Liz Truss-era rules".
func (c *candidate) apposes() bool {
	if c.last+1 >= len(c.f.toks) {
		return false
	}
	switch c.f.toks[c.last+1].gap {
	case gapHyphen, gapJoint, gapAnd:
		return true
	}
	return false
}
