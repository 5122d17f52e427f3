package tagger

import (
	"math"
	"math/rand/v2"
)

// units are the weights of 1 in a model's whole numbers.
const units = 64

// randomField is a linear-chain conditional random field while it is being learnt, by
// stochastic gradients whose steps shrink for each weight (AdaGrad), its weights
// averaged over the later passes.
type randomField struct {
	options Options
	random  *rand.Rand
	keys    []uint32
	chains  []chain
	// w are the weights, grad the sums of their squared gradients, sums those of
	// the weights over the later passes.
	w, grad   []float32
	step      [labels][labels]float64
	stepGrad  [labels][labels]float64
	sums      []float64
	stepSums  [labels][labels]float64
	emit      [][labels]float64
	fore      [][labels]float64
	back      [][labels]float64
	stepExp   [labels][labels]float64
	averaged  int
	keepFeats []int32
}

// Train learns a model as a conditional random field. Equal arguments give
// an equal model.
func Train(examples []Example, c Tables, o Options) *Model {
	if o.Passes == 0 {
		o.Passes = 15
	}
	if o.Rare == 0 {
		o.Rare = 2
	}
	if o.Rate == 0 {
		o.Rate = 0.07
	}
	t := &randomField{options: o, random: rand.New(rand.NewPCG(o.Seed, 1))}
	t.read(examples, c)
	n := len(t.keys) * labels
	t.w, t.grad, t.sums = make([]float32, n), make([]float32, n), make([]float64, n)
	for pass := range o.Passes {
		t.random.Shuffle(len(t.chains), func(i, j int) { t.chains[i], t.chains[j] = t.chains[j], t.chains[i] })
		for i := range t.chains {
			// What is learnt already is looked at every third time.
			if ch := &t.chains[i]; ch.rest > 0 {
				ch.rest--
			} else if t.learn(ch) < known {
				ch.rest = 2
			}
		}
		if o.Shrink > 0 {
			f := float32(1 - o.Shrink)
			for i := range t.w {
				t.w[i] *= f
			}
		}
		if pass >= o.Passes/2 {
			t.averaged++
			for i, w := range t.w {
				t.sums[i] += float64(w)
			}
			for a := range labels {
				for b := range labels {
					t.stepSums[a][b] += t.step[a][b]
				}
			}
		}
	}
	return t.average(c)
}

// average is the model of the weights' means.
func (t *randomField) average(c Tables) *Model {
	m := &Model{tables: c, agree: int32(t.options.Agree * units), ease: int32(t.options.Ease * units), sources: t.options.Sources}
	n := float64(t.averaged)
	for k, key := range t.keys {
		var r row
		any := false
		for l := range labels {
			v := math.Round(t.sums[k*labels+l] / n * units)
			r[l] = int16(max(min(v, math.MaxInt16), math.MinInt16))
			any = any || v > 1 || v < -1
		}
		if any {
			m.keys = append(m.keys, key)
			m.rows = append(m.rows, r)
		}
	}
	for a := range labels {
		for b := range labels {
			m.step[a][b] = int32(math.Round(t.stepSums[a][b] / n * units))
		}
	}
	m.index()
	return m
}

// known is the doubt, summed over a sequence's words, below which that is not looked at for a while.
const known = 0.05

