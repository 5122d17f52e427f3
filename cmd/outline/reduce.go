package main

import (
	"math"

	"backfile/internal/land"
)

// degrees is a place: east and north.
type degrees struct{ x, y float64 }

const (
	// tolerance is how far, in degrees, a coast may lie from where it is: a quarter
	// of a pixel on the closest map there is.
	tolerance = .012
	// smallest is the smallest island, in square degrees: some ten square kilometres
	// in the middle latitudes.
	smallest = .0012
)

// unwrap lays a ring that crosses the edge of maps out in one piece, which then lies
// partly beyond 180 degrees. The one around the South Pole is closed along it.
func unwrap(r []degrees) []degrees {
	turn := 0.0
	for i := 1; i < len(r); i++ {
		switch d := r[i].x + turn - r[i-1].x; {
		case d > 180:
			turn -= 360
		case d < -180:
			turn += 360
		}
		r[i].x += turn
	}
	if n := len(r); n > 2 && math.Abs(r[n-1].x-r[0].x) > 180 {
		first, last := r[0], r[n-1]
		r = append(r, degrees{last.x, -90}, degrees{first.x, -90})
	}
	west, east := math.Inf(1), math.Inf(-1)
	for _, p := range r {
		west, east = math.Min(west, p.x), math.Max(east, p.x)
	}
	shift := 360 * math.Round((west+east)/720)
	for i := range r {
		r[i].x -= shift
	}
	return r
}

// reduce leaves out the points of a ring that a line between others comes near
// enough to, and all of a ring that is too small.
func reduce(r []degrees) []land.Point {
	if len(r) < 3 || math.Abs(area(r)) < smallest {
		return nil
	}
	keep := make([]bool, len(r))
	// A ring has no ends: it is parted at its first point and the farthest from it.
	far := 0
	for i, p := range r {
		if math.Hypot(p.x-r[0].x, p.y-r[0].y) > math.Hypot(r[far].x-r[0].x, r[far].y-r[0].y) {
			far = i
		}
	}
	keep[0], keep[far] = true, true
	thin(r, 0, far, keep)
	thin(append(r[:len(r):len(r)], r[0]), far, len(r), keep)
	return rounded(r, keep)
}

// rounded are the points to keep, in hundredths of a degree.
func rounded(r []degrees, keep []bool) []land.Point {
	var out []land.Point
	for i, p := range r {
		if !keep[i] {
			continue
		}
		q := land.Point{X: int16(math.Round(p.x * 100)), Y: int16(math.Round(p.y * 100))}
		if len(out) == 0 || out[len(out)-1] != q {
			out = append(out, q)
		}
	}
	return out
}

// thin marks the points between a and z that are farther than the tolerance from
// the line between those kept (Douglas and Peucker, 1973).
func thin(r []degrees, a, z int, keep []bool) {
	if z-a < 2 {
		return
	}
	at, most := 0, tolerance
	for i := a + 1; i < z; i++ {
		if d := distance(r[i], r[a], r[z]); d > most {
			at, most = i, d
		}
	}
	if at == 0 {
		return
	}
	keep[at] = true
	thin(r, a, at, keep)
	thin(r, at, z, keep)
}

// distance is how far p lies from the line from a to z.
func distance(p, a, z degrees) float64 {
	dx, dy := z.x-a.x, z.y-a.y
	l := dx*dx + dy*dy
	t := 0.0
	if l > 0 {
		t = max(0, min(1, ((p.x-a.x)*dx+(p.y-a.y)*dy)/l))
	}
	return math.Hypot(p.x-a.x-t*dx, p.y-a.y-t*dy)
}

// area is that of a ring, negative where it runs clockwise.
func area(r []degrees) float64 {
	s := 0.0
	for i, p := range r {
		q := r[(i+1)%len(r)]
		s += p.x*q.y - q.x*p.y
	}
	return s / 2
}
