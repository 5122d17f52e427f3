package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// comparison is what engines takes from its command line.
type comparison struct {
	n             int
	seed          uint64
	short         bool
	dir, tools    string
	names         []string
	rounds, warm  int
	budget        time.Duration // of one engine for one class
	only, profile string
	save          string
}

// again is our engine asked what it was asked before.
const again = "backfile, again"

// engines asks every engine each query in turn, in one run, and compares.
func engines(ctx context.Context, args []string, std stdio) (err error) {
	var o comparison
	fs := flags("engines", std)
	fs.IntVar(&o.n, "n", 200_000, "how `many` articles")
	fs.Uint64Var(&o.seed, "seed", 1, "the `seed` that articles and queries are drawn from")
	fs.BoolVar(&o.short, "short", false, "articles of a third of the length")
	fs.StringVar(&o.dir, "dir", "", "keep corpus and indexes in this `directory` (default dist/bench/N)")
	fs.StringVar(&o.tools, "tools", "", "keep the other engines' programs in this `directory` (default dist/bench/tools)")
	names := fs.String("engines", strings.Join(engineNames, ","), "compare these `engines`")
	fs.IntVar(&o.rounds, "rounds", 5, "ask each query so `many` times")
	fs.IntVar(&o.warm, "warm", 2, "ask each query so `many` times before, without counting")
	fs.DurationVar(&o.budget, "budget", 10*time.Second, "give an engine so `long` for one class, but one round at least")
	fs.StringVar(&o.only, "class", "", "ask only the classes whose `name` holds this")
	fs.StringVar(&o.profile, "profile", "", "write what the processor did for our engine to this `file`")
	fs.StringVar(&o.save, "save", "", "write the figures as JSON to this `file`")
	if err := fs.Parse(args); err != nil {
		return err
	}
	o.names = strings.Split(*names, ",")
	if o.n < 1 || o.rounds < 1 || o.warm < 0 || fs.NArg() > 0 {
		return errors.New("say how many articles and rounds, at least one")
	}
	if o.dir == "" {
		o.dir = filepath.Join("dist", "bench", fmt.Sprint(o.n))
		if o.short {
			o.dir += "-short"
		}
	}
	if o.tools == "" {
		o.tools = filepath.Join("dist", "bench", "tools")
	}
	for _, p := range []*string{&o.dir, &o.tools} {
		if *p, err = filepath.Abs(*p); err != nil {
			return err
		}
	}
	return compare(ctx, o, std)
}

// compare builds what is not there, asks, and prints.
func compare(ctx context.Context, o comparison, std stdio) (err error) {
	fmt.Fprintln(std.err, "corpus …")
	r := &report{}
	if r.Corpus, err = corpus(ctx, o.dir, o.n, o.seed, o.short); err != nil {
		return err
	}
	var all []engine
	for _, name := range o.names {
		e, err := newEngine(ctx, name, o.dir, o.tools, std)
		if err != nil {
			return err
		}
		fmt.Fprintf(std.err, "index of %s …\n", name)
		b, err := e.made(ctx, o.dir, std)
		if err != nil {
			return err
		}
		if name == "backfile" {
			fmt.Fprintln(std.err, "store …")
			if err := keep(ctx, o.dir); err != nil {
				return err
			}
		}
		all, r.Built = append(all, e), append(r.Built, builtBy{name, b})
	}
	qs, err := readQueries(filepath.Join(o.dir, queriesFile))
	if err != nil {
		return err
	}
	qs = slices.DeleteFunc(qs, func(q query) bool { return !strings.Contains(q.Class, o.only) })
	var rs []*running
	for _, e := range all {
		var args []string
		if e.name == "backfile" && o.profile != "" {
			args = []string{"-profile", o.profile}
		}
		started, err := e.start(ctx, std, args...)
		if err != nil {
			return err
		}
		rs = append(rs, started)
	}
	t := newTimes(qs)
	err = t.askAll(rs, qs, o, std)
	for _, x := range rs {
		r.Running = append(r.Running, ran{x.name, x.open.Seconds(), x.memory()})
		err = errors.Join(err, x.stop())
	}
	if err != nil {
		return err
	}
	for _, e := range all { // alone, since two processes cannot have the index
		if e.name != "backfile" {
			continue
		}
		e.name = again
		x, err := e.start(ctx, std, "-cache")
		if err != nil {
			return err
		}
		if err := errors.Join(t.askAll([]*running{x}, qs, o, std), x.stop()); err != nil {
			return err
		}
	}
	r.fill(t, o.names)
	if o.save != "" {
		if err := writeAll(o.save, []*report{r}); err != nil {
			return err
		}
	}
	return r.print(std.out)
}

// times are what queries took, and what they found.
type times struct {
	classes []string                      // in their order
	took    map[string]map[string][]int64 // engine, class: nanoseconds of the processor, a query each
	clock   map[string]int64              // engine: nanoseconds on the clock more than that, for all
	found   map[string]map[int]answer     // engine, query
	failed  map[string]map[string]string  // engine, class: why
}

func newTimes(qs []query) *times {
	t := &times{took: map[string]map[string][]int64{}, clock: map[string]int64{}, found: map[string]map[int]answer{}, failed: map[string]map[string]string{}}
	for _, q := range qs {
		if !slices.Contains(t.classes, q.Class) {
			t.classes = append(t.classes, q.Class)
		}
	}
	return t
}

// askAll asks all engines the queries, a class at a time within each round, the engines taking
// turns in another order for each query.
func (t *times) askAll(rs []*running, qs []query, o comparison, std stdio) error {
	spent := map[string]time.Duration{}
	for _, r := range rs {
		t.took[r.name], t.found[r.name], t.failed[r.name] = map[string][]int64{}, map[int]answer{}, map[string]string{}
	}
	for round := range o.warm + o.rounds {
		for i, q := range qs {
			for j := range rs {
				r := rs[(i+j+round)%len(rs)]
				key := r.name + q.Class
				if t.failed[r.name][q.Class] != "" || round > o.warm && spent[key] > o.budget {
					continue
				}
				a, err := r.ask(q)
				if err != nil {
					return err
				}
				spent[key] += time.Duration(a.Nanoseconds)
				switch {
				case a.Error != "":
					t.failed[r.name][q.Class] = a.Error
					fmt.Fprintf(std.err, "%s, %s: %s\n", r.name, q.Class, a.Error)
				case round >= o.warm:
					t.took[r.name][q.Class] = append(t.took[r.name][q.Class], a.CPU)
					t.clock[r.name] += a.Nanoseconds - a.CPU
				}
				t.found[r.name][q.ID] = a
			}
		}
	}
	t.disagree(rs, qs, std)
	return nil
}

// disagree says where engines found other numbers.
func (t *times) disagree(rs []*running, qs []query, std stdio) {
	for _, r := range rs[1:] {
		said, differ := 0, 0
		for _, q := range qs {
			a, b := t.found[rs[0].name][q.ID], t.found[r.name][q.ID]
			if a.Error != "" || b.Error != "" || a.Total == b.Total && a.Hits == b.Hits && a.Outlets == b.Outlets && a.Years == b.Years {
				continue
			}
			if differ++; said < 5 {
				said++
				fmt.Fprintf(std.err, "%s, %v %v: %s finds %+v and %s %+v\n", q.Class, q.Words, q.Outlet, rs[0].name, a, r.name, b)
			}
		}
		fmt.Fprintf(std.err, "%s and %s differ in %d of %d queries\n", rs[0].name, r.name, differ, len(qs))
	}
}

func readQueries(path string) ([]query, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return decodeLines[query](f)
}
