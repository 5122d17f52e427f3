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
	return j.sort(d, cores)
}

// suspicious is a quick look for anything by which a name could be several persons'.
func suspicious(d *Dossier) bool {
	s := d.summary()
	if len(d.Sightings) < 2 {
		return false
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
	case dated && gap > yearsFar && points < sharedToBind:
		return fmt.Sprintf("%d years lie between the articles", gap)
	case dated && gap >= yearsSplit && points == 0 && !telling && known(x) && known(y):
		return fmt.Sprintf("%d years lie between the articles, which have nobody and no place in common", gap)
	case exclude(x.class, y.class) && points == 0 && !telling && known(x) && known(y):
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
			if r.Key == s.Key || r.class == s.class && r.class != anyRole {
				return true
			}
		}
	}
	return false
}

// sort puts the cores into groups, the largest first: each into the one of whose
// members nothing tells it apart, and with which it shares most.
func (j *Judge) sort(d *Dossier, cores []*Dossier) []Group {
	slices.SortFunc(cores, func(a, b *Dossier) int {
		return cmp.Or(cmp.Compare(len(b.Sightings), len(a.Sightings)), cmp.Compare(a.Sightings[0].Year, b.Sightings[0].Year),
			cmp.Compare(a.Sightings[0].Article, b.Sightings[0].Article))
	})
	var groups [][]*Dossier
	var reasons []string
	for _, c := range cores {
		best, bestPoints, bestGap, reason := -1, -1.0, 0, ""
		for g, members := range groups {
			why, points, gap := "", 0.0, 1<<30
			for _, m := range members {
				if why = j.differ(m, c); why != "" {
					break
				}
				_, p := j.shared(m, c)
				points += p
				if n, ok := yearsApart(m.summary().years, c.summary().years); ok {
					gap = min(gap, n)
				}
			}
			if why != "" {
				if reason == "" {
					reason = why
				}
				continue
			}
			if points > bestPoints || points == bestPoints && gap+muchNearer <= bestGap {
				best, bestPoints, bestGap = g, points, gap
			}
		}
		if best < 0 {
			groups, reasons = append(groups, []*Dossier{c}), append(reasons, reason)
		} else {
			groups[best] = append(groups[best], c)
		}
	}
	return named(d, groups, reasons)
}

// muchNearer is by how many years a later group must be nearer than an earlier one to
// get articles that share nothing with either.
const muchNearer = 20

// named makes groups of dossiers, the one with most articles first, each other with a
// qualifier that no other has.
func named(d *Dossier, groups [][]*Dossier, reasons []string) []Group {
	var out []Group
	for i, members := range groups {
		var all []*Sighting
		for _, m := range members {
			all = append(all, m.Sightings...)
		}
		out = append(out, Group{Dossier: NewDossier(d.ID, d.Name, all), Reason: reasons[i]})
	}
	slices.SortStableFunc(out, func(a, b Group) int {
		return cmp.Or(cmp.Compare(len(b.Sightings), len(a.Sightings)), cmp.Compare(a.Sightings[0].Year, b.Sightings[0].Year),
			cmp.Compare(a.Sightings[0].Article, b.Sightings[0].Article))
	})
	if out[0].Reason != "" { // the group that was met first is now among the others
		for i := range out {
			if out[i].Reason == "" {
				out[i].Reason = out[0].Reason
			}
		}
		out[0].Reason = ""
	}
	taken := map[string]bool{}
	for i := range out {
		if i > 0 {
			g := &out[i]
			g.Qualifier = qualifier(g.summary(), taken)
			g.ID = Split(d.Name, g.Qualifier)
			g.Dossier = &Dossier{ID: g.ID, Name: g.Name, Sightings: g.Sightings}
		}
	}
	return out
}

// Split is the id of the person of that name with a qualifier.
func Split(name, qualifier string) news.EntityID {
	return news.NewEntityID(news.Person, fold(name)+"\x00"+fold(qualifier))
}
