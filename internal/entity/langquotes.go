package entity

import (
	"strings"

	"backfile/internal/text"
)

// speechAbroad are verbs of saying of languages that have no list of their own.
var speechAbroad = map[string]set{
	"da": words("siger sagde fortæller fortalte forklarer forklarede udtaler tilføjer mener lyder skriver slutter udbryder fastslår understreger oplyser erkender påpeger"),
	"no": words("sier sa forteller fortalte forklarer forklarte mener skriver skrev svarer legger innrømmer understreker opplyser"),
	"nb": words("sier sa forteller fortalte forklarer forklarte mener skriver skrev svarer legger innrømmer understreker opplyser"),
	"sv": words("säger sade sa berättar berättade förklarar förklarade skriver skrev menar svarar tillägger konstaterar uppger"),
}

// pronouns of one person by language; those of several, as far as a verb of one cannot
// stand beside them, need no care.
var pronounsAbroad = map[string]map[string]nameSigns{
	"de": {"er": male, "sie": female},
	"fr": {"il": male, "elle": female},
	"es": {"él": male, "ella": female},
	"it": {"lui": male, "lei": female},
	"nl": {"hij": male, "ze": female, "zij": female},
	"pt": {"ele": male, "ela": female},
	"da": {"han": male, "hun": female},
	"no": {"han": male, "hun": female},
	"nb": {"han": male, "hun": female},
	"sv": {"han": male, "hon": female},
}

// ofAbroad are prepositions behind which nobody speaks.
var ofAbroad = words(`von vom über mit an am für bei beim gegen zu zum zur aus im in nach vor wegen um auf unter zwischen neben ohne durch
		de du des d à au aux sur avec pour contre chez par selon dans entre sans sous
		del al con para sobre contra por según en entre
		ad di del della dello dei degli delle al alla allo da dal dalla su sul sulla con per contro fra tra nel nella
		van aan met voor tegen over bij op uit door naar tot
		do da dos das ao com para sobre por pelo pela em no na
	af til om hos ved på fra med mot`)

// abroad says who is stated to speak in quotation i, as other languages than English put
// it. What it does not know it leaves to the rules for all.
func (a *attribution) abroad(i int) verdict {
	if a.d.lang == "en" || pronounsAbroad[a.d.lang] == nil {
		return verdict{}
	}
	if v := a.abroadBehind(i); v.settled() {
		return v
	}
	if v := a.abroadBefore(i); v.settled() {
		return v
	}
	if v := a.sourced(i); v.settled() {
		return v
	}
	if v := a.indirect(i); v.known() {
		return v
	}
	return a.ahead(i)
}

// definite are articles before somebody whom the words before have named, with the sex
// that they tell.
var definite = map[string]map[string]nameSigns{
	"de": {"der": male, "die": female}, "fr": {"le": male, "la": female}, "es": {"el": male, "la": female}, "it": {"il": male, "la": female}, "pt": {"o": male, "a": female},
}

// theOne is whom the sentence before the quotation is about, where “…”, with “sagt der
// Kapitän” behind it, calls him by what he is.
func (a *attribution) theOne(i, k int) verdict {
	sex := definite[a.d.lang][a.f.toks[k].fold]
	elided := a.d.lang == "fr" && a.f.toks[k].fold == "l" // "l’artisan" may be either
	if sex == 0 && !elided {
		return somebody
	}
	if k+1 < len(a.f.toks) && otherThan[a.f.toks[k+1].fold] {
		return somebody
	}
	at := a.marks[i].outerStart
	from := a.paragraphStart(at)
	if from == at && from > 2 && (i == 0 || a.marks[i-1].outerEnd < a.paragraphStart(from-2)) {
		from = a.paragraphStart(from - 2)
	}
	v := a.about(from, at)
	if v.person == nil || v.person.sex != sex && !elided {
		if k+1 < len(a.f.toks) && (a.plainly(k+1) || a.ofAge(k+1) || a.ofYears(k+1)) {
			if v := a.heardHere(i, at, sex); v.known() {
				return v
			}
		}
		return somebody
	}
	return v
}

// says tells a verb of saying of the article's language.
func (a *attribution) saysAbroad(k int) bool {
	t := &a.f.toks[k]
	return !t.capital && (a.d.tongue.speech(t.fold) || a.d.tongue != nil && a.d.tongue.utters[t.fold] || speechAbroad[a.d.lang][t.fold])
}

// pronounAbroad is the sex that a pronoun at k tells.
func (a *attribution) pronounAbroad(k int) nameSigns {
	if k < 0 || k >= len(a.f.toks) {
		return 0
	}
	t := &a.f.toks[k]
	if t.fold == "el" && !strings.EqualFold(a.f.text[t.start:t.end], "él") {
		return 0 // the article
	}
	return foldedPronouns[a.d.lang][t.fold]
}

