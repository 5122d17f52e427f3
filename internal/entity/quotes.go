package entity

import (
	"sort"
	"strings"

	"backfile/internal/news"
	"backfile/internal/text"
)

// adverbs may stand between somebody and the verb of saying.
var adverbs = words(`also later then again has had have earlier previously repeatedly reportedly further always simply often who once on in at`)

// fewest is the number of words under which a quotation that nobody is found to
// have said is no quotation but a word in marks.
const fewest = 4

// reach is how far, in bytes, the words that say who speaks may stand from a
// quotation; sentences of real articles are shorter.
const reach = 2000

// quotes finds what is quoted in the body and who said it.
func (d *document) quotes() []news.Quote {
	f := d.fields[0]
	marks := findQuotes(f.text)
	if len(marks) == 0 {
		return nil
	}
	a := attribution{d: d, f: f, marks: marks, at: make([]*candidate, len(f.toks)), marked: map[int]bool{}}
	for _, c := range f.cands {
		if c.kind == news.Person && !c.dropped {
			for i := c.first; i <= c.last; i++ {
				a.at[i] = c
			}
		}
	}
	var out []news.Quote
	var last *person // who said the quote before
	for i, q := range marks {
		p, blocked := a.speaker(i)
		if p == nil && !blocked && i > 0 && last != nil {
			before := marks[i-1]
			switch {
			case before.para == q.para && a.opensSentence(q):
				p = last
			case before.para+1 == q.para && (before.open || a.alone(q)):
				p = last
			}
		}
		last = p
		n := text.Words(f.text[q.start:q.end])
		if n == 0 || p == nil && n < fewest {
			continue
		}
		nq := news.Quote{Text: f.text[q.start:q.end], Start: q.start, End: q.end}
		if p != nil {
			p.link(d)
			nq.Speaker = &news.Speaker{ID: p.entity.ID, Name: p.entity.Name}
		}
		out = append(out, nq)
	}
	return out
}

// attribution knows, for one body, where persons and quotations stand.
type attribution struct {
	d     *document
	f     *field
	marks []quoted
	at    []*candidate // by token: the person mentioned there
	// marked are the pronouns that are mentions already.
	marked map[int]bool
}

// speaker says who is stated to have said quotation i. blocked says that somebody
// without a name is.
func (a *attribution) speaker(i int) (p *person, blocked bool) {
	if p, blocked = a.behind(i); p != nil || blocked {
		return p, blocked
	}
	return a.before(i)
}

// opensSentence reports whether the quotation begins a sentence of its own.
func (a *attribution) opensSentence(q quoted) bool {
	s := strings.TrimRight(a.f.text[:q.outerStart], " ")
	return strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, ",") || strings.HasSuffix(s, ":")
}

// alone reports whether the quotation's paragraph is nothing but that quotation, so
// that whoever spoke in the paragraph before goes on.
func (a *attribution) alone(q quoted) bool {
	s := a.f.text
	return (q.outerStart == 0 || strings.HasSuffix(s[:q.outerStart], "\n\n")) && (q.outerEnd == len(s) || strings.HasPrefix(s[q.outerEnd:], "\n\n"))
}

