package entity

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
	}
	n := c.next()
	if n == nil && c.last+2 < len(toks) && toks[c.last+1].gap == gapComma && toks[c.last+1].fold == "which" { // "Madrid, which had threatened"
		n = &toks[c.last+2]
		return seat && (n.fold == "had" || n.fold == "has" || sayings[n.fold] || acts[n.fold])
	}
	if n == nil || toks[c.last].possessive || n.capital {
		return false
	}
	switch {
	case sayings[n.fold]:
		return true
	case n.fold == "was" || n.fold == "is" || n.fold == "has" || n.fold == "had" || n.fold == "were" && !seat:
		m := c.ahead(2)
		return m != nil && (sayings[m.fold] || acts[m.fold] && seat || wills[m.fold])
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

// bare are verbs that a country does without anybody deciding anything.
var bare = words(`was were is would will could should must may might can has had hit did does needs saw sees`)
