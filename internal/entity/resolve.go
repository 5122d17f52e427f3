package entity

import (
	"cmp"
	"slices"

	"backfile/internal/news"
)

func inText(x, y *candidate) int {
	return cmp.Or(cmp.Compare(x.f.order, y.f.order), cmp.Compare(x.first, y.first))
}

// resolve decides, from the article's beginning on, whom a name means that several
// persons bear: by the rank it is given, and by who was named last. Where that does
// not tell, the name stays with nobody.
func (d *document) resolve() {
	slices.SortStableFunc(d.unclear, inText)
	for _, c := range d.unclear {
		if c.dropped || c.person != nil || c.kind != news.Person {
			continue
		}
		if p := d.meant(c, d.fitting(c)); p != nil {
			d.attach(c, p)
			c.widen(p)
		}
	}
}

// meant is the one of several persons of a name whom a mention means, or nil.
func (d *document) meant(c *candidate, fits []*person) *person {
	if c.couple || len(fits) == 0 || c.aged() {
		return nil
	}
	fits = byRank(c, fits)
	if len(fits) == 1 {
		return fits[0]
	}
	if len(c.courtesies) == 0 {
		if p := d.untitled(fits); p != nil {
			return p
		}
	}
	if c.f.name != "" {
		return nil
	}
	// The other may be named further on only.
	if known := d.introduced(c, fits); len(known) == 1 && len(c.courtesies) == 0 {
		return known[0]
	}
	// Where all of them are Mr and Mrs at every mention, a bare name is none of them
	// for sure.
	if len(c.courtesies) == 0 && d.allTitled(fits) {
		return nil
	}
	in := d.quotedAt(c.f, c.start())
	start := c.f.paragraph(c.first)
	if near := d.namedIn(c.f, start, c.first, fits, in); len(near) == 1 {
		return near[0]
	} else if len(near) > 1 && len(c.courtesies) > 0 {
		return d.lastNamed(c, fits)
	} else if len(near) == 0 && len(c.courtesies) == 0 {
		return lately(c, fits)
	} else if len(near) > 1 || start == 0 {
		return nil
	}
	if near := d.namedIn(c.f, c.f.paragraph(start-1), start, fits, in); len(near) == 1 {
		return near[0]
	}
	return d.chief(c, fits)
}

// How many tokens before a bare name the last mention of whom it means may stand, and how
// many those of all others of the name must stand before that one.
const (
	lateEnough = 120
	farEnough  = 400
)

// lately is the one who was named shortly before a bare name, where the others of the name
// were named far back, as in reports of one event below each other.
func lately(c *candidate, fits []*person) *person {
	last := map[*person]int{}
	for _, o := range c.f.cands {
		if o.first >= c.first {
			break
		}
		if o.person != nil && !o.dropped {
			last[o.person] = o.last + 1
		}
	}
	var best *person
	for _, p := range fits {
		if best == nil || last[p] > last[best] {
			best = p
		}
	}
	if best == nil || last[best] == 0 || c.first-last[best] > lateEnough {
		return nil
	}
	for _, p := range fits {
		if p != best && last[p] > 0 && last[best]-last[p] < farEnough {
			return nil
		}
	}
	return best
}

// chief is the one whom the article is about: it names the others once each, further
// back, and this one again and again.
func (d *document) chief(c *candidate, fits []*person) *person {
	counts := map[*person]int{}
	for _, o := range c.f.cands {
		if o.person != nil && !o.dropped && o.first < c.first && slices.Contains(fits, o.person) {
			counts[o.person]++
		}
	}
	var best *person
	for _, p := range fits {
		switch {
		case counts[p] >= 3 && best == nil:
			best = p
		case counts[p] > 1:
			return nil
		}
	}
	return best
}

// allTitled reports whether the later mentions of all those persons that stand outside
// of quotations have an honorific.
func (d *document) allTitled(fits []*person) bool {
	titled := map[*person]bool{}
	for _, c := range d.fields[0].cands {
		if c.person == nil || c.dropped || !slices.Contains(fits, c.person) || d.quotedAt(c.f, c.start()) >= 0 {
			continue
		}
		if len(c.courtesies) > 0 {
			titled[c.person] = true
		} else if c.single() && c.key != c.person.given() {
			return false
		}
	}
	return len(titled) == len(fits)
}

// untitled is the only one whom the article calls by the bare family name elsewhere, if it
// gives each of the others an honorific: beside Mrs Spence, "Spence" is her husband.
func (d *document) untitled(fits []*person) *person {
	titled, bare := map[*person]bool{}, map[*person]bool{}
	for _, c := range d.fields[0].cands {
		if c.person == nil || c.dropped || !c.single() || !slices.Contains(fits, c.person) || c.key != c.person.last() || d.quotedAt(c.f, c.start()) >= 0 {
			continue
		}
		if len(c.courtesies) > 0 {
			titled[c.person] = true
		} else {
			bare[c.person] = true
		}
	}
	var fit *person
	for _, p := range fits {
		switch {
		case bare[p] && !titled[p] && fit == nil:
			fit = p
		case bare[p] || !titled[p]:
			return nil
		}
	}
	return fit
}

