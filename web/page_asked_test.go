package web

import (
	"net/http/httptest"
	"strings"
	"testing"

	"backfile/internal/search"
)

// A page says the same of a query only once.
func TestQueryProblemsOnce(t *testing.T) {
	_, problems := search.Parse(strings.Repeat("(", 12) + "a foo:b foo:b foo:c")
	r := httptest.NewRequest("GET", "/search", nil)
	got := queryProblems(r, &results{Problems: problems})
	if len(problems) < 15 || len(got) != 3 {
		t.Errorf("%d problems are said in %q, want three sentences", len(problems), got)
	}
}
