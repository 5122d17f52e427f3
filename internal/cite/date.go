package cite

import (
	"strconv"

	"backfile/internal/news"
)

// day is a date as far as its day, the numbers that are not known 0.
type day struct{ year, month, day int }

// dayOf is the day of a date in the date's own zone, no more of it than is known; the
// zero day where the date is unknown.
func dayOf(d news.Date) day {
	if _, ok := d.Time(); !ok {
		return day{}
	}
	number := func(s string, from int) int {
		if len(s) <= from {
			return 0
		}
		n, _ := strconv.Atoi(s[from:])
		return n
	}
	return day{number(d.Year(), 0), number(d.Month(), len("2006-")), number(d.Day(), len("2006-01-"))}
}

// iso is a date as ISO 8601 writes it, as far as its day; "" for an unknown one.
func iso(d news.Date) string {
	if dayOf(d) == (day{}) {
		return ""
	}
	for _, s := range []string{d.Day(), d.Month()} {
		if s != "" {
			return s
		}
	}
	return d.Year()
}

// text is a date as its source gives it, cut to its precision.
func text(d news.Date) string {
	switch d.Precision {
	case news.Year, news.Month, news.Day:
		return iso(d)
	}
	return d.Text
}
