package ingest

import (
	"bytes"
	"io"
	"testing"
	"time"
	"unicode/utf8"

	"backfile/internal/fuzztime"
)

// Whatever bytes come, and whatever charset is stated, what is decoded is UTF-8.
func FuzzDecode(f *testing.F) {
	for _, seed := range []struct{ b, charset string }{
		{"A tide.", ""}, {"caf\xe9", "iso-8859-1"}, {"\xff\xfea\x00", ""}, {"\xfe\xff\x00a", "utf-16"}, {"\x93\xfa\x96\x7b", "shift_jis"}, {"<meta charset=big5>", "nonsense"}, {"\xef\xbb\xbfa", "utf-8"},
	} {
		f.Add([]byte(seed.b), seed.charset)
	}
	f.Fuzz(func(t *testing.T, b []byte, charset string) {
		defer fuzztime.Check(t, time.Now())
		for _, s := range []string{decode(b, charset), decodePage(b, "text/html; charset="+charset)} {
			if !utf8.ValidString(s) {
				t.Errorf("%q is not UTF-8", s)
			}
		}
	})
}

// A gzip gives at most so many times its size, or says why not.
func FuzzInflate(f *testing.F) {
	f.Add(zip(f, []byte("A tide.")))
	f.Add(zip(f, bytes.Repeat([]byte("a"), 100_000)))
	f.Add(zip(f, zip(f, []byte("twice"))))
	f.Add([]byte{0x1f, 0x8b})
	f.Fuzz(func(t *testing.T, b []byte) {
		defer fuzztime.Check(t, time.Now())
		l := Limits{Page: 1 << 20}.orDefault()
		r, zipped, err := inflate(bytes.NewReader(b), l)
		if err != nil {
			_ = readReason(err, zipped)
			return
		}
		n, err := io.Copy(io.Discard, r)
		if most := l.Page + l.Ratio*int64(len(b)) + sniffLen; n > most {
			t.Errorf("%d bytes of %d, %v", n, len(b), err)
		}
	})
}

// The other readers of dates give a date that can be, or none.
func FuzzDates(f *testing.F) {
	for _, s := range []string{"2024-03-11T09:05:00+01:00", "Mon, 11 Mar 2024 08:15:00 GMT", "https://ledger.example/2024/03/11/dues", "11 mars 2024", "ABERDEEN, March 11 (AP) — Ships", "20240311T081500Z", "1710144900", "3/11/24", "2024-02-30"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		defer fuzztime.Check(t, time.Now())
		if d, ok := parseMetaDate(s); ok {
			if _, can := d.Time(); !can {
				t.Errorf("parseMetaDate(%q) = %+v", s, d)
			}
		}
		if d := dateInURL(s); !d.IsZero() {
			if _, can := d.Time(); !can {
				t.Errorf("dateInURL(%q) = %+v", s, d)
			}
		}
		_ = dateOnly(s)
		_, _ = readDateline(s)
	})
}
