package entity

import (
	"strings"

	"backfile/internal/text"
)

// Whom words of other languages than English mean that name nobody: "sagt der Leseforscher",
// "Er weist darauf hin, dass …", and German sentences whose verbs tell that they are
// somebody else's.

// strangers are nouns of somebody who has no name, in languages where any noun has a
// capital; "dieser", "ein" before them say so.
var strangers = map[string]set{
	"de": words(`user nutzer nutzerin userin mann frau mitarbeiter mitarbeiterin anwohner anwohnerin nachbar nachbarin zeuge zeugin augenzeuge augenzeugin kollege kollegin kunde kundin
		besucher besucherin passant passantin leser leserin zuschauer zuschauerin insider fan fahrgast polizist polizistin händler händlerin beamter beamtin bewohner bewohnerin
		militärexperte sprecher sprecherin experte expertin freund freundin rentner rentnerin schüler schülerin student studentin lehrer lehrerin`),
}

// someone are words before such a noun.
var someone = words(`ein eine einer dieser diese jener jene anderer andere weiterer weitere`)

// stranger reports whether the noun at k is somebody without a name: "dieser User", "eine
// Nachbarin".
func (a *attribution) stranger(k int) bool {
	toks := a.f.toks
	return k > 0 && strangers[a.d.lang][toks[k].fold] && toks[k].gap == gapSpace && someone[toks[k-1].fold] &&
		(k+1 >= len(toks) || a.at[k+1] == nil && (toks[k+1].gap != gapSpace || !toks[k+1].capital))
}

// otherThan are nouns of somebody who is another than whoever spoke before.
var otherThan = words(`sprecher sprecherin richter richterin staatsanwalt staatsanwältin polizist polizistin nachbar nachbarin moderator moderatorin journalist journalistin anwalt anwältin
	verteidiger verteidigerin portavoz porte-parole portavoce juge juez fiscal procureur avocat avocate abogado abogada fuentes`)

// plainly reports whether the noun at k is a role that somebody may be called by who has
// been named: a role of the language's list, or in German what ends in one.
func (a *attribution) plainly(k int) bool {
	w := a.f.toks[k].fold
	if otherThan[w] || strangers[a.d.lang][w] {
		return false
	}
	if a.d.tongue.role(w) {
		return true
	}
	if a.d.lang != "de" || a.d.tongue == nil || !a.f.toks[k].capital {
		return false
	}
	for r := range a.d.tongue.roles {
		if len(r) > 4 && len(w) > len(r)+2 && strings.HasSuffix(w, r) && !otherThan[r] {
			return true
		}
	}
	return false
}

// heardHere is who was heard last in the paragraph before an offset, or in the one before if
// it is its beginning, where that names nobody else whose sex fits.
func (a *attribution) heardHere(i, at int, sex nameSigns) verdict {
	from := a.paragraphStart(at)
	if strings.TrimSpace(a.f.text[from:at]) == "" && from > 2 || a.sentenceIndex(from) == a.sentenceIndex(max(at-1, 0)) && from > 2 {
		from = a.paragraphStart(from - 2)
	}
	var p *person
	for k := a.f.tokenAt(from); k < len(a.f.toks) && int(a.f.toks[k].start) < at; k++ {
		c := a.at[k]
		if c == nil || c.first != k || a.quotedAt(int(a.f.toks[k].start)) {
			continue
		}
		if c.person == nil || p != nil && p != c.person {
			return verdict{}
		}
		p = c.person
	}
	if p == nil && i > 0 && a.marks[i-1].outerEnd > from {
		p = a.said[i-1].person
	}
	if p == nil || !agree(p.sex, sex) {
		return verdict{}
	}
	return verdict{voice: voice{person: p}}
}

// subjunctive are German verbs that tell what somebody has said: "Die Politik habe nicht im
// Blick, …".
var subjunctive = words(`sei seien habe werde müsse könne solle wolle dürfe gebe gehe komme stehe brauche bleibe lasse bringe mache nehme liege führe würden würde hätten
	verkenne zeige entspreche gelte wisse handele handle drohe lege helfe fehle sehe halte trage schade diene gehöre rechne koste biete verstehe erwarte arbeite spreche`)

