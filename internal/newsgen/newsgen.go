// Package newsgen makes up news articles in any number, for benchmarks and for
// tests of size. The same seed and number give the same article on every
// machine. The words are drawn as in real text (few words often, most words
// seldom), and so are outlets, persons, places and organisations.
//
// # Caveats
//
// The sentences mean nothing. No person named is a real one; the places are
// real, so that a gazetteer finds them.
package newsgen

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"
	"time"

	"backfile/internal/news"
	"backfile/internal/text"
)

// The sizes of the world that articles are drawn from.
const (
	Outlets       = 500
	Persons       = 20_000
	Organisations = 3_000
	vocabulary    = 40_000
	firstYear     = 1936
	lastYear      = 2026
)

// Generator makes articles. It is safe for concurrent use: it holds only what
// every article is drawn from.
type Generator struct {
	seed          uint64
	words         []string
	wordDraw      zipf
	outlets       []news.Outlet
	outletDraw    zipf
	persons       []news.Entity
	personDraw    zipf
	places        []news.Entity
	placeDraw     zipf
	organisations []news.Entity
	orgDraw       zipf
	sections      []string
	archive       *archive // what NewArchive adds; else nil
}

// New returns the generator of that seed.
func New(seed uint64) *Generator {
	return newWorld(rand.New(rand.NewPCG(seed, 0x6261636b66696c65)), seed, vocabulary, Persons)
}

// newWorld draws what the articles of seed are drawn from.
func newWorld(r *rand.Rand, seed uint64, vocabulary, persons int) *Generator {
	g := &Generator{seed: seed, sections: strings.Fields(sectionNames)}
	g.words = makeWords(r, vocabulary)
	g.wordDraw = newZipf(len(g.words), 1.0)
	for i := range Outlets {
		name := fmt.Sprintf("%s %s", capital(g.words[len(commonWords())+i*7]), papers[i%len(papers)])
		g.outlets = append(g.outlets, news.Outlet{Name: name, Slug: news.Slug(name)})
	}
	g.outletDraw = newZipf(len(g.outlets), 0.9)
	g.persons = makePersons(r, persons)
	g.personDraw = newZipf(len(g.persons), 0.85)
	g.places = makePlaces()
	g.placeDraw = newZipf(len(g.places), 0.8)
	for i := range Organisations {
		name := fmt.Sprintf("%s %s", capital(g.words[len(commonWords())+5000+i*5]), bodies[i%len(bodies)])
		g.organisations = append(g.organisations, entity(news.Organisation, name))
	}
	g.orgDraw = newZipf(len(g.organisations), 0.9)
	return g
}

// Articles yields the articles 0 to n-1.
func (g *Generator) Articles(n int) iter.Seq[news.Article] {
	return func(yield func(news.Article) bool) {
		for i := range n {
			if !yield(g.Article(i)) {
				return
			}
		}
	}
}

// Version is article i as the first and current version of an archive.
func (g *Generator) Version(i int) news.Version {
	return news.Version{N: 1, Article: g.Article(i), At: time.Date(2026, 1, 1, 0, 0, i, 0, time.UTC)}
}

// Article makes article i: its id, outlet, dates, byline, captions, 300 to 500
// words of body in paragraphs (an archive's: about 200), and its mentions and entities.
func (g *Generator) Article(i int) news.Article {
	if g.archive != nil {
		return g.archiveArticle(i)
	}
	r := rand.New(rand.NewPCG(g.seed+1, uint64(i)))
	outlet := g.outlets[g.outletDraw.draw(r)]
	a := news.Article{Outlet: &outlet, Language: "en", Section: g.sections[r.IntN(len(g.sections))]}
	w := &writer{g: g, r: r, a: &a}
	w.cast()
	a.Headline = capital(w.plain(6 + r.IntN(5)))
	a.Standfirst = capital(w.plain(12+r.IntN(8))) + "."
	a.URL = fmt.Sprintf("https://%s.example/%d/%s", strings.ReplaceAll(outlet.Slug, "-", ""), i, news.Slug(a.Headline))
	a.ID, a.Slug = news.NewArticleID(news.URLKey(a.URL)), news.Slug(a.Headline)
	w.date()
	author := g.persons[len(g.persons)-1-r.IntN(2000)].Name
	a.Byline, a.Authors = "By "+author, []news.Author{{Name: author}}
	switch r.IntN(10) {
	case 0:
		a.Agency = "Northern Wire"
	case 1:
		a.Agency = "Reuters"
	}
	w.body(300 + r.IntN(200))
	if r.IntN(5) < 2 {
		a.Images = []news.Image{{Caption: capital(w.plain(8)) + ".", Credit: "Photo desk"}}
	}
	for range r.IntN(4) {
		a.Tags = append(a.Tags, g.words[len(commonWords())+r.IntN(800)])
	}
	w.entities()
	return a
}

func entity(k news.Kind, name string) news.Entity {
	f := text.Fold(name)
	return news.Entity{ID: news.NewEntityID(k, f), Slug: news.Slug(name), Name: name, Kind: k,
		Aliases: []news.Alias{{Name: name, Fold: f}}}
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
