// Command bench measures Backfile: against other engines, through HTTP, and as the
// archive grows. Articles and questions are made up from a fixed seed.
//
//	go run ./cmd/bench pages -n 100000     ingest, then pages of results one by one
//	go run ./cmd/bench engines -n 200000   each class of query, beside Lucene and tantivy
//	go run ./cmd/bench load -n 60000       50 pages a second of a served archive
//
// docs/performance.md says what each of them does, and what came of it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
)

// stdio is where a measurement reads and writes.
type stdio struct {
	in       io.Reader
	out, err io.Writer
}

// measurement is one subcommand.
type measurement struct {
	name, what string
	run        func(ctx context.Context, args []string, std stdio) error
}

var measurements = []measurement{
	{"pages", "ingest articles, and time pages of results", pages},
	{"corpus", "write the articles and the queries that engines are compared by", corpusCommand},
	{"engines", "compare the index with Lucene and tantivy", engines},
	{"load", "ask a served archive for pages at a fixed rate, while articles come in", load},
	{"chart", "draw how costs grow, of what engines -save wrote for several sizes", chart},
	{"build", "build the index of a corpus (engines runs this)", buildOurs},
	{"answer", "answer queries from standard input (engines runs this)", answerOurs},
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], stdio{os.Stdin, os.Stdout, os.Stderr}); err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(os.Stderr, "bench:", err)
		}
		os.Exit(1)
	}
}

// run finds the measurement that is asked for: pages where none is named.
func run(ctx context.Context, args []string, std stdio) error {
	name := "pages"
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		name, args = args[0], args[1:]
	}
	for _, m := range measurements {
		if m.name == name {
			return m.run(ctx, args, std)
		}
	}
	for _, m := range measurements {
		fmt.Fprintf(std.err, "  %-10s %s\n", m.name, m.what)
	}
	return fmt.Errorf("there is no measurement %q", name)
}

// flags are a measurement's own.
func flags(name string, std stdio) *flag.FlagSet {
	fs := flag.NewFlagSet("bench "+name, flag.ContinueOnError)
	fs.SetOutput(std.err)
	return fs
}
