package lines

import (
	"math"
	"strings"

	"backfile/internal/text"
)

// Candidate is a line, or the front part of the first line, that may be the
// headline.
type Candidate struct {
	// Line is its number.
	Line int
	Text string
	// bare: Text is the line without the kicker before it; cut: without the line
	// that was joined to it; far: the line stands below the body's first. The model
	// does not weigh these: rules choose them.
	bare, cut, far bool
}

// ruled reports whether only a rule can choose c.
func (c *Candidate) ruled() bool { return c.bare || c.cut || c.far }

// hCount is the number of features of a candidate.
const hCount = 43

// reach is how many lines around the body's first a headline is looked for.
const reach = 60

// behind is how many lines behind the body's first it is looked for: a summary or a
// caption may be taken for the body's beginning.
const behind = 8

// Candidates are the lines that may be the headline of the body that begins at
// line first, in order; a negative first means that there is no body.
func (p *Page) Candidates(first int) []Candidate {
	if first < 0 {
		first = len(p.Lines)
	}
	var out []Candidate
	for i := range p.Lines {
		if i > 2 && i < first-reach || i > first+behind {
			continue
		}
		s := p.Lines[i].Text
		if f := &p.info[i]; f.runes > 260 || f.digits*5 > f.runes && f.give&(giveYear|giveClock) != 0 {
			continue // a paragraph, or a date
		}
		if i == 0 {
			for range 4 {
				head, _ := CutSuffix(s)
				if head == s {
					break
				}
				out = append(out, Candidate{Line: 0, Text: head})
				s = head
			}
			s = p.Lines[0].Text
		}
		out = append(out, Candidate{Line: i, Text: s, far: i > first+3})
		if first := p.Lines[i].first; first != "" {
			// A word in lower case below a headline may have been no part of it.
			out = append(out, Candidate{Line: i, Text: first, cut: true})
		}
		if bare := p.withoutKicker(i); bare != "" {
			out = append(out, Candidate{Line: i, Text: bare, bare: true})
		}
	}
	return out
}

// parting are the signs between a page's headline and its outlet in the title
// that a browser shows.
var parting = []string{" | ", " - ", " – ", " — ", " :: ", " · ", " • ", " / ", " » ", " ‹ ", " « ", "｜", "：", "│", ", "}

// CutSuffix takes what stands behind the last parting sign off a page's title:
// "Headline | Outlet".
func CutSuffix(s string) (head, suffix string) {
	at, n := -1, 0
	for _, sep := range parting {
		if i := strings.LastIndex(s, sep); i > at {
			at, n = i, len(sep)
		}
	}
	if at <= 0 || text.Words(s[at+n:]) > 6 {
		return s, ""
	}
	return strings.TrimSpace(s[:at]), strings.TrimSpace(s[at+n:])
}

// headlineFeatures are those of c, of a body that begins at line first.
func (p *Page) headlineFeatures(c Candidate, first int, chance []float64) [hCount]float64 {
	var v [hCount]float64
	k := 0
	val := func(x float64) { v[k] = x; k++ }
	one := func(ok bool) {
		if ok {
			v[k] = 1
		}
		k++
	}
	f := &p.info[c.Line]
	title := p.Lines[0].Text
	fold, whole := text.Fold(c.Text), text.Fold(title)
	words := strings.Count(fold, " ") + 1
	prefix := fold != "" && strings.HasPrefix(whole, fold)
	own := c.Line == 0
	cut := own && c.Text != title
	rest := float64(len(fold)) / float64(max(len(whole), 1))

	one(own && !cut)
	one(cut)
	one(!own && fold == whole)
	one(!own && prefix && fold != whole && rest > 0.4)
	one(!own && !prefix && words > 2 && strings.Contains(whole, fold))
	share, n := p.overlap(f.toks, func(t int32) bool { return p.title[t] })
	if own {
		share, n = 0, 0
	}
	val(share)
	val(math.Min(float64(n), 6) / 6)
	val(share * math.Min(float64(words), 8) / 8)
	for class := range 6 {
		one(lengthClass(len([]rune(c.Text))*density(c.Text)/2) == class)
	}
	one(words < 3)
	one(strings.HasSuffix(c.Text, ".") || strings.HasSuffix(c.Text, "。"))
	one(strings.HasSuffix(c.Text, "?") || strings.HasSuffix(c.Text, "!"))
	topic, n := p.overlap(f.toks, func(t int32) bool { return p.count[t] > 1 })
	val(topic)
	val(math.Min(float64(n), 6) / 6)
	d := first - c.Line
	one(d < 0)
	one(d == 1)
	one(d > 1 && d <= 4)
	one(d > 4 && d <= 12)
	one(d > 12)
	val(math.Log1p(math.Abs(float64(d))) / 4)
	if !own {
		val(chance[c.Line])
	} else {
		k++
	}
	one(f.same > 1 && words > 3)
	one(f.nth > 0)
	one(f.give&(giveSocial|giveAccount|giveAdvert|giveMore|giveComment|giveLegal|giveIcon|giveLink) != 0)
	one(f.give&giveBars != 0)
	one(f.give&giveByline != 0)
	one(f.give&(giveCredit|giveAgency) != 0)
	one(f.give&(giveClock|giveYear) != 0 && f.digits > 3)
	// A byline or a date follows at once.
	near := false
	for i := c.Line + 1; i < min(c.Line+5, len(p.info)); i++ {
		near = near || p.info[i].give&(giveByline|giveClock|giveYear) != 0 && p.info[i].runes < 80
	}
	one(near)
	one(p.Lines[c.Line].Item)
	one(c.Line == p.named && p.named > 0)
	one(cut && p.confirmed(fold, first))
	one(own && p.clean)
	one(f.term && f.runes > 60)
	one(strings.HasSuffix(c.Text, ":"))
	return v
}

