package tagger

import (
	"cmp"
	"math"
	"slices"
)

// Clusters are classes of words that stand in like company, at two grains.
type Clusters struct {
	// Words has a class of each grain for a word as it is written, from 1.
	Words map[string][2]uint16
}

// of are a word's clusters, mixed; 0 for a word that has none.
func (c *Clusters) of(s, fold string) (fine, rough uint64) {
	if c == nil {
		return 0, 0
	}
	k, ok := c.Words[s]
	if !ok {
		if k, ok = c.Words[fold]; !ok {
			if !hasDigit(s) {
				return 0, 0
			}
			if k, ok = c.Words[noDigits(s)]; !ok {
				return 0, 0
			}
		}
	}
	return uint64(k[0]), uint64(k[1])
}

func hasDigit(s string) bool {
	for i := range len(s) {
		if '0' <= s[i] && s[i] <= '9' {
			return true
		}
	}
	return false
}

// noDigits is s with every digit a 0.
func noDigits(s string) string {
	b := []byte(s)
	for i, c := range b {
		if '0' <= c && c <= '9' {
			b[i] = '0'
		}
	}
	return string(b)
}

// Cluster puts the words of sentences that are seen rare times or more into fine
// and rough classes: each word is moved, again and again, to the class that
// makes the sentences likeliest under a model of pairs of classes. It is
// deterministic.
func Cluster(sentences [][]string, rare, fine, rough, passes int) *Clusters {
	counts := map[string]int{}
	for _, s := range sentences {
		for _, w := range s {
			counts[noDigits(w)]++
		}
	}
	var vocabulary []string
	for w, n := range counts {
		if n >= rare {
			vocabulary = append(vocabulary, w)
		}
	}
	slices.SortFunc(vocabulary, func(a, b string) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b)) })
	ids := make(map[string]int32, len(vocabulary))
	for i, w := range vocabulary {
		ids[w] = int32(i) + 2
	}
	// 0 is a sentence's edge, 1 every rare word.
	n := len(vocabulary) + 2
	pairs := map[[2]int32]int32{}
	for _, s := range sentences {
		before := int32(0)
		for _, w := range s {
			id, ok := ids[noDigits(w)]
			if !ok {
				id = 1
			}
			pairs[[2]int32{before, id}]++
			before = id
		}
		pairs[[2]int32{before, 0}]++
	}
	out := &Clusters{Words: make(map[string][2]uint16, len(vocabulary))}
	x := newExchange(pairs, n)
	fines, roughs := x.run(fine, passes), x.run(rough, passes)
	for i, w := range vocabulary {
		out.Words[w] = [2]uint16{uint16(fines[i+2]), uint16(roughs[i+2])}
	}
	return out
}

type link struct{ word, n int32 }

// exchange is the clustering of words by the classes beside them.
type exchange struct {
	next, prev [][]link
	total      []int32
}

func newExchange(pairs map[[2]int32]int32, n int) *exchange {
	x := &exchange{next: make([][]link, n), prev: make([][]link, n), total: make([]int32, n)}
	for p, c := range pairs {
		x.next[p[0]] = append(x.next[p[0]], link{p[1], c})
		x.prev[p[1]] = append(x.prev[p[1]], link{p[0], c})
		x.total[p[1]] += c
	}
	order := func(a, b link) int { return cmp.Compare(a.word, b.word) }
	for i := range n {
		slices.SortFunc(x.next[i], order)
		slices.SortFunc(x.prev[i], order)
	}
	return x
}

// run gives every word a class from 1 to k (the edge and the rare have two more).
func (x *exchange) run(k, passes int) []int {
	n := len(x.total)
	size := k + 2
	class := make([]int, n)
	class[0], class[1] = 0, k+1
	for i := 2; i < n; i++ {
		class[i] = (i-2)%k + 1
	}
	table := make([]int32, size*size)
	sums := make([]int32, size)
	for a := range n {
		sums[class[a]] += x.total[a]
		for _, l := range x.next[a] {
			table[class[a]*size+class[l.word]] += l.n
		}
	}
	logs := make([]float64, 1<<16)
	for i := 1; i < len(logs); i++ {
		logs[i] = float64(i) * math.Log(float64(i))
	}
	f := func(c int32) float64 {
		if int(c) < len(logs) {
			return logs[c]
		}
		return float64(c) * math.Log(float64(c))
	}
	ahead, behind := make([]int32, size), make([]int32, size)
	for range passes {
		moved := 0
		for w := 2; w < n; w++ {
			var as, bs []int
			var self int32
			for _, l := range x.next[w] {
				if int(l.word) == w {
					self += l.n
					continue
				}
				c := class[l.word]
				if ahead[c] == 0 {
					as = append(as, c)
				}
				ahead[c] += l.n
			}
			for _, l := range x.prev[w] {
				if int(l.word) == w {
					continue
				}
				c := class[l.word]
				if behind[c] == 0 {
					bs = append(bs, c)
				}
				behind[c] += l.n
			}
			old := class[w]
			shift := func(c int, sign int32) {
				for _, a := range as {
					table[c*size+a] += sign * ahead[a]
				}
				for _, b := range bs {
					table[b*size+c] += sign * behind[b]
				}
				table[c*size+c] += sign * self
				sums[c] += sign * x.total[w]
			}
			shift(old, -1)
			best, most := old, math.Inf(-1)
			for c := 1; c <= k; c++ {
				gain := -2 * (f(sums[c]+x.total[w]) - f(sums[c]))
				for _, a := range as {
					if a != c {
						v := table[c*size+a]
						gain += f(v+ahead[a]) - f(v)
					}
				}
				for _, b := range bs {
					if b != c {
						v := table[b*size+c]
						gain += f(v+behind[b]) - f(v)
					}
				}
				v := table[c*size+c]
				gain += f(v+ahead[c]+behind[c]+self) - f(v)
				if gain > most+1e-9 || c == old && gain > most-1e-9 {
					best, most = c, gain
				}
			}
			shift(best, 1)
			class[w] = best
			if best != old {
				moved++
			}
			for _, a := range as {
				ahead[a] = 0
			}
			for _, b := range bs {
				behind[b] = 0
			}
		}
		if moved*1000 < n {
			break
		}
	}
	return class
}
