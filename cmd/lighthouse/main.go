// Command lighthouse has Lighthouse judge the pages of the sample archive as it is served to
// the public, and fails where one is not what it is held to:
//
//	go run ./cmd/lighthouse
//
// It needs Chromium, and npx, which fetches Lighthouse. It takes minutes, so it is not part of
// .ci/run.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"time"

	"backfile/internal/browsertest"
)

// What each category must reach, in per cent. How fast a page is depends on the machine too.
var floors = []struct {
	id    string
	least int
}{{"accessibility", 100}, {"best-practices", 100}, {"seo", 100}, {"performance", 95}}

// judged are the types of page that are judged, by their names in browsertest.Pages. Results ask
// crawlers to leave them alone, since there are as many as there are searches: that is not held
// against them.
var judged = []string{"front", "results", "article", "person", "outlet", "day", "people", "story", "map"}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "lighthouse:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out, log io.Writer) error {
	fs := flag.NewFlagSet("lighthouse", flag.ContinueOnError)
	fs.SetOutput(log)
	program := fs.String("program", "", "`path` of Lighthouse; npx fetches it where there is none")
	version := fs.String("version", "12.8.2", "the `version` that npx fetches")
	if err := fs.Parse(args); err != nil {
		return err
	}
	chromium, err := browsertest.Find()
	if err != nil {
		return err
	}
	addr, stop, err := browsertest.Sample(ctx, ".", log, "--public-url", "{address}")
	if err != nil {
		return err
	}
	defer stop()
	pages, err := browsertest.Pages(ctx, addr)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "backfile-lighthouse-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	command := []string{"npx", "--yes", "lighthouse@" + *version}
	if *program != "" {
		command = []string{*program}
	}
	j := judge{command: command, chromium: chromium, report: filepath.Join(dir, "report.json")}
	fmt.Fprintf(out, "%-8s %4s %4s %4s %4s\n", "", "a11y", "best", "seo", "perf")
	failed := 0
	for _, name := range judged {
		for _, p := range pages {
			if p.Name != name {
				continue
			}
			said, err := j.page(ctx, addr, p)
			if err != nil {
				return fmt.Errorf("%s: %w", p.Name, err)
			}
			fmt.Fprintf(out, "%-8s %s\n", p.Name, said.line)
			for _, f := range said.faults {
				failed++
				fmt.Fprintln(out, "\t"+f)
			}
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d below what they are held to", failed)
	}
	return nil
}

// judge runs Lighthouse.
type judge struct {
	command          []string
	chromium, report string
}

// verdict is what Lighthouse says of a page: its four figures, and those that are too low.
type verdict struct {
	line   string
	faults []string
}

// page judges one page as somebody sees it who reads from elsewhere: a proxy says so.
func (j judge) page(ctx context.Context, addr string, p browsertest.Page) (verdict, error) {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Minute)
	defer cancel()
	args := append(j.command[1:], addr+p.Path, "--output=json", "--output-path="+j.report, "--quiet", "--only-categories=performance,accessibility,best-practices,seo",
		`--extra-headers={"X-Forwarded-For":"198.51.100.7"}`, "--chrome-flags=--headless=new --no-sandbox --disable-gpu")
	if p.Name == "results" {
		args = append(args, "--skip-audits=is-crawlable")
	}
	// On a busy machine it loses its trace now and then, and asks to be run again.
	for try := 0; ; try++ {
		cmd := exec.CommandContext(ctx, j.command[0], args...)
		cmd.Env = append(os.Environ(), "CHROME_PATH="+j.chromium)
		said, err := cmd.CombinedOutput()
		if err == nil {
			break
		}
		if try == 2 || ctx.Err() != nil {
			return verdict{}, fmt.Errorf("%w: %s", err, strings.TrimSpace(string(said)))
		}
	}
	b, err := os.ReadFile(j.report)
	if err != nil {
		return verdict{}, err
	}
	return read(b)
}

// read takes the figures out of a report.
func read(report []byte) (verdict, error) {
	var r struct {
		RuntimeError struct{ Message string }
		Categories   map[string]struct {
			Score     *float64
			AuditRefs []struct {
				ID     string
				Weight float64
			}
		}
		Audits map[string]struct {
			Title string
			Score *float64
		}
	}
	if err := json.Unmarshal(report, &r); err != nil {
		return verdict{}, fmt.Errorf("read the report: %w", err)
	}
	if r.RuntimeError.Message != "" {
		return verdict{}, errors.New(r.RuntimeError.Message)
	}
	var v verdict
	for _, f := range floors {
		c := r.Categories[f.id]
		if c.Score == nil {
			return verdict{}, fmt.Errorf("the report has no figure for %s", f.id)
		}
		got := int(*c.Score*100 + .5)
		v.line += fmt.Sprintf(" %4d", got)
		if got >= f.least {
			continue
		}
		why := []string{}
		for _, a := range c.AuditRefs {
			if s := r.Audits[a.ID].Score; a.Weight > 0 && s != nil && *s < .9 {
				why = append(why, r.Audits[a.ID].Title)
			}
		}
		v.faults = append(v.faults, fmt.Sprintf("%s %d, want %d: %s", f.id, got, f.least, strings.Join(why, "; ")))
	}
	v.line = strings.TrimPrefix(v.line, " ")
	return v, nil
}
