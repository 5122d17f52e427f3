package ingest

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"backfile/internal/news"
	"backfile/internal/text"
)

// maxDateLine is how much of a line, in bytes, is searched for a date.
const maxDateLine = 600

// parsePrintedDate reads the first date printed in a line, in any of the usual
// forms ("December 2, 2021, 4:17 pm", "2. März 2021 um 16.17 Uhr",
// "2021-12-02T16:17+01:00", "2024年12月3日 23:17", "02.12.2021"), with the
// time that stands beside it and an offset only where one is printed. A date
// without its year is none, and neither is one that can be read two ways
// (04/05/2021). From is FromText; the caller may say better.
func parsePrintedDate(s string) (news.Date, bool) {
	if len(s) > maxDateLine {
		s = s[:maxDateLine]
	}
	if !strings.ContainsFunc(s, unicode.IsDigit) {
		return news.Date{}, false
	}
	ts := lexDate(s)
	for i := range ts {
		d, end, ok := dateAt(ts, i)
		if !ok {
			continue
		}
		if d.day > 0 {
			d.time(ts, i, end)
		}
		return d.date(), true
	}
	return news.Date{}, false
}

// dateToken is a number, a word or a sign of a line.
type dateToken struct {
	word   string // folded; "" for numbers and signs
	sign   rune   // 0 for numbers and words
	number int    // -1 for words and signs
	digits int
	space  bool // white space stands before it
}

func lexDate(s string) []dateToken {
	var ts []dateToken
	space := false
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		start := i
		switch {
		case unicode.IsSpace(r):
			space = true
			i += n
			continue
		case '0' <= r && r <= '9':
			v := 0
			for i < len(s) && '0' <= s[i] && s[i] <= '9' {
				if v < 1e8 {
					v = v*10 + int(s[i]-'0')
				}
				i++
			}
			ts = append(ts, dateToken{number: v, digits: i - start, space: space})
		case unicode.Is(unicode.Han, r) || unicode.Is(unicode.Hangul, r):
			i += n
			ts = append(ts, dateToken{word: s[start:i], number: -1, space: space})
		case unicode.IsLetter(r):
			for i < len(s) {
				r, n := utf8.DecodeRuneInString(s[i:])
				if !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) {
					break
				}
				i += n
			}
			ts = append(ts, dateToken{word: text.FoldWord(s[start:i]), number: -1, space: space})
		default:
			i += n
			ts = append(ts, dateToken{sign: r, number: -1, space: space})
		}
		space = false
	}
	return ts
}

// printed is a date as it is put together.
type printed struct {
	year, month, day     int
	hour, minute, second int // -1 for unknown
	zone                 int // minutes east, or noZone
}

func (p printed) date() news.Date {
	d := news.Date{From: news.FromText}
	switch {
	case p.month == 0:
		d.Text, d.Precision = fmt.Sprintf("%04d", p.year), news.Year
	case p.day == 0:
		d.Text, d.Precision = fmt.Sprintf("%04d-%02d", p.year, p.month), news.Month
	case p.hour < 0:
		d.Text, d.Precision = fmt.Sprintf("%04d-%02d-%02d", p.year, p.month, p.day), news.Day
	default:
		d.Text, d.Precision = fmt.Sprintf("%04d-%02d-%02dT%02d:%02d", p.year, p.month, p.day, p.hour, p.minute), news.Minute
		second := max(p.second, 0)
		if p.second >= 0 {
			d.Precision = news.Second
		}
		if p.second >= 0 || p.zone != noZone {
			d.Text += fmt.Sprintf(":%02d", second)
		}
		if p.zone != noZone {
			d.Text += offset(p.zone)
		}
	}
	return d
}

// offset writes minutes east of Greenwich as RFC 3339 does.
func offset(minutes int) string {
	if minutes == 0 {
		return "Z"
	}
	sign := '+'
	if minutes < 0 {
		sign, minutes = '-', -minutes
	}
	return fmt.Sprintf("%c%02d:%02d", sign, minutes/60, minutes%60)
}

// valid reports whether there is such a day, in a year that news is from.
func (p printed) valid() bool {
	if p.year < 1600 || p.year > 2199 || p.month < 0 || p.month > 12 {
		return false
	}
	if p.day == 0 {
		return true
	}
	t := time.Date(p.year, time.Month(p.month), p.day, 0, 0, 0, 0, time.UTC)
	return p.month > 0 && t.Day() == p.day && int(t.Month()) == p.month
}
