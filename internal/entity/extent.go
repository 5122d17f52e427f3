package entity

import (
	"slices"
	"strings"

	"backfile/internal/news"
)

// extents puts the bounds of persons' names right, whoever found them: initials and
// short forms before them, particles with a capital, given names of two parts, and
// callings that begin a sentence and are no part of a name.
func (d *document) extents() {
	if d.lang != "en" {
		return // "M. Delorme" has no initial
	}
	for _, f := range d.fields {
		taken := make([]*candidate, len(f.toks))
		for _, c := range f.cands {
			for i := c.first; i <= c.last && !c.dropped; i++ {
				taken[i] = c
			}
		}
		for _, c := range f.cands {
			if c.dropped || c.form != "" || c.kind != news.Person {
				continue
			}
			first, last := c.first, c.last
			c.narrow()
			c.backwards(taken)
			c.forwards(d, taken)
			if c.first == first && c.last == last {
				continue
			}
			for i := c.first; i <= c.last; i++ {
				if o := taken[i]; o != nil && o != c {
					o.dropped = true
				}
				taken[i] = c
			}
			said := d.votes[c.key]
			c.key = key(f.toks, c.first, c.last)
			if d.votes[c.key] == nil { // a name that stands nowhere else: what was said of it before
				d.votes[c.key] = said
			}
			c.given = !c.single()
			c.places = nil
		}
	}
	d.couples()
}

// narrow takes a calling off that a name at a sentence's beginning has before it:
// "Boatman Bill Bass", "Corporal W. Dodds".
func (c *candidate) narrow() {
	for i := c.last - 2; i > c.first; i-- { // "Outside Leinster House Jane Roe said"
		if t := &c.f.toks[i]; buildings[t.fold] && t.capital && t.signs.given() == c.f.toks[i+1].signs.given() && !c.f.toks[i+1].initial || buildings[t.fold] && t.capital && c.f.toks[i+1].signs.given() {
			c.first = i + 1
			break
		}
	}
	for c.first < c.last {
		t, n := &c.f.toks[c.first], &c.f.toks[c.first+1]
		if !n.capital || n.gap != gapSpace || t.signs.given() || t.upper != n.upper && !n.initial {
			return
		}
		called := ranks[t.fold] || titles[t.fold] || roles[t.fold] && c.last > c.first+1
		if !called && (c.last < c.first+2 || !t.opens || !n.signs.given() && nicknames[n.fold] == "" || !strings.HasSuffix(t.fold, "man") && !strings.HasSuffix(t.fold, "woman")) {
			return
		}
		c.first++
	}
}

// buildings end the name of a place that stands before a person's without a comma.
var buildings = words(`house hall court castle palace street square road cathedral hospital`)

// backwards takes in what stands before a name and belongs to it: initials ("S. V.
// Pogodin", "D.V. Gowda"), a given name cut short ("Jas. Noble"), a particle with a
// capital ("Van den Berg said"), and one that a hyphen joins ("el-Sherbini").
func (c *candidate) backwards(taken []*candidate) {
	toks := c.f.toks
	for c.first > 0 {
		t, p := &toks[c.first], &toks[c.first-1]
		if o := taken[c.first-1]; t.opens || p.possessive || p.digit || o != nil && o != c && (o.sure && !o.single() || o.form != "") {
			return
		}
		word := c.f.text[p.start:p.end]
		switch {
		case (t.gap == gapSpace || t.gap == gapDot) && p.capital && initials(word) && strings.HasPrefix(c.f.text[p.start+1:], "."):
		case (t.gap == gapDot || t.gap == gapSpace) && p.capital && cutGiven[p.fold] && !strings.EqualFold(word, p.fold+"s"):
		case t.gap == gapSpace && p.capital && particles[p.fold] && particles[t.fold] && !t.capital:
		case t.gap == gapHyphen && (p.fold == "el" || p.fold == "al" || p.fold == "ul") && t.capital:
		default:
			return
		}
		c.first--
	}
}

// forwards takes in the small half of a given name behind a family name of China or
// Korea: "Lim Hae-ran".
func (c *candidate) forwards(d *document, taken []*candidate) {
	toks := c.f.toks
	k := c.last + 1
	if k >= len(toks) || c.single() || toks[k].gap != gapHyphen || toks[k].capital || toks[k].digit || taken[k] != nil || len(toks[k].fold) > 6 || !toks[c.last].capital {
		return
	}
	if easternFamilies[toks[c.first].fold] && c.last == c.first+1 {
		c.last = k
	}
}

// initials reports whether a word is one or two capitals with full stops: "S.", "D.V.".
func initials(w string) bool {
	if w == "" || len(w) > 4 {
		return false
	}
	for i := 0; i < len(w); i++ {
		if i%2 == 0 && (w[i] < 'A' || w[i] > 'Z') || i%2 == 1 && w[i] != '.' {
			return false
		}
	}
	switch strings.TrimRight(w, ".") {
	case "U.S", "U.K", "U.N", "E.U", "P.C", "M.P", "J.P", "D.C", "L.A", "S.S", "Q.C", "K.C", "G.P", "N.Y":
		return false
	}
	return true
}

// cutGiven are given names as registers and old papers cut them short.
var cutGiven = words(`jas wm chas geo thos robt alexr jno saml benj edwd danl archd hy fredk richd jos`)

// couples finds the given name that stands coupled before a whole name, where neither
// the tables nor the model know it: "Kev and Maree Doyle left".
func (d *document) couples() {
	for _, f := range d.fields {
		if f.flat || f.name != "" {
			continue
		}
		var more []*candidate
		for _, o := range f.cands {
			i := o.first - 2
			if o.dropped || o.kind != news.Person || o.single() || i < 0 || len(f.toks) == 0 {
				continue
			}
			t := &f.toks[i]
			if f.toks[i+1].fold != "and" || f.toks[i+1].gap != gapSpace || f.toks[o.first].gap != gapSpace || !t.capital || t.upper || t.possessive || f.toks[o.first].signs&common != 0 && !f.toks[o.first].signs.given() {
				continue
			}
			if o.last != o.first+1 || t.signs&common != 0 && !t.signs.given() || d.small[t.fold] > 0 || i > 0 && !t.opens && (t.gap != gapSpace || f.toks[i-1].capital) {
				continue
			}
			if len(d.gaz.names.find(t.fold)) > 0 || openers[t.fold] || notNames[t.fold] || months[t.fold] || days[t.fold] || titleish(t.fold) {
				continue
			}
			free := true
			for _, x := range f.cands {
				if x.first <= i && i <= x.last && !x.dropped {
					free = false
					break
				}
			}
			if free {
				more = append(more, &candidate{f: f, first: i, last: i, kind: news.Person, org: -1, sure: true, key: t.fold})
			}
		}
		d.insert(f, more)
	}
}

// insert adds candidates to a field and to the article.
func (d *document) insert(f *field, more []*candidate) {
	if len(more) == 0 {
		return
	}
	f.cands = append(f.cands, more...)
	d.cands = append(d.cands, more...)
	slices.SortStableFunc(f.cands, inText)
}
