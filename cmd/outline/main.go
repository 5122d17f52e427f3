// Command outline makes internal/land/land.bin, borders.bin and countries.bin, the coasts,
// the borders of countries and the countries themselves that maps are drawn with, from
// Natural Earth at 1:50 million.
//
//	npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
//	go run ./cmd/outline -from package
//
// The same input gives the same bytes. docs/sources-gazetteer.md says what is
// taken.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"backfile/internal/land"
)

func main() {
	from := flag.String("from", "", "the `directory` with land-50m.json and countries-50m.json")
	to := flag.String("to", "internal/land", "the `directory` to write to")
	flag.Parse()
	err := coasts(filepath.Join(*from, "land-50m.json"), filepath.Join(*to, "land.bin"))
	if err == nil {
		err = borders(filepath.Join(*from, "countries-50m.json"), filepath.Join(*to, "borders.bin"))
	}
	if err == nil {
		err = countries(filepath.Join(*from, "countries-50m.json"), filepath.Join(*to, "countries.bin"))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "outline:", err)
		os.Exit(1)
	}
}

func coasts(from, to string) error {
	b, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	rings, err := read(b)
	if err != nil {
		return fmt.Errorf("read %s: %w", from, err)
	}
	var kept [][]land.Point
	for _, r := range rings {
		if ps := reduce(r); len(ps) >= 3 {
			kept = append(kept, ps)
		}
	}
	return write(to, "rings", kept)
}

// write writes lines of what kind for the program.
func write(to, what string, kept [][]land.Point) error {
	out, err := land.Encode(kept)
	if err != nil {
		return err
	}
	n := 0
	for _, ps := range kept {
		n += len(ps)
	}
	fmt.Printf("%d %s of %d points, %d bytes\n", len(kept), what, n, len(out))
	return os.WriteFile(to, out, 0o644)
}

// topology is as much of TopoJSON as the land needs.
type topology struct {
	Transform struct {
		Scale, Translate [2]float64
	}
	Arcs    [][][2]int
	Objects struct {
		Land struct {
			Geometries []struct {
				Type string
				Arcs [][][]int
			}
		}
		Countries struct {
			Geometries []struct {
				Type, ID   string
				Properties struct{ Name string }
				Arcs       json.RawMessage // deeper by one in a MultiPolygon than in a Polygon
			}
		}
	}
}

// lines are the arcs in degrees.
func (t *topology) lines() [][]degrees {
	arcs := make([][]degrees, len(t.Arcs))
	for i, a := range t.Arcs {
		x, y := 0, 0
		for _, d := range a {
			x, y = x+d[0], y+d[1]
			arcs[i] = append(arcs[i], degrees{
				float64(x)*t.Transform.Scale[0] + t.Transform.Translate[0],
				float64(y)*t.Transform.Scale[1] + t.Transform.Translate[1],
			})
		}
	}
	return arcs
}

// read returns the rings of the land, in degrees, without the last point, which is
// the first again.
func read(b []byte) ([][]degrees, error) {
	var t topology
	if err := json.Unmarshal(b, &t); err != nil {
		return nil, err
	}
	arcs := t.lines()
	var out [][]degrees
	for _, g := range t.Objects.Land.Geometries {
		if g.Type != "MultiPolygon" {
			return nil, fmt.Errorf("a %s where a MultiPolygon was expected", g.Type)
		}
		for _, polygon := range g.Arcs {
			for _, ring := range polygon {
				r, err := joined(ring, arcs)
				if err != nil {
					return nil, err
				}
				out = append(out, r)
			}
		}
	}
	return out, nil
}

// joined is a ring of arcs, those of negative number backwards, laid out in one piece.
func joined(ring []int, arcs [][]degrees) ([]degrees, error) {
	var r []degrees
	for _, i := range ring {
		a := max(i, ^i)
		if a >= len(arcs) {
			return nil, fmt.Errorf("there is no arc %d", a)
		}
		for k := range arcs[a] {
			if i < 0 {
				k = len(arcs[a]) - 1 - k
			}
			if p := arcs[a][k]; len(r) == 0 || r[len(r)-1] != p {
				r = append(r, p)
			}
		}
	}
	if n := len(r); n > 1 && r[0] == r[n-1] {
		r = r[:n-1]
	}
	return unwrap(r), nil
}
