package templates

import (
	"math"
	"slices"

	"backfile/internal/land"
)

// Atlas is a map of the places of a set: land and water, and a circle a place whose
// area is the number of articles that name it.
type Atlas struct {
	// Caption says what is shown.
	Caption string
	Spots   []Spot
	// Countries are those that are drawn fuller than others: the one that the map is of,
	// which leads nowhere, and those that have a map of their own.
	Countries []Territory
}

// Territory is a country on a map.
type Territory struct {
	// Code is its ISO 3166-1 code of two letters; one without an outline is not drawn.
	Code string
	// Href is the map of it, "" where this is it; Said the country in words, for the pointer.
	Href, Said string
}

// Spot is one place on a map.
type Spot struct {
	Link
	Lat, Lon float64
	// Said is the place in words, for the pointer.
	Said string
}

const (
	atlasWidth  = 720.0
	atlasHeight = 440.0
	atlasPad    = 30.0
	// atlasClose is the fewest degrees of latitude that a map shows: closer, its coasts
	// would be too coarse.
	atlasClose = 2.4
	// biggest and smallest are the radii of circles, in pixels.
	biggest, smallest = 26.0, 3.0
)

// view fits all spots.
func (a Atlas) view() land.View {
	dots := make([]Dot, len(a.Spots))
	for i, s := range a.Spots {
		dots[i] = Dot{s.Name, s.Lat, s.Lon}
	}
	return paper{atlasWidth, atlasHeight, atlasPad, atlasClose}.fit(dots)
}

// circle is a spot as it is drawn.
type circle struct {
	Spot
	X, Y, R        string
	Label          string
	LX, LY, Anchor string
	// Minor is a label that there is no room for on a narrow screen.
	Minor bool
}

// phone is how much larger labels are on a narrow screen, beside the map.
const phone = 1.6

// circles are the spots, the largest first so that small ones lie upon them, with the
// names that there is room for.
func (a Atlas) circles(v land.View) []circle {
	spots := slices.Clone(a.Spots)
	slices.SortStableFunc(spots, func(x, y Spot) int { return y.Count - x.Count })
	most := 1
	if len(spots) > 0 {
		most = max(1, spots[0].Count)
	}
	// One article is no great spot.
	big := math.Min(biggest, 5+3*math.Sqrt(float64(most)))
	type box struct{ x0, y0, x1, y1 float64 }
	meets := func(a, b box) bool { return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1 }
	var taken, narrow []box
	var out []circle
	for _, s := range spots {
		x, y := across(v, s.Lon), v.Y(s.Lat)
		if x < 0 || y < 0 || x > v.Width || y > v.Height {
			continue
		}
		r := math.Max(smallest, big*math.Sqrt(float64(s.Count)/float64(most)))
		c := circle{Spot: s, X: px(x), Y: px(y), R: px(r)}
		w := 7*float64(len([]rune(s.Name))) + 6
		for _, side := range []struct {
			b      box
			anchor string
			x      float64
		}{
			{box{x + r + 2, y - 9, x + r + 2 + w, y + 9}, "start", x + r + 5},
			{box{x - r - 2 - w, y - 9, x - r - 2, y + 9}, "end", x - r - 5},
		} {
			free := side.b.x0 >= 0 && side.b.x1 <= v.Width && side.b.y0 >= 0 && side.b.y1 <= v.Height &&
				!slices.ContainsFunc(taken, func(t box) bool { return meets(side.b, t) })
			if free {
				c.Label, c.LX, c.LY, c.Anchor = s.Name, px(side.x), px(y+5), side.anchor
				taken = append(taken, side.b)
				large := box{side.b.x0, y - 9*phone, side.b.x0 + w*phone, y + 9*phone}
				if side.anchor == "end" {
					large.x0, large.x1 = side.b.x1-w*phone, side.b.x1
				}
				c.Minor = large.x0 < 0 || large.x1 > v.Width || slices.ContainsFunc(narrow, func(t box) bool { return meets(large, t) })
				if !c.Minor {
					narrow = append(narrow, large)
				}
				break
			}
		}
		spot := box{x - r*.7, y - r*.7, x + r*.7, y + r*.7}
		taken, narrow = append(taken, spot), append(narrow, spot)
		out = append(out, c)
	}
	return out
}
