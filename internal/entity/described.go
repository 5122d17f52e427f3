package entity

import (
	"slices"

	"backfile/internal/news"
)

// described is who is meant by "the Cork-born midfielder said", "said the 34-year-old"
// behind quotation i: whoever the sentence before it is about, if the paragraph has named
// nobody else. A plain noun ("the butcher said", "the Taoiseach told the House") is trusted
// only if that sentence too says that somebody said something.
// Whoever spoke in the quotation before, last, may have done so in between.
func (a *attribution) described(i int, last voice) verdict {
	q, toks := a.marks[i], a.f.toks
	k := a.f.tokenAt(q.outerEnd)
	if q.open || k+2 >= len(toks) || toks[k].gap == gapNone {
		return verdict{}
	}
	inverted := a.speaks(k)
	if inverted {
		k++
	}
	if toks[k].fold != "the" || toks[k].capital {
		return verdict{}
	}
	hyphen, noun := false, ""
	n := k + 1
	for ; n < len(toks) && n < k+7; n++ {
		if a.quotedAt(int(toks[n].start)) {
			break
		}
		if a.at[n] != nil || a.orgs[n] != nil || toks[n].possessive {
			return verdict{}
		}
		if n > k+1 && (!near(toks[n].gap) || toks[n].opens || a.speaks(n) || inverted && !toks[n].capital && (prepositions[toks[n].fold] || toks[n].fold == "who")) {
			break
		}
		hyphen = hyphen || toks[n].gap == gapHyphen
		noun = toks[n].fold
	}
	if noun == "" {
		return verdict{}
	}
	parent := kin[noun] && inverted && n+1 < len(toks) && toks[n].fold == "of" && (toks[n+1].digit || counts[toks[n+1].fold]) // "the father of three"
	hyphen = hyphen || parent
	if p := a.calledSo(noun, int(toks[k].start)); p != nil && !capitals(toks[k+1:n]) && (inverted || n < len(toks) && a.speaks(n) && toks[n].gap == gapSpace) {
		return verdict{voice: voice{person: p}}
	}
	if !inverted && (n >= len(toks) || !a.speaks(n) || toks[n].gap != gapSpace) || opposed[noun] || nobodies[noun] || kin[noun] && !parent || heads[noun] || mute[noun] {
		return verdict{}
	}
	from := a.paragraphStart(q.outerStart)
	if q.outerStart == from && from > 2 { // the paragraph before has introduced him
		from = a.paragraphStart(from - 2)
	}
	heard := i > 0 && q.outerStart == a.paragraphStart(q.outerStart) && a.marks[i-1].outerEnd > from
	rs := a.sentencesIn(from, q.outerStart)
	if len(rs) == 0 || q.outerStart == from {
		return verdict{}
	}
	r := rs[len(rs)-1]
	start, end := max(r.Start, from), min(r.End, q.outerStart)
	sub := a.subjectOf(start, end)
	if sub.c == nil || sub.c.person == nil || a.others(from, q.outerStart, sub.c.person) {
		return verdict{}
	}
	if heard && last.person != sub.c.person {
		return verdict{}
	}
	s := sexOf(noun)
	if !agree(s, sub.c.person.sex) || !hyphen && !a.reported(sub.c.last+1, end) {
		return verdict{}
	}
	return a.says(sub.c)
}

// capitals reports whether one of the words has a capital: "the Kilkenny manager" may be
// another than the manager whom the article has named.
func capitals(toks []token) bool {
	return slices.ContainsFunc(toks, func(t token) bool { return t.capital && !t.upper })
}

// mostNames is how many names of an article are gone through for whom a noun means.
const mostNames = 2000

// calledSo is the one person whom the article has called by a noun before an offset, or
// nil: "the butcher Jane Roe", "Peter Blake, 61, a retired dairy farmer,".
func (a *attribution) calledSo(noun string, before int) *person {
	toks := a.f.toks
	return a.onlyPerson(before, func(c *candidate, k int) bool {
		if c.kind != news.Person {
			return false
		}
		called := false
		if i := c.first - 1 - len(c.courtesies); i >= 0 && (toks[i+1].gap == gapSpace || toks[i+1].gap == gapComma) && !toks[i+1].opens {
			called = toks[i].fold == noun && !toks[i].possessive
		}
		if !called && k < len(toks) && toks[k].gap == gapComma && !a.speaks(k) && toks[k].fold != "who" {
			for n := k; n < min(k+8, len(toks)) && !toks[n].opens && (n == k || near(toks[n].gap)); n++ {
				if prepositions[toks[n].fold] || toks[n].fold == "who" {
					break
				}
				called = called || toks[n].fold == noun && (n+1 >= len(toks) || toks[n+1].gap != gapSpace || prepositions[toks[n+1].fold] || toks[n+1].fold == "who" || a.speaks(n+1))
			}
		}
		return called
	})
}

// onlyPerson is the one person of whom called holds where they are named in full before an
// offset; nil for none, and for several. called is also told the token behind the name and
// the age that follows it.
func (a *attribution) onlyPerson(before int, called func(c *candidate, k int) bool) *person {
	toks := a.f.toks
	var found *person
	for _, c := range a.f.cands[:min(len(a.f.cands), mostNames)] {
		if c.dropped || c.person == nil || c.single() || int(toks[c.first].start) >= before {
			continue
		}
		k := c.last + 1
		if k < len(toks) && toks[k].gap == gapComma && toks[k].digit {
			k++
		}
		if !called(c, k) {
			continue
		}
		if found != nil && found != c.person {
			return nil
		}
		found = c.person
	}
	return found
}

// theCalled is the person whom the plain noun at n means, with nothing but "the" before it
// ("the butcher said"), or nil.
func (a *attribution) theCalled(n int) *person {
	toks := a.f.toks
	if n < 1 || toks[n].capital || toks[n-1].fold != "the" || toks[n].gap != gapSpace || toks[n].possessive || a.ownedAt(n-1) || a.role[n] != nil || kin[toks[n].fold] || heads[toks[n].fold] {
		return nil
	}
	return a.calledSo(toks[n].fold, int(toks[n].start))
}

// counts are how many children somebody has.
var counts = words(`one two three four five six seven eight nine ten`)

// opposed are those who speak to, or of, whoever the sentence before is about.
var opposed = words(`judge sheriff magistrate coroner prosecutor counsel court officer detective reporter interviewer doctor crowd referee spokesman spokeswoman
	spokesperson source official agency paper newspaper ministry department company firm statement union party council government club association charity jury bench
	chairman speaker one other two three few first second last former latter same`)

// others reports whether anybody but p is named between two offsets, outside of quotations.
func (a *attribution) others(from, to int, p *person) bool {
	for k := a.f.tokenAt(from); k < len(a.f.toks) && int(a.f.toks[k].start) < to; k++ {
		if c := a.at[k]; c != nil && c.kind == news.Person && c.person != p && !a.quotedAt(int(a.f.toks[k].start)) {
			return true
		}
	}
	return false
}

// reported reports whether a verb of saying stands at token k or close behind it.
func (a *attribution) reported(k, end int) bool {
	for n := k; n < k+3 && n < len(a.f.toks) && int(a.f.toks[n].start) < end; n++ {
		if a.speaks(n) || framing[a.f.toks[n].fold] {
			return true
		}
	}
	return false
}
