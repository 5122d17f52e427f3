package templates

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Series is a chart of one or two searches over time: the first as bars, the second
// as a line of steps, so that they are told apart without their colours.
type Series struct {
	// ID is unique on its page.
	ID string
	// Caption says what is shown; it stands above the chart.
	Caption string
	Points  []SeriesPoint
	// Two says that there is a second search.
	Two bool
	// Slim is the lower form, beneath another chart.
	Slim bool
	// Least is the lowest value that may reach the top: of few articles, one is no
	// tower.
	Least float64
}

// SeriesPoint is one stretch of time.
type SeriesPoint struct {
	// Label names it in full; Tick beneath the axis, "" where it never is.
	Label, Tick string
	Href        string
	A, B        SeriesValue
	// Gap says that nothing was captured of it.
	Gap bool
}

// SeriesValue is how high a bar stands.
type SeriesValue struct {
	V float64
	// Text is V as it is shown, "" for a value that there is none of.
	Text string
	// Weak says that too little was captured for the share to say much.
	Weak bool
}

// Empty says that there is nothing to draw.
func (s Series) Empty() bool {
	for _, p := range s.Points {
		if p.A.V > 0 || p.B.V > 0 {
			return false
		}
	}
	return true
}

// HasGap says that some stretch is hatched.
func (s Series) HasGap() bool {
	for _, p := range s.Points {
		if p.Gap {
			return true
		}
	}
	return false
}

const (
	seriesTop  = 18
	seriesFull = 128
	seriesSlim = 64
)

func (s Series) base() int {
	if s.Slim {
		return seriesTop + seriesSlim
	}
	return seriesTop + seriesFull
}

func (s Series) height() string    { return strconv.Itoa(s.base() + 22) }
func (s Series) baseline() string  { return fmt.Sprintf("%d.5", s.base()) }
func (s Series) hotHeight() string { return strconv.Itoa(s.base() - seriesTop) }

// scale is the value that reaches the top: the highest that says something.
func (s Series) scale() float64 {
	strong, any := 0.0, 0.0
	for _, p := range s.Points {
		for _, v := range [...]SeriesValue{p.A, p.B} {
			any = math.Max(any, v.V)
			if !v.Weak {
				strong = math.Max(strong, v.V)
			}
		}
	}
	if strong > 0 {
		any = strong
	}
	return math.Max(math.Max(any, s.Least), 1e-9)
}

// rise is how many pixels a value stands above the baseline.
func (s Series) rise(v, scale float64) float64 {
	if v <= 0 {
		return 0
	}
	room := float64(s.base() - seriesTop)
	return math.Min(room, math.Max(2, room*v/scale))
}

// slot is a point as it is drawn: places across in per cent, heights in pixels.
type slot struct {
	SeriesPoint
	X, W       string // its whole width, for the pointer
	BX, BW     string
	Y, H       string
	Mid, Tick  string
	Anchor     string
	Minor      bool
	Peak, Over bool
}

// draw lays the bars out. Over says that a weak value is higher than the chart.
func (s Series) draw() []slot {
	n := len(s.Points)
	step := 100 / float64(max(1, n))
	scale := s.scale()
	peak, top := -1, 0.0
	for i, p := range s.Points {
		if p.A.V > top && (!p.A.Weak || p.A.V <= scale) {
			peak, top = i, p.A.V
		}
	}
	ticks := s.ticks()
	out := make([]slot, n)
	for i, p := range s.Points {
		gap := math.Min(step*.16, 1)
		w := math.Min(step-gap, widest)
		h := s.rise(p.A.V, scale)
		mid := (float64(i) + .5) * step
		d := slot{
			SeriesPoint: p, X: pct(float64(i) * step), W: pct(step), BX: pct(mid - w/2), BW: pct(w),
			Y: px(float64(s.base()) - h), H: px(h), Mid: pct(mid), Anchor: "middle", Peak: i == peak, Over: p.A.Weak && p.A.V > scale,
		}
		switch {
		case mid < 3:
			d.Anchor, d.Mid = "start", pct(float64(i)*step)
		case mid > 97:
			d.Anchor, d.Mid = "end", pct(float64(i+1)*step)
		}
		if ticks[i] > 0 {
			d.Tick, d.Minor = p.Tick, ticks[i] == 2
		}
		out[i] = d
	}
	return out
}

// gaps are the runs of points of which nothing was captured.
func (s Series) gaps() []drawn {
	t := Timeline{Bars: make([]Bar, len(s.Points))}
	for i, p := range s.Points {
		t.Bars[i].Gap = p.Gap
	}
	out := t.gaps()
	for i := range out {
		out[i].Y, out[i].H = strconv.Itoa(seriesTop), s.hotHeight()
	}
	return out
}

