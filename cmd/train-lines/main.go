// Command train-lines makes the line model of internal/ingest/lines out of a
// directory of pages whose articles are known.
//
// The directory holds gold.json, an object of page name to {title, body}, and
// for each page NAME.txt.gz or NAME.txt, the page's text as a crawler saved it.
// A page's publisher is the part of its name before the first "_".
//
//	go run ./cmd/train-lines -dir PAGES -cv        what the model is worth on publishers it has not seen
//	go run ./cmd/train-lines -dir PAGES -o FILE    write the weights
//
// The same pages give the same weights, to the last digit on one kind of
// machine.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "train-lines:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	fs := flag.NewFlagSet("train-lines", flag.ContinueOnError)
	dir := fs.String("dir", "", "`directory` of pages with gold.json")
	out := fs.String("o", "", "`file` to write the weights to")
	cv := fs.Bool("cv", false, "measure on publishers left out, ten parts")
	verbose := fs.Bool("v", false, "with -cv, print a line a page")
	epochs := fs.Int("epochs", 120, "steps of training")
	decay := fs.Float64("decay", 0.01, "pull of the weights towards nought")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if *dir == "" || fs.NArg() > 0 {
		return fmt.Errorf("usage: train-lines -dir DIRECTORY [-cv [-v]] [-o FILE]")
	}
	pages, err := load(*dir)
	if err != nil {
		return err
	}
	t := trainer{epochs: *epochs, decay: *decay}
	if *cv {
		t.crossValidate(os.Stdout, pages, *verbose)
	}
	if *out == "" {
		return nil
	}
	if err := os.WriteFile(*out, []byte(t.train(pages).String()), 0o644); err != nil {
		return fmt.Errorf("write weights: %w", err)
	}
	return nil
}
