package entity

import "backfile/internal/news"

// dress reads the honorifics and titles before a person's name, however the name was
// found: "Mr", "Lt Col", "the Right Rev.", "Foreign Secretary".
func (d *document) dress(c *candidate) {
	toks := c.f.toks
	d.undress(c)
	c.courtesies = c.courtesies[:0]
	from := c.first
	var sex nameSigns
	for i := c.first - 1; i >= 0 && i >= c.first-6; i-- {
		if toks[i+1].opens || toks[i].possessive || !near(toks[i+1].gap) {
			break
		}
		w := toks[i].fold
		s, honorific := honorifics[w]
		if !honorific && !(toks[i].capital && (titles[w] || titleWords[w])) {
			break
		}
		if sex == 0 {
			sex = s | titleSex(w)
		}
		c.honorific = c.honorific || honorific
		c.courtesies = append(c.courtesies, spelt(w))
		from = i
	}
	if from == c.first {
		if i := c.first - 2; i >= 0 && toks[c.first].gap == gapSpace && toks[i+1].fold == "of" && toks[i+1].gap == gapSpace && nobility[toks[i].fold] != 0 && toks[i].capital {
			c.sex, c.honorific, c.title = nobility[toks[i].fold], true, toks[i].fold
			c.courtesies = append(c.courtesies, toks[i].fold)
			return
		}
		c.dressSmall()
		return
	}
	if c.sex == 0 {
		c.sex = sex
	}
	if c.title == "" {
		c.title = key(toks, from, c.first-1)
	}
	// "Mr and Mrs Harold Mair" is Harold; "Mr and Mrs Mair" are two.
	if from >= 2 && toks[from].gap == gapSpace && toks[from-1].fold == "and" && toks[from-1].gap == gapSpace {
		if s, ok := honorifics[toks[from-2].fold]; ok && toks[from-2].capital && s&male != 0 && c.sex&female != 0 {
			if c.single() || particles[toks[c.first].fold] {
				c.couple = true
			}
			c.sex, c.courtesies = male, []string{toks[from-2].fold}
		}
	}
}

// nobility are titles with "of" and a place behind them, which is then a person's name.
var nobility = map[string]nameSigns{"earl": male, "duke": male, "marquess": male, "marquis": male, "viscount": male, "baron": male, "countess": female,
	"duchess": female, "marchioness": female, "viscountess": female, "baroness": female}

// dressSmall reads a title written small: "detective constable Croft" is none of
// those, "sheriff Aileen Docherty" is.
func (c *candidate) dressSmall() {
	toks := c.f.toks
	if c.first == 0 || toks[c.first].opens || toks[c.first].gap != gapSpace {
		return
	}
	if w := toks[c.first-1].fold; ranks[w] && !kin[w] {
		c.courtesies = append(c.courtesies, w)
	}
}

// near reports whether a name may go on over that gap.
func near(g gap) bool { return g == gapSpace || g == gapDot || g == gapHyphen }

// undress cuts honorifics off a name that holds them.
func (d *document) undress(c *candidate) {
	toks := c.f.toks
	for c.first < c.last {
		s, ok := honorifics[toks[c.first].fold]
		if !ok || !toks[c.first].capital || toks[c.first].signs.given() && toks[c.first+1].signs&family != 0 {
			break
		}
		c.first++
		c.sex |= s
		c.key = key(toks, c.first, c.last)
	}
}

// ranks are titles that one of two people of a name may have and the other not: they
// tell which is meant. Mr, Mrs, Miss and Ms tell only the sex.
var ranks = words(`dr prof professor sir dame lord lady baroness baron viscount countess earl duke duchess prince princess king queen emperor sultan emir sheikh sheik
	rev revd reverend bishop archbishop canon cardinal pope father sister brother rabbi imam ayatollah cllr councillor bailie provost alderman mayor
	sgt sergeant cpl corporal pte private lt lieut lieutenant capt captain col colonel gen general maj major brigadier admiral commodore commander marshal
	supt superintendent insp inspector det detective constable pc sheriff judge justice senator sen gov governor rep congressman congresswoman
	advocate representative president chancellor premier minister secretary speaker chairman chairwoman coach skipper deputy ambassador herr frau`)

// inFull leads from ranks cut short to the whole words.
var inFull = map[string]string{"prof": "professor", "rev": "reverend", "revd": "reverend", "cllr": "councillor", "sgt": "sergeant", "cpl": "corporal", "lt": "lieutenant",
	"lieut": "lieutenant", "capt": "captain", "col": "colonel", "gen": "general", "maj": "major", "supt": "superintendent", "insp": "inspector", "det": "detective",
	"pc": "constable", "sen": "senator", "gov": "governor", "adv": "advocate", "doctor": "dr", "pte": "private", "sheik": "sheikh", "rep": "representative", "cmdr": "commander"}

func spelt(w string) string {
	if full, ok := inFull[w]; ok {
		return full
	}
	return w
}

// rank is the rank that a mention's titles tell, or nothing.
func (c *candidate) rank() string {
	for _, w := range c.courtesies {
		if ranks[w] {
			return w
		}
	}
	return ""
}

// aged reports whether the mention says that it means one of several by age: "the
// elder Tate", "Mr Sealey senior".
func (c *candidate) aged() bool {
	toks := c.f.toks
	if i := c.first - 1 - len(c.courtesies); i >= 0 && (toks[i].fold == "elder" || toks[i].fold == "younger" || toks[i].fold == "older") && !toks[c.first].opens {
		return true
	}
	n := c.next()
	return n != nil && !n.capital && (n.fold == "senior" || n.fold == "junior" || n.fold == "snr" || n.fold == "jnr")
}

// families finds the plurals of family names that the article knows: "the Clintons",
// "both Cowies" are persons, and no one of them.
func (d *document) families() {
	for _, c := range d.cands {
		if c.person != nil || c.form != "" || c.org >= 0 || c.kind == news.Person || c.kind == news.Organisation && c.sure {
			continue
		}
		if p := c.prev(); p != nil && several[p.fold] && d.plural(c) {
			c.kind, c.sure, c.dropped, c.places, c.couple = news.Person, true, false, nil, true
		}
	}
}

// plural reports whether a name is the plural of a family name of the article.
func (d *document) plural(c *candidate) bool {
	w := c.key
	if len(w) < 4 || w[len(w)-1] != 's' || len(c.courtesies) > 0 || len(d.surnames[w]) > 0 || c.f.toks[c.last].possessive {
		return false
	}
	return len(d.surnames[w[:len(w)-1]]) > 0 || len(w) > 5 && w[len(w)-2] == 'e' && len(d.surnames[w[:len(w)-2]]) > 0
}

// several stand before a plural.
var several = words(`the both two three four five six all other these those young old many some`)
