package family

import (
	"strings"

	"backfile/internal/news"
	"backfile/internal/text"
)

// IsWire reports whether an article is agency copy by what it says itself: it
// names an agency, and was not printed by that agency's own site. Ingest finds
// the agency in the byline, the dateline ("ABERDEEN (Reuters) —") and the last
// lines; an article that names none may still be copy, see FamilyAgency.
func IsWire(a *news.Article) bool {
	agency := text.Fold(a.Agency)
	if agency == "" {
		return false
	}
	if a.Outlet == nil {
		return true
	}
	outlet := text.Fold(a.Outlet.Name)
	return outlet != agency && !strings.HasPrefix(outlet, agency+" ")
}

// FamilyAgency is the agency that supplied the report which the articles print:
// the one that most of those which name any name, the first in alphabetical
// order of those named as often, or "". Give it the members of one family; where
// it is not "", those that name no agency print its copy as well.
func FamilyAgency(members []*news.Article) string {
	counts := map[string]int{}
	best := ""
	for _, a := range members {
		if a.Agency == "" {
			continue
		}
		counts[a.Agency]++
	}
	for name, n := range counts {
		if best == "" || n > counts[best] || n == counts[best] && name < best {
			best = name
		}
	}
	return best
}
