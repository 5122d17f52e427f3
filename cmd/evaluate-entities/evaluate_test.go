package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRun(t *testing.T) {
	dir := t.TempDir()
	conll := "Morag B-PER\nTulloch I-PER\n, O\nwho O\nlives O\nin O\nKirkwall B-LOC\n, O\nleft O\n. O\n\nThe O\nBBC B-ORG\n's O\nvan O\n. O\n"
	for name, s := range map[string]string{
		"wikigold.conll":         conll,
		"uner-ewt-devtest.conll": conll,
		"hand.txt":               "[P Morag Tulloch] left [L Kirkwall] .\n",
		"gum-news/own.tsv":       "#FORMAT=WebAnno TSV 3.2\n\n1-1\t0-3\tThe\tplace[1]\t_\t_\t_\t\n1-2\t4-9\tOrkney\tplace[1]\t_\t_\t_\t\n1-3\t10-14\tferry\t_\t_\t_\t_\t\n",
	} {
		path := filepath.Join(dir, "ner", filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(s), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	args := []string{"-errors", "2", "-marks", filepath.Join(dir, "none"), dir}
	if err := run(args, &out); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "nothing is measured") {
		t.Errorf("without all of the text, run printed\n%s", out.String())
	}
	if err := os.WriteFile(filepath.Join(dir, "ner", "gmb-text.txt.gz"), []byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x03\x00\x00\x00\x00\x00\x00\x00\x00\x00"), 0o644); err != nil {
		t.Fatal(err)
	}
	out.Reset()
	if err := run(args, &out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"hand.txt (seen)              1.000 1.000 1.000   1.000 1.000 1.000", "gum-news"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("run printed\n%swithout %q", out.String(), want)
		}
	}
	floors := filepath.Join(dir, "floors")
	if err := os.WriteFile(floors, []byte("# own\nhand.txt person 0.9\nhand.txt set-all 1.1\nother all 1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	err := run(append([]string{"-floors", floors}, args...), &out)
	if err == nil || !strings.Contains(err.Error(), "hand.txt set-all 1.000 is under 1.100") || strings.Contains(err.Error(), "person") {
		t.Errorf("run with floors = %v", err)
	}
}

func TestSample(t *testing.T) {
	dir := t.TempDir()
	var out bytes.Buffer
	if err := run([]string{"-sample", "2", dir}, &out); err != nil || !strings.Contains(out.String(), "no pages are there") {
		t.Fatalf("run without pages = %v, printed %s", err, out.String())
	}
	var page bytes.Buffer
	z := gzip.NewWriter(&page)
	io.WriteString(z, `<html lang="en"><head><title>Pier to close</title></head><body><article><h1>Pier to close</h1>
<p>The harbour board has decided to close the old pier to all vessels from the first of March, it was said on Monday evening.</p>
<p>“It is not safe in any wind,” said Ian Ferrier, who has been the harbour master for twenty years. “Nobody was hurt yet, thank heaven.”</p>
<p>Fishermen who have used the pier all their lives asked on Monday where they were to land their catch in the meantime.</p></article></body></html>`)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "a.html.gz"), page.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	var again bytes.Buffer
	out.Reset()
	for _, w := range []*bytes.Buffer{&out, &again} {
		if err := run([]string{"-sample", "2", "-seed", "7", "-language", "en", dir}, w); err != nil {
			t.Fatal(err)
		}
	}
	if out.String() != again.String() || !strings.Contains(out.String(), "2 quotations on 1 pages, 2 drawn with seed 7") || !strings.Contains(out.String(), "a.html.gz (en): Ian Ferrier") {
		t.Errorf("run printed\n%s\nand\n%s", out.String(), again.String())
	}
}
