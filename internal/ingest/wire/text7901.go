package wire

import (
	"bufio"
	"bytes"
	"io"
	"iter"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"backfile/internal/ingest/item"
)

// The control characters that part a message.
const (
	soh, stx, etx, eot = 0x01, 0x02, 0x03, 0x04
	syn                = 0x16
	us                 = 0x1f
)

// header7901 is the first line of a message of IPTC 7901: source and number,
// priority, category, words, and what the agency adds. Teleprinters' ZCZC may stand
// for the start of heading.
var header7901 = regexp.MustCompile(`^([A-Za-z]{1,7})-?[ \t]?(\d{1,6})[ \t]+([0-9A-Za-z])[ \t]+([A-Za-z]{1,4})[ \t]*(\d{0,5})\b[ \t]*([^\r\n]*)`)

// headerANPA is the first line of one of ANPA 1312: service level, number, and the
// format's id between unit separators.
var headerANPA = regexp.MustCompile(`^([A-Za-z])[ \t]?(\d{1,5})\x1f`)

// IsText knows messages of IPTC 7901 and ANPA 1312 by their heading.
func IsText(head []byte) bool {
	h := trimStart(head)
	switch {
	case bytes.HasPrefix(h, []byte{soh}):
		return header7901.Match(h[1:]) || headerANPA.Match(h[1:])
	case bytes.HasPrefix(h, []byte("ZCZC")):
		return header7901.Match(bytes.TrimLeft(h[4:], " \r\n"))
	}
	return false
}

// trimStart drops what transmission puts in front of a heading.
func trimStart(b []byte) []byte {
	return bytes.TrimLeft(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")), "\x00\x16\x7f \r\n")
}

// Text reads the messages of a stream of IPTC 7901 or ANPA 1312, one at a time.
func Text(r io.Reader, l item.Limits) iter.Seq2[item.Record, error] {
	l = l.OrDefault()
	return func(yield func(item.Record, error) bool) {
		br := bufio.NewReaderSize(item.Capped(r, l.Stream), 64<<10)
		for n := 1; ; n++ {
			rec := item.Record{Place: strconv.Itoa(n)}
			msg, whole, err := nextMessage(br, l.Item)
			switch {
			case err != nil && err != io.EOF:
				yield(rec, err)
				return
			case !whole:
				if !yield(rec, item.Refuse("is larger than %d MiB", l.Item>>20)) || err == io.EOF {
					return
				}
				continue
			case len(bytes.TrimSpace(trimStart(msg))) == 0:
				if n == 1 {
					yield(item.Record{}, item.Refuse("no message of IPTC 7901 is in it"))
				}
				return
			}
			rec, e := readMessage(msg)
			rec.Place = strconv.Itoa(n)
			if !yield(rec, e) || err == io.EOF {
				return
			}
		}
	}
}

// nextMessage reads to the end of a message: EOT, NNNN on a line of its own, or
// the heading of the next. whole is false where it was longer than max and is only
// read past. At the end of the stream err is io.EOF, beside what was left.
func nextMessage(br *bufio.Reader, max int64) (msg []byte, whole bool, err error) {
	content, size, fresh := false, int64(0), true
	for {
		if next, _ := br.Peek(5); fresh && content && startsMessage(next) {
			return msg, size <= max, nil
		}
		line, err := br.ReadSlice('\n')
		end := bytes.IndexByte(line, eot)
		if end >= 0 {
			// What stands behind it on the line is filling.
			line = line[:end]
		}
		size += int64(len(line))
		if size <= max {
			msg = append(msg, line...)
		} else {
			msg = nil
		}
		content = content || len(bytes.TrimSpace(trimStart(line))) > 0
		if content && (end >= 0 || fresh && bytes.Equal(bytes.TrimSpace(line), []byte("NNNN"))) {
			return bytes.TrimSuffix(bytes.TrimSpace(msg), []byte("NNNN")), size <= max, nil
		}
		if err != nil && err != bufio.ErrBufferFull {
			return msg, size <= max, err
		}
		if size > 8*max { // no end is in sight
			return nil, false, io.EOF
		}
		fresh = err == nil
	}
}

// startsMessage reports whether a line begins a message.
func startsMessage(line []byte) bool {
	t := bytes.TrimLeft(line, "\x16")
	return bytes.HasPrefix(t, []byte{soh}) || bytes.HasPrefix(t, []byte("ZCZC"))
}

// readMessage takes a message apart into heading, text and ending.
func readMessage(msg []byte) (item.Record, error) {
	msg = trimStart(msg)
	raw := msg
	if utf8.Valid(msg) {
	} else if out, err := charmap.Windows1252.NewDecoder().Bytes(msg); err == nil {
		msg = out
	}
	msg = bytes.TrimPrefix(msg, []byte{soh})
	if bytes.HasPrefix(msg, []byte("ZCZC")) {
		msg = bytes.TrimLeft(msg[4:], " \r\n")
	}
	heading, text, marked := strings.Cut(unvaried(string(msg)), string(rune(stx)))
	if !marked {
		// Without the mark, a heading is one line, and those up to a blank one.
		heading, text, _ = strings.Cut(strings.ReplaceAll(heading, "\r\n", "\n"), "\n")
	}
	text, ending, _ := strings.Cut(text, string(rune(etx)))
	rec := item.Record{RawType: "text/plain", Raw: raw}
	var err error
	switch {
	case headerANPA.MatchString(heading):
		readANPA(&rec, heading, text, ending)
	case header7901.MatchString(heading):
		read7901(&rec, heading, text, ending)
	default:
		return rec, item.Refuse("has no heading of IPTC 7901 or ANPA 1312")
	}
	err = item.Settle(&rec)
	return rec, err
}
