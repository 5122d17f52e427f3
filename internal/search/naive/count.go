package naive

import (
	"strings"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/internal/text"
)

// Facets are those that Count knows.
var Facets = []string{search.FacetPerson, search.FacetPlace, search.FacetOrganisation, search.FacetOutlet, search.FacetYear, search.FacetMonth, search.FacetDay, search.FacetSection, search.FacetLanguage}

// Count is how many of the articles found have each value of a facet.
func (a *Archive) Count(found []Found, facet string) map[string]int {
	out := map[string]int{}
	for _, f := range found {
		for _, d := range a.docs[f.ID] {
			if d.version.N != f.Version {
				continue
			}
			for v := range values(&d.version.Article, facet) {
				out[v]++
			}
		}
	}
	return out
}

func values(a *news.Article, facet string) map[string]bool {
	out := map[string]bool{}
	switch facet {
	case search.FacetPerson, search.FacetPlace, search.FacetOrganisation:
		kind := news.Kind(facet)
		for _, e := range a.Entities(kind) {
			out[string(e.ID)] = true
		}
		for _, m := range a.Mentions {
			if m.Kind == kind && m.Counts() {
				out[string(m.Entity)] = true
			}
		}
	case search.FacetOutlet:
		if a.Outlet != nil {
			out[a.Outlet.Slug] = true
		}
	case search.FacetYear:
		out[a.Published.Year()] = true
	case search.FacetMonth:
		out[a.Published.Month()] = true
	case search.FacetDay:
		out[a.Published.Day()] = true
	case search.FacetSection:
		out[text.Fold(a.Section)] = true
	case search.FacetLanguage:
		out[strings.ToLower(a.Language)] = true
	}
	delete(out, "")
	return out
}
