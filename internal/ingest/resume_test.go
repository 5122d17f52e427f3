package ingest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"backfile/internal/news"
)

// crawlForms are one crawl of so many pages: plain, gzipped by record and as a whole.
func crawlForms(t *testing.T, pages int) map[string][]byte {
	var plain, zipped []byte
	for n := range pages {
		plain = append(plain, warcPage(n)...)
		zipped = append(zipped, zip(t, []byte(warcPage(n)))...)
	}
	return map[string][]byte{"plain": plain, "by record": zipped, "as a whole": zip(t, plain)}
}

// Gone on with from any record, a crawl gives the records behind it and no other, named
// as they were, whether its bytes are sent from there on or from the beginning.
func TestResume(t *testing.T) {
	const pages = 6
	for form, b := range crawlForms(t, pages) {
		t.Run(form, func(t *testing.T) {
			name, _, ok := Identify(bytes.NewReader(b), int64(len(b)), "")
			if !ok {
				t.Fatal("it is not known as a crawl")
			}
			read := func(from news.Progress, sought bool) []Item {
				in := input("c.warc", b)
				if sought {
					in = input("c.warc", b[from.Offset:])
				}
				in.Resume = &Resume{Input: name, Size: int64(len(b)), From: from, Sought: sought}
				return readAll(t, testReader(Options{}), in)
			}
			tell := func(its []Item) (out []string) {
				for _, it := range its {
					switch {
					case it.isMark():
						out = append(out, "end")
					case it.Write == nil:
						out = append(out, fmt.Sprintf("%+v", it))
					default:
						out = append(out, it.Source+" "+string(it.Write.Keys[0]))
					}
				}
				return out
			}
			all := read(news.Progress{}, false)
			if len(all) != pages+1 {
				t.Fatalf("it gave %q", tell(all))
			}
			for n, it := range all[:pages] {
				p := it.mark.progress
				if err := p.Check(); err != nil || p.Input != name || n > 0 && p.Offset+p.Inflated == 0 {
					t.Errorf("record %d is at %+v, %v", n, p, err)
				}
				if p.Offset+p.Inflated == 0 {
					continue // the beginning
				}
				for _, sought := range []bool{false, true} {
					if got, want := tell(read(p, sought)), tell(all)[n+1:]; !slices.Equal(got, want) {
						t.Errorf("from record %d, sought %v: got %q, want %q", n, sought, got, want)
					}
				}
			}
		})
	}
}

// memory is an archive of nothing but how far inputs have come.
type memory struct {
	Archive
	at   map[string]news.Progress
	full bool
}

func (m *memory) Put(_ context.Context, ws []news.Write) ([]news.Outcome, error) {
	if m.full {
		return nil, news.ErrFull
	}
	return make([]news.Outcome, len(ws)), nil
}

func (m *memory) SetProgress(_ context.Context, p news.Progress) error {
	m.at[p.Input] = p
	return nil
}

func (m *memory) ForgetProgress(_ context.Context, input string) error {
	delete(m.at, input)
	return nil
}

// It is remembered how far a crawl has come unless all of it was there; a stream that
// ended early is not all of it.
func TestProgress(t *testing.T) {
	b := crawlForms(t, 6)["plain"]
	third := int64(bytes.Index(b, []byte("dues-2"))) // in its head
	third = int64(bytes.LastIndex(b[:third], []byte("WARC/1.0")))
	for _, tc := range []struct {
		name string
		r    io.Reader
		full bool
		want int64 // the offset that is remembered, -1 for none
	}{
		{"whole", bytes.NewReader(b), false, -1},
		{"an error", io.MultiReader(bytes.NewReader(b[:third+500]), failing{}), false, third / 2},
		{"a clean end", bytes.NewReader(b[:third]), false, third / 2},
		{"full disk", bytes.NewReader(b), true, -1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			in := Input{Source: "c.warc", Open: func() (io.ReadCloser, error) { return io.NopCloser(tc.r), nil }, Resume: &Resume{Input: "c", Size: int64(len(b))}}
			m := &memory{at: map[string]news.Progress{}, full: tc.full}
			err := Take(t.Context(), testReader(Options{}).Read(t.Context(), slices.Values([]Input{in})), m, func(Taken) {})
			if (err != nil) != tc.full {
				t.Errorf("Take: %v", err)
			}
			got := int64(-1)
			if p, ok := m.at["c"]; ok {
				got = p.Offset
			}
			if got != tc.want {
				t.Errorf("remembered offset %d, want %d", got, tc.want)
			}
		})
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, io.ErrClosedPipe }

// What is read another way, or is another file, is another input.
func TestIdentify(t *testing.T) {
	b := crawlForms(t, 300)["plain"]
	name := func(b []byte, how string) string {
		s, seekable, ok := Identify(bytes.NewReader(b), int64(len(b)), how)
		if !ok || !seekable {
			t.Fatal("it is not known as a crawl")
		}
		return s
	}
	end := bytes.Clone(b)
	end[len(end)-10]++
	seen := map[string]string{}
	for what, s := range map[string]string{"as it is": name(b, ""), "another outlet": name(b, "outlet=Ledger"), "cut": name(b[:len(b)-1], ""), "another end": name(end, "")} {
		if other := seen[s]; other != "" {
			t.Errorf("%s and %s are one input", what, other)
		}
		seen[s] = what
	}
	if name(b, "") != name(bytes.Clone(b), "") {
		t.Error("the same file has two names")
	}
	for _, s := range []string{"", "A tide.", strings.Repeat("x", 100_000)} {
		if _, _, ok := Identify(strings.NewReader(s), int64(len(s)), ""); ok {
			t.Errorf("%.10q is known as a crawl", s)
		}
	}
}

// A page that is no article is passed over in a crawl by its kind, and refused by itself.
func TestPassedOver(t *testing.T) {
	words := strings.Repeat("Ships that call at Porthaven will pay more from the spring, the council said. ", 20)
	links := strings.Repeat(`<p><a href="/a">Ships that call at Porthaven will pay more from the spring on</a></p>`, 20)
	for _, tc := range []struct{ address, page, want string }{
		{"https://ledger.example/", "<html><body><h1>The Ledger</h1><p>" + words + "</p></body></html>", "a front page"},
		{"https://ledger.example/harbour", "<html><body><h1>Harbour</h1>" + links + "</body></html>", "a page of links"},
		{"https://ledger.example/gone", "<html><head><title>404 Not Found</title></head><body><h1>Page not found</h1><p>Try again later, or go back to where you came from.</p></body></html>", "an error page"},
		{"https://ledger.example/x", "<html><body><h1>Dues</h1><p>They rise in the spring, says the council of the town, and nobody there is pleased with it so far.</p></body></html>", "a page with too little text for an article"},
	} {
		t.Run(tc.want, func(t *testing.T) {
			rec := warcRecord("response", tc.address, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"+tc.page)
			its := readAll(t, testReader(Options{}), input("c.warc", []byte(rec)))
			if len(its) != 1 || its[0].Skipped != tc.want {
				t.Errorf("in a crawl: %+v, want it passed over as %s", its, tc.want)
			}
			in := input("page.html", []byte(tc.page))
			in.URL = tc.address
			if its := readAll(t, testReader(Options{}), in); len(its) != 1 || its[0].Refusal == nil {
				t.Errorf("by itself: %+v, want a refusal", its)
			}
		})
	}
}
