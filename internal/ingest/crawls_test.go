package ingest

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"backfile/internal/ingest/crawl"
	"backfile/internal/ingest/item"
)

// warcRecord is a WARC record with that body.
func warcRecord(kind, target, body string) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2024-03-12T09:00:00Z\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", kind, target, len(body), body)
}

func warcPage(n int) string {
	html := fmt.Sprintf(`<html lang="en"><head><title>Harbour dues rise %d</title></head><body><article><h1>Harbour dues rise %d</h1><p>%s</p></article></body></html>`,
		n, n, strings.Repeat("Ships that call at Porthaven will pay more from the spring, the council said. ", 8))
	return warcRecord("response", fmt.Sprintf("https://ledger.example/2024/dues-%d", n), "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"+html)
}

// A crawl's pages are articles of their addresses and of the day of their capture;
// taken again they have the same keys.
func TestCrawl(t *testing.T) {
	b := slices.Concat(zip(t, []byte(warcPage(1))), zip(t, []byte(warcRecord("revisit", "https://ledger.example/2024/dues-1", "HTTP/1.1 200 OK\r\n\r\n"))),
		[]byte("damage"), zip(t, []byte(warcPage(2))),
		zip(t, []byte(warcRecord("response", "https://ledger.example/note", "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"+harbourText))))
	keys := func(r *Reader) (out []string) {
		for _, it := range readAll(t, r, input("c.warc.gz", b)) {
			switch {
			case it.Refusal != nil:
				out = append(out, "refused: "+it.Refusal.Reason)
			case it.Skipped != "":
				out = append(out, "skipped: "+it.Skipped)
			default:
				a := it.Write.Article
				out = append(out, fmt.Sprintf("%s %s %s %s %s", it.Write.Keys[0], a.Captured.Text, it.Write.OriginalType, a.Source, it.Write.At.Format("2006-01-02")))
			}
		}
		return out
	}
	want := []string{
		"url:ledger.example/2024/dues-1 2024-03-12T09:00:00Z text/html c.warc.gz 2024-03-12", "skipped: a revisit of a page that had not changed", "refused: no gzip begins here",
		"url:ledger.example/2024/dues-2 2024-03-12T09:00:00Z text/html c.warc.gz 2024-03-12", "url:ledger.example/note 2024-03-12T09:00:00Z text/plain c.warc.gz 2024-03-12",
	}
	for _, format := range []string{"", "warc"} {
		if diff := cmp.Diff(want, keys(testReader(Options{Format: format}))); diff != "" {
			t.Errorf("format %q (-want +got):\n%s", format, diff)
		}
	}
	for _, tc := range []struct{ format, data, want string }{
		{"warc", "hello", "no WARC record begins here"}, {"warc", "", "is empty"}, {"wacz", "hello", "is no web crawl"}, {"wacz", "PK\x03\x04", "is a damaged zip archive"},
	} {
		its := readAll(t, testReader(Options{Format: tc.format}), input("x", []byte(tc.data)))
		if len(its) != 1 || its[0].Refusal == nil || its[0].Refusal.Reason != tc.want {
			t.Errorf("%s of %q gave %+v, want a refusal: %s", tc.format, tc.data, its, tc.want)
		}
	}
}

const crawlCases = "../../../shared/cases"

