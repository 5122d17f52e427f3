package entity

import "strings"

// What sentences tell of who speaks in them besides the plain "X said": verbs of wanting
// and fearing, verbs of another clause, bodies at a sentence's end.

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
