package search

import (
	"strings"
	"time"
)

// dateRange reads the value of a date field: 2021-12-02, 2021-12, 2021, two of
// them joined by "..", or one with ".." before or behind it. The two of a range
// may stand in either order.
func dateRange(s string) (DateRange, bool) {
	from, to, isRange := strings.Cut(s, "..")
	if !isRange {
		first, last, ok := days(s)
		return DateRange{s, first, last}, ok
	}
	if from == "" && to == "" {
		return DateRange{}, false
	}
	var first, last, fromLast, toFirst string
	ok := true
	if from != "" {
		first, fromLast, ok = days(from)
	}
	if ok && to != "" {
		toFirst, last, ok = days(to)
	}
	if !ok {
		return DateRange{}, false
	}
	if from != "" && to != "" && first > last {
		first, last = toFirst, fromLast
		from, to = to, from
	}
	return DateRange{from + ".." + to, first, last}, true
}

// days are the first and last day of a day, month or year.
func days(s string) (first, last string, ok bool) {
	for _, f := range []struct {
		layout              string
		years, months, days int
	}{{"2006-01-02", 0, 0, 0}, {"2006-01", 0, 1, -1}, {"2006", 1, 0, -1}} {
		if len(s) != len(f.layout) {
			continue
		}
		t, err := time.Parse(f.layout, s)
		if err != nil || t.Year() == 0 {
			return "", "", false
		}
		return t.Format(time.DateOnly), t.AddDate(f.years, f.months, f.days).Format(time.DateOnly), true
	}
	return "", "", false
}

// Between matches what was published from the day, month or year from up to and
// with to; either may be "". ok is false where both are "" or one is no date.
func Between(from, to string) (d DateRange, ok bool) {
	from, to = strings.TrimSpace(from), strings.TrimSpace(to)
	if from == to {
		return dateRange(from)
	}
	return dateRange(from + ".." + to)
}
