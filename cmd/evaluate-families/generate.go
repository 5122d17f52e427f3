package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"backfile/internal/family"
	"backfile/internal/news"
	"backfile/internal/newsgen"
)

// made is one generated article and the report that it prints. Articles of one
// report are a family; report 0 is nobody's.
type made struct {
	entry  family.Entry
	body   string
	report int
	kind   string
}

// world makes articles: reports and their copies, and what is like a copy and is
// none.
type world struct {
	r       *rand.Rand
	gen     *newsgen.Generator
	bodies  int // articles of gen used so far
	reports int
	footers []string
	pool    []string // words not used so far
	out     []made
}

const (
	outlets     = 120
	bigOutlets  = 12 // those that print two of three articles
	agencyLines = "This report was supplied to subscribing papers by Northern Wire. All times are local. " +
		"Corrections are sent to every subscriber of the service within the hour in which they are made."
)

// generate makes n articles, of which families are printed more than once.
func generate(seed uint64, n, families int) []made {
	w := &world{r: rand.New(rand.NewPCG(seed, 77)), gen: newsgen.New(seed)}
	for range outlets {
		w.footers = append(w.footers, strings.Join(w.words(20+w.r.IntN(50)), " ")+".")
	}
	for range families * 9 / 10 {
		w.family()
	}
	w.formats(families / 10)
	others := []func(){w.alone, w.alone, w.alone, w.brief, w.column, w.sameEvent}
	for len(w.out) < n {
		others[w.r.IntN(len(others))]()
	}
	w.out = w.out[:n]
	for i := range w.out {
		w.out[i].entry.ID = news.ArticleID(fmt.Sprintf("%08x%05d", w.r.Uint32(), i))
	}
	w.r.Shuffle(n, func(i, j int) { w.out[i], w.out[j] = w.out[j], w.out[i] })
	return w.out
}

// outlet draws an outlet: a few print most.
func (w *world) outlet() int {
	if w.r.IntN(3) > 0 {
		return w.r.IntN(bigOutlets)
	}
	return w.r.IntN(outlets)
}

// print is an article of these paragraphs, with what the outlet prints under
// every article.
func (w *world) print(report, outlet int, kind string, at time.Time, paragraphs []string) {
	all := append([]string(nil), paragraphs...)
	if outlet%4 > 0 {
		all = append(all, w.footers[outlet])
	}
	w.out = append(w.out, made{
		report: report, kind: kind, body: strings.Join(all, "\n\n"),
		entry: family.Entry{Outlet: fmt.Sprintf("outlet-%d", outlet), Published: news.DateOf(at, news.FromMetadata)},
	})
}

func (w *world) day() time.Time {
	return time.Date(2026, 1, 1, 5, 0, 0, 0, time.UTC).Add(time.Duration(w.r.IntN(300*24*60)) * time.Minute)
}

func (w *world) newReport() int {
	w.reports++
	return w.reports
}

// text is a report of about n words in paragraphs, with figures.
func (w *world) text(n int) []string {
	var out []string
	for n > 0 {
		body := w.gen.Article(w.bodies).Body
		w.bodies++
		for p := range strings.SplitSeq(body, "\n\n") {
			words := strings.Fields(p)
			for i := range words {
				if w.r.IntN(45) == 0 {
					words[i] = fmt.Sprint(w.r.IntN(400))
				}
			}
			out = append(out, strings.Join(words, " "))
			if n -= len(words); n <= 0 {
				break
			}
		}
	}
	return out
}

// words are n words of plain text.
func (w *world) words(n int) []string {
	if len(w.pool) < n {
		w.pool = strings.Fields(strings.Join(w.text(n+5000), " "))
	}
	out := w.pool[:n:n]
	w.pool = w.pool[n:]
	return out
}

// family is a report and its copies.
func (w *world) family() {
	length := 150 + w.r.IntN(400)
	if w.r.IntN(12) == 0 {
		length = 700 + w.r.IntN(900)
	}
	original := w.text(length)
	at := w.day()
	copies := 2 + w.r.IntN(4)
	if w.r.IntN(40) == 0 {
		copies = 10 + w.r.IntN(50)
	}
	report := w.newReport()
	if w.r.IntN(4) == 0 {
		original = append(original, agencyLines)
	}
	used := map[int]bool{}
	for i := range copies {
		outlet := w.outlet()
		for used[outlet] && w.r.IntN(12) > 0 && len(used) < outlets {
			outlet = w.r.IntN(outlets)
		}
		used[outlet] = true
		kind, text := "copy", original
		switch {
		case i == 0 && w.r.IntN(8) > 0:
			kind = "whole"
		default:
			text = w.edit(original)
		}
		w.print(report, outlet, kind, at.Add(time.Duration(w.r.IntN(36*60))*time.Minute), text)
	}
}

// alone is a report that one outlet has.
func (w *world) alone() {
	w.print(w.newReport(), w.outlet(), "alone", w.day(), w.text(90+w.r.IntN(450)))
}

// brief is hardly longer than what the outlet prints under it.
func (w *world) brief() {
	w.print(w.newReport(), w.outlet(), "brief", w.day(), w.text(45+w.r.IntN(40)))
}

// column retells other articles by their first words.
func (w *world) column() {
	var ps []string
	for range 7 + w.r.IntN(5) {
		from := strings.Fields(strings.ReplaceAll(w.out[w.r.IntN(len(w.out))].body, "\n\n", " "))
		ps = append(ps, strings.Join(from[:min(len(from), 30+w.r.IntN(40))], " "))
	}
	w.print(w.newReport(), w.outlet(), "column", w.day(), ps)
}

// sameEvent is an outlet's own report of what others report too: the same
// speech is quoted at length, and the rest is its own.
func (w *world) sameEvent() {
	of := w.out[w.r.IntN(len(w.out))]
	words := strings.Fields(strings.ReplaceAll(of.body, "\n\n", " "))
	n := len(words) / 4
	ps := w.text(60 + len(words)*3/5)
	from := w.r.IntN(len(words) - n)
	half := from + n/2
	ps = append(ps, "“"+strings.Join(words[from:half], " ")+"”", ps[0])
	ps[0] = "“" + strings.Join(words[half:from+n], " ") + "”"
	w.print(w.newReport(), w.outlet(), "same event", w.day(), ps)
}
