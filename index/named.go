package index

import (
	"cmp"
	"slices"
	"sync"

	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// namedIn are the documents of the segment that name an entity, by its key, each with its
// class. The latest asked for are kept: what one asks for is narrowed, leafed through and asked
// for again.
func (s *viewSegment) namedIn(entity string) (l postingsList, err error) {
	if l, ok := s.recent.get(entity); ok {
		return l, nil
	}
	type entry struct {
		doc uint32
		class
	}
	var all []entry
	lo, hi := append([]byte(entity), classMarker), append([]byte(entity), classMarker+1)
	err = eachTerm(s.Segment(), fieldNamed, nil, lo, hi, func(t string, dict segment.TermDictionary) (bool, error) {
		if len(t) <= len(lo) {
			return true, nil
		}
		m, err := postingsIn(dict, fieldNamed, t)
		if err != nil {
			return false, err
		}
		for it := m.Iterator(); it.HasNext(); {
			all = append(all, entry{it.Next(), class(t[len(lo)])})
		}
		return true, nil
	})
	if err != nil {
		return postingsList{}, err
	}
	slices.SortFunc(all, func(a, b entry) int { return cmp.Compare(a.doc, b.doc) })
	l = postingsList{n: len(all), docs: s.n, plain: make([]uint32, len(all)), classes: make([]byte, len(all))}
	for i, e := range all {
		l.plain[i], l.classes[i] = e.doc, byte(e.class)
	}
	s.recent.put(entity, l)
	return l, nil
}

// recent keeps the lists of entities that were asked for.
type recent struct {
	mu   sync.Mutex
	by   map[string]postingsList
	size int // postings
}

// mostRecent is about how many postings of a segment are kept, of 5 bytes each.
const mostRecent = 200_000

func (r *recent) get(name string) (postingsList, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	l, ok := r.by[name]
	return l, ok
}

func (r *recent) put(name string, l postingsList) {
	const each = 64 // what a list costs beside its postings, in postings
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.by == nil || r.size > mostRecent {
		r.by, r.size = map[string]postingsList{}, 0
	}
	r.by[name] = l
	r.size += l.n + each
}
