package index

import (
	"container/list"
	"fmt"
	"slices"
	"strings"
	"sync"

	language "backfile/internal/search"
)

// cache keeps the latest results of one state of the index: pages are asked for
// again (the front page always is), and go on with the next page's facets.
type cache struct {
	mu         sync.Mutex
	generation uint64
	byKey      map[string]*list.Element
	order      list.List // of *cached, the latest used first
}

type cached struct {
	key    string
	result language.Result
}

const maxCached = 256

// get returns the result kept for key in that generation. An older generation's
// results are dropped.
func (c *cache) get(generation uint64, key string) (language.Result, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.turn(generation)
	e := c.byKey[key]
	if e == nil || c.generation != generation {
		return language.Result{}, false
	}
	c.order.MoveToFront(e)
	return e.Value.(*cached).result, true
}

func (c *cache) put(generation uint64, key string, r language.Result) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.turn(generation)
	if c.generation != generation || c.byKey[key] != nil {
		return
	}
	c.byKey[key] = c.order.PushFront(&cached{key, r})
	if c.order.Len() > maxCached {
		old := c.order.Back()
		c.order.Remove(old)
		delete(c.byKey, old.Value.(*cached).key)
	}
}

func (c *cache) turn(generation uint64) {
	if c.byKey == nil || generation > c.generation {
		c.generation, c.byKey = generation, map[string]*list.Element{}
		c.order.Init()
	}
}

// cacheKey says everything about a request that its result depends on. Resolved
// names count by their ids.
func cacheKey(q language.Request) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\x00%s\x00%d\x00%d\x00%s\x00%t\x00%t\x00", q.Merged.Sum(), q.Sort, q.Page, q.PerPage, q.After, q.CountOnly, q.Group)
	names := make([]string, 0, len(q.Facets))
	for name, most := range q.Facets {
		names = append(names, fmt.Sprintf("%s %d", name, most))
	}
	slices.Sort(names)
	b.WriteString(strings.Join(names, ","))
	b.WriteByte(0)
	b.WriteString(language.String(q.Query))
	for _, e := range q.Prefer {
		fmt.Fprintf(&b, "\x01%s%s", e.Kind, e.IDs)
	}
	language.Walk(q.Query, func(n language.Node) bool {
		switch n := n.(type) {
		case language.Entities:
			fmt.Fprintf(&b, "\x00%s%t", n.IDs, n.Unscored)
		case language.Articles:
			fmt.Fprintf(&b, "\x00%s", n.IDs)
		}
		return true
	})
	return b.String()
}
