package cite

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"backfile/internal/fuzztime"
	"backfile/internal/news"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestGolden compares a file of each format with the one that is kept.
func TestGolden(t *testing.T) {
	for _, f := range Formats {
		name := filepath.Join("testdata", "corpus."+f.Name)
		got := written(t, f, corpus(t))
		if *update {
			if err := os.WriteFile(name, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// checkFile reads a file of entries back with the tests' own readers and holds it
// against what went in.
func checkFile(t testing.TB, f Format, es []Entry, file string) {
	t.Helper()
	switch f.Name {
	case "ris":
		rs, err := readRIS(file)
		if err != nil || len(rs) != len(es) {
			t.Fatalf("%d records of RIS, %v, want %d in\n%s", len(rs), err, len(es), file)
		}
		for i, r := range rs {
			if got := r[0]; got != (field{"TY", "NEWS"}) {
				t.Errorf("record %d begins with %v", i, got)
			}
			want, _ := es[i].title()
			if got := valueOf(r, "TI"); got != want {
				t.Errorf("TI = %q, want %q", got, want)
			}
		}
	case "bib":
		got, err := readBibTeX(file)
		if err != nil || len(got) != len(es) {
			t.Fatalf("%d entries of BibTeX, %v, want %d in\n%s", len(got), err, len(es), file)
		}
		keys := map[string]bool{}
		for i, e := range got {
			want, _ := es[i].title()
			if s := untex(valueOf(e.fields, "title")); s != want {
				t.Errorf("title = %q, want %q", s, want)
			}
			if s := untex(valueOf(e.fields, "abstract")); s != line(es[i].Article.Standfirst) {
				t.Errorf("abstract = %q, want %q", s, line(es[i].Article.Standfirst))
			}
			if !regexp.MustCompile(`^[a-z0-9-]+$`).MatchString(e.key) || keys[e.key] {
				t.Errorf("the key is %q, want another one of small letters, digits and hyphens", e.key)
			}
			keys[e.key] = true
		}
	case "csl.json":
		var items []map[string]json.RawMessage
		if err := json.Unmarshal([]byte(file), &items); err != nil || len(items) != len(es) {
			t.Fatalf("%d items of CSL-JSON, %v, want %d in\n%s", len(items), err, len(es), file)
		}
		for i, it := range items {
			for k := range it {
				if !cslFields[k] {
					t.Errorf("%q is no variable of CSL", k)
				}
			}
			var title string
			if raw, ok := it["title"]; ok {
				if err := json.Unmarshal(raw, &title); err != nil {
					t.Error(err)
				}
			}
			if want, _ := es[i].title(); title != want {
				t.Errorf("title = %q, want %q", title, want)
			}
			var names []map[string]string
			if raw, ok := it["author"]; ok {
				if err := json.Unmarshal(raw, &names); err != nil {
					t.Error(err)
				}
			}
			for _, n := range names {
				for k := range n {
					if !cslNameFields[k] {
						t.Errorf("%q is no part of a name in CSL", k)
					}
				}
				if (n["family"] == "") == (n["literal"] == "") {
					t.Errorf("the name %v is neither whole nor in parts", n)
				}
			}
		}
	case "csv":
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(file, "\uFEFF"))).ReadAll()
		if err != nil || len(rows) != len(es)+1 {
			t.Fatalf("%d rows of CSV, %v, want %d and the names of the columns", len(rows), err, len(es))
		}
		for i, r := range rows {
			for j, c := range r {
				if c != "" && strings.ContainsRune("=+-@\t\r", rune(c[0])) || strings.ContainsAny(c, "\r\n") {
					t.Errorf("row %d, %s: the cell %q", i, TableColumns[j], c)
				}
			}
			if i == 0 {
				continue
			}
			at := slices.Index(TableColumns, "headline")
			if want := Cell(line(es[i-1].Article.Headline)); r[at] != want {
				t.Errorf("headline = %q, want %q", r[at], want)
			}
		}
	case "jsonl":
		ls := strings.SplitAfter(file, "\n")
		if len(ls) != len(es)+1 || ls[len(es)] != "" {
			t.Fatalf("%d lines, want %d", len(ls)-1, len(es))
		}
		for i, l := range ls[:len(es)] {
			var a news.Article
			if err := json.Unmarshal([]byte(l), &a); err != nil {
				t.Fatalf("line %q: %v", l, err)
			}
			if a.Headline != string([]rune(es[i].Article.Headline)) || a.Source != "" { // JSON has a U+FFFD for each byte that is no UTF-8
				t.Errorf("headline %q, source %q", a.Headline, a.Source)
			}
		}
	}
}

func valueOf(fs []field, name string) string {
	for _, f := range fs {
		if f.name == name {
			return f.value
		}
	}
	return ""
}

func TestRoundTrip(t *testing.T) {
	es := corpus(t)
	es[6].Article.Published = news.Date{} // no archive keeps a date that cannot be read
	for _, f := range Formats {
		checkFile(t, f, es, written(t, f, es))
		checkFile(t, f, nil, written(t, f, nil))
	}
}

// TestDates checks that no format knows more of a date than the source does.
func TestDates(t *testing.T) {
	month := date(t, "1987-03-01")
	month.Precision = news.Month
	for _, tc := range []struct {
		d                       news.Date
		ris, py, bib, csv, json string
	}{
		{date(t, "1953"), "1953///", "1953", "1953", "1953", "[[1953]]"},
		{date(t, "1953-03"), "1953/03//", "1953", "1953-03", "1953-03", "[[1953,3]]"},
		{month, "1987/03//", "1987", "1987-03", "1987-03", "[[1987,3]]"},
		{date(t, "1953-03-14"), "1953/03/14/", "1953", "1953-03-14", "1953-03-14", "[[1953,3,14]]"},
		{date(t, "2021-12-02T23:30:00-05:00"), "2021/12/02/", "2021", "2021-12-02", "2021-12-02T23:30:00-05:00", "[[2021,12,2]]"},
		{date(t, "2021-12-02T16:17"), "2021/12/02/", "2021", "2021-12-02", "2021-12-02T16:17", "[[2021,12,2]]"},
		{news.Date{}, "", "", "", "", ""},
	} {
		e := []Entry{{Article: &news.Article{ID: "aaaaaaaaaaaaa", Headline: "A", Published: tc.d}}}
		rs, err := readRIS(written(t, format(t, "ris"), e))
		if err != nil || valueOf(rs[0], "DA") != tc.ris || valueOf(rs[0], "PY") != tc.py {
			t.Errorf("%v in RIS: %v, %v, want %q and %q", tc.d, rs, err, tc.ris, tc.py)
		}
		bs, err := readBibTeX(written(t, format(t, "bib"), e))
		if err != nil || valueOf(bs[0].fields, "date") != tc.bib {
			t.Errorf("%v in BibTeX: %v, %v, want %q", tc.d, bs, err, tc.bib)
		}
		var items []struct {
			Issued struct {
				Parts json.RawMessage `json:"date-parts"`
			}
		}
		if err := json.Unmarshal([]byte(written(t, format(t, "csl.json"), e)), &items); err != nil || string(items[0].Issued.Parts) != tc.json {
			t.Errorf("%v in CSL-JSON: %s, %v, want %s", tc.d, items[0].Issued.Parts, err, tc.json)
		}
		rows, err := csv.NewReader(strings.NewReader(written(t, format(t, "csv"), e))).ReadAll()
		if got := rows[1][slices.Index(TableColumns, "published")]; err != nil || got != tc.csv {
			t.Errorf("%v in CSV: %q, %v, want %q", tc.d, got, err, tc.csv)
		}
	}
}

func TestSplitName(t *testing.T) {
	for _, tc := range []struct {
		name, lang string
		want       Name
	}{
		{"Margaret Innes", "en", Name{Family: "Innes", Given: "Margaret"}},
		{"  Margaret \n Innes ", "", Name{Family: "Innes", Given: "Margaret"}},
		{"John F. Kennedy", "en", Name{Family: "Kennedy", Given: "John F."}},
		{"J.R. Hartley", "en", Name{Family: "Hartley", Given: "J.R."}},
		{"J K Rowe", "en", Name{Family: "Rowe", Given: "J K"}},
		{"Jan van der Berg", "nl", Name{Family: "van der Berg", Given: "Jan"}},
		{"Robert De Niro", "en", Name{Family: "De Niro", Given: "Robert"}},
		{"Anne-Marie O’Neill", "en", Name{Family: "O’Neill", Given: "Anne-Marie"}},
		{"John Kerr Jr.", "en", Name{Family: "Kerr", Given: "John", Suffix: "Jr."}},
		{"John Kerr, Jr.", "en", Name{Family: "Kerr", Given: "John", Suffix: "Jr."}},
		{"Keller, Anna", "de", Name{Family: "Keller", Given: "Anna"}},
		{"Анна Ахматова", "ru", Name{Family: "Ахматова", Given: "Анна"}},
		{"Mary Ann Smith", "en", Name{Family: "Smith", Given: "Mary Ann"}},
		{"Gabriel García Márquez", "es", Name{Literal: "Gabriel García Márquez"}},
		{"Nagy Imre", "hu", Name{Literal: "Nagy Imre"}},
		{"王小明", "zh", Name{Literal: "王小明"}},
		{"محمد علي", "ar", Name{Literal: "محمد علي"}},
		{"Plato", "en", Name{Literal: "Plato"}},
		{"Sir Hamish Roe", "en", Name{Literal: "Sir Hamish Roe"}},
		{"Staff Reporter", "en", Name{Literal: "Staff Reporter"}},
		{"Innes and Keir", "en", Name{Literal: "Innes and Keir"}},
		{"Smith and Sons, Ltd", "en", Name{Literal: "Smith and Sons, Ltd"}},
		{"innes@post.example", "en", Name{Literal: "innes@post.example"}},
		{"MARGARET INNES", "en", Name{Family: "INNES", Given: "MARGARET"}},
		{"Margaret innes", "en", Name{Literal: "Margaret innes"}},
		{"Jr", "en", Name{Literal: "Jr"}},
		{"", "en", Name{}},
	} {
		got := SplitName(tc.name, tc.lang)
		if got.Family != "" {
			got.Literal = ""
		}
		if got != tc.want {
			t.Errorf("SplitName(%q, %q) = %+v, want %+v", tc.name, tc.lang, got, tc.want)
		}
	}
}

// TestBreak checks that no broken file passes for a whole one.
func TestBreak(t *testing.T) {
	es := corpus(t)[:2]
	for _, f := range Formats {
		var b bytes.Buffer
		w := f.NewWriter(&b)
		for _, e := range es {
			if err := w.Write(e); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Break("the disk\r\ngave up"); err != nil {
			t.Fatal(err)
		}
		file := b.String()
		switch f.Name {
		case "csl.json":
			if json.Valid(b.Bytes()) {
				t.Errorf("a broken file of %s is valid", f.Name)
			}
		case "ris":
			if _, err := readRIS(file); err == nil {
				t.Errorf("a broken file of %s is valid", f.Name)
			}
		case "csv":
			_, err := csv.NewReader(strings.NewReader(file)).ReadAll()
			if !errors.Is(err, csv.ErrFieldCount) {
				t.Errorf("a broken file of %s: %v, want a row of another length", f.Name, err)
			}
		}
		if f.Name != "csl.json" && !strings.Contains(file, "This file was broken off: the disk gave up") {
			t.Errorf("a broken file of %s does not say so:\n%s", f.Name, file)
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestWriteErrors(t *testing.T) {
	for _, f := range Formats {
		w := f.NewWriter(full{})
		if err := w.Write(corpus(t)[0]); !errors.Is(err, io.ErrShortWrite) {
			t.Errorf("%s: Write = %v, want the error of what it writes to", f.Name, err)
		}
	}
}

func FuzzWrite(f *testing.F) {
	for _, e := range corpus(f) {
		author := ""
		if len(e.Article.Authors) > 0 {
			author = e.Article.Authors[0].Name
		}
		f.Add(e.Article.Headline, e.Article.Standfirst, author, e.outlet(), e.Article.URL, e.Article.Body, e.Article.Language)
	}
	f.Fuzz(func(t *testing.T, headline, standfirst, author, outlet, url, body, lang string) {
		defer fuzztime.Check(t, time.Now())
		a := news.Article{
			ID: "aaaaaaaaaaaaa", Headline: headline, Standfirst: standfirst, Authors: []news.Author{{Name: author}, {Name: author}}, Outlet: news.NewOutlet(outlet), URL: url, Body: body,
			Language: lang, Tags: []string{author, outlet}, Agency: outlet, Section: author, Published: date(t, "1953-03"),
		}
		b := a
		b.ID = "bbbbbbbbbbbbb"
		es := []Entry{{Article: &a, Version: 1, Address: url, Archive: outlet}, {Article: &b, Version: 2, Address: url, Archive: outlet}}
		for _, f := range Formats {
			checkFile(t, f, es, written(t, f, es))
		}
	})
}
