package news

import (
	"errors"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // where the machine has none
)

// TestSlots checks when what is told so often goes out, over nights, weeks and the hour
// that a spring takes away.
func TestSlots(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	at := TimeOfDay{7, 30}
	for _, tc := range []struct {
		every           Every
		now, last, next string
	}{
		{Hourly, "2026-11-23 09:59:59", "2026-11-23 09:00:00", "2026-11-23 10:00:00"},
		{Hourly, "2026-11-23 10:00:00", "2026-11-23 10:00:00", "2026-11-23 11:00:00"},
		{Daily, "2026-11-23 07:29:59", "2026-11-22 07:30:00", "2026-11-23 07:30:00"},
		{Daily, "2026-11-23 07:30:00", "2026-11-23 07:30:00", "2026-11-24 07:30:00"},
		{Daily, "2026-03-29 12:00:00", "2026-03-29 07:30:00", "2026-03-30 07:30:00"}, // clocks go forward
		{Weekly, "2026-11-23 07:29:00", "2026-11-16 07:30:00", "2026-11-23 07:30:00"},
		{Weekly, "2026-11-23 07:31:00", "2026-11-23 07:30:00", "2026-11-30 07:30:00"},
		{Weekly, "2026-11-22 23:00:00", "2026-11-16 07:30:00", "2026-11-23 07:30:00"}, // a Sunday
	} {
		parse := func(s string) time.Time {
			tm, err := time.ParseInLocation(time.DateTime, s, berlin)
			if err != nil {
				t.Fatal(err)
			}
			return tm
		}
		now := parse(tc.now)
		if got := tc.every.Last(now, at); !got.Equal(parse(tc.last)) {
			t.Errorf("%s, last before %s: %s, want %s", tc.every, tc.now, got, tc.last)
		}
		if got := tc.every.Next(now, at); !got.Equal(parse(tc.next)) {
			t.Errorf("%s, next behind %s: %s, want %s", tc.every, tc.now, got, tc.next)
		}
		if a := (Alert{Every: tc.every, Told: parse(tc.last)}); a.Due(now, at) || !a.Due(parse(tc.next), at) {
			t.Errorf("%s, told at %s: due %v at %s and %v at %s, want false and true", tc.every, tc.last, a.Due(now, at), tc.now, a.Due(parse(tc.next), at), tc.next)
		}
	}
}

func TestCheckAddress(t *testing.T) {
	for _, good := range []string{"desk@paper.example", "o'neil+news@mail.paper.example", "root@localhost"} {
		if err := CheckAddress(good); err != nil {
			t.Errorf("CheckAddress(%q) = %v", good, err)
		}
	}
	for _, bad := range []string{
		"", "desk", "desk@", "@paper.example", "Desk <desk@paper.example>", "desk@paper.example, other@paper.example", "a@b@c", "desk@paper.example\r\nBcc: x@y.example",
		"desk @paper.example", `"a.b"@paper.example`, "desk@paper.example\x00", "büro@paper.example", strings.Repeat("a", 250) + "@paper.example", "desk@paper.example>", "<desk@paper.example>",
	} {
		if err := CheckAddress(bad); !errors.Is(err, ErrInvalid) {
			t.Errorf("CheckAddress(%q) = %v, want ErrInvalid", bad, err)
		}
	}
	if got := CleanAddress("  Desk@Paper.EXAMPLE\n"); got != "Desk@paper.example" {
		t.Errorf("CleanAddress = %q", got)
	}
	if got := Masked("desk@paper.example"); got != "d…@paper.example" {
		t.Errorf("Masked = %q", got)
	}
}
