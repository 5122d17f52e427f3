package index

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"backfile/internal/news"

	"github.com/blevesearch/bleve/v2/index/scorch"
)

// view is the index at one moment, with its columns. Searches share it; it is
// closed when the last one releases it.
type view struct {
	refs     atomic.Int32
	snapshot *scorch.IndexSnapshot
	segments []viewSegment
	docs     int
	tables   *tables
	// current has the documents that are an article's current version, and
	// not deleted.
	current bitset
	found   int // their number
	// lengths is what BM25 divides by: 1 for a body of mean length, more for a
	// longer one.
	lengths []float32
	// languages are those that their words were stemmed in.
	languages []string
	// revised are the documents of each article that has several, made when they
	// are first asked for.
	revised map[news.ArticleID][]uint32
	revise  sync.Once
	// families are how often each wire family is printed, by its number; made when
	// they are first asked for.
	families []printed
	tally    sync.Once
}

type viewSegment struct {
	*scorch.SegmentSnapshot
	*columns
	base uint32 // the number of its first document
	n    int
}

// acquire returns the view of the index as it is now; release it.
func (e *engine) acquire() (*view, error) {
	s, err := e.snapshot()
	if err != nil {
		return nil, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.view != nil && e.view.snapshot == s {
		e.view.refs.Add(1)
		return e.view, s.Close()
	}
	v, err := e.newView(s)
	if err != nil {
		s.Close()
		return nil, fmt.Errorf("read index %s: %w", e.path, err)
	}
	if e.view != nil {
		e.view.release()
	}
	v.refs.Store(2) // one for the engine, one for the caller
	e.view = v
	return v, nil
}

func (v *view) release() {
	if v.refs.Add(-1) == 0 {
		v.snapshot.Close()
	}
}

// newView reads the columns of segments not met before, and forgets those of
// segments that are gone. The engine's lock is held.
func (e *engine) newView(s *scorch.IndexSnapshot) (*view, error) {
	v := &view{snapshot: s, tables: e.tables}
	kept := map[uint64]*columns{}
	for _, seg := range s.Segments() {
		c := e.columns[seg.Id()]
		if c == nil {
			var err error
			if c, err = readColumns(seg.Segment(), e.tables); err != nil {
				return nil, err
			}
		}
		kept[seg.Id()] = c
		v.segments = append(v.segments, viewSegment{seg, c, uint32(v.docs), len(c.ids)})
		v.docs += len(c.ids)
	}
	e.columns = kept
	v.current = newBitset(v.docs)
	words := 0
	languages := map[uint32]bool{}
	for _, seg := range v.segments {
		deleted := seg.Deleted()
		for d := range seg.n {
			if deleted != nil && deleted.Contains(uint32(d)) {
				continue
			}
			languages[seg.single[tagLanguage][d]] = true
			if seg.numbers[d].current {
				v.current.add(seg.base + uint32(d))
				v.found++
				words += int(seg.numbers[d].words)
			}
		}
	}
	average := max(1, float64(words)/float64(max(1, v.found)))
	v.lengths = make([]float32, v.docs)
	for _, seg := range v.segments {
		for d := range seg.n {
			v.lengths[int(seg.base)+d] = float32(1 - b + b*float64(seg.numbers[d].words)/average)
		}
	}
	names := e.tables.byTag[tagLanguage].all()
	for n := range languages {
		v.languages = append(v.languages, stemLanguage(names[n]))
	}
	slices.Sort(v.languages)
	v.languages = slices.Compact(v.languages)
	return v, nil
}

// segmentOf is the segment that holds document d.
func (v *view) segmentOf(d uint32) *viewSegment {
	i, ok := slices.BinarySearchFunc(v.segments, d, func(s viewSegment, d uint32) int { return int(s.base) - int(d) })
	if !ok {
		i--
	}
	return &v.segments[i]
}

// number are the numbers of document d.
func (v *view) number(d uint32) *numbers {
	seg := v.segmentOf(d)
	return &seg.numbers[d-seg.base]
}
