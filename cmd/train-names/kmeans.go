package main

import (
	"math"
	"math/rand/v2"
)

// level takes the mean off all vectors and gives each the length 1, so that the
// angle between them is what counts.
func (v *vectors) level() {
	mean := make([]float64, v.dims)
	for i := range v.words {
		for k, x := range v.row(i) {
			mean[k] += float64(x)
		}
	}
	for k := range mean {
		mean[k] /= float64(len(v.words))
	}
	for i := range v.words {
		r := v.row(i)
		sum := 0.0
		for k := range r {
			r[k] -= float32(mean[k])
			sum += float64(r[k]) * float64(r[k])
		}
		if sum > 0 {
			scale := float32(1 / math.Sqrt(sum))
			for k := range r {
				r[k] *= scale
			}
		}
	}
}

// kmeans parts the words into k classes whose vectors point the same way. The
// classes are made on the first sample words, and all words then join the
// nearest. It is deterministic.
func (v *vectors) kmeans(k, sample, passes int, seed uint64) []uint16 {
	n := len(v.words)
	sample = min(sample, n)
	k = min(k, sample)
	random := rand.New(rand.NewPCG(seed, uint64(k)))
	centres := make([]float32, k*v.dims)
	for c, i := range random.Perm(sample)[:k] {
		copy(centres[c*v.dims:(c+1)*v.dims], v.row(i))
	}
	class := make([]uint16, n)
	const part = 512
	assign := func(n int) {
		inParallel((n+part-1)/part, func(p int) {
			for i := p * part; i < min(n, (p+1)*part); i++ {
				class[i] = v.nearest(i, centres)
			}
		})
	}
	for range passes {
		assign(sample)
		sums := make([]float64, k*v.dims)
		counts := make([]int, k)
		for i := range sample {
			c := int(class[i])
			counts[c]++
			s := sums[c*v.dims : (c+1)*v.dims]
			for j, x := range v.row(i) {
				s[j] += float64(x)
			}
		}
		for c := range k {
			s := sums[c*v.dims : (c+1)*v.dims]
			length := 0.0
			for _, x := range s {
				length += x * x
			}
			if counts[c] == 0 || length == 0 { // nobody's: it begins anew at some word
				copy(centres[c*v.dims:(c+1)*v.dims], v.row(random.IntN(sample)))
				continue
			}
			for j, x := range s {
				centres[c*v.dims+j] = float32(x / math.Sqrt(length))
			}
		}
	}
	assign(n)
	return class
}

// nearest is the centre that points most as word i does.
func (v *vectors) nearest(i int, centres []float32) uint16 {
	r := v.row(i)
	best, most := 0, float32(-2)
	for c := 0; c*v.dims < len(centres); c++ {
		q := centres[c*v.dims : (c+1)*v.dims]
		var a, b, e, f float32
		j := 0
		for ; j+4 <= len(r); j += 4 {
			x, y := r[j:j+4:j+4], q[j:j+4:j+4]
			a += x[0] * y[0]
			b += x[1] * y[1]
			e += x[2] * y[2]
			f += x[3] * y[3]
		}
		for ; j < len(r); j++ {
			a += r[j] * q[j]
		}
		if s := a + b + e + f; s > most {
			best, most = c, s
		}
	}
	return uint16(best)
}
