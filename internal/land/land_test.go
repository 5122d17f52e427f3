package land

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// onLand says whether a place lies on land: a line from it to the east crosses an
// odd number of coasts.
func onLand(lon, lat float64) bool { return within(rings(), lon, lat) }

// within says the same of some rings.
func within(rings []ring, lon, lat float64) bool {
	in := false
	x, y := lon*100, lat*100
	for _, r := range rings {
		for i, p := range r.points {
			q := r.points[(i+1)%len(r.points)]
			for _, x := range []float64{x - 36000, x, x + 36000} {
				if (float64(p.Y) > y) != (float64(q.Y) > y) && x < float64(q.X-p.X)*(y-float64(p.Y))/float64(q.Y-p.Y)+float64(p.X) {
					in = !in
				}
			}
		}
	}
	return in
}

func TestLand(t *testing.T) {
	for _, c := range []struct {
		name     string
		lon, lat float64
		want     bool
	}{
		{"London", -.13, 51.5, true},
		{"Lerwick", -1.2, 60.2, true},
		{"Wichita", -97.3, 37.7, true},
		{"Kyiv", 30.5, 50.45, true},
		{"the South Pole", 0, -89.5, true},
		{"Anadyr", 177.3, 64.7, true},
		{"Uelen, beyond the edge of maps", -170.2, 66.1, true},
		{"the Arctic Ocean", 0, 85, false},
		{"the Bering Sea", -178, 60, false},
		{"Suva", 178.2, -17.9, true},
		{"Hobart", 147.2, -42.8, true},
		{"the North Sea", 2.5, 56.5, false},
		{"the Atlantic", -30, 0, false},
		{"the Caspian Sea", 50.5, 42, false},
		{"the Baltic", 19, 56, false},
	} {
		if got := onLand(c.lon, c.lat); got != c.want {
			t.Errorf("land at %s (%g, %g) = %v, want %v", c.name, c.lon, c.lat, got, c.want)
		}
	}
	n := 0
	for _, r := range rings() {
		n += len(r.points)
		for i, p := range r.points {
			// Nothing but the line through the South Pole goes half round the world.
			if q := r.points[(i+1)%len(r.points)]; p.Y > -8900 && max(p.X-q.X, q.X-p.X) > 9000 {
				t.Errorf("a coast leaps from %v to %v", p, q)
			}
		}
	}
	if len(rings()) < 500 || n < 20_000 {
		t.Errorf("%d rings of %d points, want the whole world", len(rings()), n)
	}
}

// view is a map of that width whose pixels are square at the equator.
func view(west, north, east, width, height float64) View {
	s := width / (east - west)
	return View{West: west, North: north, ScaleX: s, ScaleY: s, Width: width, Height: height}
}

func TestPath(t *testing.T) {
	for _, c := range []struct {
		name string
		view View
		most int // bytes
		none bool
	}{
		{"the world", view(-180, 85, 180, 720, 290), 22_000, false},
		{"the world as a small map", view(-180, 85, 180, 240, 120), 7_000, false},
		{"Britain and Ireland", view(-11, 59.5, 3, 720, 500), 12_000, false},
		{"the north of Scotland", view(-7, 59, -1, 720, 360), 8_000, false},
		{"the open Atlantic", view(-35, 5, -25, 720, 480), 0, true},
		{"inside a continent", view(95, 66, 101, 720, 400), 200, false},
		{"over the edge of maps", view(170, -10, 190, 720, 480), 6_000, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Path(c.view)
			if c.none != (got == "") {
				t.Fatalf("Path(%+v) has %d bytes, none wanted: %v", c.view, len(got), c.none)
			}
			if len(got) > c.most {
				t.Errorf("Path(%+v) has %d bytes, want at most %d", c.view, len(got), c.most)
			}
			t.Logf("%d bytes", len(got))
			inside(t, got, c.view)
		})
	}
}

// inside follows a path and sees that it stays on the map.
func inside(t *testing.T, path string, v View) {
	t.Helper()
	whole := regexp.MustCompile(`^(M-?\d+[ -]\d*l(-?\d+[ -]\d+)([ -]\d+)*z)*$`)
	if !whole.MatchString(path) {
		t.Fatalf("the path is no path: %.200s", path)
	}
	number := regexp.MustCompile(`-?\d+`)
	for _, ring := range strings.Split(strings.TrimSuffix(path, "z"), "z") {
		if ring == "" {
			continue
		}
		var ns []int
		for _, s := range number.FindAllString(ring, -1) {
			n, err := strconv.Atoi(s)
			if err != nil {
				t.Fatal(err)
			}
			ns = append(ns, n)
		}
		x, y := 0, 0
		for i := 0; i+1 < len(ns); i += 2 {
			x, y = x+ns[i], y+ns[i+1]
			if x < 0 || y < 0 || float64(x) > v.Width*Unit || float64(y) > v.Height*Unit {
				t.Fatalf("a ring leaves the map at %d,%d: %.100s", x, y, ring)
			}
		}
	}
}

