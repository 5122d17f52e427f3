package gold

import (
	"fmt"
	"slices"
	"strings"

	"backfile/internal/news"
	"backfile/internal/text"
)

// Recogniser is what is measured.
type Recogniser interface{ Recognise(a *news.Article) }

// Tally counts what was right, too much and missed.
type Tally struct{ Right, Extra, Missed int }

// Precision, Recall and F1 are 0 where there is nothing to divide by.
func (t Tally) Precision() float64 { return share(t.Right, t.Right+t.Extra) }

// Recall is the share of the marks that was found.
func (t Tally) Recall() float64 { return share(t.Right, t.Right+t.Missed) }

// F1 is the harmonic mean of both.
func (t Tally) F1() float64 {
	p, r := t.Precision(), t.Recall()
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

// Score is how a recogniser did on some articles.
type Score struct {
	Articles int
	// Names has exact spans with their kind, of names and metonyms; Forms those of
	// demonyms, and of metonyms told as such.
	Names map[news.Kind]*Tally
	Forms map[string]*Tally
	// Of the names marked with an entity: Linked are those found and linked,
	// Named those whose entity goes under a right name.
	Marked, Linked, Named int
	// PersonMarked, PersonLinked and PersonNamed are those of persons.
	PersonMarked, PersonLinked, PersonNamed int
	// Unclear are names that nobody can resolve, Guessed those linked all the same.
	Unclear, Guessed int
	// Pairs of linked mentions of persons of one article: Together are rightly
	// so, Joined wrongly, Split wrongly apart, Apart rightly.
	Together, Joined, Split, Apart int
	// Spans has the quotations, whoever says them.
	Spans Tally
	// Spoken are quotations with a named speaker, Right those given that one,
	// Wrong those given another, or one where there is none; Open those left
	// without. Silent have no named speaker, and Kept are those left so.
	Spoken, Right, Wrong, Open, Silent, Kept int
	// Claimed are words in marks that nobody says, which were given to somebody.
	Claimed int
	// Errors says what was wrong, sort by sort; empty for articles held back.
	Errors []string
}

// Measure scores a recogniser on the articles of one part.
func Measure(r Recogniser, articles []*Article, part Part) *Score {
	s := &Score{Names: map[news.Kind]*Tally{}, Forms: map[string]*Tally{news.FormDemonym: {}, news.FormMetonym: {}}}
	for _, k := range news.Kinds {
		s.Names[k] = &Tally{}
	}
	for _, a := range articles {
		if a.Part != part {
			continue
		}
		s.Articles++
		got := a.News
		r.Recognise(&got)
		m := measurer{s: s, gold: a, got: &got, entities: map[news.EntityID]*news.Entity{}}
		for _, k := range news.Kinds {
			es := got.Entities(k)
			for i := range es {
				m.entities[es[i].ID] = &es[i]
			}
		}
		m.mentions()
		m.quotes()
	}
	return s
}

// measurer scores one article.
type measurer struct {
	s        *Score
	gold     *Article
	got      *news.Article
	entities map[news.EntityID]*news.Entity
}

func (m *measurer) wrong(sort, format string, args ...any) {
	if m.gold.Part != Held {
		m.s.Errors = append(m.s.Errors, sort+"\t"+m.gold.Name[:min(3, len(m.gold.Name))]+" "+fmt.Sprintf(format, args...))
	}
}

type place struct {
	field      string
	start, end int
}

// link is a mention of a person that is linked, here and in the marks.
type link struct {
	gold *Entity
	got  news.EntityID
	text string
}

func (m *measurer) mentions() {
	s := m.s
	got := map[place]news.Mention{}
	for _, g := range m.got.Mentions {
		if g.Form != news.FormRole && g.Form != news.FormPronoun {
			got[place{g.Field, g.Start, g.End}] = g
		}
	}
	var links []link
	for _, want := range m.gold.Mentions {
		if want.Form == news.FormRole || want.Form == news.FormPronoun {
			continue
		}
		at := place{want.Field, want.Start, want.End}
		words := m.got.Field(want.Field)[want.Start:want.End]
		g, found := got[at]
		delete(got, at)
		if want.Form == news.FormDemonym {
			m.form(news.FormDemonym, found && g.Form == news.FormDemonym, words)
			continue
		}
		kind := news.Person
		if want.Entity != nil {
			kind = want.Entity.Kind
			s.Marked++
			if kind == news.Person {
				s.PersonMarked++
			}
		}
		switch {
		case found && g.Counts() && g.Kind == kind:
			s.Names[kind].Right++
		case found && g.Counts():
			s.Names[kind].Missed++
			s.Names[g.Kind].Extra++
			m.wrong("kind", "%s is %s, marked %s", words, g.Kind, kind)
		default:
			s.Names[kind].Missed++
			m.wrong("missed", "%s %s%s", kind, words, m.near(want))
		}
		if want.Form == news.FormMetonym {
			m.form(news.FormMetonym, found && g.Form == news.FormMetonym, words)
		} else if found && g.Form == news.FormMetonym {
			s.Forms[news.FormMetonym].Extra++
			m.wrong("form", "%s is no metonym", words)
		}
		if want.Entity == nil {
			s.Unclear++
			if found && g.Entity != "" {
				s.Guessed++
				m.wrong("guess", "%s is %s", words, m.name(g.Entity))
			}
			continue
		}
		if !found || g.Entity == "" || !g.Counts() {
			if found && g.Kind == news.Person {
				m.wrong("unlinked", "%s %s", g.Kind, words)
			}
			continue
		}
		s.Linked++
		right := m.named(g.Entity, want.Entity, words)
		if kind == news.Person {
			s.PersonLinked++
			if right {
				s.PersonNamed++
			}
			links = append(links, link{want.Entity, g.Entity, words})
		}
		if right {
			s.Named++
		} else {
			m.wrong("link", "%s is %s, marked %s", words, m.name(g.Entity), strings.Join(want.Entity.Names, " | "))
		}
	}
	for at, g := range got {
		if !g.Counts() {
			if g.Form == news.FormDemonym {
				s.Forms[news.FormDemonym].Extra++
				m.wrong("form", "%s is no demonym", g.Text)
			}
			continue
		}
		s.Names[g.Kind].Extra++
		if g.Form == news.FormMetonym {
			s.Forms[news.FormMetonym].Extra++
		}
		m.wrong("extra", "%s %s: %s", g.Kind, g.Text, around(m.got.Field(at.field), at.start, at.end))
	}
	m.pairs(links)
}

func (m *measurer) form(name string, right bool, words string) {
	if right {
		m.s.Forms[name].Right++
		return
	}
	m.s.Forms[name].Missed++
	m.wrong("form", "%s is a %s", words, name)
}

func (m *measurer) pairs(links []link) {
	for i, x := range links {
		for _, y := range links[:i] {
			switch same, so := x.gold == y.gold, x.got == y.got; {
			case same && so:
				m.s.Together++
			case !same && !so:
				m.s.Apart++
			case so:
				m.s.Joined++
				m.wrong("pair", "%s and %s are joined", y.text, x.text)
			default:
				m.s.Split++
				m.wrong("pair", "%s and %s are split", y.text, x.text)
			}
		}
	}
}

// near is what was found at words that overlap a missed mention.
func (m *measurer) near(want Mention) string {
	var out []string
	for _, g := range m.got.Mentions {
		if g.Field == want.Field && g.Start < want.End && want.Start < g.End {
			out = append(out, string(g.Kind)+" "+g.Text+" "+g.Form)
		}
	}
	if len(out) == 0 {
		return ": " + around(m.got.Field(want.Field), want.Start, want.End)
	}
	return ", found " + strings.Join(out, ", ")
}

func around(s string, start, end int) string {
	return strings.ToValidUTF8(strings.ReplaceAll(s[max(0, start-40):min(len(s), end+30)], "\n", "¶"), "")
}

func (m *measurer) name(id news.EntityID) string {
	if e := m.entities[id]; e != nil {
		return e.Name + " " + e.Country
	}
	return string(id)
}

// named reports whether the entity of that id goes under a right name.
func (m *measurer) named(id news.EntityID, want *Entity, words string) bool {
	e := m.entities[id]
	if e == nil || e.Kind != want.Kind {
		return false
	}
	if want.Kind == news.Place && want.Country != "" && e.Country != "" && e.Country != want.Country {
		return false
	}
	fold := text.Fold(e.Name)
	for _, n := range want.Names {
		w := text.Fold(n)
		if fold == w {
			return true
		}
		// A person of whom nothing but a family name is known may bear the title.
		if before, ok := strings.CutSuffix(fold, " "+w); ok && want.Kind == news.Person && courtesies[before] {
			return true
		}
	}
	if want.Kind == news.Person {
		return false
	}
	// The archive may know it by another name first; of several that share
	// initials, the full name tells.
	alias := func(name string) bool {
		f := text.Fold(name)
		return slices.ContainsFunc(e.Aliases, func(a news.Alias) bool { return a.Fold == f })
	}
	if want.Kind == news.Place {
		return slices.ContainsFunc(want.Names, alias)
	}
	return alias(want.Names[0])
}

// courtesies are titles that an entity's name may keep.
var courtesies = map[string]bool{"mr": true, "mrs": true, "miss": true, "ms": true, "dr": true, "sir": true, "dame": true, "lord": true, "lady": true,
	"baroness": true, "professor": true, "the rev": true, "rev": true, "earl of": true, "duke of": true, "captain": true, "colonel": true, "major": true, "general": true}

func (m *measurer) quotes() {
	s := m.s
	got := map[[2]int]news.Quote{}
	for _, q := range m.got.Quotes {
		got[[2]int{q.Start, q.End}] = q
	}
	for _, want := range m.gold.Quotes {
		at := [2]int{want.Start, want.End}
		q, found := got[at]
		delete(got, at)
		words := around(m.got.Body, want.Start, want.End)
		if found {
			s.Spans.Right++
		} else {
			s.Spans.Missed++
			m.wrong("quote", "missed: %s", words)
		}
		if want.Speaker == nil {
			s.Silent++
			if q.Speaker == nil {
				s.Kept++
				continue
			}
			s.Wrong++
			m.wrong("speaker", "%s, marked nobody: %s", q.Speaker.Name, words)
			continue
		}
		s.Spoken++
		switch {
		case q.Speaker == nil:
			s.Open++
			m.wrong("open", "marked %s: %s", want.Speaker.Names[0], words)
		case m.named(q.Speaker.ID, want.Speaker, ""):
			s.Right++
		default:
			s.Wrong++
			m.wrong("speaker", "%s, marked %s: %s", q.Speaker.Name, want.Speaker.Names[0], words)
		}
	}
	for _, q := range got {
		s.Spans.Extra++
		who := "nobody"
		if q.Speaker != nil {
			s.Claimed++
			who = q.Speaker.Name
		}
		m.wrong("quote", "extra, %s: %s", who, around(m.got.Body, q.Start, q.End))
	}
}

func share(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}
