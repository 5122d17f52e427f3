package index

import (
	"errors"
	"fmt"
	"math/bits"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"backfile/internal/news"
	language "backfile/internal/search"

	"github.com/blevesearch/bleve/v2/index/scorch"
)

// view is the index at one moment, with its columns. Searches share it; it is
// closed when the last one releases it.
type view struct {
	refs     atomic.Int32
	snapshot *scorch.IndexSnapshot
	segments []viewSegment
	docs     int // how many document numbers there are, those that pad a segment too
	all      int // how many documents
	tables   *tables

	vocabulary *vocabulary
	texts      *textFile
	filters    filters

	// current has the documents that are an article's current version, and
	// not deleted.
	current bitset
	found   int    // their number
	deleted bitset // nil for none
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
	base  uint32 // the number of its first document: a multiple of 64
	n     int
	found int // how many of its documents are an article's current version, and not deleted
}

// words is how many words of a set the segment's part has.
func (s *viewSegment) words() int { return (s.n + wordBits - 1) / wordBits }

// of is the segment's part of a set.
func (s *viewSegment) of(b bitset) bitset {
	at := int(s.base) / wordBits
	return b[at : at+s.words()]
}

// freshAfter is how often it is looked whether Bleve has merged segments.
const freshAfter = time.Second

// acquire returns the index as it was when Apply last returned, or is now; release it.
func (e *engine) acquire() (*view, error) {
	if v := e.held(); v != nil {
		// Merged segments hold what the view has: nobody waits for their columns.
		if now := time.Now().UnixNano(); now-e.looked.Load() > int64(freshAfter) && e.building.TryLock() {
			e.looked.Store(now)
			e.background.Go(func() {
				defer e.building.Unlock()
				// What cannot be read is found by the next to write, or by a search.
				if e.refresh() == nil {
					e.compactIdle(v)
				}
			})
		}
		return v, nil
	}
	e.building.Lock()
	defer e.building.Unlock()
	if v := e.held(); v != nil {
		return v, nil
	}
	if err := e.refresh(); err != nil {
		return nil, err
	}
	return e.held(), nil
}

// held is the latest view, one reference more; nil where there is none yet.
func (e *engine) held() *view {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.view != nil {
		e.view.refs.Add(1)
	}
	return e.view
}

// refresh makes the view that of the index as it is now. The engine is held for building.
func (e *engine) refresh() error {
	s, err := e.snapshot()
	if err != nil {
		return err
	}
	if e.view != nil && e.view.snapshot == s {
		return s.Close()
	}
	v, err := e.newView(s)
	if err != nil {
		return errors.Join(fmt.Errorf("read index %s: %w", e.path, err), s.Close())
	}
	v.refs.Store(1) // for the engine
	e.mu.Lock()
	old := e.view
	e.view = v
	e.mu.Unlock()
	e.background.Go(v.order)
	if old != nil {
		old.release()
	}
	return nil
}

// unreadable turns a panic over a segment that is not as it was written into an error, which
// wraps news.ErrDamaged.
func unreadable(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("read columns: %v: %w", r, news.ErrDamaged)
	}
}

// order makes the orders by date of large segments, before somebody waits for them.
func (v *view) order() {
	defer func() { _ = recover() }() // whoever wants the order meets it too, and says so
	const large = 20_000
	for i := range v.segments {
		if c := v.segments[i].columns; v.segments[i].n > large {
			c.byDay()
			c.by(language.Newest)
		}
	}
}

func (v *view) release() {
	if v.refs.Add(-1) == 0 {
		v.snapshot.Close()
	}
}

// newView reads the columns of segments not met before, and forgets those of
// segments that are gone. The engine is held for building.
func (e *engine) newView(s *scorch.IndexSnapshot) (v *view, err error) {
	defer unreadable(&err)
	v = &view{snapshot: s, tables: e.tables, vocabulary: e.vocabulary, texts: e.texts}
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
			defer func() { <-free }()
			defer unreadable(&errs[i])
			if read[i], errs[i] = e.columnsOf(seg.Id(), seg.Segment()); errs[i] == nil {
				read[i].impacts, errs[i] = e.impactsOf(seg.Id(), read[i])
			}
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
		part := viewSegment{seg, c, uint32(v.docs), c.docs(), 0}
		v.segments = append(v.segments, part)
		v.docs += part.words() * wordBits
		v.all += part.n
	}
	e.columns = kept
	e.removeFiles(kept)
	v.current = newBitset(v.docs)
	languages := map[uint32]int{} // and in how many documents
	for i := range v.segments {
		seg := &v.segments[i]
		part := seg.of(v.current)
		copy(part, seg.shown)
		if deleted := seg.Deleted(); deleted != nil && !deleted.IsEmpty() {
			if v.deleted == nil {
				v.deleted = newBitset(v.docs)
			}
			for it := deleted.Iterator(); it.HasNext(); {
				d := it.Next()
				part.remove(d)
				v.deleted.add(seg.base + d)
				languages[seg.single[tagLanguage][d]]--
			}
		}
		seg.found = part.count()
		v.found += seg.found
		for l, n := range seg.languages {
			languages[l] += n
		}
	}
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

// living is how many of the documents are not deleted.
func (v *view) living(of bitset) (n int) {
	if v.deleted == nil {
		return of.count()
	}
	for i, w := range of {
		n += bits.OnesCount64(w &^ v.deleted[i])
	}
	return n
}

// segmentOf is the segment that holds document d.
func (v *view) segmentOf(d uint32) *viewSegment {
	i, ok := slices.BinarySearchFunc(v.segments, d, func(s viewSegment, d uint32) int { return int(s.base) - int(d) })
	if !ok {
		i--
	}
	return &v.segments[i]
}

// number are the numbers of document d, but for those that have columns of their own.
func (v *view) number(d uint32) *record {
	seg := v.segmentOf(d)
	return &seg.numbers[d-seg.base]
}
