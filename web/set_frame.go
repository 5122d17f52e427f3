package web

import (
	"slices"
	"strings"

	"backfile/internal/search"
)

// frame is what of a query says where and when to look, and not what for: its
// outlets, languages, dates and the time that the archive is asked as of. What it
// matches is all that the query could have found there. Nil is the whole archive.
func frame(n search.Node) search.Node {
	if a, ok := n.(search.And); ok {
		var kept []search.Node
		for _, p := range a.Parts {
			if frames(p) {
				kept = append(kept, p)
			}
		}
		return search.All(kept...)
	}
	if n != nil && frames(n) {
		return n
	}
	return nil
}

// frames reports whether a node says where and when only.
func frames(n search.Node) bool {
	switch n := n.(type) {
	case search.DateRange, search.OnDay, search.AsOf:
		return true
	case search.Field:
		return n.Name == search.FieldOutlet || n.Name == search.FieldLanguage
	case search.Not:
		return frames(n.Part)
	case search.Or:
		return len(n.Parts) > 0 && !slices.ContainsFunc(n.Parts, func(p search.Node) bool { return !frames(p) })
	}
	return false
}

// framedOutlets are the slugs of the outlets that a frame is narrowed to; none where it
// is of all, or of all but some.
func framedOutlets(n search.Node) []string {
	var out []string
	switch n := n.(type) {
	case search.And:
		for _, p := range n.Parts {
			if out = framedOutlets(p); len(out) > 0 {
				return out
			}
		}
	case search.Or:
		for _, p := range n.Parts {
			of := framedOutlets(p)
			if len(of) == 0 {
				return nil // another of them is no outlet
			}
			out = append(out, of...)
		}
	case search.Field:
		if n.Name == search.FieldOutlet {
			return []string{n.Value}
		}
	}
	return out
}

// stretch is the days from First to Last, yyyy-mm-dd, either "" for open.
type stretch struct{ First, Last string }

// bounds are the days that a query is narrowed to by its dates: every article of it
// with a date has a day in common with them.
func bounds(n search.Node) stretch {
	switch n := n.(type) {
	case search.DateRange:
		return stretch{n.First, n.Last}
	case search.And:
		var all stretch
		for _, p := range n.Parts {
			s := bounds(p)
			all.First = max(all.First, s.First)
			if s.Last != "" && (all.Last == "" || s.Last < all.Last) {
				all.Last = s.Last
			}
		}
		return all
	case search.Or:
		if len(n.Parts) == 0 {
			return stretch{}
		}
		all := bounds(n.Parts[0])
		for _, p := range n.Parts[1:] {
			s := bounds(p)
			all.First = min(all.First, s.First)
			if s.Last == "" || all.Last == "" {
				all.Last = ""
			} else {
				all.Last = max(all.Last, s.Last)
			}
		}
		return all
	}
	return stretch{}
}

// asksFor is the ids of the entities that a query asks for: not what it shuts out.
func asksFor(n search.Node) map[string]bool {
	out := map[string]bool{}
	search.Walk(n, func(n search.Node) bool {
		switch n := n.(type) {
		case search.Not:
			return false
		case search.Entities:
			for _, id := range n.IDs {
				out[string(id)] = true
			}
		}
		return true
	})
	return out
}

// sharedFilters are the parameters that hold for both of two searches that are
// compared: those that say where and when, and not of whom.
var sharedFilters = []string{"outlet", "year", "language", "section"}

// beside is the search of the words of with, in the same outlets, section, language
// and time as p.
func (p params) beside(with string) params {
	q := p.page(1)
	q.Q, q.Filters = strings.TrimSpace(with), map[string][]value{}
	for _, name := range sharedFilters {
		if fs := p.Filters[name]; len(fs) > 0 {
			q.Filters[name] = fs
		}
	}
	return q
}
