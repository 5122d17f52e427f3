package index

import (
	"strconv"
	"sync"
)

// A phrase of frequent words is looked for in the texts of many documents, in a large archive
// for a second and more, and articles that come in have it asked anew. A segment does not change:
// where it has the phrase is kept, of a search that ran out of time as far as it came, so that the next
// one goes on from there.

// fewestRows are so many candidates of a segment that it is worth while; a variable for tests.
var fewestRows = 5000

// mostRows is how many documents a segment keeps for phrases, all together, for each that it has: 8 bytes
// each.
const mostRows = 4

// keptRows is where a segment has phrases.
type keptRows struct {
	mu sync.Mutex
	of map[string]rows
	n  int
}

// rows are the documents of a segment that have a phrase, in order, of those that are or once
// were an article's current version, with what the phrase weighs there, where that was asked for.
type rows struct {
	docs    []uint32
	weights []float32
	scored  bool
	upTo    uint32 // those before it were looked at
}

func rowKey(r *row, in pieces) string { return string(r.code) + " " + strconv.Itoa(int(in)) }

func (k *keptRows) get(key string, weights bool) (rows, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	r, ok := k.of[key]
	return r, ok && (!weights || r.scored)
}

// put keeps rows of a segment of so many documents, and forgets all others where these are too many.
func (k *keptRows) put(key string, r rows, docs int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if old, ok := k.of[key]; ok {
		k.n -= len(old.docs)
	}
	if k.n += len(r.docs); k.n > mostRows*docs || k.of == nil {
		k.of, k.n = map[string]rows{}, len(r.docs)
	}
	k.of[key] = r
}

// among appends those of the documents, which are in order, that the rows have.
func (r *rows) among(docs []uint32, base uint32, out []uint32, weights []float32) ([]uint32, []float32) {
	i := 0
	for _, d := range docs {
		for i < len(r.docs) && r.docs[i] < d-base {
			i++
		}
		if i == len(r.docs) {
			break
		}
		if r.docs[i] == d-base {
			out = append(out, d)
			if r.scored {
				weights = append(weights, r.weights[i])
			}
		}
	}
	return out, weights
}
