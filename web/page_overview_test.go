package web

import (
	"testing"
	"time"
)

// TestOverviewGood holds how long counts of the whole archive are kept.
func TestOverviewGood(t *testing.T) {
	start := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for _, tc := range []struct {
		name        string
		total, now  int // articles counted, and by now
		cost, later time.Duration
		want        bool
	}{
		{"nothing came", 50, 50, time.Millisecond, time.Second, true},
		{"nothing came for long", 50, 50, time.Millisecond, overviewTime, false},
		{"one came", 50, 51, time.Second, 0, false},
		{"one came to many", 50_000, 50_001, 30 * time.Millisecond, 500 * time.Millisecond, true},
		{"one came to many, and counting is quick", 50_000, 50_001, time.Millisecond, 500 * time.Millisecond, false},
		{"counting takes long", 50_000, 50_001, time.Minute, overviewTime, false},
		{"the clock was set back", 50, 50, time.Millisecond, -time.Second, false},
	} {
		c := &overviewCache{at: start, cost: tc.cost, whole: &overview{Total: tc.total}}
		if got := c.good(tc.now, start.Add(tc.later)); got != tc.want {
			t.Errorf("%s: %t, want %t", tc.name, got, tc.want)
		}
	}
	if (&overviewCache{}).good(0, start) {
		t.Error("nothing counted is good")
	}
}
