package index

import (
	"context"
	"fmt"
	"runtime/debug"
	"slices"
	"time"

	"backfile/internal/news"
	"backfile/internal/packed"
	language "backfile/internal/search"
)

// streamTime is the longest that finding and ordering all hits of one Stream may take.
// What each does with them is not counted.
const streamTime = time.Minute

// Stream calls each with every hit of a request, in its order, without a limit to their
// number: Page, PerPage, After, Facets and CountOnly are passed over. All are of one
// state of the index, the one when Stream was called. A hit has its ID and Version alone.
// The result has Total, Results and Cursor.
//
// Finding them takes one of the searches that run at a time, and some 60 bytes a hit; what
// is kept while each is called is 21 bytes a hit and nothing of the index, which may
// change, be made anew or be closed meanwhile. Stream ends with the error of each, as
// it is, or with that of ctx; its other errors are Search's.
func (x *Index) Stream(ctx context.Context, q language.Request, each func(language.Hit) error) (language.Result, error) {
	start := time.Now()
	r, hits, err := x.all(ctx, q)
	r.Took = time.Since(start)
	if err != nil {
		return language.Result{}, err
	}
	for i := range hits.versions {
		if err := ctx.Err(); err != nil {
			return r, err
		}
		if err := each(hits.at(i)); err != nil {
			return r, err
		}
	}
	return r, nil
}

// all finds every hit of a request.
func (x *Index) all(ctx context.Context, q language.Request) (r language.Result, hits packedHits, err error) {
	q.Page, q.After, q.Facets, q.CountOnly = 1, "", nil, false
	if q, _, err = normal(q); err != nil {
		return r, hits, err
	}
	ctx, cancel := context.WithTimeout(ctx, streamTime)
	defer cancel()
	x.publishIdle()
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.closed {
		return r, hits, errClosed
	}
	select {
	case x.slots <- struct{}{}:
		defer func() { <-x.slots }()
	case <-ctx.Done():
		return r, hits, fmt.Errorf("stream: %w", ctx.Err())
	}
	defer func() {
		if p := recover(); p != nil {
			x.suspect(fmt.Sprintf("stream of %q: %v\n%s", language.String(q.Query), p, debug.Stack()))
			r, err = language.Result{}, fmt.Errorf("stream: %v: %w", p, news.ErrDamaged)
		}
	}()
	if r, hits, err = x.now.all(ctx, q); err != nil {
		if blames(err) {
			x.suspect(err.Error())
		}
		return r, hits, fmt.Errorf("stream: %w", err)
	}
	return r, hits, nil
}

func (e *engine) all(ctx context.Context, q language.Request) (r language.Result, out packedHits, err error) {
	v, err := e.acquire()
	if err != nil {
		return r, out, err
	}
	defer v.release()
	asked, then, past := language.Past(q.Query)
	s := e.newSearch(ctx, v, q)
	defer s.done()
	if past {
		s.base, s.until = v.asOf(then), then.Until.Unix()
	}
	hits, err := s.match(asked, s.base)
	if err == nil {
		err = s.prefer(q.Prefer)
	}
	if err != nil {
		return r, out, err
	}
	r.Total = hits.count()
	at, err := v.snapshot.GetInternal(internalCursor)
	if err != nil {
		return r, out, fmt.Errorf("read index %s: %w", e.path, err)
	}
	r.Cursor = news.Cursor(at)
	if q.Group {
		room := takeGroups(len(v.tables.byTag[tagFamily].all()))
		defer groupRoom.Put(room)
		if hits, err = s.group(hits, r.Total, q.Sort, *room); err != nil {
			return r, out, err
		}
	}
	r.Results = hits.count()
	out, err = s.packed(hits, q.Sort, r.Results)
	return r, out, err
}

// packed are n hits in order.
func (s *search) packed(hits bitset, order language.Sort, n int) (out packedHits, err error) {
	var all []place
	if order == language.Relevance && len(s.leaves) > 0 {
		all, err = s.sorted(hits, order, n)
	} else {
		all, err = s.byDate(hits, n, order, n)
	}
	if err != nil {
		return out, err
	}
	out.room(n)
	for i := range all {
		seg := s.view.segmentOf(all[i].doc)
		out.add(seg.ids.At(all[i].doc-seg.base), uint32(seg.numbers[all[i].doc-seg.base].version))
	}
	return out, nil
}

// sorted are n hits in an order that is not known before.
func (s *search) sorted(hits bitset, order language.Sort, n int) (all []place, err error) {
	s.score(hits, n)
	all = make([]place, 0, n)
	for i := range s.view.segments {
		seg := &s.view.segments[i]
		hits.between(seg.base, seg.base+uint32(seg.n), func(d uint32) bool {
			if err = s.tick(); err != nil {
				return false
			}
			all = append(all, s.place(order, seg, d))
			return true
		})
		if err != nil {
			return nil, err
		}
	}
	slices.SortFunc(all, func(a, b place) int { return s.view.compare(&a, &b) })
	return all, nil
}

// packedHits are hits in little room.
type packedHits struct {
	ids      articleIDs
	versions []uint32
}

// room makes room for n hits, whose ids are as long as an archive's are.
func (p *packedHits) room(n int) {
	const idLength = 13
	p.ids, p.versions = articleIDs{packed.Strings{Ends: make([]uint32, 0, n), All: make([]byte, 0, n*idLength)}}, make([]uint32, 0, n)
}

func (p *packedHits) add(id []byte, version uint32) {
	p.ids.Add(id)
	p.versions = append(p.versions, version)
}

func (p *packedHits) at(i int) language.Hit {
	return language.Hit{ID: p.ids.at(uint32(i)), Version: int(p.versions[i])}
}
