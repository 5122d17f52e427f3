package lines

import (
	"math"
	"strings"
	"unicode"
)

// feature is one that a line has, and how much of it.
type feature struct {
	id int32
	v  float32
}

// The features, in the order of the weights. Each block is a set of which a
// line has one or some.
const (
	fBias     = 0
	fShape    = fBias + 1          // the line's own length and ending
	fPrev     = fShape + shapes    // those of the line before
	fNext     = fPrev + shapes + 1 // and after; + 1: there is none
	fPrev2    = fNext + shapes + 1 // and of the one before that
	fNext2    = fPrev2 + shapes + 1
	fGive     = fNext2 + shapes + 1 // words of furniture in a short line
	fGiveLong = fGive + gives       // and in a long one
	fGivePrev = fGiveLong + gives   // and in the line before
	fGiveNext = fGivePrev + gives
	fOne      = fGiveNext + gives // see the list in features
	fAmong    = fOne + 72         // the shape, by whether prose stands right before and after
	fCount    = fAmong + 4*shapes
)

// features are those of line i.
func (p *Page) features(i int, buf []feature) []feature {
	f := &p.info[i]
	s := p.Lines[i].Text
	out := buf[:0]
	add := func(id int, v float64) {
		if v != 0 {
			out = append(out, feature{int32(id), float32(v)})
		}
	}
	flag := func(id int, ok bool) {
		if ok {
			out = append(out, feature{int32(id), 1})
		}
	}
	add(fBias, 1)
	add(fShape+f.shape, 1)
	add(fPrev+p.shapeAt(i-1), 1)
	add(fNext+p.shapeAt(i+1), 1)
	add(fPrev2+p.shapeAt(i-2), 1)
	add(fNext2+p.shapeAt(i+2), 1)
	among := 0
	if i > 0 && p.info[i-1].prosy() {
		among++
	}
	if i+1 < len(p.info) && p.info[i+1].prosy() {
		among += 2
	}
	add(fAmong+among*shapes+f.shape, 1)
	long := f.runes > 120
	for b := range gives {
		on := f.give&(1<<b) != 0
		flag(fGive+b, on && !long)
		flag(fGiveLong+b, on && long)
		flag(fGivePrev+b, i > 0 && p.info[i-1].give&(1<<b) != 0 && p.info[i-1].runes <= 120)
		flag(fGiveNext+b, i+1 < len(p.info) && p.info[i+1].give&(1<<b) != 0 && p.info[i+1].runes <= 120)
	}
	id := fOne
	next := func() int { id++; return id - 1 }
	one := func(ok bool) { flag(next(), ok) }
	val := func(v float64) { add(next(), v) }

	words := float64(max(len(f.toks), 1))
	val(math.Log1p(float64(f.runes)) / 5)
	val(math.Min(float64(f.inner), 4) / 4)
	val(math.Min(float64(f.commas)/words*5, 1))
	one(f.lower)
	capShare := 0.0
	if f.cased > 0 {
		capShare = float64(f.upper) / float64(f.cased)
	}
	one(f.cased > 0 && capShare < 0.25)
	one(f.cased > 2 && capShare > 0.6)
	one(f.cased == 0)
	one(f.caps)
	digitShare := float64(f.digits) / float64(max(f.runes, 1))
	one(digitShare > 0.12)
	one(digitShare > 0.3)
	one(strings.HasSuffix(s, "?"))
	one(strings.HasSuffix(s, ":"))
	one(strings.HasSuffix(s, "…") || strings.HasSuffix(s, "..."))
	one(strings.HasSuffix(s, ")"))
	one(strings.HasPrefix(s, "(") || strings.HasPrefix(s, "["))
	first := []rune(s[:min(len(s), 8)])[0]
	one(strings.ContainsRune("\"'“”„«»‘「『–—", first))
	one(unicode.IsDigit(first))
	one(p.Lines[i].Gap)
	one(i+1 < len(p.Lines) && p.Lines[i+1].Gap)
	one(p.Lines[i].Item)
	// Repetition.
	one(f.same > 1 && f.runes <= 60)
	one(f.same > 1 && f.runes > 60 && f.nth == 0)
	one(f.same > 1 && f.runes > 60 && f.nth > 0)
	one(f.same > 3)
	// Words shared with the page.
	stop := 0.0
	for _, t := range f.toks {
		if p.stop[t] {
			stop++
		}
	}
	val(stop / words)
	one(stop == 0 && len(f.toks) > 3)
	mine := int32(0)
	if f.prosy() {
		mine = 1 // its own words do not count as shared
	}
	topic, n := p.overlap(f.toks, func(t int32) bool { return p.count[t] > mine })
	val(topic)
	one(n == 0 && len(f.toks) > 2)
	inTitle, n := p.overlap(f.toks, func(t int32) bool { return p.title[t] })
	one(i > 0 && n >= 2 && inTitle > 0.6)
	val(math.Min(float64(n), 5) / 5)
	one(i == 0)
	// Where the prose is.
	all := max(p.prose[len(p.info)], 1)
	before := float64(p.prose[i]) / float64(all)
	after := float64(all-p.prose[i+1]) / float64(all)
	one(p.prose[i] == 0)
	one(before > 0 && before < 0.1)
	one(after <= 0)
	one(after > 0 && after < 0.1)
	val(before)
	val(p.around(i, 3))
	val(p.around(i, 8))
	val(p.between(i-4, i))
	val(p.between(i+1, i+5))
	// The densest stretch.
	in := i >= p.cluster[0] && i < p.cluster[1]
	one(in)
	one(in && !f.prosy())
	one(in && f.runes <= 45 && !f.term)
	d := p.cluster[0] - i
	one(d == 1)
	one(d == 2 || d == 3)
	one(d > 3 && d <= 8)
	one(d > 8)
	d = i - p.cluster[1]
	one(d == 0)
	one(d == 1 || d == 2)
	one(d > 2 && d <= 8)
	one(d > 8)
	one(i < len(p.info)/10)
	one(i > len(p.info)*9/10)
	// The headline, as far as the first line tells it.
	d = i - p.named
	one(p.named == 0)
	one(p.named > 0 && d < 0)
	one(p.named > 0 && d == 0)
	one(p.named > 0 && d > 0 && d <= 4)
	one(p.named > 0 && d > 4 && d <= 12)
	one(p.named > 0 && d > 12 && d <= 40)
	one(p.named > 0 && d > 40)
	one(p.named > 0 && d > 0 && p.between(p.named, i) < 0.05)
	// A page that is nothing but its article.
	one(p.clean)
	one(p.clean && !f.term)
	one(p.clean && f.runes > 70)
	return out
}

// shapeAt is the shape of line i, or the number that stands for none.
func (p *Page) shapeAt(i int) int {
	if i < 0 || i >= len(p.info) {
		return shapes
	}
	return p.info[i].shape
}

// between is how much of the lines from, to (half open) is prose, 0 to 1.
func (p *Page) between(from, to int) float64 {
	from, to = max(from, 0), min(to, len(p.info))
	if from >= to {
		return 0
	}
	return math.Min(float64(p.prose[to]-p.prose[from])/float64(150*(to-from)), 1)
}

func (p *Page) around(i, n int) float64 { return p.between(i-n, i+n+1) }

// bare reports whether most of the page's lines are prose.
func (p *Page) bare() bool {
	n := 0
	for i := range p.info {
		if p.info[i].runes > 60 {
			n++
		}
	}
	return n*2 > len(p.info)
}
