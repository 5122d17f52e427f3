package entity

import "strings"

// behind reads `," he said`, `," said Mr Blinken` and `," the minister told X`.
func (a *attribution) behind(i int) verdict {
	q, toks := a.marks[i], a.f.toks
	if q.open {
		return verdict{}
	}
	inner := a.f.text[q.start:q.end]
	k := a.f.tokenAt(q.outerEnd)
	stop := len(a.f.text)
	if i+1 < len(a.marks) {
		stop = a.marks[i+1].outerStart
	}
	if k >= len(toks) || int(toks[k].start) >= stop {
		return verdict{}
	}
	gap := a.f.text[q.outerEnd:toks[k].start]
	between := strings.TrimSpace(gap)
	if between != "" && between != "," && between != "—" && between != "–" && between != "-" || strings.Contains(gap, "\n\n") {
		return verdict{}
	}
	if between == "—" || between == "–" || between == "-" { // a letter's or a caption's “…” — Jane Roe
		first := k
		for first < len(toks) && titleish(toks[first].fold) && toks[first].capital && a.at[first] == nil {
			first++
		}
		if first < len(toks) && a.at[first] != nil {
			if c := a.at[first]; c.last+1 >= len(toks) || toks[c.last+1].gap == gapNone {
				return a.says(c)
			}
		}
	}
	if k+1 < len(toks) && a.d.tongue.helps(toks[k].fold) && a.d.tongue.speech(toks[k+1].fold) {
		return a.inverted(k+1, stop) // "…», a déclaré Mme Roux"
	}
	// A comma, a question or a cry runs on into who said it; a full stop does not.
	runs := strings.HasSuffix(inner, ",") || strings.HasSuffix(inner, "?") || strings.HasSuffix(inner, "!") || strings.HasSuffix(inner, "—") || strings.HasSuffix(inner, "–") || between != ""
	if strings.HasSuffix(inner, ".") && !strings.HasSuffix(inner, "..") && !a.speaks(k) && toks[k].capital && between == "" {
		return verdict{}
	}
	if participles[toks[k].fold] {
		return verdict{} // "called it “a sham,” saying …"
	}
	if !toks[k].capital && (a.speaks(k) || runs && strings.HasSuffix(toks[k].fold, "ed")) {
		return a.inverted(k, stop)
	}
	switch w := toks[k].fold; {
	case w == "according" && k+1 < len(toks) && toks[k+1].fold == "to":
		v := a.source(k+2, stop)
		v.unnamed = !v.known()
		return v
	case w == "by" && a.passive(i):
		if v := a.source(k+1, stop); v.known() {
			return v
		}
		return somebody
	case heShe[w] != 0 || w == "er" || w == "sie":
		if a.verb(k+1) || runs && k+1 < len(toks) && toks[k+1].gap == gapSpace && (strings.HasSuffix(toks[k+1].fold, "ed") || strings.HasSuffix(toks[k+1].fold, "s") && len(toks[k+1].fold) > 4) {
			return a.pronoun(k)
		}
		return verdict{}
	case w == "it" && a.verb(k+1):
		v := a.itself(k)
		v.unnamed = !v.known()
		return v
	case w == "i" || w == "we" || w == "they" || w == "it" || w == "you":
		if a.verb(k + 1) {
			return somebody
		}
		return verdict{}
	case (w == "his" || w == "her") && k+2 < len(toks) && papers[toks[k+1].fold] && a.verb(k+2):
		return a.pronoun(k)
	}
	if conjunctions[toks[k].fold] && !toks[k].capital {
		return verdict{}
	}
	return a.subjectBehind(k, stop, runs)
}

// conjunctions go on with something else than who said it.
var conjunctions = words(`while but and as when after which who whom whose that because although though before since until if or so than for with in at on from to of
	where whereas unless once then nor yet about against into over under despite during`)

// papers are what people say things in.
var papers = words(`letter letters statement note diary book memoir memoirs report email e-mail tweet post blog message telegram will affidavit evidence reply answer
	words column article essay poem song sermon speech`)