// steps is the second search over a box of as many units as there are points: its
// values, and thinner what leads from one to the next. Nothing is drawn along the
// baseline, nor over time of which nothing was captured.
func (s Series) steps() (values, risers string) {
	scale := s.scale()
	var v, r strings.Builder
	base := float64(s.base())
	last := base
	for i := range len(s.Points) + 1 {
		y := base
		if i < len(s.Points) && s.Points[i].B.V > 0 {
			y = base - s.rise(s.Points[i].B.V, scale)
			fmt.Fprintf(&v, "M%d %sh1", i, px(y))
		}
		if y != last {
			fmt.Fprintf(&r, "M%d %sV%s", i, px(last), px(y))
		}
		last = y
	}
	return v.String(), r.String()
}

// peakB is where the highest point of the second search is, for its number; ok is
// false where the first's own stands there.
func (s Series) peakB(drawn []slot) (slot, bool) {
	best, a := -1, -1
	scale := s.scale()
	for i, p := range s.Points {
		if p.B.V > 0 && p.B.V <= scale && (best < 0 || p.B.V > s.Points[best].B.V) {
			best = i
		}
		if p.A.V > 0 && p.A.V <= scale && (a < 0 || p.A.V > s.Points[a].A.V) {
			a = i
		}
	}
	if best < 0 || a >= 0 && math.Abs(float64(best-a)) < float64(len(s.Points))*.08 &&
		math.Abs(s.rise(s.Points[best].B.V, scale)-s.rise(s.Points[a].A.V, scale)) < 18 {
		return slot{}, false
	}
	d := drawn[best]
	d.Y = px(float64(s.base()) - s.rise(s.Points[best].B.V, scale))
	return d, true
}

// ticks chooses the points that are labelled: 1 always, 2 only where there is room.
func (s Series) ticks() []int {
	n := len(s.Points)
	out := make([]int, n)
	var at []int
	for i, p := range s.Points {
		if p.Tick != "" {
			at = append(at, i)
		}
	}
	// Years are labelled in round steps.
	step := 1
	if len(at) > 12 {
		for _, step = range []int{2, 5, 10, 20, 25, 50, 100} {
			if len(at)/step <= 10 {
				break
			}
		}
		at = rounded(s.Points, at, step)
	}
	last := -n
	for k, i := range at {
		if (i-last)*100 < n*5 { // the first of a year, close to the chart's own end
			continue
		}
		last = i
		out[i] = 1
		if len(at) > 6 && k%2 == 1 {
			out[i] = 2
		}
	}
	return out
}

// rounded keeps those points whose labels are numbers that step divides, or each
// step-th where they are none.
func rounded(ps []SeriesPoint, at []int, step int) []int {
	var out []int
	for k, i := range at {
		year := strings.TrimFunc(ps[i].Tick, func(r rune) bool { return r < '0' || r > '9' })
		v, err := strconv.Atoi(year)
		if year != ps[i].Tick {
			v /= 10
		}
		if err == nil && v > 31 && v%step == 0 || (err != nil || v <= 31) && k%step == 0 {
			out = append(out, i)
		}
	}
	return out
}

// said is a point in words, for the pointer: "1953: 12 articles, 3.2% of 370".
func (p SeriesPoint) said(ctx context.Context, two bool) string {
	if two {
		return Say(ctx, "set.bar.two", p.Label, orNone(ctx, p.A.Text), orNone(ctx, p.B.Text))
	}
	return Say(ctx, "set.bar", p.Label, orNone(ctx, p.A.Text))
}

func orNone(ctx context.Context, s string) string {
	if s == "" {
		return Say(ctx, "set.unknown")
	}
	return s
}

// Percent is n of all as people write it: "0.04%", "3.2%", "41%". It says 0% of none and
// 100% of all only, and is "" where there is nothing to be a share of.
func Percent(ctx context.Context, n, all int) string {
	if all <= 0 {
		return ""
	}
	v := 100 * float64(n) / float64(all)
	switch {
	case n == 0:
		return share100(ctx, 0, 0)
	case n == all:
		return share100(ctx, 100, 0)
	case v < .001:
		return "<" + share100(ctx, .001, 3)
	case v < .095:
		return share100(ctx, v, len(decimal(v, 3))-len("0."))
	case v < 9.95:
		return share100(ctx, v, 1)
	case v > 99.4:
		return share100(ctx, 99, 0)
	}
	return share100(ctx, v, 0)
}
