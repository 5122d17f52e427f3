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
	l.classes, l.body = b[:l.n:l.n], b[l.n:]
	return l
}

// eachClass calls f with each class that the list has, and how often; of a short one perhaps
// several times.
func (l *postingsList) eachClass(f func(c class, n int)) {
	if l.counts == nil {
		for _, c := range l.classes {
			f(class(c), 1)
		}
		return
	}
	for b := l.counts; len(b) > 0; {
		n, k := binary.Uvarint(b[1:])
		f(class(b[0]), int(n))
		b = b[1+k:]
	}
}

// blocks calls f with each block of a long list: its first document, how many it has of the
// list and where these stand in it, and them, as 2 bytes each or as bits.
func (l *postingsList) blocks(f func(base uint32, n, at int, array, set []byte)) {
	b, at := l.body, 0
	for base := 0; base < l.docs; base += blockDocs {
		n := int(binary.LittleEndian.Uint32(b))
		b = b[4:]
		size, dense := blockSize(n, l.docs-base)
		if dense {
			f(uint32(base), n, at, nil, b[:size])
		} else if n > 0 {
			f(uint32(base), n, at, b[:size], nil)
		}
		b, at = b[size:], at+n
	}
}

// blockSize is how many bytes n documents of those that are left of a segment take, and whether
// as bits.
func blockSize(n, left int) (size int, dense bool) {
	words := (min(left, blockDocs) + wordBits - 1) / wordBits
	if n*2 > words*8 {
		return words * 8, true
	}
	return n * 2, false
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
		l.blocks(func(base uint32, _, _ int, array, set []byte) {
			part := part[base/wordBits:]
			for len(array) >= 2 {
				part.add(uint32(binary.LittleEndian.Uint16(array)))
				array = array[2:]
			}
			for i := 0; len(set) >= 8; i++ {
				part[i] |= binary.LittleEndian.Uint64(set)
				set = set[8:]
			}
		})
	}
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
		l.blocks(func(base uint32, n, at int, array, set []byte) {
			classes := l.classes[at : at+n]
			if array != nil {
				for i, c := range classes {
					if s := v[c]; s != 0 {
						f(base+uint32(binary.LittleEndian.Uint16(array[i*2:])), s)
					}
				}
				return
			}
			i := 0
			for ; len(set) >= 8; set = set[8:] {
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
	l.blocks(func(base uint32, n, at int, array, set []byte) {
		classes, part, scores := l.classes[at:at+n], part[base/wordBits:], scores[base:]
		if array != nil && few*probe < n {
			addProbed(v, classes, array, part[:min(len(part), blockDocs/wordBits)], scores)
			return
		}
		if array != nil {
			for i, c := range classes {
				if d := uint32(binary.LittleEndian.Uint16(array[i*2:])); part.has(d) {
					scores[d] += v[c]
				}
			}
			return
		}
		for i := 0; len(set) >= 8; i++ {
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

// appendList appends the list of the documents, each with its class: their number and, in the
// lowest 7 bits, the class.
func appendList(out []byte, entries []uint32, docs int) []byte {
	out = binary.AppendUvarint(out, uint64(len(entries)))
	if len(entries) < longList {
		for _, e := range entries {
			out = append(out, byte(e&classMask))
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
		c := e & classMask
		if counts[c] == 0 {
			different++
		}
		counts[c]++
	}
	out = append(out, byte(different))
	for c, n := range counts {
		if n > 0 {
			out = binary.AppendUvarint(append(out, byte(c)), uint64(n))
		}
	}
	for _, e := range entries {
		out = append(out, byte(e&classMask))
	}
	for base := 0; base < docs; base += blockDocs {
		n := 0
		for n < len(entries) && int(entries[n]>>classBits) < base+blockDocs {
			n++
		}
		out = binary.LittleEndian.AppendUint32(out, uint32(n))
		size, dense := blockSize(n, docs-base)
		if dense {
			at := len(out)
			out = append(out, make([]byte, size)...)
			for _, e := range entries[:n] {
				d := e>>classBits - uint32(base)
				out[at+int(d/8)] |= 1 << (d % 8)
			}
		} else {
			for _, e := range entries[:n] {
				out = binary.LittleEndian.AppendUint16(out, uint16(e>>classBits-uint32(base)))
			}
		}
		entries = entries[n:]
	}
	return out
}

const (
	classBits = 7
	classMask = 1<<classBits - 1
)
