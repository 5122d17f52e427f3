package index

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestPostingsList reads lists of all lengths and densities back in each way.
func TestPostingsList(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, docs := range []int{1, 63, 64, 1000, blockDocs, blockDocs + 1, 3*blockDocs + 77} {
		for _, part := range []float64{0.00001, 0.001, 0.03, 0.2, 0.9} {
			var entries []uint32
			var want []uint32
			classes, near := map[uint32]class{}, []byte(nil)
			for d := range docs {
				// Only part of the blocks, and their ends.
				if d == 0 || d == docs-1 || r.Float64() < part && d/blockDocs != 1 {
					c := class(r.IntN(1 << classBits))
					entries, want, classes[uint32(d)] = append(entries, postingOf(uint32(d), c)), append(want, uint32(d)), c
					near = append(near, byte(d%251))
				}
			}
			l := readList(appendList(nil, entries, near, docs), docs)
			if l.n != len(want) {
				t.Fatalf("%d of %d: length %d", len(want), docs, l.n)
			}
			set := newBitset(docs)
			l.addTo(set)
			if got := set.appendTo(nil); !slices.Equal(got, want) {
				t.Errorf("%d of %d: addTo gives %d others", len(want), docs, len(got))
			}
			var v values
			for c := range v {
				v[c] = float32(c) // class 0 counts for nothing
			}
			var got []uint32
			l.each(&v, func(d uint32, score float32) {
				got = append(got, d)
				if score != float32(classes[d]) {
					t.Errorf("%d of %d: document %d scores %v, want %d", len(want), docs, d, score, classes[d])
				}
			})
			if scored := slices.DeleteFunc(slices.Clone(want), func(d uint32) bool { return classes[d] == 0 }); !slices.Equal(got, scored) {
				t.Errorf("%d of %d: each gives %d, want %d", len(want), docs, len(got), len(scored))
			}
			for _, level := range []int{0, 1, 17, 31} {
				var high values
				for c := range high {
					if c&int(levelMask) >= level {
						high[c] = v[c]
					}
				}
				var got, want []uint32
				l.each(&high, func(d uint32, _ float32) { want = append(want, d) })
				l.eachFrom(level, &high, func(d uint32, score float32) {
					if got = append(got, d); score != float32(classes[d]) {
						t.Errorf("%d docs: from level %d document %d scores %v, want %d", docs, level, d, score, classes[d])
					}
				})
				if !slices.Equal(got, want) {
					t.Errorf("%d docs: from level %d %d, want %d", docs, level, len(got), len(want))
				}
			}
			half := newBitset(docs)
			for _, d := range want {
				if d%2 == 0 {
					half.add(d)
				}
			}
			half.add(uint32(docs / 2))
			for _, few := range []int{1, docs} {
				scores := make([]float32, docs)
				l.addScores(&v, half, few, scores)
				for d, score := range scores {
					if want := float32(classes[uint32(d)]); half.has(uint32(d)) && score != want || !half.has(uint32(d)) && score != 0 {
						t.Fatalf("%d docs: addScores gives %d %v, want %v", docs, d, score, want)
					}
				}
			}
			// Of some of the documents, and others, in an archive where the segment begins at 640.
			const base = 640
			var some, among []uint32
			for d := range docs {
				if d == docs-1 || r.Float64() < 0.01 {
					some = append(some, base+uint32(d))
				}
			}
			l.among(some, base, func(i, at int) {
				among = append(among, some[i]-base)
				if class(l.classes[at]) != classes[some[i]-base] || l.beside != nil && l.beside[at] != byte((some[i]-base)%251) {
					t.Fatalf("%d of %d: among gives document %d the class of another", len(want), docs, some[i]-base)
				}
			})
			held := slices.DeleteFunc(some, func(d uint32) bool { _, ok := classes[d-base]; return !ok })
			for i := range held {
				held[i] -= base
			}
			if !slices.Equal(among, held) {
				t.Errorf("%d of %d: among gives %d, want %d", len(want), docs, len(among), len(held))
			}
			sum := 0
			l.eachClass(func(_ class, n int) { sum += n })
			if sum != len(want) {
				t.Errorf("%d of %d: classes of %d", len(want), docs, sum)
			}
		}
	}
}

// TestStemHash keeps stems of different languages apart.
func TestStemHash(t *testing.T) {
	seen := map[uint64]string{}
	for _, lang := range []string{"", "en", "de"} {
		for _, stem := range []string{"", "e", "en", "flood", "nflood"} {
			h := hashOf(stem, lang)
			if old, ok := seen[h]; ok {
				t.Errorf("%s %q has the hash of %s", lang, stem, old)
			}
			seen[h] = lang + " " + stem
		}
	}
}