// behind reads `," he said`, `," said Mr Blinken` and `," the minister told X`.
func (a *attribution) behind(i int) (*person, bool) {
	q, toks := a.marks[i], a.f.toks
	if q.open {
		return nil, false
	}
	inner := a.f.text[q.start:q.end]
	k := a.f.tokenAt(q.outerEnd)
	stop := len(a.f.text)
	if i+1 < len(a.marks) {
		stop = a.marks[i+1].outerStart
	}
	if k >= len(toks) || int(toks[k].start) >= stop {
		return nil, false
	}
	between := strings.TrimSpace(a.f.text[q.outerEnd:toks[k].start])
	if between != "" && between != "," && between != "—" && between != "–" || strings.Contains(a.f.text[q.outerEnd:toks[k].start], "\n\n") {
		return nil, false
	}
	if strings.HasSuffix(inner, ".") && !strings.HasSuffix(inner, "..") && !sayings[toks[k].fold] && toks[k].capital && between == "" {
		return nil, false // a new sentence
	}
	if sayings[toks[k].fold] && !toks[k].capital {
		return a.inverted(k, stop)
	}
	if toks[k].fold == "according" && k+1 < len(toks) && toks[k+1].fold == "to" {
		return a.source(k+2, stop), true
	}
	// A subject first: a pronoun, or a person within the next words.
	if w := toks[k].fold; w == "he" || w == "she" || w == "er" || w == "sie" {
		if v := a.verb(k + 1); v {
			return a.pronoun(k)
		}
		return nil, false
	}
	for n := 0; n < 8 && k+n < len(toks) && int(toks[k+n].start) < stop; n++ {
		if n > 0 && toks[k+n].gap != gapSpace && toks[k+n].gap != gapDot && toks[k+n].gap != gapHyphen {
			return nil, false
		}
		if c := a.at[k+n]; c != nil {
			if a.verb(c.last+1) || a.apposition(c.last+1) {
				if a.owned(c) {
					return nil, true
				}
				return c.person, c.person == nil
			}
			return nil, false
		}
		if sayings[toks[k+n].fold] && n > 0 {
			return nil, true // "the ministry said"
		}
	}
	return nil, false
}

// source is the person named in the words from k on, which stand behind
// "according to".
func (a *attribution) source(k, stop int) *person {
	for n := k; n < len(a.f.toks) && n < k+7 && int(a.f.toks[n].start) < stop; n++ {
		if c := a.at[n]; c != nil {
			if n > k && a.owned(c) {
				return nil
			}
			return c.person
		}
	}
	return nil
}

// owned reports whether somebody of the person speaks: "a spokeswoman for Mr
// Blinken", "the widow of Peter Blake".
func (a *attribution) owned(c *candidate) bool {
	i := c.first - 1
	for i > 0 && honorifics[a.f.toks[i].fold] != 0 {
		i--
	}
	return i > 0 && a.f.toks[i+1].gap == gapSpace && (a.f.toks[i].fold == "for" || a.f.toks[i].fold == "of" || a.f.toks[i].fold == "to")
}

// inverted reads `said Mr Blinken` and `said Jane Roe`, verb at k.
func (a *attribution) inverted(k, stop int) (*person, bool) {
	toks := a.f.toks
	for n := 1; n <= 9 && k+n < len(toks) && int(toks[k+n].start) < stop; n++ {
		t := &toks[k+n]
		if c := a.at[k+n]; c != nil {
			return c.person, c.person == nil
		}
		if n == 1 && (t.fold == "he" || t.fold == "she" || t.fold == "er" || t.fold == "sie") {
			return a.pronoun(k + 1)
		}
		if t.opens || t.gap == gapNone {
			break
		}
	}
	return nil, true
}

// verb reports whether a verb of saying stands at k, adverbs skipped.
func (a *attribution) verb(k int) bool {
	for n := 0; n < 4 && k+n < len(a.f.toks); n++ {
		t := &a.f.toks[k+n]
		if t.gap != gapSpace && !(n == 0 && t.gap == gapJoint) {
			return false
		}
		if sayings[t.fold] {
			return true
		}
		if !adverbs[t.fold] && !strings.HasSuffix(t.fold, "ly") {
			return false
		}
	}
	return false
}

// apposition reports whether ", the chief whip, said" stands at k.
func (a *attribution) apposition(k int) bool {
	toks := a.f.toks
	if k >= len(toks) || toks[k].gap != gapComma {
		return false
	}
	for n := k + 1; n < min(k+14, len(toks)); n++ {
		switch toks[n].gap {
		case gapComma:
			return sayings[toks[n].fold] || a.verb(n+1) && adverbs[toks[n].fold]
		case gapNone, gapOther:
			return false
		}
	}
	return false
}

