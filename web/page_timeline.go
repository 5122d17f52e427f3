package web

import (
	"fmt"
	"strconv"
	"time"

	"backfile/internal/search"
	"backfile/templates"
)

// maxBars is the most bars of a timeline: beyond it a bar is ten years, or a
// hundred.
const maxBars = 150

// bucket is the years of one bar.
type bucket struct{ first, last int }

func (b bucket) label() string {
	if b.first == b.last {
		return fmt.Sprintf("%04d", b.first)
	}
	return fmt.Sprintf("%04d–%04d", b.first, b.last)
}

// sum is how many articles the bucket has of those counted by year.
func (b bucket) sum(by map[string]int) int {
	n := 0
	for y := b.first; y <= b.last; y++ {
		n += by[fmt.Sprintf("%04d", y)]
	}
	return n
}

// buckets part the years from first to last; nil where they are none.
func buckets(first, last string) []bucket {
	a, err1 := strconv.Atoi(first)
	z, err2 := strconv.Atoi(last)
	if err1 != nil || err2 != nil || z < a {
		return nil
	}
	size := 1
	for (z-a)/size >= maxBars {
		size *= 10
	}
	var out []bucket
	for y := a - a%size; y <= z; y += size {
		out = append(out, bucket{max(y, a), min(y+size-1, z)})
	}
	return out
}

// yearBars are counts by year as bars over the years of the whole archive; href
// leads from a bar to its search, on says that a year is chosen. What lacks
// bars is hatched where the outlets asked for, of, have a gap.
func yearBars(whole *overview, of gaps, counts []search.Count, href func(bucket) string, on func(bucket) bool) []templates.Bar {
	by := map[string]int{}
	for _, n := range counts {
		by[n.Value] = n.N
	}
	first, last := whole.First, whole.Last
	if n := len(counts); n > 0 { // as the archive was once, it may reach further than now
		first, last = min(first, counts[0].Value), max(last, counts[n-1].Value)
	}
	var out []templates.Bar
	for _, b := range buckets(first, last) {
		out = append(out, templates.Bar{
			Label: b.label(), Tick: fmt.Sprintf("%04d", b.first), Href: href(b), N: b.sum(by), On: on(b), Gap: b.sum(by) == 0 && of.gap(b),
		})
	}
	return out
}

// months are the months of a year as yyyy-mm.
func months(year string) []string {
	out := make([]string, 12)
	for i := range out {
		out[i] = fmt.Sprintf("%s-%02d", year, i+1)
	}
	return out
}

// days are the days of a month, yyyy-mm, as yyyy-mm-dd; nil for no month.
func days(month string) []string {
	t, err := time.Parse("2006-01", month)
	if err != nil {
		return nil
	}
	var out []string
	for d := t; d.Month() == t.Month(); d = d.AddDate(0, 0, 1) {
		out = append(out, d.Format(time.DateOnly))
	}
	return out
}

// byValue is a facet's counts by value.
func byValue(cs []search.Count) map[string]int {
	m := make(map[string]int, len(cs))
	for _, c := range cs {
		m[c.Value] = c.N
	}
	return m
}

// between matches what was published from one day, month or year to another. It
// is asked for dates that are known to be some.
func between(from, to string) search.DateRange {
	d, _ := search.Between(from, to)
	return d
}
