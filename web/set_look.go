package web

import (
	"net/url"
	"slices"
	"strings"

	"backfile/templates"
)

// The pages of a set.
const (
	pathSearch = "/search"
	pathSet    = "/search/overview"
)

// look is a search with the way in which what it found is seen as a whole.
type look struct {
	params
	// By is how time is parted; "" leaves that to the stretch of time.
	By unit
	// With is the second search; "" for none.
	With string
	// Same compares the set with the same outlets and time alone, and not with the
	// whole archive.
	Same bool
	// Far shows places on the map that lie far from all others.
	Far bool
}

// parseLook reads a request's parameters, as parseParams does.
func parseLook(v url.Values) (look, []problem) {
	p, bad := parseParams(v)
	l := look{params: p.page(1), Same: v.Get("against") == "same", Far: v.Get("map") == "all"}
	if u := unit(v.Get("by")); slices.Contains(units, u) {
		l.By = u
	} else if u != "" {
		bad = append(bad, problem{"by", clip(string(u)), badUnit})
	}
	// The second search is held to what holds for the first.
	second, wrong := parseParams(url.Values{"q": v["with"]})
	l.With = second.Q
	for _, b := range wrong {
		b.Param = "with"
		bad = append(bad, b)
	}
	return l, bad
}

// Values writes the parameters back, without those that stand at their default.
func (l look) Values() url.Values {
	v := l.params.Values()
	if l.By != "" {
		v.Set("by", string(l.By))
	}
	if l.With != "" {
		v.Set("with", l.With)
	}
	if l.Same {
		v.Set("against", "same")
	}
	if l.Far {
		v.Set("map", "all")
	}
	return v
}

// href is the address of the overview.
func (l look) href() string { return address(pathSet, l.Values()) }

// csv is the address of one of the overview's tables.
func (l look) csv(table string) string {
	v := l.Values()
	v.Set("format", "csv")
	if table != "" {
		v.Set("table", table)
	}
	return address(pathSet, v)
}

// of is the same look at another search.
func (l look) of(p params) look {
	l.params = p.page(1)
	return l
}

func address(path string, v url.Values) string {
	if q := v.Encode(); q != "" {
		return path + "?" + q
	}
	return path
}

// moved is an address of results as that of another page of the same search, with
// further parameters.
func moved(href, path string, more url.Values) string {
	rest, ok := strings.CutPrefix(href, pathSearch)
	if !ok || rest != "" && rest[0] != '?' {
		return href
	}
	out := path + rest
	if q := more.Encode(); q != "" {
		sep := "?"
		if rest != "" {
			sep = "&"
		}
		out += sep + q
	}
	return out
}

// stay has the parts of a sentence and the values of facets lead to another page of
// the search that they make, and not to its articles.
func stay(path string, more url.Values, parts []templates.Asked, items []templates.FacetItem) {
	for i := range parts {
		if parts[i].Off != "" {
			parts[i].Off = moved(parts[i].Off, path, more)
		}
	}
	for i := range items {
		for _, href := range []*string{&items[i].Pick, &items[i].Drop} {
			if *href != "" {
				*href = moved(*href, path, more)
			}
		}
	}
}

// only are the parameters of the look alone.
func (l look) only() url.Values {
	return look{params: params{Page: 1, PerPage: defaultPerPage, Sort: params{}.defaultSort(), Group: true, Facets: true, Snippets: true}, By: l.By, With: l.With, Same: l.Same, Far: l.Far}.Values()
}
