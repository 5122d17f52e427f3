// Package land is the world's coasts, its countries and their borders, for maps that are
// drawn on the server. Borders are those of Natural Earth, which draws who holds a place and
// not who claims it.
//
// It is made from Natural Earth at 1:50 million by cmd/outline. A coast is right
// to about a kilometre, and islands of less than some ten square kilometres are
// left out.
package land

import (
	"bytes"
	"compress/flate"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"sync"
)

// Point is a place in hundredths of a degree: east and north.
type Point struct{ X, Y int16 }

var (
	//go:embed land.bin
	packedLand []byte
	//go:embed borders.bin
	packedBorders []byte
)

// ring is a coast, closed, with the box that it lies in. A lake's runs inside that
// of the land around it. Or it is a border, which is open.
type ring struct {
	points                   []Point
	west, east, south, north int16
}

// rings are all coasts, lines all borders.
var (
	rings = sync.OnceValue(func() []ring { return unpack(packedLand) })
	lines = sync.OnceValue(func() []ring { return unpack(packedBorders) })
)

// unpack decodes what is embedded: it is whole, or the build is at fault.
func unpack(packed []byte) []ring {
	all, err := decode(packed)
	if err != nil {
		panic("land: " + err.Error())
	}
	return boxed(all)
}

// boxed are rings with the boxes that they lie in.
func boxed(all [][]Point) []ring {
	out := make([]ring, len(all))
	for i, ps := range all {
		r := ring{ps, ps[0].X, ps[0].X, ps[0].Y, ps[0].Y}
		for _, p := range ps {
			r.west, r.east = min(r.west, p.X), max(r.east, p.X)
			r.south, r.north = min(r.south, p.Y), max(r.north, p.Y)
		}
		out[i] = r
	}
	return out
}

// Encode packs rings as decode reads them: for each the number of its points, then
// how far each lies from the one before it.
func Encode(all [][]Point) ([]byte, error) {
	var raw []byte
	for _, ps := range all {
		raw = appendRing(raw, ps)
	}
	return squeeze(raw)
}

func appendRing(raw []byte, ps []Point) []byte {
	raw = binary.AppendUvarint(raw, uint64(len(ps)))
	var at Point
	for _, p := range ps {
		raw = binary.AppendVarint(raw, int64(p.X)-int64(at.X))
		raw = binary.AppendVarint(raw, int64(p.Y)-int64(at.Y))
		at = p
	}
	return raw
}

func squeeze(raw []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(raw); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// maxRaw bounds what is unpacked.
const maxRaw = 4 << 20

func spread(b []byte) (*bytes.Reader, error) {
	raw, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(b)), maxRaw))
	if err != nil {
		return nil, fmt.Errorf("unpack: %w", err)
	}
	return bytes.NewReader(raw), nil
}

func decode(b []byte) ([][]Point, error) {
	r, err := spread(b)
	if err != nil {
		return nil, err
	}
	var out [][]Point
	for r.Len() > 0 {
		ps, err := readRing(r)
		if err != nil {
			return nil, err
		}
		out = append(out, ps)
	}
	return out, nil
}

var errShort = errors.New("a ring is cut short")

func readRing(r *bytes.Reader) ([]Point, error) {
	n, err := binary.ReadUvarint(r)
	if err != nil || n == 0 || n > uint64(r.Len()) {
		return nil, errShort
	}
	ps := make([]Point, n)
	var at Point
	for i := range ps {
		dx, err1 := binary.ReadVarint(r)
		dy, err2 := binary.ReadVarint(r)
		if err1 != nil || err2 != nil {
			return nil, errShort
		}
		at = Point{at.X + int16(dx), at.Y + int16(dy)}
		ps[i] = at
	}
	return ps, nil
}
