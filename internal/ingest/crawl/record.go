package crawl

import (
	"bytes"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"strconv"
	"strings"

	"backfile/internal/ingest/item"
)

const (
	// maxHead is the most that the fields of a record or of an answer may have.
	maxHead = 256 << 10
	// maxLength is the longest record that is believed to be one.
	maxLength = 1 << 40
)

// record is one WARC record. Its body is valid until the next is read.
type record struct {
	at     at
	fields fields
	body   []byte
	// over: the body was longer, and only its beginning is there.
	over bool
}

// fields are the first values of names in lower case.
type fields map[string]string

// records reads the records of a stream.
type records struct {
	s    *stream
	body []byte
	max  int64 // of a body that is kept
	// known is what the crawl says of records that are still to come.
	known versions
}

// next is the next record. Its error is a refusal of this one, behind which reading
// goes on, or with more unset what ended the crawl: io.EOF at its end.
func (w *records) next() (rec record, more bool, err error) {
	s := w.s
	w.body = w.body[:0]
	for {
		b, err := s.peek(1)
		if len(b) == 0 {
			if rec.at = s.at(s.pos); err == io.EOF {
				return rec, false, io.EOF
			}
			return w.broken(rec, err)
		}
		if b[0] != '\r' && b[0] != '\n' {
			break
		}
		s.skip(1)
	}
	s.forget()
	rec.at = s.at(s.pos)
	if b, err := s.peek(len(magic)); string(b) != magic {
		if isDamage(err) {
			return w.broken(rec, err)
		}
		return w.lost(rec, errors.New("no WARC record begins here"))
	}
	if rec.fields, err = w.head(); err != nil {
		return w.broken(rec, err)
	}
	length, err := strconv.ParseInt(rec.fields["content-length"], 10, 64)
	if err != nil || length < 0 || length > maxLength {
		return w.lost(rec, errors.New("the record does not say how long it is"))
	}
	rec.over, err = w.read(length, w.worth(rec.fields))
	if err == nil {
		err = w.end(rec.over)
	}
	if err != nil {
		return w.broken(rec, err)
	}
	rec.body = w.body
	return rec, true, nil
}

var (
	errCut    = errors.New("the record ends in the middle")
	errLength = errors.New("the record is longer or shorter than it says")
	errHead   = errors.New("the record's fields are larger than 256 KiB")
)

func isDamage(err error) bool {
	var d *damage
	return errors.As(err, &d)
}

// broken refuses the record that was being read, and goes to the next.
func (w *records) broken(rec record, err error) (record, bool, error) {
	s := w.s
	switch {
	case isDamage(err):
		return rec, true, item.Refuse("%s", s.mend())
	case errors.Is(err, io.EOF):
		err = errCut
	case errors.Is(err, errCut), errors.Is(err, errLength), errors.Is(err, errHead):
	default:
		return rec, false, err
	}
	s.push(w.body)
	return w.lost(rec, err)
}

// lost refuses a record for what err says, and looks for the next. Where there is none
// before damage in the same gzip member, that is the reason.
func (w *records) lost(rec record, err error) (record, bool, error) {
	s := w.s
	at := s.pos
	s.find()
	var d *damage
	if errors.As(s.err, &d) && len(s.buf) == s.r && d.start <= at {
		return rec, true, item.Refuse("%s", s.mend())
	}
	return rec, true, item.Refuse("%s", err)
}

// head takes the lines of a record up to the blank one.
func (w *records) head() (fields, error) {
	s := w.s
	for n := 2 << 10; ; n = min(4*n, maxHead) {
		b, err := s.peek(n)
		if end := headEnd(b); end >= 0 {
			f := readFields(b[:end])
			s.skip(end)
			return f, nil
		}
		if err == nil && n >= maxHead {
			err = errHead
		}
		if err != nil {
			s.skip(min(len(b), len(magic)))
			return nil, err
		}
	}
}

// headEnd is where the first blank line of b ends, -1 where there is none.
func headEnd(b []byte) int {
	for at := 0; ; {
		i := bytes.IndexByte(b[at:], '\n')
		if i < 0 {
			return -1
		}
		at += i + 1
		switch rest := b[at:]; {
		case bytes.HasPrefix(rest, []byte("\r\n")):
			return at + 2
		case bytes.HasPrefix(rest, []byte("\n")):
			return at + 1
		}
	}
}

