package templates

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

func TestSeries(t *testing.T) {
	pt := func(year, n, captured int) SeriesPoint {
		p := SeriesPoint{Label: fmt.Sprint(year), Tick: fmt.Sprint(year), Href: "/x", A: SeriesValue{V: float64(n) / float64(max(1, captured)), Text: Percent(context.Background(), n, captured), Weak: captured < 10}}
		p.Gap = captured == 0
		return p
	}
	s := Series{ID: "s", Caption: "c", Points: []SeriesPoint{pt(1950, 1, 1), pt(1951, 5, 50), pt(1952, 20, 100), pt(1953, 0, 0), pt(1954, 0, 30)}}
	// What says little sets no scale: one of one is no higher than 20 of 100.
	if got := s.scale(); got != .2 {
		t.Errorf("the scale is %g, want that of 20 of 100", got)
	}
	for _, p := range s.draw() {
		if p.Peak != (p.Label == "1952") {
			t.Errorf("%s is the peak: %v, want 1952", p.Label, p.Peak)
		}
	}
	var b bytes.Buffer
	if err := series(s).Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	if bars, weak, gaps := doc.Find("rect.b").Length(), doc.Find("rect.weak").Length(), doc.Find("rect[fill^='url']").Length(); bars != 3 || weak != 1 || gaps != 1 {
		t.Errorf("%d bars, %d of them outlined, %d gaps, want 3, 1 and 1", bars, weak, gaps)
	}
	if got := strings.Join(strings.Fields(doc.Find("title").First().Text()), " "); got != "1950: 100%" {
		t.Errorf("the first bar says %q", got)
	}
}

func TestSteps(t *testing.T) {
	s := Series{Two: true, Least: 4, Points: []SeriesPoint{{B: SeriesValue{V: 4}}, {}, {B: SeriesValue{V: 2}}, {B: SeriesValue{V: 2}}}}
	values, risers := s.steps()
	if values != "M0 18h1M2 82h1M3 82h1" || risers != "M0 146V18M1 18V146M2 146V82M4 82V146" {
		t.Errorf("steps = %q, %q", values, risers)
	}
}

func TestTicks(t *testing.T) {
	for _, c := range []struct {
		name        string
		first, n    int
		tick        func(i int) string
		most, least int
	}{
		{"91 years", 1936, 91, func(i int) string { return fmt.Sprint(1936 + i) }, 11, 5},
		{"months of ten years", 0, 120, func(i int) string {
			if i%12 > 0 {
				return ""
			}
			return fmt.Sprint(1990 + i/12)
		}, 10, 5},
		{"days of a month", 0, 31, func(i int) string { return fmt.Sprint(i + 1) }, 12, 5},
		{"43 decades", 0, 43, func(i int) string { return fmt.Sprintf("%d0s", 160+i) }, 11, 4},
		{"months of a year", 0, 12, func(i int) string { return English.MonthsShort[i] }, 12, 6},
		{"one", 0, 1, func(int) string { return "1953" }, 1, 1},
	} {
		s := Series{}
		for i := range c.n {
			s.Points = append(s.Points, SeriesPoint{Tick: c.tick(i)})
		}
		n := 0
		for _, v := range s.ticks() {
			if v > 0 {
				n++
			}
		}
		if n > c.most || n < c.least {
			t.Errorf("%s: %d labels, want %d to %d", c.name, n, c.least, c.most)
		}
	}
}

func TestPercent(t *testing.T) {
	for _, c := range []struct {
		n, all int
		want   string
	}{
		{0, 0, ""}, {0, 5, "0%"}, {5, 5, "100%"}, {1, 3000, "0.033%"}, {1, 200_000, "<0.001%"}, {1, 20_000_000, "<0.001%"}, {32, 1000, "3.2%"}, {1, 3, "33%"}, {999, 1000, "99%"}, {1, 1000, "0.1%"},
	} {
		if got := Percent(context.Background(), c.n, c.all); got != c.want {
			t.Errorf("Percent(%d, %d) = %q, want %q", c.n, c.all, got, c.want)
		}
	}
}
