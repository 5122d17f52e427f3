package newsgen

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"backfile/internal/news"
)

// The sizes of the world that a large archive's articles are drawn from.
const (
	archiveWords        = 300_000 // those that come again; of the words that hardly do there are tailWords more
	tailWords           = 5_000_000
	archivePersons      = 50_000
	archiveExpressions  = 20_000
	archiveTopics       = 2_000
	topicWords          = 60
	archiveFirstYear    = 1850
	archiveLastYear     = 2026
	archiveMeanDraws    = 155 // of a body: about 200 words, since some draws are expressions
	archiveLongestWords = 1_500
	familyBlock         = 20 // members of a wire family stand in one block of so many numbers
)

// archive is what NewArchive adds to the world: what makes text in bulk look to an
// index as news does.
type archive struct {
	expressions    []string // words that stand together more often than by chance
	expressionDraw zipf
	topics         [][]string // words of one matter, which come in the same articles
	draws          int        // of a body, on average
}

// NewArchive returns the generator of a large archive's articles, for measuring at
// a hundred thousand to a million of them: about 200 words each from 1850 to 2026, of
// 500 outlets and 50,000 persons. The vocabulary grows with the archive as it does in
// news (some 400,000 words at 200,000 articles, 1,000,000 at a million), words of one
// matter come together, so do the words of 20,000 expressions, and one article in
// eight is a copy of a wire report (see Lead).
func NewArchive(seed uint64) *Generator {
	r := rand.New(rand.NewPCG(seed, 0x61726368697665))
	g := newWorld(r, seed, archiveWords, archivePersons)
	a := &archive{draws: archiveMeanDraws, expressionDraw: newZipf(archiveExpressions, 0.8)}
	// Expressions and topics are made of words that are neither in every text nor in none.
	middle := newZipf(30_000, 0.7)
	word := func() string { return g.words[len(commonWords())/2+middle.draw(r)] }
	for range archiveExpressions {
		switch r.IntN(5) {
		case 0:
			a.expressions = append(a.expressions, word()+" of the "+word())
		case 1:
			a.expressions = append(a.expressions, word()+" "+word()+" "+word())
		default:
			a.expressions = append(a.expressions, word()+" "+word())
		}
	}
	for range archiveTopics {
		topic := make([]string, topicWords)
		for i := range topic {
			topic[i] = word()
		}
		a.topics = append(a.topics, topic)
	}
	g.archive = a
	return g
}

// Short returns the generator of the same archive with articles of a third of the length,
// for measuring at a size that a small machine can hold.
func (g *Generator) Short() *Generator {
	short, a := *g, *g.archive
	a.draws = archiveMeanDraws / 3
	short.archive = &a
	return &short
}

// Lead is the number of the article whose wire report article i prints, which may be i
// itself; ok is false where it prints its own. Only an archive's articles do.
func (g *Generator) Lead(i int) (lead int, ok bool) {
	if g.archive == nil {
		return 0, false
	}
	lead = i - i%familyBlock
	r := rand.New(rand.NewPCG(g.seed+2, uint64(lead)))
	if r.IntN(2) == 0 {
		return 0, false
	}
	members := 2
	for members < familyBlock && r.IntN(4) > 0 {
		members++
	}
	return lead, i-lead < members
}

