package templates

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"backfile/internal/land"
)

// Atlas is a map of the places of a set: land and water, and a circle a place whose
// area is the number of articles that name it.
type Atlas struct {
	// Caption says what is shown.
	Caption string
	Spots   []Spot
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

// atlasView fits all spots. Distances are true along the middle of the map, which is
// what an equirectangular projection about it gives.
func atlasView(spots []Spot) land.View {
	south, north := 90.0, -90.0
	var lons []float64
	for _, s := range spots {
		south, north = math.Min(south, s.Lat), math.Max(north, s.Lat)
		lons = append(lons, s.Lon)
	}
	west, east := around(lons)
	midY := (south + north) / 2
	squeeze := math.Cos(math.Max(-60, math.Min(60, midY)) * math.Pi / 180)
	spanY := math.Max(north-south, atlasClose)
	spanX := math.Max(east-west, atlasClose)
	scale := math.Min((atlasWidth-2*atlasPad)/(spanX*squeeze), (atlasHeight-2*atlasPad)/spanY)
	scale = math.Max(scale, atlasWidth/(360*squeeze))
	// A map of the world ends at the poles, and without a place there at the Antarctic.
	top, bottom := 84.0, -58.0
	if south < -54 {
		bottom = -86
	}
	if north > 80 {
		top = 88
	}
	v := land.View{ScaleX: scale * squeeze, ScaleY: scale, Width: atlasWidth, Height: math.Round(math.Min(atlasHeight, (top-bottom)*scale))}
	v.West = (west+east)/2 - atlasWidth/2/v.ScaleX
	v.North = math.Min(midY+v.Height/2/scale, top)
	v.North = math.Max(v.North, bottom+v.Height/scale)
	return v
}

// around is the shortest way round the world past all longitudes: from west to east,
// which may lie beyond 180 degrees.
func around(lons []float64) (west, east float64) {
	if len(lons) == 0 {
		return 0, 0
	}
	ls := slices.Clone(lons)
	slices.Sort(ls)
	west, east = ls[0], ls[len(ls)-1]
	best := 360 - (east - west)
	for i := 1; i < len(ls); i++ {
		// A map that is cut in the Pacific is the one that people know: another only
		// where it is much closer.
		if gap := ls[i] - ls[i-1]; gap > best+60 {
			best, west, east = gap, ls[i], ls[i-1]+360
		}
	}
	return west, east
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
		lon := s.Lon
		if lon < v.West {
			lon += 360
		}
		x, y := v.X(lon), v.Y(s.Lat)
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

// atlasGrid are the meridians and parallels, labelled at the edges.
func atlasGrid(v land.View) []gridLine {
	step := 60.0
	for _, s := range []float64{.5, 1, 2, 5, 10, 15, 30, 60} {
		if s*v.ScaleX >= 90 {
			step = s
			break
		}
	}
	var out []gridLine
	for lon := math.Ceil(v.West/step) * step; v.X(lon) < v.Width; lon += step {
		at := math.Mod(lon+540, 360) - 180
		g := gridLine{Path: fmt.Sprintf("M%s 0V%s", px(v.X(lon)), px(v.Height)), Zero: at == 0}
		if x := v.X(lon); x > 4 && x < v.Width-40 {
			g.Label, g.X, g.Y = degrees(at, "E", "W"), px(x+3), px(v.Height-5)
		}
		out = append(out, g)
	}
	for lat := math.Floor(v.North/step) * step; v.Y(lat) < v.Height; lat -= step {
		if lat < -90 || lat > 90 {
			continue
		}
		g := gridLine{Path: fmt.Sprintf("M0 %sH%s", px(v.Y(lat)), px(v.Width)), Zero: lat == 0}
		if y := v.Y(lat); y > 16 && y < v.Height-24 {
			g.Label, g.X, g.Y = degrees(lat, "N", "S"), "4", px(y-3)
		}
		out = append(out, g)
	}
	return out
}

func landScale() string { return "scale(" + strconv.FormatFloat(1./land.Unit, 'g', -1, 64) + ")" }
