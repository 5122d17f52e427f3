package entity

import (
	"strings"

	"backfile/internal/news"
)

// roles marks "the Foreign Secretary", "the sheriff", "the council leader" where the
// article has said who that is, and nobody else in it is called so.
func (d *document) roles() {
	bearers := d.bearersOfRoles()
	if len(bearers) == 0 {
		return
	}
	book := newPhrases[*office](len(bearers))
	for t, o := range bearers {
		if o.person != nil {
			book.put(t, o)
		}
	}
	for _, f := range d.fields {
		taken := make([]bool, len(f.toks)+1)
		for _, c := range f.cands {
			if !c.dropped {
				for i := c.first; i <= c.last; i++ {
					taken[i] = true
				}
			}
		}
		for i := 1; i < len(f.toks); i++ {
			t := &f.toks[i]
			if f.toks[i-1].fold != "the" || t.gap != gapSpace || taken[i] {
				continue
			}
			o, n := book.longest(f.toks, i, func(n int) bool {
				for k := i; k < i+n; k++ {
					if taken[k] || k > i && f.toks[k].gap != gapSpace {
						return false
					}
				}
				return true
			})
			last := i + n - 1
			if n == 0 || f == o.f && i < o.at || !standsAlone(f, last) {
				continue
			}
			o.person.link(d)
			d.marks = append(d.marks, news.Mention{Kind: news.Person, Text: f.text[t.start:f.toks[last].end], Start: int(t.start), End: int(f.toks[last].end),
				Entity: o.person.entity.ID, Form: news.FormRole, Field: f.name})
		}
	}
}

// office is a role of one person of the article, and where it is first said whose it
// is; person is nil if several bear it.
type office struct {
	person *person
	f      *field
	at     int
}

// standsAlone reports whether the role that ends at token i is not said to be of
// something else: "the minister of Norway", "the Minister Blake".
func standsAlone(f *field, i int) bool {
	if i+1 >= len(f.toks) || f.toks[i+1].gap != gapSpace || f.toks[i+1].opens {
		return true
	}
	n := &f.toks[i+1]
	return !n.capital && n.fold != "of" && n.fold != "for" && n.fold != "at" && n.fold != "from" && n.fold != "who" && !roles[n.fold] && !nobodies[n.fold] && !heads[n.fold] && !f.toks[i].possessive
}

// bearersOfRoles gathers whose title stands before a name, and what somebody is called
// beside it: "the council leader, Moira Groat", "Moira Groat, the council leader,".
func (d *document) bearersOfRoles() map[string]*office {
	out := map[string]*office{}
	add := func(role string, c *candidate) {
		if o, ok := out[role]; !ok {
			out[role] = &office{c.person, c.f, c.first}
		} else if o.person != c.person {
			o.person = nil
		}
	}
	for _, c := range d.cands {
		if c.person == nil || c.dropped || c.f.flat {
			continue
		}
		toks := c.f.toks
		if c.title != "" && !c.honorific {
			add(c.title, c)
			if k := strings.LastIndexByte(c.title, ' '); k > 0 && titles[c.title[k+1:]] {
				add(c.title[k+1:], c) // "the chief", of Police Chief Jane Roe
			}
		}
		if w := c.lastCourtesy(); w == "justice" {
			add("judge", c)
		} else if ranks[w] && !styles[w] {
			add(w, c)
		}
		for _, w := range c.courtesies {
			for _, noun := range callings[w] {
				add(noun, c)
			}
		}
		if testifies(c) {
			add("witness", c)
		}
		if d.charged(c) {
			add("defendant", c)
			add("accused", c)
		}
		// "spokesman Dmitri Peskov", "the council leader, Moira Groat"
		if i := c.first - 1 - len(c.courtesies); i >= 0 && !toks[i+1].opens && (toks[i+1].gap == gapSpace || toks[i+1].gap == gapComma) {
			d.addRole(c, i, add)
		}
		// "Moira Groat, the leader of the council," and "Moira Groat, 61, a shop steward"
		k := c.last + 1
		if k < len(toks) && toks[k].gap == gapComma && toks[k].digit {
			k++
		}
		if k+1 < len(toks) && toks[k].gap == gapComma && (toks[k].fold == "the" || toks[k].fold == "a" || toks[k].fold == "an") {
			for n := k + 1; n < min(k+6, len(toks)) && near(toks[n].gap) && !toks[n].opens; n++ {
				if toks[n].fold == "of" || toks[n].fold == "for" || toks[n].fold == "who" || toks[n].fold == "to" {
					break
				}
				if n+1 >= len(toks) || toks[n+1].gap != gapSpace || toks[n+1].signs&common != 0 && !roles[toks[n+1].fold] {
					d.addRole(c, n, add)
				}
			}
		}
	}
	d.unshare(out)
	return out
}

