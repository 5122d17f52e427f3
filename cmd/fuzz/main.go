// Command fuzz finds every fuzz target of the module and runs each for a while, one
// after another or several at a time, and prints what became of them. It ends with
// status 1 where one failed; the input that did it is then in that package's
// testdata/fuzz, and a seed from then on.
//
//	go run ./cmd/fuzz -time 60s
//	go run ./cmd/fuzz -time 20s -match 'ingest|FuzzParse'
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"text/tabwriter"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	spent := flag.Duration("time", time.Minute, "how long each target runs")
	match := flag.String("match", "", "run only targets of which PACKAGE.NAME matches this expression")
	at := flag.Int("n", 1, "how many targets run at a time")
	workers := flag.Int("workers", max(1, runtime.GOMAXPROCS(0)/2), "how many inputs a target is given at a time")
	list := flag.Bool("list", false, "list the targets, and run none")
	flag.Parse()
	only, err := regexp.Compile(*match)
	if err != nil {
		fmt.Fprintln(os.Stderr, "fuzz: -match:", err)
		os.Exit(2)
	}
	ts, err := targets(ctx)
	if err != nil {
		fmt.Fprintln(os.Stderr, "fuzz:", err)
		os.Exit(1)
	}
	var chosen []*target
	for _, t := range ts {
		if only.MatchString(t.pkg + "." + t.name) {
			chosen = append(chosen, t)
		}
	}
	if *list {
		for _, t := range chosen {
			fmt.Println(t.pkg, t.name)
		}
		return
	}
	var wg sync.WaitGroup
	slots := make(chan struct{}, max(1, *at))
	for _, t := range chosen {
		slots <- struct{}{}
		if ctx.Err() != nil {
			break
		}
		wg.Go(func() {
			defer func() { <-slots }()
			t.run(ctx, *spent, *workers)
			fmt.Fprintln(os.Stderr, t.line())
		})
	}
	wg.Wait()
	if !report(os.Stdout, chosen) {
		os.Exit(1)
	}
}

// target is one fuzz target, and what became of it.
type target struct {
	pkg, name string
	got       result
	took      time.Duration
	ran       bool
	output    string
}

// targets are all fuzz targets of the module, by package.
func targets(ctx context.Context) ([]*target, error) {
	cmd := exec.CommandContext(ctx, "go", "list", "-f", `{{if or .TestGoFiles .XTestGoFiles}}{{.ImportPath}}{{end}}`, "./...")
	cmd.Stderr = os.Stderr
	pkgs, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("list packages: %w", err)
	}
	var out []*target
	args := append([]string{"test", "-list", "^Fuzz"}, strings.Fields(string(pkgs))...)
	cmd = exec.CommandContext(ctx, "go", args...)
	cmd.Stderr = os.Stderr
	said, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("list targets: %w\n%s", err, said)
	}
	// The names of a package's targets stand before the line that says it is fine.
	var names []string
	for line := range strings.Lines(string(said)) {
		f := strings.Fields(line)
		switch {
		case len(f) == 1 && strings.HasPrefix(f[0], "Fuzz"):
			names = append(names, f[0])
		case len(f) > 1 && f[0] == "ok":
			for _, n := range names {
				out = append(out, &target{pkg: f[1], name: n})
			}
			names = nil
		}
	}
	return out, nil
}

// run gives the target inputs for that long.
func (t *target) run(ctx context.Context, spent time.Duration, workers int) {
	start := time.Now()
	cmd := exec.CommandContext(ctx, "go", "test", t.pkg, "-run", "^$", "-fuzz", "^"+t.name+"$", "-fuzztime", spent.String(), "-parallel", fmt.Sprint(workers))
	out, err := cmd.CombinedOutput()
	t.took, t.output, t.ran = time.Since(start), string(out), true
	t.got = parse(t.output)
	t.got.failed = err != nil
}

func (t *target) line() string {
	state := "fine"
	switch {
	case !t.ran:
		state = "not run"
	case t.got.failed && t.got.crasher != "":
		state = "FAILED: " + t.got.crasher
	case t.got.failed:
		state = "FAILED"
	}
	return fmt.Sprintf("%s\t%s\t%d\t%d\t%.0fs\t%s", strings.TrimPrefix(t.pkg, "backfile/"), t.name, t.got.execs, t.got.found, t.took.Seconds(), state)
}

// report prints the table, and what failing targets said; ok is that none failed.
func report(w *os.File, ts []*target) (ok bool) {
	ok = true
	tab := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
	fmt.Fprintln(tab, "PACKAGE\tTARGET\tINPUTS\tKINDS FOUND\tTIME\tSTATE")
	inputs, failed := 0, 0
	for _, t := range ts {
		fmt.Fprintln(tab, t.line())
		inputs += t.got.execs
		if t.got.failed {
			ok = false
			failed++
		}
	}
	_ = tab.Flush()
	fmt.Fprintf(w, "\n%d targets, %d inputs, %d failed\n", len(ts), inputs, failed)
	for _, t := range ts {
		if t.got.failed {
			fmt.Fprintf(w, "\n%s %s:\n%s\n", t.pkg, t.name, t.output)
		}
	}
	return ok
}
