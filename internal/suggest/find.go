package suggest

import (
	"slices"
	"strings"
)

// Find returns up to most things that a folded beginning of a name fits, of the kinds
// given, or of all where there are none. It fits where an alias goes on with it from
// the beginning of a word; where that finds too few and there are several words, also
// where each of them begins some word of an alias. Names that are exactly that come
// first, then those with the larger count. Each thing is there once.
func (t *Table) Find(folded string, kinds []string, most int) []Found {
	folded = strings.Join(strings.Fields(folded), " ")
	if folded == "" || most <= 0 || len(t.at) == 0 {
		return nil
	}
	b := best{t: t, kinds: kinds, most: most}
	lo, hi := t.rangeOf(folded)
	// What is exactly that sorts before what goes on.
	plain := lo
	for ; plain < hi && len(t.from(t.at[plain])) == len(folded); plain++ {
		if _, first := t.alias(plain); first {
			b.offer(plain, true)
		}
	}
	b.scan(lo, hi)
	if words := strings.Fields(folded); len(b.found) < most && len(words) > 1 {
		longest := slices.MaxFunc(words, func(a, b string) int { return len(a) - len(b) })
		b.fits = func(i int) bool { return t.hasAll(i, words) }
		b.scan(t.rangeOf(longest))
	}
	return b.results()
}

// hasAll reports whether each of words begins some word of the alias of entry i.
func (t *Table) hasAll(i int, words []string) bool {
	alias, _ := t.alias(i)
	of := strings.Fields(alias)
	return !slices.ContainsFunc(words, func(w string) bool {
		return !slices.ContainsFunc(of, func(o string) bool { return strings.HasPrefix(o, w) })
	})
}

// best keeps the best entries, one a thing.
type best struct {
	t     *Table
	kinds []string
	most  int
	fits  func(i int) bool // nil: all
	found []candidate      // the best first
}

type candidate struct {
	entry int
	exact bool
}

// scan offers a stretch of entries. Its loop reads nothing but weights as long as they
// are too light, so that a single letter's hundred thousands take no time.
func (b *best) scan(lo, hi int) {
	least := b.least()
	for i, w := range b.t.weight[lo:hi] {
		if int64(w) > least {
			b.offer(lo+i, false)
			least = b.least()
		}
	}
}

// least is the weight that an entry must be above to come in.
func (b *best) least() int64 {
	if len(b.found) < b.most {
		return -1
	}
	last := b.found[len(b.found)-1]
	if last.exact {
		return 1 << 32
	}
	return int64(b.t.weight[last.entry])
}

// offer takes an entry in at its place, where it fits and its thing is not there yet.
func (b *best) offer(i int, exact bool) {
	n := b.t.owner[i]
	if len(b.kinds) > 0 && !slices.Contains(b.kinds, b.t.kind(n)) || b.fits != nil && !b.fits(i) {
		return
	}
	if slices.ContainsFunc(b.found, func(c candidate) bool { return b.t.owner[c.entry] == n }) {
		return
	}
	at := slices.IndexFunc(b.found, func(c candidate) bool {
		return exact && !c.exact || exact == c.exact && b.t.weight[i] > b.t.weight[c.entry]
	})
	if at < 0 {
		at = len(b.found)
	}
	b.found = slices.Insert(b.found, at, candidate{i, exact})
	b.found = b.found[:min(len(b.found), b.most)]
}

func (b *best) results() []Found {
	out := make([]Found, len(b.found))
	for i, c := range b.found {
		n := b.t.owner[c.entry]
		alias, _ := b.t.alias(c.entry)
		out[i] = Found{Kind: b.t.kind(n), ID: b.t.ids[n], Count: int(b.t.weight[c.entry]), Fold: alias, Exact: c.exact}
	}
	return out
}
