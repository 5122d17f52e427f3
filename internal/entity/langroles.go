package entity

// Who speaks in other languages than English, where the words give no name: an office
// that the article has given to somebody, a verb without a subject, a few words put
// into somebody's mouth within a sentence.

// framesAbroad put a few quoted words into somebody's mouth: "spricht von einem
// „Skandal“", "a évoqué un feu « d'une violence rare »".
var framesAbroad = map[string]set{
	"de": words(`spricht sprach nennt nannte genannt bezeichnet bezeichnete lobt lobte kritisiert kritisierte beschreibt beschrieb bezeichnen fordert forderte verlangt verlangte will wirft warf
		sieht sah hält hielt zeigte zeigt versprach verspricht weist wies verweist verwies fand`),
	"fr": words(`évoque évoqué parle parlé qualifié qualifie promis promet dénoncé dénonce fustigé fustige réclame réclamé demande demandé appelle appelé décrit salué salue veut voulu craint redoute jugé juge`),
	"es": words(`calificó calificado califica habló habla llamó llama tachó tacha pidió pide exigió exige prometió promete denunció denuncia criticó critica describió describe consideró considera
		defendió defiende reclamó reclama tildó`),
	"it": words(`parla parlato definito definisce chiede chiesto promette promesso denuncia denunciato`),
	"pt": words(`chamou classificou falou pediu prometeu criticou considerou descreveu`),
	"nl": words(`noemt noemde sprak spreekt vraagt vroeg beschrijft`),
}

// nullSubjects are the languages whose verbs need no word for him who speaks.
var nullSubjects = map[string]bool{"es": true, "it": true, "pt": true}

// bearerAbroad is the one person whom the article has given an office by a noun, before
// the name or beside it ("la ministre de la Santé, Jeanne Roux", "Jeanne Roux, ministre
// de la Santé,"), before an offset; or nil.
func (a *attribution) bearerAbroad(noun string, before int) *person {
	toks := a.f.toks
	if !a.d.tongue.role(noun) && !titles[noun] && !roles[noun] {
		return nil
	}
	return a.onlyPerson(before, func(c *candidate, k int) bool {
		called := false
		for n := c.first - 1; n >= 0 && n > c.first-8 && !toks[n+1].opens && a.at[n] == nil && !a.saysAbroad(n); n-- {
			called = called || toks[n].fold == noun
		}
		for n := k; n < len(toks) && toks[k].gap == gapComma && n < min(k+5, len(toks)) && !toks[n].opens && (n == k || near(toks[n].gap)); n++ {
			called = called || toks[n].fold == noun
		}
		return called
	})
}

// officeAbroad is whom "der Minister", "la maire" means, with its article at token k.
func (a *attribution) officeAbroad(k int) verdict {
	toks := a.f.toks
	if k < 0 || k+1 >= len(toks) || definite[a.d.lang][toks[k].fold] == 0 || toks[k+1].gap != gapSpace && toks[k+1].gap != gapJoint {
		return verdict{}
	}
	if p := a.bearerAbroad(toks[k+1].fold, int(toks[k].start)); p != nil {
		return verdict{voice: voice{person: p}}
	}
	return verdict{}
}

// partialAbroad says who is said to have used the few words of quotation i, which stand within
// a sentence of his: "Er sprach von einem „Skandal“".
func (a *attribution) partialAbroad(i int) verdict {
	q, toks := a.marks[i], a.f.toks
	from := a.sentenceStart(i)
	if from >= q.outerStart {
		return verdict{}
	}
	for k := a.f.tokenAt(q.outerStart) - 1; k >= 0 && int(toks[k].start) >= from && a.f.tokenAt(q.outerStart)-k < 20; k-- {
		if a.quotedAt(int(toks[k].start)) {
			return verdict{}
		}
		if !a.saysAbroad(k) && !framesAbroad[a.d.lang][toks[k].fold] || toks[k].capital {
			continue
		}
		if v := a.precedes(k, from); v.settled() {
			return v
		}
		if v := a.officeFirst(from, k); v.known() {
			return v
		}
		if v := a.theLast(from, k); v.known() {
			return v
		}
		if v := a.follows(k, q.outerStart, false); v.settled() && a.f.tokenAt(q.outerStart)-k < 12 {
			return v
		}
		if sex := definite[a.d.lang][toks[min(k+1, len(toks)-1)].fold]; sex != 0 && k+2 < len(toks) && (a.ofYears(k+2) || a.plainly(k+2)) {
			if v := a.officeAbroad(k + 1); v.known() {
				return v
			}
			if v := a.heardHere(-1, from, sex); v.known() {
				return v
			}
			return somebody
		}
		sub := a.subjectOf(from, int(toks[k].start))
		switch {
		case sub.c != nil:
			return a.says(sub.c)
		case sub.pronoun >= 0:
			return a.pronoun(sub.pronoun)
		}
		return verdict{}
	}
	return verdict{}
}

// conjunctionsAbroad are words that begin no verb behind a quotation.
var conjunctionsAbroad = words(`und aber doch oder denn weil dass wenn als wie während nachdem obwohl der die das ein eine sondern sowie so auch dann
	et mais ou car que qui quand lorsque comme puis dont où ni
	y e o pero que cuando porque quien aunque mientras
	ma perché quando che mentre
	en maar want omdat die dat
	mas porque quando enquanto`)

// invertedAbroad reports whether the small word at k behind a quotation, with a name or a
// pronoun right behind it, is a verb that says how somebody speaks: "schimpft Jane Roe".
func (a *attribution) invertedAbroad(k int) bool {
	toks := a.f.toks
	if toks[k].capital || k+1 >= len(toks) || toks[k+1].gap != gapSpace && toks[k+1].gap != gapHyphen || ofAbroad[toks[k].fold] || conjunctionsAbroad[toks[k].fold] || len(toks[k].fold) < 4 {
		return false
	}
	n := k + 1
	for n < len(toks) && n < k+3 && (titleish(toks[n].fold) || a.d.tongue.role(toks[n].fold)) && a.at[n] == nil {
		n++
	}
	return n < len(toks) && (a.at[n] != nil && a.at[n].first == n || n == k+1 && a.pronounAbroad(n) != 0)
}
