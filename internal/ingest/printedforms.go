package ingest

import "strings"

// dateAt reads the date that begins at token i. end is the token behind it.
func dateAt(ts []dateToken, i int) (p printed, end int, ok bool) {
	for _, form := range []func([]dateToken, int) (printed, int){ideographic, numeric, dayMonth, monthDay} {
		p, end = form(ts, i)
		if end > 0 && p.valid() {
			p.hour, p.minute, p.second, p.zone = -1, -1, -1, noZone
			return p, end, true
		}
	}
	return printed{}, 0, false
}

func at(ts []dateToken, i int) dateToken {
	if i < 0 || i >= len(ts) {
		return dateToken{number: -1, sign: -1}
	}
	return ts[i]
}

func (t dateToken) isNumber(minDigits, maxDigits int) bool {
	return t.number >= 0 && minDigits <= t.digits && t.digits <= maxDigits
}

// ideographic is 2024年12月3日 and 2024년 12월 3일.
func ideographic(ts []dateToken, i int) (printed, int) {
	y, m, d := at(ts, i), at(ts, i+2), at(ts, i+4)
	if !y.isNumber(4, 4) || !strings.Contains("年년", at(ts, i+1).word) || at(ts, i+1).word == "" {
		return printed{}, 0
	}
	if !m.isNumber(1, 2) || !strings.Contains("月월", at(ts, i+3).word) || at(ts, i+3).word == "" {
		return printed{}, 0
	}
	if d.isNumber(1, 2) && at(ts, i+5).word != "" && strings.Contains("日일", at(ts, i+5).word) {
		return printed{year: y.number, month: m.number, day: d.number}, i + 6
	}
	return printed{year: y.number, month: m.number}, i + 4
}

// numeric is 2021-12-02, 2021/12/02, 2021.12.02, 02.12.2021, 2/12/2021, 2-12-2021
// and 2.12.21, which only the full stop makes a date.
func numeric(ts []dateToken, i int) (printed, int) {
	a, b, c := at(ts, i), at(ts, i+2), at(ts, i+4)
	sign := at(ts, i+1).sign
	if a.number < 0 || !b.isNumber(1, 2) || c.number < 0 || sign != at(ts, i+3).sign || !strings.ContainsRune("-/.", sign) {
		return printed{}, 0
	}
	if before := at(ts, i-1); !a.space && (before.sign == '.' || before.sign == '/' || before.number >= 0) {
		return printed{}, 0
	}
	if a.digits == 4 && c.isNumber(1, 2) {
		return printed{year: a.number, month: b.number, day: c.number}, i + 5
	}
	if !a.isNumber(1, 2) {
		return printed{}, 0
	}
	year := c.number
	switch {
	case c.digits == 4:
	case c.digits == 2 && sign == '.' && !c.space:
		year += 2000
		if c.number >= 70 {
			year -= 100
		}
	default:
		return printed{}, 0
	}
	switch {
	case sign != '/' || a.number > 12 || a.number == b.number:
		return printed{year: year, month: b.number, day: a.number}, i + 5
	case b.number > 12:
		return printed{year: year, month: a.number, day: b.number}, i + 5
	}
	return printed{}, 0
}

// dayMonth is 2 December 2021, 2. Dezember 2021, 2nd of December, 2021, 2 de
// diciembre de 2021, 2-Dec-2021 and 1er décembre 2021.
func dayMonth(ts []dateToken, i int) (printed, int) {
	d := at(ts, i)
	if !d.isNumber(1, 2) {
		return printed{}, 0
	}
	j := skip(ts, i+1, 3, "st", "nd", "rd", "th", "er", "o", "de", "of", "den", ".", "-", "º", "°", "/")
	m := monthByFold[at(ts, j).word]
	if m == 0 {
		return printed{}, 0
	}
	j = skip(ts, j+1, 3, "de", "del", ".", ",", "-", "/", "г")
	if y := at(ts, j); y.isNumber(4, 4) {
		return printed{year: y.number, month: m, day: d.number}, j + 1
	}
	return printed{}, 0
}

// monthDay is December 2, 2021 and December 2021.
func monthDay(ts []dateToken, i int) (printed, int) {
	m := monthByFold[at(ts, i).word]
	if m == 0 {
		return printed{}, 0
	}
	j := skip(ts, i+1, 2, ".", "-", ",", "de", "the")
	if y := at(ts, j); y.isNumber(4, 4) {
		if at(ts, i-1).number >= 0 || at(ts, i-2).isNumber(1, 2) {
			return printed{}, 0 // a day that the month does not have
		}
		return printed{year: y.number, month: m}, j + 1
	}
	d := at(ts, j)
	if !d.isNumber(1, 2) {
		return printed{}, 0
	}
	j = skip(ts, j+1, 3, "st", "nd", "rd", "th", ",", ".", "-", "of")
	if y := at(ts, j); y.isNumber(4, 4) {
		return printed{year: y.number, month: m, day: d.number}, j + 1
	}
	return printed{}, 0
}

// skip goes over at most n of the tokens named.
func skip(ts []dateToken, i, n int, these ...string) int {
	for ; n > 0 && i < len(ts); n-- {
		t := ts[i]
		s := t.word
		if t.sign > 0 {
			s = string(t.sign)
		}
		found := false
		for _, w := range these {
			found = found || (s != "" && s == w)
		}
		if !found {
			return i
		}
		i++
	}
	return i
}
