package main

import (
	"fmt"
	"hash/fnv"
	"io"
	"strings"

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
	var body, bound float64
	right, there := 0, 0
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
			c, can := headlines(m, p)
			got := f1(take(p.page, func(i int) bool { return lines.IsBody(c.Chances[i]) }), p.body)
			most := f1(take(p.page, func(i int) bool { return p.states[i] == lines.Body }), p.body)
			body += got
			bound += most
			k, _ := m.Choose(p.page, c.Candidates, c.First, c.Chances)
			ok := k >= 0 && c.Right[k]
			if can {
				there++
			}
			if ok {
				right++
			}
			if verbose {
				fmt.Fprintf(w, "%-40s body %.3f of %.3f, headline %v of %v\n", p.name, got, most, ok, can)
				if can && !ok && k >= 0 {
					fmt.Fprintf(w, "\tgot  %s\n\twant %s\n", c.Candidates[k].Text, p.title)
				}
			}
		}
	}
	n := float64(len(pages))
	fmt.Fprintf(w, "%d pages, each publisher's by a model that has not seen the publisher:\n", len(pages))
	fmt.Fprintf(w, "body F1 %.3f, of %.3f that whole lines can reach\n", body/n, bound/n)
	fmt.Fprintf(w, "headline %.3f, of %.3f whose headline is a line of the page\n", float64(right)/n, float64(there)/n)
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
