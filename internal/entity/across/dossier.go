package across

import (
	"cmp"
	"slices"
	"strings"

	"backfile/internal/news"
	"backfile/internal/text"
)

// Dossier is what the articles of an archive say of one person. It is not changed
// once a Judge has seen it.
type Dossier struct {
	ID        news.EntityID
	Name      string
	Sightings []*Sighting
	sum       *summary
}

// NewDossier makes a dossier of what Read found, in an order of its own, so that
// articles may come in any.
func NewDossier(id news.EntityID, name string, sightings []*Sighting) *Dossier {
	s := slices.Clone(sightings)
	slices.SortFunc(s, func(a, b *Sighting) int {
		return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Article, b.Article))
	})
	s = slices.CompactFunc(s, func(a, b *Sighting) bool { return a.Article == b.Article })
	return &Dossier{ID: id, Name: name, Sightings: s}
}

// summary is a dossier gathered.
type summary struct {
	name, full Name
	names      map[string]bool // folded names of two words and more
	forms      map[string]int  // these as printed, with the number of articles
	also       map[string]bool // of these, those that an article explains
	articles   map[news.ArticleID]*Sighting
	born       []int
	male       int
	female     int
	suffixes   map[string]bool
	years      []int // of publication, ascending
	spoken     []int // these and the ones printed, ascending
	outlets    map[string]bool
	near       map[news.EntityID]bool
	with       map[news.EntityID]*met
	roles      []datedRole
	class      class // what most that say anything say
}

// met is somebody in the person's company, with the years.
type met struct {
	Company
	years []int
}

type datedRole struct {
	Role
	year   int
	outlet string
}

func (d *Dossier) summary() *summary {
	if d.sum != nil {
		return d.sum
	}
	s := &summary{
		name: ParseName(d.Name), names: map[string]bool{}, forms: map[string]int{}, also: map[string]bool{}, articles: map[news.ArticleID]*Sighting{},
		suffixes: map[string]bool{}, outlets: map[string]bool{}, near: map[news.EntityID]bool{}, with: map[news.EntityID]*met{},
	}
	s.full = s.name
	s.names[text.Fold(d.Name)] = true
	classes := map[class]int{}
	for _, x := range d.Sightings {
		s.articles[x.Article] = x
		for _, n := range x.Names {
			s.names[text.Fold(n)] = true
			s.forms[n]++
		}
		for _, n := range x.Also {
			s.also[text.Fold(n)] = true
		}
		s.born = append(s.born, x.Born...)
		switch x.Sex {
		case 'm':
			s.male++
		case 'f':
			s.female++
		}
		if x.Suffix != "" {
			s.suffixes[x.Suffix] = true
		}
		if x.Year > 0 {
			s.years = append(s.years, x.Year)
			s.spoken = append(append(s.spoken, x.Year), x.Years...)
		}
		if x.Outlet != "" {
			s.outlets[x.Outlet] = true
		}
		for id := range x.Near {
			s.near[id] = true
		}
		for id, c := range x.With {
			m := s.with[id]
			if m == nil {
				m = &met{Company: c}
				s.with[id] = m
			}
			m.years = append(m.years, x.Year)
		}
		for _, r := range x.Roles {
			s.roles = append(s.roles, datedRole{r, x.Year, x.Outlet})
			if r.class != anyRole && !r.Former {
				classes[r.class]++
			}
		}
	}
	delete(s.with, d.ID)
	slices.Sort(s.born)
	slices.Sort(s.years)
	slices.Sort(s.spoken)
	best := 0
	for c, n := range classes {
		if n > best || n == best && c < s.class {
			s.class, best = c, n
		}
	}
	s.fill(len(d.Sightings))
	if x := s.only(); s.full.Suffix == "" {
		s.full.Suffix = x
	}
	d.sum = s
	return s
}

// only is the suffix that all who give one give.
func (s *summary) only() string {
	if len(s.suffixes) != 1 {
		return ""
	}
	for x := range s.suffixes {
		return x
	}
	return ""
}

// fill finds full: of the forms that at least half of the articles have, the one with
// the most between given and family name. A stray form may be a namesake's.
func (s *summary) fill(articles int) {
	for printed, n := range s.forms {
		m := ParseName(printed)
		if 2*n < articles || !m.Whole() || m.Family != s.name.Family || len(s.name.Given) == 0 || sameGiven(m.First(), s.name.First()) == none {
			continue
		}
		a, b := strings.Join(m.Given, " "), strings.Join(s.full.Given, " ")
		if cmp.Or(cmp.Compare(len(m.Given), len(s.full.Given)), cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) > 0 {
			m.Suffix = cmp.Or(m.Suffix, s.full.Suffix)
			s.full = m
		}
	}
}

// sex is 'm' or 'f' where the honorifics agree, but for one in ten.
func (s *summary) sex() byte {
	switch {
	case s.male > 9*s.female:
		return 'm'
	case s.female > 9*s.male:
		return 'f'
	}
	return 0
}

// yearsApart is the least distance between two ascending lists; ok is false where
// one is empty.
func yearsApart(a, b []int) (n int, ok bool) {
	if len(a) == 0 || len(b) == 0 {
		return 0, false
	}
	n = 1 << 30
	for i, j := 0, 0; i < len(a) && j < len(b); {
		d := a[i] - b[j]
		n = min(n, max(d, -d))
		if d < 0 {
			i++
		} else {
			j++
		}
	}
	return n, true
}

// near reports whether any two of the years are at most n apart; unknown years are
// near nothing.
func near(a, b []int, n int) (year int, ok bool) {
	best := n + 1
	for _, x := range a {
		for _, y := range b {
			if d := max(x-y, y-x); x > 0 && y > 0 && d < best {
				best, year = d, max(x, y)
			}
		}
	}
	return year, best <= n
}

// Explained are the other names that articles say the person has ("née").
func (d *Dossier) Explained() []string {
	var out []string
	for _, x := range d.Sightings {
		for _, n := range x.Also {
			if !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
	}
	return out
}
