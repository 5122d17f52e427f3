package web

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// TestOverviewState holds how long counts of the whole archive are kept.
func TestOverviewState(t *testing.T) {
	start := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for _, tc := range []struct {
		name           string
		total, now     int // articles counted, and by now
		cost, later    time.Duration
		good, passable bool
	}{
		{"nothing came", 50, 50, time.Millisecond, time.Second, true, false},
		{"nothing came for long", 50, 50, time.Millisecond, overviewTime, false, false},
		{"one came", 50, 51, time.Second, 0, false, false},
		{"nothing came to many", 50_000, 50_000, time.Millisecond, overviewTime - 1, true, true},
		{"one came to many", 50_000, 50_001, 30 * time.Millisecond, 500 * time.Millisecond, true, true},
		{"one came to many, and counting is quick", 50_000, 50_001, time.Millisecond, 500 * time.Millisecond, false, true},
		{"counting takes long", 50_000, 50_001, time.Minute, overviewMost - 1, true, true},
		{"counting takes long, and it is long ago", 50_000, 50_001, time.Minute, overviewMost, false, true},
		{"nobody asked for a while", 50_000, 50_001, time.Minute, overviewMost + overviewLate, false, false},
		{"the clock was set back", 50_000, 50_000, time.Millisecond, -time.Second, false, false},
	} {
		o := &overview{at: start, Total: tc.total}
		o.cost.Store(int64(tc.cost))
		if good, passable := o.state(tc.now, start.Add(tc.later)); good != tc.good || passable != tc.passable {
			t.Errorf("%s: %t, %t, want %t, %t", tc.name, good, passable, tc.good, tc.passable)
		}
	}
	if good, passable := (*overview)(nil).state(0, start); good || passable {
		t.Error("nothing counted is good")
	}
}

// TestOverviewForgotten has counts that were begun before something was corrected not
// put in the place of none.
func TestOverviewForgotten(t *testing.T) {
	var c overviewCache
	old, next := &overview{Total: 1}, &overview{Total: 2}
	c.replace(nil, old)
	c.forget()
	if c.replace(old, next); c.held() != nil {
		t.Error("what was forgotten came back")
	}
	if c.replace(nil, next); c.held() != next {
		t.Error("what was counted is not kept")
	}
}

func TestDerived(t *testing.T) {
	var d derived[string, int]
	var made atomic.Int32
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			v, err := d.get("a", func() (int, error) { return int(made.Add(1)), nil })
			if v != 1 || err != nil {
				t.Errorf("get = %d, %v, want the value that was made first", v, err)
			}
		})
	}
	wg.Wait()
	broken := errors.New("broken")
	if _, err := d.get("b", func() (int, error) { return 0, broken }); err != broken {
		t.Errorf("get: %v, want %v", err, broken)
	}
	if v, err := d.get("b", func() (int, error) { return 7, nil }); v != 7 || err != nil {
		t.Errorf("behind a failure get = %d, %v, want 7", v, err)
	}
	if got := len(d.keys()); got != 2 {
		t.Errorf("%d keys, want 2", got)
	}
}
