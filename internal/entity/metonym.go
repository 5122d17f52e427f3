package entity

import (
	"slices"

	"backfile/internal/news"
)

// isMetonym reports whether a place stands for those who govern it, or live in it and
// act as one: "Moscow said", "if Moscow were to", "pro-Moscow", "talks with Beijing",
// "Norway refused". A capital and a seat of power do so with any verb of theirs, a
// country and a region with verbs that only people do, a town with verbs of saying and
// wanting.
func (d *document) isMetonym(c *candidate, p *Place) bool {
	toks := c.f.toks
	seat := p.kind == capital || seatsOfPower[p.ID] || p.Name == "Brussels"
	if seat && c.first > 0 && toks[c.first].gap == gapHyphen {
		switch toks[c.first-1].fold {
		case "pro", "anti":
			return true
		}
	}
	if seat && c.last+1 < len(toks) && toks[c.last+1].gap == gapHyphen && !toks[c.last+1].capital {
		switch toks[c.last+1].fold {
		case "backed", "led", "friendly", "installed", "controlled", "imposed", "sponsored", "funded":
			return true
		}
	}
	if prev := c.prev(); prev != nil && !prev.capital {
		if d.objectOf(c) {
			return seat && dealt(c)
		}
		if dealt(c) && (seat || p.kind == country) {
			return true
		}
		if seat && addresses[prev.fold] && toks[c.first].gap == gapSpace && !toks[c.last].possessive && c.first > 1 && !c.f.flat {
			return true // "he had told Moscow so"
		}
	}
	n := c.next()
	if n == nil && c.last+2 < len(toks) && toks[c.last+1].gap == gapComma && toks[c.last+1].fold == "which" { // "Madrid, which had threatened"
		n = &toks[c.last+2]
		return seat && (n.fold == "had" || n.fold == "has" || sayings[n.fold] || acts[n.fold])
	}
	if n == nil && seat && d.subjectAt(c) && c.bracketed() {
		return true
	}
	if n == nil || toks[c.last].possessive || n.capital {
		return false
	}
	if seat && n.fold == "and" && d.subjectAt(c) { // "Berlin and Paris, which had settled it", "London and Dublin had rung him"
		if o := c.f.startingAt(c.last + 2); o != nil && o.kind == news.Place && len(o.places) > 0 && !o.dropped {
			q := &d.gaz.places[o.places[0]]
			return q.kind == capital && d.isMetonym(o, q)
		}
	}
	switch {
	case sayings[n.fold]:
		return true
	case n.fold == "was" || n.fold == "is" || n.fold == "has" || n.fold == "had" || n.fold == "were" && !seat:
		m := c.ahead(2)
		if m != nil && seat && moods[m.fold] {
			return true // "Tokyo is unimpressed"
		}
		if m != nil && p.kind >= country && (n.fold == "has" || n.fold == "had") && (m.fold == "spoken" || m.fold == "yet" || people[m.fold]) {
			return true
		}
		return m != nil && (sayings[m.fold] || acts[m.fold] && seat || wills[m.fold])
	case seat && deeds[n.fold], p.kind >= country && people[n.fold]:
		return d.subjectAt(c)
	case (n.fold == "does" || n.fold == "did" || n.fold == "do") && d.subjectAt(c):
		m := c.ahead(2)
		return m != nil && m.fold == "not" && (seat || p.kind >= country)
	case acts[n.fold]:
		return seat || wills[n.fold] || p.kind >= region && !bare[n.fold]
	}
	return wills[n.fold]
}

// objectOf reports whether the place is one where something is.
func (d *document) objectOf(c *candidate) bool {
	prev := c.prev()
	return prev != nil && (prev.fold == "in" || prev.fold == "near" || prev.fold == "from" || prev.fold == "at" || prev.fold == "of")
}

// dealt reports whether the place is one side of dealings: "talks with Beijing",
// "pressure on Moscow".
func dealt(c *candidate) bool {
	prev := c.prev()
	return prev != nil && c.first >= 2 && (prev.fold == "with" || prev.fold == "on" || prev.fold == "between") && dealings[c.f.toks[c.first-2].fold]
}

// wills are verbs of those who decide.
var wills = words(`wants wanted refused refuses agreed agrees threatened threatens insisted insists hopes hoped fears feared pledged pledges voted votes rejects rejected demanded demands
	accused accuses blames blamed promised promises proposed proposes warned warns hesitated yielded relented promised signalled denies denied`)

// bracketed reports whether words between commas and then a verb of saying follow the
// name: "Moscow, through Tass, claimed".
func (c *candidate) bracketed() bool {
	toks := c.f.toks
	k := c.last + 1
	if k >= len(toks) || toks[k].gap != gapComma || toks[k].opens {
		return false
	}
	for n := k + 1; n < min(k+8, len(toks)) && !toks[n].opens && (near(toks[n].gap) || toks[n].gap == gapComma); n++ {
		if toks[n].gap == gapComma {
			return sayings[toks[n].fold] && !toks[n].capital
		}
	}
	return false
}

// startingAt is the field's candidate that begins at token i, or nil.
func (f *field) startingAt(i int) *candidate {
	k, found := slices.BinarySearchFunc(f.cands, i, func(c *candidate, i int) int { return c.first - i })
	if !found || f.cands[k].dropped {
		return nil
	}
	return f.cands[k]
}

// subjectAt reports whether the name opens its sentence or clause, so that the verb behind
// it is the place's own.
func (d *document) subjectAt(c *candidate) bool {
	t := &c.f.toks[c.first]
	if c.first == 0 || t.opens || t.gap == gapOther || t.gap == gapComma || t.gap == gapNone {
		return true
	}
	switch c.f.toks[c.first-1].fold {
	case "that", "and", "but", "when", "while", "if", "whether", "why", "because", "so", "how", "what", "or", "as", "unless", "until", "although", "though":
		return true
	}
	return false
}

// deeds are verbs of governments that a town as such does not do.
var deeds = words(`welcomed welcomes lifts lifted gives gave gets got takes took lets let dislikes likes closes pays paid decides decided counts wins won delayed delays
	bans banned vetoed vetoes condemned condemns praised praises dismissed dismisses urges urged restored cuts cut drops dropped keeps kept broke breaks calls called acted
	intervened knew knows thinks believes eyes eased eases tightens tightened pushes pushed presses pressed waits waited retaliates stalls stalled hails hailed mulls weighs
	weighed courts courted extended suspended withdrew halted resumed recognised recognized ratified appointed named granted awarded scrapped softened hardened shrugged`)

// people are verbs of whole nations, and of their teams.
var people = words(`grieves grieve mourns mourned celebrates celebrated voted rejoiced decides decided`)

// moods are what somebody is, and no town.
var moods = words(`unimpressed silent content furious angry cautious wary keen willing reluctant unmoved sceptical skeptical determined adamant anxious alarmed convinced unhappy
	pleased delighted prepared unwilling eager nervous paying told asking waiting hoping trying pressing pushing considering seeking planning preparing threatening`)

// addresses are verbs that somebody is spoken to with.
var addresses = words(`told tell telling tells telephoned lobbied warned warning reassured assured accused accuses accusing blamed blames blaming persuaded pressed thanked
	informed petitioned urged urging defied defying consulted`)

// bare are verbs that a country does without anybody deciding anything.
var bare = words(`was were is would will could should must may might can has had hit did does needs saw sees`)
