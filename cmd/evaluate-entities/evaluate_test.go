package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRun(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "ner", "gum-news"), 0o755); err != nil {
		t.Fatal(err)
	}
	conll := "Morag B-PER\nTulloch I-PER\n, O\nwho O\nlives O\nin O\nKirkwall B-LOC\n, O\nleft O\n. O\n\nThe O\nBBC B-ORG\n's O\nvan O\n. O\n"
	if err := os.WriteFile(filepath.Join(dir, "ner", "own.conll"), []byte(conll), 0o644); err != nil {
		t.Fatal(err)
	}
	tsv := "#FORMAT=WebAnno TSV 3.2\n\n1-1\t0-3\tThe\tplace[1]\t_\t_\t_\t\n1-2\t4-9\tOrkney\tplace[1]\t_\t_\t_\t\n1-3\t10-14\tferry\t_\t_\t_\t_\t\n"
	if err := os.WriteFile(filepath.Join(dir, "ner", "gum-news", "own.tsv"), []byte(tsv), 0o644); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := run([]string{"-errors", "2", dir}, &out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"own.conll                    1.000 1.000 1.000   1.000 1.000 1.000   1.000 1.000 1.000", "gum-news"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("run printed\n%swithout %q", out.String(), want)
		}
	}
}

func TestReadConll(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.conll")
	if err := os.WriteFile(path, []byte("He O\nsaid O\n: O\n\" O\nUN B-ORG\n's O\n\" O\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	docs, err := readConll(path)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := docs[0].text, `He said: "UN's"`; got != want {
		t.Errorf("text = %q, want %q", got, want)
	}
	for _, m := range docs[0].gold {
		if got := docs[0].text[m.start:m.end]; got != "UN" {
			t.Errorf("gold = %q, want UN", got)
		}
	}
}
