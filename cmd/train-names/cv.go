package main

import (
	"cmp"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"sync"

	"backfile/internal/entity/tagger"
)

// inParallel calls do for 0 to n-1, as many at once as there are processors.
func inParallel(n int, do func(i int)) {
	var wg sync.WaitGroup
	next := make(chan int)
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
}

// train makes the model of all examples.
func train(examples []example, plain []example, c *tagger.Clusters, s settings) *tagger.Model {
	var own []tagger.Example
	for _, e := range examples {
		own = append(own, e.training(s.rules))
	}
	m := tagger.Train(own, c, s.options)
	if len(plain) == 0 {
		return m
	}
	return tagger.Train(append(own, markPlain(m, plain, s.rules)...), c, s.options)
}

// readAlso cuts plain text to documents and has the rules read them.
func readAlso(plain [][]string) []example {
	var docs []document
	for i := 0; i < len(plain); i += sentencesADocument {
		var w writer
		for _, words := range plain[i:min(i+sentencesADocument, len(plain))] {
			for _, x := range words {
				w.token(x)
			}
			w.paragraph()
		}
		docs = append(docs, document{text: w.b.String()})
	}
	out := make([]example, len(docs))
	inParallel(len(docs), func(i int) { out[i] = prepare(docs[i]) })
	return out
}

// markPlain marks plain text with a model and keeps the sentences about which it
// agrees with the rules.
func markPlain(m *tagger.Model, plain []example, rules bool) []tagger.Example {
	out := make([]tagger.Example, len(plain))
	for i, e := range plain {
		t := e.alone
		if rules {
			t = e.seen
		}
		out[i] = agreed(t, m.Tag([]tagger.Text{t})[0], e.ruled)
	}
	return out
}

// agreed keeps the paragraphs of t in which two markings are the same and
// something is marked.
func agreed(t tagger.Text, a, b []tagger.Span) tagger.Example {
	return paragraphs(t, a, func(first, end int) bool {
		x := between(a, first, end)
		return len(x) > 0 && slices.Equal(x, between(b, first, end))
	})
}

// paragraphs is the part of t whose paragraphs are wanted, each a text.
func paragraphs(t tagger.Text, gold []tagger.Span, wanted func(first, end int) bool) tagger.Example {
	var ex tagger.Example
	for first := 0; first < len(t.Tokens); {
		end := first + 1
		for end < len(t.Tokens) && t.Tokens[end].Gap != tagger.Break {
			end++
		}
		if wanted(first, end) {
			ex.Doc = append(ex.Doc, tagger.Text{S: t.S, Tokens: t.Tokens[first:end], Flat: t.Flat})
			ex.Gold = append(ex.Gold, between(gold, first, end))
		}
		first = end
	}
	return ex
}

// between are the spans within tokens first to end, counted from first.
func between(spans []tagger.Span, first, end int) []tagger.Span {
	var out []tagger.Span
	for _, s := range spans {
		if s.First >= first && s.Last < end {
			out = append(out, tagger.Span{Kind: s.Kind, First: s.First - first, Last: s.Last - first})
		}
	}
	return out
}

// tally counts what was right, marked too much, and missed.
type tally struct{ right, extra, missed int }

func (t tally) String() string {
	p, r := share(t.right, t.right+t.extra), share(t.right, t.right+t.missed)
	f := 0.0
	if p+r > 0 {
		f = 2 * p * r / (p + r)
	}
	return fmt.Sprintf("%.3f %.3f %.3f", p, r, f)
}

func share(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// score is a tally for each kind, and one of all.
type score [4]tally

func (s *score) add(gold, got []tagger.Span) {
	left := map[tagger.Span]bool{}
	for _, g := range gold {
		left[g] = true
	}
	for _, g := range got {
		for _, k := range []int{int(g.Kind), 3} {
			if left[g] {
				s[k].right++
			} else {
				s[k].extra++
			}
		}
		delete(left, g)
	}
	for g := range left {
		s[g.Kind].missed++
		s[3].missed++
	}
}

// crossValidate prints, for each set and for all, the rules, the tagger alone and
// the tagger that sees the rules, on groups that it was not trained on.
func crossValidate(out io.Writer, examples []example, plain []example, c *tagger.Clusters, s settings) {
	type result struct{ alone, both []tagger.Span }
	results := make([]result, len(examples))
	type job struct {
		fold  int
		rules bool
	}
	var jobs []job
	for f := range s.folds {
		jobs = append(jobs, job{f, false}, job{f, true})
	}
	inParallel(len(jobs), func(j int) {
		var others []example
		for _, e := range examples {
			if e.group%s.folds != jobs[j].fold {
				others = append(others, e)
			}
		}
		mine := s
		mine.rules = jobs[j].rules
		m := train(others, plain, c, mine)
		for i, e := range examples {
			if e.group%s.folds != jobs[j].fold {
				continue
			}
			if mine.rules {
				results[i].both = m.Tag([]tagger.Text{e.seen})[0]
			} else {
				results[i].alone = m.Tag([]tagger.Text{e.alone})[0]
			}
		}
	})
	fmt.Fprintf(out, "%-36s %s\n", "", "person              place               organisation        all (precision recall F1)")
	var sets []string
	for _, e := range examples {
		if len(sets) == 0 || sets[len(sets)-1] != e.set {
			sets = append(sets, e.set)
		}
	}
	if s.shown > 0 {
		for _, name := range sets {
			extra, missed := map[string]int{}, map[string]int{}
			for i, e := range examples {
				if e.set == name {
					differences(e, e.open(results[i].both), extra, missed)
				}
			}
			commonest(out, name+" too much", extra, s.shown)
			commonest(out, name+" missed", missed, s.shown)
		}
	}
	for _, name := range append(sets, "all") {
		var rules, alone, both score
		for i, e := range examples {
			if name == "all" || e.set == name {
				gold := e.open(e.gold)
				rules.add(gold, e.open(e.ruled))
				alone.add(gold, e.open(results[i].alone))
				both.add(gold, e.open(results[i].both))
			}
		}
		for _, l := range []struct {
			what string
			s    score
		}{{"rules", rules}, {"tagger", alone}, {"both", both}} {
			fmt.Fprintf(out, "%-28s %-7s %s   %s   %s   %s\n", name, l.what, l.s[0], l.s[1], l.s[2], l.s[3])
		}
	}
}

// differences counts the names that got has too much and too little.
func differences(e example, got []tagger.Span, extra, missed map[string]int) {
	left := map[tagger.Span]bool{}
	for _, g := range e.open(e.gold) {
		left[g] = true
	}
	word := func(s tagger.Span) string {
		t := e.seen
		end := min(s.Last+3, len(t.Tokens)-1)
		start := max(s.First-2, 0)
		return string("PLO"[s.Kind]) + " " + fmt.Sprintf("%s [%s] %s", t.S[t.Tokens[start].Start:t.Tokens[s.First].Start], t.S[t.Tokens[s.First].Start:t.Tokens[s.Last].End], t.S[t.Tokens[s.Last].End:t.Tokens[end].End])
	}
	for _, g := range got {
		if !left[g] {
			extra[word(g)]++
		}
		delete(left, g)
	}
	for g := range left {
		missed[word(g)]++
	}
}

func commonest(out io.Writer, what string, counts map[string]int, n int) {
	keys := make([]string, 0, len(counts))
	for k := range counts {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b string) int { return cmp.Or(-cmp.Compare(counts[a], counts[b]), strings.Compare(a, b)) })
	for _, k := range keys[:min(n, len(keys))] {
		fmt.Fprintf(out, "    %-9s %3d %q\n", what, counts[k], k)
	}
}
