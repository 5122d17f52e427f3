package store

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"backfile/internal/fuzztime"
	"backfile/internal/news"
)

func TestRecord(t *testing.T) {
	for _, payload := range []string{"", "x", strings.Repeat("words ", 200), strings.Repeat("\x00\xff", 2000)} {
		rec := encodeRecord("b", []byte("k"), []byte(payload))
		got, err := decodeRecord("b", []byte("k"), rec)
		if err != nil || string(got) != payload {
			t.Errorf("decodeRecord of %d bytes = %d bytes, %v", len(payload), len(got), err)
		}
		if len(payload) > 1000 && len(rec) > len(payload)/2 {
			t.Errorf("a record of %d bytes takes %d", len(payload), len(rec))
		}
		for _, place := range [][2]string{{"c", "k"}, {"b", "l"}, {"bk", ""}} {
			if _, err := decodeRecord(place[0], []byte(place[1]), rec); !errors.Is(err, news.ErrDamaged) {
				t.Errorf("a record read from %q: %v, want ErrDamaged", place, err)
			}
		}
		for i := range rec {
			bad := bytes.Clone(rec)
			bad[i] ^= byte(1 << rand.IntN(8))
			if _, err := decodeRecord("b", []byte("k"), bad); !errors.Is(err, news.ErrDamaged) {
				t.Fatalf("byte %d of %d flipped: %v, want ErrDamaged", i, len(rec), err)
			}
		}
		for i := range rec {
			if _, err := decodeRecord("b", []byte("k"), rec[:i]); !errors.Is(err, news.ErrDamaged) {
				t.Fatalf("cut to %d of %d bytes: %v, want ErrDamaged", i, len(rec), err)
			}
		}
	}
}

func TestDamagedNamesThePlace(t *testing.T) {
	for _, tc := range []struct{ key, want string }{
		{"person\x00liz-truss", `"person/liz-truss"`}, {"\x00\x01", `"0001"`}, {"\xff", `"ff"`}, {"łódź", `"łódź"`},
	} {
		err := damaged("things", []byte(tc.key), "it is odd")
		if !strings.Contains(err.Error(), tc.want) || !strings.Contains(err.Error(), "things") {
			t.Errorf("damaged(%q) = %v, want it to name %s", tc.key, err, tc.want)
		}
	}
}

func FuzzDecodeRecord(f *testing.F) {
	for _, p := range []string{"", "x", strings.Repeat("words ", 200)} {
		f.Add(encodeRecord("b", []byte("k"), []byte(p)))
	}
	f.Add([]byte{recordVersion, codecZstd})
	f.Fuzz(func(t *testing.T, rec []byte) {
		defer fuzztime.Check(t, time.Now())
		got, err := decodeRecord("b", []byte("k"), rec)
		if err != nil {
			if !errors.Is(err, news.ErrDamaged) {
				t.Fatalf("decodeRecord: %v, want ErrDamaged", err)
			}
			// With its sum put right, the payload itself is tried.
			if len(rec) < recordHeader {
				return
			}
			rec = bytes.Clone(rec)
			sum := recordSum("b", []byte("k"), rec)
			copy(rec[2:recordHeader], sum[:sumLength])
			if got, err = decodeRecord("b", []byte("k"), rec); err != nil {
				return
			}
		}
		again, err := decodeRecord("b", []byte("k"), encodeRecord("b", []byte("k"), got))
		if err != nil || !bytes.Equal(again, got) {
			t.Fatalf("the payload %q came back as %q, %v", got, again, err)
		}
	})
}

func FuzzReadPacked(f *testing.F) {
	f.Add(pack([]byte("x")).rec)
	f.Add(pack([]byte(strings.Repeat("words ", 200))).rec)
	f.Add(append(packHead{codec: packHole, stored: 3}.encode(), 0, 0, 0))
	f.Fuzz(func(t *testing.T, b []byte) {
		defer fuzztime.Check(t, time.Now())
		h, content, err := readPacked(bytes.NewReader(b), 0, int64(len(b)))
		if err != nil {
			if !errors.Is(err, news.ErrDamaged) {
				t.Fatalf("readPacked: %v, want ErrDamaged", err)
			}
			return
		}
		if h.codec != packHole && pack(content).hash != h.content {
			t.Fatalf("content %q does not have the hash %x", content, h.content)
		}
	})
}

func FuzzWalkPages(f *testing.F) {
	f.Add([]byte("not a page"), uint16(0))
	f.Fuzz(func(t *testing.T, b []byte, at uint16) {
		defer fuzztime.Check(t, time.Now())
		file := append(make([]byte, 0, 16<<12), sampleDB(t)...)
		copy(file[min(int(at)+2*4096, len(file)):], b)
		m := metaPage{pageSize: 4096, root: sampleRoot, pages: uint64(len(file) / 4096)}
		_ = walkPages(bytes.NewReader(file), m) // no panic, no hang
	})
}
