package entity

import "backfile/internal/news"

// supports are, by country, the names in the article that speak for it, a country's
// own and its demonym included.
func (d *document) supports() map[string]set {
	by := map[string]set{}
	for _, c := range d.cands {
		if c.dropped || c.kind != news.Place || len(c.places) == 0 {
			continue
		}
		p := &d.gaz.places[c.places[0]]
		if p.Country == "" {
			continue
		}
		if by[p.Country] == nil {
			by[p.Country] = set{}
		}
		by[p.Country][c.key] = true
	}
	for country := range d.outletCountries() {
		if by[country] == nil {
			by[country] = set{}
		}
		by[country]["outlet"] = true
	}
	return by
}

// strange reports whether the only place of a name that the gazetteer knows is a
// small one in a country of which the article says nothing else, while it does of
// another: then a place that the gazetteer lacks is meant, and no coordinates are
// better than wrong ones.
func (d *document) strange(c *candidate, supports map[string]set) bool {
	p := &d.gaz.places[c.places[0]]
	if p.kind >= capital || p.Population >= strangePopulation || p.Population == 0 {
		return false
	}
	for key := range supports[p.Country] {
		if key != c.key {
			return false
		}
	}
	for _, land := range []string{landOfHost(d.a.URL), landOfTag(d.a.Language)} {
		if land != "" && land != p.Country {
			return true // a Spanish paper's Vista Alegre is not in Argentina
		}
	}
	// A paper names its own country's towns without saying where they are.
	need := 1
	if homes[d.lang][p.Country] {
		need = 3
	}
	for country, keys := range supports {
		if country != p.Country && len(keys) >= need {
			return true
		}
	}
	return false
}

// homes are the countries of which a language's papers write as of their own.
var homes = map[string]map[string]bool{
	"en": {"GB": true, "US": true, "IE": true, "AU": true, "NZ": true, "CA": true, "ZA": true, "IN": true},
	"de": {"DE": true, "AT": true, "CH": true}, "fr": {"FR": true, "BE": true, "CH": true, "CA": true},
	"nl": {"NL": true, "BE": true}, "it": {"IT": true, "CH": true}, "es": {"ES": true, "MX": true, "AR": true, "CL": true, "CO": true, "PE": true},
	"pt": {"PT": true, "BR": true},
}

// strangePopulation is how large a town must be to be named without its country.
const strangePopulation = 40_000
