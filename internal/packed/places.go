package packed

import (
	"hash/maphash"
	"math/bits"
)

// Places finds the place of a string in a list that only grows: a table of half a hash and
// the place, with linear probing. A map would take several times the memory, and the collector
// would follow each of its strings. Many may look for places at once, while nobody adds.
type Places struct {
	seed  maphash.Seed
	slots []uint64 // half of the hash, and behind it one more than the place; 0 for an empty slot
	n     int
}

// NewPlaces has room for n strings before it grows.
func NewPlaces(n int) *Places {
	const fewest = 1 << 10
	return &Places{seed: maphash.MakeSeed(), slots: make([]uint64, max(fewest, 1<<bits.Len(uint(n*4/3))))}
}

// Find is the first place of s that was added and that is says is right: it is asked of s's own
// places and, seldom, of another string's.
func (x *Places) Find(s string, is func(place uint32) bool) (place uint32, ok bool) {
	h := x.hash(s)
	mask := uint64(len(x.slots) - 1)
	for i := h & mask; x.slots[i] != 0; i = (i + 1) & mask {
		if at := uint32(x.slots[i]) - 1; x.slots[i]>>32 == h && is(at) {
			return at, true
		}
	}
	return 0, false
}

// Add notes that s stands at a place, beside those that it has. A place is less than the
// highest uint32.
func (x *Places) Add(s string, place uint32) {
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

// Put is Add that takes the room of a place of s which is over, where there is one: over is asked
// as Find's is. So what is replaced again and again has one place.
func (x *Places) Put(s string, place uint32, over func(place uint32) bool) {
	h := x.hash(s)
	mask := uint64(len(x.slots) - 1)
	for i := h & mask; x.slots[i] != 0; i = (i + 1) & mask {
		if x.slots[i]>>32 == h && over(uint32(x.slots[i])-1) {
			x.slots[i] = h<<32 | uint64(place+1)
			return
		}
	}
	x.Add(s, place)
}

func (x *Places) put(slot uint64) {
	mask := uint64(len(x.slots) - 1)
	i := slot >> 32 & mask
	for x.slots[i] != 0 {
		i = (i + 1) & mask
	}
	x.slots[i] = slot
}

// hash is the upper half of a hash, of which the lowest bits say the slot to begin at.
func (x *Places) hash(s string) uint64 { return maphash.String(x.seed, s) >> 32 }

// Bytes is how much memory the table takes.
func (x *Places) Bytes() int { return 8 * len(x.slots) }
