package land

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"io"
	"sync"
)

// Country is the outline of a country: its ISO 3166-1 code of two letters and its rings, a
// lake's among them.
type Country struct {
	Code  string
	Rings [][]Point
}

//go:embed countries.bin
var packedCountries []byte

// outlines are the countries by their codes.
var outlines = sync.OnceValue(func() map[string][]ring {
	all, err := decodeCountries(packedCountries)
	if err != nil {
		panic("land: " + err.Error())
	}
	out := make(map[string][]ring, len(all))
	for _, c := range all {
		out[c.Code] = boxed(c.Rings)
	}
	return out
})

// EncodeCountries packs countries as decodeCountries reads them: for each its code and the
// number of its rings, then these as Encode has them.
func EncodeCountries(all []Country) ([]byte, error) {
	var raw []byte
	for _, c := range all {
		if len(c.Code) != 2 {
			return nil, errors.New("the code " + c.Code + " has not two letters")
		}
		raw = append(raw, c.Code...)
		raw = binary.AppendUvarint(raw, uint64(len(c.Rings)))
		for _, ps := range c.Rings {
			raw = appendRing(raw, ps)
		}
	}
	return squeeze(raw)
}

func decodeCountries(b []byte) ([]Country, error) {
	r, err := spread(b)
	if err != nil {
		return nil, err
	}
	var out []Country
	for r.Len() > 0 {
		var code [2]byte
		if _, err := io.ReadFull(r, code[:]); err != nil {
			return nil, errShort
		}
		n, err := binary.ReadUvarint(r)
		if err != nil || n > uint64(r.Len()) {
			return nil, errShort
		}
		c := Country{Code: string(code[:])}
		for range n {
			ps, err := readRing(r)
			if err != nil {
				return nil, err
			}
			c.Rings = append(c.Rings, ps)
		}
		out = append(out, c)
	}
	return out, nil
}

// Outline is the land of the country of an ISO 3166-1 code within v, as Path has that of the
// world; "" where none of it is seen, or nothing of it is large enough to be.
func Outline(v View, code string) string { return v.path(outlines()[code], true) }
