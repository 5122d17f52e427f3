package news

import (
	"errors"
	"testing"
	"time"
)

func TestParseDate(t *testing.T) {
	for _, tc := range []struct {
		in               string
		precision        Precision
		zoned            bool
		year, month, day string
		first, last      string
	}{
		{"2021-12-02T16:17:05+01:00", Second, true, "2021", "2021-12", "2021-12-02", "2021-12-02", "2021-12-02"},
		{"2021-12-02T16:17Z", Minute, true, "2021", "2021-12", "2021-12-02", "2021-12-02", "2021-12-02"},
		{"2021-12-02T16:17", Minute, false, "2021", "2021-12", "2021-12-02", "2021-12-02", "2021-12-02"},
		{"1936-11-22", Day, false, "1936", "1936-11", "1936-11-22", "1936-11-22", "1936-11-22"},
		{"1936-02", Month, false, "1936", "1936-02", "", "1936-02-01", "1936-02-29"},
		{" 1936 ", Year, false, "1936", "", "", "1936-01-01", "1936-12-31"},
	} {
		d, err := ParseDate(tc.in, FromByline)
		if err != nil {
			t.Errorf("ParseDate(%q): %v", tc.in, err)
			continue
		}
		if d.Precision != tc.precision || d.HasZone() != tc.zoned || d.From != FromByline {
			t.Errorf("ParseDate(%q) = %+v, zone %v", tc.in, d, d.HasZone())
		}
		if d.Year() != tc.year || d.Month() != tc.month || d.Day() != tc.day {
			t.Errorf("%q: year, month, day = %q, %q, %q", tc.in, d.Year(), d.Month(), d.Day())
		}
		if first, last := d.Days(); first != tc.first || last != tc.last {
			t.Errorf("%q: days = %q, %q, want %q, %q", tc.in, first, last, tc.first, tc.last)
		}
	}
	// A record of another program's, or of an older one of ours, may hold filling.
	for _, d := range []Date{{Text: "1987-03-14", Precision: Month}, {Text: "1987-03-14T12:00:00+05:00", Precision: Month}, {Text: "1987-03", Precision: Month}} {
		if first, last := d.Days(); first != "1987-03-01" || last != "1987-03-31" || d.Day() != "" || d.Month() != "1987-03" {
			t.Errorf("%+v: days = %q, %q", d, first, last)
		}
	}
	if first, last := (Date{Text: "1987-03-14", Precision: Year}).Days(); first != "1987-01-01" || last != "1987-12-31" {
		t.Errorf("a year with filling: days = %q, %q", first, last)
	}
	for _, in := range []string{"", "yesterday", "2021-13", "2021-02-30", "02/12/2021", "2021-12-02 16:17"} {
		if _, err := ParseDate(in, ""); !errors.Is(err, ErrInvalid) {
			t.Errorf("ParseDate(%q) = %v, want ErrInvalid", in, err)
		}
	}
}

// An article's day is the day in the offset its source gives, not in UTC.
func TestDayIsLocal(t *testing.T) {
	d := DateOf(time.Date(2021, 12, 3, 0, 30, 0, 0, time.FixedZone("", 2*3600)), FromMetadata)
	if got := d.Day(); got != "2021-12-03" {
		t.Errorf("day = %s, want 2021-12-03", got)
	}
	if got, _ := d.Time(); got.UTC().Day() != 2 {
		t.Errorf("instant = %v, want the 2nd in UTC", got)
	}
}