// indirect is whose words are reported in the German sentence in which quotation i stands,
// if its verb tells that they are somebody's and the paragraph before it has one who speaks.
func (a *attribution) indirect(i int) verdict {
	q, toks := a.marks[i], a.f.toks
	if a.d.lang != "de" {
		return verdict{}
	}
	from := max(a.sentenceStart(i), a.paragraphStart(q.outerStart))
	k := a.sentenceIndex(max(q.outerStart-1, 0))
	if from >= q.outerStart || k >= len(a.sents) || from <= a.paragraphStart(q.outerStart) {
		return verdict{}
	}
	reported := false
	first, last := a.f.tokenAt(q.outerStart), a.f.tokenAt(q.outerEnd)
	for n := a.f.tokenAt(from); n < len(toks) && int(toks[n].start) < a.sents[k].End; n++ {
		if a.quotedAt(int(toks[n].start)) {
			continue
		}
		if a.at[n] != nil || a.saysAbroad(n) || framesAbroad["de"][toks[n].fold] && !toks[n].capital || toks[n].fold == "laut" || toks[n].fold == "so" && toks[n].gap == gapComma || a.stranger(n) {
			return verdict{}
		}
		near := int(toks[n].start) > q.outerEnd && n < last+8 || int(toks[n].start) < q.outerStart && n > first-12
		reported = reported || near && subjunctive[toks[n].fold] && !toks[n].capital
	}
	if !reported {
		return verdict{}
	}
	start := a.paragraphStart(q.outerStart)
	if i > 0 && a.marks[i-1].outerStart >= start && a.said[i-1].person != nil && !a.others(a.marks[i-1].outerEnd, from, a.said[i-1].person) && !a.reportsBetween(a.marks[i-1].outerEnd, from) {
		return a.said[i-1]
	}
	rs := a.sentencesIn(start, from)
	for len(rs) > 1 && a.onlyReported(max(rs[len(rs)-1].Start, start), min(rs[len(rs)-1].End, from)) {
		rs = rs[:len(rs)-1]
	}
	if len(rs) == 0 {
		return verdict{}
	}
	r := rs[len(rs)-1]
	end := min(r.End, from)
	if !a.reports(max(r.Start, start), end) && !a.frames(max(r.Start, start), end) {
		return verdict{}
	}
	for n := a.f.tokenAt(end) - 1; n > 0 && int(toks[n].start) > r.Start && n > a.f.tokenAt(end)-6; n-- {
		if a.saysAbroad(n) && toks[n].gap == gapComma { // "…, schreibt er."
			return a.follows(n, end, true)
		}
	}
	sub := a.subjectOf(max(r.Start, start), end)
	switch {
	case sub.c != nil && sub.c.person != nil:
		return a.says(sub.c)
	case sub.pronoun >= 0:
		return a.pronoun(sub.pronoun)
	}
	return verdict{}
}

// selvesAbroad are words with which somebody speaks of himself.
var selvesAbroad = map[string]set{
	"de": words(`ich mir mich mein meine meinem meinen meiner wir uns unser unsere unserem unseren unserer`),
	"fr": words(`je me moi mon ma mes nous notre nos`), "es": words(`yo me mí mi mis nosotros nos nuestro nuestra nuestros nuestras`),
	"it": words(`io mi me mio mia miei mie noi ci nostro nostra nostri nostre`), "nl": words(`ik me mij mijn wij we ons onze`), "pt": words(`eu me mim meu minha meus minhas nós nos nosso nossa`),
}

// ahead is who is told of right behind quotation i, with which the paragraph begins and in
// which somebody speaks of himself: "„Ich bin mehr als zufrieden.“ Trainer Jan Roth war
// bester Laune".
func (a *attribution) ahead(i int) verdict {
	q, toks := a.marks[i], a.f.toks
	if !a.opensParagraph(q) || q.open || !a.firstPerson(q) {
		return verdict{}
	}
	inner := a.f.text[q.start:q.end]
	if !strings.HasSuffix(inner, ".") && !strings.HasSuffix(inner, "!") && !strings.HasSuffix(inner, "…") {
		return verdict{}
	}
	k := a.f.tokenAt(q.outerEnd)
	if k >= len(toks) || toks[k].gap == gapNone || !toks[k].capital {
		return verdict{}
	}
	for n := k; n < min(k+5, len(toks)) && (n == k || near(toks[n].gap)); n++ {
		if c := a.at[n]; c != nil {
			if c.person == nil || toks[c.last].possessive || n > k && ofAbroad[toks[n-1].fold] {
				return verdict{}
			}
			return a.says(c)
		}
		if n > k && ofAbroad[toks[n].fold] {
			break
		}
	}
	return verdict{}
}

