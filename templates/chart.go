package templates

import (
	"fmt"
	"strconv"
	"strings"
)

// Timeline is a chart of articles over years, months or days.
type Timeline struct {
	// ID is unique on its page.
	ID string
	// Caption says what is shown, for those who do not see it.
	Caption string
	Bars    []Bar
	// Slim is the lower form, beneath another chart.
	Slim bool
	// CSV is the address of the numbers; "" for none.
	CSV string
}

// Bar is one year, month or day of a timeline.
type Bar struct {
	// Label names it in full, Tick beneath the axis.
	Label, Tick string
	Href        string
	N           int
	// On says that it is chosen, Gap that the archive has nothing of it.
	On, Gap bool
}

// Empty says that there is nothing to draw.
func (t Timeline) Empty() bool { return len(t.Bars) == 0 }

// HasGap says that some bar is hatched.
func (t Timeline) HasGap() bool {
	for _, b := range t.Bars {
		if b.Gap {
			return true
		}
	}
	return false
}

// drawn is a bar with its place: x and width in per cent, y and height in
// pixels.
type drawn struct {
	Bar
	X, W, Y, H, Mid string
	// BarX and BarW are the bar itself, narrower than its slot where few share
	// the width.
	BarX, BarW  string
	Anchor      string
	Tick        string
	Minor, Peak bool
}

const (
	chartTop  = 16 // room for the peak's number
	chartFull = 84
	chartSlim = 44
	widest    = 4 // per cent: no bar is a slab
)

func (t Timeline) base() int {
	if t.Slim {
		return chartTop + chartSlim
	}
	return chartTop + chartFull
}

func (t Timeline) height() string { return fmt.Sprint(t.base() + 22) }

func (t Timeline) baseline() string { return fmt.Sprintf("%d.5", t.base()) }

// draw lays the bars out.
func (t Timeline) draw() []drawn {
	n := len(t.Bars)
	most, peak := 0, -1
	for i, b := range t.Bars {
		if b.N > most {
			most, peak = b.N, i
		}
	}
	// One article is no tower: few stand low.
	scale := float64(max(most, 4))
	room := t.base() - chartTop
	step := 100 / float64(n)
	gap := min(step*.14, 1.2)
	ticks := t.ticks()
	out := make([]drawn, n)
	for i, b := range t.Bars {
		h := 0.0
		if b.N > 0 {
			h = max(3, float64(room)*float64(b.N)/scale)
		}
		slim := min(step-gap, widest)
		d := drawn{
			BarX: pct((float64(i)+.5)*step - slim/2), BarW: pct(slim),
			Bar: b, X: pct(float64(i)*step + gap/2), W: pct(step - gap), Mid: pct((float64(i) + .5) * step),
			Y: px(float64(t.base()) - h), H: px(h), Anchor: "middle", Peak: i == peak,
		}
		switch {
		case i == 0 && n > 24:
			d.Anchor = "start"
			d.Mid = pct(0)
		case i == n-1 && n > 24:
			d.Anchor = "end"
			d.Mid = pct(100)
		}
		switch ticks[i] {
		case 1:
			d.Tick = b.Tick
		case 2:
			d.Tick, d.Minor = b.Tick, true
		}
		out[i] = d
	}
	return out
}

// ticks chooses the bars that are labelled: 1 always, 2 only where there is
// room. The ends are always labelled; those between keep clear of them.
func (t Timeline) ticks() []int {
	n := len(t.Bars)
	out := make([]int, n)
	if n <= 12 {
		for i := range out {
			out[i] = 1 + i%2
		}
		if n < 8 {
			for i := range out {
				out[i] = 1
			}
		}
		return out
	}
	step := 5
	for _, s := range []int{5, 10, 15, 20, 25, 50, 100} {
		if step = s; n/s <= 9 {
			break
		}
	}
	out[0], out[n-1] = 1, 1
	clear := max(2, n*7/100)
	near := (n*14 + 99) / 100 // on a narrow screen, what is nearer runs into the end's own label
	k := 0
	for i := clear; i < n-clear; i++ {
		var v int
		if _, err := fmt.Sscan(t.Bars[i].Tick, &v); err == nil && v%step == 0 {
			if i < near || i >= n-near {
				out[i] = 2
				continue
			}
			out[i] = 1 + k%2
			k++
		}
	}
	return out
}

// gaps are the runs of bars of which the archive has nothing.
func (t Timeline) gaps() []drawn {
	n := len(t.Bars)
	step := 100 / float64(max(1, n))
	var out []drawn
	for i := 0; i < n; i++ {
		if !t.Bars[i].Gap {
			continue
		}
		j := i
		for j < n && t.Bars[j].Gap {
			j++
		}
		out = append(out, drawn{X: pct(float64(i) * step), W: pct(float64(j-i) * step), Y: fmt.Sprint(chartTop), H: fmt.Sprint(t.base() - chartTop)})
		i = j
	}
	return out
}

func pct(f float64) string { return decimal(f, 2) + "%" }

func px(f float64) string { return decimal(f, 1) }

// decimal is f with so many digits behind the point, without zeros at its end.
func decimal(f float64, digits int) string {
	s := strconv.FormatFloat(f, 'f', digits, 64)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// sparkPath is counts as a line in a box of 100 by 20.
func sparkPath(counts []int) string {
	most := 1
	for _, c := range counts {
		most = max(most, c)
	}
	var b strings.Builder
	for i, c := range counts {
		x := 0.0
		if len(counts) > 1 {
			x = 100 * float64(i) / float64(len(counts)-1)
		}
		verb := "L"
		if i == 0 {
			verb = "M"
		}
		fmt.Fprintf(&b, "%s%s %s", verb, px(x), px(18.5-17*float64(c)/float64(most)))
	}
	return b.String()
}

// binned is counts added up in at most n groups of neighbours, as alike in length as can be.
func binned(counts []int, n int) []int {
	if len(counts) <= n {
		return counts
	}
	out := make([]int, n)
	for i, c := range counts {
		out[i*n/len(counts)] += c
	}
	return out
}

// stripBars are counts as narrow bars of 16 pixels' height.
func stripBars(counts []int) []drawn {
	most := 1
	for _, c := range counts {
		most = max(most, c)
	}
	step := 100 / float64(max(1, len(counts)))
	var out []drawn
	for i, c := range counts {
		if c == 0 {
			continue
		}
		h := max(2.5, 15*float64(c)/float64(most))
		w := min(step*.86, widest)
		out = append(out, drawn{X: pct((float64(i)+.5)*step - w/2), W: pct(w), Y: px(15.5 - h), H: px(h)})
	}
	return out
}
