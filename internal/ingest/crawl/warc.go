package crawl

import (
	"bytes"
	"io"
	"iter"
	"strings"

	"github.com/klauspost/compress/gzip"

	"backfile/internal/ingest/item"
	"backfile/internal/news"
)

// IsWARC reports whether head begins a WARC file, gzipped or not.
func IsWARC(head []byte) bool {
	if bytes.HasPrefix(head, gzipMagic) {
		return beginsRecord(new(gzip.Reader), head)
	}
	return bytes.HasPrefix(head, []byte(magic))
}

// WARC reads the pages of a WARC file, gzipped or not. Of a Record it sets Place and
// either Skip or Raw, RawType (the Content-Type that the page came with), the article's
// URL and when it was captured.
func WARC(r io.Reader, l item.Limits) iter.Seq2[item.Record, error] { return WARCFrom(r, l, From{}) }

// From is a place in a crawl: the Offset and Inflated of a record that was read from it.
// Part is the file of a WACZ that it is of.
type From struct {
	Part             string
	Offset, Inflated int64
}

// WARCFrom is WARC for r that begins at the offset of a place. The record there is the
// first that it yields.
func WARCFrom(r io.Reader, l item.Limits, from From) iter.Seq2[item.Record, error] {
	l = l.OrDefault()
	return func(yield func(item.Record, error) bool) {
		var head [3]byte
		n, err := io.ReadFull(r, head[:])
		if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
			yield(item.Record{}, err)
			return
		}
		r := io.MultiReader(bytes.NewReader(head[:n]), r)
		w := &records{s: newStream(r, bytes.HasPrefix(head[:n], gzipMagic[:2]), l.Stream), max: l.Item + maxHead}
		w.s.base = from.Offset
		w.s.discard(from.Inflated)
		for {
			rec, more, err := w.next()
			if err == io.EOF && !more {
				return
			}
			if err == nil && w.known.note(&rec) {
				continue
			}
			out := item.Record{Place: rec.at.String(), Offset: rec.at.offset, Inflated: rec.at.inflated, Before: rec.at.offset}
			place := out
			if err == nil {
				if out.Given = w.known.take(&rec); out.Given != nil {
					err = returned(&out, &rec, l.Item)
				} else {
					err = capture(&out, &rec, l.Item)
				}
			}
			if err != nil {
				out = place
			}
			if !yield(out, err) || !more {
				return
			}
		}
	}
}

// kinds are the records that hold no page as it was answered.
var kinds = map[string]string{
	"warcinfo": "a description of the crawl", "request": "a request", "metadata": "metadata of a crawled page", "revisit": "a revisit of a page that had not changed",
	"resource": "a resource record", "conversion": "a conversion record", "continuation": "a continuation record",
}

// capture makes an item of a record. Its error is the refusal of what may be a page.
func capture(out *item.Record, rec *record, max int64) error {
	kind := strings.ToLower(rec.fields["warc-type"])
	if name, ok := kinds[kind]; ok {
		out.Skip = name
		return nil
	}
	if kind != "response" {
		out.Skip = "a record of a kind that is not known"
		return nil
	}
	target := strings.TrimSpace(rec.fields["warc-target-uri"])
	target = strings.TrimSuffix(strings.TrimPrefix(target, "<"), ">")
	if scheme, _, _ := strings.Cut(strings.ToLower(target), ":"); scheme != "http" && scheme != "https" {
		out.Skip = "an answer of something other than the web"
		return nil
	}
	if rec.fields["warc-segment-number"] != "" {
		return item.Refuse("is in segments, which are not put together")
	}
	if !rec.intact() {
		return item.Refuse("is damaged: its digest does not fit")
	}
	a, err := readAnswer(rec.body)
	if err != nil {
		return err
	}
	if out.Skip = a.passed(target); out.Skip != "" {
		return nil
	}
	if rec.over {
		return tooLarge(max)
	}
	page, err := a.decoded(max)
	if err != nil {
		return err
	}
	if len(bytes.TrimSpace(page)) == 0 {
		out.Skip = "an answer without content"
		return nil
	}
	if out.Skip = a.sniffed(page); out.Skip != "" {
		return nil
	}
	out.Raw, out.RawType = page, a.fields["content-type"]
	out.Article.URL = target
	out.Article.Captured = captured(rec.fields["warc-date"])
	return nil
}

// captured is when a page was captured; the zero date where that cannot be read.
func captured(s string) news.Date {
	d := item.ParseDate(s)
	if d.IsZero() {
		return d
	}
	d.From = news.FromCapture
	if strings.Contains(d.Text, "T") {
		d.Precision = news.Second // of midnight too, for a clock wrote it
	}
	return d
}
