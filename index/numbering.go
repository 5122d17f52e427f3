package index

import (
	"hash/maphash"
	"math/bits"
)

// numbering finds the place of a string in a slice that only grows: a table of half
// a hash and the place, with linear probing. A map would take several times the memory, and the collector
// would follow each of its strings.
type numbering struct {
	seed  maphash.Seed
	slots []uint64 // half of the hash, and behind it one more than the place; 0 for an empty slot
	n     int
}

// newNumbering has room for n strings before it grows.
func newNumbering(n int) numbering {
	const fewest = 1 << 10
	return numbering{seed: maphash.MakeSeed(), slots: make([]uint64, max(fewest, 1<<bits.Len(uint(n*4/3))))}
}

// find is the place of s in all.
func (x *numbering) find(s string, all []string) (place uint32, ok bool) {
	h := x.hash(s)
	mask := uint64(len(x.slots) - 1)
	for i := h & mask; x.slots[i] != 0; i = (i + 1) & mask {
		if at := uint32(x.slots[i]) - 1; x.slots[i]>>32 == h && all[at] == s {
			return at, true
		}
	}
	return 0, false
}

// add notes that s, which is not among those before, stands at a place.
func (x *numbering) add(s string, place uint32) {
	if 4*x.n >= 3*len(x.slots) {
		old := x.slots
		x.slots = make([]uint64, 2*len(old))
		for _, slot := range old {
			if slot != 0 {
				x.put(slot)
			}
		}
	}
	x.n++
	x.put(x.hash(s)<<32 | uint64(place+1))
}

func (x *numbering) put(slot uint64) {
	mask := uint64(len(x.slots) - 1)
	i := slot >> 32 & mask
	for x.slots[i] != 0 {
		i = (i + 1) & mask
	}
	x.slots[i] = slot
}

// hash is the upper half of a hash, of which the lowest bits say the slot to begin at.
func (x *numbering) hash(s string) uint64 { return maphash.String(x.seed, s) >> 32 }
