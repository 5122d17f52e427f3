package crawl

import (
	"bytes"
	"compress/zlib"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"backfile/internal/ingest/item"
)

// decoded is the body without the codings that it was sent in, in memory of its own.
// Crawlers that decode what they store leave the fields as they came: a coding that
// the body does not have is taken for one of those.
func (a *answer) decoded(max int64) ([]byte, error) {
	b := a.body
	if strings.Contains(strings.ToLower(a.fields["transfer-encoding"]), "chunked") {
		b = dechunk(b)
	}
	codings := strings.Split(strings.ToLower(a.fields["content-encoding"]), ",")
	const most = 5
	if len(codings) > most {
		return nil, item.Refuse("is encoded more than %d times", most)
	}
	for i := len(codings) - 1; i >= 0; i-- {
		var err error
		if b, err = inflate(b, strings.TrimSpace(codings[i]), max); err != nil {
			return nil, err
		}
	}
	if int64(len(b)) > max {
		return nil, tooLarge(max)
	}
	return bytes.Clone(b), nil
}

func tooLarge(max int64) error {
	if max >= 1<<20 {
		return item.Refuse("the page is larger than %d MiB", max>>20)
	}
	return item.Refuse("the page is larger than %d bytes", max)
}

// inflate undoes one coding.
func inflate(b []byte, coding string, max int64) ([]byte, error) {
	var r io.Reader
	var err error
	src := bytes.NewReader(b)
	switch coding {
	case "gzip", "x-gzip":
		if !bytes.HasPrefix(b, gzipMagic) {
			return b, nil
		}
		r, err = gzip.NewReader(src)
	case "deflate":
		if r, err = zlib.NewReader(src); err != nil { // many send it bare
			if isText(b) {
				return b, nil
			}
			r, err = flate.NewReader(bytes.NewReader(b)), nil
		}
	case "zstd":
		if !bytes.HasPrefix(b, []byte{0x28, 0xb5, 0x2f, 0xfd}) {
			return b, nil
		}
		var d *zstd.Decoder
		d, err = zstd.NewReader(src, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(64<<20), zstd.WithDecoderMaxWindow(8<<20))
		if err == nil {
			defer d.Close()
			r = d
		}
	case "br":
		r = brotli.NewReader(src)
	case "", "identity", "none":
		return b, nil
	default:
		return nil, item.Refuse("is encoded in a way that is not known (%s)", strings.ToValidUTF8(coding[:min(len(coding), 40)], ""))
	}
	if err == nil {
		var out []byte
		if out, err = io.ReadAll(io.LimitReader(r, max+1)); int64(len(out)) > max {
			return nil, tooLarge(max)
		}
		if err == nil {
			return out, nil
		}
	}
	if isText(b) {
		return b, nil
	}
	return nil, item.Refuse("is damaged: its content cannot be decoded (%s)", coding)
}

// isText reports whether b is a text already: no coding leaves it valid UTF-8 without
// a control character in its first bytes.
func isText(b []byte) bool {
	b = b[:min(len(b), 4096)]
	for n := 0; n < utf8.UTFMax && len(b) > 0 && !utf8.Valid(b); n++ {
		b = b[:len(b)-1]
	}
	return len(b) > 0 && utf8.Valid(b) && bytes.IndexFunc(b, func(r rune) bool { return r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != '\f' }) < 0
}

// dechunk undoes the chunked coding, as far as it goes; b itself where it is not in
// chunks.
func dechunk(b []byte) []byte {
	out := make([]byte, 0, len(b))
	for rest := b; ; {
		line, _, ok := bytes.Cut(rest[:min(len(rest), 4096)], []byte("\n"))
		size, _, _ := bytes.Cut(line, []byte(";"))
		n, err := strconv.ParseUint(string(bytes.TrimSpace(size)), 16, 62)
		if !ok || err != nil {
			if len(rest) == len(b) {
				return b
			}
			return out
		}
		rest = rest[len(line)+1:]
		if n == 0 {
			return out
		}
		if n >= uint64(len(rest)) {
			return append(out, rest...) // it was cut off
		}
		out, rest = append(out, rest[:n]...), rest[n:]
		rest = bytes.TrimPrefix(bytes.TrimPrefix(rest, []byte("\r")), []byte("\n"))
	}
}
