package lines

import (
	"math"
	"sync"
)

// Example is a page whose parts are known.
type Example struct {
	Page   *Page
	States []State
	// Weight is how much it counts, 1 for a page as it came.
	Weight float64
}

// sample is an example with its features worked out.
type sample struct {
	feats  [][]feature
	states []State
	weight float64
}

// gradient is what a model's numbers should change by; it has their shape.
type gradient struct {
	weights [states][fCount]float64
	steps   [states][states]float64
	loss    float64
}

// Train sets the chain's weights to those under which the examples are
// likeliest, held towards nought by decay (for examples of weight one). It is deterministic:
// no number is drawn, and sums are made in a fixed order.
func (m *Model) Train(examples []Example, epochs int, decay float64) {
	data := make([]sample, len(examples))
	total := 0.0
	for k, e := range examples {
		s := sample{states: e.States, weight: e.Weight, feats: make([][]feature, len(e.Page.info))}
		for i := range s.feats {
			s.feats[i] = e.Page.features(i, nil)
		}
		data[k] = s
		total += e.Weight
	}
	var first, second gradient // Adam's running means
	const rate, b1, b2 = 0.05, 0.9, 0.99
	for epoch := 1; epoch <= epochs; epoch++ {
		g := m.gradientOf(data)
		lr := rate * math.Min(1, 2.0*float64(epochs-epoch+1)/float64(epochs))
		c1, c2 := 1-math.Pow(b1, float64(epoch)), 1-math.Pow(b2, float64(epoch))
		step := func(w *float32, g float64, m1, m2 *float64) {
			g = g/total + decay*float64(*w)
			*m1 = b1**m1 + (1-b1)*g
			*m2 = b2**m2 + (1-b2)*g*g
			*w -= float32(lr * (*m1 / c1) / (math.Sqrt(*m2/c2) + 1e-8))
		}
		for s := range states {
			for f := range fCount {
				step(&m.Weights[s][f], g.weights[s][f], &first.weights[s][f], &second.weights[s][f])
			}
			for t := range states {
				if arrows[s][t] {
					step(&m.Steps[s][t], g.steps[s][t], &first.steps[s][t], &second.steps[s][t])
				}
			}
		}
	}
}

// gradientOf is the gradient of the negative log-likelihood.
func (m *Model) gradientOf(data []sample) *gradient {
	const parts = 2
	var gs [parts]gradient
	var wg sync.WaitGroup
	for part := range parts {
		wg.Go(func() {
			for k := part; k < len(data); k += parts {
				m.addGradient(&data[k], &gs[part])
			}
		})
	}
	wg.Wait()
	g := &gs[0]
	for _, h := range gs[1:] {
		g.loss += h.loss
		for s := range states {
			for f := range fCount {
				g.weights[s][f] += h.weights[s][f]
			}
			for t := range states {
				g.steps[s][t] += h.steps[s][t]
			}
		}
	}
	return g
}

// addGradient runs forwards and backwards over one page.
func (m *Model) addGradient(d *sample, g *gradient) {
	n := len(d.feats)
	if n == 0 {
		return
	}
	em := make([][states]float64, n)
	for i, fs := range d.feats {
		for s := range states {
			for _, f := range fs {
				em[i][s] += float64(m.Weights[s][f.id]) * float64(f.v)
			}
		}
	}
	l := m.lattice(em)
	fwd, bwd, z := l.fwd, l.bwd, l.all
	for i := range n {
		for s := range states {
			p := math.Exp(fwd[i][s] + bwd[i][s] - z)
			if State(s) == d.states[i] {
				p--
			}
			p *= d.weight
			if math.Abs(p) > 1e-7 {
				for _, f := range d.feats[i] {
					g.weights[s][f.id] += p * float64(f.v)
				}
			}
			if i == 0 {
				continue
			}
			for r := range states {
				if !arrows[r][s] {
					continue
				}
				p := math.Exp(fwd[i-1][r] + float64(m.Steps[r][s]) + em[i][s] + bwd[i][s] - z)
				if State(r) == d.states[i-1] && State(s) == d.states[i] {
					p--
				}
				g.steps[r][s] += d.weight * p
			}
		}
	}
}

func logSum(v []float64) float64 {
	top := impossible
	for _, x := range v {
		top = math.Max(top, x)
	}
	if math.IsInf(top, -1) {
		return top
	}
	sum := 0.0
	for _, x := range v {
		sum += math.Exp(x - top)
	}
	return top + math.Log(sum)
}
