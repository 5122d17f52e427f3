package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"backfile/internal/text"
)

// layer is a file of Natural Earth and the kinds of its features.
type layer struct {
	file  string
	kinds map[string]byte // by the feature's class in small letters; others are left out
	name  string          // the property that has the name, if it is not "name"
}

// Letters of natural features: s sea, gulf, strait; v river; l lake; m mountain;
// r range; i island; d desert; p peninsula, cape; n another natural area.
var layers = []layer{
	{"ne_10m_geography_marine_polys", map[string]byte{"sea": 's', "gulf": 's', "bay": 's', "strait": 's', "sound": 's', "channel": 's', "ocean": 's', "lagoon": 's', "fjord": 's', "inlet": 's'}, ""},
	{"ne_10m_geography_regions_polys", map[string]byte{"island": 'i', "island group": 'i', "range/mtn": 'r', "foothills": 'r', "desert": 'd', "pen/cape": 'p', "peninsula": 'p', "isthmus": 'p',
		"plateau": 'n', "geoarea": 'n', "coast": 'n', "plain": 'n', "delta": 'n', "basin": 'n', "valley": 'n', "lowland": 'n', "wetlands": 'n', "gorge": 'n', "depression": 'n'}, ""},
	{"ne_10m_geography_regions_points", map[string]byte{"island": 'i', "island group": 'i', "cape": 'p', "waterfall": 'n', "plain": 'n'}, ""},
	{"ne_10m_geography_regions_elevation_points", map[string]byte{"mountain": 'm', "pass": 'm', "plateau": 'n'}, ""},
	{"ne_10m_lakes", map[string]byte{"lake": 'l', "reservoir": 'l', "alkaline lake": 'l'}, ""},
	{"ne_10m_lakes_north_america", map[string]byte{"lake": 'l', "reservoir": 'l'}, ""},
	{"ne_10m_rivers_lake_centerlines", map[string]byte{"river": 'v'}, ""},
	{"ne_10m_rivers_north_america", map[string]byte{"river": 'v'}, "name_full"},
}

// feature is one natural feature, put together from its parts.
type feature struct {
	kind                     byte
	name, fold               string
	rank                     int // 0 the foremost
	south, north, west, east float64
	lat, lon                 float64 // of a point of it near the middle
}

// sameWithin is how far apart, in degrees, parts of one feature may be.
const sameWithin = 8

func features(dir string, towns []city, div *divisions, known *known) ([]row, error) {
	var all []*feature
	byFold := map[string][]*feature{}
	for _, l := range layers {
		fs, err := readLayer(dir, l)
		if err != nil {
			return nil, err
		}
		for _, f := range fs {
			if o := same(byFold[f.fold], f); o != nil {
				o.join(f)
				continue
			}
			all = append(all, f)
			byFold[f.fold] = append(byFold[f.fold], f)
		}
	}
	grid := newGrid(towns)
	have := div.rows(towns)
	var out []row
	slugs := map[string]bool{}
	slices.SortStableFunc(all, func(a, b *feature) int { return strings.Compare(a.fold, b.fold) })
	for _, f := range all {
		bare := f.fold
		if f.kind == 'v' && !watery(f.fold) {
			bare, f.name = f.fold, f.name+" River"
			f.fold += " river"
		} else if f.kind == 'l' && !watery(f.fold) {
			bare, f.name = "", "Lake "+f.name
			f.fold = "lake " + f.fold
		}
		single := !strings.Contains(f.fold, " ")
		if known.hand[f.fold] || known.divisions[f.fold] || single && (known.words[f.fold] || len(f.fold) < 3 || known.people[f.fold] && f.rank >= 4) {
			continue
		}
		r := row{kind: f.kind, id: "x:" + slug(f.fold), name: f.name, population: uint64(f.rank), lat: f.lat, lon: f.lon}
		if slugs[r.id] || strings.HasSuffix(r.id, ":") {
			r.id += fmt.Sprintf(".%.0f.%.0f", f.lat, f.lon)
		}
		if slugs[r.id] {
			continue
		}
		slugs[r.id] = true
		if f.kind != 's' {
			r.country, r.up = grid.home(f, div, have)
		}
		r.key = r.up + "~~"
		switch {
		case f.kind == 'v' && bare != f.fold:
			if !known.hand["river "+bare] {
				r.others = append(r.others, "river "+bare)
			}
			if f.rank <= 5 && !known.hand[bare] && !known.divisions[bare] && known.towns[bare] < 2000 && !known.words[bare] && !known.people[bare] && len(bare) > 3 {
				r.others = append(r.others, bare)
			}
		case f.kind == 'i' && single && known.towns[f.fold] > 0:
			r.others = append(r.others, f.fold+" island")
		}
		out = append(out, r)
	}
	return out, nil
}

// watery reports whether a name says itself what water it is.
func watery(fold string) bool {
	for w := range strings.FieldsSeq(fold) {
		switch w {
		case "river", "lake", "lakes", "loch", "lough", "lac", "lago", "lagoa", "laguna", "reservoir", "creek", "rio", "riviere", "ozero", "see", "sea", "bay", "embalse", "represa", "canal", "hu",
			"fork", "branch", "wadi", "oued", "fjorden", "vodokhranilishche", "jarvi", "jezero", "liman", "nuur", "kol", "gol", "tonle", "delta", "bayou", "brook", "run", "slough", "reservoire", "sur",
			"dam", "salt", "salina", "salar", "llyn", "presa", "res", "oz", "bassin", "inlet", "lagoon", "flowage", "pond", "swamp", "barrage", "hamun", "daryacheh", "chott", "tso", "co", "nur", "umm", "shatt":
			return true
		}
	}
	return strings.HasSuffix(fold, "jarvi") || strings.HasSuffix(fold, "sjon") || strings.HasSuffix(fold, "vatnet") || strings.HasSuffix(fold, "see")
}

