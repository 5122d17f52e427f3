package ingest

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"backfile/internal/news"

	"backfile/internal/fuzztime"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
)

// noNames recognises nothing, and marks that it was asked.
type noNames struct{}

func (noNames) Version() string           { return "no names" }
func (noNames) Recognise(a *news.Article) { a.Tags = append(a.Tags, "recognised") }

var testNow = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func testReader(o Options) *Reader {
	o.Now = func() time.Time { return testNow }
	o.Recogniser = noNames{}
	return NewReader(o)
}

func input(name string, b []byte) Input {
	return Input{Source: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(b)), nil }}
}

func readAll(t *testing.T, r *Reader, ins ...Input) []Item {
	t.Helper()
	return slices.Collect(r.Read(t.Context(), slices.Values(ins)))
}

func zip(t testing.TB, b []byte) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := gzip.NewWriter(&buf)
	if _, err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func wideText(s string, mark bool) []byte {
	var b []byte
	if mark {
		b = []byte{0xff, 0xfe}
	}
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return b
}

const harbourText = `Harbour wall to be rebuilt after the winter storms

By Ada Fernsby

2 December 2021

The harbour wall at Porthaven is to be rebuilt at a cost of “four million pounds”, the council said on Thursday after months of argument about who should pay for it.

Councillors voted eleven to three for the plan, which will close the café on the quay for a year and move the fishing boats to the northern basin until the spring of 2023.

Work begins in March. The council expects the wall to stand for at least eighty years, longer than the one that the storms of last winter broke in three places.
`

const harbourPage = `<!doctype html><html lang="en"><head><title>Harbour wall to be rebuilt</title>
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Harbour wall to be rebuilt","datePublished":"2021-12-02T10:00:00Z","publisher":{"name":"Porthaven Post"}}</script></head>
<body><article><h1>Harbour wall to be rebuilt</h1>
<p>The harbour wall at Porthaven is to be rebuilt at a cost of four million pounds, the council said on Thursday after months of argument about who should pay.</p>
<p>Councillors voted eleven to three for the plan, which will close the café on the quay for a year and move the fishing boats to the northern basin.</p>
<p>Work begins in March. The council expects the wall to stand for at least eighty years, longer than the one that the storms of last winter broke.</p></article></body></html>`

func TestForms(t *testing.T) {
	western, err := charmap.Windows1252.NewEncoder().String(harbourText)
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name string
		in   []byte
	}{
		{"text", []byte(harbourText)},
		{"text with a mark", []byte("\xef\xbb\xbf" + harbourText)},
		{"text in UTF-16", wideText(harbourText, true)},
		{"text in UTF-16 without a mark", wideText(harbourText, false)},
		{"text in windows-1252", []byte(western)},
		{"text, gzipped", zip(t, []byte(harbourText))},
		{"page", []byte(harbourPage)},
		{"page named as text, gzipped", zip(t, []byte(harbourPage))},
		{"JSON Lines", []byte(`{"headline":"Harbour wall to be rebuilt","body":"The café on the quay."}` + "\n")},
		{"JSON Lines in UTF-16", wideText(`{"headline":"Harbour wall to be rebuilt","body":"The café on the quay."}`+"\r\n", true)},
		{"JSON laid out", []byte("{\n  \"headline\": \"Harbour wall to be rebuilt\",\n  \"body\": \"The café on the quay.\"\n}\n")},
		{"JSON array", []byte("[ {\"headline\":\"Harbour wall to be rebuilt\",\"body\":\"The café on the quay.\"}\n]")},
	} {
		t.Run(tc.name, func(t *testing.T) {
			its := readAll(t, testReader(Options{}), input("in", tc.in))
			if len(its) != 1 || its[0].Write == nil {
				t.Fatalf("Read gave %+v, want one article", its)
			}
			w := its[0].Write
			if !strings.HasPrefix(w.Article.Headline, "Harbour wall to be rebuilt") || !strings.Contains(w.Article.Body, "café on the quay") {
				t.Errorf("headline %q, body %q", w.Article.Headline, w.Article.Body)
			}
			if w.Article.Captured.Text != "2026-11-22T12:00:00Z" || w.Article.Captured.From != news.FromCapture || len(w.Keys) == 0 {
				t.Errorf("captured %+v, keys %q", w.Article.Captured, w.Keys)
			}
		})
	}
}

