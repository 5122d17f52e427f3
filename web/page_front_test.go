package web

import (
	"slices"
	"testing"
)

func TestSpread(t *testing.T) {
	all := []string{"1936", "1937", "1950", "1971", "1988", "2004", "2019", "2024"}
	for _, tc := range []struct {
		n    int
		want []string
	}{
		{9, all},
		{8, all},
		{2, []string{"1936", "2024"}},
		{3, []string{"1936", "1971", "2024"}},
	} {
		if got := spread(all, tc.n); !slices.Equal(got, tc.want) {
			t.Errorf("spread(%d) = %v, want %v", tc.n, got, tc.want)
		}
	}
}
