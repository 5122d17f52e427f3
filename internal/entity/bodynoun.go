package entity

import (
	"slices"

	"backfile/internal/news"
)

// bodyNouns are what papers call a body once they have named it: "the council said".
var bodyNouns = words(`company firm group bank council corporation ministry department authority agency trust union association federation board committee club
	university college school hospital charity party institute museum airline commission bureau foundation society congress office service court tribunal
	regulator watchdog operator retailer chain lender brewery manufacturer supplier utility developer insurer publisher broadcaster`)

// plainBodies are those of them that a firm's name need not hold.
var plainBodies = words(`company firm group corporation bank airline operator retailer chain lender brewery manufacturer supplier utility developer insurer publisher broadcaster
	charity union club regulator watchdog agency`)

// theBody is the body that "the council" means, with its noun at token n, or nil: the
// only one named so far whose name holds the word ("Leith Council"); else, of a trade,
// the only body that the paragraph names (or the one before, where a quotation opens it),
// if the article names it more than once.
func (a *attribution) theBody(n int) *entity {
	toks := a.f.toks
	if n < 1 || n >= len(toks) || toks[n].capital || !bodyNouns[toks[n].fold] || toks[n-1].fold != "the" || toks[n].gap != gapSpace || a.ownedAt(n-1) || a.orgs[n] != nil {
		return nil
	}
	near := a.paragraphStart(int(toks[n].start))
	for k := n - 2; k > 0 && int(toks[k].start) >= near; k-- {
		if toks[k].fold == toks[n].fold && !toks[k].capital && toks[k-1].fold != "the" && a.orgs[k] == nil && !a.quotedAt(int(toks[k].start)) {
			return nil // "India's home ministry", which is no name
		}
	}
	if a.f.tokenAt(near) < len(toks) && a.quotedAt(int(toks[a.f.tokenAt(near)].start)) {
		near = a.paragraphStart(max(near-2, 0)) // a paragraph that opens with what it says
	}
	var named, close []*entity
	times := map[*entity]int{}
	for _, c := range a.f.cands[:min(len(a.f.cands), mostNames)] {
		if c.dropped || c.kind != news.Organisation || c.form != "" || c.entity == nil {
			continue
		}
		times[c.entity]++
		if c.first >= n {
			continue
		}
		if holds(c, toks[n].fold) && !slices.Contains(named, c.entity) {
			named = append(named, c.entity)
		}
		if int(toks[c.first].start) >= near && !slices.Contains(close, c.entity) {
			close = append(close, c.entity)
		}
	}
	switch {
	case len(named) == 1:
		return named[0]
	case len(named) == 0 && len(close) == 1 && times[close[0]] > 1 && plainBodies[toks[n].fold]:
		return close[0]
	}
	return nil
}

// itself is the body that "it" at token n means: the one that the sentence begins with,
// or the one before it in the paragraph, or that a quotation there was given to.
func (a *attribution) itself(n int) verdict {
	at := int(a.f.toks[n].start)
	from := a.paragraphStart(at)
	for k := a.sentenceIndex(at); k >= 0; k-- {
		if k >= len(a.sents) {
			continue
		}
		r := a.sents[k]
		if r.End <= from {
			break
		}
		start, end := max(r.Start, from), min(r.End, at)
		if sub := a.subjectOf(start, end); sub.c != nil || sub.pronoun >= 0 || sub.unnamed != "" {
			if sub.unnamed == "" || !mute[sub.unnamed] {
				return verdict{}
			}
		} else if sub.org != nil {
			return verdict{voice: voice{org: sub.org.entity}}
		}
		if o := a.openingBody(start); o != nil && o.end() < at {
			return verdict{voice: voice{org: o.entity}}
		}
		if i := a.f.tokenAt(start); i+1 < len(a.f.toks) && a.f.toks[i].fold == "the" {
			if e := a.theBody(i + 1); e != nil {
				return verdict{voice: voice{org: e}}
			}
		}
	}
	if at == from && from > 2 { // "…, the Harbour Board said.¶It also promised"
		before := a.paragraphStart(from - 2)
		if rs := a.sentencesIn(before, from-2); len(rs) > 0 {
			last := a.f.tokenAt(from) - 1
			start := max(rs[len(rs)-1].Start, before)
			for last > 0 && (days[a.f.toks[last].fold] || a.f.toks[last].fold == "on") {
				last--
			}
			if last > 0 && int(a.f.toks[last-1].start) > start && sayings[a.f.toks[last].fold] {
				if o := a.orgs[last-1]; o != nil && !a.ownedAt(o.first) {
					return verdict{voice: voice{org: o.entity}, unnamed: o.entity == nil}
				}
			}
		}
	}
	return verdict{}
}

// holds reports whether the name of a body has that word.
func holds(c *candidate, word string) bool {
	for i := c.first; i <= c.last; i++ {
		if c.f.toks[i].fold == word {
			return true
		}
	}
	return false
}