var foldedPronouns = func() map[string]map[string]nameSigns {
	m := map[string]map[string]nameSigns{}
	for code, list := range pronounsAbroad {
		m[code] = map[string]nameSigns{}
		for w, s := range list {
			m[code][text.FoldWord(w)] = s
		}
	}
	return m
}()

// abroadBehind reads `“…”, sagt Mehmet Kaya`, `«…», a rapporté sur place le porte-parole,
// Jean Roux`, `“…”, so Kaya`.
func (a *attribution) abroadBehind(i int) verdict {
	q, toks := a.marks[i], a.f.toks
	k := a.f.tokenAt(q.outerEnd)
	stop := len(a.f.text)
	if i+1 < len(a.marks) {
		stop = a.marks[i+1].outerStart
	}
	if q.open || k >= len(toks) || int(toks[k].start) >= stop {
		return verdict{}
	}
	gap := a.f.text[q.outerEnd:toks[k].start]
	if between := strings.TrimSpace(gap); between != "" && between != "," && between != "–" && between != "—" && between != "-" || strings.Contains(gap, "\n\n") {
		return verdict{}
	}
	if w := toks[k].fold; a.d.lang == "de" && w == "wie" && a.pronounAbroad(k+1) != 0 {
		// "“…”, wie er am Montag sagte"
		for n := k + 2; n < min(k+10, len(toks)) && int(toks[n].start) < stop && toks[n].gap == gapSpace && !toks[n].opens; n++ {
			if a.saysAbroad(n) {
				return a.pronoun(k + 1)
			}
		}
		return verdict{}
	}
	verb := k
	if a.d.tongue.helps(toks[k].fold) && k+1 < len(toks) {
		verb++
	}
	// "se défend le directeur", "a-t-elle déclaré"
	for verb < k+3 && verb+1 < len(toks) && (reflexives[toks[verb].fold] || verb > k && verb < k+3 && (toks[verb].fold == "t" || a.pronounAbroad(verb) != 0)) {
		if a.pronounAbroad(verb) != 0 && a.d.tongue.helps(toks[k].fold) {
			return a.pronoun(verb)
		}
		verb++
	}
	so := a.d.lang == "de" && toks[k].fold == "so" && !toks[k].capital && strings.TrimSpace(gap) != ""
	if !so && !a.saysAbroad(verb) && !a.invertedAbroad(verb) {
		return verdict{}
	}
	v := a.follows(verb, stop, true)
	if !v.known() && nullSubjects[a.d.lang] && (verb+1 >= len(toks) || int(toks[verb+1].start) >= stop) {
		a.subjectless[i] = true
		return somebody
	}
	if !v.known() && verb+1 < len(toks) && int(toks[verb+1].start) < stop {
		if w := a.officeAbroad(verb + 1); w.known() {
			return w
		}
		if w := a.theOne(i, verb+1); w.known() {
			return w
		}
		if nullSubjects[a.d.lang] && (toks[verb+1].opens || toks[verb+1].gap != gapSpace || ofAbroad[toks[verb+1].fold] || abroadAdverbs[toks[verb+1].fold]) {
			a.subjectless[i] = true
			return somebody // "«…», explica.": whoever spoke before, or whom the words before are about
		}
	}
	return v
}

// reflexives stand before some verbs of saying: "se défend Jeanne Roux".
var reflexives = words(`se s si me`)

// follows is who stands behind the verb of saying at k; behind a quotation nobody else
// can be meant, and an unnamed speaker is one.
func (a *attribution) follows(k, stop int, behind bool) verdict {
	toks := a.f.toks
	for n := k + 1; n < len(toks) && n <= k+12 && int(toks[n].start) < stop; n++ {
		t := &toks[n]
		if t.gap == gapNone || t.opens || strings.ContainsAny(a.f.text[toks[n-1].full:t.start], ":;.!?\n") && t.gap != gapDot {
			break
		}
		if n == k+1 && t.gap == gapComma && !behind {
			return verdict{} // "sagt, …"
		}
		if a.pronounAbroad(n) != 0 && n <= k+2 && !t.capital {
			return a.pronoun(n)
		}
		if c := a.at[n]; c != nil {
			first := c.first
			for first > k+1 && (a.d.tongue.role(toks[first-1].fold) || titleish(toks[first-1].fold)) && toks[first].gap == gapSpace {
				first--
			}
			prev := toks[first-1].fold
			if toks[c.last].possessive || first-1 > k && ofAbroad[prev] {
				n = c.last
				continue
			}
			// "sagt der Sprecher, den Kaya ernannt hat": no apposition
			if m := c.last + 1; toks[c.first].gap == gapComma && m < len(toks) && toks[m].gap == gapSpace && !toks[m].capital && !ofAbroad[toks[m].fold] {
				break
			}
			return a.says(c)
		}
		if o := a.orgs[n]; o != nil && n == o.first && !toks[o.last].possessive {
			article := n == k+2 && a.d.tongue != nil && len(toks[n-1].fold) <= 3 && !ofAbroad[toks[n-1].fold] && !toks[n-1].capital
			if next := o.next(); (n == k+1 || article) && o.entity != nil && (next == nil || !next.capital) && (o.last+1 >= len(toks) || toks[o.last+1].gap != gapHyphen) {
				return verdict{voice: voice{org: o.entity}}
			}
			n = o.last
			continue
		}
		if n > k+1 && a.saysAbroad(n) {
			break
		}
	}
	if behind {
		return somebody
	}
	return verdict{}
}

