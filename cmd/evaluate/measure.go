package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"

	"backfile/internal/measured"
	"backfile/internal/news"
)

// The measures, in the order of the table.
const (
	measureBody     = "body"
	measureShingles = "shingles"
	measureHeadline = "headline"
	measureDay      = "day"
	measurePrinted  = "printed"
	measureInstant  = "instant"
	measureAuthors  = "authors"
)

var measures = []string{measureBody, measureShingles, measureHeadline, measureDay, measurePrinted, measureInstant, measureAuthors}

// score is how one page did.
type score struct {
	gold gold
	got  news.Article
	// err is why the page was refused, or nil.
	err  error
	took time.Duration // of processor time
	// value is between 0 and 1 for each measure that the page can be held to.
	value map[string]float64
	// names counts the authors found, expected and right.
	names counts
}

// summary is how all pages of one form did.
type summary struct {
	form      string
	pages     int
	refused   int
	perSecond float64 // a core
	value     map[string]float64
}

// measure reads each page in that form and scores it. Pages without a file of
// the form are left out.
func measure(dir string, f form, pages []gold) ([]score, error) {
	var scores []score
	for _, g := range pages {
		b, err := load(dir, g.Name+f.suffix)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		start := measured.ProcessorTime()
		a, err := f.read(g.Name+f.suffix, b)
		took := measured.ProcessorTime() - start
		s := scorePage(g, a, err)
		s.took = took
		if !f.instants {
			delete(s.value, measureInstant)
		}
		if day := s.value[measureDay]; f.printsDay != nil && f.printsDay(string(b), g.Published) {
			s.value[measurePrinted] = day
		}
		scores = append(scores, s)
	}
	if len(scores) == 0 {
		return nil, fmt.Errorf("no %s files in %s", f.name, dir)
	}
	return scores, nil
}

func scorePage(g gold, a news.Article, err error) score {
	s := score{gold: g, got: a, err: err, value: map[string]float64{measureHeadline: 0, measureDay: 0}}
	if err != nil {
		s.got = news.Article{}
	}
	want, have := words(g.Body), words(bodyOf(s.got))
	s.value[measureBody] = multisetF1(have, want)
	s.value[measureShingles] = multisetF1(shingles(have), shingles(want))
	if sameHeadline(s.got.Headline, g.Title) {
		s.value[measureHeadline] = 1
	}
	if day := s.got.Published.Day(); day != "" && strings.HasPrefix(g.Published, day) {
		s.value[measureDay] = 1
	}
	if right, ok := sameInstant(s.got.Published, g.Published); ok {
		s.value[measureInstant] = 0
		if right {
			s.value[measureInstant] = 1
		}
	}
	s.names = compareAuthors(s.got, g)
	s.value[measureAuthors] = s.names.f1()
	return s
}

// bodyOf is the text that the gold's body is held against: the standfirst and
// the body, as the gold has it.
func bodyOf(a news.Article) string {
	if a.Standfirst == "" || strings.HasPrefix(a.Body, a.Standfirst) {
		return a.Body
	}
	return a.Standfirst + "\n\n" + a.Body
}

// summarise is the mean of each measure over the pages that can be held to it.
func summarise(form string, scores []score) summary {
	s := summary{form: form, pages: len(scores), value: map[string]float64{}}
	var took time.Duration
	var names counts
	n := map[string]int{}
	for _, sc := range scores {
		took += sc.took
		if sc.err != nil {
			s.refused++
		}
		for m, v := range sc.value {
			s.value[m] += v
			n[m]++
		}
		names = names.add(sc.names)
	}
	for m := range s.value {
		s.value[m] /= float64(n[m])
	}
	s.value[measureAuthors] = names.f1()
	if took > 0 {
		s.perSecond = float64(len(scores)) / took.Seconds()
	}
	return s
}

// inEnglish are the scores of the pages whose gold body is English.
func inEnglish(scores []score) []score {
	return slices.DeleteFunc(slices.Clone(scores), func(s score) bool { return !isEnglish(s.gold.Body) })
}

// printWorst lists the n pages that did worst in each measure, with what was
// read and what should have been.
func printWorst(out io.Writer, form string, scores []score, n int) {
	for _, m := range measures {
		if n <= 0 {
			return
		}
		bad := slices.DeleteFunc(slices.Clone(scores), func(s score) bool { v, ok := s.value[m]; return !ok || v == 1 })
		if len(bad) == 0 {
			continue
		}
		slices.SortStableFunc(bad, func(a, b score) int { return cmp.Compare(a.value[m], b.value[m]) })
		fmt.Fprintf(out, "worst %s of %s\n", m, form)
		for _, s := range bad[:min(n, len(bad))] {
			fmt.Fprintf(out, "  %.3f %s\n", s.value[m], s.gold.Name)
			got, want := sides(s, m)
			if s.err != nil {
				got = "refused: " + s.err.Error()
			}
			fmt.Fprintf(out, "        got  %s\n        want %s\n", oneLine(got), oneLine(want))
		}
	}
}

// sides is what was read and what should have been, for one measure.
func sides(s score, m string) (got, want string) {
	switch m {
	case measureHeadline:
		return s.got.Headline, s.gold.Title
	case measureDay, measurePrinted, measureInstant:
		return s.got.Published.Text + " " + s.got.Published.From, s.gold.Published
	case measureAuthors:
		return strings.Join(authorNames(s.got), ", ") + " (byline " + s.got.Byline + ")", strings.Join(s.gold.Authors, ", ")
	}
	return bodyOf(s.got), s.gold.Body
}

// printDiffs prints, for each page, the paragraphs that only one side has.
func printDiffs(out io.Writer, scores []score) {
	for _, s := range scores {
		got, want := paragraphs(bodyOf(s.got)), paragraphs(s.gold.Body)
		fmt.Fprintf(out, "%s body %.3f\n", s.gold.Name, s.value[measureBody])
		only(out, "  + ", got, want)
		only(out, "  - ", want, got)
	}
}

func paragraphs(s string) []string {
	return slices.DeleteFunc(strings.Split(s, "\n"), func(p string) bool { return strings.TrimSpace(p) == "" })
}

func only(out io.Writer, mark string, these, those []string) {
	have := map[string]bool{}
	for _, p := range those {
		have[strings.Join(words(p), " ")] = true
	}
	for _, p := range these {
		if !have[strings.Join(words(p), " ")] {
			fmt.Fprintln(out, mark+oneLine(p))
		}
	}
}
