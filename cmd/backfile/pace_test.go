package main

import "testing"

func TestPaceLimit(t *testing.T) {
	for _, tc := range []struct {
		live, want int64
		readers    bool
	}{
		{0, paceFloor, false}, {100 << 20, paceFloor, false}, {200 << 20, 300 << 20, false}, {2 << 30, 2<<30 + paceMost, false},
		{0, paceFloor, true}, {100 << 20, 228 << 20, true}, {200 << 20, 328 << 20, true}, {2 << 30, 2<<30 + paceMost, true},
	} {
		if got := paceLimit(uint64(tc.live), tc.readers); got != tc.want {
			t.Errorf("paceLimit(%d MiB) = %d MiB, want %d MiB", tc.live>>20, got>>20, tc.want>>20)
		}
	}
}
