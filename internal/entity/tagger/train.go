package tagger

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Example is a marked document: Gold has the spans of each text.
type Example struct {
	Doc  []Text
	Gold [][]Span
}

// Options are how a model is trained.
type Options struct {
	// Passes over the examples; 0 is 10.
	Passes int
	// Seed orders them.
	Seed uint64
	// Rare features, seen fewer times than this, are left out; 0 is 2.
	Rare int
	// Margin, in units of a weight, is by how much a wrong label must lose.
	Margin float64
	// Agree, in units of a weight, is how far a word leans to what the document
	// says of it elsewhere.
	Agree float64
}

// chain is a sequence ready for training.
type chain struct {
	feats [][]int32
	gold  []Label
}

// units are the weights of 1 in a model's whole numbers.
const units = 32

// Train learns a model. Equal arguments give an equal model.
func Train(examples []Example, c *Clusters, o Options) *Model {
	if o.Passes == 0 {
		o.Passes = 10
	}
	if o.Rare == 0 {
		o.Rare = 2
	}
	t := &trainer{options: o, random: rand.New(rand.NewPCG(o.Seed, 1))}
	t.read(examples, c)
	t.w = make([]float32, len(t.keys)*labels)
	t.sum = make([]float64, len(t.w))
	t.stamp = make([]int32, len(t.w))
	for range o.Passes {
		t.random.Shuffle(len(t.chains), func(i, j int) { t.chains[i], t.chains[j] = t.chains[j], t.chains[i] })
		for i := range t.chains {
			t.learn(&t.chains[i])
		}
	}
	return t.model(c)
}

type trainer struct {
	options Options
	random  *rand.Rand
	keys    []uint32
	chains  []chain
	// w are the weights, sum their sums over time up to stamp.
	w       []float32
	sum     []float64
	stamp   []int32
	step    [labels][labels]float64
	stepSum [labels][labels]float64
	stepAt  [labels][labels]int32
	now     int32
	d       decoder
	scores  [][labels]int32
	whole   [labels][labels]int32
}

// read interns the features that are not rare.
func (t *trainer) read(examples []Example, c *Clusters) {
	counts := map[uint32]int32{}
	each := func(do func(feats []uint32), end func(gold []Label)) {
		var buf []uint32
		for _, ex := range examples {
			all := c.words(ex.Doc)
			for k := range ex.Doc {
				gold := labelsOf(ex.Gold[k], len(ex.Doc[k].Tokens))
				for _, seq := range sequences(ex.Doc[k].Tokens) {
					if !mayEnd(gold[seq[1]-1]) || !mayBegin(gold[seq[0]]) {
						continue
					}
					for i := seq[0]; i < seq[1]; i++ {
						buf = features(buf[:0], &ex.Doc[k], all[k], i, seq)
						do(buf)
					}
					end(gold[seq[0]:seq[1]])
				}
			}
		}
	}
	each(func(fs []uint32) {
		for _, f := range fs {
			counts[f]++
		}
	}, func([]Label) {})
	for k, n := range counts {
		if int(n) >= t.options.Rare {
			t.keys = append(t.keys, k)
		}
	}
	slices.Sort(t.keys)
	ids := make(map[uint32]int32, len(t.keys))
	for i, k := range t.keys {
		ids[k] = int32(i)
	}
	var ch chain
	each(func(fs []uint32) {
		row := make([]int32, 0, len(fs))
		for _, f := range fs {
			if id, ok := ids[f]; ok {
				row = append(row, id)
			}
		}
		ch.feats = append(ch.feats, row)
	}, func(gold []Label) {
		ch.gold = gold
		t.chains = append(t.chains, ch)
		ch = chain{}
	})
}

// learn looks at one sequence and moves the weights where it is wrong.
func (t *trainer) learn(ch *chain) {
	t.now++
	n := len(ch.gold)
	t.scores = slices.Grow(t.scores[:0], n)[:n]
	for i, fs := range ch.feats {
		var s [labels]float32
		for _, f := range fs {
			w := t.w[int(f)*labels : int(f)*labels+labels]
			for l := range labels {
				s[l] += w[l]
			}
		}
		for l := range labels {
			if Label(l) != ch.gold[i] {
				s[l] += float32(t.options.Margin)
			}
			t.scores[i][l] = int32(s[l] * units)
		}
	}
	for a := range labels {
		for b := range labels {
			t.whole[a][b] = int32(t.step[a][b] * units)
		}
	}
	got := t.d.best(t.scores, &t.whole)
	for i := range n {
		if got[i] != ch.gold[i] {
			for _, f := range ch.feats[i] {
				t.move(int(f)*labels+int(ch.gold[i]), 1)
				t.move(int(f)*labels+int(got[i]), -1)
			}
		}
		if i > 0 && (got[i] != ch.gold[i] || got[i-1] != ch.gold[i-1]) {
			t.turn(ch.gold[i-1], ch.gold[i], 1)
			t.turn(got[i-1], got[i], -1)
		}
	}
}

func (t *trainer) move(i int, by float32) {
	t.sum[i] += float64(t.w[i]) * float64(t.now-t.stamp[i])
	t.stamp[i] = t.now
	t.w[i] += by
}

func (t *trainer) turn(a, b Label, by float64) {
	t.stepSum[a][b] += t.step[a][b] * float64(t.now-t.stepAt[a][b])
	t.stepAt[a][b] = t.now
	t.step[a][b] += by
}

// model is the average of all weights over time, in whole numbers.
func (t *trainer) model(c *Clusters) *Model {
	t.now++
	m := &Model{clusters: c, agree: int32(t.options.Agree * units)}
	whole := func(sum float64) int64 { return int64(math.Round(sum / float64(t.now) * units)) }
	for k, key := range t.keys {
		var r row
		any := false
		for l := range labels {
			i := k*labels + l
			t.move(i, 0)
			v := max(min(whole(t.sum[i]), math.MaxInt16), math.MinInt16)
			r[l] = int16(v)
			any = any || v != 0
		}
		if any {
			m.keys = append(m.keys, key)
			m.rows = append(m.rows, r)
		}
	}
	for a := range Label(labels) {
		for b := range Label(labels) {
			t.turn(a, b, 0)
			m.step[a][b] = int32(whole(t.stepSum[a][b]))
		}
	}
	m.index()
	return m
}
