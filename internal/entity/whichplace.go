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

// rivalled reports whether a large region goes by the name of the country p.
func (g *gazetteer) rivalled(p *Place, all []int32) bool {
	for _, i := range all {
		if q := &g.places[i]; p.kind == country && q.kind == region && q.Country != p.Country && q.Population > 2_000_000 {
			return true
		}
	}
	return false
}

// rivals reports whether the region p shares its name with a country that nothing
// else in the article speaks of.
func (g *gazetteer) rivals(p *Place, all []int32, countries map[string]float64) bool {
	for _, i := range all {
		if q := &g.places[i]; q.kind == country && q.Country != p.Country {
			return p.Population > 2_000_000 && countries[q.Country] == 0
		}
	}
	return false
}

// What the article's other places add to a place's weight, which is a power of
// ten of its people: found by trial on LGL.
const (
	countryBonus = 0.9
	countryMore  = 0.5
	regionBonus  = 2.5
	townBonus    = 0.4
	townMost     = 1.2
)

// choose picks one of the places of a name. explicit says that the text itself
// tells, by a region or country behind a comma.
func (d *document) choose(c *candidate, countries, regions, towns map[string]float64) (best int32, explicit bool) {
	if len(c.places) == 1 {
		return c.places[0], false
	}
	toks := c.f.toks
	var within []int32
	if k := c.last + 1; k < len(toks) && toks[k].gap == gapComma && toks[k].capital {
		within, _ = d.gaz.names.longest(toks, k, func(int) bool { return true })
	}
	best = c.places[0]
	most := -1.0
	for _, i := range c.places {
		p := &d.gaz.places[i]
		w := p.weight()
		for _, o := range within {
			q := &d.gaz.places[o]
			if o != i && q.Country == p.Country && (q.kind == country || q.kind >= region && d.gaz.within(i, o)) && p.kind < region {
				w += 20
			}
		}
		if n := countries[p.Country]; n > 0 && p.kind < country {
			w += countryBonus
			if n >= 3 {
				w += countryMore
			}
		}
		if p.kind == region && countries[p.Country] > 0 && d.gaz.rivals(p, c.places, countries) {
			w += 6 // Georgia, in an article about America
		}
		if regions[d.regionKey(i)] > 0 && p.kind < region {
			w += regionBonus
		} else if p.kind < region {
			w += min(townBonus*towns[d.regionKey(i)], townMost)
		}
		if w > most {
			best, most = i, w
		}
	}
	return best, most > 20
}