// inName reports whether quotation i is but the name of a paper or another body, behind "im"
// or "gegenüber": "sagte er dem „Tagblatt“".
func (a *attribution) inName(i int) bool {
	q, toks := a.marks[i], a.f.toks
	k, end := a.f.tokenAt(q.start), a.f.tokenAt(q.end)
	if k >= end || end-k >= fewest || strings.ContainsAny(a.f.text[q.end-1:q.end], ".,!?") {
		return false
	}
	all := true
	for n := k; n < end; n++ {
		if a.orgs[n] == nil {
			all = false
		}
		if !toks[n].capital && (n == k || n == end-1) {
			return false
		}
	}
	if a.d.lang == "de" && k > 0 && toks[k-1].capital && !toks[k-1].opens && a.at[k-1] == nil && int(toks[k-1].start) >= a.paragraphStart(q.outerStart) && strings.TrimSpace(a.f.text[toks[k-1].full:q.outerStart]) == "" {
		return true // "des Accounts „Irish for Trump“"
	}
	return all || k > 0 && int(toks[k-1].start) >= a.paragraphStart(q.outerStart) && (toks[k-1].fold == "im" || toks[k-1].fold == "gegenuber" || toks[k-1].fold == "gegenüber" || toks[k-1].fold == "beim")
}

// reportsBetween reports whether a whole sentence between two offsets has a verb of saying,
// and so perhaps somebody who speaks.
func (a *attribution) reportsBetween(from, to int) bool {
	for _, r := range a.sentencesIn(from, to) {
		for k := a.f.tokenAt(r.Start); r.Start >= from && k < len(a.f.toks) && int(a.f.toks[k].start) < min(r.End, to); k++ {
			if a.saysAbroad(k) {
				return true
			}
		}
	}
	return false
}

// sources are words before whoever says something, of a sentence that he does not begin:
// "según asegura Campo", "selon Mme Roux".
var sources = map[string]set{"es": words("según"), "fr": words("selon"), "it": words("secondo"), "pt": words("segundo"), "nl": words("volgens"), "de": words("laut")}

// sourceAbroad is who is named right behind such a word at token k.
func (a *attribution) sourceAbroad(k, stop int) verdict {
	toks := a.f.toks
	for n := k + 1; n < min(k+8, len(toks)) && int(toks[n].start) < stop && (n == k+1 || near(toks[n].gap) || toks[n].gap == gapJoint); n++ {
		if a.quotedAt(int(toks[n].start)) {
			return verdict{}
		}
		if c := a.at[n]; c != nil {
			if toks[c.last].possessive || n > k+1 && ofAbroad[toks[n-1].fold] {
				return verdict{}
			}
			return a.says(c)
		}
		if o := a.orgs[n]; o != nil {
			if o.entity == nil || n > k+1 && ofAbroad[toks[n-1].fold] || o.next() != nil && o.next().capital {
				return verdict{}
			}
			return verdict{voice: voice{org: o.entity}}
		}
	}
	return verdict{}
}

// sourced is who is named as the source of the sentence in which quotation i stands: at its
// beginning, or at its end behind a comma.
func (a *attribution) sourced(i int) verdict {
	q, toks := a.marks[i], a.f.toks
	from := a.sentenceStart(i)
	if from < q.outerStart {
		if k := a.f.tokenAt(from); k < len(toks) && sources[a.d.lang][toks[k].fold] {
			return a.sourceAbroad(k, q.outerStart)
		}
	}
	s := a.sentenceIndex(q.outerEnd - 1)
	if q.open || s >= len(a.sents) {
		return verdict{}
	}
	end := min(a.sents[s].End, q.outerEnd+reach)
	for n := a.f.tokenAt(q.outerEnd); n < len(toks) && int(toks[n].start) < end; n++ {
		if a.quotedAt(int(toks[n].start)) {
			continue
		}
		comma := toks[n].gap == gapComma || strings.HasPrefix(strings.TrimLeft(a.f.text[toks[max(n-1, 0)].full:toks[n].start], "»”\"' "), ",")
		if sources[a.d.lang][toks[n].fold] && (comma || n == a.f.tokenAt(q.outerEnd)) {
			return a.sourceAbroad(n, end)
		}
		if a.saysAbroad(n) {
			return verdict{}
		}
	}
	return verdict{}
}

// officeFirst is whom the office means with which the sentence begins, if nobody is named up
// to the verb at k: "El portavoz de la Asociación destaca que …".
func (a *attribution) officeFirst(from, k int) verdict {
	n := a.f.tokenAt(from)
	if n+1 >= k || k-n > 10 {
		return verdict{}
	}
	for m := n; m < k; m++ {
		if a.at[m] != nil || a.pronounAbroad(m) != 0 && m > n || m > n && a.f.toks[m].gap != gapSpace && a.f.toks[m].gap != gapJoint || m > n && m < k && a.saysAbroad(m) {
			return verdict{}
		}
	}
	if v := a.officeAbroad(n); v.known() {
		return v
	}
	if sex := definite[a.d.lang][a.f.toks[n].fold]; sex != 0 && n+2 == k && a.plainly(n+1) {
		return a.heardHere(-1, from, sex)
	}
	return verdict{}
}

