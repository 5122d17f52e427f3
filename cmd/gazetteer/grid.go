package main

import (
	"math"
	"slices"
	"strings"
)

// grid finds the towns near a point.
type grid map[[2]int][]city

func newGrid(towns []city) grid {
	g := grid{}
	for _, c := range towns {
		k := [2]int{int(math.Floor(c.lat)), int(math.Floor(c.lon))}
		g[k] = append(g[k], c)
	}
	return g
}

// homeWithin is how far the nearest town may be that says in which country a
// feature lies, in kilometres, and largestHome how wide, in degrees, a feature may
// be that is said to lie in one region.
const (
	homeWithin  = 120
	largestHome = 3
)

// home is the country of the towns around a feature, if it is one only, and the
// key of the division of the nearest, if the feature is small.
func (g grid) home(f *feature, div *divisions, rows map[string]bool) (country, key string) {
	type near struct {
		c  city
		km float64
	}
	var around []near
	y, x := int(math.Floor(f.lat)), int(math.Floor(f.lon))
	span := max(f.north-f.south, f.east-f.west)
	within := max(homeWithin, min(span, largestHome)*80)
	d := int(within/111) + 1
	for dy := -d; dy <= d; dy++ {
		for dx := -2 * d; dx <= 2*d; dx++ {
			for _, c := range g[[2]int{y + dy, x + dx}] {
				km := 111 * math.Hypot(c.lat-f.lat, (c.lon-f.lon)*math.Cos(f.lat*math.Pi/180))
				if km < within {
					around = append(around, near{c, km})
				}
			}
		}
	}
	if len(around) == 0 {
		return "", ""
	}
	slices.SortFunc(around, func(a, b near) int { return int(math.Copysign(1, a.km-b.km)) })
	first := around[0]
	reach := max(2*first.km, span*80)
	regions := map[string]bool{}
	for _, n := range around {
		if n.km > reach {
			break
		}
		if n.c.country != first.c.country {
			return "", ""
		}
		regions[n.c.region] = true
	}
	if span > largestHome || len(regions) > 1 {
		if k := keyOf(first.c.country); rows[k] {
			return first.c.country, k
		}
		return first.c.country, ""
	}
	key = div.homeOf(first.c, rows)
	// A mountain or lake belongs to no one county, but surely to the region.
	if p := strings.SplitN(key, ".", 3); len(p) > 2 {
		key = p[0] + "." + p[1]
	}
	return first.c.country, key
}
