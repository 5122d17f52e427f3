package across

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"backfile/internal/news"
	"backfile/internal/text"
)

// clue is one reason to take two persons for one.
type clue struct {
	points float64
	text   string
}

// The points of what two dossiers share, and how near in time it must be. One point
// is a person whom few articles name and both do.
const (
	pointsExplained = 3.0
	pointsBothNames = 2.0
	pointsOffice    = 2.0
	pointsRole      = 0.75
	pointsAnyRole   = 0.5
	pointsPast      = 1.0 // both former, or one former and one in office
	pointsBorn      = 1.0
	pointsHome      = 0.75
	mostCompany     = 3.0
	elsewhere       = 0.25 // of a role's points, where nothing else is shared
	rare            = 4    // articles
	companyYears    = 5
	homeYears       = 2
	roleYears       = 1
)

// Judge decides about persons. Its functions may be nil.
type Judge struct {
	// Spread says in how many articles of the archive somebody or something is named.
	Spread func(news.EntityID) int
	// Bearers says how many people of the archive have a family name.
	Bearers func(family string) int
}

// weight is 1 for what few articles name, and falls with their number.
func (j *Judge) weight(id news.EntityID, c Company) float64 {
	w := 1.0
	if j.Spread != nil {
		if n := j.Spread(id); n > rare {
			w = 1 / (1 + math.Log2(float64(n)/rare))
		}
	}
	if c.Organisation {
		w /= 2
	}
	return w
}

// shared is what two dossiers have in common, most telling first.
func (j *Judge) shared(a, b *Dossier) (clues []clue, points float64) {
	x, y := a.summary(), b.summary()
	add := func(c clue) {
		if c.points > 0 {
			clues = append(clues, c)
			points += c.points
		}
	}
	add(bothNames(a, b))
	company := j.company(a, b)
	home := home(x, y)
	// In one country there is one such office at a time, and in the world many.
	role := sameRole(x, y)
	if !role.placed && company.points == 0 && home.points == 0 && !meet(x.outlets, y.outlets) && !meet(x.near, y.near) {
		role.points *= elsewhere
	}
	add(role.clue)
	add(company)
	add(home)
	if n, ok := yearsApart(x.born, y.born); ok && n <= 1 {
		add(clue{pointsBorn, "both born about " + strconv.Itoa(x.born[len(x.born)/2])})
	}
	slices.SortStableFunc(clues, func(a, b clue) int { return cmp.Compare(b.points, a.points) })
	return clues, points
}

// bothNames looks for an article that has one person under both names.
func bothNames(a, b *Dossier) clue {
	if a.Name == b.Name {
		return clue{} // as where one name's articles are told apart, each from each
	}
	x, y := a.summary(), b.summary()
	m, n := text.Fold(a.Name), text.Fold(b.Name)
	switch {
	case m == n:
		return clue{}
	case x.also[n]:
		return clue{pointsExplained, "an article says that " + a.Name + " is also called " + b.Name}
	case y.also[m]:
		return clue{pointsExplained, "an article says that " + b.Name + " is also called " + a.Name}
	case x.names[n] || y.names[m]:
		return clue{pointsBothNames, "one article uses both names"}
	case shortened(x.name, y.name) && meet(x.articles, y.articles):
		return clue{pointsBothNames, "one article uses both names, one of them cut short"}
	}
	return clue{}
}

// company are the people and organisations that both were named with, at about the
// same time.
func (j *Judge) company(a, b *Dossier) clue {
	x, y := a.summary(), b.summary()
	if len(x.with) > len(y.with) {
		x, y = y, x
	}
	type found struct {
		name   string
		weight float64
	}
	var all []found
	for id, m := range x.with {
		o := y.with[id]
		if o == nil || id == a.ID || id == b.ID {
			continue
		}
		if n := ParseName(m.Name); n.Family == x.name.Family || n.Family == y.name.Family {
			continue // a relative, or one of the two under another name
		}
		if _, ok := near(m.years, o.years, companyYears); ok {
			all = append(all, found{m.Name, j.weight(id, m.Company)})
		}
	}
	slices.SortFunc(all, func(a, b found) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), strings.Compare(a.name, b.name))
	})
	c := clue{}
	var names []string
	for _, f := range all {
		c.points += f.weight
		if len(names) < 3 {
			names = append(names, f.name)
		}
	}
	c.points = min(c.points, mostCompany)
	c.text = "both with " + list(names)
	return c
}

// home is a place that both were near, in one outlet at one time.
func home(x, y *summary) clue {
	if !meet(x.outlets, y.outlets) || !meet(x.near, y.near) {
		return clue{}
	}
	best := clue{}
	for _, s := range x.articles {
		for _, t := range y.articles {
			if s.Outlet == "" || s.Outlet != t.Outlet || s.Year == 0 || t.Year == 0 || max(s.Year-t.Year, t.Year-s.Year) > homeYears {
				continue
			}
			for id, name := range s.Near {
				if _, ok := t.Near[id]; ok {
					c := clue{pointsHome, "both named beside " + name + " in the " + strings.TrimPrefix(s.OutletName, "The ") + " in " + span(s.Year, t.Year)}
					if best.text == "" || c.text < best.text {
						best = c
					}
				}
			}
		}
	}
	return best
}

// roleClue is a role that both have; placed says that articles of both name what it
// is held of, and the same.
type roleClue struct {
	clue
	placed bool
}

// sameRole is the most telling role that both have at one time.
func sameRole(x, y *summary) roleClue {
	best := roleClue{}
	for _, r := range x.roles {
		for _, s := range y.roles {
			if r.Key != s.Key || r.Of != "" && s.Of != "" && r.Of != s.Of {
				continue
			}
			c := roleClue{clue{pointsRole, "both " + r.shown()}, r.Of != "" && r.Of == s.Of}
			if r.class == anyRole {
				c.points = pointsAnyRole
			}
			if c.placed || r.special() {
				c.points = pointsOffice
			}
			switch {
			case r.Former && s.Former:
				c.points, c.text = min(c.points, pointsPast), "both former "+r.shown()
			case r.Former != s.Former:
				c.points, c.text = min(c.points, pointsPast), "one "+r.shown()+", the other former "+r.shown()
			case r.year == 0 || s.year == 0 || max(r.year-s.year, s.year-r.year) > roleYears:
				continue
			default:
				c.text += " in " + span(r.year, s.year)
			}
			if c.points > best.points || c.points == best.points && c.text < best.text {
				best = c
			}
		}
	}
	return best
}

func span(a, b int) string {
	if a > b {
		a, b = b, a
	}
	if a == b {
		return strconv.Itoa(a)
	}
	return strconv.Itoa(a) + " and " + strconv.Itoa(b)
}

func list(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

func meet[K comparable, V any](a, b map[K]V) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	for k := range a {
		if _, ok := b[k]; ok {
			return true
		}
	}
	return false
}
