package newsgen

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"backfile/internal/news"
)

// writer writes one article.
type writer struct {
	g        *Generator
	r        *rand.Rand
	a        *news.Article
	b        strings.Builder
	actors   []news.Entity // those that the article is about
	named    map[news.EntityID]bool
	counts   map[news.EntityID]int
	mentions []news.Mention
	topic    []string // the words of its matter, in an archive
}

// cast draws who and what the article names.
func (w *writer) cast() {
	w.named, w.counts = map[news.EntityID]bool{}, map[news.EntityID]int{}
	g := w.g
	for range 2 + w.r.IntN(6) {
		w.add(g.persons[g.personDraw.draw(w.r)])
	}
	for range 1 + w.r.IntN(5) {
		w.add(g.places[g.placeDraw.draw(w.r)])
	}
	for range 1 + w.r.IntN(3) {
		w.add(g.organisations[g.orgDraw.draw(w.r)])
	}
}

func (w *writer) add(e news.Entity) {
	if !slices.ContainsFunc(w.actors, func(o news.Entity) bool { return o.ID == e.ID }) {
		w.actors = append(w.actors, e)
	}
}

// date gives nineteen of twenty articles a date, more of late years than of
// early ones, and a few of them only a month or a year.
func (w *writer) date() {
	w.a.Captured = news.Date{Text: "2026-01-01T00:00:00Z", Precision: news.Second, From: news.FromCapture}
	if w.r.IntN(20) == 0 {
		return
	}
	span := lastYear - firstYear
	u := w.r.Float64()
	year := lastYear - int(u*u*float64(span+1))
	month, day := 1+w.r.IntN(12), 1+w.r.IntN(28)
	s, p := fmt.Sprintf("%04d-%02d-%02dT%02d:%02d:00Z", year, month, day, w.r.IntN(24), w.r.IntN(60)), news.Second
	switch w.r.IntN(50) {
	case 0:
		s, p = s[:7], news.Month
	case 1:
		s, p = s[:4], news.Year
	case 2, 3, 4, 5, 6:
		s, p = s[:10], news.Day
	}
	w.a.Published = news.Date{Text: s, Precision: p, From: news.FromMetadata}
}

func (w *writer) word() string {
	if w.g.archive != nil {
		return w.archiveWord()
	}
	return w.g.words[w.g.wordDraw.draw(w.r)]
}

// plain is n words without names.
func (w *writer) plain(n int) string {
	out := make([]string, n)
	for i := range out {
		out[i] = w.word()
	}
	return strings.Join(out, " ")
}

// body writes about n words: sentences of 8 to 26 words, paragraphs of 1 to 4
// sentences, a name in every other sentence.
func (w *writer) body(n int) {
	words := 0
	for words < n {
		if words > 0 {
			w.b.WriteString("\n\n")
		}
		for s := range 1 + w.r.IntN(4) {
			if s > 0 {
				w.b.WriteByte(' ')
			}
			k := 8 + w.r.IntN(19)
			w.sentence(k)
			words += k
		}
	}
	w.a.Body = w.b.String()
	w.a.Mentions = w.mentions
}

func (w *writer) sentence(n int) {
	name := -1
	if w.r.IntN(2) == 0 {
		name = w.r.IntN(n)
	}
	if w.r.IntN(12) == 0 {
		w.quote(n)
		return
	}
	for i := range n {
		if i > 0 {
			w.b.WriteByte(' ')
		}
		switch {
		case i == name:
			w.mention(w.actors[w.r.IntN(len(w.actors))])
		case i == 0:
			w.b.WriteString(capital(w.word()))
		default:
			w.b.WriteString(w.word())
		}
	}
	w.b.WriteByte('.')
}

// quote writes a sentence that the article's first person says.
func (w *writer) quote(n int) {
	said := capital(w.plain(n)) + ","
	w.b.WriteString("“")
	start := w.b.Len()
	w.b.WriteString(said)
	end := w.b.Len()
	w.b.WriteString("” said ")
	w.mention(w.actors[0])
	w.b.WriteByte('.')
	w.a.Quotes = append(w.a.Quotes, news.Quote{Text: said, Start: start, End: end,
		Speaker: &news.Speaker{ID: w.actors[0].ID, Name: w.actors[0].Name}})
}

// mention writes a name: a person's in full first and the surname after that.
func (w *writer) mention(e news.Entity) {
	name := e.Name
	if w.named[e.ID] && len(e.Aliases) > 1 {
		name = e.Aliases[1].Name
	}
	w.named[e.ID] = true
	w.counts[e.ID]++
	w.mentions = append(w.mentions, news.Mention{Kind: e.Kind, Text: name, Start: w.b.Len(), End: w.b.Len() + len(name), Entity: e.ID})
	w.b.WriteString(name)
}

// entities lists who was in fact named, most often first.
func (w *writer) entities() {
	for _, e := range w.actors {
		e.Count = w.counts[e.ID]
		switch {
		case e.Count == 0:
		case e.Kind == news.Person:
			w.a.Persons = append(w.a.Persons, e)
		case e.Kind == news.Place:
			w.a.Places = append(w.a.Places, e)
		default:
			w.a.Organisations = append(w.a.Organisations, e)
		}
	}
	for _, es := range [][]news.Entity{w.a.Persons, w.a.Places, w.a.Organisations} {
		slices.SortStableFunc(es, func(x, y news.Entity) int { return y.Count - x.Count })
	}
}
