// Command evaluate-stories measures which articles are joined to stories, pair by pair, on
// articles of which it is known what event they follow: sets that were written by hand (in
// testdata: tune, more, wide, terse and broad, which the rules were chosen by, held, fresh and
// held2, which they were not), and as many as one likes that are made up from a seed, with
// others about the same people, firms and places between them.
//
//	go run ./cmd/evaluate-stories [-n N] [-seed N] [-errors N] [-sets SET,SET]
//	go run ./cmd/evaluate-stories -scale 10000,50000,200000
//	go run ./cmd/evaluate-stories -learn
//
// It prints pairwise precision, recall and F1 of each set, and how long an article takes,
// each hand-made set also as a part of an archive with the made-up articles;
// with -scale the time and memory as the archive grows; with -learn the weights that
// package story compares articles by, learnt from the sets that the rules were chosen by and
// the articles of seed 1.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"backfile/internal/story"
)

// tuneSeed is that of the generated articles that the rules were chosen by.
const tuneSeed = 1

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "evaluate-stories:", err)
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	fs := flag.NewFlagSet("evaluate-stories", flag.ContinueOnError)
	n := fs.Int("n", 5000, "how `many` articles are made up")
	seed := fs.Uint64("seed", 2, "the `seed` that they are drawn from; the rules were chosen by those of 1")
	shown := fs.Int("errors", 0, "print `N` wrong pairs of each sort")
	doLearn := fs.Bool("learn", false, "learn the weights anew and print them")
	sets := fs.String("sets", strings.Join(handSets, ","), "measure these `sets` of those written by hand, parted by commas")
	scale := fs.String("scale", "", "measure time and memory at these `sizes`, parted by commas")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if fs.NArg() > 0 || *n < 1 {
		return fmt.Errorf("say how many articles")
	}
	switch {
	case *doLearn:
		return learnWeights(out)
	case *scale != "":
		var sizes []int
		for s := range strings.SplitSeq(*scale, ",") {
			size, err := strconv.Atoi(s)
			if err != nil || size < 1 {
				return fmt.Errorf("-scale takes numbers, and not %q", *scale)
			}
			sizes = append(sizes, size)
		}
		return grow(out, *seed, sizes)
	}
	var hand [][]told
	var every, held score
	named := strings.Split(*sets, ",")
	for _, set := range named {
		all, err := load(set)
		if err != nil {
			return err
		}
		understand(all)
		rs := reports(all)
		got := evaluate(out, set, rs, rarityOf(rs), *shown)
		every = every.and(got)
		if set == "held" || set == "held2" {
			held = held.and(got)
		}
		hand = append(hand, all)
	}
	fmt.Fprintf(out, "held and held2    %v\nall by hand       %v\n", held, every)
	made, err := generate(*seed, *n, daysOf(*n))
	if err != nil {
		return err
	}
	understand(made)
	rs := reports(made)
	evaluate(out, fmt.Sprintf("made %d", *seed), rs, rarityOf(rs), *shown)
	// The same as parts of one archive, which knows better what is rare.
	rarity := rarityOf(reports(slices.Concat(append(hand, made)...)))
	for i, set := range named {
		evaluate(out, set+" among made", reports(hand[i]), rarity, 0)
	}
	return nil
}

// handSets are those that were written by hand, in the order in which that was.
var handSets = []string{"tune", "held", "more", "fresh", "wide", "terse", "broad", "held2"}

// daysOf is over how many days n articles are spread: some 28 a day.
func daysOf(n int) int { return max(30, n/28) }

// evaluate prints and returns how right the stories of a set are, in an archive where words are so rare.
func evaluate(out io.Writer, name string, rs []report, rarity *story.Rarity, shown int) score {
	found, took := assign(rs, rarity)
	got := pairwise(rs, found)
	fmt.Fprintf(out, "%-16s %5d articles  %v  %.0f µs an article\n", name, len(rs), got, float64(took.Microseconds())/float64(len(rs)))
	if shown > 0 {
		printErrors(out, rs, found, shown)
	}
	return got
}
