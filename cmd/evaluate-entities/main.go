// Command evaluate-entities measures the recogniser as it ships against marked
// text: exact spans of persons, places and organisations, the set of names of each
// document, and where on the map places are put. It reads a directory laid out as
// ner/ (see internal/marked) and geo/*.xml (LGL), the pages beside it
// (../cases/pages/gold.json), and the project's own marks.
//
//	go run ./cmd/evaluate-entities [-errors N] [-set NAME] [-floors FILE] [DIR]
//	go run ./cmd/evaluate-entities [-errors N] -gold internal/entity/testdata/gold
//	go run ./cmd/evaluate-entities [-errors N] -quotes internal/entity/testdata/quotes
//	go run ./cmd/evaluate-entities -sample N [-seed N] [-language CODE] [-half 1|2] ../shared/cases/pages
//
// With -floors it exits 1 where a measure is under the floor recorded in that file.
// Where there is no data, it says so and exits 0.
package main

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"backfile/internal/entity"
	"backfile/internal/marked"
	"backfile/internal/measured"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "evaluate-entities:", err)
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	fl := flag.NewFlagSet("evaluate-entities", flag.ContinueOnError)
	shown := fl.Int("errors", 0, "print the `N` commonest errors of each sort")
	only := fl.String("set", "", "measure this `set` of marked text alone")
	floors := fl.String("floors", "", "`file` of floors; exit 1 where a measure is under its floor")
	marks := fl.String("marks", filepath.Join("cmd", "train-names", "marks"), "`directory` of the project's own marks")
	articles := fl.String("gold", "", "measure who is meant and who speaks, on the articles of `DIR`")
	quotes := fl.String("quotes", "", "measure who speaks, on the articles of `DIR`, of which quotations alone are marked")
	sample := fl.Int("sample", 0, "print `N` quotations drawn from the pages of DIR with who speaks, to be judged by eye")
	seed := fl.Uint64("seed", 1, "draw the sample with this `number`")
	language := fl.String("language", "", "draw from pages in this `language` alone")
	half := fl.Int("half", 0, "draw from half `1` or 2 of the outlets alone")
	if err := fl.Parse(args); err != nil {
		return err
	}
	if *sample > 0 {
		dir := filepath.Join("..", "shared", "cases", "pages")
		if fl.NArg() > 0 {
			dir = fl.Arg(0)
		}
		return sampleQuotes(out, dir, entity.New(), *sample, *seed, *language, *half)
	}
	if *articles != "" || *quotes != "" {
		measure, from := measureGold, *articles
		if from == "" {
			measure, from = measureSpeakers, *quotes
		}
		values, err := measure(out, from, entity.New(), *shown)
		if err != nil || *floors == "" {
			return err
		}
		return measured.CheckFloors(*floors, values)
	}
	dir := filepath.Join("..", "shared", "data")
	if fl.NArg() > 0 {
		dir = fl.Arg(0)
	}
	docs, _, err := marked.Load(marked.Sources{Texts: filepath.Join(dir, "ner"), Pages: filepath.Join(dir, "..", "cases", "pages", "gold.json"), Marks: *marks})
	if errors.Is(err, fs.ErrNotExist) {
		fmt.Fprintf(out, "%s: not all of the marked text is there, nothing is measured: %v\n", dir, err)
		return nil
	}
	if err != nil {
		return err
	}
	u := entity.New()
	values := measureNames(out, u, docs, *only, *shown)
	if *only == "" || *only == "geo" {
		geo, err := filepath.Glob(filepath.Join(dir, "geo", "*.xml"))
		if err != nil {
			return err
		}
		for _, path := range geo {
			placed, err := measurePlaces(out, path, u, *shown)
			if err != nil {
				return err
			}
			values = append(values, placed...)
		}
	}
	if *floors == "" {
		return nil
	}
	return measured.CheckFloors(*floors, values)
}

func share(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
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
