package main

import (
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strings"

	"backfile/internal/story"
)

// storyWords is of how many words stories know how common they are and where they lie.
const storyWords = 60_000

// makeStoryWords writes what package story knows of words: how common they are, by their
// rank, and their vectors turned so that the first numbers tell most.
func makeStoryWords(from, to string, out io.Writer) error {
	v, err := readVectors(from, storyWords)
	if err != nil {
		return err
	}
	turned := v.principal(story.Dims)
	type word struct {
		share float64
		row   [story.Dims]float64
	}
	all := map[uint32]*word{}
	for i, w := range v.words {
		if strings.Contains(w, " ") {
			continue
		}
		k := story.WordKey(w)
		if all[k] == nil {
			all[k] = &word{}
		}
		// By Zipf's law: the word of rank r is a tenth of an r-th of all words.
		share := .1 / float64(i+1)
		all[k].share += share
		for d := range story.Dims {
			all[k].row[d] += share * turned[i*story.Dims+d]
		}
	}
	keys := make([]uint32, 0, len(all))
	for k := range all {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	shares := make([]float64, len(keys))
	rows := make([]int8, len(keys)*story.Dims)
	for i, k := range keys {
		w := all[k]
		shares[i] = w.share
		norm := 0.0
		for _, x := range w.row {
			norm += x * x
		}
		for d, x := range w.row {
			rows[i*story.Dims+d] = int8(math.Round(min(max(x/math.Sqrt(norm)*200, -127), 127)))
		}
	}
	b, err := story.PackLexicon(keys, shares, rows)
	if err != nil {
		return err
	}
	if err := os.WriteFile(to, b, 0o644); err != nil {
		return fmt.Errorf("write words of stories: %w", err)
	}
	fmt.Fprintf(out, "%d words, %d bytes\n", len(keys), len(b))
	return nil
}

// common is how many directions all words share most and are left out: they tell how
// common a word is, and not what it means.
const commonDirections = 2

// principal are the n numbers of each vector that tell most, the means and the
// commonest directions taken off.
func (v *vectors) principal(n int) []float64 {
	d := v.dims
	rows := make([]float64, len(v.rows))
	mean := make([]float64, d)
	for i := range v.words {
		norm := 0.0
		for _, x := range v.row(i) {
			norm += float64(x) * float64(x)
		}
		for k, x := range v.row(i) {
			rows[i*d+k] = float64(x) / max(math.Sqrt(norm), 1e-9)
			mean[k] += rows[i*d+k] / float64(len(v.words))
		}
	}
	const sample = 30_000
	cov := make([][]float64, d)
	for k := range cov {
		cov[k] = make([]float64, d)
	}
	for i := range v.words {
		r := rows[i*d : (i+1)*d]
		for k := range r {
			r[k] -= mean[k]
		}
		if i >= sample {
			continue
		}
		for k, x := range r {
			for j := 0; j <= k; j++ {
				cov[k][j] += x * r[j]
			}
		}
	}
	for k := range cov {
		for j := range k {
			cov[j][k] = cov[k][j]
		}
	}
	axes := eigen(cov)[commonDirections:]
	out := make([]float64, len(v.words)*n)
	for i := range v.words {
		for a := range n {
			sum := 0.0
			for k, x := range rows[i*d : (i+1)*d] {
				sum += x * axes[a][k]
			}
			out[i*n+a] = sum
		}
	}
	return out
}

// eigen are the directions of a symmetric matrix, that of the largest value first, by
// Jacobi's rotations.
func eigen(m [][]float64) [][]float64 {
	n := len(m)
	axes := make([][]float64, n)
	for i := range axes {
		axes[i] = make([]float64, n)
		axes[i][i] = 1
	}
	for range 60 {
		off := 0.0
		for p := range n {
			for q := p + 1; q < n; q++ {
				off += m[p][q] * m[p][q]
				if math.Abs(m[p][q]) < 1e-12 {
					continue
				}
				theta := (m[q][q] - m[p][p]) / (2 * m[p][q])
				t := 1 / (math.Abs(theta) + math.Sqrt(theta*theta+1))
				if theta < 0 {
					t = -t
				}
				c := 1 / math.Sqrt(t*t+1)
				s := t * c
				for k := range n {
					m[k][p], m[k][q] = c*m[k][p]-s*m[k][q], s*m[k][p]+c*m[k][q]
				}
				for k := range n {
					m[p][k], m[q][k] = c*m[p][k]-s*m[q][k], s*m[p][k]+c*m[q][k]
					axes[p][k], axes[q][k] = c*axes[p][k]-s*axes[q][k], s*axes[p][k]+c*axes[q][k]
				}
			}
		}
		if off < 1e-10 {
			break
		}
	}
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case m[a][a] > m[b][b]:
			return -1
		case m[a][a] < m[b][b]:
			return 1
		}
		return 0
	})
	out := make([][]float64, n)
	for i, o := range order {
		out[i] = axes[o]
	}
	return out
}