// archiveArticle makes article i of an archive.
func (g *Generator) archiveArticle(i int) news.Article {
	own := rand.New(rand.NewPCG(g.seed+1, uint64(i)))
	text, copied := own, false
	if lead, ok := g.Lead(i); ok {
		// Everybody who prints it has its cast and its text from the same numbers.
		text, copied = rand.New(rand.NewPCG(g.seed+3, uint64(lead))), true
	}
	outlet := g.outlets[g.outletDraw.draw(own)]
	a := news.Article{Outlet: &outlet, Language: "en", Section: g.sections[own.IntN(len(g.sections))]}
	w := &writer{g: g, r: text, a: &a}
	w.topic = g.archive.topics[text.IntN(archiveTopics)]
	w.cast()
	headline, day := capital(w.plain(4+text.IntN(5))), archiveDay(text)
	shortest := min(40, g.archive.draws/2)
	w.body(min(shortest+int(text.ExpFloat64()*float64(g.archive.draws-shortest)), archiveLongestWords))
	w.r = own
	if copied {
		a.Agency = "Reuters"
		if own.IntN(2) == 0 {
			headline = capital(w.plain(4 + own.IntN(5)))
		}
		if own.IntN(3) == 0 {
			w.cutTail()
		}
	}
	a.Headline = headline
	if own.IntN(3) == 0 {
		a.Standfirst = capital(w.plain(8+own.IntN(8))) + "."
	}
	a.URL = fmt.Sprintf("https://%s.example/%d/%s", strings.ReplaceAll(outlet.Slug, "-", ""), i, news.Slug(a.Headline))
	a.ID, a.Slug = news.NewArticleID(news.URLKey(a.URL)), news.Slug(a.Headline)
	w.archiveDate(day)
	author := g.persons[len(g.persons)-1-own.IntN(5000)].Name
	a.Byline, a.Authors = "By "+author, []news.Author{{Name: author}}
	if own.IntN(5) == 0 {
		a.Images = []news.Image{{Caption: capital(w.plain(8)) + ".", Credit: "Photo desk"}}
	}
	w.entities()
	return a
}

// archiveDay is a day of the archive's years, of late ones more than of early ones.
func archiveDay(r *rand.Rand) time.Time {
	first := time.Date(archiveFirstYear, 1, 1, 0, 0, 0, 0, time.UTC)
	days := time.Date(archiveLastYear, 7, 1, 0, 0, 0, 0, time.UTC).Sub(first).Hours() / 24
	return first.AddDate(0, 0, int(max(r.Float64(), r.Float64())*days))
}

// archiveDate dates forty-nine articles of fifty, to the day or the minute.
func (w *writer) archiveDate(day time.Time) {
	w.a.Captured = news.Date{Text: "2026-07-01T00:00:00Z", Precision: news.Second, From: news.FromCapture}
	switch w.r.IntN(50) {
	case 0:
	case 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20:
		at := day.Add(time.Duration(w.r.IntN(24*60*60)) * time.Second)
		w.a.Published = news.Date{Text: at.Format(time.RFC3339), Precision: news.Second, From: news.FromMetadata}
	default:
		w.a.Published = news.Date{Text: day.Format(time.DateOnly), Precision: news.Day, From: news.FromMetadata}
	}
}

// archiveWord is the next word, or expression, of an archive's text.
func (w *writer) archiveWord() string {
	switch x := w.r.IntN(1000); {
	case x < 60:
		return w.g.archive.expressions[w.g.archive.expressionDraw.draw(w.r)]
	case x < 180 && w.topic != nil:
		// Some of a matter's words more than others.
		return w.topic[int(w.r.Float64()*w.r.Float64()*topicWords)]
	case x < 186:
		// Misprints, foreign names, numbers: the half of a vocabulary that is seen once or twice.
		return tailWord(int(math.Pow(tailWords, w.r.Float64())) + w.r.IntN(tailWords/4))
	}
	return w.g.words[w.g.wordDraw.draw(w.r)]
}

// tailWord is a word of that number, another for each.
func tailWord(n int) string {
	if n%10 == 0 {
		return strconv.Itoa(n)
	}
	const consonants, vowels = "bcdfghjklmnprstvwz", "aeiouy"
	b := make([]byte, 0, 16)
	for n += 2_000; n > 0; {
		b = append(b, consonants[n%len(consonants)])
		n /= len(consonants)
		b = append(b, vowels[n%len(vowels)])
		n /= len(vowels)
	}
	return string(append(b, 'x'))
}

// cutTail leaves the body's last paragraph out, where it is not the only one.
func (w *writer) cutTail() {
	end := strings.LastIndex(w.a.Body, "\n\n")
	if end < 0 {
		return
	}
	w.a.Body = w.a.Body[:end]
	ms := w.a.Mentions
	for len(ms) > 0 && ms[len(ms)-1].End > end {
		w.counts[ms[len(ms)-1].Entity]--
		ms = ms[:len(ms)-1]
	}
	w.a.Mentions = ms
	for len(w.a.Quotes) > 0 && w.a.Quotes[len(w.a.Quotes)-1].End > end {
		w.a.Quotes = w.a.Quotes[:len(w.a.Quotes)-1]
	}
}
