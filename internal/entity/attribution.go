package entity

import (
	"slices"
	"strings"
)

// utters are verbs that say how somebody speaks; with sayings they stand beside direct
// speech.
var utters = words(`sighed laughed smiled shrugged grinned quipped muttered murmured growled snapped barked thundered roared bellowed yelled screamed sobbed
	groaned grumbled protested retorted countered interjected intervened interrupted conceded concedes agreed agrees maintained maintains contended contends lamented
	laments reflected reflects mused muses wondered wonders enquired inquired pleaded pleads begged begs promised promises ventured opined reckoned reckons reasoned
	proclaimed chanted sang reported reports recounted reminded reminds summed began finished ended posted posts blogged emailed texted messaged wept volunteered
	murmurs sighs laughs smiles jokes chuckled chuckles whispers boasted boasts bragged cautioned cautions advised advises instructed ordered decreed ruled rules ruling
	informed informs assured assures vowed put puts pleaded read-out went goes offered offers chided teased allowed allows confided confides confessed confesses
	fumed fumes gushed raged shot quoth objected objects persisted pressed proposed proposes enthused enthuses chorused cried called boomed drawled cheered hissed
	wailed moaned nodded added barracked appealed marvelled marveled quips observes quavered heckled signed signs shouts cries replies minuted deposed swore swears testifies pleads
	shares shared summarises summarised summarizes summarized`)

// framing are verbs that put a few quoted words into somebody's mouth: "called it “a
// sad day”".
var framing = words(`called calls described describes dubbed dubs branded brands labelled labeled denounced denounces dismissed dismisses hailed hails praised praises
	condemned condemns criticised criticized criticises spoke speaks spoken referred refers likened likens compared blamed blames attacked attacks summed recalled
	acknowledged accepted accepts felt feels thought thinks considered considers put puts promised promises found judged judges ruled rules pronounced cited cites
	expressed expresses voiced voices mocked derided ridiculed hoped wrote termed characterised characterized championed defended defends apologised apologized thanked saluted greeted responded
	pleaded spelled scolded`)

// participles go with the subject of the sentence: "…, adding: “…”".
var participles = words(`saying adding warning insisting arguing telling calling describing declaring writing asking noting claiming explaining announcing stressing
	citing shouting replying remarking concluding observing denouncing dismissing branding hailing promising vowing urging recalling admitting predicting joking tweeting`)

// reporting are verbs of saying that need no quotation beside them.
var reporting = words(`alleged alleges lamented laments conceded concedes maintained maintains contended contends disclosed discloses revealed reveals hinted hints
	pronounced asserted asserts averred protested cautioned cautions`)

// plurals are verbs of saying that are nouns too.
var plurals = words(`states notes claims demands reports calls hopes answers replies comments remarks rules promises pledges vows offers orders attacks shares`)

// wishes stand before "to" and what somebody wants, in the words that he put it in.
var wishes = words(`wished wishes wanted wants hoped hopes intended intends`)

// adverbs may stand between somebody and the verb of saying.
var adverbs = words(`also later then again has had have earlier previously repeatedly reportedly further always simply often who once on in at just never even still now
	only soon already afterwards today yesterday first himself herself went ever long would could might will did does did afterward twice merely quite rather flatly
	monday tuesday wednesday thursday friday saturday sunday is was been being quoted as`)

func (a *attribution) speaks(k int) bool {
	t := &a.f.toks[k]
	return (sayings[t.fold] || utters[t.fold] || a.d.tongue.speech(t.fold)) && !t.capital
}

