package lines

import (
	_ "embed" // the weights
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// State is a line's part in the page.
type State uint8

// The states, in the only order in which a page runs through them: what stands
// before the article, then the article's own lines with gaps between them
// (captions, advertisements, links to others), then the rest.
const (
	Before State = iota
	Body
	Between
	After
	states = 4
)

// arrows are the steps that a page can take from one line to the next.
var arrows = [states][states]bool{
	Before:  {Before: true, Body: true},
	Body:    {Body: true, Between: true, After: true},
	Between: {Body: true, Between: true},
	After:   {After: true},
}

// Model is the weights of the chain, and of the choice of the headline.
type Model struct {
	Weights  [states][fCount]float32
	Steps    [states][states]float32
	Headline [hCount]float32
}

//go:embed model.txt
var modelText string

var embedded = sync.OnceValue(func() *Model {
	m, err := ParseModel(modelText)
	if err != nil {
		panic("lines: embedded model: " + err.Error()) // a test proves that it parses
	}
	return m
})

// Default is the model that the program was built with.
func Default() *Model { return embedded() }

// scores are the weights of each state for each line.
func (m *Model) scores(p *Page) [][states]float64 {
	out := make([][states]float64, len(p.info))
	var buf []feature
	for i := range p.info {
		buf = p.features(i, buf)
		for s := range states {
			sum := 0.0
			for _, f := range buf {
				sum += float64(m.Weights[s][f.id]) * float64(f.v)
			}
			out[i][s] = sum
		}
	}
	return out
}

var impossible = math.Inf(-1)

// starts and ends are the states in which a page may begin and end.
func starts(s int) bool { return s == int(Before) || s == int(Body) }
func ends(s int) bool   { return s == int(Body) || s == int(After) }

// States says which part each line has: the likeliest sequence (Viterbi).
func (m *Model) States(p *Page) []State {
	n := len(p.info)
	if n == 0 {
		return nil
	}
	em := m.scores(p)
	from := make([][states]uint8, n)
	var best [states]float64
	for s := range states {
		best[s] = impossible
		if starts(s) {
			best[s] = em[0][s]
		}
	}
	for i := 1; i < n; i++ {
		var now [states]float64
		for s := range states {
			now[s] = impossible
			for r := range states {
				if v := best[r] + float64(m.Steps[r][s]) + em[i][s]; arrows[r][s] && v > now[s] {
					now[s], from[i][s] = v, uint8(r)
				}
			}
		}
		best = now
	}
	last := int(Body)
	if best[After] > best[Body] {
		last = int(After)
	}
	out := make([]State, n)
	for i := n - 1; i >= 0; i-- {
		out[i] = State(last)
		last = int(from[i][last])
	}
	return out
}

// Chances are how likely each line is of the body (forwards and backwards).
func (m *Model) Chances(p *Page) []float64 {
	n := len(p.info)
	if n == 0 {
		return nil
	}
	l := m.lattice(m.scores(p))
	out := make([]float64, n)
	for i := range out {
		out[i] = math.Exp(l.fwd[i][Body] + l.bwd[i][Body] - l.all)
	}
	return out
}

// enough is the chance from which on a line is taken for the body's. It is under
// one half: a paragraph lost is worse than a caption too many.
const enough = 0.4

// IsBody reports whether a line of that chance is taken for the body's.
func IsBody(chance float64) bool { return chance > enough }

// First is the first line of the body, -1 where there is none.
func First(chances []float64) int { return slices.IndexFunc(chances, IsBody) }

// lattice is all sequences of states through a page, weighed (as logarithms).
type lattice struct {
	fwd, bwd [][states]float64
	all      float64
}

func (m *Model) lattice(em [][states]float64) lattice {
	n := len(em)
	fwd, bwd := make([][states]float64, n), make([][states]float64, n)
	for s := range states {
		fwd[0][s], bwd[n-1][s] = impossible, impossible
		if starts(s) {
			fwd[0][s] = em[0][s]
		}
		if ends(s) {
			bwd[n-1][s] = 0
		}
	}
	var terms [states]float64
	for i := 1; i < n; i++ {
		for s := range states {
			for r := range states {
				terms[r] = impossible
				if arrows[r][s] {
					terms[r] = fwd[i-1][r] + float64(m.Steps[r][s])
				}
			}
			fwd[i][s] = logSum(terms[:]) + em[i][s]
		}
	}
	for i := n - 2; i >= 0; i-- {
		for s := range states {
			for t := range states {
				terms[t] = impossible
				if arrows[s][t] {
					terms[t] = float64(m.Steps[s][t]) + em[i+1][t] + bwd[i+1][t]
				}
			}
			bwd[i][s] = logSum(terms[:])
		}
	}
	for s := range states {
		terms[s] = impossible
		if ends(s) {
			terms[s] = fwd[n-1][s]
		}
	}
	return lattice{fwd, bwd, logSum(terms[:])}
}

// String is the model as ParseModel reads it: a number a line, each with what
// it is of.
func (m *Model) String() string {
	var b strings.Builder
	b.WriteString("# Weights of the line model; written by cmd/train-lines.\n")
	for _, row := range m.rows() {
		for _, v := range *row {
			b.WriteString(strconv.FormatFloat(float64(v), 'g', 4, 32))
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// rows are all of the model's numbers in the order of the file.
func (m *Model) rows() []*[]float32 {
	var out []*[]float32
	add := func(v []float32) { out = append(out, &v) }
	for s := range m.Weights {
		add(m.Weights[s][:])
	}
	for s := range m.Steps {
		add(m.Steps[s][:])
	}
	add(m.Headline[:])
	return out
}

// ParseModel reads what String prints.
func ParseModel(s string) (*Model, error) {
	m := &Model{}
	fields := strings.Split(strings.TrimSpace(s), "\n")
	if len(fields) > 0 && strings.HasPrefix(fields[0], "#") {
		fields = fields[1:]
	}
	for _, row := range m.rows() {
		for i := range *row {
			if len(fields) == 0 {
				return nil, fmt.Errorf("parse line model: too few numbers")
			}
			v, err := strconv.ParseFloat(fields[0], 32)
			if err != nil {
				return nil, fmt.Errorf("parse line model: %w", err)
			}
			(*row)[i], fields = float32(v), fields[1:]
		}
	}
	if len(fields) > 0 {
		return nil, fmt.Errorf("parse line model: %d numbers too many", len(fields))
	}
	return m, nil
}
