package saved

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"backfile/internal/ingest/item"
)

var update = flag.Bool("update", false, "write what is read as what is wanted")

var sniffers = []struct {
	name string
	is   func([]byte) bool
	read item.Reader
}{
	{"wallabag", IsWallabag, Wallabag}, {"omnivore", IsOmnivore, Omnivore}, {"karakeep", IsKarakeep, Karakeep}, {"linkwarden", IsLinkwarden, Linkwarden}, {"bookmarks", IsBookmarks, Bookmarks},
}

type shown struct {
	Place, Error, Skip, Provider string          `json:",omitempty"`
	Raw                          int             `json:",omitempty"`
	Article                      json.RawMessage `json:",omitempty"`
}

func show(t *testing.T, records iter.Seq2[item.Record, error]) []shown {
	t.Helper()
	var out []shown
	for r, err := range records {
		s := shown{Place: r.Place, Skip: r.Skip, Provider: r.Provider, Raw: len(r.Raw)}
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

func golden(t *testing.T, file string, got any) {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(got); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

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
			for _, s := range sniffers {
				if s.is(b) {
					golden(t, f+".want", struct {
						Format  string
						Records []shown
					}{s.name, show(t, s.read(bytes.NewReader(b), item.Limits{}))})
					return
				}
			}
			t.Error("is not recognised")
		})
	}
}

// zipped makes an archive of names and contents.
func zipped(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, files[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const readeckMD = "---\ntitle: Harbour dues rise\nsaved: 2024-03-11\npublished: 2024-03-10\nwebsite: ledger.example\nsource: https://ledger.example/1\nauthors: [\"Ann Lee\"]\ntag: [\"harbour\"]\n---\n# Harbour dues rise\n\n![](x.jpg)\n\n" +
	"Ships will **pay** more,\nsaid the [board](https://board.example/).\n\n## What it costs\n\n- Trawlers\n- Ferries \\*\n\n> A hard day.\n\n| Class | Now |\n| --- | --- |\n| A | 10 |\n"

func TestZip(t *testing.T) {
	for name, b := range map[string][]byte{
		"omnivore": zipped(t, "metadata_0_to_20.json", `[{"slug":"dues","title":"Harbour dues rise","url":"https://ledger.example/1","labels":["harbour"],"savedAt":"2024-03-11T09:30:00Z"},
			{"slug":"none","title":"No text","url":"https://ledger.example/2","savedAt":"2024-03-11T09:30:00Z"},7]`,
			"content/dues.html", "<html><body><p>Ships will pay more.</p><p>So it was decided.</p></body></html>", "highlights/dues.md", "> pay more", "metadata_20_to_40.json", "[{]"),
		"readeck": zipped(t, "data.json", "{}", "bookmarks/u1/info.json", `{"UID":"u1","URL":"https://ledger.example/1","Title":"Harbour dues rise","SiteName":"The Evening Ledger","Lang":"en","Created":"2024-03-11T09:30:00Z","Published":"2024-03-10T00:00:00Z","Authors":["Ann Lee"],"Labels":["harbour"],"Description":"Dues.","Files":{"article":{"name":"index.html","type":"text/html"}}}`,
			"bookmarks/u1/container/index.html", "<section><h2>Costs</h2><p>Ships will pay more.</p></section>", "bookmarks/u2/info.json", `{"UID":"u2","URL":"https://ledger.example/2","Title":"No text","Published":null,"Files":null}`, "bookmarks/u3/info.json", "{"),
		"readeck-markdown": zipped(t, "2024-readeck-bookmarks/2024-03-11-ledger-example-u1/index.md", readeckMD),
	} {
		t.Run(name, func(t *testing.T) {
			records, known := Zip(bytes.NewReader(b), int64(len(b)), item.Limits{})
			if !known {
				t.Fatal("is not recognised")
			}
			golden(t, "testdata/zip-"+name+".want", show(t, records))
		})
	}
	for name, b := range map[string][]byte{"another archive": zipped(t, "word/document.xml", "<w/>"), "no archive": []byte("PK\x03\x04")} {
		if _, known := Zip(bytes.NewReader(b), int64(len(b)), item.Limits{}); known {
			t.Errorf("%s is recognised", name)
		}
	}
	bomb := zipped(t, "metadata_0.json", `[{"slug":"a","title":"A","url":"https://a.example/1"}]`, "content/a.html", strings.Repeat("<p>ha</p>", 1<<20))
	records, _ := Zip(bytes.NewReader(bomb), int64(len(bomb)), item.Limits{Item: 1 << 20})
	if got := show(t, records); len(got) != 1 || got[0].Error != "is larger than 1 MiB" {
		t.Errorf("a bomb gave %+v", got)
	}
}

func fuzz(f *testing.F, pattern string, read item.Reader) {
	files, err := filepath.Glob(pattern)
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		start := time.Now()
		for _, s := range sniffers {
			s.is(b)
		}
		checkAll(t, read(bytes.NewReader(b), item.Limits{Item: 1 << 20, Stream: 8 << 20}), len(b))
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("took %v", took)
		}
	})
}

