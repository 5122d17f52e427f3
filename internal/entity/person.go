package entity

import (
	"slices"
	"strings"
	"unicode"

	"backfile/internal/news"
)

// person is somebody of the article.
type person struct {
	// name is the name as first written whole, words its folds without what
	// stands behind a family name (Jr); suffix is that.
	name   string
	words  []string
	suffix string
	sex    nameSigns // what honorifics and the given name tell; 0 is unknown
	said   nameSigns // what honorifics alone tell
	hint   nameSigns // what pronouns beside it tell
	// titles are the folded titles that stood before the name, courtesies the
	// words of them and honorifics.
	titles, courtesies map[string]bool
	// whole says that the name has more than a family name.
	whole bool
	// hyphened says that a hyphen joins the last two words: Imran Qureshi-Bell.
	hyphened bool
	// eastern says that the family name stands first.
	eastern bool
	forms   map[string]string // folded forms of the name, as written
	entity  *entity
	n       int
}

func (p *person) first() string { return p.words[0] }
func (p *person) last() string  { return p.words[len(p.words)-1] }

// given is the given name, or the first word.
func (p *person) given() string {
	if p.eastern && len(p.words) > 1 {
		return p.words[1]
	}
	return p.words[0]
}

func (p *person) hasWord(w string) bool { return slices.Contains(p.words, w) }

// suffixes stand behind a family name.
var suffixes = words(`jr sr jnr snr junior senior ii iii iv`)

// nameWords are the words of a folded name, and what stands behind the family name.
func nameWords(key string) (ws []string, suffix string) {
	ws = strings.Split(key, " ")
	if n := len(ws) - 1; n > 1 && suffixes[ws[n]] {
		return ws[:n], ws[n]
	}
	return ws, ""
}

// easternFamilies are the commonest family names of China and Korea, and of Vietnam,
// which stand first.
var easternFamilies = words(`xi li wang zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo liang song zheng xie han tang feng yu dong xiao
	cheng cao yuan deng fu shen zeng peng lu lü su jiang cai jia ding wei xue ye yan pan du dai xia zhong tian ren fan fang shi yao tan liao zou xiong jin hao
	kong bai cui kang mao qiu qin gu hou shao meng long wan duan lei qian tsai tsang chiang chang cheung chan wong ng leung lau lam
	kim lee park choi jung jeong cho yoon jang lim oh seo shin kwon hwang ahn ryu hong moon bae roh noh nguyen tran pham hoang vo`)

// orientation reports whether a name's first word is the family name: Xi Jinping,
// Kim Jong Un, Orbán Viktor.
func (l *lexicon) orientation(ws []string) bool {
	if len(ws) < 2 || len(ws) > 3 {
		return false
	}
	first, last := l.words[ws[0]], l.words[ws[len(ws)-1]]
	if easternFamilies[ws[0]] {
		return !first.given() && (last&family == 0 || easternFamilies[ws[len(ws)-1]]) || first.given() && last == 0
	}
	return len(ws) == 2 && first&family != 0 && !first.given() && last.given()
}

// identity is what a person of a whole name is known by across the archive: the
// words of the name, in the order in which English writes it.
func (p *person) identity(l *lexicon) string {
	ws := p.words
	if p.eastern && len(ws) == 2 && !easternFamilies[ws[0]] && l.words[ws[1]].given() {
		ws = []string{ws[1], ws[0]}
	}
	s := strings.Join(ws, " ")
	if p.suffix != "" {
		s += " " + p.suffix
	}
	return s
}

// lone is what somebody is known by of whom the article has one name only: "Lady
// Tulloch", "Blair". That name alone makes nobody one person in a whole archive, but in
// one outlet and year it nearly always means the same.
func (p *person) lone(a *news.Article) string {
	outlet := a.URL
	if a.Outlet != nil {
		outlet = a.Outlet.Slug
	}
	sex := ""
	switch p.said {
	case male:
		sex = "m"
	case female:
		sex = "f"
	}
	return strings.Join(append(slices.Clone(p.words), "|", p.style(), sex, outlet, a.Published.Year()), " ")
}

// style is the first of the ranks that the person is given, by the alphabet, or nothing.
func (p *person) style() string {
	best := ""
	for w := range p.courtesies {
		if ranks[w] && (best == "" || w < best) {
			best = w
		}
	}
	return best
}

