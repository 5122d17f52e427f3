package across

import (
	"cmp"
	"slices"
	"strings"

	"backfile/internal/news"
)

// Bounds are what stands already, which Partition keeps to. Its functions may be nil.
type Bounds struct {
	// Joined reports that a person joined the two: they are one, whatever speaks
	// against it.
	Joined func(a, b news.EntityID) bool
	// Parted reports that a person parted the two: they are never joined.
	Parted func(a, b news.EntityID) bool
	// Stand reports that the archive joined the two before: they stay joined unless
	// something speaks against it.
	Stand func(a, b news.EntityID) bool
}

// Joint are names that are one person's, the one with most articles first, and the
// links that make them so.
type Joint struct {
	IDs   []news.EntityID
	Links []Link
}

// Link joins two names. Reason is "" where people joined them.
type Link struct {
	A, B   news.EntityID
	Reason string
}

// link between two dossiers that are one person.
type link struct {
	a, b   int
	points float64
	reason string
}

// Partition says which of the dossiers, whose names may be one person's, are one. The
// order in which they come changes nothing. Those that stand alone are left out.
func (j *Judge) Partition(ds []*Dossier, bound Bounds) []Joint {
	ds = slices.Clone(ds)
	slices.SortFunc(ds, func(a, b *Dossier) int {
		return cmp.Or(cmp.Compare(len(b.Sightings), len(a.Sightings)), strings.Compare(string(a.ID), string(b.ID)))
	})
	m := j.matrix(ds, bound)
	links := m.links()
	cluster := make([]int, len(ds))
	for i := range cluster {
		cluster[i] = i
	}
	var made []link
	for _, l := range links {
		a, b := cluster[l.a], cluster[l.b]
		if a == b || l.reason != "" && m.clash(cluster, a, b) {
			continue
		}
		keep, drop := min(a, b), max(a, b)
		for i := range cluster {
			if cluster[i] == drop {
				cluster[i] = keep
			}
		}
		made = append(made, l)
	}
	var out []Joint
	for i, d := range ds {
		if cluster[i] != i {
			continue
		}
		g := Joint{IDs: []news.EntityID{d.ID}}
		for k := i + 1; k < len(ds); k++ {
			if cluster[k] == i {
				g.IDs = append(g.IDs, ds[k].ID)
			}
		}
		for _, l := range made {
			if cluster[l.a] == i {
				g.Links = append(g.Links, Link{ds[l.a].ID, ds[l.b].ID, l.reason})
			}
		}
		if len(g.IDs) > 1 {
			out = append(out, g)
		}
	}
	return out
}

// cell is what is known of two dossiers.
type cell struct {
	verdict
	related bool // the names may be one person's
	joined  bool
	parted  bool
	stand   bool
}

type matrix struct {
	ds    []*Dossier
	cells [][]cell
}

func (j *Judge) matrix(ds []*Dossier, bound Bounds) matrix {
	m := matrix{ds, make([][]cell, len(ds))}
	for a := range ds {
		m.cells[a] = make([]cell, len(ds))
	}
	ask := func(f func(a, b news.EntityID) bool, a, b int) bool { return f != nil && f(ds[a].ID, ds[b].ID) }
	for a := range ds {
		for b := range a {
			c := cell{joined: ask(bound.Joined, a, b), parted: ask(bound.Parted, a, b), stand: ask(bound.Stand, a, b)}
			if c.verdict, c.related = j.compare(ds[a], ds[b]); fold(ds[a].Name) == fold(ds[b].Name) {
				c.parted = true // Apart took them apart
			}
			m.cells[a][b], m.cells[b][a] = c, c
		}
	}
	return m
}

// links are the pairs to join: what people joined first, then the most telling.
func (m matrix) links() []link {
	var out []link
	for a := range m.ds {
		for b := a + 1; b < len(m.ds); b++ {
			c := m.cells[a][b]
			switch {
			case c.joined:
				out = append(out, link{a, b, unlinked, ""})
			case c.parted || !c.related || c.against != "":
			case c.need >= unlinked:
			case c.stand && c.points < c.need && !m.ambiguous(a, b) && !m.ambiguous(b, a):
				// Joined once on evidence that has since become common.
				out = append(out, link{a, b, c.points, cmp.Or(c.reason, " ")})
			case c.sure() && !m.ambiguous(a, b) && !m.ambiguous(b, a):
				out = append(out, link{a, b, c.points, c.reason})
			}
		}
	}
	slices.SortStableFunc(out, func(x, y link) int { return cmp.Compare(y.points, x.points) })
	return out
}

// ambiguous reports whether a might be b or somebody else who is not b: George Bush,
// where there are George W. and George H. W. Bush. Neither friends nor offices settle
// it, for both had the same; only an article that explains the name does.
func (m matrix) ambiguous(a, b int) bool {
	for c := range m.ds {
		if c == a || c == b {
			continue
		}
		ac, bc := m.cells[a][c], m.cells[b][c]
		if !ac.related || ac.against != "" || ac.parted || ac.joined {
			continue // a is not c, or is by a person's word
		}
		if (bc.related && bc.against == "" && !bc.parted) || bc.joined {
			continue // b may be c
		}
		if bothNames(m.ds[a], m.ds[b]).points < pointsExplained {
			return true
		}
	}
	return false
}

// clash reports whether anything keeps a member of one cluster from a member of the
// other.
func (m matrix) clash(cluster []int, a, b int) bool {
	for i := range m.ds {
		if cluster[i] != a {
			continue
		}
		for k := range m.ds {
			if cluster[k] != b {
				continue
			}
			if c := m.cells[i][k]; !c.joined && (c.parted || !c.related || c.against != "") {
				return true
			}
		}
	}
	return false
}
