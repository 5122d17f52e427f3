package land

import (
	"reflect"
	"slices"
	"testing"
)

func TestOutlines(t *testing.T) {
	for _, c := range []struct {
		name     string
		lon, lat float64
		want     string
	}{
		{"London", -.13, 51.5, "GB"},
		{"Lerwick", -1.2, 60.2, "GB"},
		{"Dublin", -6.4, 53.35, "IE"},
		{"Kirkenes, near two borders", 29.9, 69.65, "NO"},
		{"Anadyr, beyond the edge of maps", 177.3, 64.7, "RU"},
		{"Maseru, in a country inside another", 27.6, -29.4, "LS"},
		{"Johannesburg, in the one around it", 28.05, -26.2, "ZA"},
		{"Pristina", 21.15, 42.65, "XK"},
		{"Cayenne, far from the rest", -52.4, 4.8, "FR"},
		{"the South Pole", 0, -89.5, "AQ"},
		{"the North Sea", 2.5, 56.5, ""},
		{"the Caspian Sea", 50.5, 42, ""},
	} {
		got := ""
		for code, rings := range outlines() {
			if within(rings, c.lon, c.lat) {
				got += code
			}
		}
		if got != c.want {
			t.Errorf("%s lies in %q, want %q", c.name, got, c.want)
		}
	}
	if n := len(outlines()); n < 220 {
		t.Errorf("%d countries have an outline, want them all", n)
	}
}

func TestOutline(t *testing.T) {
	britain := view(-11, 59.5, 3, 720, 500)
	for _, c := range []struct {
		code string
		view View
		none bool
	}{
		{"GB", britain, false},
		{"NO", britain, true},
		{"GB", view(-180, 85, 180, 720, 290), false},
		{"RU", view(170, 75, 200, 720, 480), false},
		{"", britain, true},
		{"ZZ", britain, true},
	} {
		got := Outline(c.view, c.code)
		if c.none != (got == "") {
			t.Errorf("Outline(%+v, %q) has %d bytes, none wanted: %v", c.view, c.code, len(got), c.none)
		}
		inside(t, got, c.view)
	}
	// All together they are hardly more than the land they share.
	world := view(-180, 85, 180, 720, 290)
	sum := 0
	for code := range outlines() {
		sum += len(Outline(world, code))
	}
	if sum > 36_000 {
		t.Errorf("the outlines of all countries on a map of the world have %d bytes", sum)
	}
	t.Logf("%d bytes", sum)
}

func TestEncodeCountries(t *testing.T) {
	want := []Country{{"AA", [][]Point{{{1, 2}, {-3, 4}, {5, 6}}, {{7, 8}}}}, {"BB", nil}}
	b, err := EncodeCountries(want)
	if err != nil {
		t.Fatal(err)
	}
	got, err := decodeCountries(b)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("decodeCountries(EncodeCountries(%v)) = %v, %v", want, got, err)
	}
	if _, err := EncodeCountries([]Country{{Code: "AAA"}}); err == nil {
		t.Error("a code of three letters was packed")
	}
}

func FuzzDecodeCountries(f *testing.F) {
	b, err := EncodeCountries([]Country{{"AA", [][]Point{{{1, 2}, {3, 4}, {5, 6}}}}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte("x"))
	f.Fuzz(func(t *testing.T, b []byte) {
		all, err := decodeCountries(b)
		if err != nil {
			return
		}
		for _, c := range all {
			if len(c.Code) != 2 || slices.ContainsFunc(c.Rings, func(ps []Point) bool { return len(ps) == 0 }) {
				t.Errorf("decodeCountries(%x) has %v", b, c)
			}
		}
	})
}