// years are words behind an age: "l’artisan de 59 ans".
var years = words(`ans años anni anos jaar`)

// ofAge reports whether the noun at k has an age behind it.
func (a *attribution) ofAge(k int) bool {
	toks := a.f.toks
	return k+3 < len(toks) && ofAbroad[toks[k+1].fold] && toks[k+2].digit && years[toks[k+3].fold]
}

// introduced reports whether a sentence with a colon leads to quotation i, of more than "Und:",
// which says that somebody speaks whom the rules do not find: "La vecina coincide: «…»".
func (a *attribution) introduced(i int) bool {
	q := a.marks[i]
	from := max(a.sentenceStart(i), a.paragraphStart(q.outerStart))
	if i > 0 {
		from = max(from, a.marks[i-1].outerEnd)
	}
	lead := strings.TrimRight(a.f.text[min(from, q.outerStart):q.outerStart], " ")
	if !strings.HasSuffix(lead, ":") || len(strings.Fields(lead)) < 3 {
		return false
	}
	sub := a.subjectOf(from, q.outerStart)
	return sub.c == nil && sub.pronoun < 0
}

// onlyReported reports whether a German sentence tells by its verb alone that it is
// somebody's: "Das habe sich bereits gezeigt."
func (a *attribution) onlyReported(from, to int) bool {
	reported := false
	for n := a.f.tokenAt(from); n < len(a.f.toks) && int(a.f.toks[n].start) < to; n++ {
		if a.at[n] != nil || a.saysAbroad(n) || a.stranger(n) {
			return false
		}
		reported = reported || subjunctive[a.f.toks[n].fold] && !a.f.toks[n].capital
	}
	return reported
}

// unheardOf reports whether the words between two offsets begin with a name that nobody
// recognised, which is said to say something: "Ophir aus Buffalo sagte". "Er" behind it may
// be whoever that is.
func (a *attribution) unheardOf(from, to int) bool {
	toks := a.f.toks
	k := a.f.tokenAt(from)
	if k >= len(toks) || !toks[k].capital || a.d.tongue == nil || a.d.tongue.opens(toks[k].fold) || a.at[k] != nil || a.orgs[k] != nil || a.role[k] != nil || a.known[k] || a.pronounAbroad(k) != 0 || a.quotedAt(int(toks[k].start)) ||
		definite[a.d.lang][toks[k].fold] != 0 || ofAbroad[toks[k].fold] || toks[k].fold == "sie" {
		return false
	}
	for n := k + 1; n < min(k+5, len(toks)) && int(toks[n].start) < to; n++ {
		if a.at[n] != nil || toks[n].gap == gapComma {
			return false
		}
		if a.saysAbroad(n) {
			return true
		}
	}
	return false
}

// lastNames are words for the last who was named: "Ce dernier rappelle".
var lastNames = map[string]nameSigns{"ce dernier": male, "cette dernière": female, "este último": male, "esta última": female, "quest’ultimo": male, "quest’ultima": female}

// theLast is whom "ce dernier" means, with which the sentence begins that has the verb at k:
// who was named last in the sentence before, in its paragraph.
func (a *attribution) theLast(from, k int) verdict {
	toks := a.f.toks
	n := a.f.tokenAt(from)
	if n+1 >= k || n+1 >= len(toks) {
		return verdict{}
	}
	sex := lastNames[strings.ToLower(a.f.text[toks[n].start:toks[n+1].end])]
	if sex == 0 {
		return verdict{}
	}
	for m := n - 1; m >= 0 && int(toks[m].start) >= a.paragraphStart(from); m-- {
		if c := a.at[m]; c != nil && !a.quotedAt(int(toks[m].start)) {
			if c.person == nil || !agree(c.person.sex, sex) {
				return verdict{}
			}
			return a.says(c)
		}
	}
	return verdict{}
}

// frames reports whether a verb between two offsets puts words into somebody's mouth: "Er
// warf dem Paar Fahrlässigkeit vor."
func (a *attribution) frames(from, to int) bool {
	for k := a.f.tokenAt(from); k < len(a.f.toks) && int(a.f.toks[k].start) < to; k++ {
		if t := &a.f.toks[k]; !t.capital && framesAbroad[a.d.lang][t.fold] && !a.quotedAt(int(t.start)) {
			return true
		}
	}
	return false
}

// ofYears reports whether "31-Jährige" or the like stands at k.
func (a *attribution) ofYears(k int) bool {
	toks := a.f.toks
	return k+1 < len(toks) && toks[k].digit && toks[k+1].gap == gapHyphen && strings.HasPrefix(toks[k+1].fold, text.FoldWord("jährig"))
}
