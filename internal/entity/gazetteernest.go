package entity

import (
	"strings"

	"backfile/internal/news"
)

// nest joins the areas written by hand to the divisions of the generated table:
// what is the same place, what lies in which.
func (g *gazetteer) nest() {
	var byCode map[string]int32
	find := func(code string) (int32, bool) {
		if i, ok := g.higher[code]; ok {
			return i, true
		}
		if byCode == nil {
			byCode = map[string]int32{}
			for i := range g.places {
				if p := &g.places[i]; p.kind == county && (p.Country == "GB" || p.Country == "IE" || p.Country == "US") {
					byCode[p.ID] = int32(i)
				}
			}
		}
		i, ok := byCode[code]
		return i, ok
	}
	for f := range rows(areasTable, "|", 8) {
		i := g.higher[f[0]]
		p := &g.places[i]
		if p.Country != "" {
			if c, ok := g.higher[p.Country]; ok {
				p.up = c
			}
			g.sameDivision(i, f[1], f[2])
		}
		for code := range strings.FieldsSeq(f[7]) {
			sign := code[0]
			if sign == '+' || sign == '=' || sign == '@' {
				code = code[1:]
			}
			j, ok := find(code)
			if !ok || j == i {
				continue
			}
			switch q := &g.places[j]; sign {
			case '+':
				g.also[j] = append(g.also[j], i)
			case '=':
				g.same(j, i)
			case '@':
				p.up = j
			default:
				if p.Country != "" && q.up >= 0 && q.up != i {
					p.up = q.up
				}
				q.up = i
			}
		}
	}
}

// sameDivision finds the divisions that go by the area's names: by the first, they
// are the same; by another, they lie in it.
func (g *gazetteer) sameDivision(i int32, name, others string) {
	try := func(n string, first bool) {
		for _, j := range g.names.find(quickFold(strings.TrimPrefix(n, "the "))) {
			q := &g.places[j]
			switch {
			case j == i || q.Country != g.places[i].Country:
			case q.kind == region || q.kind == county && first:
				g.same(j, i)
			case q.kind == county:
				g.places[i].up = q.up
				q.up = i
			}
		}
	}
	try(name, true)
	if short, ok := strings.CutPrefix(name, "County "); ok && g.places[i].Country == "IE" {
		try(short, true)
	}
	for n := range strings.SplitSeq(others, ", ") {
		if n != "" {
			try(n, false)
		}
	}
}

// same makes row j the area i by another name.
func (g *gazetteer) same(j, i int32) {
	if g.places[j].kind == county {
		g.places[i].up = g.places[j].up
	} else if up := g.places[j].up; up >= 0 {
		g.places[i].up = up
	}
	g.merged[j] = i
	g.places[j].up = i
}

// deepest bounds how far up a chain of places is followed.
const deepest = 12

// above yields the places that place i lies in, the nearest first: its county,
// region, country and continent, then the wider areas that hold one of them.
func (g *gazetteer) above(i int32) []int32 {
	var out []int32
	seen := func(j int32) bool {
		for _, k := range out {
			if k == j {
				return true
			}
		}
		return j == i
	}
	var more []int32
	for n, j := 0, i; n < deepest; n++ {
		more = append(more, g.also[j]...)
		if j = g.places[j].up; j < 0 {
			break
		}
		if _, same := g.merged[j]; !same && !seen(j) {
			out = append(out, j)
		}
	}
	for n := 0; n < len(more) && n < deepest; n++ {
		j := more[n]
		if !seen(j) {
			out = append(out, j)
		}
		more = append(more, g.also[j]...)
		if up := g.places[j].up; up >= 0 && !seen(up) {
			more = append(more, up)
		}
	}
	return out
}

// within reports whether place i is j or lies in it.
func (g *gazetteer) within(i, j int32) bool {
	for n := 0; n < deepest && i >= 0; n++ {
		if i == j {
			return true
		}
		i = g.places[i].up
	}
	return false
}

// regionOf is the first-level division, or the area that stands for it, in which
// place i lies, or -1; countyOf the second-level one.
func (g *gazetteer) regionOf(i int32) int32 { return g.upTo(i, region) }
func (g *gazetteer) countyOf(i int32) int32 { return g.upTo(i, county) }

// upTo is the nearest place of a kind that place i is or lies in, or -1.
func (g *gazetteer) upTo(i int32, k placeKind) int32 {
	for n := 0; n < deepest && i >= 0; n++ {
		if g.places[i].kind == k {
			return i
		}
		i = g.places[i].up
	}
	return -1
}

// Within are the places that the place lies in, the nearest first: its county,
// region, country and continent, then wider areas (Scandinavia, the Midlands). An
// unknown id lies in nothing.
func Within(id news.EntityID) []news.Entity {
	g := theGazetteer()
	i, ok := g.byEntity(id)
	if !ok {
		return nil
	}
	var out []news.Entity
	for _, j := range g.above(i) {
		out = append(out, g.places[j].entity())
	}
	return out
}

// entity is the place as the archive knows it.
func (p *Place) entity() news.Entity {
	e := news.Entity{ID: p.EntityID(), Kind: news.Place, Name: p.Name}
	p.fill(&e)
	return e
}

// CountryCode is the ISO 3166-1 alpha-2 code of the country that the place is or
// lies in, "" for a nil place and for what lies in no one country.
func (p *Place) CountryCode() string {
	if p == nil {
		return ""
	}
	return p.Country
}

// Years are when a former country was one; 0 and 0 for other places.
func (p *Place) Years() (from, to int) {
	y := theGazetteer().years[p.at]
	return y[0], y[1]
}
