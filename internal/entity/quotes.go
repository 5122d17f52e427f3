package entity

import (
	"strings"

	"backfile/internal/news"
	"backfile/internal/text"
)

// fewest is the number of words under which a quotation that nobody is found to
// have said is no quotation but a word in marks.
const fewest = 4

// reach is how far, in bytes, the words that say who speaks may stand from a
// quotation; sentences of real articles are shorter.
const reach = 2000

// voice is who says something: a person, or an organisation, or nobody known.
type voice struct {
	person *person
	org    *entity
}

func (v voice) known() bool { return v.person != nil || v.org != nil }

// verdict is what the words beside a quotation say about who speaks.
type verdict struct {
	voice
	// unnamed says that somebody speaks whom the article does not name there.
	unnamed bool
}

func (v verdict) settled() bool { return v.known() || v.unnamed }

var somebody = verdict{unnamed: true}

// quotes finds what is quoted in the body and who said it.
func (d *document) quotes() []news.Quote {
	f := d.fields[0]
	d.quotedAt(f, 0)
	marks := d.quotations
	if len(marks) == 0 {
		return nil
	}
	a := newAttribution(d, f, marks)
	said := make([]verdict, len(marks))
	a.said = said
	for i, q := range marks {
		v := verdict{}
		if i > 0 && a.resumes(i) {
			v = said[i-1]
		}
		if !v.settled() {
			a.asked = -1
			v = a.speaker(i)
			if a.asked >= 0 && v.org == nil {
				a.vague[i] = a.asked
			}
		}
		if v.unnamed && !v.known() {
			var last voice
			if i > 0 {
				last = said[i-1].voice
			}
			if w := a.described(i, last); w.known() {
				v = w
			} else if i > 0 && a.marks[i-1].open && a.marks[i-1].para+1 == q.para && a.opensParagraph(q) && said[i-1].known() && a.definite(i) {
				v = said[i-1] // "…,” the government spokesman said", at the end of what he said
			}
		}
		if !v.settled() || a.subjectless[i] {
			a.asked = -1
			v = a.goesOn(i, said)
			if a.asked >= 0 && v.known() {
				a.vague[i] = a.asked
			}
			if v.known() && a.named(q) {
				v = verdict{}
			}
		}
		if v.unnamed {
			v.voice = voice{}
		}
		said[i] = v
	}
	a.interview(said)
	// A mark left open goes on in the next paragraph, which may be the one to say who
	// speaks: "“It was late.¶“Nobody came,” he said."
	for i := len(marks) - 2; i >= 0; i-- {
		if q, next := marks[i], marks[i+1]; q.open && !said[i].known() && next.para == q.para+1 && a.opensParagraph(next) {
			said[i].voice = said[i+1].voice
		}
	}
	var out []news.Quote
	for i, q := range marks {
		v := said[i]
		n := text.Words(f.text[q.start:q.end])
		if n == 0 || !v.known() && n < fewest || a.work(i) || a.inName(i) {
			continue
		}
		nq := news.Quote{Text: f.text[q.start:q.end], Start: q.start, End: q.end}
		switch {
		case v.person != nil:
			v.person.link(d)
			nq.Speaker = &news.Speaker{ID: v.person.entity.ID, Name: v.person.entity.Name}
		case v.org != nil:
			nq.Speaker = &news.Speaker{ID: v.org.ID, Name: v.org.Name}
		}
		out = append(out, nq)
	}
	return out
}

// work reports whether what quotation i marks is the title of something, which is
// written in capitals, and which nobody is said to have said behind it.
func (a *attribution) work(i int) bool {
	q := a.marks[i]
	inner := a.f.text[q.start:q.end]
	if strings.ContainsAny(inner[len(inner)-1:], ".,!?") {
		return false
	}
	if a.f.flat || a.d.lang != "en" {
		return false
	}
	long, n := 0, 0
	for k := a.f.tokenAt(q.start); k < len(a.f.toks) && int(a.f.toks[k].start) < q.end; k++ {
		t := &a.f.toks[k]
		switch {
		case n == 0 && !t.capital, t.upper && len(t.fold) > 3: // a sign
			return false
		case len(t.fold) > 4 && !t.capital && !t.digit:
			return false
		case len(t.fold) > 3 && t.capital && a.at[k] == nil && a.orgs[k] == nil:
			long++
		}
		n++
	}
	return n > 1 && long > 1 && !a.behind(i).settled()
}

