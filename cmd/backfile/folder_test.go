package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"backfile/internal/newsgen"
)

// A folder of thousands of files, fifty of them bad: the bad are named with
// their reasons, the rest comes in.
func TestFolder(t *testing.T) {
	total, bad := 10_000, 50
	if testing.Short() {
		total = 1_000
	}
	dir, data := t.TempDir(), t.TempDir()
	kinds := []struct{ content, reason string }{
		{"", "is empty"},
		{"\x00\x01\x02\x03", "is binary data, not text"},
		{"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03K", "the gzip ends in the middle"},
		{`{"headline":"Half a rec`, "the record ends in the middle"},
		{"%PDF-1.7 x", "is a PDF, which is not read"},
	}
	want := map[string]string{}
	gen := newsgen.New(9)
	for i := range total {
		name := filepath.Join(dir, fmt.Sprint(i%20), fmt.Sprintf("%05d.dat", i))
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		var b []byte
		if i%(total/bad) == 7 {
			k := kinds[i/(total/bad)%len(kinds)]
			b = []byte(k.content)
			want[name] = k.reason
		} else {
			a := gen.Article(i)
			a.Body = a.Body[:strings.Index(a.Body, "\n\n")]
			a.Mentions, a.Quotes, a.Spans = nil, nil, nil
			var err error
			if b, err = a.MarshalJSON(); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.WriteFile(name, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out, errOut, err := cli(t, "", "ingest", "--data", data, dir)
	if !errors.Is(err, errSaid) {
		t.Fatalf("ingest: %v\n%s", err, errOut)
	}
	if sum := fmt.Sprintf("added %s, new versions 0, unchanged 0, refused 50\n", grouped(total-bad)); !strings.HasSuffix(out, sum) {
		t.Errorf("summary %q, want %q", out[max(0, len(out)-80):], sum)
	}
	for name, reason := range want {
		// A record is named with its line.
		if !strings.Contains(out, "refused: "+name+": "+reason+"\n") && !strings.Contains(out, "refused: "+name+":1: "+reason+"\n") {
			t.Errorf("%s (%s) is not named", name, reason)
		}
	}
}
