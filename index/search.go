package index

import (
	"context"
	"errors"
	"fmt"
	"math"
	"runtime/debug"
	"sync"
	"time"

	"backfile/internal/news"
	language "backfile/internal/search"
)

// searchTime is the longest that one search may take.
const searchTime = 5 * time.Second

// Search answers a request. Its query must be resolved (search.Resolve). The
// error wraps news.ErrInvalid for a request that cannot be answered,
// context.DeadlineExceeded for one that takes longer than 5 seconds, and
// news.ErrDamaged where the index turns out to be broken; see Damaged.
//
// Equal relevance is ordered newest first, and what is still equal by id, so
// that pages never overlap. Undated articles come last in every order by date.
func (x *Index) Search(ctx context.Context, q language.Request) (r language.Result, err error) {
	start := time.Now()
	q, after, err := normal(q)
	if err != nil {
		return r, err
	}
	ctx, cancel := context.WithTimeout(ctx, searchTime)
	defer cancel()
	x.publishIdle()
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.closed {
		return r, errClosed
	}
	generation, key := x.generation.Load(), cacheKey(q)
	if r, ok := x.results.get(generation, key); ok && !x.noCache {
		r.Took = time.Since(start)
		return r, nil
	}
	select {
	case x.slots <- struct{}{}:
		defer func() { <-x.slots }()
	case <-ctx.Done():
		return r, fmt.Errorf("search: %w", ctx.Err())
	}
	defer func() {
		if p := recover(); p != nil {
			x.suspect(fmt.Sprintf("search for %q: %v\n%s", language.String(q.Query), p, debug.Stack()))
			r, err = language.Result{}, fmt.Errorf("search: %v: %w", p, news.ErrDamaged)
		}
	}()
	if r, err = x.now.answer(ctx, q, after); err != nil {
		if !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, context.Canceled) && !errors.Is(err, news.ErrInvalid) {
			x.suspect(err.Error())
		}
		return language.Result{}, fmt.Errorf("search: %w", err)
	}
	if !x.noCache {
		x.results.put(generation, key, r)
	}
	r.Took = time.Since(start)
	return r, nil
}

// normal fills a request's defaults in and holds it to its limits.
func normal(q language.Request) (language.Request, *standing, error) {
	if q.Sort == "" {
		q.Sort = language.Relevance
	}
	if q.Sort != language.Relevance && q.Sort != language.Newest && q.Sort != language.Oldest {
		return q, nil, fmt.Errorf("sort %q: %w", q.Sort, news.ErrInvalid)
	}
	const perPage = 20
	if q.PerPage <= 0 {
		q.PerPage = perPage
	}
	q.PerPage = min(q.PerPage, language.MaxPerPage)
	q.Page = max(q.Page, 1)
	q.Query = language.Simplify(q.Query)
	if q.CountOnly {
		q.Page, q.PerPage, q.After = 1, 0, ""
	}
	if q.After == "" {
		if q.PerPage > 0 && q.Page > language.MaxOffset/q.PerPage {
			return q, nil, fmt.Errorf("page %d of %d: only %d hits can be leafed through: %w", q.Page, q.PerPage, language.MaxOffset, news.ErrInvalid)
		}
		return q, nil, nil
	}
	q.Page = 1
	after, err := decodeStanding(q.After, q.Sort)
	return q, after, err
}

// scratch are arrays of the size of the archive that one search needs.
var scratch sync.Pool

type arrays struct{ scores, tf []float32 }

func (e *engine) answer(ctx context.Context, q language.Request, after *standing) (r language.Result, err error) {
	v, err := e.acquire()
	if err != nil {
		return r, err
	}
	defer v.release()
	asked, then, past := language.Past(q.Query)
	base := v.current
	if past {
		base = v.asOf(then)
	}
	s := &search{ctx: ctx, view: v, merged: q.Merged, base: base, until: math.MaxInt64}
	if past {
		s.until = then.Until.Unix()
	}
	if q.Sort == language.Relevance && !q.CountOnly {
		a, _ := scratch.Get().(*arrays)
		if a == nil || cap(a.scores) < v.docs {
			a = &arrays{make([]float32, v.docs, v.docs+v.docs/4), make([]float32, v.docs, v.docs+v.docs/4)}
		}
		s.scores, s.tf = a.scores[:v.docs], a.tf[:v.docs]
		clear(s.scores)
		defer func() {
			if err == nil { // after an error tf may not be all zeros
				scratch.Put(a)
			}
		}()
	}
	hits, err := s.match(asked, base)
	if err != nil {
		return r, err
	}
	r.Total = hits.count()
	if len(q.Facets) > 0 {
		r.Facets = make(map[string][]language.Count, len(q.Facets))
	}
	for name, most := range q.Facets {
		if r.Facets[name], err = s.facet(name, most, hits); err != nil {
			return r, err
		}
	}
	r.Results = r.Total
	var gs []group
	if q.Group {
		room := takeGroups(len(v.tables.byTag[tagFamily].all()))
		defer groupRoom.Put(room)
		gs = *room
		if hits, err = s.group(hits, q.Sort, gs); err != nil {
			return r, err
		}
		r.Results = hits.count()
	}
	if q.PerPage == 0 {
		return r, nil
	}
	skip := (q.Page - 1) * q.PerPage
	top, rest, err := s.top(hits, q.Sort, after, skip+q.PerPage)
	if err != nil {
		return r, err
	}
	top = top[min(skip, len(top)):]
	for i := range top {
		seg := v.segmentOf(top[i].doc)
		h := language.Hit{ID: top[i].id, Version: int(seg.numbers[top[i].doc-seg.base].version), Score: float64(top[i].score)}
		if edit, ok := s.edits[top[i].doc]; ok {
			h.Edit, h.EditOf = v.editBy(edit)
		}
		if n := seg.single[tagFamily][top[i].doc-seg.base]; n > 0 {
			p := s.printed()[n]
			h.Family, h.Members, h.Outlets = news.ArticleID(v.tables.byTag[tagFamily].value(n)), int(p.members), int(p.outlets)
			if gs != nil {
				h.Found = int(gs[n].found)
			}
		}
		r.Hits = append(r.Hits, h)
	}
	if rest > 0 && len(top) > 0 {
		r.Next = top[len(top)-1].encode()
	}
	return r, nil
}
