package family

import (
	"slices"
	"strings"

	"backfile/internal/news"
	"backfile/internal/text"
)

// What makes two paragraphs one, reworded.
const (
	// alike is the part of both paragraphs' words that they share.
	alike = 0.45
	// contains is the part of the shorter's words that the longer has, where
	// one was cut down to the other, and containsWords the fewest that it has.
	contains      = 0.75
	containsWords = 6
	// pairSteps bounds how many words are compared to pair paragraphs.
	pairSteps = 4_000_000
)

// paragraph is one of a body.
type paragraph struct {
	text  string
	key   int32   // the same for the same folded words
	words []int32 // numbers of its folded words, ascending
}

func paragraphs(body string, keys, words numbers) []paragraph {
	var out []paragraph
	for p := range strings.SplitSeq(body, "\n\n") {
		if p = strings.TrimSpace(p); p == "" {
			continue
		}
		fold := text.Fold(p)
		if fold == "" {
			fold = p // a line of signs
		}
		q := paragraph{text: p, key: keys.of(fold)}
		for w := range strings.SplitSeq(fold, " ") {
			q.words = append(q.words, words.of(w))
		}
		slices.Sort(q.words)
		out = append(out, q)
	}
	return out
}

// pair is paragraphs that belong together: of a those from i to iEnd, of b those
// from j to jEnd. Of a cut one j is jEnd, of an added one i is iEnd.
type pair struct{ i, iEnd, j, jEnd int }

// bodies compares two bodies paragraph by paragraph.
func (d *differ) bodies(old, new string) []Difference {
	keys, words := numbers{}, numbers{}
	a, b := paragraphs(old, keys, words), paragraphs(new, keys, words)
	g := &gaps{a: a, b: b, steps: pairSteps}
	g.align()
	to, from := g.moved()
	var out []Difference
	for _, p := range g.out {
		switch {
		case p.j == p.jEnd && to[p.i]: // it is told of where it went
		case p.i == p.iEnd && from[p.j] > 0:
			c := d.difference(news.FieldBody, a[from[p.j]-1].text, b[p.j].text)
			c.Moved = true
			out = append(out, c)
		default:
			out = append(out, d.difference(news.FieldBody, joined(a[p.i:p.iEnd]), joined(b[p.j:p.jEnd])))
		}
	}
	return out
}

func joined(ps []paragraph) string {
	texts := make([]string, len(ps))
	for i, p := range ps {
		texts[i] = p.text
	}
	return strings.Join(texts, "\n\n")
}

// gaps pairs paragraphs: those between paragraphs that are the same.
type gaps struct {
	a, b  []paragraph
	steps int
	out   []pair
}

// align says which paragraphs belong together, in order, cut ones before those
// added in their place.
func (g *gaps) align() {
	keysOf := func(ps []paragraph) []int32 {
		out := make([]int32, len(ps))
		for i, p := range ps {
			out[i] = p.key
		}
		return out
	}
	same := &differ{steps: diffSteps, patience: true}
	i, j := 0, 0
	for _, c := range same.blocks(keysOf(g.a), keysOf(g.b)) {
		g.gap(i, c.i, j, c.j)
		for k := range c.n {
			g.out = append(g.out, pair{c.i + k, c.i + k + 1, c.j + k, c.j + k + 1})
		}
		i, j = c.i+c.n, c.j+c.n
	}
	g.gap(i, len(g.a), j, len(g.b))
}

