package family

import (
	"cmp"
	"math/bits"
	"slices"
)

// posting says that an article, by its number in the index, has a fingerprint.
type posting struct {
	print uint32
	doc   uint32
}

func comparePostings(a, b posting) int {
	if c := cmp.Compare(a.print, b.print); c != 0 {
		return c
	}
	return cmp.Compare(a.doc, b.doc)
}

// run is a sorted run of postings of one shard, about 7 bytes each. A directory
// over the leading bits of the fingerprints says where those that begin so
// stand; of the fingerprints themselves only the bits behind those are kept.
type run struct {
	shift uint     // bits of a fingerprint that the directory does not see
	start []uint32 // the directory: len is one more than its slots
	low   []uint16
	doc   []uint32
}

// newRun makes a run of n postings that next yields in order.
func newRun(n int, next func() posting) *run {
	const leanest = 12 // the fewest bits that leave 16 or fewer for low
	slots := min(max(bits.Len(uint(n))-3, leanest), 32-shardBits)
	r := &run{
		shift: uint(32 - shardBits - slots),
		start: make([]uint32, 1<<slots+1),
		low:   make([]uint16, n),
		doc:   make([]uint32, n),
	}
	slot := uint32(0)
	for i := range n {
		p := next()
		for in := p.print << shardBits >> shardBits >> r.shift; slot < in; {
			slot++
			r.start[slot] = uint32(i)
		}
		r.low[i], r.doc[i] = uint16(p.print&(1<<r.shift-1)), p.doc
	}
	for slot++; int(slot) < len(r.start); slot++ {
		r.start[slot] = uint32(n)
	}
	return r
}

func (r *run) len() int { return len(r.doc) }

// docs are the numbers of the articles that have the fingerprint, ascending.
// The slice is the run's own.
func (r *run) docs(print uint32) []uint32 {
	slot := print << shardBits >> shardBits >> r.shift
	i, end := r.start[slot], r.start[slot+1]
	low := uint16(print & (1<<r.shift - 1))
	for i < end && r.low[i] < low {
		i++
	}
	j := i
	for j < end && r.low[j] == low {
		j++
	}
	return r.doc[i:j]
}

// reader yields the run's postings in order; print holds the shard's bits.
func (r *run) reader(shard uint32) func() (posting, bool) {
	i, slot := uint32(0), uint32(0)
	return func() (posting, bool) {
		if int(i) == len(r.doc) {
			return posting{}, false
		}
		for r.start[slot+1] <= i {
			slot++
		}
		p := posting{shard<<(32-shardBits) | slot<<r.shift | uint32(r.low[i]), r.doc[i]}
		i++
		return p, true
	}
}

// merge is one run of both, without the postings that keep refuses.
func merge(a, b *run, shard uint32, keep func(doc uint32) bool) *run {
	n := 0
	for _, r := range []*run{a, b} {
		for _, d := range r.doc {
			if keep(d) {
				n++
			}
		}
	}
	nextA, nextB := a.reader(shard), b.reader(shard)
	pa, okA := nextA()
	pb, okB := nextB()
	return newRun(n, func() posting {
		for {
			var p posting
			if okA && (!okB || comparePostings(pa, pb) < 0) {
				p = pa
				pa, okA = nextA()
			} else {
				p = pb
				pb, okB = nextB()
			}
			if keep(p.doc) {
				return p
			}
		}
	})
}

// The postings are parted by the leading bits of the fingerprint, so that a
// merge needs room for a sixteenth of them only, and takes a sixteenth of the time.
const (
	shardBits = 4
	shards    = 1 << shardBits
	// fresh is how many postings a shard gathers before it sorts them to a run.
	fresh = 4096
)

// shard holds the postings of one part of the fingerprints: fresh ones in a
// table, older ones in runs, each at least twice as long as the next.
type shard struct {
	runs  []*run
	fresh []posting // in the order of arrival
	head  []uint16  // a table of chains through fresh: index+1, by print
	next  []uint16
}

const heads = 2 * fresh

func (s *shard) add(p posting) {
	if s.head == nil {
		s.head = make([]uint16, heads)
		s.fresh = make([]posting, 0, fresh)
		s.next = make([]uint16, 0, fresh)
	}
	at := p.print % heads
	s.fresh = append(s.fresh, p)
	s.next = append(s.next, s.head[at])
	s.head[at] = uint16(len(s.fresh))
}

// settle sorts what is fresh to a run if there is enough of it, and merges runs.
func (s *shard) settle(number uint32, keep func(doc uint32) bool) {
	if len(s.fresh) < fresh {
		return
	}
	live := slices.DeleteFunc(s.fresh, func(p posting) bool { return !keep(p.doc) })
	slices.SortFunc(live, comparePostings)
	s.push(live)
	s.fresh, s.next = s.fresh[:0], s.next[:0]
	clear(s.head)
	for k := len(s.runs); k > 1 && s.runs[k-2].len() < 2*s.runs[k-1].len(); k-- {
		s.runs[k-2] = merge(s.runs[k-2], s.runs[k-1], number, keep)
		s.runs[k-1] = nil
		s.runs = s.runs[:k-1]
	}
}

// push makes sorted postings the newest run.
func (s *shard) push(sorted []posting) {
	if len(sorted) == 0 {
		return
	}
	i := -1
	s.runs = append(s.runs, newRun(len(sorted), func() posting { i++; return sorted[i] }))
}

// each calls f with every article that has the fingerprint, until f returns
// false.
func (s *shard) each(print uint32, f func(doc uint32) bool) {
	for _, r := range s.runs {
		for _, d := range r.docs(print) {
			if !f(d) {
				return
			}
		}
	}
	if len(s.fresh) == 0 {
		return
	}
	for i := s.head[print%heads]; i > 0; i = s.next[i-1] {
		if p := s.fresh[i-1]; p.print == print && !f(p.doc) {
			return
		}
	}
}

// bytes is the room that the shard takes.
func (s *shard) bytes() int {
	n := cap(s.fresh)*8 + 2*cap(s.head) + 2*cap(s.next)
	for _, r := range s.runs {
		n += 4*cap(r.start) + 2*cap(r.low) + 4*cap(r.doc)
	}
	return n
}
