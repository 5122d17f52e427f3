package search

import (
	"strings"
	"testing"
	"time"

	"backfile/internal/fuzztime"
)

// FuzzDates reads any value as a date and as an as-of: what is read is in order, ends
// where it says, and prints as what it was read from.
func FuzzDates(f *testing.F) {
	for _, s := range []string{"2026-03-01", "2026-03", "2026", "2019..2021-06", "..1945", "2019..", "2026-03-01T10:15", "2026-03-01t10:15:07.9z", "2026-03-01T10:15:00+02:00",
		"2024-02-29", "2023-02-29", "9999-12-31", "9999", "0001", "0000", "2026-13", "..", "2021..2019", "2026-03-01T24:00", "２０２６", "2026-03-01T10:15:00-23:59", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		defer fuzztime.Check(t, time.Now())
		if d, ok := dateRange(s); ok {
			if d.First == "" && d.Last == "" || d.First != "" && d.Last != "" && d.First > d.Last {
				t.Errorf("%q is from %q to %q", s, d.First, d.Last)
			}
			for _, day := range []string{d.First, d.Last} {
				if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil && !strings.HasPrefix(s, "9999") && !strings.HasSuffix(s, "9999") {
					t.Errorf("%q has the day %q", s, day)
				}
			}
			if again, ok := dateRange(d.Text); !ok || again != d {
				t.Errorf("%q prints %q, which reads as %+v", s, d.Text, again)
			}
		}
		a, ok := asOf(s)
		if !ok {
			return
		}
		if again, ok := asOf(a.Text); !ok || again.Text != a.Text || !again.Until.Equal(a.Until) {
			t.Errorf("%q prints %q, which reads as %+v", s, a.Text, again)
		}
		if a.Until.Nanosecond() != 0 {
			t.Errorf("%q is until %v, a part of a second", s, a.Until)
		}
		last := a.Until.Add(-1)
		if !a.Shown(last, time.Time{}) || a.Shown(a.Until, time.Time{}) || a.Shown(last, last) || !a.Shown(last, a.Until) {
			t.Errorf("%q, until %v: what is captured a moment before or just then is mistaken", s, a.Until)
		}
		if n, problems := Parse(a.String()); len(problems) > 0 || n.String() != a.String() {
			t.Errorf("Parse(%q) = %v, %v", a, n, problems)
		}
	})
}
