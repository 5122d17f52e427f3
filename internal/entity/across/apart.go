package across

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"backfile/internal/news"
)

// Group is one of the persons who bear a name.
type Group struct {
	// Dossier has the group's articles; its ID is the name's for the first group,
	// else news.NewEntityID of the folded name and the qualifier.
	*Dossier
	// Qualifier tells a group from its namesakes ("footballer", "Aberdeen", "1930s"),
	// and Reason says why it is another person than the first; both "" for the first.
	Qualifier, Reason string
}

// The distances that take one name apart.
const (
	bornSplit    = 8
	yearsSplit   = 25 // between articles that share nothing
	yearsFar     = 60 // between articles that share nobody rare
	sharedToBind = 1.0
	splitNearby  = 3 // years within which two homes and roles are at one time
)

// Apart takes the bearers of one name apart: groups of articles, the one that keeps
// the name's id first. One group, or none, is one person, which is what everybody is
// who gives no reason to think otherwise.
func (j *Judge) Apart(d *Dossier) []Group {
	if !suspicious(d) {
		return []Group{{Dossier: d}}
	}
	cores := j.cores(d)
	if len(cores) < 2 {
		return []Group{{Dossier: d}}
	}
	return j.gather(d, cores)
}

// suspicious is a quick look for anything by which a name could be several persons'.
func suspicious(d *Dossier) bool {
	s := d.summary()
	if len(d.Sightings) < 2 || !s.name.Whole() {
		return false // who a lone surname is, nobody can say
	}
	if k := len(s.born); k > 1 && s.born[k-1]-s.born[0] >= bornSplit {
		return true
	}
	if k := len(s.years); k > 1 && s.years[k-1]-s.years[0] >= yearsSplit {
		return true
	}
	if s.male > 0 && s.female > 0 || len(s.suffixes) > 1 {
		return true
	}
	var seen []class
	for _, r := range s.roles {
		for _, c := range seen {
			if exclude(c, r.class) {
				return true
			}
		}
		if !slices.Contains(seen, r.class) {
			seen = append(seen, r.class)
		}
	}
	return !middlesAgree(s)
}

// middlesAgree reports whether all whole forms of the name may be one person's.
func middlesAgree(s *summary) bool {
	var forms []Name
	for n := range s.names {
		if m := ParseName(n); m.Whole() && m.Family == s.name.Family && len(m.Given) > 1 {
			forms = append(forms, m)
		}
	}
	for i, a := range forms {
		for _, b := range forms[:i] {
			if a.First() == b.First() && !middles(a.Given[1:], b.Given[1:]) {
				return false
			}
		}
	}
	return true
}

// cores binds articles that share something telling, the most telling first, unless
// that would make one person of two.
func (j *Judge) cores(d *Dossier) []*Dossier {
	n := len(d.Sightings)
	cores := make([]*Dossier, n)
	for i, x := range d.Sightings {
		cores[i] = NewDossier(d.ID, d.Name, []*Sighting{x})
	}
	type bond struct {
		a, b   int
		points float64
	}
	var bonds []bond
	for a := range n {
		for b := a + 1; b < n; b++ {
			if _, p := j.shared(cores[a], cores[b]); p >= sharedToBind {
				bonds = append(bonds, bond{a, b, p})
			}
		}
	}
	slices.SortStableFunc(bonds, func(x, y bond) int { return cmp.Compare(y.points, x.points) })
	at := make([]int, n)
	for i := range at {
		at[i] = i
	}
	for _, b := range bonds {
		x, y := at[b.a], at[b.b]
		if x == y || never(cores[x], cores[y]) != "" {
			continue
		}
		cores[x] = NewDossier(d.ID, d.Name, append(slices.Clone(cores[x].Sightings), cores[y].Sightings...))
		cores[y] = nil
		for i := range at {
			if at[i] == y {
				at[i] = x
			}
		}
	}
	return slices.DeleteFunc(cores, func(c *Dossier) bool { return c == nil })
}

// never is why two sets of articles under one name cannot be of one person, whatever
// they share: a father and a son share nearly everything.
func never(a, b *Dossier) string {
	x, y := a.summary(), b.summary()
	if n, ok := yearsApart(x.born, y.born); ok && n >= bornSplit {
		return fmt.Sprintf("one was born about %d, the other about %d", x.born[0]+1, y.born[0]+1)
	}
	if x.full.Suffix != "" && y.full.Suffix != "" && x.full.Suffix != y.full.Suffix {
		return "one is called junior, the other senior"
	}
	if x.full.First() == y.full.First() && !middles(x.full.Given[1:], y.full.Given[1:]) {
		return "one is called " + strings.Join(x.full.words(), " ") + ", the other " + strings.Join(y.full.words(), " ")
	}
	return ""
}

