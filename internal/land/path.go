package land

import (
	"math"
	"slices"
	"strconv"
)

// View is the stretch of the world that a map shows: its north-west corner in
// degrees, pixels a degree in either direction, and its size in pixels. West may be
// beyond 180 degrees, where a map goes on over the edge of others.
type View struct {
	West, North    float64
	ScaleX, ScaleY float64
	Width, Height  float64
}

// X is how many pixels a longitude lies from the left edge of the map.
func (v View) X(lon float64) float64 { return (lon - v.West) * v.ScaleX }

// Y is how many pixels a latitude lies from the top edge of the map.
func (v View) Y(lat float64) float64 { return (v.North - lat) * v.ScaleY }

// Unit is how many units of Path's data one pixel has: an SVG draws it with
// transform="scale(.5)".
const Unit = 2

// What is too small to be drawn: an island of fewer pixels either way, and points
// fewer units apart.
const (
	speck = 2
	apart = 4
)

// Path is the land within v as the data of an SVG path, in whole units; "" where
// all is sea. It holds no more points than can be seen.
func Path(v View) string { return v.path(rings(), true) }

// Borders are the borders of countries within v, likewise.
func Borders(v View) string { return v.path(lines(), false) }

func (v View) path(rings []ring, closed bool) string {
	east, south := v.West+v.Width/v.ScaleX, v.North-v.Height/v.ScaleY
	var out []byte
	var line []at
	for _, r := range rings {
		for _, turn := range [...]float64{-360, 0, 360} {
			w, e := float64(r.west)/100+turn, float64(r.east)/100+turn
			s, n := float64(r.south)/100, float64(r.north)/100
			if e < v.West || w > east || n < south || s > v.North {
				continue
			}
			if closed && (e-w)*v.ScaleX < speck && (n-s)*v.ScaleY < speck {
				continue // it would hardly be seen
			}
			line = line[:0]
			for _, p := range r.points {
				line = append(line, at{v.X(float64(p.X)/100+turn) * Unit, v.Y(float64(p.Y)/100) * Unit})
			}
			if !closed { // what runs over the edge is cut there by who shows it
				out = draw(out, line, false)
				continue
			}
			if w < v.West || e > east || s < south || n > v.North {
				line = clip(line, v.Width*Unit, v.Height*Unit)
			}
			out = draw(out, line, true)
		}
	}
	return string(out)
}

// at is a point of the map in units.
type at struct{ x, y float64 }

// clip cuts a ring at the edges of the map, one edge after the other (Sutherland and
// Hodgman, 1974). A ring that leaves the map and comes back runs along the edge.
func clip(ring []at, width, height float64) []at {
	for _, edge := range [...]struct {
		in  func(at) bool
		cut func(a, z at) at
	}{
		{func(p at) bool { return p.x >= 0 }, func(a, z at) at { return at{0, a.y + (z.y-a.y)*(0-a.x)/(z.x-a.x)} }},
		{func(p at) bool { return p.x <= width }, func(a, z at) at { return at{width, a.y + (z.y-a.y)*(width-a.x)/(z.x-a.x)} }},
		{func(p at) bool { return p.y >= 0 }, func(a, z at) at { return at{a.x + (z.x-a.x)*(0-a.y)/(z.y-a.y), 0} }},
		{func(p at) bool { return p.y <= height }, func(a, z at) at { return at{a.x + (z.x-a.x)*(height-a.y)/(z.y-a.y), height} }},
	} {
		if len(ring) == 0 {
			return nil
		}
		out := make([]at, 0, len(ring)+8)
		last := ring[len(ring)-1]
		for _, p := range ring {
			switch {
			case edge.in(p) && !edge.in(last):
				out = append(out, edge.cut(last, p), p)
			case edge.in(p):
				out = append(out, p)
			case edge.in(last):
				out = append(out, edge.cut(last, p))
			}
			last = p
		}
		ring = out
	}
	return ring
}

// draw appends a ring, or a line that is not closed, without the points that lie on the
// line between those beside them or too near to the one before to be told from it.
func draw(out []byte, ring []at, closed bool) []byte {
	type whole struct{ x, y int }
	var ps []whole
	for i, p := range ring {
		q := whole{int(math.Round(p.x)), int(math.Round(p.y))}
		if n := len(ps); n > 0 {
			if abs(ps[n-1].x-q.x)+abs(ps[n-1].y-q.y) < apart {
				if !closed && i == len(ring)-1 && n > 1 { // others begin where a line ends
					ps[n-1] = q
				}
				continue
			}
			if n > 1 && (q.x-ps[n-1].x)*(ps[n-1].y-ps[n-2].y) == (q.y-ps[n-1].y)*(ps[n-1].x-ps[n-2].x) &&
				(q.x-ps[n-1].x)*(ps[n-1].x-ps[n-2].x)+(q.y-ps[n-1].y)*(ps[n-1].y-ps[n-2].y) > 0 {
				ps[n-1] = q
				continue
			}
		}
		ps = append(ps, q)
	}
	if len(ps) < 2 || closed && len(ps) < 3 {
		return out
	}
	out = slices.Grow(out, 6*len(ps))
	out = append(out, 'M')
	out = number(out, ps[0].x, true)
	out = number(out, ps[0].y, false)
	out = append(out, 'l')
	for i, p := range ps[1:] {
		out = number(out, p.x-ps[i].x, i == 0)
		out = number(out, p.y-ps[i].y, false)
	}
	if closed {
		out = append(out, 'z')
	}
	return out
}

// number appends n; a minus parts numbers as well as a space does.
func number(out []byte, n int, first bool) []byte {
	if !first && n >= 0 {
		out = append(out, ' ')
	}
	return strconv.AppendInt(out, int64(n), 10)
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
