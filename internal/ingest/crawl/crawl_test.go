package crawl

import (
	"bytes"
	"compress/gzip"
	"crypto/sha1"
	"encoding/base32"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zstd"

	"backfile/internal/ingest/item"
)

// raw is a record with that body, of lines that end in CR and LF.
func raw(kind, target, body string, more ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "WARC/1.1\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2024-03-11T08:15:00Z\r\n", kind, target)
	for _, f := range more {
		b.WriteString(f + "\r\n")
	}
	fmt.Fprintf(&b, "Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", len(body), body)
	return b.String()
}

// answered is a response record of that page.
func answered(target, fields, page string) string {
	return raw("response", target, "HTTP/1.1 200 OK\r\n"+fields+"\r\n"+page)
}

func page(n int) string {
	return answered(fmt.Sprintf("https://ledger.example/%d", n), "Content-Type: text/html; charset=utf-8\r\n", body(n))
}

func body(n int) string {
	return fmt.Sprintf("<p>Harbour dues rise, part %d</p>", n) + strings.Repeat("<!-- tide -->", n%50)
}

func zipped(parts ...string) []byte {
	var b bytes.Buffer
	for _, p := range parts {
		w := gzip.NewWriter(&b)
		_, _ = io.WriteString(w, p)
		_ = w.Close()
	}
	return b.Bytes()
}

// told is what reading gave, a line a record.
func told(b []byte, l item.Limits) []string {
	var out []string
	for r, err := range WARC(bytes.NewReader(b), l) {
		switch {
		case err != nil:
			out = append(out, fmt.Sprintf("%s! %s", r.Place, strings.TrimPrefix(err.Error(), ": ")))
		case r.Skip != "":
			out = append(out, "- "+r.Skip)
		default:
			out = append(out, fmt.Sprintf("%s %s %s", r.Article.URL, r.RawType, r.Raw))
		}
	}
	return out
}

func wantPage(n int) string {
	return fmt.Sprintf("https://ledger.example/%d text/html; charset=utf-8 %s", n, body(n))
}