// TestCrawlCases reads a crawl of real pages as WARC and as WACZ.
func TestCrawlCases(t *testing.T) {
	for _, name := range []string{"crawl.warc.gz", "crawl.wacz"} {
		t.Run(name, func(t *testing.T) {
			b, err := os.ReadFile(filepath.Join(crawlCases, name))
			if err != nil {
				t.Skip("../shared/cases is not here")
			}
			got := map[string]int{}
			for _, it := range readAll(t, testReader(Options{}), input(name, b)) {
				switch {
				case it.Refusal != nil:
					t.Errorf("refused: %s: %s", it.Refusal.Source, it.Refusal.Reason)
				case it.Skipped != "":
					got[it.Skipped]++
				default:
					got["articles"]++
					if a := it.Write.Article; a.Outlet == nil || a.Headline == "" || a.Body == "" || !strings.HasPrefix(a.Captured.Text, "2026-07-") {
						t.Errorf("%s: %q of %v, captured %v", a.URL, a.Headline, a.Outlet, a.Captured)
					}
				}
			}
			want := map[string]int{"articles": 24, "a revisit of a page that had not changed": 1, "a redirect": 1, "an image": 1, "an answer with the status 404": 1,
				"a description of the crawl": 1, "a request": 24}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// warcioScript prints, of each page, address, date, type and the hash of its content,
// as warcio reads it.
const warcioScript = `
import sys, json, hashlib
from warcio.archiveiterator import ArchiveIterator
for r in ArchiveIterator(open(sys.argv[1], 'rb')):
    if r.rec_type != 'response' or r.http_headers.get_statuscode() != '200': continue
    kind = r.http_headers.get_header('Content-Type') or ''
    if not kind.startswith('text/html'): continue
    print(json.dumps([r.rec_headers.get_header('WARC-Target-URI'), r.rec_headers.get_header('WARC-Date'), kind, hashlib.sha256(r.content_stream().read()).hexdigest()]))
`

// TestCrawlAsWarcio holds our reader against warcio.
func TestCrawlAsWarcio(t *testing.T) {
	if exec.Command("python3", "-c", "import warcio").Run() != nil {
		t.Skip("python3 with warcio is not here")
	}
	dir := t.TempDir()
	files := map[string][]byte{}
	chunked := warcRecord("response", "https://ledger.example/chunked", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n<p>A\r\n6;a=b\r\n tide.\r\n0\r\n\r\n")
	coded := warcRecord("response", "https://ledger.example/coded", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"+string(zip(t, []byte("<p>A tide."))))
	records := []string{warcPage(1), chunked, coded, warcRecord("request", "https://ledger.example/1", "GET / HTTP/1.1\r\n\r\n"), warcPage(2)}
	files["plain.warc"] = []byte(strings.Join(records, ""))
	for _, r := range records {
		files["record.warc.gz"] = append(files["record.warc.gz"], zip(t, []byte(r))...)
	}
	if b, err := os.ReadFile(filepath.Join(crawlCases, "crawl.warc.gz")); err == nil {
		files["cases.warc.gz"] = b
	}
	for name, b := range files {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(dir, name)
			if err := os.WriteFile(path, b, 0o600); err != nil {
				t.Fatal(err)
			}
			var said bytes.Buffer
			cmd := exec.Command("python3", "-c", warcioScript, path)
			cmd.Stderr = &said
			out, err := cmd.Output()
			if err != nil {
				t.Fatalf("warcio: %v\n%s", err, said.String())
			}
			var want, got [][]string
			for line := range strings.Lines(string(out)) {
				var v []string
				if err := json.Unmarshal([]byte(line), &v); err != nil {
					t.Fatal(err)
				}
				want = append(want, v)
			}
			for r, err := range crawl.WARC(bytes.NewReader(b), item.Limits{}) {
				if err != nil {
					t.Errorf("%s: %v", r.Place, err)
				} else if r.Skip == "" {
					got = append(got, []string{r.Article.URL, r.Article.Captured.Text, r.RawType, fmt.Sprintf("%x", sha256.Sum256(r.Raw))})
				}
			}
			if len(want) < 2 {
				t.Errorf("warcio reads %d pages", len(want))
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-warcio +ours):\n%s", diff)
			}
		})
	}
}

var crawlMiB = flag.Int("crawl", 200, "MiB of the crawl that is read to see how much memory it takes")

// endless yields packed records over and over until it has given so many bytes.
type endless struct {
	left    int
	n       int
	records [][]byte
	rest    []byte
}

func (e *endless) Read(p []byte) (int, error) {
	if len(e.rest) == 0 {
		if e.left <= 0 {
			return 0, io.EOF
		}
		e.rest = e.records[e.n%len(e.records)]
		e.left -= len(e.rest)
		e.n++
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	return n, nil
}

// longCrawl is a crawl of pages, with a film that is larger than any page may be.
func longCrawl(pack func([]byte) []byte) *endless {
	e := &endless{left: *crawlMiB << 20}
	noise := rand.New(rand.NewPCG(1, 2))
	data := make([]byte, 20<<20)
	for i := range data {
		data[i] = byte(noise.Uint32())
	}
	for n := range 400 {
		page := warcPage(n)
		e.records = append(e.records, pack([]byte(warcRecord("response", "https://ledger.example/n", fmt.Sprintf(
			"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n%s<script>%x</script>", page, data[n*1000:n*1000+30_000])))))
	}
	e.records = append(e.records, pack([]byte(warcRecord("response", "https://ledger.example/film", "HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n"+string(data)))))
	return e
}

// TestCrawlMemory reads a long crawl: what it takes does not grow with its length.
// `go test ./internal/ingest -run CrawlMemory -crawl 1024 -v` reads a gigabyte.
func TestCrawlMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("a crawl of 200 MB is more than -short allows")
	}
	for name, pack := range map[string]func([]byte) []byte{"plain": func(b []byte) []byte { return b }, "gzipped": func(b []byte) []byte { return zip(t, b) }} {
		t.Run(name, func(t *testing.T) {
			var most uint64
			pages, others := 0, 0
			for r, err := range crawl.WARC(longCrawl(pack), item.Limits{}) {
				switch {
				case err != nil:
					t.Fatalf("%s: %v", r.Place, err)
				case r.Skip != "":
					others++
				default:
					pages++
				}
				if (pages+others)%200 == 0 {
					var m runtime.MemStats
					runtime.ReadMemStats(&m)
					most = max(most, m.Sys-m.HeapReleased)
				}
			}
			t.Logf("%d MiB with %d pages and %d others: at most %d MiB of memory", *crawlMiB, pages, others, most>>20)
			if most > 400<<20 || pages < 100 {
				t.Errorf("took %d MiB of memory for %d pages", most>>20, pages)
			}
		})
	}
}
