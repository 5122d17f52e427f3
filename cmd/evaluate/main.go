// Command evaluate measures how well articles are read out of pages and out of
// scraped text, against a directory of pages with a gold file.
//
// The directory holds gold.json, an object of page name to {title, authors,
// published, body}, and for each page NAME.html.gz or NAME.html and NAME.txt.gz
// or NAME.txt. For each form, pages and text, it prints one row:
//
//   - body: the mean over pages of the F1 of the body's words as multisets.
//   - shingles: the same over runs of four words.
//   - headline: the share of pages whose headline is the gold's, after white
//     space, quotation marks, dashes and ellipses are made alike.
//   - day: the share of pages whose day of publication, in its own offset, is
//     the gold's.
//   - printed: the same of the texts that print that day with its year, for text only.
//   - instant: the share of pages whose instant of publication is within a minute
//     of the gold's, for pages only, and of those whose gold has a time of day. Where the gold has an
//     offset, one must have been found; where it has none, the clock counts.
//   - authors: the F1 of names over all pages together; agencies and the outlet
//     count as authors on neither side.
//
// The standfirst counts as the beginning of the body, as it does in the gold. A
// page that is refused scores nothing. A second row of each form holds the English
// pages alone. Pages a second are counted in processor time, so they are those of one core. With -floors it exits 1 where a measure
// is under the floor recorded in that file.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"backfile/internal/measured"
)

func main() {
	if err := run(os.Args[1:], os.Stdout, os.Stderr); err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(os.Stderr, "evaluate:", err)
		}
		os.Exit(1)
	}
}

// run is the whole command. Its error is what main prints.
func run(args []string, out, errOut io.Writer) error {
	fs := flag.NewFlagSet("evaluate", flag.ContinueOnError)
	fs.SetOutput(errOut)
	dir := fs.String("dir", "../shared/cases/pages", "directory with gold.json and the pages")
	only := fs.String("only", "", "measure this form only: html or text")
	worst := fs.Int("worst", 0, "print this many of the worst pages of each measure")
	match := fs.String("match", "", "read only pages whose name contains this")
	floors := fs.String("floors", "", "file of floors; exit 1 where a measure is under its floor")
	diff := fs.Bool("diff", false, "print what each page read has too much and too little")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if fs.NArg() > 0 {
		return fmt.Errorf("unexpected argument %q", fs.Arg(0))
	}
	pages, err := loadGold(*dir, *match)
	if err != nil {
		return err
	}
	var all []summary
	for _, f := range forms {
		if *only != "" && *only != f.name {
			continue
		}
		scores, err := measure(*dir, f, pages)
		if err != nil {
			return err
		}
		all = append(all, summarise(f.name, scores))
		if en := inEnglish(scores); len(en) > 0 {
			all = append(all, summarise(f.name+"-en", en))
		}
		if *diff {
			printDiffs(out, scores)
		}
		printWorst(out, f.name, scores, *worst)
	}
	if len(all) == 0 {
		return fmt.Errorf("no form %q: it is html or text", *only)
	}
	printTable(out, all)
	if *floors == "" {
		return nil
	}
	var figures []measured.Figure
	for _, s := range all {
		for m, v := range s.value {
			figures = append(figures, measured.Figure{Set: s.form, Measure: m, Value: v})
		}
	}
	return measured.CheckFloors(*floors, figures)
}

func printTable(out io.Writer, all []summary) {
	fmt.Fprintf(out, "%-7s %6s", "", "pages")
	for _, m := range measures {
		fmt.Fprintf(out, " %9s", m)
	}
	fmt.Fprintf(out, " %9s %8s\n", "refused", "pages/s")
	for _, s := range all {
		fmt.Fprintf(out, "%-7s %6d", s.form, s.pages)
		for _, m := range measures {
			if v, ok := s.value[m]; ok {
				fmt.Fprintf(out, " %9.3f", v)
			} else {
				fmt.Fprintf(out, " %9s", "")
			}
		}
		fmt.Fprintf(out, " %9d %8.1f\n", s.refused, s.perSecond)
	}
}

// oneLine cuts s for a table.
func oneLine(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 150 {
		s = string(r[:150]) + "…"
	}
	return s
}
