package ingest

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
)

// errLimit is met by a reader that came to its bound; its text is a refusal's
// reason.
type errLimit struct{ reason string }

func (e *errLimit) Error() string { return e.reason }

// bounded reads at most max bytes of r and then says so, instead of pretending
// that the data ends there.
type bounded struct {
	r    io.Reader
	left int64
	err  *errLimit
}

func bound(r io.Reader, max int64, what string) *bounded {
	return &bounded{r: r, left: max, err: &errLimit{fmt.Sprintf("%s is larger than %s", what, size(max))}}
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		// One byte more tells an end from a bound.
		var one [1]byte
		n, err := b.r.Read(one[:])
		if n > 0 {
			return 0, b.err
		}
		return 0, err
	}
	if int64(len(p)) > b.left {
		p = p[:b.left]
	}
	n, err := b.r.Read(p)
	b.left -= int64(n)
	return n, err
}

// counted counts what is read through it.
type counted struct {
	r io.Reader
	n int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// inflated reads a gzip and refuses one that grows beyond all measure.
type inflated struct {
	zr    *gzip.Reader
	in    *counted
	out   int64
	free  int64 // inflated bytes before the ratio counts
	ratio int64
}

func (z *inflated) Read(p []byte) (int, error) {
	n, err := z.zr.Read(p)
	z.out += int64(n)
	if z.out > z.free && z.out > z.ratio*z.in.n {
		return n, &errLimit{fmt.Sprintf("inflates to more than %d times its size", z.ratio)}
	}
	return n, err
}

var gzipMagic = []byte{0x1f, 0x8b}

// inflate returns r's data, inflated if it is a gzip, ready to be peeked at.
// A gzip inside a gzip is an error.
func inflate(r io.Reader, l Limits) (br *bufio.Reader, zipped bool, err error) {
	in := &counted{r: r}
	br = bufio.NewReaderSize(in, sniffLen)
	head, err := br.Peek(2)
	if !bytes.Equal(head, gzipMagic) {
		if err != nil && err != io.EOF {
			return nil, false, err
		}
		return br, false, nil
	}
	zr, err := gzip.NewReader(br)
	if err != nil {
		return nil, true, err
	}
	out := bufio.NewReaderSize(&inflated{zr: zr, in: in, free: l.Page, ratio: l.Ratio}, sniffLen)
	if head, _ := out.Peek(2); bytes.Equal(head, gzipMagic) {
		return nil, true, &errLimit{"is a gzip inside a gzip"}
	}
	return out, true, nil
}

// readReason is why reading failed, for people.
func readReason(err error, zipped bool) string {
	var limit *errLimit
	var corrupt flate.CorruptInputError
	switch {
	case errors.As(err, &limit):
		return limit.reason
	case zipped && errors.Is(err, io.ErrUnexpectedEOF), zipped && errors.Is(err, io.EOF):
		return "the gzip ends in the middle"
	case errors.Is(err, gzip.ErrChecksum):
		return "the gzip is damaged: its checksum does not fit"
	case errors.Is(err, gzip.ErrHeader), errors.As(err, &corrupt):
		return "the gzip is damaged"
	case errors.Is(err, io.ErrUnexpectedEOF):
		return "ends in the middle"
	}
	return "cannot be read: " + plainOS(err)
}
