package main

import (
	"reflect"
	"strings"
	"testing"

	"backfile/internal/land"
)

// TestReadCountries joins arcs to outlines, of which neighbours have the same points where
// they touch, and leaves out what has no code.
func TestReadCountries(t *testing.T) {
	in := strings.NewReplacer(
		`{"type":"Polygon","arcs":[[0,1]]}`, `{"type":"Polygon","id":"250","arcs":[[0,1]]}`,
		`{"type":"MultiPolygon","arcs":[[[-1,-3]]]}`, `{"type":"MultiPolygon","id":"276","arcs":[[[-1,-3]]]}`,
		`{"type":"Polygon","arcs":[[3]]}`, `{"type":"Polygon","properties":{"name":"Kosovo"},"arcs":[[3]]},{"type":"Polygon","properties":{"name":"Nowhere"},"arcs":[[3]]}`,
	).Replace(sideBySide)
	got, err := readCountries([]byte(in))
	want := []land.Country{
		{Code: "DE", Rings: [][]land.Point{{{X: 1000, Y: 5200}, {X: 1000, Y: 5000}, {X: 1200, Y: 5000}, {X: 1200, Y: 5200}}}},
		{Code: "FR", Rings: [][]land.Point{{{X: 1000, Y: 5000}, {X: 1000, Y: 5200}, {X: 800, Y: 5200}, {X: 800, Y: 5000}}}},
		{Code: "XK", Rings: [][]land.Point{{{X: 1500, Y: 5500}, {X: 1600, Y: 5500}, {X: 1600, Y: 5600}}}},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("readCountries = %v, %v, want %v", got, err, want)
	}
	if _, err := readCountries([]byte(`{"arcs":[],"objects":{"countries":{"geometries":[{"type":"Polygon","id":"250","arcs":[[0]]}]}}}`)); err == nil {
		t.Error("an arc that is not there was read")
	}
}