// before reads `Mr Blinken warned there would be “…”` and `she said: “…”`: the last
// verb of saying in the sentence before the quotation, and its subject.
func (a *attribution) before(i int) (*person, bool) {
	q, toks := a.marks[i], a.f.toks
	from := a.sentenceStart(i)
	k := a.f.tokenAt(q.outerStart) - 1
	for ; k >= 0 && int(toks[k].start) >= from; k-- {
		if a.quotedAt(int(toks[k].start)) {
			continue
		}
		t := &toks[k]
		if t.fold == "to" && k > 0 && toks[k-1].fold == "according" {
			if p := a.source(k+1, q.outerStart); p != nil {
				return p, false
			}
		}
		if !sayings[t.fold] || t.capital {
			continue
		}
		if k > 0 && (toks[k-1].fold == "to" || toks[k-1].fold == "of" || toks[k-1].fold == "by" || toks[k-1].fold == "the" || toks[k-1].fold == "a") && toks[k-1].gap != gapNone {
			continue // "to say", "the calls"
		}
		return a.subject(k, from)
	}
	return nil, false
}

// sentenceStart is where the sentence that holds the opening mark of quotation i
// begins, in its paragraph.
func (a *attribution) sentenceStart(i int) int {
	q := a.marks[i]
	s := a.f.sentence(max(q.outerStart-1, 0))
	start := s.Start
	if q.outerStart < start || s.End <= q.outerStart && !strings.HasSuffix(strings.TrimRight(a.f.text[:q.outerStart], " "), ":") {
		return q.outerStart
	}
	start = max(start, q.outerStart-reach)
	if k := strings.LastIndex(a.f.text[start:q.outerStart], "\n\n"); k >= 0 {
		start += k + 2
	}
	return start
}

func (a *attribution) quotedAt(at int) bool {
	i := sort.Search(len(a.marks), func(i int) bool { return a.marks[i].outerEnd > at })
	return i < len(a.marks) && a.marks[i].outerStart <= at
}

// subject is whoever does the verb at k, in the sentence that begins at from.
func (a *attribution) subject(k, from int) (*person, bool) {
	toks := a.f.toks
	n := k - 1
	for n >= 0 && int(toks[n].start) >= from && toks[n+1].gap == gapSpace && (adverbs[toks[n].fold] || strings.HasSuffix(toks[n].fold, "ly")) && a.at[n] == nil {
		n--
	}
	if n < 0 || int(toks[n].start) < from {
		return nil, false
	}
	switch {
	case a.quotedAt(int(toks[n].start)): // "…," said Jane Roe, "…": who speaks goes on
		return nil, false
	case a.at[n] != nil && toks[n+1].gap != gapComma && a.owned(a.at[n]):
		return nil, true
	case a.at[n] != nil && toks[n+1].gap != gapComma:
		return a.at[n].person, a.at[n].person == nil
	case toks[n].fold == "he" || toks[n].fold == "she":
		return a.pronoun(n)
	case toks[n].fold == "and" || toks[n].fold == "but":
		return a.opening(from), false
	case toks[n+1].gap == gapComma:
		// "X, the Kremlin spokesman, said": the person before the comma before.
		for m := n; m >= 0 && m > n-12 && int(toks[m].start) >= from; m-- {
			if toks[m].gap == gapComma && m > 0 && a.at[m-1] != nil {
				return a.at[m-1].person, false
			}
			if a.at[m] != nil && m == n {
				return a.at[m].person, false
			}
		}
	}
	return nil, true
}

// opening is the person with whom the sentence begins, if it is about one.
func (a *attribution) opening(from int) *person {
	toks := a.f.toks
	for k := a.f.tokenAt(from); k < len(toks) && k < a.f.tokenAt(from)+7; k++ {
		if c := a.at[k]; c != nil {
			if c.last+1 < len(toks) && toks[c.last+1].gap == gapSpace && !toks[c.last].possessive {
				return c.person
			}
			return nil
		}
		if !toks[k].capital && !roles[toks[k].fold] {
			return nil
		}
	}
	return nil
}