func slug(fold string) string {
	return strings.Map(func(r rune) rune {
		if r < 128 && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return r
		} else if r == ' ' {
			return '-'
		}
		return -1
	}, fold)
}

func same(of []*feature, f *feature) *feature {
	for _, o := range of {
		if o.kind == f.kind && math.Abs(o.lat-f.lat) < sameWithin && math.Abs(o.lon-f.lon) < 2*sameWithin {
			return o
		}
	}
	return nil
}

// join takes in another part of the same feature: its point stays with the
// foremost part.
func (f *feature) join(o *feature) {
	f.south, f.north, f.west, f.east = min(f.south, o.south), max(f.north, o.north), min(f.west, o.west), max(f.east, o.east)
	if o.rank < f.rank {
		f.rank, f.lat, f.lon = o.rank, o.lat, o.lon
	}
}

func readLayer(dir string, l layer) ([]*feature, error) {
	path := filepath.Join(dir, "natural-earth", l.file+".json")
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var doc struct {
		Features []struct {
			Properties map[string]any
			Geometry   *struct{ Coordinates any }
		}
	}
	if err := json.Unmarshal(b, &doc); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var out []*feature
	for _, x := range doc.Features {
		class, _ := x.Properties["featurecla"].(string)
		kind := l.kinds[strings.ToLower(class)]
		if kind == 0 || x.Geometry == nil {
			continue
		}
		rank, _ := x.Properties["scalerank"].(float64)
		var points [][2]float64
		collect(x.Geometry.Coordinates, &points)
		if len(points) == 0 {
			continue
		}
		column := "name"
		if l.name != "" {
			column = l.name
		}
		names := []string{column}
		if s, _ := x.Properties["name_en"].(string); s != "" {
			names = []string{"name_en"}
		}
		for _, n := range names {
			s, _ := x.Properties[n].(string)
			s = spell(s)
			if !fit(s, l) {
				continue
			}
			f := &feature{kind: kind, name: s, fold: text.Fold(s), rank: int(rank)}
			f.place(points)
			out = append(out, f)
		}
	}
	return out, nil
}

// fit reports whether a name can stand in the table: one name, no note. The
// supplement for North America has lost its accents, so only English names are
// taken from it.
func fit(s string, l layer) bool {
	if s == "" || s != "K2" && strings.ContainsAny(s, "/(),;?0123456789") || strings.Contains(s, ".") {
		return false
	}
	if r := []rune(s)[0]; !unicode.IsUpper(r) {
		return false
	}
	if strings.HasSuffix(l.file, "north_america") {
		f := strings.Fields(s)
		switch f[len(f)-1] {
		case "River", "Creek", "Lake", "Reservoir":
			return len(f) > 1
		}
		return false
	}
	return true
}

// collect gathers the points of coordinates of any depth.
func collect(v any, out *[][2]float64) {
	a, ok := v.([]any)
	if !ok || len(a) == 0 {
		return
	}
	if x, ok := a[0].(float64); ok && len(a) >= 2 {
		if y, ok := a[1].(float64); ok {
			*out = append(*out, [2]float64{x, y})
		}
		return
	}
	for _, e := range a {
		collect(e, out)
	}
}

// place puts the feature at the middle of its box; a line at its point nearest
// to that.
func (f *feature) place(points [][2]float64) {
	f.south, f.north, f.west, f.east = 90, -90, 180, -180
	for _, p := range points {
		f.west, f.east = min(f.west, p[0]), max(f.east, p[0])
		f.south, f.north = min(f.south, p[1]), max(f.north, p[1])
	}
	f.lat, f.lon = (f.south+f.north)/2, (f.west+f.east)/2
	if f.kind != 'v' {
		return
	}
	lat, lon, least := f.lat, f.lon, math.Inf(1)
	for _, p := range points {
		if d := math.Hypot(p[1]-lat, p[0]-lon); d < least {
			least, f.lon, f.lat = d, p[0], p[1]
		}
	}
}

// shortened are the map maker's abbreviations.
var shortened = strings.NewReplacer("Mt. ", "Mount ", "Mts.", "Mountains", " Is.", " Islands", " I.", " Island", " Plat.", " Plateau", " Ra.", " Range", "Pen. ", "Peninsula ", " Pen.", " Peninsula",
	"Pt. ", "Point ", "C. ", "Cape ", "I. ", "Isla ", "Str. of", "Strait of", " Str.", " Strait", "G. of", "Gulf of", " Pk.", " Peak", " Mt.", " Mount", "St. ", "St ", "Res.", "Reservoir", "L. ", "Lake ",
	"Cord. ", "Cordillera ", "Arch. ", "Archipelago ", " Arch.", " Archipelago", "Fk.", "Fork", "N. ", "North ", "S. ", "South ", "E. ", "East ", "W. ", "West ")

// spell is a map's label as prose writes it.
func spell(s string) string {
	s = clean(s)
	if s != "" && s == strings.ToUpper(s) {
		w := strings.Fields(strings.ToLower(s))
		for i := range w {
			if i > 0 && (w[i] == "of" || w[i] == "the" || w[i] == "and" || w[i] == "de" || w[i] == "del") {
				continue
			}
			r := []rune(w[i])
			r[0] = unicode.ToUpper(r[0])
			w[i] = string(r)
		}
		s = strings.Join(w, " ")
	}
	return strings.TrimSpace(shortened.Replace(s + " "))
}
