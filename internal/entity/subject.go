package entity

import "strings"

// subject is whom a sentence is about, as far as its words tell.
type subject struct {
	c   *candidate // a person
	org *candidate
	// pronoun is the token of "he" or "she", or -1.
	pronoun int
	// unnamed is the noun of somebody without a name: "a spokeswoman".
	unnamed string
	// many says that several do it: "Jane Roe and Peter Blake".
	many bool
}

// persons without a name, beside roles.
var nobodies = words(`man woman boy girl official officials source sources critic reader caller passenger witness figure insider employee worker shopper visitor tourist
	monitor protester protestor demonstrator fan observer customer parent pensioner bystander onlooker policeman policewoman fireman waiter waitress barman barmaid clerk
	delegate member spectator walker motorist cyclist landlord landlady tenant shopkeeper trader guard translator interpreter juror relative stranger youth youngster
	child children people police residents villagers neighbours neighbors locals supporters organisers organizers protesters ministers councillors lawyers doctors
	colleague backer rival elder pundit notice sign banner placard plaque poster report letter statement headline caption editorial leaflet document paper sources`)

// determiners and openers that a subject may begin with, and prepositions whose
// objects are no subjects.
var prepositions = words(`of for by with from to in on at against about than like near between over under behind before after around through into without within beside
	besides including towards toward during despite among amid upon outside inside across off past since until per via`)

// subjectOf reads the words between two offsets up to the subject of the sentence.
func (a *attribution) subjectOf(from, to int) subject {
	toks := a.f.toks
	none := subject{pronoun: -1}
	k := a.f.tokenAt(from)
	verbs := 0
	start := k
	begins := k < len(toks) && prepositions[toks[k].fold]
	if k < len(toks) && toks[k].opens && (begins || subordinate[toks[k].fold]) {
		if s, ok := a.mainClause(k, to); ok {
			return s
		}
	}
	for n := 0; n < 40 && k < len(toks) && int(toks[k].start) < to; n++ {
		t := &toks[k]
		if k > start && t.gap == gapNone {
			break
		}
		if i := a.quoteAt(int(t.start)); i >= 0 {
			k = a.f.tokenAt(a.marks[i].outerEnd)
			continue
		}
		if t.opens && t.fold == "the" && a.d.lang == "en" {
			if c := a.aged(k); c != nil {
				return subject{c: c, pronoun: -1}
			}
		}
		switch c := a.at[k]; {
		case c != nil:
			k = c.last + 1
			if toks[c.last].possessive {
				continue // "Mutai's husband Joseph": go on to him
			}
			if a.object(c.first) {
				if !begins && k < len(toks) && toks[k].gap == gapComma && dets[toks[k].fold] {
					// "by Jane Roe, the head of it,": no new subject
					for k++; k < len(toks) && near(toks[k].gap); k++ {
						if a.at[k] != nil {
							break
						}
					}
				}
				continue
			}
			if a.coupled(c.last) {
				return subject{pronoun: -1, many: true}
			}
			return subject{c: c, pronoun: -1}
		case heShe[t.fold] != 0, a.d.lang != "en" && t.fold != "sie" && a.pronounAbroad(k) != 0:
			return subject{pronoun: k}
		case a.d.lang != "en" && a.stranger(k) && !a.object(k-1):
			return subject{pronoun: -1, unnamed: t.fold}
		case a.role[k] != nil:
			// The person of a role may stand behind it: "the sheriff, Aileen Docherty".
			if c := a.behindRole(k, to); c != nil {
				return subject{c: c, pronoun: -1}
			}
			for _, c := range a.d.cands {
				if c.person == a.role[k] {
					return subject{c: c, pronoun: -1}
				}
			}
		case a.orgs[k] != nil:
			o := a.orgs[k]
			if next := o.next(); !toks[o.last].possessive && !a.object(o.first) && (next != nil && !next.capital && !roles[next.fold] && !nobodies[next.fold] && next.signs != 0 || a.relative(o.last+1)) {
				return subject{org: o, pronoun: -1}
			}
			k = o.last + 1
			continue
		case !t.capital && (roles[t.fold] || nobodies[t.fold]) && !a.object(k) && t.gap == gapSpace && (n < 8 || verbs > 0), t.opens && nobodies[t.fold]:
			if c := a.behindRole(k, to); c != nil {
				return subject{c: c, pronoun: -1}
			}
			if k > 1 && (toks[k-1].fold == "a" || toks[k-1].fold == "an") && toks[k-2].fold == "as" {
				break // "As a parent, she"
			}
			if !t.possessive && !a.modifies(k) {
				if p := a.fronted(k, to); p >= 0 {
					return subject{pronoun: p}
				}
				return subject{pronoun: -1, unnamed: t.fold}
			}
		case t.opens && (t.fold == "they" || t.fold == "we" || t.fold == "i" || t.fold == "there" || t.fold == "it" || t.fold == "you"):
			return none
		case !t.capital && (sayings[t.fold] || utters[t.fold]):
			verbs++
		}
		k++
	}
	return none
}

