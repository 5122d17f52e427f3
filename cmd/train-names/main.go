// Command train-names makes what internal/entity/tagger needs, out of marked and
// plain text: the classes of words, from vectors, and the model.
//
//	go run ./cmd/train-names -from DIR -classes FILE    make the classes of words out of vectors
//	go run ./cmd/train-names -dir DIR -dev              what a model is worth on text it has not seen
//	go run ./cmd/train-names -dir DIR -o FILE           make the model
//
// docs/understanding-tagger.md says what is in the directories. The same text,
// options and seed give the same bytes.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"backfile/internal/entity/tagger"
	"backfile/internal/marked"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "train-names:", err)
		os.Exit(1)
	}
}

// settings are the command's flags.
type settings struct {
	from, classes string
	stories       string
	dir, pages    string
	written       string
	marks, out    string
	dev, rules    bool
	both          bool
	learnPages    bool
	silver, shown int
	wire          int
	half, tune    bool
	fine, rough   int
	buildings     bool
	only          string
	options       tagger.Options
}

func run(args []string, out io.Writer) error {
	fs := flag.NewFlagSet("train-names", flag.ContinueOnError)
	var s settings
	fs.StringVar(&s.from, "from", "", "`directory` of unpacked packages with vectors of words")
	fs.StringVar(&s.classes, "classes", filepath.Join("internal", "entity", "lists", "classes.zst"), "`file` of the classes of words: written with -from, else read")
	fs.StringVar(&s.stories, "stories", "", "with -from, write the `file` of what package story knows of words, and no classes")
	fs.StringVar(&s.dir, "dir", "", "`directory` of marked text, or one that has it in ner/")
	fs.StringVar(&s.pages, "pages", "", "`file` of pages that have marks")
	fs.StringVar(&s.marks, "marks", filepath.Join("cmd", "train-names", "marks"), "`directory` of the project's own marks")
	fs.StringVar(&s.written, "written", filepath.Join("internal", "entity", "testdata", "gold"), "`directory` of written articles to measure on")
	fs.StringVar(&s.out, "o", "", "`file` to write the model to")
	fs.BoolVar(&s.dev, "dev", false, "measure on what was left out: two trainings, half of each set, and what is kept apart")
	fs.BoolVar(&s.learnPages, "learn-pages", false, "learn from the marked pages too")
	fs.IntVar(&s.shown, "errors", 0, "with -dev, print the `N` commonest errors of each sort")
	fs.StringVar(&s.only, "only", "", "with -errors, of this `set` only")
	fs.IntVar(&s.silver, "silver", 0, "train also on `N` sentences of plain text that the program marks itself")
	fs.IntVar(&s.wire, "wire", 250, "train also on `N` documents in the manner of old wire copy, made of the marked ones")
	fs.BoolVar(&s.half, "half", false, "with -dev, make one model of the two alone")
	fs.BoolVar(&s.tune, "tune", false, "with -dev, measure several settings of -ease and -agree")
	fs.BoolVar(&s.rules, "rules", true, "let the model see what the rules say")
	fs.BoolVar(&s.both, "both", true, "with -rules, learn from each text a second time without them")
	fs.BoolVar(&s.buildings, "buildings", true, "learn buildings as a kind of their own, which is not given out")
	fs.IntVar(&s.fine, "fine", 500, "fine word `clusters`")
	fs.IntVar(&s.rough, "rough", 80, "rough word `clusters`")
	fs.IntVar(&s.options.Passes, "passes", 15, "`passes` of training")
	fs.IntVar(&s.options.Rare, "rare", 2, "leave out features seen fewer `times`")
	fs.Float64Var(&s.options.Margin, "margin", 0, "by how much a wrong label must lose")
	fs.Float64Var(&s.options.Agree, "agree", 1, "how far a word leans to what its document says of it elsewhere")
	fs.Float64Var(&s.options.Ease, "ease", 0.3, "what names gain over none")
	fs.Float64Var(&s.options.Recall, "recall", 0, "what missing a name costs more")
	fs.Float64Var(&s.options.Rate, "rate", 0.07, "length of steps")
	fs.Float64Var(&s.options.Shrink, "shrink", 0.02, "by how much weights shrink at each pass")
	fs.Float64Var(&s.options.Dropout, "dropout", 0, "share of features left out at each step")
	fs.Uint64Var(&s.options.Seed, "seed", 1, "`seed` of the order of training")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if s.from != "" && s.stories != "" {
		return makeStoryWords(s.from, s.stories, out)
	}
	if s.from != "" {
		return makeClasses(s.from, s.classes, out)
	}
	if s.dir == "" || fs.NArg() > 0 || !s.dev && s.out == "" {
		return fmt.Errorf("usage: train-names -dir DIRECTORY [-dev] [-o FILE]")
	}
	if _, err := os.Stat(filepath.Join(s.dir, "ner")); err == nil {
		s.dir = filepath.Join(s.dir, "ner")
	}
	if s.pages == "" {
		s.pages = filepath.Join(s.dir, "..", "..", "cases", "pages", "gold.json")
	}
	l, err := load(s)
	if err != nil {
		return err
	}
	if s.dev {
		develop(out, l, s)
	}
	if s.out == "" {
		return nil
	}
	var learnt []example
	for _, e := range l.examples {
		if !keptApart(e.set) || e.set == marked.SetPages && s.learnPages {
			learnt = append(learnt, e)
			if !slices.Contains(s.options.Sources, e.set) {
				s.options.Sources = append(s.options.Sources, e.set)
			}
		}
	}
	b := l.train(learnt, s).Bytes()
	if err := os.WriteFile(s.out, b, 0o644); err != nil {
		return fmt.Errorf("write model: %w", err)
	}
	return weigh(out, b, l, s)
}

// weigh prints what a model costs: bytes, time to load, words a second.
func weigh(out io.Writer, b []byte, l *library, s settings) error {
	start := time.Now()
	m, err := tagger.Load(b, l.tables.Classes)
	if err != nil {
		return err
	}
	loaded := time.Since(start)
	words := 0
	start = time.Now()
	for _, e := range l.examples {
		m.Tag(e.texts(s.rules))
		for _, t := range e.seen {
			words += len(t.Tokens)
		}
	}
	took := time.Since(start)
	fmt.Fprintf(out, "%d features, %d bytes, loaded in %v, %.0f words a second\n", m.Size(), len(b), loaded.Round(time.Millisecond), float64(words)/took.Seconds())
	return nil
}
