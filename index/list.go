package index

import (
	"encoding/binary"
	"math/bits"
)

// postingsList are documents of a segment, in order, each with a class: see impacts.
type postingsList struct {
	n       int
	docs    int // of the segment
	classes []byte
	beside  []byte   // what stands beside the stem in each document: see neighbours; nil where that is not kept
	counts  []byte   // the different classes with their counts, of a long list of impacts
	body    []byte   // the documents as impacts have them
	plain   []uint32 // or as they are
}

func readList(b []byte, docs int) postingsList {
	n, k := binary.Uvarint(b)
	l := postingsList{n: int(n), docs: docs}
	b = b[k:]
	if l.n >= longList {
		different := int(b[0])
		at := 1
		for range different {
			_, k := binary.Uvarint(b[at+1:])
			at += 1 + k
		}
		l.counts, b = b[1:at], b[at:]
	}
	l.classes, b = b[:l.n:l.n], b[l.n:]
	if keepsBeside(l.n, docs) {
		l.beside, b = b[:l.n:l.n], b[l.n:]
	}
	l.body = b
	return l
}

// keepsBeside reports whether a list of n of a segment's documents says what stands beside its stem. Of
// rarer stems a phrase has few candidates anyway.
func keepsBeside(n, docs int) bool {
	const share = 128
	return n >= longList && n*share >= docs
}

// eachClass calls f with each class that the list has, and how often; of a short one perhaps
// several times.
func (l *postingsList) eachClass(f func(c class, n int)) {
	if l.counts == nil {
		for _, c := range l.classes {
			f(class(c)&^several, 1)
		}
		return
	}
	for b := l.counts; len(b) > 0; {
		n, k := binary.Uvarint(b[1:])
		f(class(b[0])&^several, int(n))
		b = b[1+k:]
	}
}

// block is a part of a long list: its documents of blockDocs of the segment's.
type block struct {
	base  uint32 // the first of the segment's
	n     int    // how many it has
	at    int    // where these stand in the list
	array []byte // they, as 2 bytes each; or
	set   []byte // as bits, and
	ranks []byte // how many of the block's come before each rankBytes of these, as 2 bytes each
}

// blocks calls f with each block of a long list.
func (l *postingsList) blocks(f func(b *block)) {
	rest, at := l.body, 0
	for base := 0; base < l.docs; base += blockDocs {
		n := int(binary.LittleEndian.Uint32(rest))
		rest = rest[4:]
		size, ranks := blockSize(n, l.docs-base)
		b := block{base: uint32(base), n: n, at: at}
		if ranks > 0 {
			b.ranks, b.set = rest[:ranks], rest[ranks:ranks+size]
		} else {
			b.array = rest[:size]
		}
		f(&b)
		rest, at = rest[ranks+size:], at+n
	}
}

// rankBytes is how many bytes of a block's bits are a line of the processor's cache.
const rankBytes = 64

// blockSize is how many bytes n documents of those that are left of a segment take; and how many the ranks
// do, which are there where the documents are bits.
func blockSize(n, left int) (size, ranks int) {
	words := (min(left, blockDocs) + wordBits - 1) / wordBits
	if n*2 > words*8 {
		return words * 8, (words*8 + rankBytes - 1) / rankBytes * 2
	}
	return n * 2, 0
}

// addTo adds the documents to the part of a set that is their segment's.
func (l *postingsList) addTo(part bitset) {
	switch {
	case l.plain != nil:
		for _, d := range l.plain {
			part.add(d)
		}
	case l.n < longList:
		l.short(func(_ int, d uint32) { part.add(d) })
	default:
		l.blocks(func(b *block) {
			part := part[b.base/wordBits:]
			for array := b.array; len(array) >= 2; array = array[2:] {
				part.add(uint32(binary.LittleEndian.Uint16(array)))
			}
			for i, set := 0, b.set; len(set) >= 8; i++ {
				part[i] |= binary.LittleEndian.Uint64(set)
				set = set[8:]
			}
		})
	}
}