// before reads `Mr Blinken warned there would be “…”` and `she said: “…”`: the last
// verb of saying in the sentence before the quotation, and its subject.
func (a *attribution) before(i int) verdict {
	q, toks := a.marks[i], a.f.toks
	from := a.sentenceStart(i)
	if from >= q.outerStart {
		return verdict{}
	}
	end := a.f.tokenAt(q.outerStart) - 1
	colon := strings.HasSuffix(strings.TrimRight(a.f.text[:q.outerStart], " "), ":")
	if a.passiveAs(end, from) {
		return verdict{}
	}
	for k := end; k >= 0 && int(toks[k].start) >= from; k-- {
		if a.quotedAt(int(toks[k].start)) {
			continue
		}
		t := &toks[k]
		if t.fold == "to" && k > 0 && toks[k-1].fold == "according" {
			if v := a.source(k+1, q.outerStart); v.known() {
				return v
			}
			if end-k < 7 && !colon && strings.HasSuffix(strings.TrimRight(a.f.text[:q.outerStart], " "), ",") {
				return somebody // "according to its website, “…”"
			}
		}
		if t.capital && !t.opens || a.at[k] != nil || a.orgs[k] != nil {
			continue
		}
		if opinions[t.fold] && (a.inFront(k, from) || k == end || k == end-1 && passives[toks[end].fold]) {
			if v := a.owner(k); v.settled() {
				return v
			}
		}
		switch {
		case participles[t.fold]:
			if v := a.saying(k, from); v.settled() {
				return v
			}
			continue
		case sayings[t.fold], reporting[t.fold], utters[t.fold] && (colon || k == end || k < end && (toks[k+1].fold == "that" || toks[end].fold == "that")), framing[t.fold]:
		case a.moody(k, from):
		case bases[t.fold] && k > 0 && !t.capital:
			if v := a.toSay(k, from); v.settled() {
				return v
			}
			continue
		case wishes[t.fold] && k == end-1 && toks[end].fold == "to":
		default:
			continue
		}
		if a.aside(k, end, from) {
			continue
		}
		if t.capital && t.opens { // "Asked whether …, he said"
			continue
		}
		if k > 0 && toks[k].gap != gapNone && toks[k-1].fold == "to" {
			// "It was left to the spokesman, Mr Sharma, to say, “…”"
			if c := a.at[max(k-2, 0)]; k == end && c != nil {
				return a.says(c)
			}
			continue
		}
		if k > 0 && (toks[k-1].fold == "of" || toks[k-1].fold == "by" || toks[k-1].fold == "the" || toks[k-1].fold == "a" || toks[k-1].fold == "his" || toks[k-1].fold == "her") && toks[k].gap != gapNone {
			continue // "the calls"
		}
		if k > 1 && plurals[t.fold] && toks[k].gap == gapSpace && a.at[k-1] == nil && (prepositions[toks[k-1].fold] || prepositions[toks[k-2].fold] && toks[k-1].gap == gapSpace) {
			continue // "from EU states", "over false claims"
		}
		if k > 0 && passives[toks[k-1].fold] && t.fold != "saying" {
			// "was told by his adviser, Professor Paik, that", "it was put thus by Mr Rees:"
			for m := k + 1; m <= min(k+2, end); m++ {
				if toks[m].fold == "by" && toks[m].gap == gapSpace {
					v := a.source(m+1, q.outerStart)
					v.unnamed = !v.known()
					return v
				}
			}
			if framing[t.fold] {
				return verdict{} // "it was called", perhaps by somebody
			}
			if a.reports(from, int(toks[k-1].start)) && k < end && toks[k+1].fold == "that" {
				continue // "The ministry said that he had been told that “…”"
			}
			return somebody // "he was asked"
		}
		return a.subject(k, from)
	}
	if !colon {
		return verdict{}
	}
	for k := end; k >= 0 && k > end-8 && int(toks[k].start) >= from; k-- {
		if inscribes[toks[k].fold] {
			return somebody // "On a shutter he read, in chalk:"
		}
	}
	return a.label(from, end)
}

// passiveAs reports whether "is known as" or the like ends at token k, which says of no
// one that he called it so, in the sentence that begins at from.
func (a *attribution) passiveAs(k, from int) bool {
	toks := a.f.toks
	if k < 2 || int(toks[k-2].start) < from {
		return false
	}
	if toks[k].fold == "the" || toks[k].fold == "a" {
		k--
	}
	return k >= 2 && toks[k].fold == "as" && (passives[toks[k-2].fold] || toks[k-2].fold == "what") && (calledAs[toks[k-1].fold] || passives[toks[k-1].fold])
}

// calledAs are participles of what goes by a name.
var calledAs = words(`known given listed marked entered recorded registered billed sold styled marketed advertised titled put`)

// opinions are what somebody thinks or answers: "in his view it was “…”", "Jane Roe's
// verdict was “…”".
var opinions = words(`view opinion words verdict response reply answer advice message explanation conclusion judgment judgement assessment reaction retort motto warning`)

// inFront reports whether the opinion at k is the first thing that its sentence says: "In
// Jane Roe's view".
func (a *attribution) inFront(k, from int) bool {
	first := a.f.tokenAt(from)
	w := a.f.toks[first].fold
	return (w == "in" || w == "to") && k-first < 7
}

// owner is whose opinion stands at k.
func (a *attribution) owner(k int) verdict {
	toks := a.f.toks
	if k == 0 || toks[k].gap != gapSpace {
		return verdict{}
	}
	if w := toks[k-1].fold; w == "his" || w == "her" {
		return a.pronoun(k - 1)
	}
	if c := a.at[k-1]; c != nil && toks[c.last].possessive {
		return a.says(c)
	}
	return verdict{}
}

// inscribes are verbs of words that stand somewhere, which nobody need have said who is
// named.
var inscribes = words(`read reads reading carved painted chalked scrawled inscribed engraved printed scratched daubed embroidered emblazoned stencilled`)

