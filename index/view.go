package index

import (
	"errors"
	"fmt"
	"runtime"
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
	docs     int // how many document numbers there are, those that pad a segment too
	widest   int // the most words of a set that one segment's part has
	tables   *tables

	vocabulary *vocabulary
	texts      *textFile

	// current has the documents that are an article's current version, and
	// not deleted.
	current bitset
	found   int // their number
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
	base uint32 // the number of its first document: a multiple of 64
	n    int
}

// words is how many words of a set the segment's part has.
func (s *viewSegment) words() int { return (s.n + wordBits - 1) / wordBits }

// of is the segment's part of a set.
func (s *viewSegment) of(b bitset) bitset {
	at := int(s.base) / wordBits
	return b[at : at+s.words()]
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
	v := &view{snapshot: s, tables: e.tables, vocabulary: e.vocabulary, texts: e.texts}
	segments := s.Segments()
	read := make([]*columns, len(segments))
	errs := make([]error, len(segments))
	var wg sync.WaitGroup
	free := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, seg := range segments {
		if read[i] = e.columns[seg.Id()]; read[i] != nil {
			continue
		}
		free <- struct{}{}
		wg.Go(func() {
			read[i], errs[i] = readColumns(seg.Segment(), e.tables)
			<-free
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	kept := make(map[uint64]*columns, len(segments))
	for i, seg := range segments {
		c := read[i]
		kept[seg.Id()] = c
		part := viewSegment{seg, c, uint32(v.docs), len(c.ids)}
		v.segments = append(v.segments, part)
		v.docs += part.words() * wordBits
		v.widest = max(v.widest, part.words())
	}
	e.columns = kept
	v.current = newBitset(v.docs)
	languages := map[uint32]int{} // and in how many documents
	for i := range v.segments {
		seg := &v.segments[i]
		part := seg.of(v.current)
		copy(part, seg.shown)
		if deleted := seg.Deleted(); deleted != nil {
			for it := deleted.Iterator(); it.HasNext(); {
				d := it.Next()
				part.remove(d)
				languages[seg.single[tagLanguage][d]]--
			}
		}
		for l, n := range seg.languages {
			languages[l] += n
		}
	}
	v.found = v.current.count()
	names := e.tables.byTag[tagLanguage].all()
	for l, n := range languages {
		if n > 0 {
			v.languages = append(v.languages, stemLanguage(names[l]))
		}
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
