package main

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"

	"backfile/internal/land"
)

// borders writes what two countries share of their outlines.
func borders(from, to string) error {
	b, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	shared, err := readBorders(b)
	if err != nil {
		return fmt.Errorf("read %s: %w", from, err)
	}
	var kept [][]land.Point
	for _, l := range shared {
		kept = append(kept, reduceLine(l))
	}
	return write(to, "borders", kept)
}

// readBorders returns the arcs that belong to two countries, in degrees. Where a country's
// outline runs along the 180th meridian it shares that with itself alone.
func readBorders(b []byte) ([][]degrees, error) {
	var t topology
	if err := json.Unmarshal(b, &t); err != nil {
		return nil, err
	}
	owners := make([][]int, len(t.Arcs))
	for c, g := range t.Objects.Countries.Geometries {
		polygons, err := polygonsOf(g.Type, g.Arcs)
		if err != nil {
			return nil, err
		}
		for _, i := range slices.Concat(slices.Concat(polygons...)...) {
			a := max(i, ^i)
			if a >= len(owners) {
				return nil, fmt.Errorf("there is no arc %d", a)
			}
			if !slices.Contains(owners[a], c) {
				owners[a] = append(owners[a], c)
			}
		}
	}
	var out [][]degrees
	for i, l := range t.lines() {
		if len(owners[i]) > 1 && len(l) > 1 {
			out = append(out, l)
		}
	}
	return out, nil
}

// polygonsOf are the rings of a country, as the arcs that they are made of.
func polygonsOf(kind string, arcs json.RawMessage) ([][][]int, error) {
	switch kind {
	case "MultiPolygon":
		var out [][][]int
		return out, json.Unmarshal(arcs, &out)
	case "Polygon":
		out := make([][][]int, 1)
		return out, json.Unmarshal(arcs, &out[0])
	case "": // a country without an outline
		return nil, nil
	}
	return nil, fmt.Errorf("a %s where a polygon was expected", kind)
}

// reduceLine is reduce for a line, which keeps its ends: others begin there.
func reduceLine(l []degrees) []land.Point {
	keep := make([]bool, len(l))
	keep[0], keep[len(l)-1] = true, true
	thin(l, 0, len(l)-1, keep)
	return rounded(l, keep)
}