var passives = words(`was were been is are being be`)

// label reads what stands before a colon without a verb of saying: "Mr Tunnicliffe:",
// "The chairman, Mrs Marlow:", or a sentence about somebody.
func (a *attribution) label(from, end int) verdict {
	if end < 0 || int(a.f.toks[end].start) < from {
		return verdict{}
	}
	if c := a.at[end]; c != nil && !a.f.toks[c.last].possessive {
		first := a.f.tokenAt(from)
		if w := a.f.toks[max(c.first-1, 0)]; a.d.lang != "en" && c.first == first+2 && definite[a.d.lang][a.f.toks[first].fold] != 0 && !w.capital && !a.d.tongue.role(w.fold) && !titleish(w.fold) && !roles[w.fold] {
			return somebody // "Il caso Cecilia Sala:"
		}
		if c.first-first <= 8 && !a.owned(c) || a.f.toks[c.first].gap == gapComma {
			return a.says(c)
		}
	}
	sub := a.subjectOf(from, int(a.f.toks[end].end))
	switch {
	case sub.c != nil:
		return a.says(sub.c)
	case sub.pronoun >= 0:
		return a.pronoun(sub.pronoun)
	}
	if o := a.openingBody(from); o != nil && o.entity != nil && o.last < end && a.verb(o.last+1) {
		return verdict{voice: voice{org: o.entity}} // "The Evening Post reported:"
	}
	if sub.org != nil || sub.unnamed != "" {
		return somebody
	}
	return verdict{}
}

// saying reads a participle at k: it goes with the subject of the sentence, but for
// "participants quoted her as saying".
func (a *attribution) saying(k, from int) verdict {
	toks := a.f.toks
	if k >= 3 && toks[k].fold == "saying" && toks[k-1].fold == "as" {
		if c := a.at[k-2]; c != nil {
			return a.says(c)
		}
		switch toks[k-2].fold {
		case "her", "him":
			return a.pronoun(k - 2)
		case "quoted": // "Mr Blake was quoted as saying"
		default:
			return somebody
		}
	}
	return a.bySubject(from, int(toks[k].start))
}

// bySubject is the subject of the sentence between two offsets.
func (a *attribution) bySubject(from, to int) verdict {
	sub := a.subjectOf(from, to)
	switch {
	case sub.c != nil:
		return a.says(sub.c)
	case sub.pronoun >= 0:
		return a.pronoun(sub.pronoun)
	case sub.org != nil && sub.org.entity != nil:
		return verdict{voice: voice{org: sub.org.entity}}
	}
	return somebody
}

// sentenceStart is where the sentence that holds the opening mark of quotation i
// begins, in its paragraph.
func (a *attribution) sentenceStart(i int) int {
	q := a.marks[i]
	k := a.sentenceIndex(max(q.outerStart-1, 0))
	if k >= len(a.sents) {
		return q.outerStart
	}
	s := a.sents[k]
	start := s.Start
	if q.outerStart < start || s.End <= q.outerStart && !strings.HasSuffix(strings.TrimRight(a.f.text[:q.outerStart], " "), ":") {
		return q.outerStart
	}
	return max(start, a.paragraphStart(q.outerStart))
}

