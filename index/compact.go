package index

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/index/scorch/mergeplan"
)

// quiet is how long nothing must have been taken in before segments are joined that Bleve's own
// plan leaves apart. Every search asks each of them, so that fewer are quicker.
const quiet = 30 * time.Second

// Compact joins the segments into one, and returns when that is done. It rewrites the whole
// index, so it is for the end of a large intake; in between the index joins what is worth it
// by itself, when nothing comes in.
func (x *Index) Compact(ctx context.Context) error {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.closed {
		return errClosed
	}
	// Bleve joins ten at a time, and tells of no end.
	for last := 0; ; {
		s, err := x.now.snapshot()
		if err != nil {
			return err
		}
		n := len(s.Segments())
		if err := s.Close(); err != nil {
			return err
		}
		if n <= 1 || n == last {
			break
		}
		last = n
		if err := x.now.merge(ctx, mergeplan.SingleSegmentMergePlanOptions); err != nil {
			return err
		}
	}
	x.now.building.Lock()
	defer x.now.building.Unlock()
	return x.now.refresh()
}

func (e *engine) merge(ctx context.Context, o mergeplan.MergePlanOptions) error {
	s, ok := e.inner.(*scorch.Scorch)
	if !ok {
		return errors.New("join segments: the index is not Bleve's scorch")
	}
	if err := s.ForceMerge(ctx, &o); err != nil {
		return fmt.Errorf("join segments: %w", err)
	}
	return nil
}

// planOf is how segments of so many documents are joined when the index has been quiet: all,
// where the largest has less than seven eighths; or those beside it, where they are several; ok is
// false where it is not worth it.
func planOf(segments []int) (o mergeplan.MergePlanOptions, ok bool) {
	o = mergeplan.SingleSegmentMergePlanOptions
	most, all := 0, 0
	for _, n := range segments {
		most, all = max(most, n), all+n
	}
	switch rest := all - most; {
	case len(segments) < 2:
		return o, false
	case rest*8 >= all:
		return o, true
	case len(segments) < 4:
		return o, false
	default:
		// Bleve leaves alone what has more than half of the largest size.
		o.MaxSegmentSize = int64(2*rest + 2)
		return o, true
	}
}

// compactIdle joins segments where it is worth it and nothing came in for a while. It returns at
// once.
func (e *engine) compactIdle(v *view) {
	if time.Since(time.Unix(0, e.taken.Load())) < quiet || !e.compacted.CompareAndSwap(false, true) {
		return
	}
	sizes := make([]int, len(v.segments))
	for i := range v.segments {
		sizes[i] = v.segments[i].n
	}
	if o, ok := planOf(sizes); ok {
		e.merging.Go(func() { _ = e.merge(context.Background(), o) }) // it is tried again behind the next intake
	}
}
