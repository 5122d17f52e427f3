package index

import (
	"fmt"

	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// each calls f for the documents that have the term in the field, in order, with
// how often where freq is asked for (else 1). Deleted ones are passed over. With
// within given, only its members are looked at, by leaps where it is the
// smaller set. f is not called again once the search's time is up.
func (s *search) each(field, term string, freq bool, within bitset, f func(doc uint32, freq int)) error {
	for i := range s.view.segments {
		seg := &s.view.segments[i]
		list, err := seg.postings(field, term)
		if err != nil {
			return fmt.Errorf("read term of %s: %w", field, err)
		}
		n := int(list.Count())
		if n == 0 {
			continue
		}
		it := list.Iterator(freq, false, false, nil)
		if within != nil && s.few(within, seg, n) {
			err = s.leap(it, seg, within, func(doc uint32, p segment.Posting) { f(doc, frequency(p, freq)) })
		} else {
			err = s.walk(it, seg, within, freq, f)
		}
		if err != nil {
			return fmt.Errorf("read postings of %s: %w", field, err)
		}
	}
	return nil
}

func frequency(p segment.Posting, freq bool) int {
	if freq {
		return int(p.Frequency())
	}
	return 1
}

func (s *viewSegment) postings(field, term string) (segment.PostingsList, error) {
	dict, err := s.Segment().Dictionary(field)
	if err != nil {
		return nil, err
	}
	return dict.PostingsList([]byte(term), s.Deleted(), nil)
}

// few reports whether leaping to the members of within that lie in seg is
// cheaper than walking n postings.
func (s *search) few(within bitset, seg *viewSegment, n int) bool {
	const leap = 6 // times the cost of a step
	members := 0
	within.between(seg.base, seg.base+uint32(seg.n), func(uint32) bool {
		members++
		return members*leap < n
	})
	return members*leap < n
}

func (s *search) walk(it segment.PostingsIterator, seg *viewSegment, within bitset, freq bool, f func(uint32, int)) error {
	for {
		p, err := it.Next()
		if err != nil || p == nil {
			return err
		}
		if err := s.tick(); err != nil {
			return err
		}
		if d := seg.base + uint32(p.Number()); within == nil || within.has(d) {
			f(d, frequency(p, freq))
		}
	}
}

// leap looks the members of within up one by one.
func (s *search) leap(it segment.PostingsIterator, seg *viewSegment, within bitset, f func(uint32, segment.Posting)) error {
	var err error
	at := int64(-1)
	var p segment.Posting
	within.between(seg.base, seg.base+uint32(seg.n), func(d uint32) bool {
		local := int64(d - seg.base)
		if err = s.tick(); err != nil {
			return false
		}
		if at < local {
			if p, err = it.Advance(uint64(local)); err != nil || p == nil {
				return false
			}
			at = int64(p.Number())
		}
		if at == local {
			f(d, p)
		}
		return true
	})
	return err
}

// count is the number of documents with the term in the field, whatever their
// version.
func (v *view) count(field, term string) (int, error) {
	n := 0
	for i := range v.segments {
		list, err := v.segments[i].postings(field, term)
		if err != nil {
			return 0, fmt.Errorf("read term of %s: %w", field, err)
		}
		n += int(list.Count())
	}
	return n, nil
}
