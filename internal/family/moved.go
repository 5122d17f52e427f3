package family

import "slices"

// moved finds cut paragraphs that were added elsewhere, the same or reworded:
// to says which of a they are, and from which of a one of b is, counted from 1.
func (g *gaps) moved() (to []bool, from []int) {
	to, from = make([]bool, len(g.a)), make([]int, len(g.b))
	byKey := map[int32][]int{}
	var cut, added []int
	for _, p := range g.out {
		if p.j == p.jEnd {
			cut = append(cut, p.i)
			byKey[g.a[p.i].key] = append(byKey[g.a[p.i].key], p.i)
		} else if p.i == p.iEnd {
			added = append(added, p.j)
		}
	}
	added = slices.DeleteFunc(added, func(j int) bool {
		is := byKey[g.b[j].key]
		if len(is) == 0 {
			return false
		}
		to[is[0]], from[j] = true, is[0]+1
		byKey[g.b[j].key] = is[1:]
		return true
	})
	cut = slices.DeleteFunc(cut, func(i int) bool { return to[i] })
	for _, j := range added {
		best, most := -1, float32(0)
		for _, i := range cut {
			if g.steps -= len(g.a[i].words) + len(g.b[j].words); g.steps < 0 {
				return to, from
			}
			if l := likeParagraphs(g.a[i].words, g.b[j].words); l > most && !to[i] {
				best, most = i, l
			}
		}
		if best >= 0 {
			to[best], from[j] = true, best+1
		}
	}
	return to, from
}