// readFields reads the fields behind a first line, each of which may go on in lines
// that begin with white space.
func readFields(head []byte) fields {
	f := fields{}
	name, first := "", true
	for line := range strings.Lines(string(head)) {
		line = strings.TrimRight(line, "\r\n")
		switch {
		case first:
			first = false
		case line != "" && (line[0] == ' ' || line[0] == '\t'):
			if v, ok := f[name]; ok {
				f[name] = strings.TrimSpace(v + " " + strings.TrimSpace(line))
			}
		default:
			n, v, _ := strings.Cut(line, ":")
			name = strings.ToLower(strings.TrimSpace(n))
			if _, twice := f[name]; name != "" && !twice {
				f[name] = strings.TrimSpace(v)
			} else {
				name = ""
			}
		}
	}
	return f
}

// maxPassed is how much is kept of a record that is no page, so that reading can go
// back where its length was wrong; and the most memory that outlasts a long one.
const maxPassed = 1 << 20

// worth is how much of the body that comes next is worth keeping: of films and pictures
// little is, for they are passed over.
func (w *records) worth(f fields) int64 {
	little := min(w.max, maxPassed)
	if f["content-type"] == VersionType || w.known.of != "" && w.known.of == f["warc-record-id"] {
		return w.max // an archive's own, whatever it is
	}
	if !strings.EqualFold(f["warc-type"], "response") {
		return little
	}
	b, _ := w.s.peek(2 << 10)
	if headEnd(b) < 0 {
		return w.max // its fields may go on
	}
	if a, err := readAnswer(b); err == nil && a.passed(f["warc-target-uri"]) != "" {
		return little
	}
	return w.max
}

// read takes a body of n bytes, of which it keeps up to most.
func (w *records) read(n, most int64) (over bool, err error) {
	s := w.s
	if cap(w.body) > 2*maxPassed {
		w.body = nil // one page in a thousand is as long
	}
	for n > 0 {
		b, err := s.peek(1)
		if len(b) == 0 {
			if over {
				w.body = w.body[:0]
			}
			return over, err
		}
		s.forget()
		if s.nextStart(s.pos) == s.pos {
			if b, _ := s.peek(len(magic)); string(b) == magic {
				if over {
					w.body = w.body[:0]
				}
				return over, errCut // the next record is here already
			}
		}
		b = s.buf[s.r:]
		b = b[:min(int64(len(b)), n)]
		if at := s.nextStart(s.pos + 1); at >= 0 {
			b = b[:min(int64(len(b)), at-s.pos)]
		}
		keep := min(int64(len(b)), most-int64(len(w.body)))
		w.body = append(w.body, b[:keep]...)
		over = over || keep < int64(len(b))
		n -= int64(len(b))
		s.skip(len(b))
	}
	return over, nil
}

// end takes the two line ends behind a body, and makes sure that the gzip member
// which the record lies in is whole, if it ends here.
func (w *records) end(over bool) error {
	s := w.s
	b, _ := s.peek(4)
	k := 0
	for k < len(b) && (b[k] == '\r' || b[k] == '\n') {
		k++
	}
	exact := string(b) == "\r\n\r\n" || bytes.HasPrefix(b, []byte("\n\n"))
	after, err := s.peek(k + len(magic))
	var d *damage
	if errors.As(err, &d) && d.start < s.pos {
		return err
	}
	after = after[min(k, len(after)):]
	if exact || len(after) == 0 || string(after) == magic || s.nextStart(s.pos+int64(k)) == s.pos+int64(k) {
		s.skip(k)
		return nil
	}
	if over {
		w.body = w.body[:0]
	}
	return errLength
}

// intact reports whether a body is what the digest of its record says it is. Digests
// of kinds that are not known say nothing.
func (r *record) intact() bool {
	kind, want, ok := strings.Cut(r.fields["warc-block-digest"], ":")
	if !ok || r.over {
		return true
	}
	var h hash.Hash
	switch strings.ReplaceAll(strings.ToLower(kind), "-", "") {
	case "sha1":
		h = sha1.New()
	case "sha256":
		h = sha256.New()
	case "md5":
		h = md5.New()
	default:
		return true
	}
	h.Write(r.body)
	sum := h.Sum(nil)
	switch want = strings.TrimSpace(want); len(want) {
	case hex.EncodedLen(len(sum)):
		return strings.EqualFold(want, hex.EncodeToString(sum))
	case base32.StdEncoding.EncodedLen(len(sum)), base32.StdEncoding.WithPadding(base32.NoPadding).EncodedLen(len(sum)):
		return strings.EqualFold(strings.TrimRight(want, "="), base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum))
	}
	return true
}