// subjectBehind reads a subject and its verb behind a quotation, from token k on.
func (a *attribution) subjectBehind(k, stop int, runs bool) verdict {
	toks := a.f.toks
	for n := k; n < k+9 && n < len(toks) && int(toks[n].start) < stop; n++ {
		if n > k && !near(toks[n].gap) && toks[n].gap != gapJoint && toks[n].gap != gapAnd {
			// "Epstein's neighbour in Florida, Donald Trump, said"
			if c := a.at[n]; runs && toks[n].gap == gapComma && c != nil && c.first == n && c.last+1 < len(toks) && toks[c.last+1].gap == gapComma && a.speaks(c.last+1) {
				return a.says(c)
			}
			return verdict{}
		}
		if c := a.at[n]; c != nil {
			if toks[c.last].possessive {
				if m := c.last + 1; m+1 < len(toks) && papers[toks[m].fold] && a.verb(m+1) {
					return a.says(c)
				}
				n = c.last
				continue
			}
			verb := a.verb(c.last+1) || a.apposition(c.last+1)
			if !verb && runs && n == k+len(c.courtesies) {
				m := c.last + 1
				verb = m < len(toks) && toks[m].gap == gapSpace && !toks[m].capital && strings.HasSuffix(toks[m].fold, "ed")
			}
			if !verb {
				return verdict{}
			}
			if a.owned(c) || a.paired(c) {
				return somebody
			}
			return a.says(c)
		}
		if o := a.orgs[n]; o != nil {
			if a.verb(o.last+1) && !toks[o.last].possessive && !a.ownedAt(o.first) {
				return verdict{voice: voice{org: o.entity}, unnamed: o.entity == nil}
			}
			if m := o.last + 1; toks[o.last].possessive && m+1 < len(toks) && papers[toks[m].fold] && a.verb(m+1) && o.entity != nil {
				return verdict{voice: voice{org: o.entity}} // "the board's report said"
			}
			n = o.last
			continue
		}
		if p := a.role[n]; p != nil {
			m := n
			for m < len(toks) && a.role[m] == p {
				m++
			}
			if a.verb(m) {
				return verdict{voice: voice{person: p}}
			}
		}
		if p := a.theCalled(n); p != nil && a.verb(n+1) {
			return verdict{voice: voice{person: p}}
		}
		if e := a.theBody(n); e != nil && a.verb(n+1) {
			return verdict{voice: voice{org: e}}
		}
		if toks[n].fold == "quoted" && n+3 < len(toks) && toks[n+2].fold == "as" && toks[n+3].fold == "saying" {
			if c := a.at[n+1]; c != nil {
				return a.says(c)
			}
			if w := toks[n+1].fold; w == "her" || w == "him" {
				return a.pronoun(n + 1)
			}
		}
		if v := a.theStatement(n); v.known() && n <= k+1 && a.verb(n+1) {
			return v
		}
		if n > k && (sayings[toks[n].fold] || utters[toks[n].fold] && !toks[n].capital && runs) {
			return somebody // "the ministry said"
		}
	}
	return verdict{}
}

// says is the person of a mention, or somebody.
func (a *attribution) says(c *candidate) verdict {
	return verdict{voice: voice{person: c.person}, unnamed: c.person == nil}
}

// passive reports whether the words before quotation i say that somebody called it so:
// "was described as".
func (a *attribution) passive(i int) bool {
	toks := a.f.toks
	from := a.sentenceStart(i)
	for k := a.f.tokenAt(a.marks[i].outerStart) - 1; k > 0 && int(toks[k].start) >= from; k-- {
		if framing[toks[k].fold] || sayings[toks[k].fold] {
			switch toks[k-1].fold {
			case "was", "were", "been", "is", "are", "being":
				return true
			}
			return false
		}
	}
	return false
}

// source is who is named in the words from k on, which stand behind "according to".
func (a *attribution) source(k, stop int) verdict {
	toks := a.f.toks
	if k < len(toks) && (toks[k].fold == "him" || toks[k].fold == "her" && (k+1 >= len(toks) || toks[k+1].gap != gapSpace || a.quotedAt(int(toks[k+1].start)))) {
		return a.pronoun(k)
	}
	for n := k; n < len(toks) && n < k+7 && int(toks[n].start) < stop; n++ {
		if n > k && toks[n].gap == gapComma && !roles[toks[n-1].fold] && !titles[toks[n-1].fold] {
			break // "according to reports, Blake …"
		}
		if c := a.at[n]; c != nil {
			if toks[c.last].possessive || a.ownedFrom(c.first, k) {
				return verdict{}
			}
			return verdict{voice: voice{person: c.person}}
		}
		if o := a.orgs[n]; o != nil {
			next := o.next()
			if a.ownedFrom(o.first, k) || toks[o.last].possessive || next != nil && (roles[next.fold] || next.capital) {
				continue
			}
			return verdict{voice: voice{org: o.entity}}
		}
		if n > k && toks[n].gap == gapComma && a.at[n] == nil {
			break
		}
	}
	return verdict{}
}

// owned reports whether somebody of the person speaks: "a spokeswoman for Mr
// Blinken", "the widow of Peter Blake".
func (a *attribution) owned(c *candidate) bool {
	i := c.first
	for i > 0 && near(a.f.toks[i].gap) && (honorifics[a.f.toks[i-1].fold] != 0 || titles[a.f.toks[i-1].fold] && a.f.toks[i-1].capital || a.f.toks[i-1].fold == "mr") {
		i--
	}
	return a.ownedAt(i)
}

