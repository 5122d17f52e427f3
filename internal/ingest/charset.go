package ingest

import (
	"bytes"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// wide returns the encoding of a text in UTF-16, told by its byte order mark or
// by where its zero bytes stand; nil for any other text.
func wide(b []byte) encoding.Encoding {
	le := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	be := unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	switch {
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}):
		return le
	case bytes.HasPrefix(b, []byte{0xfe, 0xff}):
		return be
	}
	// Without a mark: in text of Western scripts every other byte is zero.
	b = b[:min(len(b), 512)]
	var even, odd int
	for i, c := range b {
		if c == 0 && i%2 == 0 {
			even++
		} else if c == 0 {
			odd++
		}
	}
	half := len(b) / 2
	switch {
	case half < 8:
	case odd > half*3/4 && even == 0:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case even > half*3/4 && odd == 0:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	}
	return nil
}

var utf8BOM = []byte("\xef\xbb\xbf")

// decode is b as UTF-8. A mark of the encoding is believed, then UTF-8 that is
// whole, then a guess from the letters, and last windows-1252, in which
// every byte is a character. label, from a media type, is asked before guessing.
func decode(b []byte, label string) string {
	if e := wide(b); e != nil {
		if out, err := e.NewDecoder().Bytes(b); err == nil {
			return string(out)
		}
	}
	b = bytes.TrimPrefix(b, utf8BOM)
	if utf8.Valid(b) {
		return string(b)
	}
	if whole := trimPartial(b); utf8.Valid(whole) {
		return string(whole)
	}
	if mostlyUTF8(b) {
		return string(bytes.ToValidUTF8(b, []byte("\uFFFD")))
	}
	if e, _ := charset.Lookup(label); e != nil {
		if out, err := e.NewDecoder().Bytes(b); err == nil && utf8.Valid(out) {
			return string(out)
		}
	}
	if s, ok := guess(b); ok {
		return s
	}
	out, _ := charmap.Windows1252.NewDecoder().Bytes(b) // never fails: unknown bytes become U+FFFD
	return string(out)
}

// trimPartial drops a character that the end of the data cut.
func trimPartial(b []byte) []byte {
	for i := 1; i <= utf8.UTFMax && i <= len(b); i++ {
		if utf8.RuneStart(b[len(b)-i]) {
			if !utf8.FullRune(b[len(b)-i:]) {
				return b[:len(b)-i]
			}
			break
		}
	}
	return b
}

// mostlyUTF8 tells UTF-8 with a few broken bytes from another encoding: it has
// many more whole characters beyond ASCII than broken bytes.
func mostlyUTF8(b []byte) bool {
	good, bad := 0, 0
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		b = b[n:]
	}
	return good > 10*bad
}

// guess asks the letters' statistics. A weak answer is worse than none: Western
// text is then windows-1252 more often than anything else.
func guess(b []byte) (string, bool) {
	const confident = 60
	head := b[:min(len(b), 64<<10)]
	best, err := chardet.NewTextDetector().DetectBest(head)
	if err != nil || best.Confidence < confident {
		return "", false
	}
	name := best.Charset
	if name == "ISO-8859-1" {
		name = "windows-1252" // what calls itself Latin 1 has curly quotation marks
	}
	e, _ := charset.Lookup(name)
	if e == nil {
		return "", false
	}
	out, err := e.NewDecoder().Bytes(b)
	if err != nil || !utf8.Valid(out) {
		return "", false
	}
	return string(out), true
}
