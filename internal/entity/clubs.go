package entity

import "backfile/internal/news"

// clubWords end the name of a club behind the name of a town: Grimsby Town, Nottingham
// Forest. Most of them are words of other names too, so only a report of sport tells.
var clubWords = words(`town city united county rovers wanderers athletic albion forest villa hotspur palace wednesday thistle rangers celtic rovers argyle alexandra orient
	stanley harriers borough dons rover academical fc afc rfc cc hibernian wasps saints harlequins sharks tigers warriors bulls giants`)

// sportWords are of reports of sport; three of them make an article one.
var sportWords = words(`match matches goal goals half-time halftime striker midfielder goalkeeper keeper penalty referee league fixture kick-off kickoff substitute equaliser
	equalizer winger fullback full-back defender offside wicket innings try tries scrum touchdown quarterback overtime semi-final quarter-final promotion relegation
	derby supporters terraces dressing-room fixture scorer levelled header championship wickets runs batsman bowler unbeaten catches coach defeat footy bowling cricket rugby football
	scored top-flight kickers playoff playoffs inning touchdowns hat-trick`)

// squad are those of a team, who stand behind the name of its town.
var squad = words(`captain coach manager striker midfielder goalkeeper keeper defender winger batsman bowler attack supporters fans skipper boss side squad forwards backs bench`)

// contests are verbs that only teams do.
var contests = words(`beat beats thrashed edged trailed drew scored lost won levelled equalised sneak sneaked conceded batted declared bowled`)

// beside is what a club does, or has done to it, in a report.
var beside = words(`beat beats lost lose loses drew draw draws won win wins led lead trailed scored score conceded hung hang hangs held ended went took visit visited entertained
	thrashed hammered edged were are have had face faces faced host hosts hosted signed sacked needed levelled equalised`)

// clubs makes organisations of the clubs in a report of sport that the model has as
// towns: those whose name ends in a club's word, and then the town's name alone where it
// plays ("Grimsby ended a run", "Dundee 3, Tatabánya 0") and nothing says that somebody
// is in it.
func (d *document) clubs() {
	if d.lang != "en" {
		return
	}
	n := 0
	for w := range sportWords {
		if d.small[w] > 0 {
			n++
		}
	}
	if n < 3 {
		return
	}
	towns := map[string]*candidate{}
	for _, c := range d.cands {
		if c.dropped || c.single() || c.person != nil || c.form != "" || c.f.flat || c.kind == news.Person {
			continue
		}
		toks := c.f.toks
		if clubWords[toks[c.last].fold] && d.isPlaceName(key(toks, c.first, c.last-1)) && !d.sited(c) {
			c.kind, c.places, c.entity = news.Organisation, nil, nil
			towns[key(toks, c.first, c.last-1)] = c
		}
	}
	d.teams(n, towns)
	for _, c := range d.cands {
		if c.dropped || c.kind != news.Place || c.form != "" || c.person != nil || d.sited(c) {
			continue
		}
		if d.scores(c) || towns[c.key] != nil && d.plays(c) {
			c.kind, c.places, c.entity = news.Organisation, nil, nil
		}
	}
}

// teams adds the towns and regions whose teams a plain report of sport speaks of: one place
// of it says so beyond doubt ("Stockton captain", "beat Wallsend", "lost to Collingwood").
func (d *document) teams(n int, towns map[string]*candidate) {
	if n < 4 {
		return
	}
	for _, c := range d.cands {
		if c.dropped || c.kind != news.Place || c.form != "" || c.person != nil || len(c.places) == 0 || towns[c.key] != nil || d.gaz.best(c.places).kind >= country {
			continue
		}
		next, prev := c.next(), c.prev()
		toks := c.f.toks
		switch {
		case next != nil && !toks[c.last].possessive && !next.capital && (squad[next.fold] && !d.sited(c) || contests[next.fold] && !d.sited(c)):
		case prev != nil && (prev.fold == "beat" || prev.fold == "against" || prev.fold == "thrashed" || prev.fold == "edged") && c.first > 0:
		case prev != nil && c.first > 1 && prev.fold == "to" && (toks[c.first-2].fold == "lost" || toks[c.first-2].fold == "lose"):
		default:
			continue
		}
		towns[c.key] = c
		if prev == nil || !locatives[prev.fold] || prev.fold == "to" {
			c.kind, c.places, c.entity = news.Organisation, nil, nil
		}
	}
}

func (d *document) isPlaceName(k string) bool { return len(d.gaz.names.find(k)) > 0 }

// sited reports whether something is said to be in or on the way to the place.
func (d *document) sited(c *candidate) bool {
	p := c.prev()
	return p != nil && (locatives[p.fold] || p.fold == "of")
}

// scores reports whether the name is one half of a line of scores: "Dundee 3, Tatabánya
// 0", "Kilkenny 1-11, Clare 0-9".
func (d *document) scores(c *candidate) bool {
	toks := c.f.toks
	k := c.last + 1
	if k >= len(toks) || !toks[k].digit || toks[k].gap != gapSpace || len(toks[k].fold) > 2 {
		return false
	}
	from := c.f.paragraph(c.first)
	end := k
	for end+1 < len(toks) && toks[end+1].gap != gapNone {
		end++
	}
	if end-from > 14 {
		return false
	}
	digits := 0
	for i := from; i <= end; i++ {
		if toks[i].digit {
			digits++
		}
	}
	return digits >= 2
}

// plays reports whether the team of the town is meant.
func (d *document) plays(c *candidate) bool {
	if c.f.toks[c.last].possessive {
		return true
	}
	n := c.next()
	p := c.prev()
	if n != nil && !n.capital && squad[n.fold] {
		return true
	}
	return n != nil && beside[n.fold] || p != nil && (p.fold == "against" || p.fold == "beat" || p.fold == "that" || p.fold == "v")
}

// bareFirms makes organisations of family names that stand bare where the article has a firm
// that begins with them, and calls the people of that name Mr and Ms at every mention:
// "Forbes will take on the staff", beside Mr Forbes.
func (d *document) bareFirms() {
	first := map[string]bool{}
	for _, c := range d.cands {
		if !c.dropped && c.kind == news.Organisation && !c.single() && !c.f.flat {
			first[c.f.toks[c.first].fold] = true
		}
	}
	if len(first) == 0 {
		return
	}
	titled := map[*person]int{}
	bare := map[*person]int{}
	for _, c := range d.fields[0].cands {
		if c.person == nil || c.dropped || d.quotedAt(c.f, c.start()) >= 0 {
			continue
		}
		if len(c.courtesies) > 0 && c.single() {
			titled[c.person]++
		}
		if len(c.courtesies) == 0 && c.single() && c.key == c.person.last() && c.person.whole && !first[c.key] {
			bare[c.person]++
		}
	}
	if len(titled) == 0 || len(bare) > 0 {
		return // a paper that calls people by the bare name
	}
	for _, c := range d.cands {
		if c.dropped || !c.single() || c.kind != news.Person || len(c.courtesies) > 0 || !first[c.key] || c.f.flat || c.couple {
			continue
		}
		p := c.person
		if p == nil || titled[p] == 0 || p.whole && c.key == p.given() {
			continue
		}
		p.n--
		c.person = nil
		c.kind, c.org = news.Organisation, -1
	}
}
