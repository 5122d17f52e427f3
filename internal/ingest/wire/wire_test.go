package wire

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"backfile/internal/ingest/item"
)

var update = flag.Bool("update", false, "write what is read as what is wanted")

// sniffers are the formats by their names, in the order in which they are asked.
var sniffers = []struct {
	name string
	is   func([]byte) bool
	read item.Reader
}{
	{"iptc7901", IsText, Text}, {"nitf", IsNITF, NITF}, {"newsml-g2", IsNewsMLG2, NewsMLG2}, {"ninjs", IsNinjs, Ninjs}, {"ninjs-list", IsNinjsList, NinjsList}, {"csv", IsCSV, CSV(nil)},
}

func sniff(b []byte) (name string, read item.Reader) {
	head := b[:min(len(b), 64<<10)]
	for _, s := range sniffers {
		if s.is(head) {
			return s.name, s.read
		}
	}
	return "", nil
}

// shown is a record, or its refusal, as the golden files have it.
type shown struct {
	Place, Error, GUID, Version, Skip string `json:",omitempty"`
	Status                            item.Status
	Embargo, Expires, Provider        string            `json:",omitempty"`
	Sources                           []string          `json:",omitempty"`
	Printed                           map[string]string `json:",omitempty"`
	Article                           json.RawMessage   `json:",omitempty"`
}

func show(t *testing.T, read item.Reader, b []byte) []shown {
	t.Helper()
	var out []shown
	for r, err := range read(bytes.NewReader(b), item.Limits{}) {
		s := shown{Place: r.Place, GUID: r.GUID, Version: r.Version, Skip: r.Skip, Status: r.Status, Embargo: r.EmbargoedUntil.Text, Expires: r.Expires.Text, Provider: r.Provider, Printed: r.Printed}
		for _, src := range r.Sources {
			if src != "" {
				s.Sources = append(s.Sources, src)
			}
		}
		if err != nil {
			s = shown{Place: r.Place, Error: err.Error()}
		} else if r.Skip == "" {
			a, err := json.Marshal(r.Article)
			if err != nil {
				t.Fatal(err)
			}
			s.Article = a
		}
		out = append(out, s)
	}
	return out
}

// What each file of testdata gives is in the golden file beside it.
func TestFiles(t *testing.T) {
	files, err := filepath.Glob("testdata/*.*")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if strings.HasSuffix(f, ".want") {
			continue
		}
		t.Run(filepath.Base(f), func(t *testing.T) {
			b, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			name, read := sniff(b)
			if filepath.Base(f) == "table-2.csv" { // its columns nobody knows
				if name != "" {
					t.Errorf("recognised as %s", name)
				}
				columns, err := ParseColumns("headline=kop, url=Adres, published=dag")
				if err != nil {
					t.Fatal(err)
				}
				name, read = "csv", CSV(columns)
			}
			if read == nil {
				t.Fatal("is not recognised")
			}
			var got bytes.Buffer
			enc := json.NewEncoder(&got)
			enc.SetEscapeHTML(false)
			enc.SetIndent("", " ")
			if err := enc.Encode(struct {
				Format  string
				Records []shown
			}{name, show(t, read, b)}); err != nil {
				t.Fatal(err)
			}
			golden := f + ".want"
			if *update {
				if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got.String()); diff != "" {
				t.Errorf("%s (-want +got):\n%s", f, diff)
			}
		})
	}
}

// A row's original has all its columns, also those of which an article knows nothing.
func TestRowOriginals(t *testing.T) {
	in := "Title;URL;Published;Found by\nFerry late;https://post.example/1;1987-03;Una, at the \"Post\"\nFerry; later;https://post.example/2;1987-04\n"
	want := []string{"Title;URL;Published;Found by\nFerry late;https://post.example/1;1987-03;\"Una, at the \"\"Post\"\"\"\n"}
	var got []string
	for r, err := range CSV(nil)(strings.NewReader(in), item.Limits{}) {
		if err == nil {
			got = append(got, string(r.Raw))
			if r.RawType != "text/csv" {
				t.Errorf("the type is %q, want text/csv", r.RawType)
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
