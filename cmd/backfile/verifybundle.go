package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"

	"backfile/internal/keep"
)

// maxBundleIn is how many bytes of a bundle are read from standard input.
const maxBundleIn = 2 << 30

// verifyBundle checks a list that was taken out as a bundle. It needs neither an archive
// nor a network.
func verifyBundle(_ context.Context, args []string, std stdio) error {
	fs := newFlags("verify-bundle", std)
	seal := fs.String("seal", "", "the seal that the bundle must have, as it was noted when the bundle was made")
	rest, err := parse(fs, args, true)
	if err != nil {
		return err
	}
	if len(rest) != 1 {
		return usagef("verify-bundle takes one file, or - for standard input")
	}
	rep, err := checkBundle(rest[0], std.in)
	if err != nil {
		return err
	}
	if *seal != "" && *seal != rep.Seal {
		rep.Problems = append(rep.Problems, "this is another bundle: its seal is "+rep.Seal+", not "+*seal)
	}
	for _, p := range rep.Problems {
		fmt.Fprintln(std.out, oneLine(p))
	}
	if len(rep.Problems) > 0 {
		return errSaid
	}
	m := rep.Manifest
	fmt.Fprintf(std.out, "%s, taken out of %s (%s) on %s\n", oneLine(m.Name), oneLine(m.Archive), oneLine(m.Address), m.Made.Format("2 January 2006, 15:04 MST"))
	fmt.Fprintf(std.out, "files %s, texts %s, highlights %s: all as they were\n", grouped(rep.Files), grouped(rep.Texts), grouped(rep.Passages))
	fmt.Fprintf(std.out, "seal %s\n", rep.Seal)
	return nil
}

func checkBundle(name string, in io.Reader) (*keep.Report, error) {
	if name == "-" {
		b, err := io.ReadAll(io.LimitReader(in, maxBundleIn))
		if err != nil {
			return nil, fmt.Errorf("read standard input: %w", err)
		}
		return keep.CheckBundle(bytes.NewReader(b), int64(len(b)))
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("open the bundle: %w", err)
	}
	defer func() { _ = f.Close() }() // it was only read
	fi, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("open the bundle: %w", err)
	}
	return keep.CheckBundle(f, fi.Size())
}
