package tagger

import (
	"slices"
)

// Example is a marked document: Gold has the spans of each text.
type Example struct {
	Doc  []Text
	Gold [][]Span
}

// Options are how a model is trained.
type Options struct {
	// Passes over the examples; 0 is 15.
	Passes int
	// Seed orders them.
	Seed uint64
	// Rare features, seen fewer times than this, are left out; 0 is 2.
	Rare int
	// Margin is by how much a wrong label must lose, Recall by how much more where
	// it misses a name.
	Margin, Recall float64
	// Sources are what the model says that it was learnt from.
	Sources []string
	// Agree, in units of a weight, is how far a word leans to what the document
	// says of it elsewhere.
	Agree float64
	// Ease is what names gain over none.
	Ease float64
	// Rate is the length of steps, 0 for 0.07; Shrink by how much weights shrink at
	// each pass; Dropout the share of features left out at each step.
	Rate, Shrink, Dropout float64
}

// chain is a sequence ready for training.
type chain struct {
	feats [][]int32
	gold  []Label
	// rest is for how many passes the sequence is passed over.
	rest int
}

// read interns the features that are not rare.
func (t *randomField) read(examples []Example, c Tables) {
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
