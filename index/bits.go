package index

import (
	"math/bits"

	"github.com/RoaringBitmap/roaring/v2"
)

// bitset is a set of document numbers. Each segment's begin at a multiple of 64, so
// that its part of a set is whole words.
type bitset []uint64

const wordBits = 64

func newBitset(n int) bitset { return make(bitset, (n+wordBits-1)/wordBits) }

func (b bitset) add(i uint32)      { b[i/wordBits] |= 1 << (i % wordBits) }
func (b bitset) remove(i uint32)   { b[i/wordBits] &^= 1 << (i % wordBits) }
func (b bitset) has(i uint32) bool { return b[i/wordBits]&(1<<(i%wordBits)) != 0 }

func (b bitset) or(o bitset) {
	for i := range b {
		b[i] |= o[i]
	}
}

func (b bitset) and(o bitset) {
	for i := range b {
		b[i] &= o[i]
	}
}

func (b bitset) andNot(o bitset) {
	for i := range b {
		b[i] &^= o[i]
	}
}

func (b bitset) count() int {
	n := 0
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

// upTo is the number of members, or limit where there are as many or more.
func (b bitset) upTo(limit int) int {
	n := 0
	for _, w := range b {
		if n += bits.OnesCount64(w); n >= limit {
			return limit
		}
	}
	return n
}

// between calls f for the members from lo up to but without hi, in order, until
// it returns false.
func (b bitset) between(lo, hi uint32, f func(uint32) bool) {
	for i := lo / wordBits; i <= hi/wordBits && int(i) < len(b); i++ {
		w := b[i]
		if i == lo/wordBits {
			w &= ^uint64(0) << (lo % wordBits)
		}
		for w != 0 {
			d := i*wordBits + uint32(bits.TrailingZeros64(w))
			if d >= hi || !f(d) {
				return
			}
			w &= w - 1
		}
	}
}

// appendTo appends the members, in order, counted from the first of b.
func (b bitset) appendTo(out []uint32) []uint32 {
	for i, w := range b {
		at := uint32(i) * wordBits
		for w != 0 {
			out = append(out, at+uint32(bits.TrailingZeros64(w)))
			w &= w - 1
		}
	}
	return out
}

// addAll adds a bitmap of Bleve's to the part of a set that is its segment's. room is
// as long as the part, or nil.
func (b bitset) addAll(m *roaring.Bitmap, room bitset) {
	// Writing a bitmap out as words is quickest where it is dense, but overwrites.
	const few = 32
	if n := int(m.GetCardinality()); n < few {
		m.Iterate(func(d uint32) bool {
			b.add(d)
			return true
		})
		return
	} else if room == nil || n < len(b)*4 {
		var few [256]uint32
		it := m.ManyIterator()
		for k := it.NextMany(few[:]); k > 0; k = it.NextMany(few[:]) {
			for _, d := range few[:k] {
				b[d/wordBits] |= 1 << (d % wordBits)
			}
		}
		return
	}
	n := min(int(m.DenseSize()), len(room))
	clear(room[:n])
	m.WriteDenseTo(room[:n])
	b[:n].or(room[:n])
}
