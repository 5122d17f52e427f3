package entity

import (
	"strings"

	"backfile/internal/text"
)

// Whom words mean that stand for somebody named beside them or further up: "The
// 80-year-old", "his mother", "she" over a paragraph that only tells.

// headed is the person with whom the sentence begins, where what he is stands between the
// name and token n: "Jane Roe, chair of the Harbour Board said".
func (a *attribution) headed(n, from int) verdict {
	toks := a.f.toks
	c := a.opening(from, n)
	if c == nil || toks[c.last].possessive {
		return verdict{}
	}
	m := c.last + 1
	if m < n && toks[m].gap == gapComma && toks[m].digit { // her age
		m++
	}
	if m >= n || toks[m].gap != gapComma || n-m > 24 || !dets[toks[m].fold] && !roles[toks[m].fold] && !titles[toks[m].fold] && !titleWords[toks[m].fold] {
		return verdict{}
	}
	for ; m < n; m++ {
		w := toks[m].fold
		if a.at[m] != nil || toks[m].opens || toks[m].gap == gapNone || subordinate[w] || w == "whose" || w == "which" || w == "where" || w == "as" || w == "that" || w == "he" || w == "she" || w == "they" || w == "it" ||
			a.speaks(m) && toks[m-1].fold != "who" || toks[m].possessive {
			return verdict{}
		}
	}
	return a.says(c)
}

// opening is the person with whom the sentence from an offset on begins, but for titles, if
// the name stands before token n; or nil.
func (a *attribution) opening(from, n int) *candidate {
	toks := a.f.toks
	k := a.f.tokenAt(from)
	for ; k < n && a.at[k] == nil; k++ {
		if _, h := honorifics[toks[k].fold]; !h && !titles[toks[k].fold] && !(toks[k].opens && toks[k].signs == common) && !roles[toks[k].fold] {
			return nil
		}
	}
	if k >= n {
		return nil
	}
	return a.at[k]
}

// aged is whom "The 80-year-old", at token k, means: the one person of that age, or whom
// the sentence before is about, if its paragraph names nobody else.
func (a *attribution) aged(k int) *candidate {
	toks := a.f.toks
	if k+3 >= len(toks) || toks[k].fold != "the" || !toks[k+1].digit || toks[k+2].fold != "year" || toks[k+3].fold != "old" {
		return nil
	}
	at := int(toks[k].start)
	var found *candidate
	for _, c := range a.f.cands[:min(len(a.f.cands), mostNames)] {
		if c.dropped || c.person == nil || int(toks[c.first].start) >= at {
			continue
		}
		if m := c.last + 1; m < len(toks) && toks[m].gap == gapComma && toks[m].fold == toks[k+1].fold {
			if found != nil && found.person != c.person {
				return nil
			}
			found = c
		}
	}
	if found != nil {
		return found
	}
	from := a.paragraphStart(at)
	if from == at && from > 2 {
		from = a.paragraphStart(from - 2)
	}
	rs := a.sentencesIn(from, at)
	if from == at || len(rs) == 0 {
		return nil
	}
	r := rs[len(rs)-1]
	sub := a.subjectOf(max(r.Start, from), min(r.End, at))
	if sub.c == nil || sub.c.person == nil || a.others(from, at, sub.c.person) {
		return nil
	}
	return sub.c
}

// stillAbout is who spoke in the quotation before, i-1, if one paragraph stands between
// that is about nobody else, and quotation i alone speaks of itself: "“…,” she said.¶She
// has sold her field.¶“I had a big field.”"
func (a *attribution) stillAbout(i int, v verdict) verdict {
	before, q := a.marks[i-1], a.marks[i]
	if v.person == nil || before.para+2 != q.para || !a.firstPerson(q) {
		return verdict{}
	}
	from := a.paragraphStart(q.outerStart - 2)
	rs := a.sentencesIn(from, q.outerStart-2)
	if len(rs) == 0 || len(rs) > 3 || from < before.outerEnd {
		return verdict{}
	}
	for n, r := range rs {
		sub := a.subjectOf(max(r.Start, from), min(r.End, q.outerStart))
		var w verdict
		switch {
		case sub.c != nil:
			w = a.says(sub.c)
		case sub.pronoun >= 0:
			w = a.pronoun(sub.pronoun)
		}
		if w.voice != v.voice && (w.settled() || n == len(rs)-1 || sub.unnamed != "" || sub.org != nil) {
			return verdict{}
		}
	}
	return v
}

// selves are words with which somebody speaks of himself.
var selves = words(`i my me mine myself we our us`)

