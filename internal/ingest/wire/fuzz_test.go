package wire

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"backfile/internal/ingest/item"
	"backfile/internal/news"
)

// fuzz reads what it is given with each of the readers, and checks what every
// record must keep to.
func fuzz(f *testing.F, pattern string, readers ...item.Reader) {
	files, err := filepath.Glob(pattern)
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, ".want") {
			continue
		}
		b, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		start := time.Now()
		sniff(b)
		for _, read := range readers {
			n := 0
			for r, err := range read(bytes.NewReader(b), item.Limits{Item: 1 << 20, Stream: 8 << 20}) {
				if n++; err == nil {
					check(t, r)
				}
				if n > len(b)+1 {
					t.Fatalf("%d records of %d bytes", n, len(b))
				}
			}
		}
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("took %v", took)
		}
	})
}

func check(t *testing.T, r item.Record) {
	t.Helper()
	a := r.Article
	for _, s := range []string{a.Headline, a.Standfirst, a.Byline, a.Body, a.Dateline, a.Section} {
		if !utf8.ValidString(s) {
			t.Fatalf("%q is not UTF-8", s)
		}
	}
	for _, s := range a.Spans {
		if s.Start < 0 || s.Start >= s.End || s.End > len(a.Body) || !utf8.ValidString(a.Body[s.Start:s.End]) {
			t.Fatalf("span %+v is outside the body of %d bytes", s, len(a.Body))
		}
	}
	for _, d := range []news.Date{a.Published, a.Updated, a.Captured, r.Expires, r.EmbargoedUntil} {
		if _, ok := d.Time(); !ok && !d.IsZero() {
			t.Fatalf("date %+v", d)
		}
	}
	if strings.Contains(a.Body, "\n\n\n") || strings.HasPrefix(a.Body, "\n") || strings.HasSuffix(a.Body, "\n") {
		t.Fatalf("body %q", a.Body)
	}
}

func FuzzNITF(f *testing.F)     { fuzz(f, "testdata/nitf*", NITF) }
func FuzzNewsMLG2(f *testing.F) { fuzz(f, "testdata/g2*", NewsMLG2) }
func FuzzNinjs(f *testing.F)    { fuzz(f, "testdata/ninjs*", Ninjs, NinjsList) }
func FuzzText(f *testing.F)     { fuzz(f, "testdata/*.txt", Text) }
func FuzzCSV(f *testing.F) {
	fuzz(f, "testdata/*.csv", CSV(nil), CSV(map[string]string{"headline": "title", "body": "text"}))
}
