package main

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"backfile/internal/entity/tagger"
)

// writeData makes a directory of marked and plain text of our own.
func writeData(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "ner", "gum-news"), 0o755); err != nil {
		t.Fatal(err)
	}
	conll := strings.Repeat("Morag I-PER\nTulloch I-PER\nleft O\nKirkwall I-LOC\n. O\n\nThe I-ORG\nPier I-ORG\nTrust I-ORG\n's O\nvan O\n. O\n\n", 30)
	var plain bytes.Buffer
	z := gzip.NewWriter(&plain)
	if _, err := z.Write([]byte(strings.Repeat("Morag Tulloch went to Kirkwall .\nThe Pier Trust opened on Monday .\n", 30))); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]string{
		"wikigold.conll":         "-DOCSTART- O\n\n" + conll,
		"uner-ewt-devtest.conll": strings.ReplaceAll(conll, "I-", "B-"),
		"gum-news/own.tsv":       "#FORMAT=WebAnno TSV 3.2\n\n1-1\t0-3\tThe\tplace[1]\tnew[1]\ts[1]\tOrkney[1]\n1-2\t4-9\tOrkney\tplace[1]\tnew[1]\ts[1]\tOrkney[1]\n1-3\t10-14\tferry\t_\t_\t_\t_\n",
		"hand.txt":               "# own\n[P Ana Ruiz] left [L Quito] for the [O Harbour Board] .\n",
		"gmb-text.txt.gz":        plain.String(),
	} {
		if err := os.WriteFile(filepath.Join(dir, "ner", filepath.FromSlash(name)), []byte(s), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestRun(t *testing.T) {
	dir := writeData(t)
	var models [2][]byte
	for i := range models {
		file := filepath.Join(t.TempDir(), "model")
		var out bytes.Buffer
		args := []string{"-dir", dir, "-o", file, "-passes", "2", "-fine", "6", "-rough", "3", "-silver", "40"}
		if i == 0 {
			args = append(args, "-cv", "-folds", "2", "-errors", "2")
		}
		if err := run(args, &out); err != nil {
			t.Fatal(err)
		}
		if i == 0 && (!strings.Contains(out.String(), "wikigold.conll               both") || !strings.Contains(out.String(), "all                          rules")) {
			t.Errorf("run printed\n%s", out.String())
		}
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		models[i] = b
	}
	if !bytes.Equal(models[0], models[1]) {
		t.Error("the same text gives two models")
	}
	if err := run([]string{"-cv"}, &bytes.Buffer{}); err == nil {
		t.Error("run without a directory gives no error")
	}
	if err := run([]string{"-cv", "-dir", t.TempDir()}, &bytes.Buffer{}); err == nil {
		t.Error("run on an empty directory gives no error")
	}
}

// TestGold holds that marks of all sets come to the archive's rule.
func TestGold(t *testing.T) {
	docs, err := load(filepath.Join(writeData(t), "ner"))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"wikigold.conll": "0 Morag Tulloch|1 Kirkwall|2 Pier Trust",
		"gum-news":       "1 Orkney",
		"hand.txt":       "0 Ana Ruiz|1 Quito|2 Harbour Board",
	}
	for _, d := range docs {
		ex := prepare(d)
		var got []string
		for _, s := range ex.gold {
			got = append(got, string("012"[s.Kind])+" "+ex.seen.S[ex.seen.Tokens[s.First].Start:ex.seen.Tokens[s.Last].End])
		}
		if w, ok := want[d.set]; ok && !strings.HasPrefix(strings.Join(got, "|"), w) {
			t.Errorf("%s: gold %q, want %q", d.set, strings.Join(got, "|"), w)
		}
		for _, k := range ex.seen.Tokens {
			if k.Start < 0 || k.End > len(ex.seen.S) || k.Start >= k.End {
				t.Errorf("%s: a word at %d to %d of %d bytes", d.set, k.Start, k.End, len(ex.seen.S))
			}
		}
	}
}

// TestMasked holds that a name whose kind is not known is neither learnt from nor
// counted.
func TestMasked(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.tsv")
	s := "#FORMAT=WebAnno TSV 3.2\n\n1-1\t0-5\tFlotta\t_\t_\t_\tFlotta[1]\n1-2\t6-9\thad\t_\t_\t_\t_\n\n2-1\t10-15\tOrkney\tplace[2]\tn[2]\ts[2]\tOrkney[2]\n\n3-1\t17-22\tOrkney\t_\t_\t_\tOrkney[3]\n"
	if err := os.WriteFile(path, []byte(s), 0o644); err != nil {
		t.Fatal(err)
	}
	docs, err := readWebAnno([]string{path})
	if err != nil {
		t.Fatal(err)
	}
	ex := prepare(docs[0])
	if got, want := len(ex.gold), 2; got != want {
		t.Errorf("%d names, want %d: a kind known from elsewhere counts", got, want)
	}
	if got := len(ex.training(false).Doc); got != 2 {
		t.Errorf("%d paragraphs to learn from, want 2", got)
	}
	if got := ex.open([]tagger.Span{{Kind: tagger.Place}}); len(got) != 0 {
		t.Errorf("a masked span is counted: %v", got)
	}
}

func TestFilter(t *testing.T) {
	news := strings.Fields("The minister said talks would resume in Geneva .")
	paper := strings.Fields("Brae Corp. said net income rose 12 % to 40 cents a share .")
	fable := strings.Fields("A Fox and a Wolf met an Ass .")
	all := [][]string{}
	for range 12 {
		all = append(all, news)
	}
	all = append(all, paper, fable)
	got := filter(all)
	for _, s := range got {
		if s[0] != "The" {
			t.Errorf("filter kept %q", strings.Join(s, " "))
		}
	}
	if len(got) < 8 {
		t.Errorf("filter kept %d of 12 sentences of news", len(got))
	}
}

func FuzzReadPhrases(f *testing.F) {
	f.Add("1-1\t0-3\tThe\tplace[1]|person\t_\t_\tA[1]|B\n\n")
	f.Fuzz(func(t *testing.T, s string) {
		text, phrases := readPhrases(s)
		for _, p := range phrases {
			if p.start < 0 || p.end < p.start || p.end > len(text) {
				t.Fatalf("phrase %d to %d of %d bytes", p.start, p.end, len(text))
			}
		}
	})
}
