package index

import (
	"encoding/binary"
	"math/bits"
	"sync"
)

// among calls f with each of the documents that the list has: its place among them, and its place in
// the list. The documents are in order, of a segment whose first is base.
func (l *postingsList) among(docs []uint32, base uint32, f func(i, at int)) {
	switch {
	case len(docs) == 0:
	case l.plain != nil:
		at := 0
		for i, d := range docs {
			if at = seek(len(l.plain), at, func(j int) bool { return l.plain[j] < d-base }); at == len(l.plain) {
				return
			}
			if l.plain[at] == d-base {
				f(i, at)
			}
		}
	case l.n < longList:
		i := 0
		l.short(func(at int, d uint32) {
			for i < len(docs) && docs[i]-base < d {
				i++
			}
			if i < len(docs) && docs[i]-base == d {
				f(i, at)
			}
		})
	default:
		first := 0
		l.blocks(func(b *block) {
			for first < len(docs) && docs[first]-base < b.base {
				first++
			}
			end := first
			for end < len(docs) && docs[end]-base < b.base+blockDocs {
				end++
			}
			b.among(docs[first:end], base+b.base, first, f)
			first = end
		})
	}
}

// among does so for documents of the block alone, of which the first is the place from of all.
func (b *block) among(docs []uint32, base uint32, from int, f func(i, at int)) {
	if b.set != nil {
		for i, d := range docs {
			if rank, ok := b.rank(d - base); ok {
				f(from+i, b.at+rank)
			}
		}
		return
	}
	if len(docs) == 0 {
		return
	}
	// How far the list goes on from one of the documents to the next.
	at, array, stride := 0, b.array, b.n/len(docs)
	value := func(i int) uint32 { return uint32(array[i*2]) | uint32(array[i*2+1])<<8 }
	for i, d := range docs {
		d -= base
		if stride < closeBy {
			for at < b.n && value(at) < d {
				at++
			}
		} else {
			// Where it would be if these were spread evenly, unless that is behind already.
			at = max(at, int(d)*b.n/blockDocs-guessLow)
			for at > 0 && value(at-1) >= d {
				at = max(0, at-2*guessLow)
			}
			step := 1
			for at+step < b.n && value(at+step) < d {
				at += step
				step *= 2
			}
			for hi := min(at+step, b.n); at < hi; {
				if mid := int(uint(at+hi) / 2); value(mid) < d {
					at = mid + 1
				} else {
					hi = mid
				}
			}
		}
		if at == b.n {
			return
		}
		if value(at) == d {
			f(from+i, b.at+at)
		}
	}
}

const (
	// closeBy is from how many places on it is quicker to guess and jump than to go along.
	closeBy = 16
	// guessLow is how many places a guess is made too low, for the way back is longer.
	guessLow = 8
)

// guessed is seek of all n, from where the place is guessed to be.
func guessed(n, guess int, before func(int) bool) int {
	at := min(max(0, guess-guessLow), n)
	for back := 2 * guessLow; at > 0 && !before(at-1); back *= 2 {
		at = max(0, at-back)
	}
	return seek(n, at, before)
}

// rank is the place in the block of the document of that number, if it has it: bits only.
func (b *block) rank(d uint32) (rank int, ok bool) {
	const lineBits = rankBytes * 8
	word := d / wordBits * 8
	w := binary.LittleEndian.Uint64(b.set[word:])
	if w>>(d%wordBits)&1 == 0 {
		return 0, false
	}
	line := d / lineBits
	rank = int(binary.LittleEndian.Uint16(b.ranks[line*2:]))
	for i := line * rankBytes; i < word; i += 8 {
		rank += bits.OnesCount64(binary.LittleEndian.Uint64(b.set[i:]))
	}
	return rank + bits.OnesCount64(w&(1<<(d%wordBits)-1)), true
}

// seek is the first place from at on that is not before what is looked for, of n: in steps that grow,
// since it is mostly near.
func seek(n, at int, before func(int) bool) int {
	if at >= n || !before(at) {
		return at
	}
	step := 1
	for at+step < n && before(at+step) {
		at += step
		step *= 2
	}
	lo, hi := at+1, min(at+step, n)
	for lo < hi {
		if mid := int(uint(lo+hi) / 2); before(mid) {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// docsRoom keeps the room for documents of one search for the next.
var docsRoom sync.Pool

// room for documents, good until the search is done.
func (s *search) docs() *[]uint32 {
	p, _ := docsRoom.Get().(*[]uint32)
	if p == nil {
		p = new([]uint32)
	}
	*p = (*p)[:0]
	s.lists = append(s.lists, p)
	return p
}
