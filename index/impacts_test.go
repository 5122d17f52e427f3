package index

import (
	"bufio"
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"backfile/internal/fuzztime"
	"backfile/internal/news"
)

// FuzzReadImpacts reads anything as impacts: what is none is damaged, and what is read has the
// lengths that it says.
func FuzzReadImpacts(f *testing.F) {
	var out bytes.Buffer
	w := &sumWriter{w: bufio.NewWriter(&out)}
	w.write(appendList(nil, []uint32{postingOf(1, 5), postingOf(3, 7)}, []byte{1, 2}, 4))
	if err := w.finish([]uint64{0, 77}, []uint32{1}, []uint64{0}, 4, 9); err != nil {
		f.Fatal(err)
	}
	f.Add(out.Bytes(), uint64(9))
	f.Fuzz(func(t *testing.T, data []byte, of uint64) {
		defer fuzztime.Check(t, time.Now())
		m, err := readImpacts(data, of)
		if err != nil {
			if !errors.Is(err, news.ErrDamaged) {
				t.Errorf("error %v", err)
			}
			return
		}
		if m.check() == nil {
			m.find(77)
		}
	})
}

// TestDamagedImpacts opens an index whose impacts are not what was written: they are made anew where
// that shows at once, and the index is where it shows when they are read through.
func TestDamagedImpacts(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	x := mustOpen(t, dir, "store")
	n := smallSegment + 500
	feed(t, x, 0, n)
	if err := x.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	want := total(t, x, "council")
	for _, tc := range []struct {
		name  string
		spoil func([]byte) []byte
		fresh bool
	}{
		{"whole", func(b []byte) []byte { return b }, false},
		{"cut short", func(b []byte) []byte { return b[:len(b)/2] }, false},
		{"empty", func([]byte) []byte { return nil }, false},
		{"a bit flipped", func(b []byte) []byte { b[len(b)/2] ^= 4; return b }, true},
	} {
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
		files, err := filepath.Glob(filepath.Join(dir, "g*", impactsDir, "*"))
		if err != nil || len(files) != 1 {
			t.Fatalf("files %v, %v", files, err)
		}
		b, err := os.ReadFile(files[0])
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(files[0], tc.spoil(b), 0o600); err != nil {
			t.Fatal(err)
		}
		x = mustOpen(t, dir, "store")
		if x.Fresh() != tc.fresh {
			t.Errorf("%s: fresh %t, want %t: %s", tc.name, x.Fresh(), tc.fresh, x.Why())
		}
		if got := total(t, x, "council"); !tc.fresh && got != want {
			t.Errorf("%s: %d found, want %d", tc.name, got, want)
		}
	}
}

// TestInverterOfSmaller makes impacts with the room of an index that had more words: what this one's
// vocabulary lacks is no word of it.
func TestInverterOfSmaller(t *testing.T) {
	v := &inverter{number: map[string][]uint32{"en": make([]uint32, 1000)}, met: map[string][]uint32{}, byHash: map[uint64]uint32{},
		words: []string{"harbour"}, stems: &stemHashes{by: map[string][]uint64{}}, hashes: []uint64{0}, counts: []uint32{0}, tally: tally{slot: []uint32{0}}}
	v.read(appendCode(appendCode([]byte{pieceBody}, 0), 999), "en")
	if len(v.found) != 1 || v.found[0].body != 1 {
		t.Errorf("found %+v, want one word once", v.found)
	}
}