// attribution knows, for one body, where persons and quotations stand.
type attribution struct {
	d     *document
	f     *field
	marks []quoted
	at    []*candidate // by token: the person mentioned there
	orgs  []*candidate // by token: the organisation
	role  []*person    // by token: whom a role there means
	known []bool       // by token: whether any name stands there
	// sents are the sentences, those within a quotation joined.
	sents []text.Range
	// meant has the pronouns that are resolved, by token.
	meant map[int]verdict
	// subjectless are the quotations beside which somebody says it whom the verb does not
	// name, in languages that need not: "«…», explica."
	subjectless map[int]bool
	// asked is the last pronoun that was looked up, or -1; vague are those beside quotations
	// that tell who speaks, if anything does.
	asked int
	vague map[int]int
	// said is who is known to have said the quotations up to the one at hand.
	said []verdict
}

func newAttribution(d *document, f *field, marks []quoted) *attribution {
	n := len(f.toks)
	a := &attribution{d: d, f: f, marks: marks, at: make([]*candidate, n), orgs: make([]*candidate, n), role: make([]*person, n), known: make([]bool, n), meant: map[int]verdict{}, subjectless: map[int]bool{}, vague: map[int]int{}}
	for _, c := range f.cands {
		for i := c.first; i <= c.last && !c.dropped; i++ {
			a.known[i] = true
		}
		if c.dropped || c.form != "" {
			continue
		}
		for i := c.first; i <= c.last; i++ {
			switch c.kind {
			case news.Person:
				a.at[i] = c
			case news.Organisation:
				a.orgs[i] = c
			}
		}
	}
	bearers := map[news.EntityID]*person{}
	for _, p := range d.persons {
		if p.entity != nil {
			bearers[p.entity.ID] = p
		}
	}
	for _, m := range d.marks {
		if m.Form == news.FormRole && m.Field == f.name {
			for k := f.tokenAt(m.Start); k < n && int(f.toks[k].start) < m.End; k++ {
				a.role[k] = bearers[m.Entity]
			}
		}
	}
	for _, r := range f.cuts {
		if k := len(a.sents) - 1; k >= 0 && a.within(r.Start) {
			a.sents[k].End = r.End
			continue
		}
		a.sents = append(a.sents, r)
	}
	return a
}

// within reports whether an offset is inside of a quotation, and no edge of it.
func (a *attribution) within(at int) bool {
	i := a.quoteAt(at)
	return i >= 0 && a.marks[i].outerStart < at && at < a.marks[i].outerEnd
}

func (a *attribution) quoteAt(at int) int { return a.d.quotedAt(a.f, at) }

func (a *attribution) quotedAt(at int) bool { return a.quoteAt(at) >= 0 }

// speaker says who is stated to have said quotation i.
func (a *attribution) speaker(i int) verdict {
	if v := a.transcript(i); v.settled() {
		return v
	}
	if v := a.abroad(i); v.settled() {
		return v
	}
	if a.askedOf(i) || a.inscribed(i) {
		return somebody
	}
	if a.introduces(i) {
		if v := a.before(i); v.settled() {
			return v
		}
	}
	// A quotation in the midst of a sentence is rather of whoever that is about.
	q := a.marks[i]
	inner := a.f.text[q.start:q.end]
	if !a.opensSentence(q) && !strings.HasSuffix(inner, ",") && !strings.HasSuffix(inner, "?") {
		if v := a.trailing(i); v.known() {
			return v
		}
		if v := a.before(i); v.known() {
			return v
		}
	}
	if v := a.behind(i); v.settled() {
		return v
	}
	return a.before(i)
}

// resumes reports whether quotation i is the other half of the one before, with who
// says it between them: "“So you were told,” said the coroner, “and did nothing?”"
func (a *attribution) resumes(i int) bool {
	before, q := a.marks[i-1], a.marks[i]
	between := a.f.text[before.outerEnd:q.outerStart]
	return before.para == q.para && !before.open && strings.HasSuffix(a.f.text[before.start:before.end], ",") && strings.HasSuffix(strings.TrimRight(between, " "), ",") &&
		len(between) < 160 && !a.narrates(before.outerEnd, q.outerStart)
}