// differ is why two sets of articles under one name are of two persons, "" where
// nothing says so.
func (j *Judge) differ(a, b *Dossier) string {
	if why := never(a, b); why != "" {
		return why
	}
	x, y := a.summary(), b.summary()
	_, points := j.shared(a, b)
	telling := meetAny(a, b)
	if s, t := x.sex(), y.sex(); s != 0 && t != 0 && s != t && !telling {
		return "one is Mr, the other Mrs or Ms"
	}
	gap, dated := yearsApart(x.spoken, y.spoken)
	switch {
	case telling || points > 0:
	case dated && gap > yearsFar:
		return fmt.Sprintf("%d years lie between the articles, which have nobody and no place in common", gap)
	case dated && gap >= yearsSplit && known(x) && known(y) && !meet(x.outlets, y.outlets) && j.common(x.name.Family):
		// Of a rare name there is hardly another bearer.
		return fmt.Sprintf("%d years lie between the articles, which are in other papers and have nobody and no place in common", gap)
	case exclude(x.class, y.class) && known(x) && known(y):
		if _, ok := near(x.years, y.years, splitNearby); ok && !meet(x.outlets, y.outlets) && !meet(x.near, y.near) {
			return fmt.Sprintf("one is %s, the other %s, at one time, in other papers and with nobody and no place in common", article(role(x)), article(role(y)))
		}
	}
	return ""
}

// known reports whether articles say enough of somebody to miss what is not said.
func known(s *summary) bool { return len(s.with) > 1 || len(s.near) > 0 }

// meetAny reports whether anything at all is common to both: company of whatever
// year, a place, a role.
func meetAny(a, b *Dossier) bool {
	x, y := a.summary(), b.summary()
	if meet(x.near, y.near) || meet(x.with, y.with) {
		return true
	}
	for _, r := range x.roles {
		for _, s := range y.roles {
			if r.Of != "" && s.Of != "" && r.Of != s.Of && seated[r.Key] {
				continue // MP for one seat and for another
			}
			if r.Key == s.Key || r.class == s.class && r.class != anyRole {
				return true
			}
		}
	}
	return false
}

// generation is how many years must lie between articles before another that shares
// nothing with either goes to the nearer rather than to the larger lot.
const generation = 30

// gather puts all into one group that nothing keeps apart: what shares most first, then
// what lies within a generation, so that articles in between close a gap of years.
func (j *Judge) gather(d *Dossier, cores []*Dossier) []Group {
	slices.SortFunc(cores, func(a, b *Dossier) int {
		return cmp.Or(cmp.Compare(len(b.Sightings), len(a.Sightings)), cmp.Compare(a.Sightings[0].Year, b.Sightings[0].Year),
			cmp.Compare(a.Sightings[0].Article, b.Sightings[0].Article))
	})
	type pair struct {
		a, b   int
		points float64
		gap    int
	}
	var pairs []pair
	for a := range cores {
		for b := a + 1; b < len(cores); b++ {
			_, p := j.shared(cores[a], cores[b])
			gap, ok := yearsApart(cores[a].summary().spoken, cores[b].summary().spoken)
			if !ok {
				gap = yearsFar
			}
			pairs = append(pairs, pair{a, b, p, gap})
		}
	}
	slices.SortStableFunc(pairs, func(x, y pair) int {
		return cmp.Or(cmp.Compare(y.points, x.points), cmp.Compare(x.gap/generation, y.gap/generation), cmp.Compare(x.a, y.a), cmp.Compare(x.gap, y.gap))
	})
	at := make([]int, len(cores))
	for i := range at {
		at[i] = i
	}
	apart := map[[2]int]bool{}
	for _, p := range pairs {
		a, b := min(at[p.a], at[p.b]), max(at[p.a], at[p.b])
		if a == b || apart[[2]int{a, b}] {
			continue
		}
		if j.differ(cores[a], cores[b]) != "" {
			apart[[2]int{a, b}] = true
			continue
		}
		cores[a] = NewDossier(d.ID, d.Name, append(slices.Clone(cores[a].Sightings), cores[b].Sightings...))
		cores[b] = nil
		for i := range at {
			if at[i] == b {
				at[i] = a
			}
		}
		for k := range apart { // what it was apart from may differ no longer, or begin to
			if k[0] == a || k[1] == a {
				delete(apart, k)
			}
		}
	}
	return j.named(d, slices.DeleteFunc(cores, func(c *Dossier) bool { return c == nil }))
}

// named makes groups of dossiers, the one with most articles first, each other with a
// qualifier that no other has, and why it is not the first.
func (j *Judge) named(d *Dossier, persons []*Dossier) []Group {
	slices.SortStableFunc(persons, func(a, b *Dossier) int {
		return cmp.Or(cmp.Compare(len(b.Sightings), len(a.Sightings)), cmp.Compare(a.Sightings[0].Year, b.Sightings[0].Year),
			cmp.Compare(a.Sightings[0].Article, b.Sightings[0].Article))
	})
	out := []Group{{Dossier: persons[0]}}
	taken := map[string]bool{}
	for _, p := range persons[1:] {
		g := Group{Qualifier: qualifier(p.summary(), taken), Reason: j.differ(persons[0], p)}
		g.Dossier = NewDossier(Split(d.Name, g.Qualifier), d.Name, p.Sightings)
		out = append(out, g)
	}
	return out
}

// Split is the id of the person of that name with a qualifier.
func Split(name, qualifier string) news.EntityID {
	return news.NewEntityID(news.Person, fold(name)+"\x00"+fold(qualifier))
}

// Label is the group's qualifier, or one made for it where it has none: the first
// group lacks one, and needs it where another has kept the name's id.
func (g *Group) Label() string {
	if g.Qualifier == "" {
		g.Qualifier = qualifier(g.summary(), map[string]bool{})
	}
	return g.Qualifier
}