// callings are what those who bear a rank are called by later: "the officer said".
var callings = map[string][]string{"sergeant": {"officer"}, "constable": {"officer"}, "inspector": {"officer"}, "superintendent": {"officer"}, "detective": {"officer"},
	"dr": {"gp", "doctor"}, "professor": {"academic"}, "reverend": {"vicar", "priest", "minister"}, "lord": {"peer"}, "baroness": {"peer"}}

// testifies reports whether the words behind a name say that he gave evidence: "Jane Roe
// testified", "Peter Blake told the inquest".
func testifies(c *candidate) bool {
	toks := c.f.toks
	for n := c.last + 1; n < min(c.last+12, len(toks)) && !toks[n].opens && toks[n].gap != gapNone; n++ {
		switch w := toks[n].fold; {
		case w == "testified":
			return true
		case w == "evidence" && (toks[n-1].fold == "gave" || toks[n-1].fold == "giving"):
			return true
		case w == "told" && n+2 < len(toks) && toks[n+1].fold == "the":
			return hearings[toks[n+2].fold] || n+3 < len(toks) && hearings[toks[n+3].fold]
		case sayings[w]:
			return false
		}
	}
	return false
}

// hearings are those whom a witness tells.
var hearings = words(`court jury inquest inquiry commission tribunal hearing committee`)

// charged reports whether the words behind a name say that a court tries him: "Jane Roe,
// 51, denies", "Peter Blake is accused of".
func (d *document) charged(c *candidate) bool {
	toks := c.f.toks
	k := c.last + 1
	for k < len(toks) && toks[k].digit && (toks[k].gap == gapComma || toks[k].gap == gapSpace) {
		k++
	}
	for n := k; n < min(k+3, len(toks)) && !toks[n].opens && (toks[n].gap == gapSpace || n == k); n++ {
		switch w := toks[n].fold; {
		case pleas[w]:
			return true
		case !passives[w] && w != "has" && w != "had" && w != "who" && w != "been":
			return false
		}
	}
	return false
}

// pleas are what the tried do and have done to them.
var pleas = words(`denies denied pleaded pleads accused charged indicted convicted`)

// addRole adds the role whose last word is token i, with the word before it too.
func (d *document) addRole(c *candidate, i int, add func(string, *candidate)) {
	toks := c.f.toks
	w := toks[i].fold
	if !roles[w] || kin[w] || toks[i].capital && !titles[w] || toks[i].possessive {
		return
	}
	add(w, c)
	if i > 0 && toks[i].gap == gapSpace && toks[i-1].signs&common != 0 && toks[i-1].fold != "the" && toks[i-1].fold != "a" && toks[i-1].fold != "an" && !prepositions[toks[i-1].fold] {
		add(toks[i-1].fold+" "+w, c)
	}
}

// unshare takes the roles from their bearers that the article also gives to somebody
// without a name: "another councillor", "one of the ministers".
func (d *document) unshare(out map[string]*office) {
	for _, f := range d.fields {
		for i := 1; i < len(f.toks); i++ {
			w := f.toks[i].fold
			if o := out[strings.TrimSuffix(w, "s")]; o != nil && strings.HasSuffix(w, "s") && len(w) > 4 {
				o.person = nil
			}
			o := out[w]
			if o == nil || o.person == nil {
				continue
			}
			switch f.toks[i-1].fold {
			case "another", "other", "second", "former", "every", "each", "first", "new", "previous":
				o.person = nil
			}
		}
	}
}

// styles are ranks that nobody is called by alone: "the Sir".
var styles = words(`sir dame lord lady baron baroness viscount father sister brother dr professor reverend canon`)