// introduced are those of the persons whom the article has named before c.
func (d *document) introduced(c *candidate, fits []*person) []*person {
	var out []*person
	for _, o := range d.fields[0].cands {
		if o.first >= c.first {
			break
		}
		if o.person != nil && !o.dropped && slices.Contains(fits, o.person) && !slices.Contains(out, o.person) {
			out = append(out, o.person)
		}
	}
	return out
}

// lastNamed is the one whom the sentence before names, if it names no other of them:
// "His colleague Oksana Bondarenko spoke. Ms Bondarenko said …"
func (d *document) lastNamed(c *candidate, fits []*person) *person {
	from := c.first
	for from > 0 && !c.f.toks[from].opens {
		from--
	}
	for end := from; from > 0; end = from {
		from--
		for from > 0 && !c.f.toks[from].opens {
			from--
		}
		if d.quotedAt(c.f, int(c.f.toks[from].start)) >= 0 {
			continue
		}
		near := d.namedIn(c.f, from, end, fits, -1)
		if len(near) == 0 && end-from < 4 {
			continue
		}
		for _, o := range c.f.cands {
			if o.first >= from && o.first < end && o.person != nil && slices.Contains(fits, o.person) && c.f.toks[o.last].possessive {
				return nil // "Mutai's husband": of them both
			}
		}
		if len(near) == 1 {
			return near[0]
		}
		return nil
	}
	return nil
}

// byRank are those of the persons who are given the mention's rank; all, if none is
// or the mention has none. A bare name, or plain Mr, is no bishop's.
func byRank(c *candidate, fits []*person) []*person {
	var have, plain, notPlain []*person
	rank := c.rank()
	for _, p := range fits {
		if !p.courtesies["mr"] && !p.courtesies["mrs"] && !p.courtesies["ms"] && !p.courtesies["miss"] {
			notPlain = append(notPlain, p)
		}
		if rank != "" && p.courtesies[rank] {
			have = append(have, p)
		}
		ranked := false
		for w := range p.courtesies {
			ranked = ranked || ranks[w] && (lasting[w])
		}
		if !ranked {
			plain = append(plain, p)
		}
	}
	switch {
	case rank != "" && len(have) > 0:
		return have
	case (rank == "dr" || rank == "professor") && len(notPlain) > 0:
		return notPlain // Dr Chen is not who was called Ms Chen
	case rank == "" && len(c.courtesies) > 0 && len(plain) > 0:
		return plain
	}
	return fits
}

// lasting are ranks that newspapers repeat at every mention.
var lasting = words(`dr prof professor sir dame lord lady baroness bishop archbishop canon cardinal rev reverend sheriff judge justice prince princess king queen
	capt captain col colonel gen general sgt sergeant constable inspector superintendent father sister sheikh`)

// namedIn are those of the persons whom mentions between two tokens name by the family
// name: in quotations only if in is one.
func (d *document) namedIn(f *field, from, to int, fits []*person, in int) []*person {
	var out []*person
	for _, c := range f.cands {
		if c.first < from || c.first >= to || c.dropped || c.person == nil || !slices.Contains(fits, c.person) || slices.Contains(out, c.person) {
			continue
		}
		if q := d.quotedAt(f, c.start()); q >= 0 && q != in {
			continue
		}
		if c.single() && c.key == c.person.given() && c.person.whole {
			continue
		}
		out = append(out, c.person)
	}
	return out
}

// paragraph is the first token of the paragraph that holds token i.
func (f *field) paragraph(i int) int {
	for least := i - longestParagraph; i > 0 && i > least && f.toks[i].gap != gapNone; {
		i--
	}
	return i
}

// longestParagraph bounds, in tokens, how far back a paragraph's beginning is looked
// for: what is longer is no paragraph.
const longestParagraph = 1000

// quotedAt is the index of the quotation of the body that holds an offset, or -1.
func (d *document) quotedAt(f *field, at int) int {
	if f.name != "" {
		return -1
	}
	if !d.quotesFound {
		d.quotesFound, d.quotations = true, findQuotes(f.text)
	}
	i, found := slices.BinarySearchFunc(d.quotations, at, func(q quoted, at int) int {
		switch {
		case q.outerEnd <= at:
			return -1
		case q.outerStart > at:
			return 1
		}
		return 0
	})
	if !found {
		return -1
	}
	return i
}
