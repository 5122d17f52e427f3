package templates

import (
	"fmt"
	"math"
	"strings"
)

// Locator is a small map of places: a grid of degrees and dots, no outlines.
type Locator struct {
	Dots []Dot
	// Caption says in words where the places lie.
	Caption string
}

// Dot is one place on a map, in degrees.
type Dot struct {
	Name     string
	Lat, Lon float64
}

const (
	mapWidth  = 240.0
	mapHeight = 150.0
	mapPad    = 26.0
)

// frame is the stretch of the world that a map shows.
type frame struct{ west, north, scale float64 }

func (f frame) x(lon float64) float64 { return (lon - f.west) * f.scale }
func (f frame) y(lat float64) float64 { return (f.north - lat) * f.scale }

// frame fits all dots, never closer than 12 degrees across, so that the grid
// says where in the world they lie.
func (l Locator) frame() frame {
	west, east, south, north := 180.0, -180.0, 90.0, -90.0
	for _, d := range l.Dots {
		west, east = math.Min(west, d.Lon), math.Max(east, d.Lon)
		south, north = math.Min(south, d.Lat), math.Max(north, d.Lat)
	}
	spanX, spanY := math.Max(east-west, 12), math.Max(north-south, 7.5)
	scale := math.Min((mapWidth-2*mapPad)/spanX, (mapHeight-2*mapPad)/spanY)
	midX, midY := (west+east)/2, (south+north)/2
	// The grid ends at the poles; what would lie beyond is shown on the other side.
	north = math.Min(midY+mapHeight/2/scale, 88)
	north = math.Max(north, mapHeight/scale-88)
	return frame{west: midX - mapWidth/2/scale, north: north, scale: scale}
}

// gridLine is a meridian or parallel, with its label.
type gridLine struct {
	Path, Label, X, Y string
	Zero              bool
}

func (l Locator) grid() []gridLine {
	f := l.frame()
	step := 45.0
	for _, s := range []float64{2, 5, 10, 15, 30, 45} {
		if s*f.scale >= 36 {
			step = s
			break
		}
	}
	var out []gridLine
	for lon := math.Ceil(f.west/step) * step; f.x(lon) < mapWidth; lon += step {
		if lon < -180 || lon > 180 {
			continue
		}
		g := gridLine{Path: fmt.Sprintf("M%s 0V%s", px(f.x(lon)), px(mapHeight)), Zero: lon == 0}
		if f.x(lon) < mapWidth-34 { // else the label would be cut
			g.Label, g.X, g.Y = degrees(lon, "E", "W"), px(f.x(lon)+2), px(mapHeight-4)
		}
		out = append(out, g)
	}
	for lat := math.Floor(f.north/step) * step; f.y(lat) < mapHeight; lat -= step {
		if lat < -90 || lat > 90 {
			continue
		}
		g := gridLine{Path: fmt.Sprintf("M0 %sH%s", px(f.y(lat)), px(mapWidth)), Zero: lat == 0}
		if f.y(lat) > 14 && f.y(lat) < mapHeight-20 {
			g.Label, g.X, g.Y = degrees(lat, "N", "S"), "3", px(f.y(lat)-3)
		}
		out = append(out, g)
	}
	return out
}

func degrees(v float64, plus, minus string) string {
	switch {
	case v > 0:
		return fmt.Sprintf("%g°%s", v, plus)
	case v < 0:
		return fmt.Sprintf("%g°%s", -v, minus)
	}
	return "0°"
}

// place is a dot as it is drawn; Label is "" where another label is in the way.
type place struct {
	X, Y, Label, LX, LY, Anchor string
}

func (l Locator) places() []place {
	f := l.frame()
	type box struct{ x0, y0, x1, y1 float64 }
	var taken []box
	var out []place
	for _, d := range l.Dots {
		x, y := f.x(d.Lon), f.y(d.Lat)
		p := place{X: px(x), Y: px(y)}
		w := 6.6*float64(len([]rune(d.Name))) + 4
		b := box{x + 7, y - 8, x + 7 + w, y + 8}
		p.Anchor, p.LX, p.LY = "start", px(x+7), px(y+4.5)
		if b.x1 > mapWidth {
			b = box{x - 7 - w, y - 8, x - 7, y + 8}
			p.Anchor, p.LX = "end", px(x-7)
		}
		free := b.x0 >= 0 && b.x1 <= mapWidth
		for _, t := range taken {
			if b.x0 < t.x1 && t.x0 < b.x1 && b.y0 < t.y1 && t.y0 < b.y1 {
				free = false
			}
		}
		if free {
			p.Label = d.Name
			taken = append(taken, b)
		}
		taken = append(taken, box{x - 5, y - 5, x + 5, y + 5})
		out = append(out, p)
	}
	return out
}

// Where names the dots with their degrees, for a caption.
func Where(dots []Dot) string {
	parts := make([]string, len(dots))
	for i, d := range dots {
		parts[i] = fmt.Sprintf("%s (%s, %s)", d.Name, degrees(math.Round(d.Lat*10)/10, "N", "S"), degrees(math.Round(d.Lon*10)/10, "E", "W"))
	}
	return strings.Join(parts, ", ")
}
