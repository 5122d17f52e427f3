package family

// arrival is an article that was just added, with those that it met: for each of
// its fingerprints that was rare then, the articles that had it.
type arrival struct {
	doc  uint32
	met  []uint32 // by fingerprint
	keys []met
}

// met is how many articles of arrival.met have a fingerprint.
type met struct {
	print uint32
	n     int
}

// arrive looks up the fingerprints of d, marks those that it has made common,
// and appends to dirty the articles that have these and are in families. (A pair
// can only be parted by it: what is common still counts in the shorter text's
// length.)
func (x *Index) arrive(d uint32, dirty []uint32) (arrival, []uint32) {
	a := arrival{doc: d}
	outlet := x.docs[d].outlet
	for _, p := range x.keys(d) {
		if x.isCommon(p) {
			continue
		}
		from, own := len(a.met), 0
		x.live(p, func(c uint32) bool {
			a.met = append(a.met, c)
			if outlet != 0 && x.docs[c].outlet == outlet {
				own++
			}
			return true
		})
		n := len(a.met) - from
		if n <= x.most.all && own <= x.most.outlet {
			if n > 1 { // d is one
				a.keys = append(a.keys, met{p, n})
			} else {
				a.met = a.met[:from]
			}
			continue
		}
		x.setCommon(p, n)
		for _, c := range a.met[from:] {
			if x.docs[c].next != c {
				dirty = append(dirty, c)
			}
		}
		a.met = a.met[:from]
	}
	return a, dirty
}

// settleIn joins an arrival to the families of its copies. Those that came after
// it in the same call have met it in their turn.
func (x *Index) settleIn(a arrival) {
	if !x.keep(a.doc) {
		return
	}
	hits := x.hits[:0]
	for _, k := range a.keys {
		if !x.isCommon(k.print) {
			for _, c := range a.met[:k.n] {
				if c != a.doc && x.keep(c) {
					hits = append(hits, c)
				}
			}
		}
		a.met = a.met[k.n:]
	}
	x.hits = hits
	x.joinCopies(a.doc, atLeast(hits, minMeet))
}
