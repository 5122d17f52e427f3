package crawl

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"backfile/internal/ingest/item"
)

// What is made to exhaust its reader ends soon.
func TestTraps(t *testing.T) {
	bytesOf := strings.Split(page(49)+strings.Repeat(" ", 20_000), "")
	nested := strings.Repeat("WARC/1.0\nContent-Length: 9999999\n\n", 200_000)
	verified := zipped("WARC/1.0\r\n" + strings.Repeat("x", 1000))
	for name, b := range map[string][]byte{
		"members of a byte":        zipped(bytesOf...),
		"a record of bytes":        zipped(append([]string{"WARC/1.0\r\nContent-Length: 15000\r\n\r\n"}, bytesOf...)...),
		"beginnings of gzips":      append(zipped(page(1)), bytes.Repeat(append(bytes.Clone(gzipMagic), 0, 0, 0, 0, 0, 0, 0), 500_000)...),
		"records in records":       []byte(nested),
		"records in records, gzip": zipped(nested),
		"members cut short":        bytes.Repeat(verified[:len(verified)-6], 20_000),
		"blank lines":              bytes.Repeat([]byte("\r\n"), 4<<20),
		"empty members":            append(zipped(page(1)), bytes.Repeat(zipped(""), 100_000)...),
		"codings in codings":       []byte(answered("https://a.example/", "Content-Type: text/html\r\nContent-Encoding: "+strings.Repeat("gzip,", 10_000)+"gzip\r\n", "x")),
		"chunks of a byte":         []byte(answered("https://a.example/", "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n", strings.Repeat("1\r\na\r\n", 1<<20))),
		"a bomb":                   zipped(answered("https://a.example/", "Content-Type: text/html\r\n", strings.Repeat("\x00", 256<<20))),
	} {
		t.Run(name, func(t *testing.T) {
			from, n := time.Now(), 0
			for range WARC(bytes.NewReader(b), item.Limits{}) {
				n++
			}
			took := time.Since(from)
			t.Logf("%d KiB, %d records: %v", len(b)>>10, n, took.Round(time.Millisecond))
			if took > 5*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}
