package entity

import (
	"net/url"
	"slices"
	"strings"

	"backfile/internal/news"
	"backfile/internal/text"
)

// OutletHome guesses where an outlet is at home from its name: "The Aberdeen
// Courant" in Aberdeen. language is its BCP 47 tag, or ""; its country decides
// between towns of one name. It is the zero Entity where the name holds no place.
func OutletHome(name, language string) (news.Entity, bool) {
	g := theGazetteer()
	all := g.outletPlaces(name, theLexicon())
	if len(all) == 0 {
		return news.Entity{}, false
	}
	rows := g.distinct(all[0])
	for _, others := range all[1:] { // "The Paris News of Texas"
		rows = g.inside(rows, others)
	}
	if i, ok := g.higher[landOfTag(language)]; ok {
		rows = g.inside(rows, []int32{i})
	}
	return g.best(rows).entity(), true
}

// inside are those of the places that lie in one of the others; all, if none does.
func (g *gazetteer) inside(rows, others []int32) []int32 {
	var in []int32
	for _, i := range rows {
		if slices.ContainsFunc(others, func(j int32) bool { return i != j && g.within(i, j) }) {
			in = append(in, i)
		}
	}
	if in == nil {
		return rows
	}
	return in
}

// outletPlaces are the places that an outlet's name holds, the first in front.
func (g *gazetteer) outletPlaces(name string, lex *lexicon) [][]int32 {
	if len(name) > 200 {
		return nil
	}
	f := newField(news.FieldHeadline, name, lex)
	var all [][]int32
	for i := 0; i < len(f.toks) && len(all) < 4; {
		if f.toks[i].signs&common != 0 || mastheads[f.toks[i].fold] {
			i++
			continue
		}
		v, n := g.names.longest(f.toks, i, func(n int) bool {
			for k := i + 1; k < i+n; k++ {
				if f.toks[k].gap != gapSpace && f.toks[k].gap != gapHyphen && f.toks[k].gap != gapDot {
					return false
				}
			}
			return true
		})
		if n == 0 {
			i++
			continue
		}
		all = append(all, v)
		i += n
	}
	return all
}

// mastheads are words of outlets' names that are also names of places.
var mastheads = words(`times post mail sun star herald tribune gazette mirror guardian express echo argus independent observer mercury globe journal courier
	chronicle standard telegraph news press union record register leader sentinel free reporter republic republican democrat bee world today online live ledger enquirer
	inquirer examiner dispatch citizen sunday saturday evening morning daily weekly national local daybreak monitor review advocate advertiser bulletin beacon
	pioneer messenger reader constitution intelligencer le la die der el il zeitung blatt kurier bild spiegel welt monde soir figaro humanité croix libération`)

// hostPlaces are the places that begin the name of a web address:
// www.richmondregister.com, kansascity.com.
func (g *gazetteer) hostPlaces(address string) []int32 {
	label := hostLabel(address)
	for _, p := range []string{"the", "my", "news", "thisis", "daily", "online"} {
		if rest, ok := strings.CutPrefix(label, p); ok && len(rest) >= 5 && (p != "my" || len(rest) > 7) {
			if rows := g.begins(rest); rows != nil {
				return rows
			}
		}
	}
	return g.begins(label)
}

// shortestBegin is how short a place's name may be that a web address begins
// with, and mostLabel how long a label is looked at.
const (
	shortestBegin = 5
	mostLabel     = 40
)

func (g *gazetteer) begins(label string) []int32 {
	if len(label) > mostLabel {
		return nil
	}
	for n := len(label); n >= shortestBegin; n-- {
		head, tail := label[:n], strings.Trim(label[n:], "-")
		if tail != "" && !paperly(tail) {
			continue
		}
		fold := strings.ReplaceAll(head, "-", " ")
		if rows := g.towns(fold); rows != nil {
			return rows
		}
		for k := 3; k+3 <= n; k++ { // "kansascity", "lasvegas"
			if rows := g.towns(head[:k] + " " + head[k:]); rows != nil {
				return rows
			}
		}
	}
	return nil
}

// paperly reports whether what stands behind a place in a web address is the
// rest of an outlet's name.
func paperly(tail string) bool {
	for tail != "" {
		was := tail
		for w := range mastheads {
			if len(w) > 1 && strings.HasPrefix(tail, w) && (len(w) > 3 || len(w) == len(tail) || w == "sun" || w == "bee") {
				tail = strings.TrimPrefix(tail, w)
				break
			}
		}
		tail = strings.TrimPrefix(strings.TrimPrefix(tail, "and"), "-")
		if len(tail) == 1 {
			return true
		}
		for _, w := range []string{"newspapers", "paper", "pi", "tv", "fm", "radio", "city", "area", "county", "now", "biz", "net"} {
			if tail == w {
				return true
			}
		}
		if tail == was {
			return false
		}
	}
	return true
}

func (g *gazetteer) towns(fold string) []int32 {
	var out []int32
	for _, i := range g.names.find(fold) {
		if p := &g.places[i]; p.kind != natural && (p.Population > 2000 || p.kind > capital) {
			out = append(out, i)
		}
	}
	return out
}

// hostLabel is the part of an address's host that names its owner.
func hostLabel(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	parts := strings.Split(strings.ToLower(strings.TrimPrefix(u.Hostname(), "www.")), ".")
	n := len(parts) - 1
	if n > 1 && len(parts[n]) == 2 && slices.Contains([]string{"co", "com", "org", "net", "gov", "ac", "go", "or", "ne"}, parts[n-1]) {
		n--
	}
	if n < 1 {
		return ""
	}
	return text.FoldWord(parts[n-1])
}

// landOfHost is the country whose domain a web address is under, unless the domain
// is sold to all the world.
func landOfHost(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	host := u.Hostname()
	tld := host[strings.LastIndexByte(host, '.')+1:]
	switch {
	case tld == "uk":
		return "GB"
	case len(tld) != 2 || slices.Contains(soldDomains, tld) || tld == host:
		return ""
	}
	return strings.ToUpper(tld)
}

var soldDomains = strings.Fields("ai am as at.co bz cc cd co dj eu fm gg gl im in.net io is it.com la li ly me ms mu nu pw sc sh st su tk tl to tv vc vu ws")
