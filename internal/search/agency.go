package search

import (
	"slices"
	"strings"

	"backfile/internal/news"
	"backfile/internal/text"
)

// agencies are the names that one agency goes under, folded, the long one first:
// bylines have the short one as often.
var agencies = [][]string{
	{"press association", "pa", "pa media", "pa news agency"},
	{"associated press", "ap", "the associated press", "ap news"},
	{"agence france presse", "afp"},
	{"deutsche presse agentur", "dpa"},
	{"australian associated press", "aap"},
	{"united press international", "upi"},
	{"canadian press", "cp", "the canadian press"},
	{"press trust of india", "pti"},
}

// Agency is an agency's folded name in its long form.
func Agency(folded string) string {
	for _, names := range agencies {
		if slices.Contains(names, folded) {
			return names[0]
		}
	}
	return folded
}

// Supplied reports whether an article is agency copy by what it says itself: it
// names an agency, and was not printed by that agency's own site ("Reuters",
// "Reuters UK"). Ingest finds the agency in the byline, the dateline and the last
// lines; an article that names none may still be copy, of a family of several
// outlets.
func Supplied(a *news.Article) bool {
	agency := text.Fold(a.Agency)
	if agency == "" {
		return false
	}
	if a.Outlet == nil {
		return true
	}
	outlet := text.Fold(a.Outlet.Name)
	if Agency(outlet) == Agency(agency) {
		return false
	}
	// An abbreviation is the beginning of too many other names.
	const whole = 5
	return len(agency) < whole || !strings.HasPrefix(outlet, agency+" ")
}
