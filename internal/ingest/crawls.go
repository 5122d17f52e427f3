package ingest

import (
	"errors"
	"iter"
	"mime"

	"backfile/internal/ingest/crawl"
	"backfile/internal/ingest/item"
	"backfile/internal/news"
)

// isCrawl reports whether an input is a WARC file, by its first bytes as they are,
// for a crawl that is gzipped record by record is inflated by its own reader.
func (r *Reader) isCrawl(head []byte) bool {
	switch r.o.Format {
	case "":
		return crawl.IsWARC(head)
	case "warc":
		return len(head) > 0
	}
	return false
}

// pages yields the captured pages of a crawl as units for the reader of pages. whole
// reports, at its end, whether all of the crawl's bytes were there.
func (r *Reader) pages(in Input, records iter.Seq2[item.Record, error], whole func() bool, yield func(unit) bool) {
	found, broken := false, false
	for rec, err := range records {
		if m := in.markOf(rec.Part, rec.Offset, rec.Inflated, rec.Before); !found && m != nil && in.Resume.From.Offset+in.Resume.From.Inflated > 0 {
			// The record that was come to is durable.
			if from := in.from(); rec.Offset == from.Offset && rec.Inflated == from.Inflated && rec.Part == from.Part {
				found = true
				continue
			}
		}
		found = true
		u := unit{in: in, source: in.Source}
		if rec.Place != "" {
			u.source += "#" + rec.Place
		}
		switch {
		case err != nil:
			u.refusal = itemRefusal(u.source, err, false)
			broken = !errors.As(err, new(*news.Refusal))
		case rec.Skip != "":
			u.rec = &rec
		case rec.Given != nil:
			u.form, u.data, u.original = formLines, rec.Given, &rec
		default:
			u.in.URL, u.in.Type = rec.Article.URL, rec.RawType
			u.data, u.captured = rec.Raw, rec.Article.Captured
			u.form = formPage
			if kind, _, err := mime.ParseMediaType(rec.RawType); err == nil && kind == "text/plain" {
				f, reason := sniff(rec.Raw[:min(len(rec.Raw), sniffLen)])
				if u.form = f; reason != "" {
					u.refusal = news.Refuse(u.source, "%s", reason)
				} else if f != formPage {
					u.form = formText // JSON that is sent as text is none of ours
				}
			}
		}
		if err == nil {
			u.mark = in.markOf(rec.Part, rec.Offset, rec.Inflated, rec.Before)
		}
		u.crawled = true
		if !yield(u) {
			return
		}
	}
	if !found {
		yield(unit{in: in, source: in.Source, refusal: news.Refuse(in.Source, "is a web crawl without a record")})
		return
	}
	if m := in.markOf("", 0, 0, 0); m != nil && !broken && whole() {
		m.end = true
		yield(unit{in: in, source: in.Source, mark: m})
	}
}
