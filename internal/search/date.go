package search

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// dateRange reads the value of a date field: a day, month, year or decade (see days), two of
// them joined by "..", one with ".." before or behind it, or one behind <, >, <= or >=.
// The two of a range may stand in either order. Text is the value in figures.
func dateRange(s string) (DateRange, bool) {
	if d, ok, is := comparison(s); is {
		return d, ok
	}
	from, to, isRange := strings.Cut(s, "..")
	if !isRange {
		d, ok := days(s)
		if d.text == "" {
			return DateRange{d.from + ".." + d.to, d.first, d.last}, ok
		}
		return DateRange{d.text, d.first, d.last}, ok
	}
	from, to = strings.TrimSpace(from), strings.TrimSpace(to)
	if from == "" && to == "" {
		return DateRange{}, false
	}
	var a, b span
	ok := true
	if from != "" {
		a, ok = days(from)
	}
	if ok && to != "" {
		b, ok = days(to)
	}
	if !ok {
		return DateRange{}, false
	}
	if from != "" && to != "" && a.first > b.last {
		a, b = b, a
	}
	return DateRange{a.from + ".." + b.to, a.first, b.last}, true
}

// comparison reads a date behind <, >, <= or >=. is reports whether there is such a sign.
func comparison(s string) (d DateRange, ok, is bool) {
	if s == "" || s[0] != '<' && s[0] != '>' {
		return DateRange{}, false, false
	}
	sign, rest := s[0], strings.TrimSpace(s[1:])
	rest, equal := strings.CutPrefix(rest, "=")
	at, ok := days(strings.TrimSpace(rest))
	if !ok {
		return DateRange{}, false, true
	}
	switch {
	case sign == '>' && equal:
		return DateRange{at.from + "..", at.first, ""}, true, true
	case sign == '<' && equal:
		return DateRange{".." + at.to, "", at.last}, true, true
	case sign == '>':
		d, ok = dateRange(at.next(1) + "..")
	default:
		d, ok = dateRange(".." + at.next(-1))
	}
	return d, ok, true
}

// span is a stretch of days.
type span struct {
	// text is how it prints alone, "" for a decade, which is a range; from and to how it
	// prints as the beginning and the end of one.
	text, from, to string
	first, last    string // yyyy-mm-dd
}

// next is what follows the span (by 1) or goes before it (by -1), of the same kind.
func (s span) next(by int) string {
	text := s.to
	if by < 0 {
		text = s.from
	}
	layout := time.DateOnly[:len(text)]
	t, err := time.Parse(layout, text)
	if err != nil {
		return ""
	}
	switch len(layout) {
	case len("2006"):
		t = t.AddDate(by, 0, 0)
	case len("2006-01"):
		t = t.AddDate(0, by, 0)
	default:
		t = t.AddDate(0, 0, by)
	}
	return t.Format(layout)
}

// days reads a day, month, year or decade: 2021-12-02, "2 December 2021", "December 2, 2021",
// 2021-12, "Dec 2021", 2021, 1980s.
func days(s string) (span, bool) {
	if decade, ok := strings.CutSuffix(s, "0s"); ok && len(decade) == 3 {
		a, ok := days(decade + "0")
		b, _ := days(decade + "9")
		return span{"", a.text, b.text, a.first, b.last}, ok
	}
	s = inFigures(s)
	for _, f := range []struct {
		layout              string
		years, months, days int
	}{{time.DateOnly, 0, 0, 0}, {"2006-01", 0, 1, -1}, {"2006", 1, 0, -1}} {
		if len(s) != len(f.layout) {
			continue
		}
		t, err := time.Parse(f.layout, s)
		if err != nil || t.Year() == 0 {
			return span{}, false
		}
		return span{s, s, s, t.Format(time.DateOnly), t.AddDate(f.years, f.months, f.days).Format(time.DateOnly)}, true
	}
	return span{}, false
}

// inFigures writes a date with the name of a month as yyyy-mm-dd or yyyy-mm; any other
// text stays as it is.
func inFigures(s string) string {
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == ',' })
	if len(parts) < 2 || len(parts) > 3 {
		return s
	}
	year := parts[len(parts)-1]
	if _, err := strconv.ParseUint(year, 10, 16); err != nil || len(year) != 4 {
		return s
	}
	if len(parts) == 2 {
		if m := month(parts[0]); m > 0 {
			return fmt.Sprintf("%s-%02d", year, m)
		}
		return s
	}
	m, d := month(parts[1]), ordinal(parts[0])
	if m == 0 {
		m, d = month(parts[0]), ordinal(parts[1])
	}
	if m == 0 || d == 0 {
		return s
	}
	return fmt.Sprintf("%s-%02d-%02d", year, m, d)
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
