package ingest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"time"

	"backfile/internal/ingest/crawl"
	"backfile/internal/news"
)

// Resume says how a large input is gone on with that was broken off.
type Resume struct {
	// Input and Size are what Identify says of it.
	Input string
	Size  int64
	// From is where to go on; the zero Progress is the beginning.
	From news.Progress
	// Sought says that Open gives the bytes from From.Offset on, and not from the
	// beginning.
	Sought bool
}

// Progresser keeps how far large inputs have come.
type Progresser interface {
	SetProgress(ctx context.Context, p news.Progress) error
	ForgetProgress(ctx context.Context, input string) error
}

// identityLen is how much of each end of a file goes into its identity.
const identityLen = 64 << 10

// Identify names a file that can be gone on with when taking it in was broken off: a
// web crawl. Its name is made of its size, its first and last bytes, and of how it is to be read. ok
// is false of other files. It leaves r's place anywhere.
func Identify(r io.ReaderAt, size int64, how string) (input string, seekable, ok bool) {
	head := make([]byte, min(size, identityLen))
	if n, err := r.ReadAt(head, 0); n < len(head) && err != nil {
		return "", false, false
	}
	warc := crawl.IsWARC(head)
	if !warc && !bytes.HasPrefix(head, zipMagic) {
		return "", false, false
	}
	tail := make([]byte, len(head))
	if n, err := r.ReadAt(tail, size-int64(len(tail))); n < len(tail) && err != nil {
		return "", false, false
	}
	h := sha256.New()
	fmt.Fprintf(h, "%d %q ", size, how)
	h.Write(head)
	h.Write(tail)
	return hex.EncodeToString(h.Sum(nil)[:16]), warc, true
}

// mark is how far an input has come with an item.
type mark struct {
	progress news.Progress
	// end: the input was taken in to its end.
	end bool
}

// markOf is the mark of a place in a crawl; nil where nobody would go on from it.
func (in *Input) markOf(part string, offset, inflated, before int64) *mark {
	if in.Resume == nil || len(part) > 4096 {
		return nil
	}
	return &mark{progress: news.Progress{Input: in.Resume.Input, Part: part, Offset: offset, Inflated: inflated, Done: min(before, in.Resume.Size), Size: in.Resume.Size}}
}

// from is where the crawl is to be gone on with.
func (in *Input) from() crawl.From {
	if in.Resume == nil {
		return crawl.From{}
	}
	f := in.Resume.From
	return crawl.From{Part: f.Part, Offset: f.Offset, Inflated: f.Inflated}
}

// begin goes to where the bytes that an input opens are to be read from.
func (in *Input) begin(r io.Reader) error {
	if in.Resume == nil || in.Resume.Sought || in.Resume.From.Part != "" || in.Resume.From.Offset == 0 {
		return nil
	}
	if s, ok := r.(io.Seeker); ok {
		_, err := s.Seek(in.Resume.From.Offset, io.SeekStart)
		return err
	}
	_, err := io.CopyN(io.Discard, r, in.Resume.From.Offset)
	return err
}

// markEvery is how often it is noted how far inputs have come.
const markEvery = time.Second

// marks are how far inputs have come whose articles are durable.
type marks struct {
	last  map[string]*mark // by input
	noted time.Time
	ended bool
}

func (m *marks) add(items []Item) {
	for _, it := range items {
		if it.mark == nil {
			continue
		}
		if m.last == nil {
			m.last = map[string]*mark{}
		}
		m.last[it.mark.progress.Input] = it.mark
		m.ended = m.ended || it.mark.end
	}
}

// due reports whether the marks are to be noted now.
func (m *marks) due() bool {
	return len(m.last) > 0 && (m.ended || time.Since(m.noted) >= markEvery)
}

// note keeps the marks that are not kept yet.
func (b *batch) note(ctx context.Context) error {
	p, ok := b.a.(Progresser)
	if !ok {
		return nil // an archive that does not remember
	}
	for input, m := range b.marks.last {
		var err error
		if m.end {
			err = p.ForgetProgress(ctx, input)
		} else {
			err = p.SetProgress(ctx, m.progress)
		}
		if err != nil {
			return err
		}
	}
	b.marks = marks{noted: time.Now()}
	return nil
}
