package family

// arena holds the sketches of all articles one behind the other, so that the
// collector has nothing to follow. A place in it counts from the first slab.
type arena struct{ slabs [][]uint32 }

const slab = 1 << 16

// put keeps a copy of the sketch's fingerprints and figures, and returns where.
func (a *arena) put(s *Sketch) uint32 {
	n := len(s.Prints) + len(s.Figures)
	last := len(a.slabs) - 1
	if last < 0 || len(a.slabs[last])+n > slab {
		a.slabs = append(a.slabs, make([]uint32, 0, slab))
		last++
	}
	at := uint32(last*slab + len(a.slabs[last]))
	a.slabs[last] = append(append(a.slabs[last], s.Prints...), s.Figures...)
	return at
}

// at are n values from that place on: the arena's own, not to be written to.
func (a *arena) at(at uint32, n int) []uint32 {
	if n == 0 {
		return nil
	}
	s := a.slabs[at/slab]
	return s[at%slab : int(at%slab)+n : int(at%slab)+n]
}

func (a *arena) bytes() int { return len(a.slabs) * slab * 4 }
