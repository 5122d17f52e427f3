package templates

import "testing"

// TestCoverageShare says of few days that they are few, and not that they are one of a
// hundred.
func TestCoverageShare(t *testing.T) {
	for _, c := range []struct {
		sum        CoverageSum
		lang, want string
	}{
		{CoverageSum{Days: 4, Captured: 3}, "en", "75%"},
		{CoverageSum{Days: 100, Captured: 1}, "en", "1%"},
		{CoverageSum{Days: 32_861, Captured: 20}, "en", "under 1%"},
		{CoverageSum{Days: 32_861, Captured: 20}, "fr", "moins de 1\u202f%"},
		{CoverageSum{Days: 32_861}, "en", "0%"},
		{CoverageSum{}, "en", "0%"},
	} {
		if got := c.sum.share(WithWords(t.Context(), WordsIn(c.lang))); got != c.want {
			t.Errorf("%d of %d days in %s = %q, want %q", c.sum.Captured, c.sum.Days, c.lang, got, c.want)
		}
	}
}
