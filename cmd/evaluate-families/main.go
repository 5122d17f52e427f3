// Command evaluate-families measures wire families on articles of which is known
// who copied what, made up from a fixed seed: reports and their copies, cut by
// up to three fifths, with reworded leads, paragraphs added and footers under
// them; and what is like a copy and is none: forecasts, tables and lists that
// recur, columns of briefs, own reports of one event.
//
//	go run ./cmd/evaluate-families [-errors N] [-seed N]
//	go run ./cmd/evaluate-families -scale 10000,100000,1000000
//
// It prints pairwise precision and recall, the speed, and whether another order
// of arrival gives the same families; with -scale the time an article takes as
// the archive grows, and the memory that the index takes.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "evaluate-families:", err)
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	fs := flag.NewFlagSet("evaluate-families", flag.ContinueOnError)
	n := fs.Int("n", 10_000, "how `many` articles")
	families := fs.Int("families", 1500, "how `many` of the reports are printed more than once")
	seed := fs.Uint64("seed", 1, "the `seed` that articles are drawn from")
	shown := fs.Int("errors", 0, "print `N` wrong pairs of each sort")
	scale := fs.String("scale", "", "measure time and memory at these `sizes`, ascending, parted by commas")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if fs.NArg() > 0 || *families < 0 || *n < 1 {
		return fmt.Errorf("say how many articles and families")
	}
	if *scale == "" {
		return evaluate(out, generate(*seed, *n, *families), *shown)
	}
	var sizes []int
	for s := range strings.SplitSeq(*scale, ",") {
		size, err := strconv.Atoi(s)
		if err != nil || size < 1 || len(sizes) > 0 && size <= sizes[len(sizes)-1] {
			return fmt.Errorf("-scale takes numbers, ascending, and not %q", *scale)
		}
		sizes = append(sizes, size)
	}
	return grow(out, *seed, sizes)
}