// subject is whoever does the verb at k, in the sentence that begins at from.
func (a *attribution) subject(k, from int) verdict {
	toks := a.f.toks
	n := k - 1
	if n > 0 && times[toks[n].fold] && lasts[toks[n-1].fold] && toks[k].gap == gapSpace && toks[n-1].gap == gapSpace && int(toks[n-1].start) > from {
		n -= 2
	}
	for n >= 0 && int(toks[n].start) >= from && toks[n+1].gap == gapSpace && (adverbs[toks[n].fold] || strings.HasSuffix(toks[n].fold, "ly")) && a.at[n] == nil && toks[n].fold != "who" {
		n--
	}
	if n < 0 || int(toks[n].start) < from {
		return verdict{}
	}
	comma := toks[n+1].gap == gapComma
	if strings.HasPrefix(a.f.text[toks[n].full:], ")") { // "David Cowie (Conservative) told"
		for m := n; m > 0 && m > n-8; m-- {
			if toks[m].gap == gapParen {
				n, comma = m-1, false
				break
			}
		}
	}
	switch c := a.at[n]; {
	case a.quotedAt(int(toks[n].start)): // "…," said Jane Roe, "…": who speaks goes on
		return verdict{}
	case c != nil && !comma && (a.owned(c) || a.paired(c) || toks[c.last].possessive):
		if v := a.apposed(c.first, from); v.known() {
			return v // "Lorna Baxter of the Mail said"
		}
		return somebody
	case c != nil && !comma:
		return a.says(c)
	case heShe[toks[n].fold] != 0:
		return a.pronoun(n)
	case toks[n].fold == "it":
		v := a.itself(n)
		v.unnamed = !v.known()
		return v
	case toks[n].fold == "who" && n > 0 && toks[n].gap == gapComma:
		if c := a.at[n-1]; c != nil {
			return a.says(c)
		}
		if o := a.orgs[n-1]; o != nil && a.ownedAt(o.first) {
			return a.apposed(n, from) // "Jane Roe of the Harbour Board, who said"
		}
		return somebody
	case toks[n].fold == "and" || toks[n].fold == "but" || toks[n].fold == "then":
		return a.bySubject(from, int(toks[n].start))
	case comma:
		// "X, the Kremlin spokesman, said": the sentence is about X, or the person
		// before the comma before speaks.
		sub := a.subjectOf(from, int(toks[k].start))
		if sub.c != nil && sub.c.last+1 < len(toks) && toks[sub.c.last+1].gap == gapComma {
			return a.says(sub.c)
		}
		if o := a.openingBody(from); o != nil && toks[o.last+1].gap == gapComma && o.last < n {
			return verdict{voice: voice{org: o.entity}, unnamed: o.entity == nil}
		}
		for m := n; m >= 0 && m > n-14 && int(toks[m].start) >= from; m-- {
			if toks[m].gap == gapComma && m > 0 && a.at[m-1] != nil && !a.owned(a.at[m-1]) {
				return a.says(a.at[m-1])
			}
			if a.at[m] != nil && m == n {
				return a.says(a.at[m])
			}
		}
		return a.bySubject(from, int(toks[k].start))
	}
	if p := a.role[n]; p != nil {
		m := n
		for m > 0 && a.role[m-1] == p {
			m--
		}
		if a.ownedAt(m) {
			return somebody // "a spokesman for the Minister said"
		}
		return verdict{voice: voice{person: p}}
	}
	if p := a.theCalled(n); p != nil {
		return verdict{voice: voice{person: p}}
	}
	if v := a.kinOf(n, from); v.known() {
		return v
	}
	if papers[toks[n].fold] && n > 0 {
		if toks[n-1].fold == "his" || toks[n-1].fold == "her" {
			return a.pronoun(n - 1)
		}
		if c := a.at[n-1]; c != nil {
			return a.says(c)
		}
	}
	if e := a.theBody(n); e != nil {
		return verdict{voice: voice{org: e}}
	}
	if o := a.orgs[n]; o != nil {
		if v := a.apposed(o.first, from); v.known() {
			return v
		}
		if v := a.headed(o.first, from); v.known() {
			return v
		}
		if !a.ownedAt(o.first) && !toks[o.last].possessive && o.entity != nil {
			return verdict{voice: voice{org: o.entity}}
		}
		return somebody
	}
	// "Jane Roe, of Kirkwall said"; "Lorna Baxter from Leith said"
	if v := a.apposed(n+1, from); v.known() {
		return v
	}
	if v := a.headed(n+1, from); v.known() {
		return v
	}
	return somebody
}

// openingBody is the body that the sentence from an offset on begins with, or nil.
func (a *attribution) openingBody(from int) *candidate {
	toks := a.f.toks
	k := a.f.tokenAt(from)
	if k < len(toks) && toks[k].fold == "the" {
		k++
	}
	if k >= len(toks) || a.orgs[k] == nil || a.orgs[k].first != k || a.orgs[k].last+1 >= len(toks) || toks[a.orgs[k].last].possessive {
		return nil
	}
	return a.orgs[k]
}

// apposed is the person with whom the sentence begins, if all that stands between the
// name and token n says where she is from or whose she is: "Jane Roe of Leith said".
func (a *attribution) apposed(n, from int) verdict {
	toks := a.f.toks
	k := a.f.tokenAt(from)
	for ; k < n && a.at[k] == nil; k++ {
		if _, h := honorifics[toks[k].fold]; !h && !titles[toks[k].fold] && !(toks[k].opens && toks[k].signs == common) && !roles[toks[k].fold] {
			return verdict{}
		}
	}
	if k >= n || a.at[k] == nil {
		return verdict{}
	}
	c := a.at[k]
	m := c.last + 1
	if m >= n || toks[m].gap != gapSpace || !slices.Contains([]string{"of", "from", "at", "for", "with", "in", "on", "during"}, toks[m].fold) || toks[c.last].possessive || n-m > 9 {
		return verdict{}
	}
	for ; m < n; m++ {
		if !near(toks[m].gap) && toks[m].gap != gapAnd || a.at[m] != nil || passives[toks[m].fold] || a.speaks(m) || toks[m].fold == "that" || toks[m].fold == "who" {
			return verdict{}
		}
	}
	return a.says(c)
}
