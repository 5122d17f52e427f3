package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"backfile/internal/land"
)

// countries writes the outline of each country that has a code.
func countries(from, to string) error {
	b, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	all, err := readCountries(b)
	if err != nil {
		return fmt.Errorf("read %s: %w", from, err)
	}
	n := 0
	for _, c := range all {
		for _, r := range c.Rings {
			n += len(r)
		}
	}
	out, err := land.EncodeCountries(all)
	if err != nil {
		return err
	}
	fmt.Printf("%d countries of %d points, %d bytes\n", len(all), n, len(out))
	return os.WriteFile(to, out, 0o644)
}

// readCountries returns the countries in the order of their codes. What neighbours share is
// thinned alike, so that their outlines and the border between them are one line. What has no
// code, for nobody agrees whose it is, is left out.
func readCountries(b []byte) ([]land.Country, error) {
	var t topology
	if err := json.Unmarshal(b, &t); err != nil {
		return nil, err
	}
	arcs := t.lines()
	for i, l := range arcs {
		if len(l) < 2 {
			continue
		}
		keep := make([]bool, len(l))
		keep[0], keep[len(l)-1] = true, true
		thin(l, 0, len(l)-1, keep)
		at := 0
		arcs[i] = slices.DeleteFunc(l, func(degrees) bool { at++; return !keep[at-1] })
	}
	by := map[string][][]land.Point{}
	for _, g := range t.Objects.Countries.Geometries {
		code := codeOf(g.ID, g.Properties.Name)
		if code == "" {
			continue
		}
		polygons, err := polygonsOf(g.Type, g.Arcs)
		if err != nil {
			return nil, err
		}
		for _, ring := range slices.Concat(polygons...) {
			r, err := joined(ring, arcs)
			if err != nil {
				return nil, err
			}
			if len(r) < 3 || math.Abs(area(r)) < smallest {
				continue
			}
			whole := make([]bool, len(r))
			for i := range whole {
				whole[i] = true
			}
			if ps := rounded(r, whole); len(ps) >= 3 {
				by[code] = append(by[code], ps)
			}
		}
	}
	var out []land.Country
	for code, rings := range by {
		out = append(out, land.Country{Code: code, Rings: rings})
	}
	slices.SortFunc(out, func(a, b land.Country) int { return strings.Compare(a.Code, b.Code) })
	return out, nil
}

// codeOf is the ISO 3166-1 code of two letters of a country that has the number id there, or
// one that is in use in its stead; "" where there is none.
func codeOf(id, name string) string {
	if name == "Kosovo" {
		return "XK"
	}
	r, err := language.ParseRegion(id)
	if err != nil || !r.IsCountry() {
		return ""
	}
	return r.String()
}
