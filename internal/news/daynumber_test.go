package news

import (
	"testing"
	"time"
)

func TestDayNumber(t *testing.T) {
	for _, tt := range []struct {
		day  string
		want int
		ok   bool
	}{
		{"1970-01-01", 0, true}, {"1969-12-31", -1, true}, {"2026-11-23", 20780, true}, {"0000-01-01", -719528, true}, {"9999-12-31", 2932896, true},
		{"2024-02-29", 19782, true}, {"2023-02-29", 0, false}, {"1900-02-29", 0, false}, {"2026-04-31", 0, false}, {"2026-13-01", 0, false}, {"2026-00-10", 0, false},
		{"2026-01-00", 0, false}, {"2026-1-01", 0, false}, {"2026/01/01", 0, false}, {"+026-01-01", 0, false}, {"2026-01-01T", 0, false}, {"2026-01", 0, false}, {"", 0, false},
	} {
		n, ok := dayNumber(tt.day)
		if ok != tt.ok || ok && n != tt.want {
			t.Errorf("dayNumber(%q) = %d, %v, want %d, %v", tt.day, n, ok, tt.want, tt.ok)
		}
		if ok && dayTime(n).Format(time.DateOnly) != tt.day {
			t.Errorf("dayTime(%d) = %v, want %s", n, dayTime(n), tt.day)
		}
	}
}

// Whatever it is given, it says what time.Parse says.
func FuzzDayNumber(f *testing.F) {
	for _, s := range []string{"1986-04-26", "0000-02-29", "2100-02-29", "2026-11-3", "20261103--", "\x001-0-0-00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want, err := time.Parse(time.DateOnly, s)
		n, ok := dayNumber(s)
		if ok != (err == nil) || ok && !dayTime(n).Equal(want) {
			t.Errorf("dayNumber(%q) = %d (%v), %v, want %v, %v", s, n, dayTime(n), ok, want, err)
		}
	})
}
