package index

import "math/bits"

// bitset is a set of document numbers.
type bitset []uint64

func newBitset(n int) bitset { return make(bitset, (n+63)/64) }

func (b bitset) add(i uint32)      { b[i/64] |= 1 << (i % 64) }
func (b bitset) remove(i uint32)   { b[i/64] &^= 1 << (i % 64) }
func (b bitset) has(i uint32) bool { return b[i/64]&(1<<(i%64)) != 0 }

func (b bitset) clone() bitset { return append(bitset(nil), b...) }

func (b bitset) or(o bitset) {
	for i := range b {
		b[i] |= o[i]
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

// between calls f for the members from lo up to but without hi, in order, until
// it returns false.
func (b bitset) between(lo, hi uint32, f func(uint32) bool) {
	for i := lo / 64; i <= hi/64 && int(i) < len(b); i++ {
		w := b[i]
		if i == lo/64 {
			w &= ^uint64(0) << (lo % 64)
		}
		for w != 0 {
			d := i*64 + uint32(bits.TrailingZeros64(w))
			if d >= hi || !f(d) {
				return
			}
			w &= w - 1
		}
	}
}