func TestEncode(t *testing.T) {
	want := [][]Point{{{-18000, -9000}, {18000, 9000}, {0, 0}}, {{1, 2}, {3, 4}, {5, -6}}}
	b, err := Encode(want)
	if err != nil {
		t.Fatal(err)
	}
	got, err := decode(b)
	if err != nil || !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("decode(Encode(%v)) = %v, %v", want, got, err)
	}
}

func FuzzDecode(f *testing.F) {
	b, err := Encode([][]Point{{{1, 2}, {3, 4}, {5, 6}}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte{})
	f.Add([]byte("no such thing"))
	f.Fuzz(func(t *testing.T, b []byte) {
		all, err := decode(b)
		if err == nil {
			for _, r := range all {
				if len(r) == 0 {
					t.Errorf("decode(%x) has an empty ring", b)
				}
			}
		}
	})
}

func FuzzPath(f *testing.F) {
	f.Add(-11.0, 59.5, 51.0, 700.0, 400.0)
	f.Add(170.0, -10.0, 36.0, 720.0, 480.0)
	f.Fuzz(func(t *testing.T, west, north, scale, width, height float64) {
		if !(west >= -360 && west <= 360 && north >= -90 && north <= 90 && scale >= .5 && scale <= 200 && width >= 1 && width <= 2000 && height >= 1 && height <= 2000) {
			t.Skip()
		}
		// A map's edge is a whole unit: what is clipped there is rounded to it.
		v := View{West: west, North: north, ScaleX: scale, ScaleY: scale, Width: float64(int(width)), Height: float64(int(height))}
		inside(t, Path(v), v)
	})
}

func BenchmarkPath(b *testing.B) {
	for _, v := range []View{view(-180, 85, 180, 720, 290), view(-11, 59.5, 3, 720, 500)} {
		b.Run(fmt.Sprintf("west %g", v.West), func(b *testing.B) {
			for b.Loop() {
				Path(v)
			}
		})
	}
}

// nearBorder is how far a place lies from the nearest point of a border, in degrees.
func nearBorder(lon, lat float64) float64 {
	least := math.Inf(1)
	for _, l := range lines() {
		for i := 1; i < len(l.points); i++ {
			ax, ay := float64(l.points[i-1].X)/100, float64(l.points[i-1].Y)/100
			dx, dy := float64(l.points[i].X)/100-ax, float64(l.points[i].Y)/100-ay
			t := 0.0
			if n := dx*dx + dy*dy; n > 0 {
				t = max(0, min(1, ((lon-ax)*dx+(lat-ay)*dy)/n))
			}
			least = min(least, math.Hypot(lon-ax-t*dx, lat-ay-t*dy))
		}
	}
	return least
}

func TestBorders(t *testing.T) {
	for _, c := range []struct {
		name     string
		lon, lat float64
		want     bool
	}{
		{"the bridge of Kehl", 7.8, 48.57, true},
		{"Niagara Falls", -79.07, 43.08, true},
		{"the 49th parallel", -110, 49, true},
		{"Victoria Falls", 25.86, -17.92, true},
		{"Aberdeen", -2.1, 57.15, false},
		{"Wichita", -97.3, 37.7, false},
		{"the coast of Norway", 5.3, 60.4, false},
		{"the middle of the Atlantic", -35, 10, false},
	} {
		if d := nearBorder(c.lon, c.lat); (d < .15) != c.want {
			t.Errorf("%s lies %.2f degrees from a border, want near %t", c.name, d, c.want)
		}
	}
	world := View{West: -180, North: 84, ScaleX: 2, ScaleY: 2, Width: 720, Height: 284}
	if n := len(Borders(world)); n < 3000 || n > 20_000 {
		t.Errorf("the borders of the world are %d bytes", n)
	}
	if got := Borders(View{West: -45, North: 30, ScaleX: 50, ScaleY: 50, Width: 500, Height: 500}); got != "" {
		t.Errorf("the Atlantic has borders: %q", got)
	}
	if got := Borders(View{West: 7, North: 49, ScaleX: 200, ScaleY: 200, Width: 300, Height: 200}); !strings.HasPrefix(got, "M") || strings.Contains(got, "z") {
		t.Errorf("the borders at Kehl are %.80q, want open lines", got)
	}
}
