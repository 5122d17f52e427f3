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
	if c.f.name != "" {
		return nil
	}
	in := d.quotedAt(c.f, c.start())
	start := c.f.paragraph(c.first)
	if near := d.namedIn(c.f, start, c.first, fits, in); len(near) == 1 {
		return near[0]
	} else if len(near) > 1 || start == 0 || len(c.courtesies) == 0 {
		return nil
	}
	if near := d.namedIn(c.f, c.f.paragraph(start-1), start, fits, in); len(near) == 1 {
		return near[0]
	}
	return nil
}

// byRank are those of the persons who are given the mention's rank; all, if none is
// or the mention has none. A bare name, or plain Mr, is no bishop's.
func byRank(c *candidate, fits []*person) []*person {
	var have, plain []*person
	rank := c.rank()
	for _, p := range fits {
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
	for i > 0 && f.toks[i].gap != gapNone {
		i--
	}
	return i
}

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
