package family

import (
	"testing"

	"backfile/internal/news"
)

func TestFamilyAgency(t *testing.T) {
	for _, tc := range []struct {
		agencies []string
		want     string
	}{
		{nil, ""}, {[]string{"", ""}, ""}, {[]string{"", "B", ""}, "B"}, {[]string{"B", "A"}, "A"}, {[]string{"A", "B", "B"}, "B"},
	} {
		var members []*news.Article
		for _, a := range tc.agencies {
			members = append(members, &news.Article{Agency: a})
		}
		if got := FamilyAgency(members); got != tc.want {
			t.Errorf("FamilyAgency of %q = %q, want %q", tc.agencies, got, tc.want)
		}
	}
}