// One crawl reads the same however it is packed.
func TestPacking(t *testing.T) {
	parts := []string{"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\na: b\r\n\r\n", page(1), page(2), page(77)}
	want := []string{"- a description of the crawl", wantPage(1), wantPage(2), wantPage(77)}
	whole := strings.Join(parts, "")
	var blocks []string // members that end wherever they please
	for chunk := range slices.Chunk([]byte(whole), 100) {
		blocks = append(blocks, string(chunk))
	}
	for name, b := range map[string][]byte{
		"plain": []byte(whole), "by record": zipped(parts...), "whole": zipped(whole), "in blocks": zipped(blocks...),
		"padded": append(zipped(parts...), make([]byte, 1000)...), "with empty members": zipped("", parts[0], "", "", parts[1], parts[2], parts[3], ""),
		"bare line ends": []byte(strings.ReplaceAll(whole, "\r\n\r\nWARC", "\n\nWARC")),
	} {
		if diff := cmp.Diff(want, told(b, item.Limits{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if !IsWARC(b) && name != "with empty members" {
			t.Errorf("IsWARC of %s = false", name)
		}
	}
	for _, s := range []string{"", "WARC", "<html>", string(zipped("<html>")), "\x1f\x8b\x08"} {
		if IsWARC([]byte(s)) {
			t.Errorf("IsWARC(%q) = true", s)
		}
	}
}

func TestKinds(t *testing.T) {
	html := "Content-Type: text/html\r\n"
	deflated := func(s string) string {
		var b bytes.Buffer
		w, _ := flate.NewWriter(&b, 5)
		_, _ = io.WriteString(w, s)
		_ = w.Close()
		return b.String()
	}
	brotlied := func(s string) string {
		var b bytes.Buffer
		w := brotli.NewWriter(&b)
		_, _ = io.WriteString(w, s)
		_ = w.Close()
		return b.String()
	}
	enc, _ := zstd.NewWriter(nil)
	digest := func(s string) string {
		sum := sha1.Sum([]byte(s))
		return "WARC-Block-Digest: sha1:" + base32.StdEncoding.EncodeToString(sum[:])
	}
	const hello = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Tide</p>"
	for _, tc := range []struct{ name, in, want string }{
		{"angle brackets", answered("<https://a.example/1>", html, "<p>x"), "https://a.example/1 text/html <p>x"},
		{"chunked", answered("https://a.example/1", html+"Transfer-Encoding: chunked\r\n", "3\r\n<p>\r\n5;x=y\r\nHello\r\n0\r\n\r\n"), "https://a.example/1 text/html <p>Hello"},
		{"chunked no more", answered("https://a.example/1", html+"Transfer-Encoding: chunked\r\n", "<p>Hello"), "https://a.example/1 text/html <p>Hello"},
		{"gzip", answered("https://a.example/1", html+"Content-Encoding: gzip\r\n", string(zipped("<p>Hello"))), "https://a.example/1 text/html <p>Hello"},
		{"gzip no more", answered("https://a.example/1", html+"Content-Encoding: gzip\r\n", "<p>Hello"), "https://a.example/1 text/html <p>Hello"},
		{"gzip broken", answered("https://a.example/1", html+"Content-Encoding: gzip\r\n", string(zipped("<p>Hello")[:15])), "offset 0! is damaged: its content cannot be decoded (gzip)"},
		{"br", answered("https://a.example/1", html+"Content-Encoding: br\r\n", brotlied("<p>Hello")), "https://a.example/1 text/html <p>Hello"},
		{"br no more", answered("https://a.example/1", html+"Content-Encoding: br\r\n", "<p>Hello there"), "https://a.example/1 text/html <p>Hello there"},
		{"deflate", answered("https://a.example/1", html+"Content-Encoding: deflate\r\n", deflated("<p>Hello")), "https://a.example/1 text/html <p>Hello"},
		{"zstd", answered("https://a.example/1", html+"Content-Encoding: zstd\r\n", string(enc.EncodeAll([]byte("<p>Hello"), nil))), "https://a.example/1 text/html <p>Hello"},
		{"an unknown coding", answered("https://a.example/1", html+"Content-Encoding: rot13\r\n", "x"), "offset 0! is encoded in a way that is not known (rot13)"},
		{"HTTP/2", raw("response", "https://a.example/1", "HTTP/2 200\r\ncontent-type: text/plain\r\n\r\nTide"), "https://a.example/1 text/plain Tide"},
		{"without a type", raw("response", "https://a.example/1", "HTTP/1.1 200 OK\r\n\r\n<html><p>Tide"), "https://a.example/1  <html><p>Tide"},
		{"digest", raw("response", "https://a.example/1", hello, digest(hello)), "https://a.example/1 text/html <p>Tide</p>"},
		{"wrong digest", raw("response", "https://a.example/1", hello, digest("other")), "offset 0! is damaged: its digest does not fit"},
		{"not found", raw("response", "https://a.example/1", "HTTP/1.1 404 Not Found\r\n\r\n"), "- an answer with the status 404"},
		{"redirect", raw("response", "https://a.example/1", "HTTP/1.1 301 Moved\r\nLocation: /2\r\n\r\n"), "- a redirect"},
		{"image", answered("https://a.example/1", "Content-Type: image/png\r\n", "\x89PNG"), "- an image"},
		{"script", answered("https://a.example/1", "Content-Type: text/javascript\r\n", "x"), "- a style sheet or a script"},
		{"data", answered("https://a.example/1", "Content-Type: application/ld+json\r\n", "{}"), "- data in JSON or XML"},
		{"robots", answered("https://a.example/robots.txt", "Content-Type: text/plain\r\n", "User-agent: *"), "- a file for robots"},
		{"revisit", raw("revisit", "https://a.example/1", "HTTP/1.1 200 OK\r\n\r\n"), "- a revisit of a page that had not changed"},
		{"request", raw("request", "https://a.example/1", "GET / HTTP/1.1\r\n\r\n"), "- a request"},
		{"dns", raw("response", "dns:a.example", "20240311 a.example"), "- an answer of something other than the web"},
		{"no answer", raw("response", "https://a.example/1", "hello"), "offset 0! holds no answer of a web server"},
		{"empty", answered("https://a.example/1", html, ""), "- an answer without content"},
		{"no length", "WARC/1.0\r\nWARC-Type: response\r\n\r\n", "offset 0! the record does not say how long it is"},
		{"cut", page(1)[:200], "offset 0! the record ends in the middle"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff([]string{tc.want}, told([]byte(tc.in), item.Limits{})); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	for r := range WARC(strings.NewReader(page(1)), item.Limits{}) {
		if got := r.Article.Captured; got.Text != "2024-03-11T08:15:00Z" || got.From != "capture" {
			t.Errorf("captured %+v", got)
		}
	}
}

// What is damaged is refused at its offset, and what stands behind it is read.
func TestDamage(t *testing.T) {
	all := [][]byte{zipped(page(1)), zipped(page(2)), zipped(page(3))}
	second := len(all[0])
	join := func(parts ...[]byte) []byte { return bytes.Join(parts, nil) }
	flip := func(b []byte, at int) []byte {
		b = bytes.Clone(b)
		b[at] ^= 0x55
		return b
	}
	at := func(n int, reason string) string { return fmt.Sprintf("offset %d! %s", n, reason) }
	long := strings.Replace(page(1), "Content-Length: ", "Content-Length: 9", 1)
	big := answered("https://ledger.example/big", "Content-Type: text/html\r\n", strings.Repeat("tide ", 1<<20))
	for _, tc := range []struct {
		name string
		in   []byte
		want []string
	}{
		{"checksum", join(all[0], flip(all[1], len(all[1])-6), all[2]), []string{wantPage(1), at(second, "the gzip is damaged: its checksum does not fit"), wantPage(3)}},
		{"no gzip", join(all[0], []byte("garbage"), all[2]), []string{wantPage(1), at(second, "no gzip begins here"), wantPage(3)}},
		{"member cut short", join(all[0], all[1][:60], all[2]), []string{wantPage(1), "refused", wantPage(3)}},
		{"end cut short", join(all[0], all[1][:60]), []string{wantPage(1), at(second, "the gzip ends in the middle")}},
		{"too long, zipped", join(zipped(long), all[1]), []string{at(0, "the record ends in the middle"), wantPage(2)}},
		{"too long, plain", []byte(long + page(2)), []string{at(0, "the record ends in the middle"), wantPage(2)}},
		{"too short", []byte(strings.Replace(page(1), "Content-Length: ", "Content-Length: 1\r\nx: ", 1) + page(2)), []string{at(0, "the record is longer or shorter than it says"), wantPage(2)}},
		{"garbage between", []byte(page(1) + "garbage\r\nmore\r\n" + page(2)), []string{wantPage(1), at(len(page(1)), "no WARC record begins here"), wantPage(2)}},
		{"fields without end", []byte("WARC/1.0\r\n" + strings.Repeat("x: y\r\n", 100_000) + "\r\n" + page(2)), []string{at(0, "the record's fields are larger than 256 KiB"), wantPage(2)}},
		{"too large", join(zipped(big), all[2]), []string{at(0, "the page is larger than 1 MiB"), wantPage(3)}},
		{"a trap", join(zipped(answered("https://ledger.example/1", "", strings.Repeat("\x00", 64<<20))), all[2]), []string{at(0, "inflates to more than 200 times its size"), wantPage(3)}},
		{"coded trap", join(zipped(answered("https://ledger.example/1", "Content-Type: text/html\r\nContent-Encoding: gzip\r\n", string(zipped(strings.Repeat("a", 5<<20))))), all[2]),
			[]string{at(0, "the page is larger than 1 MiB"), wantPage(3)}},
		{"nothing", nil, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := told(tc.in, item.Limits{Item: 1 << 20})
			for i := range got {
				if i < len(tc.want) && tc.want[i] == "refused" && strings.Contains(got[i], fmt.Sprintf("offset %d! the gzip", second)) {
					got[i] = "refused"
				}
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	// A byte wrong anywhere costs its own record at most, and is never silent.
	whole := join(all...)
	for i := 2; i < len(whole); i++ { // by the first two it is known to be a gzip
		got := told(flip(whole, i), item.Limits{})
		kept := 0
		for _, s := range got {
			for n := 1; n <= 3; n++ {
				if s == wantPage(n) {
					kept++
				}
			}
		}
		if kept < 2 {
			t.Fatalf("with byte %d flipped: %q", i, got)
		}
		for _, s := range got {
			if !strings.Contains(s, "! ") && s != wantPage(1) && s != wantPage(2) && s != wantPage(3) {
				t.Fatalf("with byte %d flipped a wrong page came out: %q", i, s)
			}
		}
	}
}
