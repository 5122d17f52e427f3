package web

import (
	"cmp"
	"context"
	"maps"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/templates"
)

const (
	// worldPlaces is how many places, those named most, the map of all chooses from;
	// worldCountries how many countries stand beside it.
	worldPlaces    = 2000
	worldCountries = 16
	countryPlaces  = 24
)

// serveMap is the map of where the news is: of the world, of a country, of a year.
func (p *pages) serveMap(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	v := templates.MapView{Page: p.page(r, say(r, "map.title"))}
	v.Section, v.Charts = templates.SectionPlaces, true
	whole, err := p.overview(ctx)
	if err != nil {
		return err
	}
	country := strings.ToUpper(r.URL.Query().Get("country"))
	if len(country) != 2 || strings.Trim(country, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		country = ""
	}
	year := ""
	if d, err := news.ParseDate(r.URL.Query().Get("year"), ""); err == nil && d.Precision == news.Year {
		year = d.Text
	}
	v.Canonical = p.absolute(r, "/map")
	all, err := p.coverage(ctx, "")
	if err != nil {
		return err
	}
	if len(whole.Years) > 1 {
		v.Years = templates.Timeline{ID: "years", Slim: true, Caption: say(r, "map.years"), Bars: yearBars(whole, gaps{all}, whole.Years,
			func(b bucket) string {
				if b.first != b.last {
					return "/search?from=" + itoa4(b.first) + "&to=" + itoa4(b.last)
				}
				return mapHref(country, b.label())
			}, func(b bucket) bool { return year == b.label() })}
	}
	spots, err := p.placed(ctx, whole, year)
	if err != nil {
		return err
	}
	lang := say(r, "lang")
	v.Atlas.Countries = territories(r, spots, country, year)
	if year != "" {
		v.Asked = append(v.Asked, templates.Link{Name: year, Href: mapHref(country, "")})
	}
	if country != "" {
		v.Country = countryName(lang, country)
		v.Title = v.Country
		v.Asked = append(v.Asked, templates.Link{Name: v.Country, Href: mapHref("", year)})
		spots = slices.DeleteFunc(slices.Clone(spots), func(s placed) bool { return s.Country != country })
	} else {
		v.Countries = countriesOf(lang, spots, year)
	}
	v.Atlas.Caption = say(r, "set.map")
	if country != "" {
		spots = core(spots)
	}
	if country == "" {
		v.Atlas.Spots = byCountry(r, spots, year)
		return p.render(w, r, http.StatusOK, templates.MapPage(v))
	}
	for _, s := range spots[:min(len(spots), mapSpots)] {
		link := templates.Link{Name: s.Name, Href: placeIn(s.Entity, year), Count: s.N}
		v.Atlas.Spots = append(v.Atlas.Spots, templates.Spot{Link: link, Lat: s.lat, Lon: s.lon, Said: templates.Count(ctx, "chart.bar", s.N, s.Name)})
		if len(v.Places) < countryPlaces {
			v.Places = append(v.Places, link)
		}
	}
	return p.render(w, r, http.StatusOK, templates.MapPage(v))
}

// territories are the countries of places, which lead to maps of their own, and the one that
// the map is of, if any, which does not.
func territories(r *http.Request, spots []placed, own, year string) []templates.Territory {
	lang := say(r, "lang")
	n := map[string]int{}
	for _, s := range spots {
		if s.Country != "" {
			n[s.Country]++
		}
	}
	var out []templates.Territory
	if own != "" {
		out = append(out, templates.Territory{Code: own})
	}
	for _, code := range slices.Sorted(maps.Keys(n)) {
		if code != own {
			out = append(out, templates.Territory{Code: code, Href: mapHref(code, year), Said: templates.Count(r.Context(), "map.country", n[code], countryName(lang, code))})
		}
	}
	return out
}

// byCountry is one spot for the places of each country, in the middle of what is named
// there, and one for each place that lies in none: a sea, a continent.
func byCountry(r *http.Request, spots []placed, year string) []templates.Spot {
	ctx := r.Context()
	type middle struct {
		n, places     int
		east          float64 // the first place's, which others are measured from
		lat, lon, sum float64
	}
	by := map[string]*middle{}
	var order []string
	var out []templates.Spot
	for _, s := range spots {
		if s.Country == "" {
			out = append(out, templates.Spot{Link: templates.Link{Name: s.Name, Href: placeIn(s.Entity, year), Count: s.N}, Lat: s.lat, Lon: s.lon, Said: templates.Count(ctx, "chart.bar", s.N, s.Name)})
			continue
		}
		m := by[s.Country]
		if m == nil {
			m = &middle{east: s.lon}
			by[s.Country] = m
			order = append(order, s.Country)
		}
		w := float64(s.N)
		// A country that lies across the 180th meridian has its middle there too.
		lon := m.east + math.Remainder(s.lon-m.east, 360)
		m.n, m.places = m.n+s.N, m.places+1
		m.lat, m.lon, m.sum = m.lat+w*s.lat, m.lon+w*lon, m.sum+w
	}
	lang := say(r, "lang")
	for _, code := range order {
		m := by[code]
		name := countryName(lang, code)
		out = append(out, templates.Spot{Link: templates.Link{Name: name, Href: mapHref(code, year), Count: m.n}, Lat: m.lat / m.sum, Lon: math.Remainder(m.lon/m.sum, 360),
			Said: templates.Count(ctx, "map.country", m.places, name)})
	}
	slices.SortStableFunc(out, func(a, b templates.Spot) int { return cmp.Compare(b.Count, a.Count) })
	return out[:min(len(out), mapSpots)]
}

// placeIn is a place's page, or where a year is chosen the search for its articles.
func placeIn(e news.Entity, year string) string {
	if year == "" {
		return e.Path()
	}
	return askFor(e).within(year, year).href()
}

func mapHref(country, year string) string {
	q := url.Values{}
	if country != "" {
		q.Set("country", country)
	}
	if year != "" {
		q.Set("year", year)
	}
	if len(q) == 0 {
		return "/map"
	}
	return "/map?" + q.Encode()
}

// placed are the places named most in a year ("" is all), of which it is known where they
// lie. They are kept as long as the overview, and not to be changed.
func (p *pages) placed(ctx context.Context, whole *overview, year string) ([]placed, error) {
	return whole.spots.get(year, func() ([]placed, error) {
		req := search.Request{CountOnly: true, Facets: map[string]int{search.FacetPlace: worldPlaces}}
		if year != "" {
			req.Query = between(year, year)
		}
		res, err := p.Search.Search(ctx, req)
		if err != nil {
			return nil, err
		}
		return p.spotsOf(ctx, res.Facets[search.FacetPlace], worldPlaces)
	})
}

// countriesOf are the countries of places, those with the most places first: articles
// that name two places of a country would count twice.
func countriesOf(lang string, spots []placed, year string) []templates.Link {
	n := map[string]int{}
	for _, s := range spots {
		if s.Country != "" {
			n[s.Country]++
		}
	}
	var out []templates.Link
	for code, count := range n {
		out = append(out, templates.Link{Name: countryName(lang, code), Href: mapHref(code, year), Count: count})
	}
	slices.SortFunc(out, func(a, b templates.Link) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Name, b.Name))
	})
	return out[:min(len(out), worldCountries)]
}

// countryName is what a country is called in a language; its code where nobody has a name
// for it.
func countryName(lang, code string) string {
	tag, err := language.Parse(lang)
	if err != nil {
		tag = language.English
	}
	region, err := language.ParseRegion(code)
	if err != nil {
		return code
	}
	if name := display.Regions(tag).Name(region); name != "" {
		return name
	}
	return code
}
