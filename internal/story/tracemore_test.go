package story

import (
	"math"
	"slices"
	"testing"

	"backfile/internal/news"
)

func TestNumbers(t *testing.T) {
	for text, want := range map[string][]string{
		"Some 2,400 jobs and £1.9bn":                 {"2400", "1.9"},
		"£300m, £300 million and 300m":               {"300"},
		"twenty-seven people, nineteen of them hurt": {"27", "19"},
		"twenty seven":                               {"20"},
		"thirty of them, two badly, seven not":       {"30"},
		"in 1984 and 2024, aged 9":                   nil,
		"2,024 votes on the 24th at 07.15":           {"2024", "24"},
		"one, two and three":                         nil,
		"A38 and B2":                                 nil,
	} {
		m := maker{words: map[string]*said{}, pairs: map[string]*said{}}
		m.take(text, 1, false)
		if !slices.Equal(m.numbers, want) {
			t.Errorf("figures of %q are %q, want %q", text, m.numbers, want)
		}
	}
}

func TestCountries(t *testing.T) {
	m := maker{words: map[string]*said{}, pairs: map[string]*said{}}
	m.take("Swiss and French firemen polish a Turkey, china and all in Spain", 1, false)
	if want := []string{"CH", "FR", "TR", "ES"}; !slices.Equal(m.countries, want) {
		t.Errorf("countries are %v, want %v", m.countries, want)
	}
}

// TestNear has two towns lie near each other though they share no name.
func TestNear(t *testing.T) {
	at := func(name string, lat, lon float64) *vector {
		a := &news.Article{Places: []news.Entity{{Name: name, Count: 1, Country: "GB", Lat: &lat, Lon: &lon}}}
		var r Rarity
		r.Done()
		v := r.vector(Make(a))
		return &v
	}
	cockermouth, keswick, kendal, truro := at("Cockermouth", 54.66, -3.36), at("Keswick", 54.6, -3.13), at("Kendal", 54.33, -2.74), at("Truro", 50.26, -5.05)
	a, b, c, d := near(cockermouth, cockermouth), near(cockermouth, keswick), near(cockermouth, kendal), near(cockermouth, truro)
	if !(a > b && b > c && c > d && d == 0) {
		t.Errorf("near itself %.2f, Keswick %.2f, Kendal %.2f, Truro %.2f", a, b, c, d)
	}
	for _, p := range [][2]float64{{-90, -180}, {90, 180}, {54.66, -3.36}} {
		if lat, lon := (Term{areaHash(p[0], p[1]), 8}).area(); math.Abs(lat-p[0]) > .1001 || math.Abs(lon-p[1]) > .1001 {
			t.Errorf("%v is kept as %v, %v", p, lat, lon)
		}
	}
}

func TestSubjects(t *testing.T) {
	of := func(body string) []Term { return Make(article("", body)).subjects(nil) }
	has := func(ts []Term, name string) bool {
		return slices.ContainsFunc(ts, func(t Term) bool { return t.Hash == hash(kindSubject, name) })
	}
	blaze, strike := of("Firefighters fought a blaze as smoke rose."), of("Pickets walked out over rosters, their union said.")
	if !has(blaze, "fire") || has(blaze, "strike") || !has(strike, "strike") || has(strike, "fire") {
		t.Errorf("of a blaze %v, of a walkout %v", blaze, strike)
	}
	if none := of(""); len(none) != 0 {
		t.Errorf("an article of no words has %v", none)
	}
}
