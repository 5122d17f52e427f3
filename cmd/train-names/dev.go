package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"backfile/internal/entity/tagger"
	"backfile/internal/marked"
)

// keptApart are the sets that are never learnt from in development.
func keptApart(set string) bool {
	return set == marked.SetSentencesDev || strings.HasPrefix(set, "pages-") || set == setWritten || set == marked.SetWire
}

// develop prints, for each set, what the rules and a model are worth on what the
// model has not seen: of the sets to learn from one half by a model of the other,
// and the sets kept apart by both models, averaged.
func develop(out io.Writer, l *library, s settings) {
	var models [2]*tagger.Model
	n := 2
	if s.half {
		n = 1
	}
	inParallel(n, func(h int) {
		var others []example
		for _, e := range l.examples {
			if (!keptApart(e.set) || s.learnPages && e.set == marked.SetPages) && (e.set == marked.SetSentences || e.set == setWire || e.group%2 != h) {
				others = append(others, e)
			}
		}
		models[h] = l.train(others, s)
	})
	l.report(out, models, s)
	if !s.tune {
		return
	}
	s.shown = 0
	for _, ease := range []float64{-0.6, -0.3, 0, 0.3, 0.6} {
		for _, agree := range []float64{0, 1, 3} {
			for _, m := range models {
				if m != nil {
					m.Ease(ease)
					m.Agree(agree)
				}
			}
			fmt.Fprintf(out, "ease %.1f, agree %.0f\n", ease, agree)
			l.report(out, models, s)
		}
	}
}

// report prints a line a set.
func (l *library) report(out io.Writer, models [2]*tagger.Model, s settings) {
	var sets []string
	for _, e := range l.examples {
		if !slices.Contains(sets, e.set) {
			sets = append(sets, e.set)
		}
	}
	fmt.Fprintf(out, "%-24s %s\n", "", "person              place               organisation        all (precision recall F1)    as sets a document: person place organisation all")
	var mean [8]float64
	total := 0.0
	for _, set := range sets {
		if set == marked.SetSentences || set == setWire || strings.HasPrefix(set, "pages-") && set != marked.SetPages {
			continue
		}
		var ruled, learnt score
		extra, missed := map[string]int{}, map[string]int{}
		for i := range l.examples {
			e := &l.examples[i]
			if e.set != set {
				continue
			}
			ruled.add(e, e.ruled)
			for h, m := range models {
				if m == nil || (!keptApart(set) || s.learnPages && set == marked.SetPages) && e.group%2 != h {
					continue
				}
				got := m.Tag(e.texts(s.rules))
				learnt.add(e, got)
				if s.shown > 0 && (s.only == "" || s.only == set) && h == e.group%2 {
					differences(e, got, extra, missed)
				}
			}
		}
		if s.rules {
			fmt.Fprintf(out, "%-17s %-6s %s\n", set, "rules", ruled)
		}
		fmt.Fprintf(out, "%-17s %-6s %s\n", set, "tagger", learnt)
		if s.shown > 0 && (s.only == "" || s.only == set) {
			printCommonest(out, "too much", extra, s.shown)
			printCommonest(out, "missed", missed, s.shown)
		}
		if set != "hand.txt" {
			for k, f := range learnt.f() {
				mean[k] += f
			}
			total++
		}
	}
	fmt.Fprintf(out, "%-24s", "mean (without hand)")
	for k, f := range mean {
		fmt.Fprintf(out, " %s%.4f", []string{"P ", "L ", "O ", "all ", "  sets P ", "L ", "O ", "all "}[k], f/total)
	}
	fmt.Fprintln(out)
}

// tally counts what was right, marked too much, and missed.
type tally struct{ right, extra, missed int }

func (t tally) String() string {
	return fmt.Sprintf("%.3f %.3f %.3f", share(t.right, t.right+t.extra), share(t.right, t.right+t.missed), t.f())
}

func (t tally) f() float64 { return share(2*t.right, 2*t.right+t.extra+t.missed) }

func share(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// score is a tally for each kind and one of all, of spans and of the set of names
// in each document.
type score struct{ spans, names [4]tally }

func (s score) String() string {
	return fmt.Sprintf("%s   %s   %s   %s   %.3f %.3f %.3f %.3f", s.spans[0], s.spans[1], s.spans[2], s.spans[3], s.names[0].f(), s.names[1].f(), s.names[2].f(), s.names[3].f())
}

func (s score) f() (out [8]float64) {
	for k := range 4 {
		out[k], out[4+k] = s.spans[k].f(), s.names[k].f()
	}
	return out
}

func (s *score) add(e *example, got [][]tagger.Span) {
	type name struct {
		kind tagger.Kind
		s    string
	}
	gold, found := map[name]bool{}, map[name]bool{}
	for k, t := range e.seen {
		left := map[tagger.Span]bool{}
		for _, g := range e.open(k, e.gold[k]) {
			left[g] = true
			gold[name{g.Kind, t.Name(g)}] = true
		}
		for _, g := range e.open(k, got[k]) {
			found[name{g.Kind, t.Name(g)}] = true
			count(&s.spans, g.Kind, left[g])
			delete(left, g)
		}
		for g := range left {
			s.spans[g.Kind].missed++
			s.spans[3].missed++
		}
	}
	for n := range found {
		count(&s.names, n.kind, gold[n])
	}
	for n := range gold {
		if !found[n] {
			s.names[n.kind].missed++
			s.names[3].missed++
		}
	}
}

func count(t *[4]tally, k tagger.Kind, right bool) {
	for _, k := range []int{int(k), 3} {
		if right {
			t[k].right++
		} else {
			t[k].extra++
		}
	}
}

// differences counts the names that got has too much and too little.
func differences(e *example, got [][]tagger.Span, extra, missed map[string]int) {
	for k := range e.seen {
		t := &e.seen[k]
		left := map[tagger.Span]bool{}
		for _, g := range e.open(k, e.gold[k]) {
			left[g] = true
		}
		for _, g := range e.open(k, got[k]) {
			if !left[g] {
				extra[shown(e, t, g)]++
			}
			delete(left, g)
		}
		for g := range left {
			missed[shown(e, t, g)]++
		}
	}
}

func shown(e *example, t *tagger.Text, s tagger.Span) string {
	first, end := max(s.First-4, 0), min(s.Last+4, len(t.Tokens)-1)
	return fmt.Sprintf("%c %s [%s] %s  (%s)", "PLO"[s.Kind], t.S[t.Tokens[first].Start:t.Tokens[s.First].Start], t.Name(s), t.S[t.Tokens[s.Last].End:t.Tokens[end].End], e.id)
}

func printCommonest(out io.Writer, what string, counts map[string]int, n int) {
	keys := make([]string, 0, len(counts))
	for k := range counts {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b string) int { return cmp.Or(-cmp.Compare(counts[a], counts[b]), strings.Compare(a, b)) })
	for _, k := range keys[:min(n, len(keys))] {
		fmt.Fprintf(out, "    %-9s %3d %q\n", what, counts[k], k)
	}
}
