package main

import (
	"cmp"
	"maps"
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"backfile/internal/text"
)

// row is a place of the table.
type row struct {
	// kind: R, D first and second-level divisions (D the third in Germany); C, A, B
	// seats of a country and of those; T, X towns and parts of towns; others
	// natural features, see features.go.
	kind    byte
	id      string
	name    string
	country string
	// key sorts a place behind what it lies in; up is the key of that.
	key, up    string
	population uint64
	lat, lon   float64
	// quiet names are not looked up: others bear them.
	quiet bool
	// others are more names, folded.
	others []string
	number int64
	// fame is how many names the world has for a town, as a power of two.
	fame int
}

// places is the packed table of towns, divisions and natural features; see
// table.go for its form.
func places(dir, lists string) ([]byte, error) {
	rows, err := placeRows(dir, lists)
	if err != nil {
		return nil, err
	}
	return encode(rows), nil
}

// placeRows are the table's rows in their order: each behind what it lies in.
func placeRows(dir, lists string) ([]row, error) {
	towns, err := readTowns(dir)
	if err != nil {
		return nil, err
	}
	div, err := readDivisions(dir)
	if err != nil {
		return nil, err
	}
	rows := townRows(towns, div)
	middles, err := readMiddles(dir)
	if err != nil {
		return nil, err
	}
	rows = append(rows, divisionRows(towns, div, middles)...)
	known, err := readKnown(lists)
	if err != nil {
		return nil, err
	}
	for i := range rows {
		rows[i].quiet = rows[i].quiet || known.mere(&rows[i])
	}
	known.add(rows)
	natural, err := features(dir, towns, div, known)
	if err != nil {
		return nil, err
	}
	rows = append(rows, natural...)
	slices.SortFunc(rows, func(a, b row) int {
		return cmp.Or(strings.Compare(a.country, b.country), strings.Compare(a.key, b.key), cmp.Compare(a.number, b.number), strings.Compare(a.id, b.id))
	})
	known.aliases(rows, towns)
	return rows, nil
}

// keyOf is the key of the division with the codes; fewer codes, a higher one.
func keyOf(codes ...string) string { return strings.Join(codes, ".") }

// homeOf is the key of the lowest division of a town that has a row.
func (d *divisions) homeOf(c city, rows map[string]bool) string {
	for _, k := range [][]string{{c.country, c.region, c.county, "K" + c.district}, {c.country, c.region, c.county}, {c.country, c.region}} {
		if k := keyOf(k...); rows[k] {
			return k
		}
	}
	return ""
}

func townRows(towns []city, div *divisions) []row {
	have := div.rows(towns)
	var out []row
	for _, c := range towns {
		home := div.homeOf(c, have)
		out = append(out, row{kind: c.letter(), id: strconv.FormatInt(c.id, 10), name: c.name, country: c.country, key: home + "~", up: home,
			population: c.population, lat: c.lat, lon: c.lon, number: c.id, fame: bits.Len(uint(len(c.others)))})
	}
	return out
}

// rows are the keys of the divisions that have a row: those with a name, and
// towns. A municipality that is only the one town in it has none.
func (d *divisions) rows(towns []city) map[string]bool {
	have := map[string]bool{}
	inside := map[string][]string{}
	for _, c := range towns {
		for _, k := range d.keys(c) {
			if len(inside[k]) < 2 {
				inside[k] = append(inside[k], text.Fold(c.name))
			}
		}
	}
	for k, in := range inside {
		if strings.Count(k, ".") >= 2 && len(in) == 1 && strings.Contains(text.Fold(d.name(k)), in[0]) && !strings.HasPrefix(k, "US.") && !strings.HasPrefix(k, "GB.") && !strings.HasPrefix(k, "IE.") {
			continue
		}
		have[k] = true
	}
	return have
}

// keys are those of the divisions of a town that have names.
func (d *divisions) keys(c city) []string {
	var out []string
	if k := keyOf(c.country, c.region); d.names[k] != "" {
		out = append(out, k)
		if k := keyOf(c.country, c.region, c.county); d.names[k] != "" {
			out = append(out, k)
		}
		if k := keyOf(c.country, c.region, c.county, "K"+c.district); c.country == "DE" && d.name(k) != "" {
			out = append(out, k)
		}
	}
	return out
}

// name is the name of the division of that key.
func (d *divisions) name(key string) string {
	if i := strings.LastIndex(key, ".K"); i > 0 && strings.HasPrefix(key, "DE.") {
		return d.names["DE:"+key[i+2:]]
	}
	return d.names[key]
}

// box gathers where the towns of a division are.
type box struct {
	south, north, west, east float64
	population               uint64
	n                        int
	towns                    map[string]bool
}

func divisionRows(towns []city, div *divisions, middles map[string][2]float64) []row {
	have := div.rows(towns)
	boxes := map[string]*box{}
	for _, c := range towns {
		if c.letter() == 'X' {
			continue
		}
		for _, k := range div.keys(c) {
			b := boxes[k]
			if b == nil {
				b = &box{c.lat, c.lat, c.lon, c.lon, 0, 0, map[string]bool{}}
				boxes[k] = b
			}
			b.south, b.north, b.west, b.east = min(b.south, c.lat), max(b.north, c.lat), min(b.west, c.lon), max(b.east, c.lon)
			b.population += c.population
			b.n++
			b.towns[text.Fold(c.name)] = true
		}
	}
	var out []row
	for _, k := range slices.Sorted(maps.Keys(boxes)) {
		if !have[k] {
			continue
		}
		b := boxes[k]
		country, _, _ := strings.Cut(k, ".")
		r := row{kind: 'D', id: k, name: div.name(k), country: country, key: k, population: b.population,
			lat: (b.south + b.north) / 2, lon: (b.west + b.east) / 2}
		if i := strings.LastIndex(k, ".K"); i > 0 && country == "DE" {
			r.id = k[:i+1] + k[i+2:]
			for _, o := range div.others["DE:"+k[i+2:]] {
				r.others = append(r.others, text.Fold(o))
			}
		}
		if strings.Count(k, ".") == 1 {
			r.kind = 'R'
			if m, ok := middles[k]; ok {
				r.lat, r.lon = m[0], m[1]
			}
		} else {
			r.up = k[:strings.LastIndex(k, ".")]
			for !have[r.up] && r.up != "" {
				r.up = r.up[:max(0, strings.LastIndex(r.up, "."))]
			}
			r.quiet = div.quiet(k, b.towns)
			if bare := text.Fold(bare(r.name)); bare != text.Fold(r.name) && !b.towns[bare] && named[country] {
				r.others = append(r.others, bare)
			}
		}
		out = append(out, r)
	}
	return out
}
