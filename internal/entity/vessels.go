package entity

import "backfile/internal/news"

// seaWords are of articles in which ships are named without saying each time that they
// are ships.
var seaWords = words(`ship ships boat boats vessel vessels ferry ferries trawler trawlers tug tugs lifeboat lifeboats liner freighter tanker steamer aboard skipper
	crew captain sailed aground berth gangway wheelhouse moored afloat harbour quay deck hull voyage shipyard seamen mariners sailing passengers pier`)

// aboard are parts and people of a ship, before "of the" and its name.
var aboardOf = words(`engine engines crew captain master skipper engineer mate cook tanks deck decks bridge saloon wreck hull bows stern wheelhouse propeller
	passengers sinking grounding launch stranding keel mast helm`)

// sailings are what ships do and companies and towns do not.
var sailings = words(`sailed sails sank sinks docked berthed grounded steamed capsized foundered moored anchored lay`)

// sailing counts the words of the sea that the article has.
func (d *document) sailing() int {
	n := 0
	for w := range seaWords {
		if d.small[w] > 0 {
			n++
		}
	}
	return n
}

// vessel reports whether a name behind "the" that the model has as a body or a place is a
// ship's, by what the sentence says of it: "the engines of the St Tredwell", "the Hordaland
// Star came up to the quay".
func (d *document) vessel(c *candidate, sea int) bool {
	toks := c.f.toks
	t := &toks[c.first]
	if sea < 1 || c.kind == news.Person || c.form != "" || c.f.flat || c.org >= 0 || c.first == 0 || t.gap != gapSpace || t.upper || c.last-c.first > 2 {
		return false
	}
	prev := &toks[c.first-1]
	if c.kind == news.Place && !c.single() && shipWords[prev.fold] && !prev.capital && len(c.places) == 0 {
		return true // "the tug Humber Pearl"
	}
	tail := toks[c.last].fold
	saint := t.fold == "st" || t.fold == "saint"
	if prev.fold != "the" || c.kind == news.Place && (len(c.places) > 0 || (landforms[tail] || shores[tail]) && !saint || len(d.gaz.names.find(c.key)) > 0) ||
		heads[tail] && tail != "thistle" || fronts[t.fold] || otherHeads[tail] || firmly[tail] || landforms[tail] && !c.single() || c.single() && t.signs == common && d.small[t.fold] > 0 {
		return false
	}
	next := c.next()
	if c.first > 2 && toks[c.first-2].fold == "of" && aboardOf[toks[c.first-3].fold] && !toks[c.last].possessive {
		return true
	}
	if c.first > 1 && !c.apposes() && (c.kind == news.Place || !c.single()) && (toks[c.first-2].fold == "aboard" || toks[c.first-2].fold == "board" && c.kind == news.Place) {
		return true
	}
	if next != nil && !next.capital {
		after := c.ahead(2)
		if sailings[next.fold] || next.fold == "came" && after != nil && (after.fold == "up" || after.fold == "off" || after.fold == "alongside") {
			return true
		}
		if next.fold == "to" && after != nil && after.fold == "sea" || next.fold == "was" && after != nil && (sailings[after.fold] || after.fold == "in" && c.ahead(3) != nil && c.ahead(3).fold == "dock") {
			return true
		}
	}
	if c.single() {
		return sea > 1 && c.kind == news.Place // no town that no table has is called "the"
	}
	return saint && !toks[c.last].possessive
}
