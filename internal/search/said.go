package search

import (
	"cmp"
	"slices"

	"backfile/internal/news"
)

// mostSaid is how many quotations a result shows where the search asks what somebody said.
const mostSaid = 2

// Says reports whether the search asks what somebody said: only then are an article's
// quotations looked at.
func (c *Cutter) Says() bool {
	if c.said == nil {
		c.said = map[news.EntityID]bool{}
		Walk(c.n, func(n Node) bool {
			switch n := n.(type) {
			case Not:
				return false
			case Entities:
				for _, id := range n.IDs {
					if n.Said {
						c.said[id] = true
					}
				}
			}
			return true
		})
	}
	return len(c.said) > 0
}

// say adds up to mostSaid of the quotations of those whom the search asks what they said:
// the ones that have most of its words, and of these the first, in the order of the text.
// Who is quoted need not be shown again beside them.
func (c *Cutter) say(a *news.Article) {
	type saying struct {
		q     news.Quote
		terms int
		at    int // its first match, in bytes, or where it begins
	}
	m := c.any
	found := c.find(m, a.Body, c.body, news.FieldBody)
	var all []saying
	for _, q := range a.Quotes {
		if q.Speaker == nil || !c.said[q.Speaker.ID] || q.Start < 0 || q.Start >= q.End || q.End > len(a.Body) {
			continue
		}
		s := saying{q: q, at: q.Start}
		var seen []int
		for _, x := range found {
			if q.Start <= x.start && x.end <= q.End && !slices.Contains(seen, x.term) {
				if seen = append(seen, x.term); len(seen) == 1 {
					s.at = x.start
				}
			}
		}
		s.terms = len(seen)
		all = append(all, s)
	}
	if len(all) == 0 {
		return
	}
	slices.SortStableFunc(all, func(x, y saying) int { return cmp.Compare(y.terms, x.terms) })
	all = all[:min(len(all), mostSaid)]
	slices.SortFunc(all, func(x, y saying) int { return cmp.Compare(x.q.Start, y.q.Start) })
	for _, s := range all {
		first, last := tokenAt(c.body, s.q.Start), tokenAt(c.body, s.q.End-1)
		if c.body[last].Start >= s.q.End {
			last--
		}
		if last < first {
			continue // signs alone
		}
		if last-first >= snippetWords {
			if w, _ := around(a.Body, c.body, tokenAt(c.body, s.at)); s.at > s.q.Start {
				first = min(max(first, w), last-snippetWords+1)
			}
			last = first + snippetWords - 1
		}
		start, end := bounds(a.Body, c.body, first, last)
		c.out = append(c.out, fragments(a.Body, start, end, found))
		c.see(found, start, end)
	}
	for id := range c.said {
		if term, ok := m.ids[id]; ok && len(c.out) > 0 {
			for len(c.shown) <= term {
				c.shown = append(c.shown, false)
			}
			c.shown[term] = true
		}
	}
}
