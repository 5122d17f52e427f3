package main

import (
	"bytes"
	"encoding/binary"
	"math"
	"strconv"
	"strings"

	"backfile/internal/text"
)

// encode writes the rows column by column, since like stands beside like then and
// packs well. Each column has its length before it:
//
//	countries  "AD 15\nAE 40\n": runs of rows
//	kinds      a byte a row; the high bit says that the name is quiet
//	ids        one a line
//	names      one a line
//	parents    how many rows before this one its parent stands, 0 for none
//	people     population, or a feature's rank
//	latitudes, longitudes  differences in 1/1000 degree, zigzag
//	folds      of the names that are not plain letters, one a line
//	other rows, other names: a row's further names, folded; rows as differences
//	fame       a byte a row: how many names the source has for a town, as a power of two
func encode(rows []row) []byte {
	at := map[string]int{}
	for i, r := range rows {
		if r.kind == 'R' || r.kind == 'D' {
			at[r.key] = i
		}
	}
	var countries, kinds, ids, names, folds, otherNames strings.Builder
	var fame, parents, people, lats, lons, otherRows []byte
	var lat, lon int64
	last, run, other := "", 0, 0
	flush := func() {
		if run > 0 {
			countries.WriteString(last + " " + strconv.Itoa(run) + "\n")
		}
		run = 0
	}
	for i, r := range rows {
		if r.country != last {
			flush()
			last = r.country
		}
		run++
		k := r.kind
		if r.quiet {
			k |= 0x80
		}
		kinds.WriteByte(k)
		fame = append(fame, byte(r.fame))
		ids.WriteString(r.id + "\n")
		names.WriteString(r.name + "\n")
		back := 0
		if p, ok := at[r.up]; ok && r.up != "" && p < i {
			back = i - p
		}
		parents = binary.AppendUvarint(parents, uint64(back))
		people = binary.AppendUvarint(people, r.population)
		la, lo := int64(math.Round(r.lat*1000)), int64(math.Round(r.lon*1000))
		lats, lons = binary.AppendVarint(lats, la-lat), binary.AppendVarint(lons, lo-lon)
		lat, lon = la, lo
		if !plain(r.name) {
			folds.WriteString(text.Fold(r.name) + "\n")
		}
		for _, o := range r.others {
			otherRows = binary.AppendUvarint(otherRows, uint64(i-other))
			otherNames.WriteString(o + "\n")
			other = i
		}
	}
	flush()
	var out bytes.Buffer
	out.WriteString("BFG1")
	for _, c := range [][]byte{[]byte(countries.String()), []byte(kinds.String()), []byte(ids.String()), []byte(names.String()), parents, people, lats, lons,
		[]byte(folds.String()), otherRows, []byte(otherNames.String()), fame} {
		out.Write(binary.AppendUvarint(nil, uint64(len(c))))
		out.Write(c)
	}
	return out.Bytes()
}

// plain reports whether folding a name only makes its letters small.
func plain(s string) bool {
	for i := range len(s) {
		c := s[i]
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == ' ') {
			return false
		}
	}
	return true
}