// goesOn says who speaks in a quotation beside which nobody is said to: whoever the
// words before it are about, or who spoke last.
func (a *attribution) goesOn(i int, said []verdict) verdict {
	q, s := a.marks[i], a.f.text
	opens := q.outerStart == 0 || strings.HasSuffix(s[:q.outerStart], "\n\n")
	alone := opens && (q.outerEnd == len(s) || strings.HasPrefix(s[q.outerEnd:], "\n\n"))
	if opens {
		if alone {
			if v := a.afterwards(q.outerEnd); v.settled() {
				return v
			}
		}
		// "… spoke for twelve minutes:" and then what was said.
		if before := strings.TrimRight(s[:q.outerStart], "\n"); strings.HasSuffix(before, ":") {
			from := a.paragraphStart(len(before))
			if rs := a.sentencesIn(from, len(before)); len(rs) > 0 {
				return a.label(max(from, rs[len(rs)-1].Start), a.f.tokenAt(len(before))-1)
			}
		}
		if i == 0 || a.marks[i-1].para+1 != q.para {
			if v := a.answers(i, said); v.known() {
				return v
			}
			if alone || q.open {
				v := a.reporting(q.outerStart)
				if i > 0 && !v.settled() {
					v = a.stillAbout(i, said[i-1])
				}
				return v
			}
			return verdict{}
		}
		before := a.marks[i-1]
		if before.open {
			return said[i-1]
		}
		// Two who speak in turn: no telling whose turn it is.
		if a.narrates(before.outerEnd, q.outerStart) {
			return a.reporting(q.outerStart)
		}
		if !alone || strings.HasSuffix(s[before.start:before.end], "?") || i > 1 && a.marks[i-2].para+1 == before.para && a.opensParagraph(a.marks[i-2]) && said[i-2].voice != said[i-1].voice && a.opensParagraph(before) {
			return verdict{}
		}
		return a.unlessAnother(before.outerEnd, q.outerStart, said[i-1])
	}
	if !a.opensSentence(q) {
		return verdict{}
	}
	from := a.paragraphStart(q.outerStart)
	if i > 0 && a.marks[i-1].para == q.para {
		if a.d.lang != "en" && a.introduced(i) {
			return verdict{}
		}
		return a.unlessAnother(a.marks[i-1].outerEnd, q.outerStart, said[i-1])
	}
	return a.about(from, q.outerStart)
}

// answers is who answers the question in which the paragraph before quotation i ends, which
// is the writer's: whoever alone was heard in the three quotations before it.
func (a *attribution) answers(i int, said []verdict) verdict {
	at := a.marks[i].outerStart
	before := strings.TrimRight(a.f.text[:at], "\n")
	if i < 2 || !strings.HasSuffix(before, "?") || a.quotedAt(len(before)-1) {
		return verdict{}
	}
	from := a.paragraphStart(len(before))
	if a.marks[i-1].outerEnd > from {
		return verdict{}
	}
	for k := max(i-3, 0); k < i; k++ {
		if !said[k].known() || said[k].voice != said[i-1].voice {
			return verdict{}
		}
	}
	return said[i-1]
}

// opensParagraph reports whether a quotation stands at a paragraph's beginning.
func (a *attribution) opensParagraph(q quoted) bool {
	return q.outerStart == a.paragraphStart(q.outerStart)
}

// narrates reports whether whole sentences stand between two offsets.
func (a *attribution) narrates(from, to int) bool {
	for _, r := range a.sentencesIn(from, to) {
		if r.Start >= from {
			return true
		}
	}
	return false
}

// reporting is who is said to have said something at the end of the paragraph before
// an offset: "Mr Blake denied it.", and then a quotation alone.
func (a *attribution) reporting(at int) verdict {
	end := len(strings.TrimRight(a.f.text[:at], "\n"))
	if end == 0 {
		return verdict{}
	}
	rs := a.sentencesIn(a.paragraphStart(end), end)
	if len(rs) == 0 {
		return verdict{}
	}
	r := rs[len(rs)-1]
	from := max(r.Start, a.paragraphStart(end))
	sub := a.subjectOf(from, end)
	var k int
	switch {
	case sub.c != nil && sub.c.person != nil:
		k = sub.c.last + 1
	case sub.pronoun >= 0:
		k = sub.pronoun + 1
	default:
		return verdict{}
	}
	if !a.verb(k) && !a.apposition(k) && !a.minded(k) && !(k < len(a.f.toks) && a.f.toks[k].gap == gapComma && a.speaks(k)) {
		return verdict{}
	}
	if sub.pronoun >= 0 {
		return a.pronoun(sub.pronoun)
	}
	return a.says(sub.c)
}

