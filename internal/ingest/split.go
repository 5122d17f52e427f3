package ingest

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"iter"
	"mime"
	"path"
	"strings"

	"backfile/internal/ingest/crawl"
	"backfile/internal/ingest/item"
	"backfile/internal/news"

	"golang.org/x/text/transform"
)

// split yields the units of one input: the whole of a page or a text, or the
// lines of JSON Lines. What was read before an input breaks off is yielded.
func (r *Reader) split(ctx context.Context, in Input) iter.Seq[unit] {
	return func(yield func(unit) bool) {
		refuse := func(source, reason string) bool {
			return yield(unit{in: in, source: source, refusal: &news.Refusal{Source: source, Reason: reason}})
		}
		if in.Open == nil {
			refuse(in.Source, "is an address, and nothing is fetched here")
			return
		}
		// Where it was fetched from is the address of a page or a text alone: a feed
		// is no address of its items.
		whole := in
		in.URL, in.Also = "", nil
		rc, err := in.Open()
		if err != nil {
			in = whole
			refuse(in.Source, plainOS(err))
			return
		}
		defer rc.Close()
		if err := in.begin(rc); err != nil {
			refuse(in.Source, readReason(err, false))
			return
		}
		read := &counted{r: rc}
		// Until it is known what it is, the whole of it is kept, in case that it is
		// refused.
		kept := &keeper{r: read, max: r.o.Limits.Page}
		refuseWhole := func(reason string) {
			yield(unit{in: in, source: in.Source, data: kept.whole(), refusal: &news.Refusal{Source: in.Source, Reason: reason}})
		}
		raw := bufio.NewReaderSize(kept, sniffLen)
		head, _ := raw.Peek(sniffLen)
		if from := in.from(); r.isCrawl(head) && from.Part == "" {
			kept.drop()
			whole := func() bool { return from.Offset+read.n == in.Resume.Size }
			r.pages(in, crawl.WARCFrom(raw, item.Limits{Item: r.o.Limits.Page, Stream: r.o.Limits.Stream}, from), whole, yield)
			return
		} else if from.Part == "" && from.Offset+from.Inflated > 0 {
			refuse(in.Source, "cannot be gone on with where it was left, for it has changed: begin anew with --from-start")
			return
		}
		br, zipped, err := inflate(raw, r.o.Limits)
		if err != nil {
			refuseWhole(readReason(err, zipped))
			return
		}
		head, err = br.Peek(sniffLen)
		if err != nil && err != io.EOF && len(head) == 0 {
			refuseWhole(readReason(err, zipped))
			return
		}
		of := r.named()
		if of == nil && r.o.Format == "" {
			of = r.formatOf(head)
		}
		if of != nil && len(head) > 0 {
			kept.drop()
			r.items(in, br, head, zipped, of, yield)
			return
		}
		if bytes.HasPrefix(head, zipMagic) && (r.o.Format == "" || r.o.Format == "wacz") {
			kept.drop()
			r.zip(in, br, yield)
			return
		}
		f, reason := sniff(head)
		if own, ok := ownFormats[r.o.Format]; ok && reason == "" {
			f = own
		}
		if f == formText && saysJSON(in) {
			f = formLines // that is broken, and each line says how
		}
		switch {
		case reason != "":
			refuseWhole(reason)
		case f == formCrawl:
			refuseWhole("is no web crawl")
		case f == formLines:
			kept.drop()
			r.lines(ctx, in, br, zipped, yield)
		default:
			data, err := io.ReadAll(bound(br, r.o.Limits.Page, "it"))
			if err != nil {
				refuseWhole(readReason(err, zipped))
				return
			}
			kept.drop()
			if f == formRecord {
				records(in, data, yield)
				return
			}
			yield(unit{in: whole, source: in.Source, form: f, data: data})
		}
	}
}

var zipMagic = []byte("PK\x03\x04")

// saysJSON reports whether an input claims to be JSON, by its type or its name.
func saysJSON(in Input) bool {
	if kind, _, err := mime.ParseMediaType(in.Type); err == nil {
		switch kind {
		case "application/json", "application/jsonl", "application/x-ndjson":
			return true
		}
	}
	switch path.Ext(strings.TrimSuffix(strings.ToLower(in.Source), ".gz")) {
	case ".json", ".jsonl", ".ndjson":
		return true
	}
	return false
}

// lines yields each line that is not blank.
func (r *Reader) lines(ctx context.Context, in Input, br *bufio.Reader, zipped bool, yield func(unit) bool) {
	var src io.Reader = bound(br, r.o.Limits.Stream, "the stream")
	if head, _ := br.Peek(512); wide(head) != nil {
		src = transform.NewReader(src, wide(head).NewDecoder())
	}
	lr := bufio.NewReaderSize(src, sniffLen)
	for n := 1; ctx.Err() == nil; n++ {
		source := fmt.Sprintf("%s:%d", in.Source, n)
		line, err := readLine(lr, r.o.Limits.Record)
		if n == 1 {
			line = bytes.TrimPrefix(line, utf8BOM)
		}
		switch {
		case err == errLongLine:
			ref := news.Refuse(source, "the line is longer than %s", size(r.o.Limits.Record))
			if !yield(unit{in: in, source: source, refusal: ref}) {
				return
			}
			continue
		case err != nil && err != io.EOF:
			yield(unit{in: in, source: source, refusal: &news.Refusal{Source: source, Reason: readReason(err, zipped)}})
			return
		}
		if len(bytes.TrimSpace(line)) > 0 && !yield(unit{in: in, source: source, form: formLines, data: line}) {
			return
		}
		if err == io.EOF {
			return
		}
	}
}

var errLongLine = fmt.Errorf("line too long: %w", news.ErrInvalid)

// readLine reads one line of its own memory, without its end. A line over max
// is read past and gives errLongLine.
func readLine(br *bufio.Reader, max int64) ([]byte, error) {
	var line []byte
	long := false
	for {
		part, err := br.ReadSlice('\n')
		if long = long || int64(len(line)+len(part)) > max; !long {
			line = append(line, part...)
		} else {
			line = nil
		}
		switch {
		case err == bufio.ErrBufferFull:
			continue
		case err != nil && err != io.EOF:
			return nil, err
		case long:
			return nil, errLongLine
		}
		return bytes.TrimRight(line, "\r\n"), err
	}
}
