package family

import "slices"

// block is n elements that two sequences have in common, from i and from j on.
type block struct{ i, j, n int }

// What bounds a comparison, however hostile the texts are.
const (
	diffSteps = 4_000_000 // steps of all Myers searches of one comparison
	diffEdits = 800       // edits that one of them looks for
	diffDepth = 16        // times that patience parts a sequence
)

// differ finds what sequences have in common. It stops looking for the shortest
// edit when its steps are used up; what is not looked at counts as different.
type differ struct {
	steps    int
	patience bool // look for unique elements first
}

// blocks are what a and b have in common, in order: none touches the one before
// it in both.
func (d *differ) blocks(a, b []int32) []block {
	var out []block
	d.part(a, b, 0, 0, 0, &out)
	joined := out[:0]
	for _, c := range out {
		if k := len(joined); k > 0 && joined[k-1].i+joined[k-1].n == c.i && joined[k-1].j+joined[k-1].n == c.j {
			joined[k-1].n += c.n
			continue
		}
		joined = append(joined, c)
	}
	return joined
}

// part appends the blocks of a and b, which begin at i and j.
func (d *differ) part(a, b []int32, i, j, depth int, out *[]block) {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	if n > 0 {
		*out = append(*out, block{i, j, n})
		a, b, i, j = a[n:], b[n:], i+n, j+n
	}
	n = 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	a, b = a[:len(a)-n], b[:len(b)-n]
	if len(a) > 0 && len(b) > 0 && depth < diffDepth {
		d.middle(a, b, i, j, depth, out)
	}
	if n > 0 {
		*out = append(*out, block{i + len(a), j + len(b), n})
	}
}

// middle does what is left between a common beginning and a common end.
func (d *differ) middle(a, b []int32, i, j, depth int, out *[]block) {
	if !d.patience && d.myers(a, b, i, j, out) {
		return
	}
	anchors := unique(a, b)
	if len(anchors) == 0 {
		if d.patience {
			d.myers(a, b, i, j, out)
		}
		return
	}
	p, q := 0, 0
	for _, c := range anchors {
		if c.i < p || c.j < q {
			continue // the common end of the stretch before took it
		}
		d.part(a[p:c.i+1], b[q:c.j+1], i+p, j+q, depth+1, out)
		p, q = c.i+1, c.j+1
	}
	d.part(a[p:], b[q:], i+p, j+q, depth+1, out)
}

// myers appends the blocks of the shortest edit from a to b, and reports whether
// it found that within its bounds (Myers 1986).
func (d *differ) myers(a, b []int32, i, j int, out *[]block) bool {
	if len(a)-len(b) > diffEdits || len(b)-len(a) > diffEdits {
		return false
	}
	most := min(len(a)+len(b), diffEdits)
	v := make([]int32, 2*most+3) // by diagonal x-y, the furthest x
	at := func(k int) *int32 { return &v[k+most+1] }
	var trace [][]int32
	for e := 0; e <= most; e++ {
		for k := -e; k <= e; k += 2 {
			var x int
			if k == -e || k != e && *at(k - 1) < *at(k + 1) {
				x = int(*at(k + 1))
			} else {
				x = int(*at(k - 1)) + 1
			}
			y := x - k
			from := x
			for x < len(a) && y >= 0 && y < len(b) && a[x] == b[y] {
				x++
				y++
			}
			d.steps -= 1 + x - from
			*at(k) = int32(x)
			if x >= len(a) && y >= len(b) {
				trace = append(trace, slices.Clone(v[most+1-e:most+2+e]))
				walk(trace, len(a), len(b), i, j, out)
				return true
			}
		}
		if d.steps < 0 {
			return false
		}
		trace = append(trace, slices.Clone(v[most+1-e:most+2+e]))
	}
	return false
}

// walk goes the way back that a search left in its trace.
func walk(trace [][]int32, x, y, i, j int, out *[]block) {
	first := len(*out)
	for e := len(trace) - 1; e >= 0; e-- {
		k := x - y
		px, py := 0, 0
		if e > 0 {
			prev := func(k int) int32 { // the furthest x on k after e-1 edits
				if k < -(e-1) || k > e-1 {
					return -1
				}
				return trace[e-1][k+e-1]
			}
			pk := k - 1
			if k == -e || k != e && prev(k-1) < prev(k+1) {
				pk = k + 1
			}
			px = int(prev(pk))
			py = px - pk
		}
		// From (px, py) one edit leads to the diagonal, and a run along it to (x, y).
		sx := px
		if e > 0 && x-y > px-py {
			sx++
		}
		if x > sx {
			*out = append(*out, block{i + sx, j + sx - k, x - sx})
		}
		x, y = px, py
	}
	slices.Reverse((*out)[first:])
}

// unique are the pairs of elements that stand once in a and once in b, as many
// of them as are in the same order in both (patience).
func unique(a, b []int32) []block {
	type place struct{ i, j, na, nb int }
	places := map[int32]*place{}
	for i, v := range a {
		p := places[v]
		if p == nil {
			p = &place{}
			places[v] = p
		}
		p.i = i
		p.na++
	}
	for j, v := range b {
		if p := places[v]; p != nil {
			p.j = j
			p.nb++
		}
	}
	var once []block
	for i, v := range a {
		if p := places[v]; p.na == 1 && p.nb == 1 {
			once = append(once, block{i, p.j, 1})
		}
	}
	return increasing(once)
}

// increasing is the longest subsequence of bs, which ascends by i, that ascends
// by j.
func increasing(bs []block) []block {
	var tops []int // the index in bs of each pile's top
	before := make([]int, len(bs))
	for n, b := range bs {
		at, _ := slices.BinarySearchFunc(tops, b.j, func(t, j int) int { return bs[t].j - j })
		before[n] = -1
		if at > 0 {
			before[n] = tops[at-1]
		}
		if at == len(tops) {
			tops = append(tops, n)
		} else {
			tops[at] = n
		}
	}
	if len(tops) == 0 {
		return nil
	}
	out := make([]block, len(tops))
	for n, k := len(tops)-1, tops[len(tops)-1]; n >= 0; n, k = n-1, before[k] {
		out[n] = bs[k]
	}
	return out
}
