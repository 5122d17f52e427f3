// Command evaluate-search measures whether a search finds first what a reader is
// looking for: it takes articles into an archive of the program's own, asks it the
// queries of a suite over HTTP, as a browser would, and prints where the articles came that
// must be found. docs/relevance.md has the format of suites, what the figures mean and what
// they are.
//
// It builds the program with go build, so it runs inside the module. A suite whose
// articles are not there is passed over with a word. With -floors it exits 1 where a measure
// is under the floor recorded in that file.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"

	"backfile/internal/measured"
	"backfile/internal/relevance"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(os.Stderr, "evaluate-search:", err)
		}
		os.Exit(1)
	}
}

// options are what the command line says.
type options struct {
	suites string
	data   string
	floors string
	match  string
	quiet  bool
}

// run is the whole command. Its error is what main prints.
func run(ctx context.Context, args []string, out, errOut io.Writer) error {
	fs := flag.NewFlagSet("evaluate-search", flag.ContinueOnError)
	fs.SetOutput(errOut)
	var o options
	fs.StringVar(&o.suites, "suite", filepath.Join("cmd", "evaluate-search", "suites"), "a suite, or a `folder` of them (*.txt)")
	fs.StringVar(&o.data, "data", "", "keep each suite's archive in this `folder`, and ask the one that is there already; without it they are made anew and thrown away")
	fs.StringVar(&o.floors, "floors", "", "`file` of floors; exit 1 where a measure is under its floor")
	fs.StringVar(&o.match, "match", "", "ask only the queries that contain this, or whose kind does")
	fs.BoolVar(&o.quiet, "quiet", false, "leave out the queries that found what they must")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if fs.NArg() > 0 {
		return fmt.Errorf("unexpected argument %q", fs.Arg(0))
	}
	paths, err := suites(o.suites)
	if err != nil {
		return err
	}
	b := &builder{log: errOut}
	defer b.remove()
	var all []measured.Figure
	for _, path := range paths {
		answers, err := measure(ctx, b, path, o, out)
		if errors.Is(err, errAbsent) {
			fmt.Fprintf(out, "%s is passed over: %v\n", nameOf(path), err)
			continue
		}
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		all = append(all, figures(nameOf(path), answers)...)
	}
	if o.floors == "" {
		return nil
	}
	return measured.CheckFloors(o.floors, all)
}

// suites are the files that a path names.
func suites(path string) ([]string, error) {
	is, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("find suites: %w", err)
	}
	if !is.IsDir() {
		return []string{path}, nil
	}
	out, err := filepath.Glob(filepath.Join(path, "*.txt"))
	if err == nil && len(out) == 0 {
		err = fmt.Errorf("no suite (*.txt) in %s", path)
	}
	return out, err
}

// nameOf is what a suite is called in tables and floors.
func nameOf(path string) string { return strings.TrimSuffix(filepath.Base(path), ".txt") }

func read(path string) (relevance.Suite, error) {
	f, err := os.Open(path)
	if err != nil {
		return relevance.Suite{}, err
	}
	defer f.Close()
	return relevance.Parse(f)
}

// measure asks an archive of a suite's articles the suite's queries, and prints what
// came of it. The error wraps errAbsent where the articles are not there.
func measure(ctx context.Context, b *builder, path string, o options, out io.Writer) ([]relevance.Answer, error) {
	s, err := read(path)
	if err != nil {
		return nil, err
	}
	a, err := b.open(ctx, s.Archive, keep(o.data, nameOf(path)))
	if err != nil {
		return nil, err
	}
	defer a.close()
	ks, err := a.resolve(s)
	if err != nil {
		return nil, err
	}
	var answers []relevance.Answer
	r := &report{out: out, quiet: o.quiet}
	r.suite(nameOf(path), s, len(a.articles))
	for _, q := range s.Queries {
		if !strings.Contains(q.Text, o.match) && !strings.Contains(q.Kind, o.match) {
			continue
		}
		got, err := a.ask(ctx, q, ks)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", q.Line, err)
		}
		r.query(got)
		answers = append(answers, got.Answer)
	}
	r.end(answers)
	return answers, nil
}

func keep(data, suite string) string {
	if data == "" {
		return ""
	}
	return filepath.Join(data, suite)
}