func TestRefusals(t *testing.T) {
	half := zip(t, bytes.Repeat([]byte(harbourText), 50))
	broken := bytes.Clone(half)
	broken[len(broken)-6] ^= 0xff // in the checksum
	for _, tc := range []struct {
		name, source, reason string
		in                   []byte
	}{
		{"empty", "in", "is empty", nil},
		{"blank", "in", "has nothing but white space", []byte(" \n\t\n")},
		{"binary", "in", "is binary data, not text", bytes.Repeat([]byte{1, 2, 0, 200}, 400)},
		{"picture", "in", "is a picture, not text", []byte("\x89PNG\r\n\x1a\n....................")},
		{"PDF", "in", "is a PDF, which is not read", []byte("%PDF-1.7\n")},
		{"XML", "in", "is XML of a kind that is not read", []byte(`<?xml version="1.0"?><catalogue></catalogue>`)},
		{"empty NITF", "in", "has neither a headline nor a text", []byte(`<?xml version="1.0"?><nitf></nitf>`)},
		{"other archive", "in", "is a damaged zip archive", []byte("PK\x03\x04not one")},
		{"half a gzip", "in", "the gzip ends in the middle", half[:len(half)/2]},
		{"a gzip's first bytes", "in", "the gzip ends in the middle", half[:5]},
		{"damaged gzip", "in", "the gzip is damaged: its checksum does not fit", broken},
		{"gzip in gzip", "in", "is a gzip inside a gzip", zip(t, half)},
		{"huge", "in", "it is larger than 64 KiB", []byte(strings.Repeat(harbourText, 200))},
		{"bomb", "in", "it is larger than 64 KiB", zip(t, bytes.Repeat([]byte(" a"), 1<<20))},
		{"empty gzip", "in", "is empty", zip(t, nil)},
		{"half a record", "in:1", "the record ends in the middle", []byte(`{"headline":"Harb`)},
		{"half a record laid out", "in:1", "the record ends in the middle", []byte("{\n\"headline\":\"Harb")},
		{"no article", "in:1", "has neither a headline nor a body", []byte(`{"url":"https://gazette.example/a"}`)},
		{"wrong field", "in:1", `the field "headline" must not be a number`, []byte(`{"headline":3}`)},
		{"bad date", "in:1", `published: date "yesterday"`, []byte(`{"headline":"A","published":"yesterday"}`)},
		{"bad offsets", "in:1", `mention "Ada" is not at 0–3 of the body`, []byte(`{"headline":"A","body":"Bob","mentions":[{"kind":"person","text":"Ada","start":0,"end":3}]}`)},
		{"bad id", "in:1", `the id "../../x" is none of an article`, []byte(`{"id":"../../x","headline":"A"}`)},
		{"wrong list", "in:1", `the field "items" must not be an object`, []byte(`{"type":"list","name":"A","items":{}}`)},
		{"unknown type", "in:1", `a record of the unknown type "photo"`, []byte(`{"type":"photo"}`)},
		{"not UTF-8", "in:1", "is not valid UTF-8", []byte("{\"headline\":\"Caf\xe9\"}")},
	} {
		t.Run(tc.name, func(t *testing.T) {
			its := readAll(t, testReader(Options{Limits: Limits{Page: 64 << 10}}), input("in", tc.in))
			if len(its) != 1 || its[0].Refusal == nil {
				t.Fatalf("Read gave %+v, want one refusal", its)
			}
			if got := its[0].Refusal; got.Source != tc.source || got.Reason != tc.reason {
				t.Errorf("refusal %q: %q, want %q: %q", got.Source, got.Reason, tc.source, tc.reason)
			}
		})
	}
}

