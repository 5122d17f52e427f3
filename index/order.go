package index

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"slices"
	"sort"
	"sync"

	"backfile/internal/news"
	language "backfile/internal/search"
)

// order has a segment's documents as they come when sorted by date: newest first, or oldest
// first. Equal instants are ordered by id, and what is undated comes last in both. It is
// made when it is first asked for.
type order struct {
	once           sync.Once
	newest, oldest []uint32
	made           bool
}

// errUnordered is the panic of whoever asks for an order that could not be made: a sync.Once runs
// once, whether or not it gets to its end.
var errUnordered = fmt.Errorf("dates of documents: %w", news.ErrDamaged)

// by is the segment's order.
func (c *columns) by(s language.Sort) []uint32 {
	c.newest.once.Do(func() {
		newest := make([]uint32, c.docs())
		for i := range newest {
			newest[i] = uint32(i)
		}
		slices.SortFunc(newest, func(a, b uint32) int {
			x, y := &c.numbers[a], &c.numbers[b]
			switch {
			case x.dated != y.dated:
				if x.dated {
					return -1
				}
				return 1
			case x.published != y.published:
				return cmp.Compare(y.published, x.published)
			}
			return bytes.Compare(c.ids.At(a), c.ids.At(b))
		})
		// Backwards by runs of one instant, whose ids go up in both orders.
		dated := sort.Search(len(newest), func(i int) bool { return !c.numbers[newest[i]].dated })
		oldest := make([]uint32, 0, len(newest))
		for end := dated; end > 0; {
			start := end - 1
			for start > 0 && c.numbers[newest[start-1]].published == c.numbers[newest[end-1]].published {
				start--
			}
			oldest = append(oldest, newest[start:end]...)
			end = start
		}
		c.newest.newest, c.newest.oldest = newest, append(oldest, newest[dated:]...)
		c.newest.made = true
	})
	if !c.newest.made {
		panic(errUnordered)
	}
	if s == language.Oldest {
		return c.newest.oldest
	}
	return c.newest.newest
}

// dayOrder has a segment's dated documents by the first day that their date can mean, and
// apart those whose date can mean several. It is made when it is first asked for.
type dayOrder struct {
	once  sync.Once
	docs  []uint32
	first []int32
	vague []uint32
	made  bool
}

func (c *columns) byDay() *dayOrder {
	o := &c.days
	o.once.Do(func() {
		// A number is quicker sorted than what a function compares: the day, and behind it the document.
		days := make([]uint64, 0, len(c.first))
		for d := range c.first {
			if c.first[d] == undatedDay {
				continue
			}
			days = append(days, uint64(uint32(c.first[d])^1<<31)<<32|uint64(d))
			if c.first[d] != c.last[d] {
				o.vague = append(o.vague, uint32(d))
			}
		}
		slices.Sort(days)
		o.docs, o.first = make([]uint32, len(days)), make([]int32, len(days))
		for i, day := range days {
			o.docs[i], o.first[i] = uint32(day), int32(uint32(day>>32)^1<<31)
		}
		o.made = true
	})
	if !o.made {
		panic(errUnordered)
	}
	return o
}

// from calls f with the documents whose first day is one of those from first to last.
func (c *columns) from(first, last int32, f func(d uint32)) {
	o := c.byDay()
	from, _ := slices.BinarySearch(o.first, first)
	for i := from; i < len(o.first) && o.first[i] <= last; i++ {
		f(o.docs[i])
	}
}

// between adds the documents whose days have one in common with those from first to last.
func (c *columns) between(first, last int32, out bitset) {
	c.from(first, last, out.add)
	for _, d := range c.byDay().vague {
		if c.first[d] <= last && c.last[d] >= first {
			out.add(d)
		}
	}
}

// byDate finds the k first of the n hits in an order by date, which of equal scores is the
// order of relevance too.
func (s *search) byDate(hits bitset, n int, sort language.Sort, k int) ([]place, error) {
	if k <= 0 || n == 0 {
		return nil, nil
	}
	if s.walk(n, k) > look(n, k) {
		out, _, err := s.choose(hits, sort, nil, k)
		slices.SortFunc(out, func(a, b place) int { return s.view.compare(&a, &b) })
		return out, err
	}
	var runs []run
	for i := range s.view.segments {
		seg := &s.view.segments[i]
		r := run{seg: seg, docs: seg.by(sort)}
		if r.next(s, hits, sort) {
			runs = append(runs, r)
		}
	}
	out := make([]place, 0, min(k, n))
	for len(out) < k && len(runs) > 0 {
		if err := s.tick(); err != nil {
			return nil, err
		}
		best := 0
		for i := 1; i < len(runs); i++ {
			if s.view.compare(&runs[i].head, &runs[best].head) < 0 {
				best = i
			}
		}
		out = append(out, runs[best].head)
		if !runs[best].next(s, hits, sort) {
			runs = slices.Delete(runs, best, best+1)
		}
	}
	return out, nil
}

// walk and look are about how many nanoseconds it takes to find the k first of n hits by
// walking along the orders, and by looking at each.
func (s *search) walk(n, k int) float64 {
	const step = 2
	return step * float64(s.view.docs) * min(1, float64(k)/float64(n))
}

func look(n, k int) float64 {
	const each, swap = 8, 60
	return each*float64(n) + swap*float64(min(n, k))*math.Log2(float64(min(n, k)+1))
}

// run is a segment's part of the hits in order.
type run struct {
	seg  *viewSegment
	docs []uint32 // those not yet passed
	head place
}

// next goes on to the next hit; false where there is none.
func (r *run) next(s *search, hits bitset, sort language.Sort) bool {
	part := r.seg.of(hits)
	for i, d := range r.docs {
		if part.has(d) {
			r.head = s.place(sort, r.seg, r.seg.base+d)
			r.docs = r.docs[i+1:]
			return true
		}
	}
	return false
}
