package ingest

import (
	"errors"
	"fmt"
	"io"
	"os"

	"golang.org/x/text/transform"

	"backfile/internal/ingest/crawl"
	"backfile/internal/ingest/item"
	"backfile/internal/ingest/saved"
	"backfile/internal/news"
)

// items yields the items of an input as units. The original of an item that is all
// there is in its input is the input itself.
func (r *Reader) items(in Input, src io.Reader, head []byte, zipped bool, f *format, yield func(unit) bool) {
	if e := wide(head); e != nil {
		src = transform.NewReader(src, e.NewDecoder())
	}
	tee := &keeper{r: src, max: r.o.Limits.Page}
	limits := item.Limits{Item: r.o.Limits.Page, Stream: r.o.Limits.Stream}
	var first *unit
	for rec, err := range f.read(tee, limits) {
		u := unit{in: in, source: in.Source, public: f.public}
		if rec.Place != "" {
			u.source += "#" + rec.Place
		}
		if err != nil {
			u.refusal = itemRefusal(u.source, err, zipped)
		} else {
			u.rec, u.data = &rec, rec.Raw
		}
		switch {
		case tee.only:
			if !yield(u) {
				return
			}
		case first == nil:
			first = &u
		default:
			tee.drop()
			if !yield(*first) || !yield(u) {
				return
			}
		}
	}
	if first != nil && !tee.only {
		first.source = in.Source
		if first.refusal != nil {
			first.refusal = news.Refuse(in.Source, "%s", first.refusal.Reason)
			first.data = tee.whole()
		} else if tee.kept != nil {
			first.data = tee.kept
		}
		yield(*first)
	}
}

// itemRefusal is why an item, or the rest of an input, is not taken in.
func itemRefusal(source string, err error, zipped bool) *news.Refusal {
	var ref *news.Refusal
	if errors.As(err, &ref) {
		return news.Refuse(source, "%s", ref.Reason)
	}
	return news.Refuse(source, "%s", readReason(err, zipped))
}

// keeper keeps what is read through it, until it is more than max or is dropped.
type keeper struct {
	r    io.Reader
	kept []byte
	max  int64
	// full: there was more than is kept. only: several items are there, and nothing
	// is to be kept.
	full, only bool
}

func (k *keeper) Read(p []byte) (int, error) {
	n, err := k.r.Read(p)
	if !k.full && !k.only {
		if k.kept = append(k.kept, p[:n]...); int64(len(k.kept)) > k.max {
			k.kept, k.full = nil, true
		}
	}
	return n, err
}

// whole is all that the reader gives, with what was read before; nil where it is more
// than is kept.
func (k *keeper) whole() []byte {
	var buf [32 << 10]byte
	for !k.full && !k.only {
		if _, err := k.Read(buf[:]); err != nil {
			break
		}
	}
	return k.kept
}

func (k *keeper) drop() { k.kept, k.only = nil, true }

// maxZip is the largest archive that is read: it has to be put on disk, for its
// table of contents stands at its end.
const maxZip = 8 << 30

// zip yields the items of a zip archive, if it is a crawl or an export that is known.
func (r *Reader) zip(in Input, src io.Reader, yield func(unit) bool) {
	var whole []byte
	refuse := func(reason string) {
		yield(unit{in: in, source: in.Source, data: whole, refusal: news.Refuse(in.Source, "%s", reason)})
	}
	tmp, err := os.CreateTemp("", "backfile-*.zip")
	if err != nil {
		refuse("cannot be read: " + plainOS(err))
		return
	}
	defer os.Remove(tmp.Name())
	defer tmp.Close()
	size, err := io.Copy(tmp, bound(src, min(maxZip, r.o.Limits.Stream), "the archive"))
	if err != nil {
		refuse(readReason(err, false))
		return
	}
	limits := item.Limits{Item: r.o.Limits.Page, Stream: r.o.Limits.Stream}
	if pages, known := crawl.WACZFrom(tmp, size, limits, in.from()); known {
		r.pages(in, pages, func() bool { return size == in.Resume.Size }, yield)
		return
	}
	if size <= r.o.Limits.Page {
		whole = make([]byte, size)
		if _, err := tmp.ReadAt(whole, 0); err != nil && err != io.EOF {
			whole = nil
		}
	}
	records, known := saved.Zip(tmp, size, limits)
	if !known || r.o.Format == "wacz" {
		switch _, err := item.OpenZip(tmp, size); {
		case errors.Is(err, item.ErrZipFiles):
			refuse(fmt.Sprintf("is a zip archive of more than %d files", item.MaxZipFiles))
			return
		case err != nil:
			refuse("is a damaged zip archive")
			return
		}
		refuse(zipReason)
		return
	}
	for rec, err := range records {
		u := unit{in: in, source: in.Source + "#" + rec.Place, public: true}
		if err != nil {
			u.refusal = itemRefusal(u.source, err, false)
		} else {
			u.rec, u.data = &rec, rec.Raw
		}
		if !yield(u) {
			return
		}
	}
}

// zipReason is why an archive of no known kind is refused.
const zipReason = "is a zip archive (or an office document), which is not read"