// A bad line is named, and those around it come in, in order.
func TestLines(t *testing.T) {
	in := `{"headline":"One"}` + "\n\nnot json\n" + `{"type":"event","event":"removed"}` + "\n" + `{"type":"tombstone","reason":"court order"}` + "\n" +
		`{"headline":"` + strings.Repeat("x", 3000) + `"}` + "\n" + `{"headline":"Two"}`
	var got []string
	for _, it := range readAll(t, testReader(Options{Limits: Limits{Record: 2000}}), input("news.jsonl", []byte(in))) {
		switch {
		case it.Write != nil:
			got = append(got, it.Write.Article.Headline)
		case it.Refusal != nil:
			got = append(got, it.Refusal.Error())
		case it.Event != nil:
			got = append(got, "event "+it.Event.Type)
		case it.Tombstone != nil:
			got = append(got, "tombstone "+it.Tombstone.Reason)
		}
	}
	want := []string{"One", "news.jsonl:3: is not JSON: invalid character 'o' in literal null (expecting 'u')", "event removed", "tombstone court order", "news.jsonl:6: the line is longer than 1 KiB", "Two"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
}

// What claims to be JSON is never read as a text.
func TestBrokenJSON(t *testing.T) {
	text := []byte("[]\n{broken")
	typed := input("request", text)
	typed.Type = "application/json; charset=utf-8"
	for _, in := range []Input{typed, input("news.JSONL", text), input("news.json.gz", zip(t, text))} {
		its := readAll(t, testReader(Options{}), in)
		if len(its) != 2 || its[0].Refusal == nil || its[1].Refusal == nil || its[0].Refusal.Reason != "an array where an object belongs" ||
			!strings.HasPrefix(its[1].Refusal.Reason, "is not JSON: ") || its[1].Source != in.Source+":2" {
			t.Errorf("Read of %s gave %+v, want two refusals", in.Source, its)
		}
	}
}

// Half of a gzipped stream gives the lines that are whole.
func TestHalfStream(t *testing.T) {
	var b bytes.Buffer
	for i := range 2000 {
		fmt.Fprintf(&b, `{"headline":"Story %d","body":"%x"}`+"\n", i, i*7919*104729)
	}
	z := zip(t, b.Bytes())
	its := readAll(t, testReader(Options{}), input("news.jsonl.gz", z[:len(z)/2]))
	last := its[len(its)-1]
	if len(its) < 100 || last.Refusal == nil || last.Refusal.Reason != "the gzip ends in the middle" {
		t.Fatalf("%d items, the last %+v", len(its), last)
	}
	for i, it := range its[:len(its)-1] {
		if it.Write == nil || it.Write.Article.Headline != fmt.Sprintf("Story %d", i) {
			t.Fatalf("item %d = %+v", i, it)
		}
	}
}

// What a line gives is kept, what it leaves out is worked out.
func TestGiven(t *testing.T) {
	given := news.Article{
		Source: "elsewhere.txt", ID: news.NewArticleID("url:x"), Headline: "Rain", Body: "Ada came.\n\n\tAda  left. ", Outlet: &news.Outlet{Name: "The Post"},
		Mentions: []news.Mention{{Kind: news.Person, Text: "Ada", Start: 0, End: 3, Entity: news.NewEntityID(news.Person, "ada")}},
		Persons:  []news.Entity{{ID: news.NewEntityID(news.Person, "ada"), Name: "Ada", Count: 2, Kind: news.Person}},
		Captured: news.Date{Text: "2020-01-02T03:04:05Z", Precision: news.Second, From: news.FromCapture},
	}
	line, err := json.Marshal(given)
	if err != nil {
		t.Fatal(err)
	}
	its := readAll(t, testReader(Options{Outlet: "Other"}), input("in", line))
	want := given
	want.Outlet, want.Understood = &news.Outlet{Name: "The Post", Slug: "the-post"}, news.UnderstoodGiven
	if diff := cmp.Diff(want, its[0].Write.Article); diff != "" {
		t.Errorf("article (-want +got):\n%s", diff)
	}
	if want := time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC); !its[0].Write.At.Equal(want) {
		t.Errorf("at %v, want %v", its[0].Write.At, want)
	}
	its = readAll(t, testReader(Options{OutletOverride: "Other", Reunderstand: true}), input("in", line))
	got := its[0].Write.Article
	if len(got.Persons) != 0 || !slices.Contains(got.Tags, "recognised") || got.Outlet.Slug != "other" || got.Body != given.Body {
		t.Errorf("understood anew: %+v", got)
	}
}

// What a recogniser has read already comes back as it left it, with nobody found
// or with a name that it could not place.
func TestGivenUnderstood(t *testing.T) {
	complete := func(a *news.Article) { a.Tags = append(a.Tags, "completed") }
	for _, tt := range []struct {
		name, line, understood string
		tags                   []string
	}{
		{"nobody in it", `{"headline":"Rain","body":"It rained.","language":"en","understood":"17"}`, "17", []string{"completed"}},
		{"nobody, but a date", `{"headline":"Rain","body":"Today.","language":"en","understood":"17","dates":[{"text":"Today","start":0,"end":5,"from":"2020-01-01","to":"2020-01-01","precision":"day"}]}`, "17", []string{"completed"}},
		{"never read", `{"headline":"Rain","body":"It rained.","language":"en"}`, "no names", []string{"recognised"}},
		{"somebody's word", `{"headline":"Rain","body":"It rained.","language":"en","understood":"given"}`, "no names", []string{"recognised"}},
		{"names", `{"headline":"Rain","body":"Ada.","language":"en","understood":"17","mentions":[{"kind":"person","text":"Ada","start":0,"end":3}]}`, "17", []string{"completed"}},
	} {
		its := readAll(t, testReader(Options{Complete: complete}), input("in", []byte(tt.line)))
		if len(its) != 1 || its[0].Write == nil {
			t.Fatalf("%s: %+v", tt.name, its)
		}
		got := its[0].Write.Article
		want := [2]any{tt.understood, tt.tags}
		if diff := cmp.Diff(want, [2]any{got.Understood, got.Tags}); diff != "" {
			t.Errorf("%s: (-want +got):\n%s", tt.name, diff)
		}
	}
}