func (a *attribution) ownedAt(i int) bool {
	toks := a.f.toks
	if i > 0 && toks[i-1].fold == "the" && toks[i].gap == gapSpace {
		i--
	}
	return i > 0 && toks[i].gap == gapSpace && !toks[i].opens && owners[toks[i-1].fold]
}

// ownedFrom reports whether a word between tokens k and i says that what begins at i
// owns whoever is meant.
func (a *attribution) ownedFrom(i, k int) bool {
	for n := k; n < i; n++ {
		if owners[a.f.toks[n].fold] {
			return true
		}
	}
	return false
}

// owners stand between somebody and whose he is.
var owners = words(`for of to from with at by behind against on`)

// paired reports whether two speak at once: "Jane Roe and Peter Blake said".
func (a *attribution) paired(c *candidate) bool {
	i := c.first
	for i > 0 && near(a.f.toks[i].gap) && (honorifics[a.f.toks[i-1].fold] != 0 || a.f.toks[i-1].fold == "dr") {
		i--
	}
	if i < 2 || a.f.toks[i].gap != gapSpace || a.f.toks[i-1].fold != "and" {
		return false
	}
	w := a.f.toks[i-2].fold
	return a.at[i-2] != nil || w == "he" || w == "she" || w == "they"
}

// inverted reads `said Mr Blinken` and `said Jane Roe`, verb at k.
func (a *attribution) inverted(k, stop int) verdict {
	toks := a.f.toks
	saying := a.speaks(k)
	for n := 1; n <= 10 && k+n < len(toks) && int(toks[k+n].start) < stop; n++ {
		t := &toks[k+n]
		if t.gap == gapNone || t.opens && n > 1 {
			break
		}
		if c := a.at[k+n]; c != nil {
			if toks[c.last].possessive && k+n > k+1+len(c.courtesies) || a.owned(c) {
				n = c.last - k
				continue // "said a friend of Mr Blake's"
			}
			if toks[c.last].possessive {
				// "said Peter Blake's widow, Jane Blake"
				n = c.last - k
				continue
			}
			return a.says(c)
		}
		if o := a.orgs[k+n]; o != nil && saying && o.last+1 < len(toks) {
			next := o.next()
			if !toks[o.last].possessive && !a.ownedAt(o.first) && n <= 2 && (next == nil || !next.capital && !roles[next.fold]) && toks[o.last+1].gap != gapHyphen {
				return verdict{voice: voice{org: o.entity}, unnamed: o.entity == nil}
			}
		}
		if e := a.theBody(k + n); e != nil && saying && n == 2 {
			return verdict{voice: voice{org: e}}
		}
		if p := a.role[k+n]; p != nil && n <= 3 {
			m := k + n
			for m < len(toks) && a.role[m] == p {
				m++
			}
			if m >= len(toks) || a.at[m] == nil {
				return verdict{voice: voice{person: p}}
			}
		}
		if n == 1 && (t.fold == "he" || t.fold == "she" || t.fold == "er" || t.fold == "sie") {
			return a.pronoun(k + 1)
		}
		if n > 1 && a.speaks(k+n) {
			break
		}
	}
	if !saying {
		return verdict{}
	}
	return somebody
}

// verb reports whether a verb of saying stands at k, adverbs skipped.
func (a *attribution) verb(k int) bool {
	for n := 0; n < 5 && k+n < len(a.f.toks); n++ {
		t := &a.f.toks[k+n]
		if t.gap != gapSpace && !(n == 0 && t.gap == gapJoint) {
			return false
		}
		if sayings[t.fold] || utters[t.fold] && !t.capital {
			return true
		}
		if (t.fold == "used" || t.fold == "liked") && k+n+2 < len(a.f.toks) && a.f.toks[k+n+1].fold == "to" { // "she used to say"
			n++
			continue
		}
		if lasts[t.fold] || n > 0 && lasts[a.f.toks[k+n-1].fold] && times[t.fold] { // "said last night"
			continue
		}
		if !adverbs[t.fold] && !strings.HasSuffix(t.fold, "ly") {
			return false
		}
	}
	return false
}

// lasts stand before times, which may come between somebody and the verb of saying: "the
// board last night said".
var (
	lasts = words(`last this`)
	times = words(`night week month year morning evening afternoon weekend`)
)

