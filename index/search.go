package index

import (
	"context"
	"errors"
	"fmt"
	"math"
	"runtime/debug"
	"time"

	"backfile/internal/news"
	language "backfile/internal/search"
)

// searchTime is the longest that one search may take. What takes longer is refused, so
// that others do not wait for it.
const searchTime = 1900 * time.Millisecond

// Search answers a request. Its query must be resolved (search.Resolve). The
// error wraps news.ErrInvalid for a request that cannot be answered,
// search.ErrCostly for one that takes nearly 2 seconds or means too many words, and
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
	whole := ctx
	ctx, cancel := context.WithTimeout(ctx, searchTime)
	defer cancel()
	x.publishIdle()
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.closed {
		return r, errClosed
	}
	generation, key := x.generation.Load(), ""
	if !x.noCache {
		key = cacheKey(q)
		if r, ok := x.results.get(generation, key); ok {
			r.Took = time.Since(start)
			return r, nil
		}
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
		if blames(err) {
			x.suspect(err.Error())
		}
		if errors.Is(err, context.DeadlineExceeded) && whole.Err() == nil {
			err = language.Costly(fmt.Sprintf("it takes longer than %.0f seconds", searchTime.Seconds()))
		}
		return language.Result{}, fmt.Errorf("search: %w", err)
	}
	if !x.noCache {
		x.results.put(generation, key, r)
	}
	r.Took = time.Since(start)
	return r, nil
}

// blames reports whether an error shows that the index is broken.
func blames(err error) bool {
	for _, other := range []error{context.DeadlineExceeded, context.Canceled, news.ErrInvalid, errStore} {
		if errors.Is(err, other) {
			return false
		}
	}
	return true
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

func (e *engine) answer(ctx context.Context, q language.Request, after *standing) (r language.Result, err error) {
	v, err := e.acquire()
	if err != nil {
		return r, err
	}
	defer v.release()
	s := e.newSearch(ctx, v, q)
	defer s.done()
	asked, then, past := language.Past(q.Query)
	if past {
		s.base, s.until = v.asOf(then), then.Until.Unix()
	}
	docs, few, err := s.oneByOne(asked)
	if few && err == nil {
		if err := s.prefer(q.Prefer); err != nil {
			return r, err
		}
		return s.answerFew(q, after, docs)
	}
	var hits bitset
	if err == nil {
		hits, err = s.match(asked, s.base)
	}
	if err == nil {
		err = s.prefer(q.Prefer)
	}
	if err != nil {
		return r, err
	}
	r.Total = hits.count()
	r.Results = r.Total
	if r.Facets, err = s.facets(q.Facets, hits); err != nil {
		return r, err
	}
	var gs []group
	if q.Group {
		room := takeGroups(len(v.tables.byTag[tagFamily].all()))
		defer groupRoom.Put(room)
		gs = *room
		if hits, err = s.group(hits, r.Total, q.Sort, gs); err != nil {
			return r, err
		}
		r.Results = hits.count()
	}
	if q.PerPage == 0 {
		return r, nil
	}
	s.skip = (q.Page - 1) * q.PerPage
	top, rest, err := s.top(hits, r.Results, q.Sort, after, s.skip+q.PerPage)
	if err != nil {
		return r, err
	}
	var of func(family uint32) *group
	if gs != nil {
		of = func(family uint32) *group { return &gs[family] }
	}
	s.fill(&r, q.Sort, top, rest, of)
	return r, nil
}

// fill puts a page's hits into a result. of is a family's group, nil where results are not grouped.
func (s *search) fill(r *language.Result, order language.Sort, top []place, rest int, of func(family uint32) *group) {
	r.Hits = make([]language.Hit, 0, len(top))
	s.fetch(top)
	for i := range top {
		r.Hits = append(r.Hits, s.hit(&top[i], of))
	}
	if rest > 0 && len(top) > 0 {
		last := s.standing(order, top[len(top)-1])
		r.Next = last.encode()
	}
}

func (e *engine) newSearch(ctx context.Context, v *view, q language.Request) *search {
	s := &search{ctx: ctx, article: e.article, view: v, merged: q.Merged, base: v.current, until: math.MaxInt64,
		ranked: q.Sort == language.Relevance && !q.CountOnly}
	return s
}

// fetch has the processor fetch what the hits are made of, all at the same time: each is somewhere else.
func (s *search) fetch(top []place) {
	sum := 0
	for i := range top {
		seg := s.view.segmentOf(top[i].doc)
		d := top[i].doc - seg.base
		sum += int(seg.ids.At(d)[0]) + int(seg.numbers[d].version) + int(seg.single[tagFamily][d])
	}
	s.ticks += sum & 1 // so that it is read
}

// hit is the hit of a document; of is a family's group, nil where results are not grouped.
func (s *search) hit(at *place, of func(family uint32) *group) language.Hit {
	v := s.view
	seg := v.segmentOf(at.doc)
	d := at.doc - seg.base
	h := language.Hit{ID: seg.ids.at(d), Version: int(seg.numbers[d].version), Score: float64(at.score)}
	if edit, ok := s.edits[at.doc]; ok {
		h.Edit, h.EditOf = v.editBy(edit)
	}
	if n := seg.single[tagFamily][d]; n > 0 {
		p := s.printedOf(n)
		h.Family, h.Members, h.Outlets = news.ArticleID(v.tables.byTag[tagFamily].value(n)), int(p.members), int(p.outlets)
		if of != nil {
			h.Found = int(of(n).found)
		}
	}
	return h
}