// An agency's file without a language is in the one that its text is in, as any
// page is.
func TestRecordLanguage(t *testing.T) {
	body := strings.Repeat("Der Hafen wurde am Dienstag gesperrt, weil die Pfähle morsch geworden sind. ", 4)
	for _, tt := range []struct{ name, in, want string }{
		{"nitf", `<nitf><head/><body><body.head><hedline><hl1>Hafen gesperrt</hl1></hedline></body.head><body.content><p>` + body + `</p></body.content></body></nitf>`, "de"},
		{"csv", "headline,outlet,body\nHafen gesperrt,Hafenbote,\"" + body + "\"\n", "de"},
		{"csv that says so", "headline,outlet,language,body\nHafen gesperrt,Hafenbote,nl,\"" + body + "\"\n", "nl"},
	} {
		its := readAll(t, testReader(Options{}), input("in", []byte(tt.in)))
		if len(its) != 1 || its[0].Write == nil {
			t.Fatalf("%s: %+v", tt.name, its)
		}
		if got := its[0].Write.Article.Language; got != tt.want {
			t.Errorf("%s: language %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestFiles(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"b/2.txt", "a.txt", ".hidden", ".git/x.txt", "b/1.txt"} {
		p := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	for in := range Files([]string{dir, filepath.Join(dir, "none"), "https://gazette.example/a"}, nil) {
		s, _ := filepath.Rel(dir, in.Source)
		if in.Fetch {
			got = append(got, "fetch "+in.URL)
			continue
		}
		rc, err := in.Open()
		if err != nil {
			s += ": " + plainOS(err)
		} else {
			rc.Close()
		}
		got = append(got, s)
	}
	if len(got) != 5 || got[0] != "a.txt" || got[1] != "b/1.txt" || got[2] != "b/2.txt" || got[3] != "none: there is no such file" || got[4] != "fetch https://gazette.example/a" {
		t.Errorf("Files gave %q", got)
	}
}

// TestReadPanics refuses an input whose reading panics, and reads the others.
func TestReadPanics(t *testing.T) {
	bad := Input{Source: "bad.txt", Open: func() (io.ReadCloser, error) { panic("nobody foresaw it") }}
	its := readAll(t, testReader(Options{}), bad, Broken("after.txt", errors.New("is gone")))
	if len(its) != 2 || its[0].Refusal == nil || its[0].Source != "bad.txt" || !strings.Contains(its[0].Refusal.Reason, "nobody foresaw it") || its[1].Source != "after.txt" {
		t.Errorf("got %+v, want a refusal of bad.txt and one of after.txt", its)
	}
}

// TestTakePanics stores what came before items panicked, and says that they did.
func TestTakePanics(t *testing.T) {
	var got []string
	err := Take(t.Context(), func(yield func(Item) bool) {
		yield(Item{Source: "first", Refusal: news.Refuse("first", "is no article")})
		panic("nobody foresaw it")
	}, nil, func(t Taken) { got = append(got, t.Source) })
	if err == nil || !strings.Contains(err.Error(), "nobody foresaw it") || !slices.Equal(got, []string{"first"}) {
		t.Errorf("Take = %.80v, with %v taken; want its panic, and first", err, got)
	}
}

// Reading stops when nobody wants more, and leaves no input open.
func TestReadStops(t *testing.T) {
	endless := func(yield func(Input) bool) {
		for i := 0; yield(input(fmt.Sprint(i), []byte(harbourText))); i++ {
		}
	}
	n := 0
	for range testReader(Options{}).Read(t.Context(), endless) {
		if n++; n == 5 {
			break
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	for range testReader(Options{}).Read(ctx, endless) {
		cancel()
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{harbourText, `{"headline":"A"}`, "{\n\"", "[{", "\xff\xfea\x00", "\x1f\x8b\x08", "%PDF"} {
		f.Add([]byte(s))
	}
	r := testReader(Options{Workers: 1, Limits: Limits{Page: 1 << 16, Record: 1 << 16, Stream: 1 << 20}})
	f.Fuzz(func(t *testing.T, b []byte) {
		defer fuzztime.Check(t, time.Now())
		if f, reason := sniff(b[:min(len(b), sniffLen)]); reason == "" && f == formPage {
			t.Skip("pages have their own")
		}
		for it := range r.Read(t.Context(), slices.Values([]Input{input("in", b)})) {
			if (it.Write == nil) == (it.Refusal == nil) && it.List == nil && it.Event == nil && it.Tombstone == nil {
				t.Fatalf("item %+v is neither or both", it)
			}
		}
	})
}
