package crawl

import (
	"fmt"
	"strings"
	"testing"

	"backfile/internal/ingest/item"
)

// A long page is read whole, wherever its media type stands among its fields; of a long
// film little is kept, and what follows it is read.
func TestWorth(t *testing.T) {
	page := "<html><body>" + strings.Repeat("<p>The tide came in.</p>", 100_000) + "</body></html>"
	long := "X-Cache: " + strings.Repeat("harbour ", 300) + "\r\n"
	rec := func(n int, fields string) string {
		body := "HTTP/1.1 200 OK\r\n" + fields + "\r\n" + page
		return fmt.Sprintf("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://ledger.example/%d\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", n, len(body), body)
	}
	in := rec(1, "Content-Type: text/html\r\n") + rec(2, "Content-Type: video/mp4\r\n") + rec(3, long+"Content-Type: text/html\r\n") + rec(4, long+"Content-Type: image/png\r\n")
	var got []string
	for r, err := range WARC(strings.NewReader(in), item.Limits{}) {
		got = append(got, fmt.Sprintf("%d %s %v", len(r.Raw), r.Skip, err))
	}
	whole := fmt.Sprintf("%d  <nil>", len(page))
	want := []string{whole, "0 a recording <nil>", whole, "0 an image <nil>"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
