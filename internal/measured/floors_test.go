package measured

import (
	"slices"
	"strings"
	"testing"
)

func TestUnder(t *testing.T) {
	of := []Figure{{"a", "mrr", 0.8}, {"a", "recall", 0.5}}
	got, err := under(strings.NewReader("# own\n\na mrr 0.8004\na recall 0.6\nb mrr 1\n"), of)
	if want := []string{"a recall 0.500 is under 0.600"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("under = %q, %v, want %q", got, err, want)
	}
	for _, bad := range []string{"a", "a mrr", "a mrr x", "a precision 1"} {
		if _, err := under(strings.NewReader(bad), of); err == nil {
			t.Errorf("under(%q) gives no error", bad)
		}
	}
}