// surnames are the folded forms by which the person may be called without a given
// name: the last word, the last words ("von der Leyen", "López Obrador"), and for names
// of which the family name stands first, that.
func (p *person) surnames() []string {
	var out []string
	n := len(p.words)
	from := 1
	if !p.whole {
		from = 0
	}
	for i := from; i < n; i++ {
		if i > 1 && i == n-1 && (patronymics[p.words[i-1]] || p.hyphened) {
			continue // Mansour bin Turki is not Turki, nor Roisin Devlin-Hart Hart
		}
		out = append(out, strings.Join(p.words[i:], " "))
	}
	if p.eastern {
		out = append(out, p.words[0])
	}
	return out
}

// inner are single words of a longer name by which some are called: Yesenia López
// García is Ms López, Abiy Ahmed Ali is Mr Ahmed.
func (p *person) inner(l *lexicon) []string {
	var out []string
	for i := 1; p.whole && i < len(p.words); i++ {
		if i == len(p.words)-1 && !p.hyphened {
			break
		}
		if w := p.words[i]; !particles[w] && !patronymics[p.words[i-1]] && len(w) > 1 && (l.words[w]&family != 0 || !l.words[w].given()) {
			out = append(out, w)
		}
	}
	return out
}

// patronymics stand before a father's name.
var patronymics = words(`bin ibn bint ben`)

// newPerson joins a whole name to the person who bears it, or makes one.
func (d *document) newPerson(c *candidate) {
	d.genitive(c)
	ws, suffix := nameWords(c.key)
	var fit *person
	for _, p := range d.byLast[ws[len(ws)-1]] {
		if d.samePerson(p.words, ws) && agree(p.said, c.sex) && (p.suffix == suffix || suffix == "") {
			fit = p
			break
		}
	}
	if fit == nil {
		fit = d.variant(ws, c.sex)
	}
	if fit == nil {
		fit = &person{name: c.name(), words: ws, suffix: suffix, whole: len(ws) > 1, titles: map[string]bool{}, courtesies: map[string]bool{}, forms: map[string]string{}}
		fit.eastern = d.lex.orientation(ws)
		fit.hyphened = len(ws) > 2 && c.f.toks[c.last].gap == gapHyphen && c.f.toks[c.last].capital && len(ws[0]) > 1
		d.persons = append(d.persons, fit)
		d.byLast[fit.last()] = append(d.byLast[fit.last()], fit)
	} else if fuller(ws, fit.words) {
		fit.name, fit.words = c.name(), ws
		fit.eastern = d.lex.orientation(ws)
		d.byLast[fit.last()] = append(d.byLast[fit.last()], fit)
	}
	if shouts(fit.name) && !shouts(c.name()) && len(ws) == len(fit.words) {
		fit.name = c.name()
	}
	d.attach(c, fit)
}

// shouts reports whether a word of a name stands in capitals that is no initials:
// "REBECCA Cooke", as a caption or an old paper has it.
func shouts(name string) bool {
	for w := range strings.FieldsSeq(name) {
		if len(w) > 3 && strings.ToUpper(w) == w && strings.ToLower(w) != w && !strings.Contains(w, ".") {
			return true
		}
	}
	return false
}

// soften writes a name of capitals alone as names are written: GHULAM RASOOL is Ghulam
// Rasool, MCKAY McKay.
func soften(name string) string {
	if !shouts(name) || strings.ToUpper(name) != name {
		return name
	}
	var b strings.Builder
	start := 0
	for i, r := range name {
		before := name[start:i]
		switch {
		case i == start, before == "MC" || before == "O’" || before == "O'":
			b.WriteRune(r)
		default:
			b.WriteRune(unicode.ToLower(r))
		}
		if r == ' ' || r == '-' {
			start = i + 1
		}
	}
	return b.String()
}

// fuller reports whether the words a of a name say more than b: a given name for an
// initial, or more of it.
func fuller(a, b []string) bool {
	return len(b[0]) == 1 && len(a[0]) > 1 || len(a) > len(b) && len(a[0]) >= len(b[0]) && slices.Equal(a[:len(b)], b)
}

// attach makes c a mention of p.
func (d *document) attach(c *candidate, p *person) {
	c.person, c.kind, c.dropped = p, news.Person, false
	p.n++
	if _, ok := p.forms[c.key]; !ok {
		p.forms[c.key] = c.name()
	}
	p.said |= c.sex
	if c.title != "" && !c.honorific {
		p.titles[c.title] = true
	}
	for _, w := range c.courtesies {
		p.courtesies[w] = true
	}
	if p.sex = p.said; p.sex == 0 {
		p.sex = p.hint
	}
	if p.sex == 0 && p.whole {
		p.sex = d.lex.sex(p.given())
		if cutGiven[p.given()] {
			p.sex = male
		}
	}
}

// agree reports whether what is known of two sexes does not contradict.
func agree(a, b nameSigns) bool { return a == 0 || b == 0 || a&b != 0 }
