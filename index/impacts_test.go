package index

import (
	"bufio"
	"bytes"
	"errors"
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
