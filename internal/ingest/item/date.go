package item

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"backfile/internal/news"
)

// basicDate is a date of ISO 8601 without its hyphens, as NITF writes it, with or
// without the T between day and time.
var basicDate = regexp.MustCompile(`^(\d{4})(\d\d)(\d\d)(?:T?(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?\s*(Z|[+-]\d\d:?(?:\d\d)?)?)?$`)

// extendedDate is one with hyphens, in the breadth in which it is met.
var extendedDate = regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\s*(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?)?$`)

// monthDate is a month of a year, with the year first or, parted from it, last.
var monthDate = regexp.MustCompile(`^(?:(\d{4})(?:[-/.](\d{1,2})|(\d\d))|(\d{1,2})[-/.](\d{4}))$`)

// mailDate is a date of RFC 822 and 1123, weekday and seconds as they please.
var mailDate = regexp.MustCompile(`^(?:[\pL.]+,?\s+)?(\d{1,2})[\s-]+(\pL{3})\pL*\.?,?[\s-]+(\d{4}|\d\d)(?:,?\s+(\d{1,2}):(\d\d)(?::(\d\d))?\s*([\pL]+|[+-]\d\d:?\d\d)?(?:\s*\([^)]*\))?)?$`)

// ParseDate reads a date as metadata writes it: ISO 8601 with and without hyphens,
// RFC 822, a month (198703, 03/1987), or seconds since 1970. A time of midnight is most often a day without
// its time, and is given day precision; its text stays. The zero Date stands for
// what is no date.
func ParseDate(s string) news.Date {
	s = Clean(s)
	if s == "" || len(s) > 60 {
		return news.Date{}
	}
	var d news.Date
	if m := extendedDate.FindStringSubmatch(s); m != nil {
		d = dateOf(m[1:])
	} else if m := basicDate.FindStringSubmatch(s); m != nil {
		d = dateOf(m[1:])
	} else if m := mailDate.FindStringSubmatch(s); m != nil {
		d = mailOf(m)
	} else if m := monthDate.FindStringSubmatch(s); m != nil {
		d = dateOf([]string{m[1] + m[5], m[2] + m[3] + m[4], "0", "", "", "", ""})
	} else if n, err := strconv.ParseInt(s, 10, 64); err == nil && len(s) != len("2006") {
		d = UnixDate(n)
	} else if g, err := news.ParseDate(s, news.FromMetadata); err == nil {
		d = g
	}
	if year, err := strconv.Atoi(d.Year()); err != nil || year < 1500 {
		return news.Date{}
	}
	if i := strings.IndexByte(d.Text, 'T'); i > 0 {
		if clock := strings.TrimRight(d.Text[i+1:], "Z"); strings.HasPrefix(clock, "00:00") && (len(clock) < 8 || clock[5] != ':' || clock[5:8] == ":00") {
			d.Precision = news.Day
		}
	}
	return d
}

// UnixDate is a number of seconds, or of milliseconds, since 1970. The beginning
// of a computer's time is no date.
func UnixDate(n int64) news.Date {
	switch {
	case n < 100_000_000 || n > 100_000_000_000_000:
		return news.Date{}
	case n > 100_000_000_000:
		n /= 1000
	}
	return news.DateOf(time.Unix(n, 0).UTC(), news.FromMetadata)
}

// dateOf puts year, month, day, hour, minute, second and zone together. A day, or a
// month, of 0 is one that is not known.
func dateOf(m []string) news.Date {
	if two(m[2]) == "00" {
		text := m[0]
		if two(m[1]) != "00" {
			text += "-" + two(m[1])
		}
		d, err := news.ParseDate(text, news.FromMetadata)
		if err != nil {
			return news.Date{}
		}
		return d
	}
	text := m[0] + "-" + two(m[1]) + "-" + two(m[2])
	if m[3] != "" {
		text += "T" + two(m[3]) + ":" + m[4]
		if m[5] != "" {
			text += ":" + m[5]
		}
		text += zoneOf(m[6])
	}
	d, err := news.ParseDate(text, news.FromMetadata)
	if err != nil {
		return news.Date{}
	}
	return d
}

func two(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

func mailOf(m []string) news.Date {
	months := "janfebmaraprmayjunjulaugsepoctnovdec"
	i := strings.Index(months, strings.ToLower(m[2]))
	if i < 0 || i%3 != 0 {
		return news.Date{}
	}
	year := m[3]
	if len(year) == 2 {
		if year < "70" {
			year = "20" + year
		} else {
			year = "19" + year
		}
	}
	return dateOf([]string{year, strconv.Itoa(i/3 + 1), m[1], m[4], m[5], m[6], m[7]})
}

// zones are the names that mail and wires give to offsets.
var zones = map[string]string{
	"Z": "Z", "UT": "Z", "UTC": "Z", "GMT": "Z", "BST": "+01:00", "CET": "+01:00", "MEZ": "+01:00", "CEST": "+02:00", "MESZ": "+02:00",
	"EST": "-05:00", "EDT": "-04:00", "CDT": "-05:00", "MST": "-07:00", "MDT": "-06:00", "PST": "-08:00", "PDT": "-07:00", "JST": "+09:00",
	"AEST": "+10:00", "AEDT": "+11:00", "EET": "+02:00", "EEST": "+03:00", "MSK": "+03:00", "CST": "-06:00",
}

// zoneOf is an offset as RFC 3339 writes it, "" where none is known.
func zoneOf(s string) string {
	s = strings.ToUpper(strings.TrimSpace(s))
	if s == "" {
		return ""
	}
	if z, ok := zones[s]; ok {
		return z
	}
	if s[0] != '+' && s[0] != '-' {
		return ""
	}
	digits := strings.ReplaceAll(s[1:], ":", "")
	if len(digits) == 2 {
		digits += "00"
	}
	if len(digits) != 4 {
		return ""
	}
	return s[:1] + digits[:2] + ":" + digits[2:]
}

// Zone is the offset of a zone's name as wires print it ("EDT"), "" where it is
// not known.
func Zone(name string) string { return zoneOf(name) }

// Later reports whether d is known to be later than e.
func Later(d, e news.Date) bool {
	a, ok1 := d.Time()
	b, ok2 := e.Time()
	return ok1 && ok2 && a.After(b)
}