// fronted is the pronoun that the noun at k stands in apposition to, or -1: "The daughter
// of a signalman, she left school at 14".
func (a *attribution) fronted(k, to int) int {
	toks := a.f.toks
	for n := k + 1; n < min(k+9, len(toks)) && int(toks[n].start) < to && !toks[n].opens; n++ {
		switch {
		case toks[n].gap == gapComma && heShe[toks[n].fold] != 0:
			return n
		case toks[n].gap != gapSpace && toks[n].gap != gapHyphen, a.speaks(n), a.at[n] != nil, toks[n].fold == "who", passives[toks[n].fold]:
			return -1
		}
	}
	return -1
}

// relative reports whether ", which" or ", who" stands at k.
func (a *attribution) relative(k int) bool {
	toks := a.f.toks
	return k < len(toks) && toks[k].gap == gapComma && (toks[k].fold == "which" || toks[k].fold == "who" || toks[k].fold == "whose")
}

var dets = words(`a an the his her their its`)

// object reports whether what begins at token i, titles left out, stands behind a
// preposition.
func (a *attribution) object(i int) bool {
	toks := a.f.toks
	for i > 0 && !toks[i].opens && near(toks[i].gap) {
		w := toks[i-1].fold
		_, h := honorifics[w]
		if !h && !titles[w] && !titleWords[w] && !roles[w] && w != "the" && w != "a" && w != "an" && w != "his" && w != "her" && w != "their" && w != "late" && w != "former" {
			if w == "and" && i > 1 && a.at[i-2] != nil { // "like Marcus Garvey and Malcolm X"
				i = a.at[i-2].first
				continue
			}
			return prepositions[w] || a.d.lang != "en" && ofAbroad[w]
		}
		i--
	}
	return false
}

// coupled reports whether "and" and another person follow.
func (a *attribution) coupled(last int) bool {
	toks := a.f.toks
	if last+2 >= len(toks) || toks[last+1].fold != "and" || toks[last+1].gap != gapSpace {
		return false
	}
	for k := last + 2; k < min(last+6, len(toks)); k++ {
		if a.at[k] != nil {
			return true
		}
		_, h := honorifics[toks[k].fold]
		if !h && !titles[toks[k].fold] && !roles[toks[k].fold] && toks[k].fold != "his" && toks[k].fold != "her" && toks[k].fold != "the" {
			return false
		}
	}
	return false
}

// modifies reports whether the noun at k stands before another noun: "school
// teachers", "police officer".
func (a *attribution) modifies(k int) bool {
	toks := a.f.toks
	if k+1 >= len(toks) || toks[k+1].gap != gapSpace && toks[k+1].gap != gapHyphen {
		return false
	}
	w := toks[k+1].fold
	return roles[w] || nobodies[w]
}

// behindRole is the person whose role the noun at k is: "spokesman Dmitri Peskov",
// "the owner of the fish, Mr Wang Jun", "the man was Vladimir Lukin".
func (a *attribution) behindRole(k, to int) *candidate {
	toks := a.f.toks
	for n := k + 1; n < min(k+12, len(toks)) && int(toks[n].start) < to; n++ {
		t := &toks[n]
		if t.gap == gapNone || t.opens || a.quotedAt(int(t.start)) {
			return nil
		}
		c := a.at[n]
		if c == nil || c.first != n {
			if n == k+1 && t.gap == gapSpace && (t.fold == "was" || t.fold == "is") {
				continue
			}
			if a.speaks(n) {
				return nil
			}
			continue
		}
		i := n
		for i > k+1 && near(toks[i].gap) && (titleish(toks[i-1].fold)) {
			i--
		}
		if k+2 == i && near(toks[i].gap) && toks[i-1].capital && toks[i-1].gap == gapComma { // "another officer, Wing Commander Jane Roe"
			i--
		}
		adjacent := i == k+1 && near(toks[i].gap)
		comma := toks[i].gap == gapComma
		being := i == k+2 && (toks[k+1].fold == "was" || toks[k+1].fold == "is")
		if (adjacent || comma || being) && !toks[c.last].possessive {
			return c
		}
		if prepositions[toks[i-1].fold] || toks[i-1].fold == "the" {
			n = c.last
			continue
		}
		return nil
	}
	return nil
}

func titleish(w string) bool {
	_, h := honorifics[w]
	return h || titles[w] || titleWords[w]
}

// sexOf is what a noun for somebody tells.
func sexOf(noun string) nameSigns {
	switch {
	case femaleNouns[noun]:
		return female
	case maleNouns[noun], strings.HasSuffix(noun, "man") && noun != "woman":
		return male
	}
	return 0
}

var femaleNouns = words(`woman spokeswoman mother daughter sister wife girl aunt grandmother widow queen actress chairwoman policewoman barmaid waitress girlfriend
	granddaughter niece landlady princess businesswoman congresswoman countrywoman fiancée`)
var maleNouns = words(`man spokesman father son brother husband boy uncle grandfather widower waiter fisherman policeman chairman fireman king prince boyfriend grandson
	nephew landlord barman businessman congressman countryman fiancé`)