func (a *attribution) firstPerson(q quoted) bool {
	for k := a.f.tokenAt(q.start); k < len(a.f.toks) && int(a.f.toks[k].start) < q.end; k++ {
		if w := a.f.toks[k].fold; a.d.lang == "en" && selves[w] || selvesAbroad[a.d.lang][w] {
			return true
		}
	}
	return false
}

// kinsmen are nouns for somebody of a family, with the sex that they tell.
var kinsmen = map[string]nameSigns{"mom": female, "mum": female, "mother": female, "wife": female, "sister": female, "daughter": female, "widow": female, "aunt": female,
	"dad": male, "father": male, "husband": male, "brother": male, "son": male, "widower": male, "uncle": male}

// kinOf is who is meant by "Peter Blake's mother", her noun at token n: whom the sentence
// before is about, if the names of both tell that they are of one family.
func (a *attribution) kinOf(n, from int) verdict {
	toks := a.f.toks
	sex := kinsmen[toks[n].fold]
	if sex == 0 || n == 0 || toks[n].gap != gapSpace || a.at[n-1] == nil || a.at[n-1].person == nil {
		return verdict{}
	}
	owner := a.at[n-1]
	rs := a.sentencesIn(max(a.paragraphStart(from), from-reach), from)
	if len(rs) == 0 {
		return verdict{}
	}
	r := rs[len(rs)-1]
	sub := a.subjectOf(max(r.Start, a.paragraphStart(from)), min(r.End, from))
	if sub.c == nil || sub.c.person == nil || sub.c.person == owner.person || sub.c.single() || !agree(sub.c.person.sex, sex) || toks[sub.c.last].fold != toks[owner.last].fold {
		return verdict{}
	}
	return a.says(sub.c)
}

// mainClause is who is said to say something behind the clause with which a sentence begins,
// from token k on: "Despite what lawmakers had put in, Jane Roe said …".
func (a *attribution) mainClause(k, to int) (subject, bool) {
	toks := a.f.toks
	for n := k + 1; n < min(k+40, len(toks)) && int(toks[n].start) < to && !toks[n].opens && toks[n].gap != gapNone; n++ {
		if toks[n].gap != gapComma || a.quotedAt(int(toks[n].start)) {
			continue
		}
		if w := toks[n].fold; (w == "he" || w == "she") && a.verb(n+1) {
			return subject{pronoun: n}, true
		}
		m := n
		for m < n+3 && m+1 < len(toks) && a.at[m] == nil && titleish(toks[m].fold) {
			m++
		}
		if c := a.at[m]; c != nil && c.first == m && a.verb(c.last+1) && !toks[c.last].possessive {
			return subject{c: c, pronoun: -1}, true
		}
	}
	return subject{}, false
}

// saidWhole reports whether a sentence is nothing but a quotation.
func (a *attribution) saidWhole(r text.Range) bool {
	i := a.quoteAt(r.Start)
	if i < 0 {
		return false
	}
	q := a.marks[i]
	return strings.Trim(a.f.text[min(q.outerEnd, r.End):r.End], " \n") == ""
}

// heShe are the pronouns of one person, with what they are run together with.
var heShe = func() map[string]nameSigns {
	m := map[string]nameSigns{}
	for _, end := range []string{"", "’d", "'d", "’ll", "'ll"} {
		m[text.FoldWord("he"+end)] = male
		m[text.FoldWord("she"+end)] = female
	}
	return m
}()

// theStatement is who is said to have made the statement that "the statement said" means, its
// noun at token n: in the two paragraphs before, who "said in a statement".
func (a *attribution) theStatement(n int) verdict {
	toks := a.f.toks
	if n < 1 || toks[n-1].fold != "the" || !papers[toks[n].fold] || toks[n].capital {
		return verdict{}
	}
	at := int(toks[n].start)
	from := a.paragraphStart(at)
	for range 2 {
		from = a.paragraphStart(max(from-2, 0))
	}
	for k := n - 2; k > 1 && int(toks[k].start) >= from; k-- {
		if toks[k].fold != toks[n].fold || toks[k-1].fold != "a" || toks[k].capital || a.quotedAt(int(toks[k].start)) {
			continue
		}
		s := a.sentenceIndex(int(toks[k].start))
		if s >= len(a.sents) {
			return verdict{}
		}
		start := max(a.sents[s].Start, a.paragraphStart(int(toks[k].start)))
		if o := a.openingBody(start); o != nil {
			return verdict{voice: voice{org: o.entity}}
		}
		if sub := a.subjectOf(start, min(a.sents[s].End, at)); sub.c != nil {
			return a.says(sub.c)
		}
		return verdict{}
	}
	return verdict{}
}