// gap pairs the paragraphs of a from i to iEnd with those of b from j to jEnd,
// such that as much as can be is alike.
func (g *gaps) gap(i, iEnd, j, jEnd int) {
	rows, cols := iEnd-i, jEnd-j
	var scores [][]float32
	if rows > 0 && cols > 0 && g.afford(i, iEnd, j, jEnd) {
		scores = g.scores(i, iEnd, j, jEnd)
	}
	r, c := 0, 0
	pend := 0 // added ones that wait for the cut ones before them
	flush := func() {
		for ; pend > 0; pend-- {
			g.out = append(g.out, pair{i + r, i + r, j + c - pend, j + c - pend + 1})
		}
	}
	for r < rows || c < cols {
		switch {
		case scores != nil && r < rows && c < cols && scores[r][c] > scores[r+1][c] && scores[r][c] > scores[r][c+1]:
			flush()
			p := pair{i + r, i + r + 1, j + c, j + c + 1}
			p = g.absorb(p, iEnd, jEnd)
			g.out = append(g.out, p)
			r, c = p.iEnd-i, p.jEnd-j
		case r < rows && (scores == nil || c == cols || scores[r+1][c] >= scores[r][c+1]):
			g.out = append(g.out, pair{i + r, i + r + 1, j + c - pend, j + c - pend})
			r++
		default:
			c++
			pend++
		}
	}
	flush()
}

// afford reports whether there are steps left to compare them all.
func (g *gaps) afford(i, iEnd, j, jEnd int) bool {
	rows, cols := iEnd-i, jEnd-j
	if rows > g.steps/cols {
		return false
	}
	cost := rows * cols
	for _, p := range g.a[i:iEnd] {
		cost += len(p.words) * cols
	}
	for _, p := range g.b[j:jEnd] {
		cost += len(p.words) * rows
	}
	if cost > g.steps {
		return false
	}
	g.steps -= cost
	return true
}

// scores gives for each pair of places the most likeness that can be had from
// there to the end.
func (g *gaps) scores(i, iEnd, j, jEnd int) [][]float32 {
	rows, cols := iEnd-i, jEnd-j
	s := make([][]float32, rows+1)
	for r := range s {
		s[r] = make([]float32, cols+1)
	}
	for r := rows - 1; r >= 0; r-- {
		for c := cols - 1; c >= 0; c-- {
			s[r][c] = max(s[r+1][c], s[r][c+1])
			if l := likeParagraphs(g.a[i+r].words, g.b[j+c].words); l > 0 {
				s[r][c] = max(s[r][c], s[r+1][c+1]+l)
			}
		}
	}
	return s
}

// absorb takes the next paragraph into a pair where the other side has its
// words: one was parted in two, or two were joined.
func (g *gaps) absorb(p pair, iEnd, jEnd int) pair {
	for p.jEnd < jEnd && g.rest(g.a[p.i].words, g.b[p.j:p.jEnd], g.b[p.jEnd]) {
		p.jEnd++
	}
	for p.jEnd == p.j+1 && p.iEnd < iEnd && g.rest(g.b[p.j].words, g.a[p.i:p.iEnd], g.a[p.iEnd]) {
		p.iEnd++
	}
	return p
}

// rest reports whether whole holds, beside the parts, the words of next.
func (g *gaps) rest(whole []int32, parts []paragraph, next paragraph) bool {
	if len(next.words) < containsWords || g.steps < len(whole) {
		return false
	}
	left := whole
	for _, p := range parts {
		g.steps -= len(left) + len(p.words)
		left = minus(left, p.words)
	}
	g.steps -= len(left) + len(next.words)
	return float64(shared(left, next.words)) >= contains*float64(len(next.words))
}

// likeParagraphs is how alike two paragraphs are, 0 where they are not one
// reworded.
func likeParagraphs(a, b []int32) float32 {
	both := shared(a, b)
	dice := 2 * float64(both) / float64(len(a)+len(b))
	short := min(len(a), len(b))
	if dice >= alike || short >= containsWords && float64(both) >= contains*float64(short) {
		return float32(dice)
	}
	return 0
}

// shared is how many values two ascending lists have in common, with repeats.
func shared(a, b []int32) int {
	n := 0
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case b[0] < a[0]:
			b = b[1:]
		default:
			n++
			a, b = a[1:], b[1:]
		}
	}
	return n
}

// minus is a without what it shares with b.
func minus(a, b []int32) []int32 {
	var out []int32
	for len(a) > 0 {
		switch {
		case len(b) == 0 || a[0] < b[0]:
			out = append(out, a[0])
			a = a[1:]
		case b[0] < a[0]:
			b = b[1:]
		default:
			a, b = a[1:], b[1:]
		}
	}
	return out
}