func checkAll(t *testing.T, records iter.Seq2[item.Record, error], most int) {
	n := 0
	for r, err := range records {
		if n++; n > most+1 {
			t.Fatalf("%d records of %d bytes", n, most)
		}
		if err != nil {
			continue
		}
		if r.Skip == "" && r.Article.URL == "" {
			t.Fatalf("a link without an address: %+v", r.Article)
		}
		for _, s := range r.Article.Spans {
			if s.Start < 0 || s.Start >= s.End || s.End > len(r.Article.Body) {
				t.Fatalf("span %+v is outside the body of %d bytes", s, len(r.Article.Body))
			}
		}
	}
}

func FuzzBookmarks(f *testing.F)  { fuzz(f, "testdata/*.html", Bookmarks) }
func FuzzWallabag(f *testing.F)   { fuzz(f, "testdata/wallabag.json", Wallabag) }
func FuzzLinkwarden(f *testing.F) { fuzz(f, "testdata/linkwarden.json", Linkwarden) }
func FuzzOmnivore(f *testing.F)   { fuzz(f, "testdata/omnivore.json", Omnivore) }
func FuzzKarakeep(f *testing.F)   { fuzz(f, "testdata/karakeep.json", Karakeep) }

func FuzzZip(f *testing.F) {
	f.Add(zipped(f, "metadata_0.json", `[{"slug":"a","title":"A","url":"https://a.example/1"}]`, "content/a.html", "<p>Text"))
	f.Add(zipped(f, "bookmarks/u/info.json", `{"URL":"https://a.example/1","Title":"A"}`))
	f.Add(zipped(f, "x/y/index.md", readeckMD))
	f.Fuzz(func(t *testing.T, b []byte) {
		if records, known := Zip(bytes.NewReader(b), int64(len(b)), item.Limits{Item: 1 << 20, Stream: 8 << 20}); known {
			checkAll(t, records, len(b))
		}
	})
}

func FuzzMarkdown(f *testing.F) {
	f.Add(readeckMD)
	f.Fuzz(func(t *testing.T, s string) {
		start := time.Now()
		b := markdownBody(s)
		for _, sp := range b.Spans {
			if sp.Start < 0 || sp.Start >= sp.End || sp.End > len(b.Body) {
				t.Fatalf("span %+v is outside the body of %d bytes", sp, len(b.Body))
			}
		}
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("took %v", took)
		}
	})
}

// A bookmark's original has its attributes and its note, as they stand.
func TestBookmarkOriginals(t *testing.T) {
	in := "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>\n<DT><A HREF=\"https://post.example/1\" ADD_DATE=\"1600000000\" Shelf=\"B\">Ferry &amp; late</A>\n<DD>ask Una\n" +
		"<DT><A HREF=\"https://post.example/2\">Pier</A>\n</DL>"
	want := []string{"<A HREF=\"https://post.example/1\" ADD_DATE=\"1600000000\" Shelf=\"B\">Ferry &amp; late</A>\n<DD>ask Una", `<A HREF="https://post.example/2">Pier</A>`}
	var got []string
	for r, err := range Bookmarks(strings.NewReader(in), item.Limits{}) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, string(r.Raw))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
