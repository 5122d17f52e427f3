package index

import (
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// none is the bitmap of what nothing has. It is not to be changed.
var none = roaring.New()

// postings are the documents of a segment that have the term in the field, deleted ones
// among them, as the segment holds them. They are not to be changed.
func postings(s segment.Segment, field, term string) (*roaring.Bitmap, error) {
	dict, err := s.Dictionary(field)
	if err != nil {
		return nil, fmt.Errorf("read words of %s: %w", field, err)
	}
	return postingsIn(dict, field, term)
}

func postingsIn(dict segment.TermDictionary, field, term string) (*roaring.Bitmap, error) {
	var r reader
	return r.read(dict, field, term)
}

// reader reads one bitmap after the other. Each is good until the next is read.
type reader struct {
	list segment.PostingsList
	it   segment.PostingsIterator
}

func (r *reader) read(dict segment.TermDictionary, field, term string) (*roaring.Bitmap, error) {
	m, doc, one, err := r.find(dict, field, term)
	if one {
		return roaring.BitmapOf(doc), nil
	}
	return m, err
}

// find is read that makes no bitmap of one document: one is true, and doc is that.
func (r *reader) find(dict segment.TermDictionary, field, term string) (m *roaring.Bitmap, doc uint32, one bool, err error) {
	if r.list, err = dict.PostingsList([]byte(term), nil, r.list); err != nil {
		return nil, 0, false, fmt.Errorf("read postings of %s: %w", field, err)
	}
	r.it = r.list.Iterator(false, false, false, r.it)
	it, ok := r.it.(segment.OptimizablePostingsIterator)
	if !ok {
		return nil, 0, false, fmt.Errorf("postings of %s have no bitmap", field)
	}
	if d, ok := it.DocNum1Hit(); ok {
		return nil, uint32(d), true, nil
	}
	if m := it.ActualBitmap(); m != nil {
		return m, 0, false, nil
	}
	return none, 0, false, nil
}

// terms calls f with each term of the field from lo up to but without hi that accept takes
// (all where it is nil), in order, until f returns false.
func eachTerm(s segment.Segment, field string, accept segment.Automaton, lo, hi []byte, f func(term string, dict segment.TermDictionary) (bool, error)) error {
	dict, err := s.Dictionary(field)
	if err != nil {
		return fmt.Errorf("read words of %s: %w", field, err)
	}
	var it segment.DictionaryIterator
	// Counts would be read from the postings, which nobody asks for yet.
	if d, ok := dict.(interface {
		AutomatonIteratorOmitCount(segment.Automaton, []byte, []byte) segment.DictionaryIterator
	}); ok {
		it = d.AutomatonIteratorOmitCount(accept, lo, hi)
	} else {
		it = dict.AutomatonIterator(accept, lo, hi)
	}
	for {
		e, err := it.Next()
		if err != nil {
			return fmt.Errorf("read words of %s: %w", field, err)
		}
		if e == nil {
			return nil
		}
		if more, err := f(e.Term, dict); err != nil || !more {
			return err
		}
	}
}

// with matches the documents that have any of the terms in the field.
func (s *search) with(field string, within bitset, terms ...string) (bitset, error) {
	out := s.empty()
	var r reader
	for i := range s.view.segments {
		seg := &s.view.segments[i]
		if err := s.check(); err != nil {
			return nil, err
		}
		dict, err := seg.Segment().Dictionary(field)
		if err != nil {
			return nil, fmt.Errorf("read words of %s: %w", field, err)
		}
		for _, t := range terms {
			m, err := r.read(dict, field, t)
			if err != nil {
				return nil, err
			}
			if !m.IsEmpty() {
				seg.of(out).addAll(m, s.room(seg))
			}
		}
	}
	out.and(within)
	return out, nil
}
