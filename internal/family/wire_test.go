package family

import (
	"testing"

	"backfile/internal/news"
)

func TestIsWire(t *testing.T) {
	for _, tc := range []struct {
		agency, outlet string
		want           bool
	}{
		{"", "Northam Gazette", false}, {"Northern Wire", "Northam Gazette", true}, {"Northern Wire", "", true},
		{"Northern Wire", "northern wire", false}, {"Northern Wire", "Northern Wire News", false}, {"PA", "Paisley Post", true},
	} {
		a := &news.Article{Agency: tc.agency, Outlet: news.NewOutlet(tc.outlet)}
		if got := IsWire(a); got != tc.want {
			t.Errorf("IsWire(agency %q, outlet %q) = %v, want %v", tc.agency, tc.outlet, got, tc.want)
		}
	}
}

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
