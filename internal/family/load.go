package family

import (
	"context"
	"iter"
	"runtime"
	"slices"
	"sync"
)

// Load is an index of the entries, as many Adds would make it, but quicker: the
// pairs are looked for when all are there, on all processors. Of two entries of
// one id the later counts. Its only error is ctx's.
func Load(ctx context.Context, entries iter.Seq[Entry]) (*Index, error) {
	return load(ctx, entries, rarity{commonAll, commonOutlet})
}

func load(ctx context.Context, entries iter.Seq[Entry], most rarity) (*Index, error) {
	x := newIndex(most)
	x.loading = true
	for e := range entries {
		if d, ok := x.numberOf(e.ID); ok {
			x.drop(d)
		}
		x.insert(x.append(e))
		for i := range x.shards {
			x.shards[i].settle(uint32(i), x.keep)
		}
	}
	for i := range x.shards {
		if ctx.Err() != nil {
			break
		}
		x.shards[i].gather(uint32(i), x.keep)
		x.findCommon(uint32(i))
	}
	pairs := x.pairs(ctx)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	for _, p := range pairs {
		if x.docs[p[0]].root != x.docs[p[1]].root {
			x.join(p[0], p[1])
		}
	}
	x.loading = false
	return x, nil
}

// gather makes one run of all postings of the shard.
func (s *shard) gather(number uint32, keep func(doc uint32) bool) {
	live := slices.DeleteFunc(s.fresh, func(p posting) bool { return !keep(p.doc) })
	slices.SortFunc(live, comparePostings)
	s.push(live)
	s.fresh, s.next = s.fresh[:0], s.next[:0]
	clear(s.head)
	for k := len(s.runs); k > 1; k-- {
		s.runs[k-2] = merge(s.runs[k-2], s.runs[k-1], number, keep)
		s.runs[k-1] = nil
		s.runs = s.runs[:k-1]
	}
}

// findCommon notes the common fingerprints of a gathered shard.
func (x *Index) findCommon(number uint32) {
	if len(x.shards[number].runs) == 0 {
		return
	}
	next := x.shards[number].runs[0].reader(number)
	var print uint32
	var docs []uint32
	note := func() {
		if len(docs) > min(x.most.outlet, x.most.all) && !x.rareIn(docs) {
			x.setCommon(print, len(docs))
		}
		docs = docs[:0]
	}
	for p, ok := next(); ok; p, ok = next() {
		if p.print != print {
			note()
			print = p.print
		}
		if x.keep(p.doc) {
			docs = append(docs, p.doc)
		}
	}
	note()
}

func (x *Index) rareIn(docs []uint32) bool {
	if len(docs) > x.most.all {
		return false
	}
	own := map[uint32]int{}
	for _, d := range docs {
		if o := x.docs[d].outlet; o != 0 {
			if own[o]++; own[o] > x.most.outlet {
				return false
			}
		}
	}
	return true
}

// pairs are the copies among all articles, each pair once; not all of them where
// ctx ends.
func (x *Index) pairs(ctx context.Context) [][2]uint32 {
	const share = 1024
	var mu sync.Mutex
	var all [][2]uint32
	at := 0
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			var hits []uint32
			var mine [][2]uint32
			for {
				mu.Lock()
				from := at
				at = min(at+share, len(x.docs))
				to := at
				mu.Unlock()
				if from == to || ctx.Err() != nil {
					break
				}
				for d := uint32(from); d < uint32(to); d++ {
					var found []uint32
					found, hits = x.earlier(d, hits)
					for _, c := range found {
						if x.copies(d, c) {
							mine = append(mine, [2]uint32{c, d})
						}
					}
				}
			}
			mu.Lock()
			all = append(all, mine...)
			mu.Unlock()
		})
	}
	wg.Wait()
	return all
}

// earlier are the candidates of d with a smaller number; hits is room to work in.
func (x *Index) earlier(d uint32, hits []uint32) (found, room []uint32) {
	if !x.keep(d) {
		return nil, hits
	}
	hits = hits[:0]
	for _, p := range x.keys(d) {
		if x.isCommon(p) {
			continue
		}
		x.live(p, func(c uint32) bool {
			if c < d {
				hits = append(hits, c)
			}
			return c < d
		})
	}
	return atLeast(hits, minMeet), hits
}
