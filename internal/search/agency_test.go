package search

import (
	"testing"

	"backfile/internal/news"
)

func TestSupplied(t *testing.T) {
	for _, tc := range []struct {
		agency, outlet string
		want           bool
	}{
		{"", "Northam Gazette", false}, {"Northern Wire", "Northam Gazette", true}, {"Northern Wire", "", true},
		{"Northern Wire", "northern wire", false}, {"Northern Wire", "Northern Wire News", false}, {"PA", "Paisley Post", true},
		{"PA", "PA Paisley", true}, {"Press Association", "PA Media", false}, {"AP", "The Associated Press", false}, {"AP", "AP News", false},
	} {
		a := &news.Article{Agency: tc.agency, Outlet: news.NewOutlet(tc.outlet)}
		if got := Supplied(a); got != tc.want {
			t.Errorf("Supplied(agency %q, outlet %q) = %v, want %v", tc.agency, tc.outlet, got, tc.want)
		}
	}
}
