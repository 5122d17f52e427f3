package entity

import (
	"strings"

	"backfile/internal/news"
)

// unheard finds bodies that the model passes over: capitals that spell the longer name of
// one in the article ("the FETB", of the Forth Estuary Transport Board), dotted capitals
// behind "the" ("the R.A.F."), and the two houses of Parliament.
func (d *document) unheard() {
	if d.lang != "en" {
		return
	}
	var long []*candidate
	for _, c := range d.cands {
		if !c.dropped && c.kind == news.Organisation && c.last >= c.first+2 && len(long) < 500 {
			long = append(long, c)
		}
	}
	spelt := map[string]bool{}
	for _, c := range long {
		for _, small := range []bool{true, false} {
			var b strings.Builder
			for i := c.first; i <= c.last; i++ {
				if t := &c.f.toks[i]; t.fold != "" && (small || !linkWords[t.fold]) {
					b.WriteByte(t.fold[0])
				}
			}
			spelt[b.String()] = true
		}
	}
	for _, f := range d.fields {
		if f.flat {
			continue
		}
		taken := make([]bool, len(f.toks))
		for _, c := range f.cands {
			for i := c.first; i <= c.last && !c.dropped; i++ {
				taken[i] = true
			}
		}
		var more []*candidate
		for i := range f.toks {
			t := &f.toks[i]
			if taken[i] || !t.capital || t.digit || len(t.fold) < 3 {
				continue
			}
			the := i > 0 && f.toks[i-1].fold == "the" && t.gap == gapSpace
			bounded := i+1 >= len(f.toks) || !f.toks[i+1].capital || f.toks[i+1].gap != gapSpace || f.toks[i+1].opens
			acronym := t.upper && len(t.fold) <= 6 && !notAcronyms[t.fold] && t.signs&common == 0
			switch {
			case acronym && len(t.fold) >= 3 && spelt[t.fold]:
			case acronym && the && bounded && strings.Count(f.text[t.start:t.end], ".") >= 3 && (i+1 >= len(f.toks) || f.toks[i+1].gap != gapHyphen && !roles[f.toks[i+1].fold] && !otherHeads[f.toks[i+1].fold]):
			case (t.fold == "commons" || t.fold == "lords") && the && bounded && !t.upper:
			default:
				continue
			}
			c := &candidate{f: f, first: i, last: i, kind: news.Organisation, org: -1, sure: true, key: t.fold}
			if t.fold == "commons" || t.fold == "lords" {
				c.key = "house of " + t.fold
				c.body = "House of " + f.text[t.start:t.end]
			}
			if k, ok := d.lex.organisations.full[t.fold]; ok {
				c.org = k
			}
			more = append(more, c)
		}
		d.insert(f, more)
	}
}
