package entity

import (
	"slices"

	"backfile/internal/news"
)

// furthest is how many sentences before a pronoun are looked at.
const furthest = 8

// mostSaid is how many sentences of nothing but speech are passed over on the way.
const mostSaid = 40

// pronoun is whom "he" or "she" at token k means: the subject of the sentence, or of
// the last one before it that is about such a person; else the only one that it fits
// there; else nobody. What it finds is marked.
func (a *attribution) pronoun(k int) verdict {
	a.asked = k
	if v, ok := a.meant[k]; ok {
		return v
	}
	a.meant[k] = somebody // whoever asks again meanwhile goes round in a circle
	v := a.antecedent(k)
	a.meant[k] = v
	if v.person != nil {
		a.mark(k, v.person)
	}
	return v
}

func (a *attribution) antecedent(k int) verdict {
	sex := male
	switch w := a.f.toks[k].fold; {
	case w == "her" || w == "sie" || heShe[w] == female:
		sex = female
	}
	if s := a.pronounAbroad(k); s != 0 {
		sex = s
	}
	end := int(a.f.toks[k].start)
	paragraph := a.paragraphStart(end)
	breaks, skipped := 0, 0
	for n, i := 0, a.sentenceIndex(end); n < furthest && i >= 0; n, i = n+1, i-1 {
		if i >= len(a.sents) {
			continue
		}
		r := a.sents[i]
		if n > 0 && skipped < mostSaid && a.saidWhole(r) { // nothing but what somebody says: it tells of nobody
			if paragraph > r.Start {
				paragraph = a.paragraphStart(r.Start + 1)
			}
			n--
			skipped++
			continue
		}
		if r.Start < paragraph {
			if breaks++; breaks > 2 {
				break
			}
			paragraph = a.paragraphStart(max(paragraph-2, 0))
		}
		if v := a.fitting(r.Start, min(r.End, end), sex, k); v.settled() {
			return v
		}
	}
	return somebody
}

// fitting is the person of that sex whom the words between two offsets, outside of
// quotations, are about.
func (a *attribution) fitting(start, end int, sex nameSigns, k int) verdict {
	toks := a.f.toks
	start = max(start, end-reach)
	sub := a.subjectOf(start, end)
	if a.d.lang == "en" && a.overlooked(start, end) || a.d.lang != "en" && a.unheardOf(start, end) {
		return somebody
	}
	own := k < len(toks) && int(toks[k].start) <= end && end == int(toks[k].start)
	if p := sub.c; p != nil && p.person != nil && p.person.sex&sex != 0 {
		return a.says(p)
	}
	other := own && sub.c != nil && sub.c.sexHere(a.d.lex) == 0 && a.otherPronoun(sub.c.last+1, k, sex)
	var fits, sure []*person
	for n := a.f.tokenAt(start); n < len(toks) && int(toks[n].start) < end; n++ {
		c := a.at[n]
		if c == nil || c.first != n || !agree(c.sexHere(a.d.lex), sex) || a.quotedAt(int(toks[n].start)) {
			continue
		}
		// "Asked about Carey's future, he": not Carey.
		if toks[c.last].possessive || own && !other && a.object(c.first) || other && c.person == sub.c.person {
			continue
		}
		if c.person == nil {
			if c.couple {
				continue
			}
			return somebody // one of several, and who can tell which
		}
		if !slices.Contains(fits, c.person) {
			fits = append(fits, c.person)
			if c.person.sex&sex != 0 {
				sure = append(sure, c.person)
			}
		}
	}
	// "The paper said she was into Diana Ross.": she is rather who she was there.
	if sub.c == nil && sub.pronoun < 0 && !own && len(fits) > 0 {
		for n := a.f.tokenAt(start); n < len(toks) && int(toks[n].start) < end && a.at[n] == nil; n++ {
			if w := toks[n].fold; n != k && !a.quotedAt(int(toks[n].start)) && (w == "he" && sex == male || w == "she" && sex == female) {
				return a.pronoun(n)
			}
		}
	}
	switch {
	case sub.c != nil && !other && sub.c.person != nil && agree(sub.c.person.sex, sex) && (sub.c.person.sex != 0 || len(sure) == 0):
		return a.says(sub.c)
	case sub.pronoun >= 0 && sub.pronoun != k && toks[sub.pronoun].fold == toks[k].fold:
		return a.pronoun(sub.pronoun)
	case sub.unnamed != "" && agree(sexOf(sub.unnamed), sex) && !mute[sub.unnamed]:
		return somebody
	case len(fits) == 1:
		return verdict{voice: voice{person: fits[0]}}
	case len(sure) == 1:
		return verdict{voice: voice{person: sure[0]}}
	case len(fits) > 1:
		return somebody
	}
	return verdict{}
}

// overlooked reports whether the words between two offsets begin with what looks like a
// name, and is none that anybody recognised: it may be the person meant.
func (a *attribution) overlooked(start, end int) bool {
	toks := a.f.toks
	from := a.f.tokenAt(start)
	for k := from; k < min(from+5, len(toks)) && int(toks[k].start) < end; k++ {
		t := &toks[k]
		w := t.fold
		if a.at[k] != nil || a.orgs[k] != nil || a.role[k] != nil || a.quotedAt(int(t.start)) || w == "he" || w == "she" || a.speaks(k) {
			return false
		}
		if !t.capital || t.opens || t.digit || a.known[k] || t.upper || k == 0 || t.gap != gapSpace || t.signs&common != 0 {
			continue
		}
		_, h := honorifics[w]
		if h || titles[w] || titleWords[w] || days[w] || months[w] || notNames[w] || heads[w] || prepositions[toks[k-1].fold] || toks[k-1].fold == "the" {
			continue
		}
		if k+1 < len(toks) && (toks[k+1].gap == gapComma || toks[k+1].gap == gapSpace && !toks[k+1].capital) {
			return true
		}
	}
	return false
}

// mute are nouns of things that say something, which no "he" means, and of several.
var mute = words(`notice sign banner placard plaque poster report letter statement headline caption editorial leaflet document paper children people police residents
	villagers neighbours neighbors locals supporters organisers organizers protesters ministers councillors lawyers doctors officials sources star model group`)

// sexHere is what is known of the sex of whom the mention means.
func (c *candidate) sexHere(l *lexicon) nameSigns {
	if c.person != nil {
		return c.person.sex
	}
	if c.sex == 0 && c.single() {
		return l.sex(c.key)
	}
	return c.sex
}

func (a *attribution) mark(k int, p *person) {
	t := &a.f.toks[k]
	p.link(a.d)
	a.d.marks = append(a.d.marks, news.Mention{Kind: news.Person, Text: a.f.text[t.start:t.end], Start: int(t.start), End: int(t.end),
		Entity: p.entity.ID, Form: news.FormPronoun})
}

// otherPronoun reports whether a pronoun of the other sex stands between two tokens, which
// then means whom the sentence is about: "Leslie Field said she had met Mr Roe, and he".
func (a *attribution) otherPronoun(from, to int, sex nameSigns) bool {
	for n := from; n < to; n++ {
		if s := heShe[a.f.toks[n].fold]; s != 0 && s != sex && !a.quotedAt(int(a.f.toks[n].start)) {
			return true
		}
	}
	return false
}
