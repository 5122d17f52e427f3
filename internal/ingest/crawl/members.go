package crawl

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
)

const (
	// peekLen is how much of a member is looked at to find that it begins a record.
	peekLen = 64 << 10
	// A member that has inflated to more than freeInflated and to more than maxRatio
	// times its size is a trap. Text rarely passes 20 times.
	freeInflated, maxRatio = 16 << 20, 200
	// maxRewound and maxTries bound the search for records behind damaged ones: how
	// many bytes are read again, how many beginnings are tried in vain.
	maxRewound, maxTries = 256 << 20, 100_000
)

var gzipMagic = []byte{0x1f, 0x8b, 0x08}

// damage is a gzip member that cannot be read on. It began at the offset at, and at
// the inflated position start.
type damage struct {
	at, start int64
	reason    string
}

func (d *damage) Error() string { return d.reason }

// errTries ends a crawl.
var errTries = errors.New("has too many damaged records to go on")

// start is where a member begins: its inflated position and its offset.
type start struct{ pos, offset int64 }

// members inflates the gzip members of a crawl one after another.
type members struct {
	src     *rewinder
	br      *bufio.Reader
	zr      gzip.Reader
	probe   gzip.Reader
	open    bool
	now     start   // of the open member
	starts  []start // of members that are not forgotten
	n       int64   // inflated bytes of all
	failed  error   // until resync
	rewound int64
	tries   int
}

func newMembers(r io.Reader) *members {
	src := &rewinder{r: r}
	return &members{src: src, br: bufio.NewReaderSize(src, peekLen)}
}

func (m *members) offset() int64 { return m.src.pos - int64(m.br.Buffered()) }

// Read gives bytes of one member at a time, so that a start lies between reads.
func (m *members) Read(p []byte) (int, error) {
	for m.failed == nil {
		if !m.open {
			if err := m.begin(); err != nil {
				m.fail(err)
				break
			}
		}
		n, err := m.zr.Read(p)
		m.n += int64(n)
		if err == io.EOF {
			m.open = false // its checksum fits
		} else if err != nil {
			m.fail(err)
		} else if out := m.n - m.now.pos; out > freeInflated && out > maxRatio*(m.offset()-m.now.offset) {
			m.failed = &damage{m.now.offset, m.now.pos, fmt.Sprintf("inflates to more than %d times its size", maxRatio)}
		}
		if n > 0 {
			return n, nil
		}
	}
	return 0, m.failed
}

// begin opens the member that comes next.
func (m *members) begin() error {
	m.src.mark = m.offset()
	m.now = start{m.n, m.offset()}
	b, err := m.br.Peek(1)
	for ; err == nil && b[0] == 0; b, err = m.br.Peek(1) {
		_, _ = m.br.Discard(1) // padding
	}
	if err != nil {
		return err
	}
	m.now.offset = m.offset()
	m.src.mark = m.now.offset
	if last := len(m.starts) - 1; last >= 0 && m.starts[last].pos == m.n {
		m.starts[last] = m.now // an empty member lies before
	} else {
		m.starts = append(m.starts, m.now)
	}
	if err := m.zr.Reset(m.br); err != nil {
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return err
	}
	m.zr.Multistream(false)
	m.open = true
	return nil
}

// fail keeps why reading ended: what the file's own reader said, or the damage.
func (m *members) fail(err error) {
	var corrupt flate.CorruptInputError
	d := &damage{at: m.now.offset, start: m.now.pos}
	switch {
	case m.src.err != nil && m.src.err != io.EOF:
		m.failed = m.src.err
		return
	case err == io.EOF:
		m.failed = err
		return
	case errors.Is(err, io.ErrUnexpectedEOF):
		d.reason = "the gzip ends in the middle"
	case errors.Is(err, gzip.ErrChecksum):
		d.reason = "the gzip is damaged: its checksum does not fit"
	case errors.Is(err, gzip.ErrHeader):
		d.reason = "no gzip begins here"
	case errors.As(err, &corrupt):
		d.reason = "the gzip is damaged"
	default:
		d.reason = "the gzip is damaged: " + err.Error()
	}
	m.failed = d
}

// resync goes to the next member behind the damaged one that begins a record, or to
// the end.
func (m *members) resync() {
	m.failed, m.open = nil, false
	next := m.now.offset + 1
	if again := m.src.pos - next; m.rewound+again <= maxRewound && m.src.back(next) {
		m.rewound += max(again, 0)
		m.br.Reset(m.src)
	}
	if skip := next - m.offset(); skip > 0 {
		_, _ = m.br.Discard(int(skip))
	}
	for {
		b, err := m.br.Peek(peekLen)
		i := bytes.Index(b, gzipMagic)
		if i < 0 {
			if err != nil {
				_, _ = m.br.Discard(len(b))
				return
			}
			_, _ = m.br.Discard(len(b) - len(gzipMagic) + 1)
			continue
		}
		_, _ = m.br.Discard(i)
		b, _ = m.br.Peek(peekLen)
		if beginsRecord(&m.probe, b) {
			return
		}
		if m.tries++; m.tries > maxTries {
			m.failed = errTries
			return
		}
		_, _ = m.br.Discard(1)
	}
}

// beginsRecord reports whether a gzip that begins with b holds a WARC record first.
func beginsRecord(zr *gzip.Reader, b []byte) bool {
	if zr.Reset(bytes.NewReader(b)) != nil {
		return false
	}
	got := make([]byte, len(magic))
	n, _ := io.ReadFull(zr, got)
	return string(got[:n]) == magic
}
