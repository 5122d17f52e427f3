package templates

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"backfile/internal/land"
)

// paper is what a map is drawn on: its width and its most height in pixels, how far
// places keep from its edges, and the fewest degrees of latitude that it shows, for
// closer its coasts would be too coarse.
type paper struct{ width, height, pad, close float64 }

// fit is the map of all dots. Distances are true along its middle, which is what an
// equirectangular projection about it gives.
func (p paper) fit(dots []Dot) land.View {
	south, north := 90.0, -90.0
	var lons []float64
	for _, s := range dots {
		south, north = math.Min(south, s.Lat), math.Max(north, s.Lat)
		lons = append(lons, s.Lon)
	}
	west, east := around(lons)
	midY := (south + north) / 2
	squeeze := math.Cos(math.Max(-60, math.Min(60, midY)) * math.Pi / 180)
	spanY := math.Max(north-south, p.close)
	spanX := math.Max(east-west, p.close)
	scale := math.Min((p.width-2*p.pad)/(spanX*squeeze), (p.height-2*p.pad)/spanY)
	scale = math.Max(scale, p.width/(360*squeeze))
	// A map of the world ends at the poles, and without a place there at the Antarctic.
	top, bottom := 84.0, -58.0
	if south < -54 {
		bottom = -86
	}
	if north > 80 {
		top = 88
	}
	v := land.View{ScaleX: scale * squeeze, ScaleY: scale, Width: p.width, Height: math.Round(math.Min(p.height, (top-bottom)*scale))}
	v.West = (west+east)/2 - p.width/2/v.ScaleX
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

// across is how far from the left edge a longitude lies, on a map that may go on over
// the edge of others.
func across(v land.View, lon float64) float64 {
	if lon < v.West {
		lon += 360
	}
	return v.X(lon)
}

// gridLine is a meridian or parallel, with its label.
type gridLine struct {
	Path, Label, X, Y string
	Zero              bool
}

// gridOf are the meridians and parallels, at least so many pixels apart, labelled at
// the edges.
func gridOf(ctx context.Context, v land.View, apart float64) []gridLine {
	step := 60.0
	for _, s := range []float64{.5, 1, 2, 5, 10, 15, 30, 60} {
		if s*v.ScaleX >= apart {
			step = s
			break
		}
	}
	var out []gridLine
	for lon := math.Ceil(v.West/step) * step; v.X(lon) < v.Width; lon += step {
		at := math.Mod(lon+540, 360) - 180
		g := gridLine{Path: fmt.Sprintf("M%s 0V%s", px(v.X(lon)), px(v.Height)), Zero: at == 0}
		if x := v.X(lon); x > 4 && x < v.Width-40 {
			g.Label, g.X, g.Y = degrees(ctx, at, "east", "west"), px(x+3), px(v.Height-5)
		}
		out = append(out, g)
	}
	for lat := math.Floor(v.North/step) * step; v.Y(lat) < v.Height; lat -= step {
		if lat < -90 || lat > 90 {
			continue
		}
		g := gridLine{Path: fmt.Sprintf("M0 %sH%s", px(v.Y(lat)), px(v.Width)), Zero: lat == 0}
		if y := v.Y(lat); y > 16 && y < v.Height-24 {
			g.Label, g.X, g.Y = degrees(ctx, lat, "north", "south"), "4", px(y-3)
		}
		out = append(out, g)
	}
	return out
}

// degrees are those of a latitude or longitude, with the side of the globe it is on.
func degrees(ctx context.Context, v float64, plus, minus string) string {
	if v < 0 {
		v, plus = -v, minus
	}
	n := strings.Replace(strconv.FormatFloat(v, 'g', -1, 64), ".", wordsOf(ctx).Decimal, 1)
	if v == 0 {
		return n + "°"
	}
	return Say(ctx, "map."+plus, n)
}

func landScale() string { return "scale(" + strconv.FormatFloat(1./land.Unit, 'g', -1, 64) + ")" }
