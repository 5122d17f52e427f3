package main

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"backfile/internal/entity"
	"backfile/internal/news"
)

// nest knows which of the archive's places lie in which. It is made when it is first
// asked, and again when the archive has other places.
type nest struct {
	mu sync.Mutex
	// places is how many the archive had, under which corrections.
	places int
	under  *news.Corrections
	inside map[news.EntityID][]news.EntityID
	// made is when it was made, took how long that took.
	made time.Time
	took time.Duration
}

// nestRest is how many times as long as its making took a nest is good for, however
// many places come in: an archive that takes articles in is not for ever making it.
const nestRest = 10

// nestPage is how many places are read at a time.
const nestPage = 5000

// Inside finds what lies in places; see search.Names.
func (a *archive) Inside(ctx context.Context, name string, of []news.Entity) (in []news.Entity, inside []news.EntityID, err error) {
	if in = of; len(in) == 0 {
		p := entity.LookUp(name, "")
		if p == nil {
			return nil, nil, nil
		}
		in = []news.Entity{entity.Located(p.EntityID())}
	}
	all, err := a.nested(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("find places in %q: %w", name, err)
	}
	seen := map[news.EntityID]bool{}
	for _, e := range in {
		seen[e.ID] = true
	}
	for _, e := range in {
		for _, id := range append([]news.EntityID{e.ID}, e.Merged...) {
			for _, i := range all[id] {
				if !seen[i] {
					seen[i] = true
					inside = append(inside, i)
				}
			}
		}
	}
	if len(of) == 0 && len(inside) == 0 {
		return nil, nil, nil // nothing here is in it
	}
	return in, inside, nil
}

// Above are the archive's places that a place lies in, the nearest first.
func (a *archive) Above(ctx context.Context, place news.EntityID) ([]news.Entity, error) {
	var ids []news.EntityID
	for _, e := range entity.Within(place) {
		ids = append(ids, e.ID)
	}
	found, err := a.EntitiesByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	var out []news.Entity
	for _, id := range ids {
		if e, ok := found[id]; ok && !slices.ContainsFunc(out, func(o news.Entity) bool { return o.ID == e.ID }) {
			out = append(out, e)
		}
	}
	return out, nil
}

// nested maps each place to those of the archive's places that lie in it.
func (a *archive) nested(ctx context.Context) (map[news.EntityID][]news.EntityID, error) {
	st, err := a.Stats(ctx)
	if err != nil {
		return nil, err
	}
	n := &a.nest
	n.mu.Lock()
	defer n.mu.Unlock()
	same := n.places == st.Places && n.under == a.Corrections()
	if n.inside != nil && (same || time.Since(n.made) < nestRest*n.took) {
		return n.inside, nil
	}
	start := time.Now()
	under, inside := a.Corrections(), map[news.EntityID][]news.EntityID{}
	for after := ""; ; {
		page, err := a.EntityList(ctx, news.Place, after, nestPage)
		if err != nil {
			return nil, err
		}
		for _, e := range page {
			for _, id := range append([]news.EntityID{e.ID}, e.Merged...) {
				for _, up := range entity.Within(id) {
					inside[up.ID] = append(inside[up.ID], id)
				}
			}
		}
		if len(page) < nestPage {
			break
		}
		after = string(page[len(page)-1].ID)
	}
	n.places, n.under, n.inside = st.Places, under, inside
	n.made, n.took = time.Now(), time.Since(start)
	return inside, nil
}