// none is the score of there being no headline, which is possible only where the
// text begins with its body.
func (m *Model) none(first int) float64 {
	if first > 1 {
		return impossible
	}
	return float64(m.Headline[hCount-1])
}

// Choose returns the place in c of the likeliest headline of the body that
// begins at line first, and how likely it is; -1 where it is likelier that none
// of them is one.
func (m *Model) Choose(p *Page, c []Candidate, first int, chance []float64) (best int, likely float64) {
	best = -1
	scores := make([]float64, len(c))
	for k := range c {
		scores[k] = impossible
		if c[k].ruled() {
			continue
		}
		scores[k] = m.headlineScore(p.headlineFeatures(c[k], first, chance))
		if best < 0 || scores[k] > scores[best] {
			best = k
		}
	}
	all := logSum(append(scores, m.none(first)))
	top := impossible
	if best >= 0 {
		top = scores[best]
		best = p.better(c, best, first)
	}
	if best < 0 || top < m.none(first) {
		return -1, math.Exp(m.none(first) - all)
	}
	return best, math.Exp(scores[best] - all)
}

func (m *Model) headlineScore(v [hCount]float64) float64 {
	sum := 0.0
	for f, x := range v {
		sum += float64(m.Headline[f]) * x
	}
	return sum
}

// Choice is an example of which candidates are the headline.
type Choice struct {
	Page       *Page
	Candidates []Candidate
	First      int
	Chances    []float64
	Right      []bool
	// None says that there is no headline, and so no candidate is right.
	None bool
	// Weight is how much it counts, 1 for a page as it came.
	Weight float64
}

// TrainHeadline sets the weights of the choice of the headline.
func (m *Model) TrainHeadline(choices []Choice, epochs int, decay float64) {
	type row struct {
		v      [][hCount]float64
		right  []bool
		none   bool
		first  int
		weight float64
	}
	var data []row
	total := 0.0
	for _, c := range choices {
		r := row{none: c.None && c.First <= 1, first: c.First, weight: c.Weight}
		for k, cand := range c.Candidates {
			if cand.ruled() {
				continue
			}
			r.right = append(r.right, c.Right[k])
			r.v = append(r.v, c.Page.headlineFeatures(cand, c.First, c.Chances))
		}
		data = append(data, r)
		total += c.Weight
	}
	var m1, m2 [hCount]float64
	for epoch := 1; epoch <= epochs; epoch++ {
		var g [hCount]float64
		for _, r := range data {
			scores, good := make([]float64, len(r.v)), []float64(nil)
			for k, v := range r.v {
				scores[k] = m.headlineScore(v)
				if r.right[k] {
					good = append(good, scores[k])
				}
			}
			if r.none {
				good = append(good, m.none(r.first))
			}
			if good == nil {
				continue
			}
			all, right := logSum(append(scores, m.none(r.first))), logSum(good)
			g[hCount-1] += r.weight * math.Exp(m.none(r.first)-all)
			if r.none {
				g[hCount-1] -= r.weight * math.Exp(m.none(r.first)-right)
			}
			for k, v := range r.v {
				p := math.Exp(scores[k] - all)
				if r.right[k] {
					p -= math.Exp(scores[k] - right)
				}
				for f, x := range v {
					g[f] += r.weight * p * x
				}
			}
		}
		for f := range g {
			d := g[f]/total + decay*float64(m.Headline[f])
			m1[f] = 0.9*m1[f] + 0.1*d
			m2[f] = 0.99*m2[f] + 0.01*d*d
			c1, c2 := 1-math.Pow(0.9, float64(epoch)), 1-math.Pow(0.99, float64(epoch))
			m.Headline[f] -= float32(0.05 * (m1[f] / c1) / (math.Sqrt(m2[f]/c2) + 1e-8))
		}
	}
}
