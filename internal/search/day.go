package search

import (
	"strconv"
	"strings"
	"time"
)

// monthNames are what the months are called in a query, by their first three letters at
// least.
var monthNames = strings.Fields("january february march april may june july august september october november december")

// month is the month called s, in full or by its beginning; 0 for none.
func month(s string) int {
	const least = 3
	s = strings.TrimSuffix(strings.ToLower(s), ".")
	if s == "sept" {
		return int(time.September)
	}
	for i, name := range monthNames {
		if len(s) >= least && (s == name || s == name[:least]) {
			return i + 1
		}
	}
	return 0
}

// ordinal is the day of a month written 2 or 2nd; 0 for none.
func ordinal(s string) int {
	s = strings.ToLower(s)
	if d := strings.TrimRight(s, "abcdefghijklmnopqrstuvwxyz"); len(d) < len(s) {
		switch s[len(d):] {
		case "st", "nd", "rd", "th":
			s = d
		}
	}
	if n, err := strconv.Atoi(s); err == nil && n > 0 && len(s) <= 2 && s[0] != '+' {
		return n
	}
	return 0
}

// onDay reads the value of an on field: 12-02, "2 December", "December 2".
func onDay(s string) (OnDay, bool) {
	var d OnDay
	if m, day, ok := strings.Cut(s, "-"); ok && len(m) == 2 && len(day) == 2 {
		d.Month, d.Day = ordinal(strings.TrimPrefix(m, "0")), ordinal(strings.TrimPrefix(day, "0"))
	} else if parts := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == ',' }); len(parts) == 2 {
		if d.Month, d.Day = month(parts[1]), ordinal(parts[0]); d.Month == 0 {
			d.Month, d.Day = month(parts[0]), ordinal(parts[1])
		}
	}
	// Of a leap year, so that 29 February is one.
	const leap = 2000
	if d.Month < 1 || d.Month > 12 || d.Day < 1 || time.Date(leap, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC).Month() != time.Month(d.Month) {
		return OnDay{}, false
	}
	return d, true
}
