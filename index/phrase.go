package index

import (
	"fmt"
	"slices"

	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// phrase matches the terms in exactly that order, in any one of the fields.
func (s *search) phrase(terms []string, in where, within bitset) (bitset, error) {
	if len(terms) == 0 {
		return within, nil
	}
	for i, t := range terms {
		terms[i] = term(t)
	}
	w := newWeights(s, within)
	df := 0
	for _, p := range in {
		if len(terms) == 1 {
			n, err := w.add(p.exact, terms[0], p.weight)
			if err != nil {
				return nil, err
			}
			df += n
			continue
		}
		err := s.occurrences(p.exact, terms, within, func(d uint32, n int) {
			df++
			w.out.add(d)
			if s.scoring() {
				w.weigh(d, p.exact, p.weight*float32(n))
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return w.done(df, min(float64(len(terms)), 3)), nil
}

// occurrences calls f for each document of within that has the terms in a row in
// the field, with how often. First it finds the documents that have all of
// them, rarest term first, and only of those it reads positions.
func (s *search) occurrences(field string, terms []string, within bitset, f func(doc uint32, n int)) error {
	distinct := slices.Clone(terms)
	slices.Sort(distinct)
	distinct = slices.Compact(distinct)
	counts := map[string]int{}
	for _, t := range distinct {
		n, err := s.view.count(field, t)
		if err != nil {
			return err
		}
		if n == 0 {
			return nil
		}
		counts[t] = n
	}
	slices.SortStableFunc(distinct, func(a, b string) int { return counts[a] - counts[b] })
	all := within
	for _, t := range distinct {
		next := newBitset(s.view.docs)
		if err := s.each(field, t, false, all, func(d uint32, _ int) { next.add(d) }); err != nil {
			return err
		}
		all = next
	}
	for i := range s.view.segments {
		if err := s.inSegment(&s.view.segments[i], field, terms, distinct, all, f); err != nil {
			return fmt.Errorf("read positions of %s: %w", field, err)
		}
	}
	return nil
}

// inSegment reads the positions of the terms in the documents of all that lie in
// seg, and counts where they stand in a row.
func (s *search) inSegment(seg *viewSegment, field string, terms, distinct []string, all bitset, f func(uint32, int)) error {
	var its []segment.PostingsIterator    // made at the first document
	at := make([][]uint64, len(distinct)) // positions, by term
	order := make([]int, len(terms))      // the number in distinct of each term
	for i, t := range terms {
		order[i] = slices.Index(distinct, t)
	}
	var err error
	all.between(seg.base, seg.base+uint32(seg.n), func(d uint32) bool {
		if its == nil {
			for _, t := range distinct {
				var list segment.PostingsList
				if list, err = seg.postings(field, t); err != nil {
					return false
				}
				its = append(its, list.Iterator(true, false, true, nil))
			}
		}
		if err = s.tick(); err != nil {
			return false
		}
		for i := range distinct {
			var p segment.Posting
			if p, err = its[i].Advance(uint64(d - seg.base)); err != nil {
				return false
			}
			if p == nil || uint32(p.Number()) != d-seg.base {
				err = fmt.Errorf("document %d lost a term", d)
				return false
			}
			at[i] = at[i][:0]
			for _, l := range p.Locations() {
				at[i] = append(at[i], l.Pos())
			}
		}
		if n := inRow(order, at); n > 0 {
			f(d, n)
		}
		return true
	})
	return err
}

// inRow counts the places where terms follow each other: order has the numbers
// of the terms, at the positions of each, in order. Number 0 is the rarest, and is
// where it looks first.
func inRow(order []int, at [][]uint64) int {
	anchor := slices.Index(order, 0)
	n := 0
start:
	for _, p := range at[0] {
		for i, t := range order {
			if i == anchor {
				continue
			}
			if want := int64(p) + int64(i-anchor); want < 0 {
				continue start
			} else if _, ok := slices.BinarySearch(at[t], uint64(want)); !ok {
				continue start
			}
		}
		n++
	}
	return n
}
