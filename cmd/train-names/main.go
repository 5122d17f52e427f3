// Command train-names makes the model of internal/entity/tagger out of a
// directory of marked and plain text: wikigold.conll, uner-ewt-devtest.conll,
// gum-news/*.tsv, hand.txt, and gmb-text.txt.gz for word clusters and, with
// -silver, for sentences that the program marks itself.
//
//	go run ./cmd/train-names -dir DIR -cv        what it is worth on documents it has not seen
//	go run ./cmd/train-names -dir DIR -o FILE    write the model
//
// The same text, options and seed give the same bytes.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"backfile/internal/entity"
	"backfile/internal/entity/tagger"
	"backfile/internal/news"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "train-names:", err)
		os.Exit(1)
	}
}

// settings are the command's flags.
type settings struct {
	dir, out      string
	cv            bool
	folds, silver int
	shown         int
	rules         bool
	fine, rough   int
	options       tagger.Options
}

func run(args []string, out io.Writer) error {
	fs := flag.NewFlagSet("train-names", flag.ContinueOnError)
	var s settings
	fs.StringVar(&s.dir, "dir", "", "`directory` of marked text, or one that has it in ner/")
	fs.StringVar(&s.out, "o", "", "`file` to write the model to")
	fs.BoolVar(&s.cv, "cv", false, "measure on parts left out")
	fs.IntVar(&s.folds, "folds", 5, "with -cv, the `number` of parts")
	fs.IntVar(&s.shown, "errors", 0, "with -cv, print the `N` commonest errors of each sort")
	fs.IntVar(&s.silver, "silver", 12000, "train also on `N` sentences of plain text that rules and tagger agree about")
	fs.BoolVar(&s.rules, "rules", true, "let the model see what the rules say")
	fs.IntVar(&s.fine, "fine", 500, "fine word `clusters`")
	fs.IntVar(&s.rough, "rough", 80, "rough word `clusters`")
	fs.IntVar(&s.options.Passes, "passes", 8, "`passes` of training")
	fs.IntVar(&s.options.Rare, "rare", 2, "leave out features seen fewer `times`")
	fs.Float64Var(&s.options.Margin, "margin", 2, "by how much a wrong label must lose")
	fs.Float64Var(&s.options.Agree, "agree", 10, "how far a word leans to what its document says of it elsewhere")
	fs.Uint64Var(&s.options.Seed, "seed", 1, "`seed` of the order of training")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if s.dir == "" || fs.NArg() > 0 || !s.cv && s.out == "" {
		return fmt.Errorf("usage: train-names -dir DIRECTORY [-cv] [-o FILE]")
	}
	if _, err := os.Stat(filepath.Join(s.dir, "ner")); err == nil {
		s.dir = filepath.Join(s.dir, "ner")
	}
	docs, err := load(s.dir)
	if err != nil {
		return err
	}
	plain, err := readPlain(filepath.Join(s.dir, "gmb-text.txt.gz"))
	if err != nil {
		return err
	}
	examples := make([]example, len(docs))
	inParallel(len(docs), func(i int) { examples[i] = prepare(docs[i]) })
	also := readAlso(plain[:min(s.silver, len(plain))])
	clusters := tagger.Cluster(plain, 3, s.fine, s.rough, 12)
	if s.cv {
		crossValidate(out, examples, also, clusters, s)
	}
	if s.out == "" {
		return nil
	}
	b := train(examples, also, clusters, s).Bytes()
	if err := os.WriteFile(s.out, b, 0o644); err != nil {
		return fmt.Errorf("write model: %w", err)
	}
	return weigh(out, b, examples, s.rules)
}

// weigh prints what a model costs: bytes, time to load, words a second.
func weigh(out io.Writer, b []byte, examples []example, rules bool) error {
	start := time.Now()
	m, err := tagger.Load(b)
	if err != nil {
		return err
	}
	loaded := time.Since(start)
	words := 0
	start = time.Now()
	for _, e := range examples {
		t := e.alone
		if rules {
			t = e.seen
		}
		m.Tag([]tagger.Text{t})
		words += len(t.Tokens)
	}
	took := time.Since(start)
	fmt.Fprintf(out, "%d features, %d bytes, loaded in %v, %.0f words a second\n", m.Size(), len(b), loaded.Round(time.Millisecond), float64(words)/took.Seconds())
	return nil
}

// example is a marked document, ready for training and test.
type example struct {
	set   string
	group int
	gold  []tagger.Span
	// masked words are neither learnt from nor counted.
	masked []bool
	// seen is the document with the rules' evidence, alone without it; ruled is
	// what the rules mark.
	seen, alone tagger.Text
	ruled       []tagger.Span
}

func prepare(d document) example {
	a := news.Article{Body: d.text, Language: "en"}
	texts, _ := entity.Evidence(&a, true)
	ex := example{set: d.set, group: d.group, seen: texts[0]}
	ex.gold = settle(d.gold, ex.seen.Tokens, d.set == "gum-news")
	ex.masked = make([]bool, len(ex.seen.Tokens))
	for _, m := range d.masked {
		for i, t := range ex.seen.Tokens {
			if t.Start >= m.start && t.Start < m.end {
				ex.masked[i] = true
			}
		}
	}
	ex.alone, ex.ruled = withoutRules(ex.seen)
	return ex
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

// training is the example for a trainer; paragraphs with masked words are not in
// it.
func (e example) training(rules bool) tagger.Example {
	t := e.alone
	if rules {
		t = e.seen
	}
	if !slices.Contains(e.masked, true) {
		return tagger.Example{Doc: []tagger.Text{t}, Gold: [][]tagger.Span{e.gold}}
	}
	return paragraphs(t, e.gold, func(first, end int) bool { return !slices.Contains(e.masked[first:end], true) })
}

// open are the spans that touch no masked word.
func (e example) open(spans []tagger.Span) []tagger.Span {
	return slices.DeleteFunc(slices.Clone(spans), func(s tagger.Span) bool { return slices.Contains(e.masked[s.First:s.Last+1], true) })
}
