package crawl

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"backfile/internal/ingest/item"
)

// magic is how every record begins.
const magic = "WARC/1."

// maxPushed bounds how many bytes are read again because the length of the record
// that they were taken for was wrong.
const maxPushed = 64 << 20

// stream is the inflated bytes of a crawl, of which each position is known.
type stream struct {
	src    io.Reader
	m      *members // nil where nothing is gzipped
	buf    []byte
	r      int   // of buf, what is read
	pos    int64 // of buf[r]
	base   int64 // offset in the file of where src begins
	last   byte  // what stands before pos
	pushed int64
	err    error // what comes behind buf
}

func newStream(r io.Reader, zipped bool, max int64) *stream {
	s := &stream{src: r}
	if zipped {
		s.m = newMembers(r)
		s.src = s.m
	}
	s.src = item.Capped(s.src, max)
	return s
}

// peek is the next n bytes; fewer of them with the reason.
func (s *stream) peek(n int) ([]byte, error) {
	for len(s.buf)-s.r < n {
		if s.err != nil {
			return s.buf[s.r:], s.err
		}
		s.fill()
	}
	return s.buf[s.r : s.r+n], nil
}

func (s *stream) fill() {
	const chunk = 32 << 10
	if s.r > 0 && cap(s.buf)-len(s.buf) < chunk {
		s.buf = s.buf[:copy(s.buf, s.buf[s.r:])]
		s.r = 0
	}
	if free := cap(s.buf) - len(s.buf); free < chunk {
		s.buf = append(make([]byte, 0, 2*cap(s.buf)+2*chunk), s.buf...)
	}
	for tries := 0; ; tries++ {
		n, err := s.src.Read(s.buf[len(s.buf):cap(s.buf)])
		s.buf = s.buf[:len(s.buf)+n]
		if s.err = err; n > 0 || err != nil {
			return
		}
		if tries > 100 {
			s.err = io.ErrNoProgress
			return
		}
	}
}

// skip takes n bytes that were peeked at.
func (s *stream) skip(n int) {
	if n > 0 {
		s.last = s.buf[s.r+n-1]
		s.r += n
		s.pos += int64(n)
	}
}

// push gives bytes back that were just taken, unless that has been done too often.
func (s *stream) push(b []byte) {
	if s.pushed += int64(len(b)); s.pushed > maxPushed || len(b) == 0 {
		return
	}
	s.buf = append(bytes.Clone(b), s.buf[s.r:]...)
	s.r = 0
	s.pos -= int64(len(b))
	s.last = '\n' // what pushed bytes follow is a blank line
}

// at is a place in a crawl's file: an offset, and inflated bytes behind it.
type at struct{ offset, inflated int64 }

// String names the place for people.
func (a at) String() string {
	if a.inflated > 0 {
		return fmt.Sprintf("offset %d+%d", a.offset, a.inflated)
	}
	return fmt.Sprintf("offset %d", a.offset)
}

// at is the place of a position.
func (s *stream) at(pos int64) at {
	if s.m == nil {
		return at{offset: s.base + pos}
	}
	in := s.m.now
	for _, st := range s.m.starts {
		if st.pos > pos {
			break
		}
		in = st
	}
	return at{s.base + in.offset, max(0, pos-in.pos)}
}

// discard goes on to the position n, from the beginning.
func (s *stream) discard(n int64) {
	for n > 0 {
		b, err := s.peek(1)
		if len(b) == 0 || err != nil {
			return
		}
		k := min(n, int64(len(s.buf)-s.r))
		s.skip(int(k))
		n -= k
	}
}

// forget drops the starts of members before the one that pos lies in.
func (s *stream) forget() {
	if s.m == nil {
		return
	}
	i := 0
	for i+1 < len(s.m.starts) && s.m.starts[i+1].pos <= s.pos {
		i++
	}
	s.m.starts = s.m.starts[i:]
}

// nextStart is the first position from pos on at which a member begins, as far as
// the stream is read; -1 where none does.
func (s *stream) nextStart(pos int64) int64 {
	if s.m == nil {
		return -1
	}
	for _, st := range s.m.starts {
		if st.pos >= pos {
			return st.pos
		}
	}
	return -1
}

// find goes to the next record: a line that begins as one, or such a member. It ends
// before whatever ends the stream.
func (s *stream) find() {
	for {
		s.forget()
		b, err := s.peek(32 << 10)
		for at := 0; at < len(b); {
			i := bytes.Index(b[at:], []byte(magic))
			if i < 0 {
				break
			}
			at += i
			before := s.last
			if at > 0 {
				before = b[at-1]
			}
			if before == '\n' || s.nextStart(s.pos+int64(at)) == s.pos+int64(at) {
				s.skip(at)
				return
			}
			at++
		}
		if err != nil {
			s.skip(len(b))
			return
		}
		s.skip(len(b) - len(magic) + 1)
	}
}

// mend goes to where reading can go on behind damage, and says what that was.
func (s *stream) mend() (reason string) {
	var d *damage
	if !errors.As(s.err, &d) {
		return ""
	}
	s.m.resync()
	s.buf, s.r, s.err, s.last = s.buf[:0], 0, nil, 0
	s.pos = s.m.n
	return d.reason
}
