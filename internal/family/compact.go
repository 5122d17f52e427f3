package family

import "backfile/internal/packed"

// compactFrom is how many removed articles are worth the work of making their
// room free. A new text of an article leaves one, too.
const compactFrom = 10_000

// compact forgets the removed articles: the others get new numbers in the same
// order, so that sorted runs stay sorted.
func (x *Index) compact() {
	number := make([]uint32, len(x.docs))
	docs := make([]doc, 0, len(x.docs)-x.dead)
	var sketches arena
	var ids packed.Strings
	byID := packed.NewPlaces(cap(docs))
	for d := range x.docs {
		if !x.keep(uint32(d)) {
			continue
		}
		number[d] = uint32(len(docs))
		s := x.sketchOf(uint32(d))
		moved := x.docs[d]
		moved.at = sketches.put(&s)
		docs = append(docs, moved)
		ids.Add(x.ids.At(uint32(d)))
	}
	for i := range x.shards {
		s := &x.shards[i]
		s.gather(uint32(i), x.keep)
		for _, r := range s.runs {
			for j, d := range r.doc {
				r.doc[j] = number[d]
			}
		}
	}
	for d := range docs {
		p := &docs[d]
		p.root, p.next, p.lead = number[p.root], number[p.next], number[p.lead]
		byID.Add(string(ids.At(uint32(d))), uint32(d))
	}
	touched := make(map[uint32]was, len(x.touched))
	for d, w := range x.touched {
		if x.keep(d) {
			touched[number[d]] = w
		}
	}
	x.docs, x.ids, x.byID, x.sketch, x.touched = docs, ids, byID, sketches, touched
	x.dead, x.gone = 0, make([]uint64, (len(docs)+63)/64)
}