// within has the part of a set that is the segment's hold those of the documents that are in the part of another: whatever it
// held before is gone.
func (l *postingsList) within(part, other bitset) {
	if l.plain != nil || l.n < longList {
		clear(part)
		l.each(&anything, func(d uint32, _ float32) {
			if other.has(d) {
				part.add(d)
			}
		})
		return
	}
	l.blocks(func(b *block) {
		from := b.base / wordBits
		end := min(int(from)+blockDocs/wordBits, len(part))
		part, other := part[from:end], other[from:end]
		if b.set != nil {
			for i := range part {
				part[i] = other[i] & binary.LittleEndian.Uint64(b.set[i*8:])
			}
			return
		}
		clear(part)
		for array := b.array; len(array) >= 2; array = array[2:] {
			d := binary.LittleEndian.Uint16(array)
			part[d/wordBits] |= other[d/wordBits] & (1 << (d % wordBits))
		}
	})
}

// short calls f with each document of a short list and its place there.
func (l *postingsList) short(f func(i int, d uint32)) {
	d, b := uint32(0), l.body
	for i := range l.n {
		n, k := binary.Uvarint(b)
		d += uint32(n)
		f(i, d)
		b = b[k:]
	}
}

// values are what a document of each class scores.
type values [256]float32

// anything is what is no score, of any class.
var anything = func() (v values) {
	for i := range v {
		v[i] = 1
	}
	return v
}()

// each calls f with each document whose class scores anything, and what.
func (l *postingsList) each(v *values, f func(d uint32, score float32)) {
	switch {
	case l.plain != nil:
		for i, d := range l.plain {
			if s := v[l.classes[i]]; s != 0 {
				f(d, s)
			}
		}
	case l.n < longList:
		l.short(func(i int, d uint32) {
			if s := v[l.classes[i]]; s != 0 {
				f(d, s)
			}
		})
	default:
		l.blocks(func(b *block) {
			classes, base := l.classes[b.at:b.at+b.n], b.base
			if b.array != nil {
				for i, c := range classes {
					if s := v[c]; s != 0 {
						f(base+uint32(binary.LittleEndian.Uint16(b.array[i*2:])), s)
					}
				}
				return
			}
			i := 0
			for set := b.set; len(set) >= 8; set = set[8:] {
				for w := binary.LittleEndian.Uint64(set); w != 0; w &= w - 1 {
					if s := v[classes[i]]; s != 0 {
						f(base+uint32(bits.TrailingZeros64(w)), s)
					}
					i++
				}
				base += wordBits
			}
		})
	}
}

// eachFrom is each where no class below a level scores anything: eight classes are looked at together.
func (l *postingsList) eachFrom(level int, v *values, f func(d uint32, score float32)) {
	if level == 0 || l.plain != nil || l.n < longList {
		l.each(v, f)
		return
	}
	const ones = 0x0101010101010101
	// A level is below 32, so that adding this leaves the highest bit of each byte that is of the level or above.
	add := uint64(0x80-level) * ones
	l.blocks(func(b *block) {
		classes := l.classes[b.at : b.at+b.n]
		line := 0
		at := func(i int) {
			if s := v[classes[i]]; s != 0 {
				f(b.base+b.doc(i, &line), s)
			}
		}
		i := 0
		for ; i+8 <= len(classes); i += 8 {
			high := (binary.LittleEndian.Uint64(classes[i:])&(ones*uint64(levelMask)) + add) & (ones << 7)
			for ; high != 0; high &= high - 1 {
				at(i + bits.TrailingZeros64(high)/8)
			}
		}
		for ; i < len(classes); i++ {
			at(i)
		}
	})
}

// doc is the document at a place of the block. line is where the one before was found, 0 for none.
func (b *block) doc(i int, line *int) uint32 {
	if b.array != nil {
		return uint32(binary.LittleEndian.Uint16(b.array[i*2:]))
	}
	for (*line+1)*2 < len(b.ranks) && int(binary.LittleEndian.Uint16(b.ranks[*line*2+2:])) <= i {
		*line++
	}
	i -= int(binary.LittleEndian.Uint16(b.ranks[*line*2:]))
	for at := *line * rankBytes; ; at += 8 {
		w := binary.LittleEndian.Uint64(b.set[at:])
		n := bits.OnesCount64(w)
		if i >= n {
			i -= n
			continue
		}
		for ; i > 0; i-- {
			w &= w - 1
		}
		return uint32(at*8 + bits.TrailingZeros64(w))
	}
}

// probe is how many steps along a list take as long as looking one document up in it.
const probe = 8

