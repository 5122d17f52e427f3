package family

import "backfile/internal/news"

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
