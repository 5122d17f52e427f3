package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"

	"backfile/internal/entity"
	"backfile/internal/entity/tagger"
	"backfile/internal/marked"
)

// library is all that models are made of.
type library struct {
	examples []example
	// silver is plain text of the same source as the marked sentences.
	silver []example
	tables tagger.Tables
}

// example is a marked document, ready for training and test, text by text.
type example struct {
	set, id string
	group   int
	gold    [][]tagger.Span
	// hidden words are neither learnt from nor counted.
	hidden [][]bool
	// seen is the document with the rules' evidence, alone without it; ruled is
	// what the rules mark.
	seen, alone []tagger.Text
	ruled       [][]tagger.Span
}

func load(s settings) (*library, error) {
	docs, plain, err := marked.Load(marked.Sources{Texts: s.dir, Pages: s.pages, Marks: s.marks})
	if err != nil {
		return nil, err
	}
	if s.wire > 0 {
		var learnt []marked.Document
		for _, d := range docs {
			if d.Set == marked.SetSentences { // never of what a model is measured on
				learnt = append(learnt, d)
			}
		}
		docs = append(docs, wire(learnt, s.wire, s.options.Seed)...)
	}
	own, err := written(s.written)
	if err != nil {
		return nil, err
	}
	docs = append(docs, own...)
	l := &library{}
	b, err := os.ReadFile(s.classes)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, fmt.Errorf("read classes: %w", err)
	default:
		if l.tables.Classes, err = tagger.LoadClasses(b); err != nil {
			return nil, err
		}
	}
	l.examples = make([]example, len(docs))
	inParallel(len(docs), func(i int) { l.examples[i] = prepare(&docs[i], s.rules) })
	var sentences [][]string
	for i, line := range plain.Lines {
		if f := strings.Fields(line); len(f) > 0 && !plain.Left[i] {
			sentences = append(sentences, f)
		}
	}
	l.tables.Clusters = tagger.Cluster(sentences, 3, s.fine, s.rough, 12)
	if s.silver > 0 {
		marks := map[int]bool{}
		for i := range docs {
			if d := &docs[i]; strings.HasPrefix(d.Set, marked.SetSentences) {
				for k := range 41 {
					marks[d.Group+k] = true
				}
			}
		}
		all, err := plain.Documents("silver", 0, len(plain.Lines)-1, nil, marks)
		if err != nil {
			return nil, err
		}
		n := 0
		for i := range all {
			n += strings.Count(all[i].Body, "\n\n")
			if n > s.silver {
				all = all[:i]
				break
			}
		}
		l.silver = make([]example, len(all))
		inParallel(len(all), func(i int) { l.silver[i] = prepare(&all[i], s.rules) })
	}
	return l, nil
}

func prepare(d *marked.Document, rules bool) example {
	a := d.Article()
	texts, fields := entity.Evidence(&a, rules)
	ex := example{set: d.Set, id: d.ID, group: d.Group, seen: texts}
	for k, t := range texts {
		ex.gold = append(ex.gold, d.Settle(fields[k], t.Tokens))
		ex.hidden = append(ex.hidden, d.Hidden(fields[k], t.Tokens))
		alone, ruled := withoutRules(t)
		ex.alone, ex.ruled = append(ex.alone, alone), append(ex.ruled, ruled)
	}
	return ex
}

func (e *example) texts(rules bool) []tagger.Text {
	if rules {
		return e.seen
	}
	return e.alone
}

// withoutRules is a copy of t that has forgotten what the rules say, and that.
func withoutRules(t tagger.Text) (tagger.Text, []tagger.Span) {
	ruled := make([]tagger.Label, len(t.Tokens))
	toks := make([]tagger.Token, len(t.Tokens))
	for i, k := range t.Tokens {
		ruled[i] = k.Rule
		k.Rule = 0
		toks[i] = k
	}
	t.Tokens = toks
	return t, tagger.Spans(ruled)
}

// training is the example for a trainer; hidden words are not in it.
func (e *example) training(texts []tagger.Text, s settings) tagger.Example {
	ex := tagger.Example{}
	for k, t := range texts {
		gold := e.gold[k]
		if !s.buildings {
			gold = counted(gold)
		}
		if !slices.Contains(e.hidden[k], true) {
			ex.Doc, ex.Gold = append(ex.Doc, t), append(ex.Gold, gold)
			continue
		}
		part := paragraphs(t, gold, func(first, end int) bool { return !slices.Contains(e.hidden[k][first:end], true) })
		ex.Doc, ex.Gold = append(ex.Doc, part.Doc...), append(ex.Gold, part.Gold...)
	}
	return ex
}

// counted are the spans of kinds that the archive counts.
func counted(spans []tagger.Span) []tagger.Span {
	return slices.DeleteFunc(slices.Clone(spans), func(s tagger.Span) bool { return s.Kind == tagger.Building })
}

// open are the spans of text k that count and touch no hidden word.
func (e *example) open(k int, spans []tagger.Span) []tagger.Span {
	return slices.DeleteFunc(slices.Clone(spans), func(s tagger.Span) bool {
		return s.Kind == tagger.Building || slices.Contains(e.hidden[k][s.First:s.Last+1], true)
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

// train makes the model of the examples.
func (l *library) train(examples []example, s settings) *tagger.Model {
	var own []tagger.Example
	for i := range examples {
		own = append(own, examples[i].training(examples[i].texts(s.rules), s))
		if s.rules && s.both {
			own = append(own, examples[i].training(examples[i].alone, s))
		}
	}
	m := tagger.Train(own, l.tables, s.options)
	if len(l.silver) == 0 {
		return m
	}
	for i := range l.silver {
		t := l.silver[i].texts(s.rules)
		own = append(own, tagger.Example{Doc: t, Gold: m.Tag(t)})
	}
	return tagger.Train(own, l.tables, s.options)
}

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