// addScores adds to the scores of the documents that are in the part of a set, which has about
// few members.
func (l *postingsList) addScores(v *values, part bitset, few int, scores []float32) {
	if l.plain != nil || l.n < longList {
		l.each(v, func(d uint32, score float32) {
			if part.has(d) {
				scores[d] += score
			}
		})
		return
	}
	l.blocks(func(b *block) {
		classes, part, scores := l.classes[b.at:b.at+b.n], part[b.base/wordBits:], scores[b.base:]
		if b.array != nil && few*probe < b.n {
			addProbed(v, classes, b.array, part[:min(len(part), blockDocs/wordBits)], scores)
			return
		}
		if b.array != nil {
			for i, c := range classes {
				if d := uint32(binary.LittleEndian.Uint16(b.array[i*2:])); part.has(d) {
					scores[d] += v[c]
				}
			}
			return
		}
		for i, set := 0, b.set; len(set) >= 8; i++ {
			w := binary.LittleEndian.Uint64(set)
			for both := w & part[i]; both != 0; both &= both - 1 {
				bit := bits.TrailingZeros64(both)
				scores[i*wordBits+bit] += v[classes[bits.OnesCount64(w&(1<<bit-1))]]
			}
			classes, set = classes[bits.OnesCount64(w):], set[8:]
		}
	})
}

// addProbed looks each member of the part of a set up in a block.
func addProbed(v *values, classes, array []byte, part bitset, scores []float32) {
	lo := 0
	for i, w := range part {
		for ; w != 0; w &= w - 1 {
			d := i*wordBits + bits.TrailingZeros64(w)
			hi := len(classes)
			for lo < hi {
				if mid := int(uint(lo+hi) / 2); int(binary.LittleEndian.Uint16(array[mid*2:])) < d {
					lo = mid + 1
				} else {
					hi = mid
				}
			}
			if lo == len(classes) {
				return
			}
			if int(binary.LittleEndian.Uint16(array[lo*2:])) == d {
				scores[d] += v[classes[lo]]
			}
		}
	}
}

// posting says one document of a list that is written: its number and, in the lowest bits, its class.
func postingOf(doc uint32, c class) uint32 { return doc<<classBits | uint32(c) }

// appendList appends the list of the documents, each with what stands beside the stem there.
func appendList(out []byte, entries []uint32, beside []byte, docs int) []byte {
	out = binary.AppendUvarint(out, uint64(len(entries)))
	if len(entries) < longList {
		for _, e := range entries {
			out = append(out, byte(e))
		}
		last := uint32(0)
		for _, e := range entries {
			out = binary.AppendUvarint(out, uint64(e>>classBits-last))
			last = e >> classBits
		}
		return out
	}
	var counts [1 << classBits]uint32
	different := 0
	for _, e := range entries {
		if counts[byte(e)&^byte(several)]++; counts[byte(e)&^byte(several)] == 1 {
			different++
		}
	}
	out = append(out, byte(different))
	for c, n := range counts {
		if n > 0 {
			out = binary.AppendUvarint(append(out, byte(c)), uint64(n))
		}
	}
	for _, e := range entries {
		out = append(out, byte(e))
	}
	if keepsBeside(len(entries), docs) {
		out = append(out, beside...)
	}
	for base := 0; base < docs; base += blockDocs {
		n := 0
		for n < len(entries) && int(entries[n]>>classBits) < base+blockDocs {
			n++
		}
		out = binary.LittleEndian.AppendUint32(out, uint32(n))
		if size, ranks := blockSize(n, docs-base); ranks > 0 {
			out = appendBits(out, entries[:n], uint32(base), size, ranks)
		} else {
			for _, e := range entries[:n] {
				out = binary.LittleEndian.AppendUint16(out, uint16(e>>classBits-uint32(base)))
			}
		}
		entries = entries[n:]
	}
	return out
}

// appendBits appends a block as ranks and bits.
func appendBits(out []byte, entries []uint32, base uint32, size, ranks int) []byte {
	at := len(out)
	out = append(out, make([]byte, ranks+size)...)
	set := out[at+ranks:]
	for _, e := range entries {
		d := e>>classBits - base
		set[d/8] |= 1 << (d % 8)
	}
	next := 0
	for i := range ranks / 2 {
		for next < len(entries) && int(entries[next]>>classBits-base) < i*rankBytes*8 {
			next++
		}
		binary.LittleEndian.PutUint16(out[at+i*2:], uint16(next))
	}
	return out
}

// classBits are the lowest bits of a posting that is written.
const classBits = 8