// apposition reports whether ", the chief whip, said" stands at k.
func (a *attribution) apposition(k int) bool {
	toks := a.f.toks
	if k >= len(toks) || toks[k].gap != gapComma {
		return false
	}
	for n := k + 1; n < min(k+24, len(toks)); n++ {
		switch toks[n].gap {
		case gapComma:
			if a.speaks(n) || a.verb(n+1) && adverbs[toks[n].fold] {
				return true
			}
		case gapNone, gapOther:
			return false
		}
		if a.at[n] != nil || toks[n].opens || toks[n].fold == "who" || toks[n].fold == "which" || toks[n].fold == "that" {
			return a.closes(n)
		}
		if sayings[toks[n].fold] && !toks[n].capital && toks[n-1].fold != "who" && n > k+2 {
			return true // "Chad Hawk, vice president of a firm in Florida told Fox"
		}
	}
	return false
}

// closes reports whether a clause that has a subject of its own, at token n, ends in a
// comma with a verb of saying behind it.
func (a *attribution) closes(n int) bool {
	toks := a.f.toks
	for m := n + 1; m < min(n+24, len(toks)) && toks[m].gap != gapNone && toks[m].gap != gapOther && !toks[m].opens; m++ {
		if toks[m].gap == gapComma && (a.speaks(m) || adverbs[toks[m].fold] && a.verb(m+1)) {
			return true
		}
	}
	return false
}

// trailing reads who is said to speak at the end of the sentence in which quotation i
// stands: "… a “very high-level commitment” to it, says Belinda Schäpe", "“not to join
// the fight” over Taiwan, he added".
func (a *attribution) trailing(i int) verdict {
	q, toks := a.marks[i], a.f.toks
	k := a.sentenceIndex(q.outerEnd - 1)
	if q.open || k >= len(a.sents) {
		return verdict{}
	}
	end := min(a.sents[k].End, q.outerEnd+reach)
	for n := a.f.tokenAt(q.outerEnd) + 1; n < len(toks) && int(toks[n].start) < end; n++ {
		if j := a.quoteAt(int(toks[n].start)); j == i+1 && !a.marks[j].open && !a.reports(q.outerEnd, a.marks[j].outerStart) {
			// "“A mixture of them” inside Leith “that do it”, says Jane Roe": all of it is hers.
			n = a.f.tokenAt(a.marks[j].outerEnd)
			if n >= len(toks) || int(toks[n].start) >= end {
				return verdict{}
			}
			if a.speaks(n) && strings.Contains(a.f.text[toks[n-1].full:toks[n].start], ",") {
				return a.inverted(n, end)
			}
			continue
		}
		if toks[n].gap == gapNone || toks[n].gap == gapOther || a.quotedAt(int(toks[n].start)) {
			return verdict{}
		}
		if toks[n].gap != gapComma {
			continue
		}
		switch w := toks[n].fold; {
		case a.speaks(n) && sayings[w] && w != "saying":
			if v := a.inverted(n, end); v.known() && a.ends(n, end) && a.closing(n, end) {
				return v
			}
		case (w == "he" || w == "she") && n+1 < len(toks) && a.speaks(n+1) && sayings[toks[n+1].fold]:
			return a.pronoun(n)
		case w == "the" || a.orgs[n] != nil:
			if e := a.bodySaid(n, end); e != nil {
				return verdict{voice: voice{org: e}}
			}
		case a.at[n] != nil || n+1 < len(toks) && a.at[n+1] != nil && titleish(w):
			c := a.at[n]
			if c == nil {
				c = a.at[n+1]
			}
			if m := c.last + 1; m < len(toks) && toks[m].gap == gapSpace && sayings[toks[m].fold] && !toks[m].capital && a.ends(m, end) {
				return a.says(c)
			}
		}
	}
	return verdict{}
}

// closing reports whether the first name behind the verb at n is the last thing that the
// sentence says, but for where and when: not "said the Treasury had".
func (a *attribution) closing(n, end int) bool {
	toks := a.f.toks
	for k := n + 1; k < len(toks) && int(toks[k].start) < end; k++ {
		c := a.at[k]
		if c == nil {
			c = a.orgs[k]
		}
		if c == nil {
			continue
		}
		m := c.last + 1
		return m >= len(toks) || int(toks[m].start) >= end || toks[m].gap != gapSpace || prepositions[toks[m].fold] || days[toks[m].fold] || adverbs[toks[m].fold] && !passives[toks[m].fold] && !helps[toks[m].fold] || toks[c.last].possessive
	}
	return true
}

// helps stand before another verb.
var helps = words(`has have had would could will might did does`)

// ends reports whether nothing that is quoted follows in the sentence, and no object of
// the verb at n but a time, a place or a listener.
func (a *attribution) ends(n, end int) bool {
	if m := n + 1; m < len(a.f.toks) && int(a.f.toks[m].start) < end && a.f.toks[m].gap == gapSpace {
		switch a.f.toks[m].fold {
		case "that", "it", "there", "this", "his", "her", "a", "he", "she", "they":
			return false
		}
	}
	return true
}
