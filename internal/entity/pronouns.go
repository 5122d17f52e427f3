package entity

import (
	"strings"

	"backfile/internal/news"
)

// pronoun is whom "he" or "she" at token k means: the one person it fits in the
// words before, paragraph by paragraph; if several fit, the one the last
// sentence begins with; else nobody. What it finds is marked.
func (a *attribution) pronoun(k int) (*person, bool) {
	sex := male
	if w := a.f.toks[k].fold; w == "she" || w == "sie" {
		sex = female
	}
	end := int(a.f.toks[k].start)
	for n := 0; n < 3 && end > 0; n++ {
		start := max(end-reach, 0)
		if i := strings.LastIndex(a.f.text[start:end], "\n\n"); i >= 0 {
			start += i + 2
		}
		if p, many := a.fitting(start, end, sex); p != nil || many {
			if p != nil {
				a.mark(k, p)
			}
			return p, p == nil
		}
		end = max(start-2, 0)
	}
	return nil, true
}

// fitting is the person of that sex between two offsets, outside of quotations;
// many says that there are several and none stands out.
func (a *attribution) fitting(start, end int, sex nameSigns) (p *person, many bool) {
	toks := a.f.toks
	var fits []*person
	var last *person
	for k := a.f.tokenAt(start); k < len(toks) && int(toks[k].start) < end; k++ {
		c := a.at[k]
		if c == nil || c.person == nil || c.first != k || !agree(c.person.sex, sex) || a.quotedAt(int(toks[k].start)) {
			continue
		}
		known := false
		for _, f := range fits {
			known = known || f == c.person
		}
		if !known {
			fits = append(fits, c.person)
		}
		if p := a.opening(a.f.sentence(int(toks[k].start)).Start); p == c.person {
			last = p
		}
	}
	switch {
	case len(fits) == 1:
		return fits[0], false
	case len(fits) > 1:
		return last, true
	}
	return nil, false
}

func (a *attribution) mark(k int, p *person) {
	t := &a.f.toks[k]
	p.link(a.d)
	if a.marked[k] {
		return
	}
	a.marked[k] = true
	a.d.marks = append(a.d.marks, news.Mention{Kind: news.Person, Text: a.f.text[t.start:t.end], Start: int(t.start), End: int(t.end),
		Entity: p.entity.ID, Form: news.FormPronoun})
}

// roles marks "the Foreign Secretary" where the article says who that is.
func (d *document) roles() {
	bearer := map[string]*person{}
	for _, p := range d.persons {
		for t := range p.titles {
			if q, ok := bearer[t]; ok && q != p {
				bearer[t] = nil
			} else {
				bearer[t] = p
			}
		}
	}
	if len(bearer) == 0 {
		return
	}
	book := newPhrases[*person](len(bearer))
	for t, p := range bearer {
		if p != nil {
			book.put(t, p)
		}
	}
	for _, f := range d.fields {
		taken := make([]bool, len(f.toks)+1)
		for _, c := range f.cands {
			if !c.dropped {
				for i := c.first; i <= c.last; i++ {
					taken[i] = true
				}
			}
		}
		for i := 1; i < len(f.toks); i++ {
			t := &f.toks[i]
			if f.toks[i-1].fold != "the" || t.gap != gapSpace || taken[i] {
				continue
			}
			p, n := book.longest(f.toks, i, func(n int) bool {
				for k := i; k < i+n; k++ {
					if taken[k] || k > i && f.toks[k].gap != gapSpace {
						return false
					}
				}
				return true
			})
			last := i + n - 1
			if n == 0 || last+1 < len(f.toks) && f.toks[last+1].gap == gapSpace && (f.toks[last+1].capital || f.toks[last+1].fold == "of") {
				continue
			}
			p.link(d)
			d.marks = append(d.marks, news.Mention{Kind: news.Person, Text: f.text[t.start:f.toks[last].end], Start: int(t.start), End: int(f.toks[last].end),
				Entity: p.entity.ID, Form: news.FormRole, Field: f.name})
		}
	}
}
