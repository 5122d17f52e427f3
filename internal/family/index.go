package family

import (
	"iter"
	"slices"
	"sync"
	"time"
	"unsafe"

	"backfile/internal/news"
	"backfile/internal/packed"
)

// What bounds the search for copies, whatever is archived.
const (
	// keyPrints is how many of a sketch's fingerprints, the smallest, lead from
	// one article to another. All of them count once a pair is looked at.
	keyPrints = 32
	// minMeet is how many rare fingerprints two articles must share to be
	// looked at as a pair.
	minMeet = 2
	// commonAll and commonOutlet part rare fingerprints from common ones: more
	// articles than that, of all or of any one outlet, have a common one. One
	// outlet prints a report once or a few times, but its footer every time.
	commonAll    = 512
	commonOutlet = 16
)

// rarity is how many articles may have a rare fingerprint: of all, and of one
// outlet.
type rarity struct{ all, outlet int }

// Index finds wire families among the articles that it was given. What it
// answers depends on which articles it holds and not on the order in which they
// came. It is all in memory, about 600 bytes an article, and derived: make it
// again from the sketches in the records (see Load). It is safe for concurrent
// use; calls that write wait for each other.
type Index struct {
	mu      sync.RWMutex
	docs    []doc
	ids     packed.Strings
	byID    *packed.Places // of removed docs too
	sketch  arena
	shards  [shards]shard
	bits    [commonBits / 64]uint64 // which fingerprints may be in common
	common  map[uint32]uint32       // a common fingerprint to how many live articles have it
	outlets []string                // by number; 0 is the unknown one
	outlet  map[string]uint32
	dead    int      // how many docs were removed
	gone    []uint64 // which, a bit each
	most    rarity

	hits    []uint32       // scratch of candidates
	touched map[uint32]was // what families were before the call that writes
	loading bool           // nobody asks what changes
}

// doc is one article, numbered by its place in Index.docs.
type doc struct {
	published int64
	at        uint32 // its sketch in the arena
	words     uint32
	chosen    uint32
	outlet    uint32
	prints    uint8
	figures   uint8
	// The family: members are a ring by next, root is the same in all of them.
	// size and lead are right in the root alone.
	root, next uint32
	size, lead uint32
}

// was is what an article's family was before a call that writes: its lead and
// the number of members, or size 0 for an article that is new.
type was struct {
	lead news.ArticleID
	size uint32
}

// New is an index of nothing.
func New() *Index { return newIndex(rarity{commonAll, commonOutlet}) }

func newIndex(most rarity) *Index {
	return &Index{
		most:    most,
		byID:    packed.NewPlaces(0),
		common:  map[uint32]uint32{},
		outlets: []string{""},
		outlet:  map[string]uint32{"": 0},
		touched: map[uint32]was{},
	}
}

// Add takes articles in, or their new texts, dates and outlets if they are known,
// and returns the families that changed by it, in no set order; an article that
// stands alone as before, or is new and stands alone, is in none. Many at once
// are quicker than one by one, and give the same families. Of two entries of one
// id the later counts.
func (x *Index) Add(es ...Entry) []Change {
	x.mu.Lock()
	defer x.mu.Unlock()
	var dirty []uint32
	added := make([]arrival, 0, len(es))
	for _, e := range es {
		before := was{}
		if d, ok := x.numberOf(e.ID); ok {
			p := &x.docs[d]
			old := x.sketchOf(d)
			if x.outlets[p.outlet] == e.Outlet && p.published == orderOf(e.Published) && equal(&old, &e.Sketch) {
				continue
			}
			dirty = x.take(d, dirty)
			before = x.touched[d]
		}
		d := x.append(e)
		x.touched[d] = before
		x.insert(d)
		var a arrival
		a, dirty = x.arrive(d, dirty)
		added = append(added, a)
	}
	x.relink(dirty)
	for _, a := range added {
		x.settleIn(a)
	}
	x.settle()
	return x.changes()
}

// Remove takes an article out, and returns the families that changed by it. An
// unknown id changes nothing.
func (x *Index) Remove(id news.ArticleID) []Change {
	x.mu.Lock()
	defer x.mu.Unlock()
	d, ok := x.numberOf(id)
	if !ok {
		return nil
	}
	x.relink(x.take(d, nil))
	x.settle()
	return x.changes()
}

// Family is the family of an article: of one member where it has no copy. ok is
// false for an unknown id.
func (x *Index) Family(id news.ArticleID) (f Family, ok bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	d, ok := x.numberOf(id)
	if !ok {
		return Family{}, false
	}
	return x.family(d), true
}

// Likeness is how far two articles of the index are the same, but for what is
// common. ok is false where one of them is unknown.
func (x *Index) Likeness(a, b news.ArticleID) (l Likeness, ok bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	d, okA := x.numberOf(a)
	e, okB := x.numberOf(b)
	if !okA || !okB {
		return Likeness{}, false
	}
	return x.likeness(d, e), true
}