// abroadBefore reads `Kaya sagte am Montag: “…”`, `Er rät: “…”`, `In dem Brief schreibt
// Kaya: “…”`, with the verb of saying in the sentence before the quotation.
func (a *attribution) abroadBefore(i int) verdict {
	q, toks := a.marks[i], a.f.toks
	from := a.sentenceStart(i)
	if from >= q.outerStart {
		return verdict{}
	}
	lead := strings.TrimRight(a.f.text[:q.outerStart], " \n")
	end := a.f.tokenAt(q.outerStart) - 1
	colon := strings.HasSuffix(lead, ":")
	if !colon && !strings.HasSuffix(lead, ",") {
		return a.partialAbroad(i)
	}
	for k := end; k >= 0 && int(toks[k].start) >= from; k-- {
		if a.quotedAt(int(toks[k].start)) {
			return verdict{}
		}
		if !a.saysAbroad(k) {
			continue
		}
		if !colon && k != end {
			return a.partialAbroad(i)
		}
		if v := a.precedes(k, from); v.settled() {
			return v
		}
		if v := a.officeFirst(from, k); v.known() {
			return v
		}
		if v := a.follows(k, q.outerStart, false); v.settled() {
			return v
		}
		if colon && k+2 < len(toks) && definite[a.d.lang][toks[k+1].fold] != 0 && toks[k+1].gap == gapSpace && a.plainly(k+2) && k+2 == end {
			if v := a.officeAbroad(k + 1); v.known() {
				return v
			}
			if v := a.heardHere(i, from, definite[a.d.lang][toks[k+1].fold]); v.known() {
				return v
			}
		}
		return verdict{}
	}
	if !colon || end < 0 || int(toks[end].start) < from {
		return verdict{}
	}
	// "Anna Roth über Max Kaya: “…”" is hers.
	if c := a.at[end]; c != nil && c.first > 0 && int(toks[c.first-1].start) >= from && ofAbroad[toks[c.first-1].fold] {
		if b := a.at[max(c.first-2, 0)]; b != nil && a.f.tokenAt(from) == b.first {
			return a.says(b)
		}
		return somebody
	}
	return verdict{}
}

// precedes is who stands before the verb at k and does it.
func (a *attribution) precedes(k, from int) verdict {
	toks := a.f.toks
	n := k - 1
	for n >= 0 && int(toks[n].start) >= from && k-n <= 3 && !toks[n].capital && toks[n+1].gap == gapSpace && a.pronounAbroad(n) == 0 && abroadAdverbs[toks[n].fold] {
		n--
	}
	if n >= 0 && int(toks[n].start) >= from && a.d.tongue.helps(toks[n].fold) {
		n--
	}
	if n < 0 || int(toks[n].start) < from {
		return verdict{}
	}
	if toks[n+1].gap == gapSpace {
		if a.pronounAbroad(n) != 0 && (n == 0 || toks[n].opens || !a.saysAbroad(n-1)) {
			return a.pronoun(n)
		}
		if c := a.at[n]; c != nil && !toks[c.last].possessive {
			first := c.first
			for first > 0 && int(toks[first].start) > from && toks[first].gap == gapSpace && (a.d.tongue.role(toks[first-1].fold) || titleish(toks[first-1].fold)) {
				first--
			}
			if int(toks[first].start) <= from || toks[first].opens || !ofAbroad[toks[first-1].fold] {
				return a.says(c)
			}
			return somebody
		}
		if v := a.officeAbroad(n - 1); v.known() {
			return v
		}
		if o := a.orgs[n]; o != nil && !toks[o.last].possessive && o.entity != nil && (int(toks[o.first].start) <= from || !ofAbroad[toks[o.first-1].fold]) {
			return verdict{voice: voice{org: o.entity}}
		}
		return verdict{}
	}
	// "Anna Roth, Leiterin des Amtes, sagt:"
	if toks[n+1].gap == gapComma && n+1 == k {
		if c := a.at[a.f.tokenAt(from)]; c != nil && c.last+1 < len(toks) && toks[c.last+1].gap == gapComma && k-c.last < 16 {
			for m := c.last + 2; m < k; m++ {
				if toks[m].gap == gapComma && m > c.last+1 || a.at[m] != nil {
					return verdict{}
				}
			}
			return a.says(c)
		}
	}
	return verdict{}
}

// abroadAdverbs may stand between a subject and its verb.
var abroadAdverbs = words(`aber auch jedoch dagegen hingegen selbst dann später schon nun dazu wiederum ha hat hatte heeft a nous lui y se lo le også`)
