package suggest

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"
)

// Alias is one name of one thing, as a table is built from.
type Alias struct {
	// Kind is person, place, organisation, outlet or whatever else has names.
	Kind string
	// ID is the thing's own, among those of its kind.
	ID string
	// Fold is the name folded (text.Fold): words parted by one space.
	Fold string
	// Count is by how much the thing goes before others: how many articles name it.
	Count int
}

// Found is a thing with a name that fits.
type Found struct {
	Kind, ID string
	Count    int
	// Fold is the alias that fits.
	Fold string
	// Exact says that the alias is what was typed, and no longer.
	Exact bool
}

// Table finds things by what their names begin with. The zero Table finds nothing. It is
// safe for concurrent use.
type Table struct {
	text   []byte   // every alias, each with a zero byte behind it
	at     []uint32 // where a word of an alias begins in text, in the order of what it says from there on
	weight []uint32 // of the thing at the same place of at
	owner  []uint32 // its number, likewise
	words  []uint32 // the places of at where another first word begins
	ids    []string // by number
	kinds  []kindOf // the numbers of each kind, in order
}

// kindOf are the things with numbers below end and not below that of the kind before.
type kindOf struct {
	name string
	end  uint32
}

// maxText bounds the text of a table, in bytes, so that places in it fit.
const maxText = math.MaxUint32 - 1<<16

// Builder gathers the aliases of a table.
type Builder struct {
	aliases []builderAlias
	text    []byte
	things  map[thing]uint32
	order   []thing
	counts  []uint32
}

type thing struct{ kind, id string }

type builderAlias struct{ at, owner uint32 }

// NewBuilder returns a builder without aliases.
func NewBuilder() *Builder { return &Builder{things: map[thing]uint32{}} }

// Add takes an alias. One without a folded name, or with a zero byte in it, is passed
// over. A thing's count is the largest that any of its aliases came with. It returns an
// error for more text than a table can hold, some 4 GB.
func (b *Builder) Add(a Alias) error {
	if a.Fold == "" || strings.IndexByte(a.Fold, 0) >= 0 {
		return nil
	}
	if len(b.text)+len(a.Fold) > maxText {
		return fmt.Errorf("suggest: the names of the archive have more than %d bytes", maxText)
	}
	of := thing{a.Kind, a.ID}
	n, ok := b.things[of]
	if !ok {
		n = uint32(len(b.order))
		b.things[of] = n
		b.order = append(b.order, of)
		b.counts = append(b.counts, 0)
	}
	b.counts[n] = max(b.counts[n], uint32(max(0, min(a.Count, math.MaxUint32))))
	b.aliases = append(b.aliases, builderAlias{uint32(len(b.text)), n})
	b.text = append(append(b.text, a.Fold...), 0)
	return nil
}

// entry is a word of an alias while it is sorted: key is the first bytes from it on.
type entry struct {
	key       uint64
	at, owner uint32
}

// Table sorts what was added. The builder is empty afterwards.
func (b *Builder) Table() *Table {
	t := &Table{text: b.text}
	// Numbers in the order of kinds, so that a number tells its kind.
	by := make([]uint32, len(b.order))
	for i := range by {
		by[i] = uint32(i)
	}
	slices.SortStableFunc(by, func(x, y uint32) int { return strings.Compare(b.order[x].kind, b.order[y].kind) })
	number := make([]uint32, len(by))
	counts := make([]uint32, len(by))
	for n, was := range by {
		number[was], counts[n] = uint32(n), b.counts[was]
		of := b.order[was]
		t.ids = append(t.ids, of.id)
		if k := len(t.kinds); k == 0 || t.kinds[k-1].name != of.kind {
			t.kinds = append(t.kinds, kindOf{name: of.kind})
		}
		t.kinds[len(t.kinds)-1].end = uint32(n + 1)
	}
	var es []entry
	for _, a := range b.aliases {
		for at := range starts(t.text, a.at) {
			es = append(es, entry{key(t.text[at:]), at, number[a.owner]})
		}
	}
	*b = Builder{things: map[thing]uint32{}}
	slices.SortFunc(es, func(x, y entry) int {
		if x.key != y.key {
			return cmp.Compare(x.key, y.key)
		}
		// Of two that go on alike, the one that is a whole alias comes first.
		return cmp.Or(bytes.Compare(t.from(x.at), t.from(y.at)), cmp.Compare(t.depth(x.at), t.depth(y.at)), cmp.Compare(x.at, y.at))
	})
	t.at, t.owner, t.weight = make([]uint32, len(es)), make([]uint32, len(es)), make([]uint32, len(es))
	last := []byte(nil)
	for i, e := range es {
		t.at[i], t.owner[i], t.weight[i] = e.at, e.owner, counts[e.owner]
		if w := t.word(i); !bytes.Equal(w, last) {
			t.words, last = append(t.words, uint32(i)), w
		}
	}
	return t
}

// starts yields where the words of the alias at begin that it is looked for by: the
// first, and behind it all but those that stand in every other name.
func starts(text []byte, at uint32) func(func(uint32) bool) {
	return func(yield func(uint32) bool) {
		if !yield(at) {
			return
		}
		for i := at; text[i] != 0; i++ {
			if text[i] == ' ' && !between(word(text[i+1:])) && !yield(i+1) {
				return
			}
		}
	}
}

// between reports whether a word only joins those beside it in names.
func between(w []byte) bool {
	switch string(w) {
	case "of", "the", "and", "for", "in", "on", "at", "to", "de", "la", "le", "du", "des", "der", "und", "et":
		return true
	}
	return false
}

// key is the first eight bytes of s as a number that sorts as they do.
func key(s []byte) uint64 {
	if len(s) >= 8 {
		return binary.BigEndian.Uint64(s)
	}
	var k [8]byte
	copy(k[:], s)
	return binary.BigEndian.Uint64(k[:])
}

// word is s up to a space or its end.
func word(s []byte) []byte {
	if i := bytes.IndexAny(s, " \x00"); i >= 0 {
		return s[:i]
	}
	return s
}

// from is what the alias says from at on.
func (t *Table) from(at uint32) []byte {
	s := t.text[at:]
	return s[:bytes.IndexByte(s, 0)]
}

// depth is how far into its alias at is.
func (t *Table) depth(at uint32) int { return int(at) - 1 - bytes.LastIndexByte(t.text[:at], 0) }

// word is the first word of entry i.
func (t *Table) word(i int) []byte { return word(t.from(t.at[i])) }

// alias is the whole alias of entry i, and whether the entry is its first word.
func (t *Table) alias(i int) (fold string, first bool) {
	at := t.at[i]
	start := uint32(bytes.LastIndexByte(t.text[:at], 0) + 1)
	return string(t.from(start)), start == at
}

// rangeOf are the entries that begin with prefix.
func (t *Table) rangeOf(prefix string) (lo, hi int) {
	p := []byte(prefix)
	lo = sort.Search(len(t.at), func(i int) bool { return bytes.Compare(t.from(t.at[i]), p) >= 0 })
	hi = lo + sort.Search(len(t.at)-lo, func(i int) bool { return !bytes.HasPrefix(t.from(t.at[lo+i]), p) })
	return lo, hi
}

// kind is the kind of the thing of that number.
func (t *Table) kind(n uint32) string {
	return t.kinds[sort.Search(len(t.kinds), func(i int) bool { return t.kinds[i].end > n })].name
}

// Len is how many words of aliases the table has; Things how many things.
func (t *Table) Len() int { return len(t.at) }

// Things is how many things the table has names of.
func (t *Table) Things() int { return len(t.ids) }
