package feed

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"backfile/internal/ingest/item"
)

var update = flag.Bool("update", false, "write what is read as what is wanted")

type shown struct {
	Place, Error, GUID, Provider string            `json:",omitempty"`
	Printed                      map[string]string `json:",omitempty"`
	Article                      json.RawMessage   `json:",omitempty"`
}

func readerOf(b []byte) item.Reader {
	switch {
	case IsXML(b):
		return XML
	case IsJSON(b):
		return JSON
	}
	return nil
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
			read := readerOf(b)
			if read == nil {
				t.Fatal("is not recognised")
			}
			var all []shown
			for r, err := range read(bytes.NewReader(b), item.Limits{}) {
				s := shown{Place: r.Place, GUID: r.GUID, Provider: r.Provider, Printed: r.Printed}
				if err != nil {
					s = shown{Place: r.Place, Error: err.Error()}
				} else if s.Article, err = json.Marshal(r.Article); err != nil {
					t.Fatal(err)
				}
				all = append(all, s)
			}
			var got bytes.Buffer
			enc := json.NewEncoder(&got)
			enc.SetEscapeHTML(false)
			enc.SetIndent("", " ")
			if err := enc.Encode(all); err != nil {
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

// A page of the web and a record of ours are no feeds.
func TestNoFeed(t *testing.T) {
	for _, s := range []string{"<html><head><title>rss</title></head></html>", `{"headline":"A"}`, "<svg xmlns='http://www.w3.org/2000/svg'/>", "", "rss", `{"version":"2","url":"https://jsonfeed.org/version/1"}`} {
		if readerOf([]byte(s)) != nil {
			t.Errorf("%q is taken for a feed", s)
		}
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
		readerOf(b)
		for r, err := range read(bytes.NewReader(b), item.Limits{Item: 1 << 20, Stream: 8 << 20}) {
			if err != nil {
				continue
			}
			for _, s := range r.Article.Spans {
				if s.Start < 0 || s.Start >= s.End || s.End > len(r.Article.Body) {
					t.Fatalf("span %+v is outside the body of %d bytes", s, len(r.Article.Body))
				}
			}
		}
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("took %v", took)
		}
	})
}

func FuzzXML(f *testing.F)  { fuzz(f, "testdata/*.xml", XML) }
func FuzzJSON(f *testing.F) { fuzz(f, "testdata/*.json", JSON) }

// An id that is a feed's own is joined to the feed's address, else to its title:
// entry 9 of two feeds is two articles.
func TestOwnIDs(t *testing.T) {
	for _, tt := range []struct{ channel, want string }{
		{"<title>Post</title><link>https://post.example/</link>", "https://post.example/#9"},
		{"<title>Post</title>", "Post#9"},
		{"", "9"},
	} {
		in := `<rss version="2.0"><channel>` + tt.channel + `<item><title>Ferry late</title><guid isPermaLink="false">9</guid><description>It came at nine.</description></item></channel></rss>`
		for r, err := range readerOf([]byte(in))(strings.NewReader(in), item.Limits{}) {
			if err != nil || r.GUID != tt.want {
				t.Errorf("in %q: %q, %v, want %q", tt.channel, r.GUID, err, tt.want)
			}
		}
	}
}
