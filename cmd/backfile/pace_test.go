package main

import "testing"

func TestPaceLimit(t *testing.T) {
	for _, tc := range []struct{ live, want int64 }{
		{0, paceFloor}, {100 << 20, paceFloor}, {200 << 20, 300 << 20}, {2 << 30, 3 << 30},
	} {
		if got := paceLimit(uint64(tc.live)); got != tc.want {
			t.Errorf("paceLimit(%d MiB) = %d MiB, want %d MiB", tc.live>>20, got>>20, tc.want>>20)
		}
	}
}
