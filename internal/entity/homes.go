package entity

import (
	"cmp"
	"slices"
	"sync"

	"backfile/internal/news"
	"backfile/internal/text"
)

// Homes learns from the articles of an archive where each outlet is at home: the
// towns, counties and regions that it writes of again and again. A paper that
// never says in which state its Richmond lies is understood by its other articles.
// Its zero value is ready for use, by several goroutines at once.
type Homes struct {
	mu      sync.RWMutex
	outlets map[string]*beat
}

// beat is what an outlet writes of: in how many of its articles each place stands.
type beat struct {
	articles int
	places   map[int32]int
}

// Bounds of what is kept, and of what of it is used.
const (
	mostOutlets  = 20_000
	mostBeat     = 600
	leastBeat    = 3 // articles, before anything is made of them
	foremostBeat = 10
)

// beatShare is what a place that stands in all of the outlet's articles counts, in
// names of the text.
const beatShare = 2.0

// outletKey is what an article's outlet is known by, or "".
func outletKey(a *news.Article) string {
	if a.Outlet != nil && a.Outlet.Name != "" {
		return text.Fold(a.Outlet.Name)
	}
	return hostLabel(a.URL)
}

// Observe counts the places of an article that was understood. Those that the whole
// world writes of, countries and great cities, tell nothing and are left out. The
// same article must not be counted twice.
func (h *Homes) Observe(a *news.Article) {
	name := outletKey(a)
	if name == "" {
		return
	}
	g := theGazetteer()
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.outlets == nil {
		h.outlets = map[string]*beat{}
	}
	b := h.outlets[name]
	if b == nil {
		if len(h.outlets) >= mostOutlets {
			return
		}
		b = &beat{places: map[int32]int{}}
		h.outlets[name] = b
	}
	b.articles++
	for k := range a.Places {
		i, ok := g.byEntity(a.Places[k].ID)
		if !ok {
			continue
		}
		p := &g.places[i]
		if p.kind == capital || p.kind == country || p.kind == area && p.Country == "" || p.kind <= seat && p.Population > great {
			continue
		}
		if _, have := b.places[i]; have || len(b.places) < mostBeat {
			b.places[i]++
		}
	}
}

// Home is the town or county that the outlet writes of most, if it does so in a
// third of its articles.
func (h *Homes) Home(outlet string) (news.Entity, bool) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	b := h.outlets[text.Fold(outlet)]
	if b == nil || b.articles < leastBeat {
		return news.Entity{}, false
	}
	g := theGazetteer()
	for _, i := range b.foremost() {
		if g.places[i].kind < region && b.places[i]*3 >= b.articles {
			return g.places[i].entity(), true
		}
	}
	return news.Entity{}, false
}

// foremost are the outlet's places, the one in most articles in front.
func (b *beat) foremost() []int32 {
	all := make([]int32, 0, len(b.places))
	for i := range b.places {
		all = append(all, i)
	}
	slices.SortFunc(all, func(x, y int32) int { return cmp.Or(cmp.Compare(b.places[y], b.places[x]), cmp.Compare(x, y)) })
	return all
}

// around are the outlet's foremost places, as names that stand around its articles.
func (h *Homes) around(a *news.Article) []*toponym {
	if h == nil {
		return nil
	}
	h.mu.RLock()
	defer h.mu.RUnlock()
	b := h.outlets[outletKey(a)]
	if b == nil || b.articles < leastBeat {
		return nil
	}
	var frame []*toponym
	for n, i := range b.foremost() {
		if n == foremostBeat || b.places[i] < 2 {
			break
		}
		frame = append(frame, &toponym{rows: []int32{i}, weight: beatShare * float64(b.places[i]) / float64(b.articles), fixed: true})
	}
	return frame
}
