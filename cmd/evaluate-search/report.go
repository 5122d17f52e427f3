package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"backfile/internal/relevance"
)

// report prints what came of a suite.
type report struct {
	out   io.Writer
	quiet bool
	blind []string
	// alone are the answers without what is nearest where nothing was found.
	alone []relevance.Answer
}

func (r *report) suite(name string, s relevance.Suite, articles int) {
	fmt.Fprintf(r.out, "%s: %d queries of %d articles\n\n", name, len(s.Queries), articles)
}

// query prints the ranks of what one query wants, and where that fails, what came
// instead.
func (r *report) query(a *answer) {
	for _, h := range a.blind {
		r.blind = append(r.blind, fmt.Sprintf("%s: %s", a.Query.Text, h))
	}
	found := a.Answer
	if a.near {
		found.Found = nil
	}
	r.alone = append(r.alone, found)
	if r.quiet && a.Holds() {
		return
	}
	verdict := "ok  "
	if !a.Holds() {
		verdict = "FAIL"
	}
	fmt.Fprintf(r.out, "%s  %-44s %5d found", verdict, a.Query.Text, a.total)
	for _, w := range a.Query.Wanted {
		at := "-"
		if n := a.Rank(w.Key); n > 0 {
			at = fmt.Sprint(n)
		}
		fmt.Fprintf(r.out, "  %s/%d", at, w.Top)
	}
	fmt.Fprintln(r.out)
	if a.Holds() {
		return
	}
	for _, w := range a.Missed() {
		fmt.Fprintf(r.out, "        %s is not among the first %d\n", w.Key, w.Top)
	}
	for _, k := range a.Intruded() {
		fmt.Fprintf(r.out, "        %s must not be there\n", k)
	}
	for i, h := range a.hits[:min(len(a.hits), 4)] {
		fmt.Fprintf(r.out, "        %d. %s (%.10s)\n", i+1, oneLine(h.Headline), h.Published)
	}
}

// end prints the tables.
func (r *report) end(answers []relevance.Answer) {
	var kinds []string
	for _, a := range answers {
		if !slices.Contains(kinds, a.Query.Kind) {
			kinds = append(kinds, a.Query.Kind)
		}
	}
	fmt.Fprintf(r.out, "\n%-32s %7s %7s %9s %7s\n", "", "queries", "MRR", "recall@10", "hold")
	for _, k := range kinds {
		var of []relevance.Answer
		for _, a := range answers {
			if a.Query.Kind == k {
				of = append(of, a)
			}
		}
		r.row(k, of)
	}
	odd, even := relevance.Halves(answers)
	r.row("odd queries, for tuning", odd)
	r.row("even queries, held out", even)
	r.row("all", answers)
	r.row("all, but what is nearest", r.alone)
	s := relevance.Summarise(answers)
	shown, showable := 0, 0
	for _, a := range answers {
		shown, showable = shown+a.Shown, showable+a.Showable
	}
	fmt.Fprintf(r.out, "\nof %d results with words to show, %d show one (%.3f)\n", showable, shown, s.Shown)
	for _, b := range r.blind {
		fmt.Fprintf(r.out, "        nothing is marked: %s\n", oneLine(b))
	}
	fmt.Fprintln(r.out)
}

func (r *report) row(name string, answers []relevance.Answer) {
	s := relevance.Summarise(answers)
	if s.Wanting == 0 {
		fmt.Fprintf(r.out, "%-32s %7d %7s %9s %7.3f\n", name, s.Queries, "", "", s.Held)
		return
	}
	fmt.Fprintf(r.out, "%-32s %7d %7.3f %9.3f %7.3f\n", name, s.Queries, s.MRR, s.Recall, s.Held)
}

// oneLine cuts s for a table.
func oneLine(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 90 {
		s = string(r[:90]) + "…"
	}
	return s
}
