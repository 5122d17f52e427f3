package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"backfile/internal/newsgen"
)

// pages measures the program as people use it: how many ready articles a second
// "backfile ingest" takes in, index included, and how long "backfile serve" takes for
// a page of search results with its facets. It builds the program it measures, works
// in a directory of its own and removes it.
func pages(ctx context.Context, args []string, std stdio) (err error) {
	out, errOut := std.out, std.err
	fs := flags("pages", std)
	n := fs.Int("n", 100_000, "how `many` articles")
	seed := fs.Uint64("seed", 1, "the `seed` that articles and searches are drawn from")
	rounds := fs.Int("rounds", 50, "how `many` searches of each class")
	program := fs.String("program", "", "measure this `file`, and do not build one")
	data := fs.String("data", "", "keep the archive in this `directory`; one that is there is searched, not filled")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if fs.NArg() > 0 || *n < 1 || *rounds < 1 {
		return fmt.Errorf("say how many articles and rounds, at least one")
	}
	work, err := os.MkdirTemp("", "backfile-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	if *program == "" {
		*program = filepath.Join(work, "backfile")
		if err := command(ctx, errOut, "go", "build", "-o", *program, "backfile/cmd/backfile").Run(); err != nil {
			return fmt.Errorf("build the program: %w", err)
		}
	}
	if *data == "" {
		*data = filepath.Join(work, "data")
	}
	gen := newsgen.New(*seed)
	if _, err := os.Stat(filepath.Join(*data, "archive.db")); err != nil {
		lines := filepath.Join(work, "articles.jsonl")
		if err := write(lines, gen, *n); err != nil {
			return err
		}
		if err := fill(ctx, *program, *data, lines, *n, out, errOut); err != nil {
			return err
		}
	}
	return searches(ctx, *program, *data, gen, *n, *rounds, *seed, out, errOut)
}

func command(ctx context.Context, errOut io.Writer, name string, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, name, args...)
	c.Stderr = errOut
	return c
}

// write makes the articles as JSON Lines.
func write(path string, gen *newsgen.Generator, n int) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	enc := json.NewEncoder(w)
	for a := range gen.Articles(n) {
		if err := enc.Encode(a); err != nil {
			return errors.Join(err, f.Close())
		}
	}
	return errors.Join(w.Flush(), f.Close())
}

// fill times an ingest, until the index has all of it.
func fill(ctx context.Context, program, data, lines string, n int, out, errOut io.Writer) error {
	st, err := os.Stat(lines)
	if err != nil {
		return err
	}
	start := time.Now()
	c := command(ctx, errOut, program, "ingest", "--data", data, lines)
	said, err := c.Output()
	took := time.Since(start)
	if err != nil {
		return fmt.Errorf("ingest: %w\n%s", err, said)
	}
	fmt.Fprintf(out, "%-34s %8d   %6.0f MB of JSON Lines\n", "articles", n, float64(st.Size())/1e6)
	fmt.Fprintf(out, "%-34s %8.0f   %s in all, %s of CPU\n", "articles a second, indexed", float64(n)/took.Seconds(),
		took.Round(time.Millisecond), (c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Round(time.Millisecond))
	for _, part := range []string{"archive.db", "originals", "index"} {
		fmt.Fprintf(out, "%-34s %8.0f\n", part+", MB", float64(sizeOf(filepath.Join(data, part)))/1e6)
	}
	return nil
}

// sizeOf is how many bytes the files at and below path have.
func sizeOf(path string) (n int64) {
	_ = filepath.WalkDir(path, func(_ string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil
		}
		if st, err := d.Info(); err == nil {
			n += st.Size()
		}
		return nil
	})
	return n
}