// learn moves the weights along the gradient of one sequence's likelihood, and
// returns the doubt there was about its labels.
func (t *randomField) learn(ch *chain) float64 {
	n := len(ch.gold)
	t.emit, t.fore, t.back = grow(t.emit, n), grow(t.fore, n), grow(t.back, n)
	for a := range labels {
		for b := range labels {
			t.stepExp[a][b] = math.Exp(t.step[a][b])
		}
	}
	kept := t.keepFeats[:0]
	starts := make([]int, n+1)
	for i, fs := range ch.feats {
		var s [labels]float32
		scale := float32(1)
		if d := t.options.Dropout; d > 0 {
			scale = float32(1 / (1 - d))
			for _, f := range fs {
				if t.random.Float64() >= d {
					kept = append(kept, f)
				}
			}
		} else {
			kept = append(kept, fs...)
		}
		starts[i+1] = len(kept)
		for _, f := range kept[starts[i]:] {
			w := t.w[int(f)*labels : int(f)*labels+labels]
			for l := range labels {
				s[l] += w[l]
			}
		}
		most := float32(-math.MaxFloat32)
		for l := range labels {
			s[l] *= scale
			if Label(l) != ch.gold[i] {
				s[l] += float32(t.options.Margin)
				if l == 0 {
					s[l] += float32(t.options.Recall)
				}
			}
			most = max(most, s[l])
		}
		for l := range labels {
			t.emit[i][l] = math.Exp(float64(s[l] - most))
		}
	}
	t.keepFeats = kept
	t.forwardBackward(n)
	rate, doubt := t.options.Rate, 0.0
	for i := range n {
		var p [labels]float64
		z := 0.0
		for l := range labels {
			p[l] = t.fore[i][l] * t.back[i][l]
			z += p[l]
		}
		var g [labels]float32
		least, high := labels, 0
		for l := range labels {
			v := -p[l] / z
			if Label(l) == ch.gold[i] {
				v++
				doubt += v
			}
			if v > 0.002 || v < -0.002 {
				g[l] = float32(v)
				least, high = min(least, l), l
			}
		}
		for _, f := range kept[starts[i]:starts[i+1]] {
			base := int(f) * labels
			for l := least; l <= high; l++ {
				if g[l] == 0 {
					continue
				}
				t.grad[base+l] += g[l] * g[l]
				t.w[base+l] += float32(rate) * g[l] / float32(math.Sqrt(float64(t.grad[base+l])+1))
			}
		}
		if i > 0 {
			t.turn(ch, i, rate)
		}
	}
	return doubt
}

// turn moves the weights of steps from word i-1 to word i.
func (t *randomField) turn(ch *chain, i int, rate float64) {
	var p [labels][labels]float64
	z := 0.0
	for b := range labels {
		for _, a := range before[b] {
			v := t.fore[i-1][a] * t.stepExp[a][b] * t.emit[i][b] * t.back[i][b]
			p[a][b] = v
			z += v
		}
	}
	for b := range labels {
		for _, a := range before[b] {
			g := -p[a][b] / z
			if ch.gold[i-1] == a && int(ch.gold[i]) == b {
				g++
			}
			if g > 0.002 || g < -0.002 {
				t.stepGrad[a][b] += g * g
				t.step[a][b] += rate * g / math.Sqrt(t.stepGrad[a][b]+1)
			}
		}
	}
}

// forwardBackward fills fore and back, each word's scaled so that nothing
// overflows.
func (t *randomField) forwardBackward(n int) {
	for l := range Label(labels) {
		t.fore[0][l] = 0
		if mayBegin(l) {
			t.fore[0][l] = t.emit[0][l]
		}
	}
	scale(&t.fore[0])
	for i := 1; i < n; i++ {
		for b := range labels {
			s := 0.0
			for _, a := range before[b] {
				s += t.fore[i-1][a] * t.stepExp[a][b]
			}
			t.fore[i][b] = s * t.emit[i][b]
		}
		scale(&t.fore[i])
	}
	for l := range Label(labels) {
		t.back[n-1][l] = 0
		if mayEnd(l) {
			t.back[n-1][l] = 1
		}
	}
	for i := n - 2; i >= 0; i-- {
		t.back[i] = [labels]float64{}
		for b := range labels {
			v := t.emit[i+1][b] * t.back[i+1][b]
			for _, a := range before[b] {
				t.back[i][a] += t.stepExp[a][b] * v
			}
		}
		scale(&t.back[i])
	}
}

func scale(v *[labels]float64) {
	s := 0.0
	for _, x := range v {
		s += x
	}
	if s > 0 {
		for l := range v {
			v[l] /= s
		}
	}
}

func grow(s [][labels]float64, n int) [][labels]float64 {
	if cap(s) < n {
		return make([][labels]float64, n)
	}
	return s[:n]
}
