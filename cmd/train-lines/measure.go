package main

import (
	"fmt"
	"hash/fnv"
	"io"
	"strings"

	"backfile/internal/ingest"
	"backfile/internal/ingest/lines"
	"backfile/internal/text"
)

type trainer struct {
	epochs int
	decay  float64
}

// parts is how many models a cross-validation trains.
const parts = 10

func (t trainer) train(pages []page) *lines.Model {
	var examples []lines.Example
	for _, p := range pages {
		examples = append(examples, lines.Example{Page: p.page, States: p.states, Weight: 1})
		for _, v := range variants(p) {
			examples = append(examples, v.Example)
		}
	}
	m := &lines.Model{}
	m.Train(examples, t.epochs, t.decay)
	var choices []lines.Choice
	for _, p := range pages {
		if c, ok := headlines(m, p); ok {
			choices = append(choices, c)
		}
		for _, v := range variants(p) {
			c, ok := headlines(m, page{title: p.title, page: v.Page})
			c.None, c.Weight = v.bare, v.Weight
			if ok != c.None {
				choices = append(choices, c)
			}
		}
	}
	m.TrainHeadline(choices, 300, 0.002)
	return m
}

// headlines are the candidates on p; ok is false where none is the headline.
// The body is where m says, as it will be when no gold is at hand.
func headlines(m *lines.Model, p page) (c lines.Choice, ok bool) {
	c = lines.Choice{Weight: 1, Page: p.page, Chances: m.Chances(p.page)}
	c.First = lines.First(c.Chances)
	c.Candidates = p.page.Candidates(c.First)
	c.Right = make([]bool, len(c.Candidates))
	for k, cand := range c.Candidates {
		c.Right[k] = plain(cand.Text) == plain(p.title)
		ok = ok || c.Right[k]
	}
	return c, ok
}

var alike = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`, "‘", "'", "’", "'", "‚", "'", "–", "-", "—", "-", "…", "...", "\u00ad", "")

func plain(s string) string { return strings.Join(strings.Fields(alike.Replace(s)), " ") }

// crossValidate prints the means over pages of models that were trained without
// the page's publisher.
func (t trainer) crossValidate(w io.Writer, pages []page, verbose bool) {
	var sum scores
	for part := range parts {
		var rest, own []page
		for _, p := range pages {
			h := fnv.New32a()
			h.Write([]byte(p.publisher))
			if h.Sum32()%parts == uint32(part) {
				own = append(own, p)
			} else {
				rest = append(rest, p)
			}
		}
		m := t.train(rest)
		for _, p := range own {
			s := measure(m, p)
			sum = sum.plus(s)
			if verbose {
				fmt.Fprintf(w, "%-40s %s\n", p.name, s)
			}
		}
	}
	fmt.Fprintf(w, "%d pages, each publisher's by a model that has not seen the publisher:\n", len(pages))
	fmt.Fprintf(w, "%s\n", sum.over(float64(len(pages))))
}

// scores are what a model is worth on one page, or on many.
type scores struct {
	lines, bound     float64 // F1 of the lines chosen, and of the best choice of whole lines
	choice, there    float64 // headline chosen, and there to be chosen
	body, title, day float64 // of the article as it is read in the end
}

func (s scores) plus(o scores) scores {
	return scores{s.lines + o.lines, s.bound + o.bound, s.choice + o.choice, s.there + o.there, s.body + o.body, s.title + o.title, s.day + o.day}
}

func (s scores) over(n float64) scores {
	return scores{s.lines / n, s.bound / n, s.choice / n, s.there / n, s.body / n, s.title / n, s.day / n}
}

func (s scores) String() string {
	return fmt.Sprintf("lines %.3f of %.3f, headline line %.3f of %.3f; article: body %.3f, headline %.3f, day %.3f",
		s.lines, s.bound, s.choice, s.there, s.body, s.title, s.day)
}

func measure(m *lines.Model, p page) scores {
	var s scores
	c, can := headlines(m, p)
	s.lines = f1(take(p.page, func(i int) bool { return lines.IsBody(c.Chances[i]) }), p.body)
	s.bound = f1(take(p.page, func(i int) bool { return p.states[i] == lines.Body }), p.body)
	k, _ := m.Choose(p.page, c.Candidates, c.First, c.Chances)
	s.there, s.choice = one(can), one(k >= 0 && c.Right[k])
	a, err := ingest.ReadPlainWith(m, p.name, p.text, ingest.Hint{})
	if err != nil {
		return s
	}
	s.body = f1(a.Standfirst+"\n\n"+a.Body, p.body)
	s.title = one(plain(a.Headline) == plain(p.title))
	s.day = one(a.Published.Day() != "" && strings.HasPrefix(p.published, a.Published.Day()))
	return s
}

func one(ok bool) float64 {
	if ok {
		return 1
	}
	return 0
}

func take(p *lines.Page, own func(i int) bool) string {
	var b strings.Builder
	for i, l := range p.Lines {
		if own(i) {
			b.WriteString(l.Text)
			b.WriteString("\n\n")
		}
	}
	return b.String()
}

// f1 is the harmonic mean of precision and recall of the words, as multisets.
func f1(got, want string) float64 {
	n := map[string]int{}
	wants, gots, right := 0, 0, 0
	for t := range text.Tokens(want) {
		n[t.Fold]++
		wants++
	}
	for t := range text.Tokens(got) {
		gots++
		if n[t.Fold] > 0 {
			n[t.Fold]--
			right++
		}
	}
	if gots+wants == 0 {
		return 1
	}
	return 2 * float64(right) / float64(gots+wants)
}
