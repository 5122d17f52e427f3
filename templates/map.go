package templates

import (
	"context"
	"math"

	"backfile/internal/land"
)

// Locator is a small map of places: land, a grid of degrees and dots.
type Locator struct {
	Dots []Dot
	// Caption says in words where the places lie.
	Caption string
	// Country is the ISO 3166-1 code of the one that is drawn fuller than others, "" for
	// none.
	Country string
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
	mapClose  = 7.5
)

// view fits all dots.
func (l Locator) view() land.View { return paper{mapWidth, mapHeight, mapPad, mapClose}.fit(l.Dots) }

// place is a dot as it is drawn; Label is "" where another label is in the way.
type place struct {
	X, Y, Label, LX, LY, Anchor string
}

func (l Locator) places(v land.View) []place {
	type box struct{ x0, y0, x1, y1 float64 }
	var taken []box
	var out []place
	for _, d := range l.Dots {
		x, y := across(v, d.Lon), v.Y(d.Lat)
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
func Where(ctx context.Context, dots []Dot) string {
	parts := make([]string, len(dots))
	for i, d := range dots {
		parts[i] = Say(ctx, "map.dot", d.Name, degrees(ctx, math.Round(d.Lat*10)/10, "north", "south"), degrees(ctx, math.Round(d.Lon*10)/10, "east", "west"))
	}
	return Listed(ctx, parts)
}
