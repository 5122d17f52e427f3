package tagger

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"github.com/klauspost/compress/zstd"
)

// magic and version open a model's bytes before they are packed.
const magic = "names\x01"

// ErrModel is what Load's errors wrap.
var ErrModel = errors.New("no model of names")

// Bytes writes the model, packed. Equal models give equal bytes.
func (m *Model) Bytes() []byte {
	b := []byte(magic)
	b = binary.AppendUvarint(b, units)
	b = binary.AppendVarint(b, int64(m.agree))
	for a := range labels {
		for l := range labels {
			b = binary.AppendVarint(b, int64(m.step[a][l]))
		}
	}
	b = binary.AppendVarint(b, int64(m.ease))
	b = binary.AppendUvarint(b, uint64(len(m.sources)))
	for _, name := range m.sources {
		b = binary.AppendUvarint(b, uint64(len(name)))
		b = append(b, name...)
	}
	b = m.tables.Clusters.append(b)
	b = binary.AppendUvarint(b, uint64(len(m.keys)))
	before := uint32(0)
	for _, k := range m.keys {
		b = binary.AppendUvarint(b, uint64(k-before))
		before = k
	}
	for _, r := range m.rows {
		var mask uint32
		for l := range labels {
			if r[l] != 0 {
				mask |= 1 << l
			}
		}
		b = binary.LittleEndian.AppendUint32(b, mask)
	}
	for _, r := range m.rows {
		for l := range labels {
			if r[l] != 0 {
				b = binary.AppendVarint(b, int64(r[l]))
			}
		}
	}
	w, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		panic(err) // only for options that do not exist
	}
	return w.EncodeAll(b, nil)
}

func (c *Clusters) append(b []byte) []byte {
	if c == nil {
		return binary.AppendUvarint(b, 0)
	}
	words := make([]string, 0, len(c.Words))
	for w := range c.Words {
		words = append(words, w)
	}
	slices.Sort(words)
	b = binary.AppendUvarint(b, uint64(len(words)))
	for _, w := range words {
		b = binary.AppendUvarint(b, uint64(len(w)))
		b = append(b, w...)
		b = binary.AppendUvarint(b, uint64(c.Words[w][0]))
		b = binary.AppendUvarint(b, uint64(c.Words[w][1]))
	}
	return b
}

// most is the size up to which a model is unpacked.
const most = 64 << 20

// Load reads a model, which was learnt with these classes. Its errors wrap
// ErrModel.
func Load(packed []byte, classes *Classes) (*Model, error) {
	z, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(most))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrModel, err)
	}
	defer z.Close()
	b, err := z.DecodeAll(packed, nil)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrModel, err)
	}
	if len(b) < len(magic) || string(b[:len(magic)]) != magic {
		return nil, fmt.Errorf("%w: another format", ErrModel)
	}
	r := &reader{b: b[len(magic):]}
	if r.uvarint() != units {
		return nil, fmt.Errorf("%w: another unit", ErrModel)
	}
	m := &Model{tables: Tables{Classes: classes, Clusters: &Clusters{}}, agree: int32(r.varint())}
	for a := range labels {
		for l := range labels {
			m.step[a][l] = int32(r.varint())
		}
	}
	m.ease = int32(r.varint())
	for range r.count() {
		m.sources = append(m.sources, string(r.bytes(r.count())))
	}
	n := r.count()
	m.tables.Clusters.Words = make(map[string][2]uint16, n)
	for range n {
		w := r.bytes(r.count())
		m.tables.Clusters.Words[string(w)] = [2]uint16{uint16(r.uvarint()), uint16(r.uvarint())}
	}
	n = r.count()
	m.keys = make([]uint32, n)
	before := uint32(0)
	for i := range m.keys {
		before += uint32(r.uvarint())
		m.keys[i] = before
	}
	masks := r.bytes(4 * n)
	if r.bad {
		return nil, fmt.Errorf("%w: cut short", ErrModel)
	}
	m.rows = make([]row, n)
	for i := range m.rows {
		mask := binary.LittleEndian.Uint32(masks[4*i:])
		for l := range labels {
			if mask&(1<<l) != 0 {
				m.rows[i][l] = int16(r.varint())
			}
		}
	}
	if r.bad || len(r.b) > 0 {
		return nil, fmt.Errorf("%w: cut short, or longer than it says", ErrModel)
	}
	m.index()
	return m, nil
}

// reader reads numbers; bad says that there were too few bytes.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) uvarint() uint64 {
	v, n := binary.Uvarint(r.b)
	if n <= 0 {
		r.b, r.bad = nil, true
		return 0
	}
	r.b = r.b[n:]
	return v
}

func (r *reader) varint() int64 {
	v, n := binary.Varint(r.b)
	if n <= 0 {
		r.b, r.bad = nil, true
		return 0
	}
	r.b = r.b[n:]
	return v
}

// count is a number of things of a byte or more each: never more than bytes left.
func (r *reader) count() int {
	v := r.uvarint()
	if v > uint64(len(r.b)) {
		r.b, r.bad = nil, true
		return 0
	}
	return int(v)
}

func (r *reader) bytes(n int) []byte {
	if n > len(r.b) {
		r.b, r.bad = nil, true
		return nil
	}
	b := r.b[:n]
	r.b = r.b[n:]
	return b
}
