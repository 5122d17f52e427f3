package wire

import (
	"flag"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"backfile/internal/ingest/item"
)

// endless gives a head, then the same bytes over and over, n in all.
type endless struct {
	head string
	fill string
	left int64
	at   int
}

func (e *endless) Read(p []byte) (int, error) {
	if len(e.head) > 0 {
		n := copy(p, e.head)
		e.head = e.head[n:]
		return n, nil
	}
	if e.left <= 0 {
		return 0, io.EOF
	}
	n := 0
	for n < len(p) && e.left > 0 {
		k := copy(p[n:], e.fill[e.at:])
		n, e.left, e.at = n+k, e.left-int64(k), (e.at+k)%len(e.fill)
	}
	return n, nil
}

const gigabyte = 1 << 30

var full = flag.Bool("full", false, "read hostile input with the limits of a real run")

// What is built to break readers is refused, soon and in little memory. With -full
// the limits are those of a real run: 16 MiB an item.
func TestHostile(t *testing.T) {
	limits, size := item.Limits{Item: 1 << 20}, "1 MiB"
	if *full {
		limits, size = item.Limits{}, "16 MiB"
	}
	for _, tc := range []struct {
		name   string
		read   item.Reader
		in     io.Reader
		reason string
	}{
		{"XML nested 10,000 deep", NITF, strings.NewReader("<nitf>" + strings.Repeat("<p>", 10_000)), "nests deeper than 200 levels"},
		{"XML nested for ever", NITF, &endless{head: "<nitf>", fill: "<p>", left: gigabyte}, "nests deeper than 200 levels"},
		{"XML of one text", NewsMLG2, &endless{head: "<newsItem><p>", fill: "a", left: gigabyte}, "is larger than " + size},
		{"XML of one tag", NITF, &endless{head: "<nitf a=\"", fill: "a", left: gigabyte}, "is larger than " + size},
		{"XML of many elements", NITF, &endless{head: "<nitf>", fill: "<p/>", left: gigabyte}, "is larger than " + size},
		{"entity bomb", NITF, strings.NewReader(`<?xml version="1.0"?><!DOCTYPE nitf [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><nitf><body>&b;</body></nitf>`), "declares entities of its own, which are never expanded"},
		{"outer entity", NITF, strings.NewReader(`<!DOCTYPE nitf [<!ENTITY x SYSTEM "file:///etc/passwd">]><nitf>&x;</nitf>`), "declares entities of its own, which are never expanded"},
		{"JSON nested 10,000 deep", Ninjs, strings.NewReader(`{"uri":"urn:x:1","a":` + strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000) + "}"), "nests deeper than 200 levels"},
		{"JSON nested for ever", Ninjs, &endless{head: `{"uri":"urn:x:1","a":`, fill: "[", left: gigabyte}, "is larger than " + size},
		{"arrays for ever", NinjsList, &endless{head: `{"_items":`, fill: "[", left: gigabyte}, "is larger than " + size},
		{"JSON of one string", Ninjs, &endless{head: `{"uri":"`, fill: "a", left: gigabyte}, "is larger than " + size},
		{"7901 of one line", Text, &endless{head: "\x01cw0007 3 i 42 X\r\n\x02", fill: "a", left: gigabyte}, "is larger than " + size},
		{"CSV of one cell", CSV(nil), &endless{head: "title,url,text\n\"", fill: "a", left: gigabyte}, "a row is larger than " + size + ", or a quotation mark is not closed"},
		{"CSV of one header", CSV(nil), &endless{head: "title,url,", fill: "a", left: gigabyte}, "a row is larger than " + size + ", or a quotation mark is not closed"},
		{"HTML nested deep", Ninjs, strings.NewReader(`{"uri":"urn:x:1","versionCreated":"2024-01-01","headline":"A","body_html":"` + strings.Repeat("<div>", 10_000) + `"}`), ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			runtime.GC()
			var after runtime.MemStats
			start := time.Now()
			last := ""
			for _, err := range tc.read(tc.in, limits) {
				last = ""
				if err != nil {
					last = err.Error()
				}
			}
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			if last != tc.reason {
				t.Errorf("ended with %q, want %q", last, tc.reason)
			}
			t.Logf("%v, %d MiB of heap", took, after.HeapSys>>20)
			if took > 5*time.Second {
				t.Errorf("took %v", took)
			}
			if in := after.HeapSys; in > 256<<20 {
				t.Errorf("%d MiB in use", in>>20)
			}
		})
	}
}
