package templates

import (
	"fmt"
	"math"
	"strconv"
	"testing"
)

func spot(name string, n int, lat, lon float64) Spot {
	return Spot{Link: Link{Name: name, Href: "/x", Count: n}, Lat: lat, Lon: lon}
}

// TestAtlasView checks that every place is on its map, and that a map shows no more
// than is needed for them.
func TestAtlasView(t *testing.T) {
	for _, c := range []struct {
		name  string
		spots []Spot
		most  float64 // degrees across
	}{
		{"one place", []Spot{spot("Aberdeen", 1, 57.15, -2.1)}, 12},
		{"a county", []Spot{spot("Wick", 3, 58.44, -3.1), spot("Thurso", 2, 58.6, -3.5), spot("Tain", 1, 57.8, -4.05)}, 12},
		{"over the edge of maps", []Spot{spot("Suva", 1, -18.1, 178.4), spot("Apia", 2, -13.8, -171.8), spot("Auckland", 1, -36.8, 174.8)}, 60},
		{"from Hawaii to Japan", []Spot{spot("Hilo", 1, 19.7, -155.1), spot("Tokyo", 1, 35.7, 139.7), spot("Wick", 1, 58.4, -3.1)}, 360},
		{"the whole world", []Spot{spot("Alert", 1, 82.5, -62.3), spot("McMurdo", 1, -77.8, 166.7), spot("Quito", 1, -.2, -78.5)}, 360},
		{"two in one", []Spot{spot("Wick", 1, 58.4, -3.1), spot("Wick", 1, 58.4, -3.1)}, 12},
	} {
		v := (Atlas{Spots: c.spots}).view()
		if across := v.Width / v.ScaleX; across > c.most+.01 || v.Height > atlasHeight || v.Height < 100 || v.North > 90 || v.North-v.Height/v.ScaleY < -90 {
			t.Errorf("%s: a map of %.1f degrees across, %.0f high, from %.1f to %.1f, want at most %.0f across", c.name, across, v.Height, v.North, v.North-v.Height/v.ScaleY, c.most)
		}
		if got := (Atlas{Spots: c.spots}).circles(v); len(got) != len(c.spots) {
			t.Errorf("%s: %d places are on the map, want %d", c.name, len(got), len(c.spots))
		}
	}
}

// TestCircles checks that areas are in proportion, small circles lie upon large ones,
// and no label on another.
func TestCircles(t *testing.T) {
	a := Atlas{}
	for i := range 60 {
		a.Spots = append(a.Spots, spot(fmt.Sprintf("Place %d", i), 1+i*4, 50+float64(i%8), float64(i%11)))
	}
	cs := a.circles(a.view())
	first, last := radius(t, cs[0].R), radius(t, cs[29].R)
	if got, want := math.Pow(last/first, 2), float64(cs[29].Count)/float64(cs[0].Count); math.Abs(got-want) > .05 {
		t.Errorf("a circle of %d articles has %.2f of the area of one of %d, want %.2f", cs[29].Count, got, cs[0].Count, want)
	}
	labels := 0
	for i, c := range cs {
		if i > 0 && c.Count > cs[i-1].Count {
			t.Errorf("%s with %d articles lies upon one with %d", c.Name, c.Count, cs[i-1].Count)
		}
		if c.Label != "" {
			labels++
		}
	}
	if labels < 5 || labels == len(cs) {
		t.Errorf("%d of %d places have a label, want those that there is room for", labels, len(cs))
	}
}

func radius(t *testing.T, s string) float64 {
	t.Helper()
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return f
}
