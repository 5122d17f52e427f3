package web

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"net/http"
	"slices"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/templates"
)

const (
	// mapSpots is how many places a map shows: those named most.
	mapSpots = 150
	// mapRows is how many of them stand beside it.
	mapRows = 14
	// mapCore is the share of what names places that a map must show before it leaves
	// out what lies far away.
	mapCore = .9
)

// placed is a place of a set with where it lies.
type placed struct {
	news.Entity
	N        int
	lat, lon float64
}

// spotsOf are those of a set's places, named most first, of which it is known where
// they lie.
func (p *pages) spotsOf(ctx context.Context, counts []search.Count, most int) ([]placed, error) {
	counts = counts[:min(len(counts), most)]
	es, err := p.entitiesOf(ctx, counts)
	if err != nil {
		return nil, err
	}
	var out []placed
	for _, c := range counts {
		if e, ok := es[news.EntityID(c.Value)]; ok && e.Lat != nil && e.Lon != nil {
			out = append(out, placed{e, c.N, *e.Lat, *e.Lon})
		}
	}
	return out, nil
}

// setMap fills in where the articles' places lie.
func (p *pages) setMap(r *http.Request, v *templates.SetView, l look, found search.Result) error {
	ctx := r.Context()
	spots, err := p.spotsOf(ctx, found.Facets[search.FacetPlace], mapSpots)
	if err != nil || len(spots) == 0 {
		return err
	}
	near := core(spots)
	o := l
	o.Far = !l.Far
	switch left := len(spots) - len(near); {
	case left > 0 && !l.Far:
		v.Wide, v.Left = o.href()+"#where", left
		spots = near
	case left > 0:
		v.Near = o.href() + "#where"
	}
	v.Map.Caption = say(r, "set.map")
	for _, s := range spots {
		link := templates.Link{Name: s.Name, Href: l.of(l.toggle(search.FacetPlace, value{Text: s.Slug})).href(), Count: s.N}
		v.Map.Spots = append(v.Map.Spots, templates.Spot{Link: link, Lat: s.lat, Lon: s.lon, Said: templates.Count(ctx, "chart.bar", s.N, s.Name)})
		if len(v.Places) < mapRows {
			v.Places = append(v.Places, templates.PlaceRow{Link: link})
		}
	}
	v.PlacesCSV = moved(l.params.href(), pathSearch+"/places", map[string][]string{"format": {"csv"}})
	return nil
}

// core is the places without those that lie far from where most of the naming is, as
// long as a map of the rest would show at least half as much again of what it shows.
func core(spots []placed) []placed {
	if len(spots) < 3 {
		return spots
	}
	sum := 0
	for _, s := range spots {
		sum += s.N
	}
	// The middle is the place from which all the naming is the nearest.
	best, middle := math.Inf(1), spots[0]
	for _, m := range spots[:min(len(spots), 40)] {
		d := 0.0
		for _, s := range spots {
			d += float64(s.N) * arc(m, s)
		}
		if d < best {
			best, middle = d, m
		}
	}
	byDistance := slices.Clone(spots)
	slices.SortStableFunc(byDistance, func(a, b placed) int { return cmp.Compare(arc(middle, a), arc(middle, b)) })
	held, keep := 0, len(byDistance)
	for i, s := range byDistance {
		if held += s.N; float64(held) >= mapCore*float64(sum) {
			keep = i + 1
			break
		}
	}
	reach := arc(middle, byDistance[keep-1])
	for keep < len(byDistance) && arc(middle, byDistance[keep]) <= max(1.5*reach, 2) {
		keep++
	}
	if keep == len(byDistance) || arc(middle, byDistance[len(byDistance)-1]) < 2*max(reach, 2) {
		return spots
	}
	limit := arc(middle, byDistance[keep-1])
	return slices.DeleteFunc(slices.Clone(spots), func(s placed) bool { return arc(middle, s) > limit })
}

// arc is how far two places lie from each other, in degrees of a great circle.
func arc(a, b placed) float64 {
	const deg = math.Pi / 180
	h := math.Pow(math.Sin((a.lat-b.lat)*deg/2), 2) + math.Cos(a.lat*deg)*math.Cos(b.lat*deg)*math.Pow(math.Sin((a.lon-b.lon)*deg/2), 2)
	return 2 * math.Asin(math.Sqrt(min(1, h))) / deg
}

// degreesText is a latitude or longitude as tables have it.
func degreesText(f *float64) string {
	if f == nil {
		return ""
	}
	return fmt.Sprintf("%.4f", *f)
}
