package main

import (
	"reflect"
	"testing"
)

// Two countries side by side, and a third on an island: the one arc that the two share is
// a border.
const sideBySide = `{"transform":{"scale":[1,1],"translate":[10,50]},
"arcs":[[[0,0],[0,2]],[[0,2],[-2,0],[0,-2],[2,0]],[[0,2],[2,0],[0,-2],[-2,0]],[[5,5],[1,0],[0,1],[-1,-1]]],
"objects":{"countries":{"geometries":[
{"type":"Polygon","arcs":[[0,1]]},
{"type":"MultiPolygon","arcs":[[[-1,-3]]]},
{"type":"Polygon","arcs":[[3]]},
{}]}}}`

func TestReadBorders(t *testing.T) {
	got, err := readBorders([]byte(sideBySide))
	if want := [][]degrees{{{10, 50}, {10, 52}}}; err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("readBorders = %v, %v, want %v", got, err, want)
	}
	for name, b := range map[string]string{
		"no JSON":     "x",
		"no such arc": `{"arcs":[],"objects":{"countries":{"geometries":[{"type":"Polygon","arcs":[[0]]}]}}}`,
		"a line":      `{"arcs":[],"objects":{"countries":{"geometries":[{"type":"LineString","arcs":[0]}]}}}`,
	} {
		if _, err := readBorders([]byte(b)); err == nil {
			t.Errorf("%s was read", name)
		}
	}
}

func TestReduceLine(t *testing.T) {
	got := reduceLine([]degrees{{0, 0}, {1, .001}, {2, 0}, {3, 1}})
	if len(got) != 3 || got[0].X != 0 || got[1].X != 200 || got[2].Y != 100 {
		t.Errorf("reduceLine = %v, want the ends and the bend", got)
	}
}
