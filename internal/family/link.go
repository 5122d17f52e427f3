package family

import (
	"slices"

	"backfile/internal/news"
)

// The families are the components of a graph: its edges are the pairs of
// articles that share minMeet rare key fingerprints and are copies by
// Likeness.Copies. What is rare depends on the articles held, so when a
// fingerprint becomes common, or rare again, the families of those that have it
// are taken apart and put together anew. That is what makes the answer
// independent of the order of arrival.

// link joins d to the families of its copies.
func (x *Index) link(d uint32) { x.joinCopies(d, x.candidates(d, x.hits[:0])) }

func (x *Index) joinCopies(d uint32, candidates []uint32) {
	for _, c := range candidates {
		if x.docs[c].root != x.docs[d].root && x.copies(d, c) {
			x.join(d, c)
		}
	}
}

// candidates are the other articles that share at least minMeet rare key
// fingerprints with d, ascending. hits is room to work in.
func (x *Index) candidates(d uint32, hits []uint32) []uint32 {
	for _, p := range x.keys(d) {
		if x.isCommon(p) {
			continue
		}
		x.live(p, func(c uint32) bool {
			if c != d {
				hits = append(hits, c)
			}
			return true
		})
	}
	x.hits = hits
	return atLeast(hits, minMeet)
}

// atLeast are those that stand at least n times in hits, which it reorders.
func atLeast(hits []uint32, n int) []uint32 {
	slices.Sort(hits)
	out := hits[:0]
	for i := 0; i < len(hits); {
		j := i
		for j < len(hits) && hits[j] == hits[i] {
			j++
		}
		h := hits[i]
		if j-i >= n {
			out = append(out, h)
		}
		i = j
	}
	return out
}

func (x *Index) copies(a, b uint32) bool {
	o := x.docs[a].outlet
	return x.likeness(a, b).Copies(o != 0 && o == x.docs[b].outlet)
}

func (x *Index) likeness(a, b uint32) Likeness {
	s, o := x.sketchOf(a), x.sketchOf(b)
	return s.Compare(&o, x.isCommon)
}

// commonBits is how many bits tell most rare fingerprints from common ones at a
// glance.
const commonBits = 1 << 19

func (x *Index) isCommon(p uint32) bool {
	if x.bits[p%commonBits/64]&(1<<(p%64)) == 0 {
		return false
	}
	_, ok := x.common[p]
	return ok
}

func (x *Index) setCommon(p uint32, n int) {
	x.bits[p%commonBits/64] |= 1 << (p % 64)
	x.common[p] = uint32(n)
}

// join makes one family of two.
func (x *Index) join(a, b uint32) {
	x.touch(a)
	x.touch(b)
	into, from := x.docs[a].root, x.docs[b].root
	if x.docs[into].size < x.docs[from].size {
		into, from = from, into
	}
	for m := from; ; {
		x.docs[m].root = into
		if m = x.docs[m].next; m == from {
			break
		}
	}
	p, q := &x.docs[into], &x.docs[from]
	p.next, q.next = q.next, p.next
	p.size += q.size
	if x.before(q.lead, p.lead) {
		p.lead = q.lead
	}
}

// touch notes what d's family is before it changes.
func (x *Index) touch(d uint32) {
	if _, ok := x.touched[d]; ok || x.loading {
		return
	}
	root := &x.docs[x.docs[d].root]
	old := was{x.id(root.lead), root.size}
	for m := d; ; {
		x.touched[m] = old
		if m = x.docs[m].next; m == d {
			return
		}
	}
}

// take marks d as removed, and appends to dirty the articles whose families that
// concerns: the other members of its own, and those that have a fingerprint
// which is rare again without d.
func (x *Index) take(d uint32, dirty []uint32) []uint32 {
	x.touch(d)
	prev := d
	for m := x.docs[d].next; m != d; m = x.docs[m].next {
		dirty = append(dirty, m)
		prev = m
	}
	p := &x.docs[d]
	if prev != d {
		x.docs[prev].next = p.next // the others are taken apart by relink
	}
	p.next, p.root = d, d
	x.drop(d)
	for _, print := range x.keys(d) {
		if !x.isCommon(print) {
			continue
		}
		x.common[print]--
		if x.rare(print, int(x.common[print]), p.outlet) {
			delete(x.common, print)
			dirty = x.having(print, dirty)
		}
	}
	return dirty
}

// rare reports whether a common fingerprint is rare again, now that n articles
// are left that have it, after one of outlet was removed.
func (x *Index) rare(print uint32, n int, outlet uint32) bool {
	if n > x.most.all {
		return false
	}
	own := 0
	x.live(print, func(d uint32) bool {
		if x.docs[d].outlet == outlet {
			own++
		}
		return own <= x.most.outlet
	})
	if n < x.most.all && (outlet == 0 || own != x.most.outlet) {
		return false // as it was: neither number went from too many to enough
	}
	return x.rareIn(x.having(print, nil))
}

func (x *Index) having(print uint32, to []uint32) []uint32 {
	x.live(print, func(d uint32) bool {
		to = append(to, d)
		return true
	})
	return to
}

// relink takes the families of these articles apart, and puts them together
// anew.
func (x *Index) relink(dirty []uint32) {
	var all []uint32
	seen := map[uint32]bool{}
	for _, d := range dirty {
		if seen[d] || !x.keep(d) {
			continue
		}
		x.touch(d)
		for m := d; !seen[m]; m = x.docs[m].next {
			seen[m] = true
			all = append(all, m)
		}
	}
	for _, d := range all {
		p := &x.docs[d]
		p.root, p.next, p.size, p.lead = d, d, 1, d
	}
	for _, d := range all {
		x.link(d)
	}
}

// changes are the families that differ from what was touched.
func (x *Index) changes() []Change {
	var out []Change
	done := map[uint32]bool{}
	for d := range x.touched {
		root := x.docs[d].root
		if !x.keep(d) || done[root] {
			continue
		}
		done[root] = true
		if c, ok := x.changed(root); ok {
			out = append(out, c)
		}
	}
	clear(x.touched)
	return out
}

// changed is what became of one family, ok false if nothing did.
func (x *Index) changed(root uint32) (c Change, ok bool) {
	ms := x.members(root)
	if len(ms) == 1 && x.touched[ms[0]].size == 0 {
		return Change{}, false
	}
	var moved []news.ArticleID
	same := true
	for _, m := range ms {
		old, touched := x.touched[m]
		if touched && (old.size == 0 || old.lead != x.id(ms[0])) {
			moved = append(moved, x.id(m))
		}
		same = same && (!touched || int(old.size) == len(ms))
	}
	if same && len(moved) == 0 {
		return Change{}, false
	}
	return Change{Family: x.family(root), Moved: moved}, true
}
