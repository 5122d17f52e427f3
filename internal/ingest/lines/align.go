package lines

import "backfile/internal/text"

// Label says which lines of the page are of the body given, which is known from
// elsewhere: those most of whose words stand in it, in its order. The part of
// the others follows from where they stand.
func Label(p *Page, body string) []State {
	ids := map[string]int32{}
	id := func(w string) int32 {
		n, ok := ids[w]
		if !ok {
			n = int32(len(ids))
			ids[w] = n
		}
		return n
	}
	var a, b, line []int32
	for i, l := range p.Lines {
		for t := range text.Tokens(l.Text) {
			a = append(a, id(t.Fold))
			line = append(line, int32(i))
		}
	}
	for t := range text.Tokens(body) {
		b = append(b, id(t.Fold))
	}
	at := make([][]int32, len(ids))
	for j, w := range b {
		at[w] = append(at[w], int32(j))
	}
	matched := make([]bool, len(a))
	al := aligner{a: a, at: at, matched: matched, width: len(b)}
	al.align(0, len(a), 0, len(b), true)

	hit, all := make([]int, len(p.Lines)), make([]int, len(p.Lines))
	for k, i := range line {
		all[i]++
		if matched[k] {
			hit[i]++
		}
	}
	out := make([]State, len(p.Lines))
	first, last := -1, -1
	for i := range out {
		if all[i] > 0 && hit[i]*10 >= all[i]*6 {
			out[i] = Body
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	for i := range out {
		switch {
		case out[i] == Body:
		case first < 0 || i < first:
			out[i] = Before
		case i > last:
			out[i] = After
		default:
			out[i] = Between
		}
	}
	return out
}

// aligner matches two runs of words by their longest common run, then what is
// left and right of it, and so on.
type aligner struct {
	a       []int32
	at      [][]int32 // where a word stands in the other run
	matched []bool
	width   int
}

// minRun is the shortest common run that says anything by itself.
const minRun = 5

func (al *aligner) align(a0, a1, b0, b1 int, outer bool) {
	if a0 >= a1 || b0 >= b1 {
		return
	}
	i, j, n := al.longest(a0, a1, b0, b1)
	if n == 0 || n < minRun && (outer || n < 2 && (b1-b0 > 4 || a1-a0 > 4)) {
		return
	}
	for k := i; k < i+n; k++ {
		al.matched[k] = true
	}
	al.align(a0, i, b0, j, outer && b0 == 0)
	al.align(i+n, a1, j+n, b1, outer && b1 == al.width)
}

func (al *aligner) longest(a0, a1, b0, b1 int) (bi, bj, bn int) {
	run, next := map[int32]int{}, map[int32]int{}
	for i := a0; i < a1; i++ {
		clear(next)
		for _, j := range al.at[al.a[i]] {
			if int(j) < b0 {
				continue
			}
			if int(j) >= b1 {
				break
			}
			n := run[j-1] + 1
			next[j] = n
			if n > bn {
				bi, bj, bn = i-n+1, int(j)-n+1, n
			}
		}
		run, next = next, run
	}
	return bi, bj, bn
}
