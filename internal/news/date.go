package news

import (
	"fmt"
	"strings"
	"time"
)

// Precision says how much of a Date is known.
type Precision string

// The precisions of dates, finest first.
const (
	Second Precision = "second"
	Minute Precision = "minute"
	Day    Precision = "day"
	Month  Precision = "month"
	Year   Precision = "year"
)

// Date is a point in time as a source gives it: no finer than the source, and
// with the source's offset, or with none where it states none. The zero Date
// is unknown.
type Date struct {
	// Text is RFC 3339 ("2021-12-02T16:17:00Z"), or without a zone
	// ("2021-12-02T16:17"), or shorter ("2021-12-02", "2021-12", "2021").
	Text string
	// Precision says how much of Text is known.
	Precision Precision
	// From says where the date was found; see the From constants.
	From string
}

// Where dates are found.
const (
	FromMetadata = "metadata"
	FromByline   = "byline"
	FromURL      = "url"
	FromFileName = "file name"
	FromText     = "text"
	FromCapture  = "capture"
	FromGiven    = "given"
	FromHand     = "given by hand" // by a person, in place of what the source says
)

var layouts = []struct {
	layout    string
	precision Precision
	zoned     bool
}{
	{time.RFC3339Nano, Second, true},
	{"2006-01-02T15:04Z07:00", Minute, true},
	{"2006-01-02T15:04:05.999999999", Second, false},
	{"2006-01-02T15:04", Minute, false},
	{"2006-01-02", Day, false},
	{"2006-01", Month, false},
	{"2006", Year, false},
}

// ParseDate reads one of the forms that Date.Text takes. Its error wraps
// ErrInvalid.
func ParseDate(s, from string) (Date, error) {
	s = strings.TrimSpace(s)
	for _, l := range layouts {
		if _, err := time.Parse(l.layout, s); err == nil {
			return Date{Text: s, Precision: l.precision, From: from}, nil
		}
	}
	return Date{}, fmt.Errorf("date %q: %w", s, ErrInvalid)
}

// DateOf is the instant t at second precision, in t's offset.
func DateOf(t time.Time, from string) Date {
	return Date{Text: t.Truncate(time.Second).Format(time.RFC3339), Precision: Second, From: from}
}

// IsZero reports whether the date is unknown.
func (d Date) IsZero() bool { return d.Text == "" }

// Time is the earliest instant that the date can mean. A date without a zone is
// read as UTC, for ordering only: no page shows it so. ok is false where the
// date is unknown or malformed.
func (d Date) Time() (t time.Time, ok bool) {
	text := d.Text
	switch {
	case d.Precision == Year && len(text) > len("2006"):
		text = text[:len("2006")]
	case d.Precision == Month && len(text) > len("2006-01"):
		text = text[:len("2006-01")]
	}
	for _, l := range layouts {
		if t, err := time.Parse(l.layout, text); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// HasZone reports whether the source stated an offset.
func (d Date) HasZone() bool {
	for _, l := range layouts {
		if _, err := time.Parse(l.layout, d.Text); err == nil {
			return l.zoned
		}
	}
	return false
}

// Day is the date's day in its own offset, as yyyy-mm-dd, or "" where the
// precision is less.
func (d Date) Day() string { return d.prefix(len("2006-01-02"), Year, Month) }

// Month is the date's month as yyyy-mm, or "" where the precision is less.
func (d Date) Month() string { return d.prefix(len("2006-01"), Year) }

// Year is the date's year as yyyy, or "" where it is unknown.
func (d Date) Year() string { return d.prefix(len("2006")) }

func (d Date) prefix(n int, coarser ...Precision) string {
	if len(d.Text) < n {
		return ""
	}
	for _, p := range coarser {
		if d.Precision == p {
			return ""
		}
	}
	return d.Text[:n]
}

// Days is the range of days that the date can mean, both ends included, as
// yyyy-mm-dd: one day for day precision and finer, a month or a year else. Both
// are "" for an unknown date.
func (d Date) Days() (first, last string) {
	t, ok := d.Time()
	if !ok {
		return "", ""
	}
	end := t
	switch {
	case d.Day() != "":
	case d.Month() != "":
		end = t.AddDate(0, 1, -1)
	default:
		end = t.AddDate(1, 0, -1)
	}
	return t.Format(time.DateOnly), end.Format(time.DateOnly)
}
