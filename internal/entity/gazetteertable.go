package entity

import (
	"encoding/binary"
	"strconv"
	"strings"
)

// columns cuts the generated table into its columns; cmd/gazetteer says what they
// are. It returns nil for a table of another form.
func columns(table string) []string {
	rest, ok := strings.CutPrefix(table, "BFG1")
	if !ok {
		return nil
	}
	var out []string
	for rest != "" {
		n, w := uvarint(rest)
		if w == 0 || n > uint64(len(rest)-w) {
			return nil
		}
		out = append(out, rest[w:w+int(n)])
		rest = rest[w+int(n):]
	}
	if len(out) != 12 || len(out[11]) != len(out[1]) {
		return nil
	}
	return out
}

func countRows(table string) int {
	if c := columns(table); c != nil {
		return len(c[1])
	}
	return 0
}

// readTable adds the generated table's places and names.
func (g *gazetteer) readTable(b *namesBuilder, table string) {
	c := columns(table)
	if c == nil {
		return
	}
	base := int32(len(g.places))
	kinds, ids, names, ups, people, lats, lons, folds := c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8]
	var lat, lon int64
	countries := c[0]
	land, left, landAt := "", 0, int32(-1)
	for k := range len(kinds) {
		for left == 0 && countries != "" {
			var n string
			line := cutLine(&countries)
			land, n, _ = strings.Cut(line, " ")
			left, _ = strconv.Atoi(n)
			landAt = -1
			if i, ok := g.higher[land]; ok {
				landAt = i
			}
		}
		left--
		p := Place{ID: cutLine(&ids), Name: cutLine(&names), Country: land, letter: kinds[k] & 0x7f, quiet: kinds[k]&0x80 != 0}
		back := cutUvarint(&ups)
		n := cutUvarint(&people)
		lat, lon = lat+cutVarint(&lats), lon+cutVarint(&lons)
		p.Lat, p.Lon = float64(lat)/1000, float64(lon)/1000
		i := base + int32(k)
		p.at = i
		if p.up = landAt; back > 0 {
			p.up = i - int32(back)
		}
		switch p.letter {
		case 'C':
			p.kind = capital
		case 'A':
			p.kind = seat
		case 'B', 'T', 'X':
			p.kind = town
		case 'R':
			p.kind = region
			g.higher[p.ID] = i
		case 'D':
			p.kind = county
		default:
			p.kind = natural
		}
		if p.kind == natural {
			p.rank = uint8(min(n, 20))
		} else {
			p.Population, p.rank = int(n), c[11][k]
		}
		name := p.Name
		if !plainName(name) {
			name = cutLine(&folds)
		}
		g.places = append(g.places, p)
		if p.quiet || p.kind == region && generic(strings.ToLower(name)) {
			continue
		}
		b.add(name, i)
		if p.kind <= capital && p.Population > 50_000 {
			// "Al Fallūjah" is Fallujah to the news.
			if head, tail, ok := strings.Cut(name, " "); ok && len(head) < 4 && articles[strings.ToLower(head)] && len(tail) > 3 && !strings.Contains(tail, " ") {
				b.add(tail, i)
			}
		}
	}
	at := base
	for others, moves := c[10], c[9]; others != "" && moves != ""; {
		at += int32(cutUvarint(&moves))
		if fold := cutLine(&others); int(at) < len(g.places) {
			b.add(fold, at)
		}
	}
}

// plainName reports whether folding a name only makes its letters small.
func plainName(s string) bool {
	for i := range len(s) {
		c := s[i]
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == ' ') {
			return false
		}
	}
	return true
}

func cutLine(s *string) string {
	line, rest, _ := strings.Cut(*s, "\n")
	*s = rest
	return line
}

func uvarint(s string) (v uint64, n int) {
	var shift uint
	for i := range min(len(s), binary.MaxVarintLen64) {
		v |= uint64(s[i]&0x7f) << shift
		if s[i] < 0x80 {
			return v, i + 1
		}
		shift += 7
	}
	return 0, 0
}

func cutUvarint(s *string) uint64 {
	v, n := uvarint(*s)
	*s = (*s)[max(n, min(1, len(*s))):]
	return v
}

func cutVarint(s *string) int64 {
	v := cutUvarint(s)
	return int64(v>>1) ^ -int64(v&1)
}
