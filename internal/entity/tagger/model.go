package tagger

import "slices"

// row is a feature's weights, a label each.
type row [labels]int16

// Model is what was learnt. Its zero value marks nothing.
type Model struct {
	tables Tables
	// keys are the features, ascending, with rows beside them; table finds a
	// key's place: 0 for empty, else its index and 1.
	keys  []uint32
	rows  []row
	table []uint32
	shift uint
	step  [labels][labels]int32
	// agree is what a word's score gains where the document agrees about it.
	agree int32
	// ease is what every name's label gains over none.
	ease    int32
	sources []string
}

// index makes the table of keys.
func (m *Model) index() {
	bits := uint(4)
	for 1<<bits < 2*len(m.keys) {
		bits++
	}
	m.shift = 32 - bits
	m.table = make([]uint32, 1<<bits)
	for i, k := range m.keys {
		at := k * 0x9e3779b1 >> m.shift
		for m.table[at] != 0 {
			at = (at + 1) & uint32(len(m.table)-1)
		}
		m.table[at] = uint32(i) + 1
	}
}

// find is the row of a feature, or nil.
func (m *Model) find(k uint32) *row {
	at := k * 0x9e3779b1 >> m.shift
	for {
		i := m.table[at]
		if i == 0 {
			return nil
		}
		if m.keys[i-1] == k {
			return &m.rows[i-1]
		}
		at = (at + 1) & uint32(len(m.table)-1)
	}
}

// Tag marks the names in each text of a document, in order, without overlaps.
// The texts are read together: what one shows of a word helps in the others.
func (m *Model) Tag(doc []Text) [][]Span {
	out := make([][]Span, len(doc))
	if len(m.keys) == 0 {
		return out
	}
	all := m.tables.words(doc)
	scores := make([][][labels]int32, len(doc))
	found := make([][]Label, len(doc))
	var d decoder
	var feats []uint32
	for k := range doc {
		scores[k] = make([][labels]int32, len(all[k]))
		found[k] = make([]Label, 0, len(all[k]))
		for _, seq := range sequences(doc[k].Tokens) {
			for i := seq[0]; i < seq[1]; i++ {
				feats = features(feats[:0], &doc[k], all[k], i, seq)
				s := &scores[k][i]
				s[outside] = -m.ease
				for _, f := range feats {
					r := m.find(f)
					if r == nil {
						continue
					}
					for l := range labels {
						s[l] += int32(r[l])
					}
				}
			}
			found[k] = append(found[k], d.best(scores[k][seq[0]:seq[1]], &m.step)...)
		}
	}
	if m.agree != 0 && m.lean(doc, all, found, scores) {
		for k := range doc {
			found[k] = found[k][:0]
			for _, seq := range sequences(doc[k].Tokens) {
				found[k] = append(found[k], d.best(scores[k][seq[0]:seq[1]], &m.step)...)
			}
		}
	}
	for k := range doc {
		out[k] = slices.DeleteFunc(spansOf(found[k]), func(s Span) bool { return s.Kind == Building })
	}
	return out
}

// lean moves the scores of words with capitals towards what the same words were
// found to be elsewhere in the document. It reports whether it moved any.
func (m *Model) lean(doc []Text, all [][]word, found [][]Label, scores [][][labels]int32) bool {
	votes := map[string]*[kinds + 1]int32{}
	kindOf := func(l Label) int {
		if l == outside {
			return kinds
		}
		return int(l.kind())
	}
	for k, t := range doc {
		for i := range t.Tokens {
			if all[k][i].capital {
				v := votes[t.Tokens[i].Fold]
				if v == nil {
					v = &[kinds + 1]int32{}
					votes[t.Tokens[i].Fold] = v
				}
				v[kindOf(found[k][i])]++
			}
		}
	}
	moved := false
	for k, t := range doc {
		for i := range t.Tokens {
			if !all[k][i].capital {
				continue
			}
			v := *votes[t.Tokens[i].Fold]
			v[kindOf(found[k][i])]--
			sum := int32(0)
			for _, n := range v {
				sum += n
			}
			if sum == 0 || v[kindOf(found[k][i])] == sum {
				continue
			}
			moved = true
			for l := range Label(labels) {
				scores[k][i][l] += m.agree * v[kindOf(l)] / (sum + 1)
			}
		}
	}
	return moved
}

// Ease makes the model give more names by a number of units above 0, fewer below.
func (m *Model) Ease(by float64) { m.ease = int32(by * units) }

// Agree sets how far a word leans to what its document says of it elsewhere.
func (m *Model) Agree(by float64) { m.agree = int32(by * units) }

// Sources are the sets of text that the model was learnt from.
func (m *Model) Sources() []string { return m.sources }

// Size is the number of features.
func (m *Model) Size() int { return len(m.keys) }

// decoder finds the best labels of a sequence.
type decoder struct {
	sums [][labels]int32
	from [][labels]Label
	out  []Label
}

// before has, for each label, those that may stand before it.
var before = func() (out [labels][]Label) {
	for b := range Label(labels) {
		for a := range Label(labels) {
			if mayFollow(a, b) {
				out[b] = append(out[b], a)
			}
		}
	}
	return out
}()

const never = -1 << 30

// best is Viterbi's way through a sequence's scores. The result is good until the
// next call.
func (d *decoder) best(scores [][labels]int32, step *[labels][labels]int32) []Label {
	n := len(scores)
	if n == 0 {
		return nil
	}
	d.sums = slices.Grow(d.sums[:0], n)[:n]
	d.from = slices.Grow(d.from[:0], n)[:n]
	d.out = slices.Grow(d.out[:0], n)[:n]
	d.sums[0] = scores[0]
	for l := range Label(labels) {
		if !mayBegin(l) {
			d.sums[0][l] = never
		}
	}
	for i := 1; i < n; i++ {
		for b := range labels {
			best, from := int32(never), before[b][0]
			for _, a := range before[b] {
				if s := d.sums[i-1][a] + step[a][b]; s > best {
					best, from = s, a
				}
			}
			d.from[i][b] = from
			d.sums[i][b] = max(scores[i][b]+best, never)
		}
	}
	end := outside
	for l := range Label(labels) {
		if mayEnd(l) && d.sums[n-1][l] > d.sums[n-1][end] {
			end = l
		}
	}
	for i := n - 1; i >= 0; i-- {
		d.out[i] = end
		end = d.from[i][end]
	}
	return d.out
}
