// Command evaluate-entities measures the recogniser against marked text: exact
// spans of persons, places and organisations, and where on the map places are
// put. It reads a directory laid out as ner/*.conll (a token and a tag a line, a
// blank line between sentences), ner/*.txt (lines with [P …], [L …] and [O …]), ner/gum-news/*.tsv (WebAnno) and geo/*.xml (LGL),
// and prints a line a file.
//
//	go run ./cmd/evaluate-entities [-errors N] DIR
//	go run ./cmd/evaluate-entities [-errors N] -gold internal/entity/testdata/gold
package main

import (
	"cmp"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"backfile/internal/entity"
	"backfile/internal/news"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "evaluate-entities:", err)
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	fs := flag.NewFlagSet("evaluate-entities", flag.ContinueOnError)
	shown := fs.Int("errors", 0, "print the `N` commonest errors of each sort")
	marked := fs.String("gold", "", "measure who is meant and who speaks, on the articles of `DIR`")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if *marked != "" {
		return measureGold(out, *marked, entity.New(), *shown)
	}
	if fs.NArg() != 1 {
		return fmt.Errorf("one directory is needed")
	}
	dir := fs.Arg(0)
	u := entity.New()
	fmt.Fprintf(out, "%-28s %s\n", "", "person              place               organisation        all (precision recall F1)")
	conll, err := filepath.Glob(filepath.Join(dir, "ner", "*.conll"))
	if err != nil {
		return err
	}
	for _, path := range conll {
		docs, err := readConll(path)
		if err != nil {
			return err
		}
		measure(out, filepath.Base(path), u, docs, *shown)
	}
	plain, err := filepath.Glob(filepath.Join(dir, "ner", "*.txt"))
	if err != nil {
		return err
	}
	for _, path := range plain {
		docs, err := readBrackets(path)
		if err != nil {
			return err
		}
		measure(out, filepath.Base(path), u, docs, *shown)
	}
	gum, err := filepath.Glob(filepath.Join(dir, "ner", "gum-news", "*.tsv"))
	if err != nil {
		return err
	}
	var docs []document
	for _, path := range gum {
		d, err := readWebAnno(path)
		if err != nil {
			return err
		}
		docs = append(docs, d)
	}
	if len(docs) > 0 {
		measure(out, "gum-news", u, docs, *shown)
	}
	geo, err := filepath.Glob(filepath.Join(dir, "geo", "*.xml"))
	if err != nil {
		return err
	}
	for _, path := range geo {
		if err := measurePlaces(out, path, u, *shown); err != nil {
			return err
		}
	}
	return nil
}

// document is a marked text.
type document struct {
	text string
	gold []mark
}

// mark is a span of a kind.
type mark struct {
	kind       news.Kind
	start, end int
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

func measure(out io.Writer, name string, r entity.Recogniser, docs []document, shown int) {
	byKind := map[news.Kind]*tally{news.Person: {}, news.Place: {}, news.Organisation: {}}
	var all tally
	extra, missed := map[string]int{}, map[string]int{}
	for _, d := range docs {
		a := news.Article{Body: d.text, Language: "en"}
		r.Recognise(&a)
		gold := map[mark]bool{}
		for _, m := range d.gold {
			gold[m] = true
		}
		for _, m := range a.Mentions {
			if !m.Counts() {
				continue
			}
			k := mark{m.Kind, m.Start, m.End}
			if gold[k] {
				byKind[m.Kind].right++
				all.right++
				delete(gold, k)
				continue
			}
			byKind[m.Kind].extra++
			all.extra++
			extra[string(m.Kind)+" "+m.Text]++
		}
		for m := range gold {
			byKind[m.kind].missed++
			all.missed++
			missed[string(m.kind)+" "+d.text[m.start:m.end]]++
		}
	}
	fmt.Fprintf(out, "%-28s %s   %s   %s   %s\n", name, byKind[news.Person], byKind[news.Place], byKind[news.Organisation], all)
	commonest(out, "too much", extra, shown)
	commonest(out, "missed", missed, shown)
}

func commonest(out io.Writer, what string, counts map[string]int, n int) {
	if n == 0 {
		return
	}
	keys := make([]string, 0, len(counts))
	for k := range counts {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b string) int { return cmp.Or(-cmp.Compare(counts[a], counts[b]), strings.Compare(a, b)) })
	for i, k := range keys {
		if i == n {
			break
		}
		fmt.Fprintf(out, "    %-9s %3d %s\n", what, counts[k], k)
	}
}