// Families yields the families of two members and more, in no set order. The
// index must not be written to from within the loop.
func (x *Index) Families() iter.Seq[Family] {
	return func(yield func(Family) bool) {
		x.mu.RLock()
		defer x.mu.RUnlock()
		for d := range x.docs {
			p := &x.docs[d]
			if x.keep(uint32(d)) && p.root == uint32(d) && p.size > 1 && !yield(x.family(uint32(d))) {
				return
			}
		}
	}
}

// Len is how many articles the index holds.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return len(x.docs) - x.dead
}

// Bytes is about how much memory the index takes.
func (x *Index) Bytes() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	n := cap(x.docs)*int(unsafe.Sizeof(doc{})) + x.ids.Bytes() + x.byID.Bytes() + x.sketch.bytes() + len(x.common)*16
	for i := range x.shards {
		n += x.shards[i].bytes()
	}
	return n
}

// append gives the article a number, and puts its sketch by.
func (x *Index) append(e Entry) uint32 {
	o, ok := x.outlet[e.Outlet]
	if !ok {
		o = uint32(len(x.outlets))
		x.outlets = append(x.outlets, e.Outlet)
		x.outlet[e.Outlet] = o
	}
	d := uint32(len(x.docs))
	if d%64 == 0 {
		x.gone = append(x.gone, 0)
	}
	s := &e.Sketch
	x.docs = append(x.docs, doc{
		published: orderOf(e.Published), outlet: o,
		at: x.sketch.put(s), words: s.Words, chosen: s.Chosen, prints: uint8(len(s.Prints)), figures: uint8(len(s.Figures)),
		root: d, next: d, size: 1, lead: d,
	})
	x.ids.Add([]byte(e.ID))
	x.byID.Put(string(e.ID), d, func(old uint32) bool { return !x.keep(old) && string(x.ids.At(old)) == string(e.ID) })
	return d
}

// insert adds the postings of d. A text too short for a family has none.
func (x *Index) insert(d uint32) {
	for _, p := range x.keys(d) {
		x.shards[p>>(32-shardBits)].add(posting{p, d})
		if x.isCommon(p) {
			x.common[p]++
		}
	}
}

// keys are the fingerprints under which d is found.
func (x *Index) keys(d uint32) []uint32 {
	p := &x.docs[d]
	if p.words < MinWords {
		return nil
	}
	return x.sketch.at(p.at, min(int(p.prints), keyPrints))
}

func (x *Index) sketchOf(d uint32) Sketch {
	p := &x.docs[d]
	all := x.sketch.at(p.at, int(p.prints)+int(p.figures))
	return Sketch{Words: p.words, Chosen: p.chosen, Prints: all[:p.prints:p.prints], Figures: all[p.prints:]}
}

// live calls f with every article that has the fingerprint, until f returns
// false.
func (x *Index) live(print uint32, f func(d uint32) bool) {
	x.shards[print>>(32-shardBits)].each(print, func(d uint32) bool {
		return !x.keep(d) || f(d)
	})
}

// id is the article numbered d.
func (x *Index) id(d uint32) news.ArticleID { return news.ArticleID(x.ids.At(d)) }

// numberOf is the number of an article; ok is false for one that is not there.
func (x *Index) numberOf(id news.ArticleID) (d uint32, ok bool) {
	return x.byID.Find(string(id), func(d uint32) bool { return x.keep(d) && string(x.ids.At(d)) == string(id) })
}

func (x *Index) keep(d uint32) bool { return x.gone[d/64]&(1<<(d%64)) == 0 }

// drop marks d as removed.
func (x *Index) drop(d uint32) {
	x.gone[d/64] |= 1 << (d % 64)
	x.dead++
}

func (x *Index) settle() {
	for i := range x.shards {
		x.shards[i].settle(uint32(i), x.keep)
	}
	if x.dead > len(x.docs)/3 && x.dead > compactFrom {
		x.compact()
	}
}

func equal(a, b *Sketch) bool {
	return a.Words == b.Words && a.Chosen == b.Chosen && slices.Equal(a.Prints, b.Prints) && slices.Equal(a.Figures, b.Figures)
}

// Entries yields what the index holds, each with its own copy of the sketch, in
// no set order. Dates are given to the second, as the index orders by them. The
// index must not be written to from within the loop.
func (x *Index) Entries() iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		x.mu.RLock()
		defer x.mu.RUnlock()
		for d := range x.docs {
			p := &x.docs[d]
			if !x.keep(uint32(d)) {
				continue
			}
			e := Entry{ID: x.id(uint32(d)), Outlet: x.outlets[p.outlet], Sketch: x.sketchOf(uint32(d))}
			e.Sketch.Prints, e.Sketch.Figures = slices.Clone(e.Sketch.Prints), slices.Clone(e.Sketch.Figures)
			if p.published != undated {
				e.Published = news.DateOf(time.Unix(p.published, 0).UTC(), news.FromGiven)
			}
			if !yield(e) {
				return
			}
		}
	}
}
