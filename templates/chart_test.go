package templates

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func yearsOf(first, last int, n func(y int) int) Timeline {
	t := Timeline{ID: "t", Caption: "Articles by year"}
	for y := first; y <= last; y++ {
		t.Bars = append(t.Bars, Bar{Label: fmt.Sprint(y), Tick: fmt.Sprint(y), Href: fmt.Sprintf("/dates/%d", y), N: n(y), Gap: n(y) == 0})
	}
	return t
}

// TestDraw checks that no chart of any length leaves its frame or labels two
// bars on top of each other.
func TestDraw(t *testing.T) {
	for _, length := range []int{1, 2, 7, 12, 31, 91, 150} {
		tl := yearsOf(1900, 1899+length, func(y int) int { return y % 7 })
		lastTick := -100.0
		for i, b := range tl.draw() {
			x, w := percent(t, b.X), percent(t, b.W)
			if x < 0 || w <= 0 || x+w > 100.02 {
				t.Errorf("%d bars: bar %d is at %v%% and %v%% wide", length, i, x, w)
			}
			if h, _ := strconv.ParseFloat(b.H, 64); h < 0 || h > float64(tl.base()-chartTop) {
				t.Errorf("%d bars: bar %d is %s high", length, i, b.H)
			}
			if b.N > 0 && b.H == "0" {
				t.Errorf("%d bars: bar %d has %d articles and no height", length, i, b.N)
			}
			if b.Tick != "" {
				if mid := percent(t, b.Mid); length > 12 && mid-lastTick < 3 {
					t.Errorf("%d bars: label %q is %v%% behind the one before", length, b.Tick, mid-lastTick)
				} else {
					lastTick = mid
				}
			}
		}
	}
}

func percent(t *testing.T, s string) float64 {
	t.Helper()
	f, err := strconv.ParseFloat(strings.TrimSuffix(s, "%"), 64)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestGaps(t *testing.T) {
	tl := yearsOf(2000, 2009, func(y int) int {
		if y == 2003 || y == 2004 || y == 2009 {
			return 0
		}
		return 1
	})
	got := tl.gaps()
	if len(got) != 2 || got[0].X != "30%" || got[0].W != "20%" || got[1].X != "90%" {
		t.Errorf("gaps = %+v, want one of two years at 30%% and one at 90%%", got)
	}
}

// TestLocator checks that every dot is on the map, wherever in the world.
func TestLocator(t *testing.T) {
	for _, dots := range [][]Dot{
		{{"Stonehaven", 56.96, -2.2}},
		{{"Longyearbyen", 78.2, 15.6}, {"McMurdo", -77.8, 166.7}},
		{{"Suva", -18.1, 178.4}, {"Apia", -13.8, -171.8}},
		{{"Moscow", 55.7, 37.6}, {"Kyiv", 50.4, 30.5}, {"Kyiv again", 50.4, 30.5}},
	} {
		l := Locator{Dots: dots}
		v := l.view()
		for _, d := range dots {
			if x, y := across(v, d.Lon), v.Y(d.Lat); x < 0 || x > v.Width || y < 0 || y > v.Height {
				t.Errorf("%s is at %v, %v, outside the map", d.Name, x, y)
			}
		}
		if len(gridOf(t.Context(), v, 40)) < 2 {
			t.Errorf("%s: the map has %d lines of its grid", dots[0].Name, len(gridOf(t.Context(), v, 40)))
		}
	}
}

// What is always labelled keeps clear of the ends' labels on a narrow screen too,
// where a year takes an eighth of the chart.
func TestNarrowTicks(t *testing.T) {
	for n := 13; n < 130; n++ {
		ticks := yearsOf(2027-n, 2026, func(int) int { return 1 }).ticks()
		for i, v := range ticks[1 : n-1] {
			if at := float64(i+1) / float64(n); v == 1 && (at < .12 || at > .88) {
				t.Errorf("%d bars: the label of bar %d stands at %.2f", n, i+1, at)
			}
		}
	}
}

func TestBinned(t *testing.T) {
	for _, tc := range []struct {
		counts []int
		n      int
		want   []int
	}{{nil, 3, nil}, {[]int{1, 2}, 3, []int{1, 2}}, {[]int{1, 2, 3, 4}, 2, []int{3, 7}}, {[]int{1, 1, 1, 1, 1}, 2, []int{3, 2}}} {
		if got := binned(tc.counts, tc.n); !slices.Equal(got, tc.want) {
			t.Errorf("binned(%v, %d) = %v, want %v", tc.counts, tc.n, got, tc.want)
		}
	}
}
