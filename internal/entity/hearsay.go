package entity

import (
	"strings"

	"backfile/internal/text"
)

// What sentences tell of who speaks in them besides the plain "X said": verbs of wanting
// and fearing, verbs of another clause, questions that somebody is asked.

// minds are verbs of what somebody wants or thinks, behind which a quotation alone goes on
// with his own words: "Jane Roe wants to see it built.", and then a quotation.
var minds = words(`wants wanted believes believed thinks thought fears feared hopes hoped expects expected worries worried doubts doubted feels felt supports opposes
	welcomed welcomes disagrees disagreed agrees agreed rejected rejects defended defends remembers remembered regrets regretted`)

// frets are such verbs with the words that say it within the sentence, which are nouns too:
// "she fears that it may “drain the dam”".
var frets = words(`fears feared highlighted highlights questioned questions underlined underlines`)

// moody reports whether the word at k is one of frets and somebody does it.
func (a *attribution) moody(k, from int) bool {
	toks := a.f.toks
	if !frets[toks[k].fold] || toks[k].gap != gapSpace {
		return false
	}
	n := k - 1
	for n > 0 && int(toks[n].start) > from && adverbs[toks[n].fold] {
		n--
	}
	if n < 0 || int(toks[n].start) < from {
		return false
	}
	w := toks[n].fold
	return a.at[n] != nil || a.orgs[n] != nil || a.role[n] != nil || w == "he" || w == "she" || w == "it"
}

// subordinate are words that begin a clause which is not what the sentence says.
var subordinate = words(`after when before since because if while once unless until though although whether`)

// aside reports whether the verb at k stands in a clause of its own, with a comma behind it:
// "he said after the court had ruled, on Monday, that there had been “…”".
func (a *attribution) aside(k, end, from int) bool {
	toks := a.f.toks
	comma := false
	for n := k + 1; n <= end; n++ {
		comma = comma || toks[n].gap == gapComma
	}
	for n := k - 1; comma && n > k-9 && n >= 0 && int(toks[n].start) >= from; n-- {
		if subordinate[toks[n].fold] {
			return true
		}
		if toks[n+1].gap != gapSpace && toks[n+1].gap != gapHyphen {
			return false
		}
	}
	return false
}

// bases are verbs of saying as they stand behind "to", and as several do them.
var bases = words(`call describe denounce criticise criticize praise condemn dismiss attack brand label dub hail`)

// ways are verbs of what somebody does in order to say something: "used his speech to
// criticise “…”".
var ways = words(`used using uses went going goes took taking takes turned continued rose chose seemed appeared`)

// toSay is who does the verb at k, one of bases: somebody behind "used his speech to";
// several, whom nobody can name, where it stands without "to".
func (a *attribution) toSay(k, from int) verdict {
	toks := a.f.toks
	if toks[k-1].fold == "to" {
		for n := k - 2; n > k-9 && n > 0 && int(toks[n].start) >= from && toks[n+1].gap == gapSpace; n-- {
			if ways[toks[n].fold] {
				return a.bySubject(from, int(toks[n].start))
			}
		}
		return verdict{}
	}
	n := k - 1
	for n > 0 && strings.HasSuffix(toks[n].fold, "ly") {
		n--
	}
	if w := toks[n].fold; toks[n].capital || toks[k].gap != gapSpace || a.at[n] != nil || dets[w] || prepositions[w] || !strings.HasSuffix(w, "s") && w != "people" && w != "they" || passives[w] {
		return verdict{}
	}
	return somebody // "other writers call her “…”"
}

// askedOf reports whether quotation i is what somebody is asked: "she was asked, “…?”"
func (a *attribution) askedOf(i int) bool {
	q, toks := a.marks[i], a.f.toks
	k := a.f.tokenAt(q.outerStart) - 1
	if k < 1 || int(toks[k].start) < a.sentenceStart(i) || toks[k].fold != "asked" {
		return false
	}
	n := k - 1
	for n > 0 && adverbs[toks[n].fold] && !passives[toks[n].fold] {
		n--
	}
	return passives[toks[n].fold]
}

// introduces reports whether what stands behind quotation i leads on to the next one: "Jane
// Roe replied: “…”".
func (a *attribution) introduces(i int) bool {
	if i+1 >= len(a.marks) || a.marks[i+1].para != a.marks[i].para {
		return false
	}
	between := a.f.text[a.marks[i].outerEnd:a.marks[i+1].outerStart]
	return len(between) < 100 && strings.HasSuffix(strings.TrimRight(between, " "), ":") && !strings.ContainsAny(between, ",.;!?") && strings.Count(between, ":") == 1
}

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
		if selves[a.f.toks[k].fold] {
			return true
		}
	}
	return false
}

// minded reports whether one of minds stands at k, or behind what somebody is, between
// commas.
func (a *attribution) minded(k int) bool {
	toks := a.f.toks
	for n := k; n < min(k+24, len(toks)) && !toks[n].opens && a.at[n] == nil; n++ {
		if minds[toks[n].fold] && (n == k && toks[n].gap == gapSpace || n > k && toks[n].gap == gapComma) {
			return true
		}
		if toks[n].gap == gapNone || n == k && toks[n].gap != gapComma {
			return false
		}
	}
	return false
}

// definite reports whether "the" somebody is who speaks behind quotation i, so that it may
// be who spoke before.
func (a *attribution) definite(i int) bool {
	k := a.f.tokenAt(a.marks[i].outerEnd)
	for n := k; n < min(k+2, len(a.f.toks)); n++ {
		if a.f.toks[n].fold == "the" && !a.f.toks[n].capital {
			return true
		}
	}
	return false
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

// heShe are the pronouns of one person, with what they are run together with.
var heShe = func() map[string]nameSigns {
	m := map[string]nameSigns{}
	for _, end := range []string{"", "’d", "'d", "’ll", "'ll"} {
		m[text.FoldWord("he"+end)] = male
		m[text.FoldWord("she"+end)] = female
	}
	return m
}()

// bodySaid is the body that is said to have said something at a sentence's end, its article
// or its name at token n behind a comma: "…, the Harbour Board said", "…, the board said".
func (a *attribution) bodySaid(n, end int) *entity {
	toks := a.f.toks
	m := n
	if toks[n].fold == "the" {
		m++
	}
	if m+1 >= len(toks) || int(toks[m].start) >= end {
		return nil
	}
	last, e := m, (*entity)(nil)
	switch o := a.orgs[m]; {
	case o != nil && o.first == m && !toks[o.last].possessive:
		last, e = o.last, o.entity
	case o == nil && m > n:
		e = a.theBody(m)
	}
	if k := last + 1; e == nil || k >= len(toks) || int(toks[k].start) >= end || toks[k].gap != gapSpace || !sayings[toks[k].fold] || toks[k].capital || !a.ends(k, end) {
		return nil
	}
	return e
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

// named reports whether a quotation is but the name of something behind a comma: "on their
// own station, “The Vision.”"
func (a *attribution) named(q quoted) bool {
	return strings.HasSuffix(strings.TrimRight(a.f.text[:q.outerStart], " "), ",") && text.Words(a.f.text[q.start:q.end]) < fewest
}