// unlessAnother is who spoke in the quotation before, unless whole sentences between
// are about somebody else.
func (a *attribution) unlessAnother(from, to int, v verdict) verdict {
	for _, r := range a.sentencesIn(from, to) {
		if r.Start < from {
			continue // the rest of the sentence that says who spoke
		}
		sub := a.subjectOf(r.Start, min(r.End, to))
		w := verdict{}
		switch {
		case sub.c != nil && sub.c.person != nil:
			w = verdict{voice: voice{person: sub.c.person}}
		case sub.pronoun >= 0:
			w = a.pronoun(sub.pronoun)
		}
		switch {
		case w.known() && w.person == v.person:
		case w.known() && a.reports(r.Start, min(r.End, to)):
			v = w
		case w.known():
			v = verdict{} // about another, who says nothing yet
		case sub.c != nil || sub.unnamed != "" || sub.org != nil:
			v = verdict{}
		}
	}
	return v
}

// reports reports whether the words between two offsets have a verb of saying.
func (a *attribution) reports(from, to int) bool {
	for k := a.f.tokenAt(from); k < len(a.f.toks) && int(a.f.toks[k].start) < to; k++ {
		if a.speaks(k) && !a.quotedAt(int(a.f.toks[k].start)) {
			return true
		}
	}
	return false
}

// about is the person whom the last sentence between two offsets of a paragraph is
// about: "Mr Patel said he had asked to see the books. “They said, …”"
func (a *attribution) about(from, to int) verdict {
	rs := a.sentencesIn(from, to)
	if len(rs) == 0 {
		return verdict{}
	}
	r := rs[len(rs)-1]
	if v := a.tail(max(r.Start, from), min(r.End, to)); v.settled() {
		return v
	}
	sub := a.subjectOf(max(r.Start, from), min(r.End, to))
	switch {
	case sub.c != nil && sub.c.person != nil:
		return verdict{voice: voice{person: sub.c.person}}
	case sub.pronoun >= 0:
		return a.pronoun(sub.pronoun)
	}
	return verdict{}
}

// tail is who is said to have said what a sentence reports, at its end: "The firm had not
// called, said Jane Roe.", "It would not work, he added."
func (a *attribution) tail(from, to int) verdict {
	toks := a.f.toks
	last := a.f.tokenAt(to) - 1
	for k := last; k > 0 && k > last-8 && int(toks[k].start) > from; k-- {
		if a.quotedAt(int(toks[k].start)) {
			return verdict{}
		}
		if toks[k].gap != gapComma {
			continue
		}
		switch w := toks[k].fold; {
		case a.speaks(k) && sayings[w]:
			return a.inverted(k, to)
		case (w == "he" || w == "she") && k+1 <= last && a.speaks(k+1) && sayings[toks[k+1].fold]:
			return a.pronoun(k)
		case a.at[k] != nil:
			if c := a.at[k]; c.last < last && a.speaks(c.last+1) && sayings[toks[c.last+1].fold] && toks[c.last+1].gap == gapSpace && c.last+1 >= last-3 {
				return a.says(c)
			}
		}
		return verdict{}
	}
	return verdict{}
}

// afterwards reads the paragraph behind a quotation that stands alone: "So said Jane
// Roe", "The speaker was Jane Roe".
func (a *attribution) afterwards(end int) verdict {
	toks := a.f.toks
	k := a.f.tokenAt(end)
	if k >= len(toks) || a.quotedAt(int(toks[k].start)) {
		return verdict{}
	}
	var open strings.Builder
	for n := k; n < len(toks) && n < k+8 && (n == k || !toks[n].opens); n++ {
		if c := a.at[n]; c != nil {
			if c.person != nil && afterwords[strings.TrimSpace(open.String())] {
				return verdict{voice: voice{person: c.person}}
			}
			return verdict{}
		}
		if _, h := honorifics[toks[n].fold]; h || titles[toks[n].fold] && toks[n].capital || toks[n].fold == "the" && n > k {
			continue
		}
		open.WriteString(toks[n].fold + " ")
	}
	return verdict{}
}

// afterwords stand between a quotation and who said it, a paragraph later.
var afterwords = map[string]bool{"so said": true, "so says": true, "the speaker was": true, "the speaker is": true, "the words were those of": true, "the words are those of": true,
	"those were words of": true, "those were words": true, "the words of": true, "thus": true, "thus spoke": true, "that was": true, "so spoke": true,
	"the writer was": true, "the voice was that of": true, "the man who said it was": true, "the woman who said it was": true, "it was": true, "the words belonged to": true,
	"the words belong to": true, "the words were": true, "the words are": true, "this was": true, "so wrote": true, "so writes": true, "those words were": true, "the author was": true}
