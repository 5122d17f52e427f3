package marked

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"backfile/internal/entity"
	"backfile/internal/fuzztime"
	"backfile/internal/news"
)

// writeData makes a directory of marked and plain text of our own.
func writeData(t *testing.T) Sources {
	t.Helper()
	dir := t.TempDir()
	conll := strings.Repeat("Morag I-PER\nTulloch I-PER\nleft O\nKirkwall I-LOC\n. O\n\nThe I-ORG\nPier I-ORG\nTrust I-ORG\n's O\nvan O\n. O\n\n", 30)
	var plain bytes.Buffer
	z := gzip.NewWriter(&plain)
	if _, err := z.Write([]byte(strings.Repeat("Morag Tulloch went to Kirkwall .\nThe \" Pier Trust \" opened on Monday in Paris-Plage .\n", 30))); err != nil {
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
		"pages.json":             `{"uk-Own_2024":{"title":"Quito  waits","body":"Mr Ruiz said so.\n\nThe Harbour Board\nwaits."}}`,
		"marks/a.txt":            "read gmb 1-6\n1: P Morag Tulloch; L Kirkwall\n2: O Pier Trust; L Paris\n3?:\n5: P Morag Tulloch\n",
		"marks/b.txt":            "read page uk-Own_2024\n0: L Quito\n1: P Ruiz\n2: O Harbour Board\n",
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(s), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return Sources{Texts: dir, Pages: filepath.Join(dir, "pages.json"), Marks: filepath.Join(dir, "marks")}
}

// TestLoad holds that marks of all sets come to the archive's rule.
func TestLoad(t *testing.T) {
	docs, plain, err := Load(writeData(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(plain.Lines) != 60 {
		t.Errorf("%d plain sentences, want 60", len(plain.Lines))
	}
	want := map[string]string{
		"wikigold.conll": "0 Morag Tulloch|1 Kirkwall|2 Pier Trust",
		"gum-news":       "1 Orkney",
		"hand.txt":       "0 Ana Ruiz|1 Quito|2 Harbour Board",
		"gmb":            "0 Morag Tulloch|1 Kirkwall|2 Pier Trust|1 Paris|0 Morag Tulloch",
		"pages-dev":      "0 Ruiz|2 Harbour Board|1 Quito",
	}
	found := map[string][]string{}
	for _, d := range docs {
		a := d.Article()
		texts, fields := entity.Evidence(&a, false)
		for k, text := range texts {
			for _, s := range d.Settle(fields[k], text.Tokens) {
				found[d.Set] = append(found[d.Set], string("0123"[s.Kind])+" "+strings.Join(strings.Fields(text.Name(s)), " "))
			}
		}
	}
	for set, w := range want {
		if got := strings.Join(found[set], "|"); !strings.HasPrefix(got, w) {
			t.Errorf("%s: names %q, want %q", set, got, w)
		}
	}
}

// TestMasked holds that a name whose kind is not known is hidden, and that one
// known from elsewhere counts.
func TestMasked(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.tsv")
	s := "#FORMAT=WebAnno TSV 3.2\n\n1-1\t0-5\tFlotta\t_\t_\t_\tFlotta[1]\n1-2\t6-9\thad\t_\t_\t_\t_\n\n2-1\t10-15\tOrkney\tplace[2]\tn[2]\ts[2]\tOrkney[2]\n\n3-1\t17-22\tOrkney\t_\t_\t_\tOrkney[3]\n"
	if err := os.WriteFile(path, []byte(s), 0o644); err != nil {
		t.Fatal(err)
	}
	docs, err := ReadWebAnno([]string{path})
	if err != nil {
		t.Fatal(err)
	}
	a := docs[0].Article()
	texts, _ := entity.Evidence(&a, false)
	if got, want := len(docs[0].Settle("", texts[0].Tokens)), 2; got != want {
		t.Errorf("%d names, want %d", got, want)
	}
	hidden := docs[0].Hidden("", texts[0].Tokens)
	if !hidden[0] || hidden[1] {
		t.Errorf("hidden words %v, want the first alone", hidden)
	}
}

func TestLeftOut(t *testing.T) {
	line := "The minister said talks would resume in Geneva ."
	var all []string
	for range 12 {
		all = append(all, line)
	}
	all = append(all, "Brae Corp. said net income rose 12 % to 40 cents a share .", "A Fox and a Wolf met an Ass .")
	left := leftOut(all)
	kept := 0
	for i, l := range left {
		switch {
		case !l && all[i] != line:
			t.Errorf("%q may be used", all[i])
		case !l:
			kept++
		}
	}
	if kept < 8 {
		t.Errorf("%d of 12 sentences of news may be used", kept)
	}
}

func TestPageDocument(t *testing.T) {
	p := Page{Title: "A", Body: "B.\n\nC."}
	rd := &Reading{Page: "x", Lines: map[int][]NameMark{2: {{Kind: news.Person, Name: "C"}}}, Left: map[int]bool{1: true}}
	d, err := p.Document("pages", rd)
	if err != nil {
		t.Fatal(err)
	}
	if d.Body[d.Marks[0].Start:d.Marks[0].End] != "C" || len(d.Masked) != 1 || d.Field(news.FieldHeadline) != "A" {
		t.Errorf("Document = %+v", d)
	}
	rd.Lines[9] = rd.Lines[2]
	if _, err := p.Document("pages", rd); err == nil {
		t.Error("a mark behind the last paragraph gives no error")
	}
}

func FuzzReadPhrases(f *testing.F) {
	f.Add("1-1\t0-3\tThe\tplace[1]|person\t_\t_\tA[1]|B\n\n")
	f.Fuzz(func(t *testing.T, s string) {
		defer fuzztime.Check(t, time.Now())
		text, phrases := readPhrases(s)
		for _, p := range phrases {
			if p.Start < 0 || p.End < p.Start || p.End > len(text) {
				t.Fatalf("phrase %d to %d of %d bytes", p.Start, p.End, len(text))
			}
		}
	})
}

func FuzzConll(f *testing.F) {
	f.Add([]byte("A B-PER\nB I-PER\n\n-DOCSTART- O\n\nC I-LOC"))
	f.Fuzz(func(t *testing.T, b []byte) {
		defer fuzztime.Check(t, time.Now())
		docs, err := parseConll("x", b)
		if err != nil {
			return
		}
		for _, d := range docs {
			for _, m := range d.Marks {
				if m.Start < 0 || m.End < m.Start || m.End > len(d.Body) {
					t.Fatalf("mark %v of %d bytes", m, len(d.Body))
				}
			}
		}
	})
}
