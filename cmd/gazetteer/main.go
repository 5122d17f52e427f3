// Command gazetteer builds the tables that internal/entity embeds: places with
// their coordinates, given and family names, and the words of English that
// are also written small. docs/sources-gazetteer.md says where its input comes
// from and how to lay it out.
//
//	go run ./cmd/gazetteer -from DIR [-to internal/entity/lists]
//
// The same input gives the same bytes.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/zstd"
)

func main() {
	if err := run(os.Args[1:], os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "gazetteer:", err)
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	fs := flag.NewFlagSet("gazetteer", flag.ContinueOnError)
	fs.SetOutput(out)
	from := fs.String("from", "", "directory of the unpacked sources")
	to := fs.String("to", filepath.Join("internal", "entity", "lists"), "directory to write the tables to")
	only := fs.String("only", "", "make the one `TABLE` only")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if *from == "" {
		return fmt.Errorf("-from is needed: see docs/sources-gazetteer.md")
	}
	for _, t := range []struct {
		file  string
		build func(dir string) ([]byte, error)
	}{
		{"foreign.tsv.zst", foreign},
		{"names.tsv.zst", names},
		{"words.txt.zst", words},
		// The last one reads names and words, and the lists written by hand.
		{"places.bin.zst", func(dir string) ([]byte, error) { return places(dir, *to) }},
	} {
		if *only != "" && *only != t.file {
			continue
		}
		b, err := t.build(*from)
		if err != nil {
			return fmt.Errorf("build %s: %w", t.file, err)
		}
		packed, err := pack(b)
		if err != nil {
			return fmt.Errorf("compress %s: %w", t.file, err)
		}
		path := filepath.Join(*to, t.file)
		if err := os.WriteFile(path, packed, 0o644); err != nil {
			return err
		}
		fmt.Fprintf(out, "%s: %d lines, %d bytes, %d compressed\n", path, bytes.Count(b, []byte{'\n'}), len(b), len(packed))
	}
	return nil
}

func pack(b []byte) ([]byte, error) {
	var buf bytes.Buffer
	// One encoder, one goroutine: the bytes must not depend on the machine.
	w, err := zstd.NewWriter(&buf, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(b); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}
