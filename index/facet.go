package index

import (
	"cmp"
	"fmt"
	"slices"

	"backfile/internal/news"
	language "backfile/internal/search"
)

var facetTags = map[string]byte{
	language.FacetPerson: tagPerson, language.FacetPlace: tagPlace, language.FacetOrganisation: tagOrganisation,
	language.FacetOutlet: tagOutlet, language.FacetSection: tagSection, language.FacetLanguage: tagLanguage,
	language.FacetOrigin: tagOrigin,
}

// facet counts the values that the hits have, and returns the most frequent of
// them (all where most is 0).
func (s *search) facet(name string, most int, hits bitset) ([]language.Count, error) {
	switch name {
	case language.FacetYear:
		return s.dateFacet(most, hits, len("2006"))
	case language.FacetMonth:
		return s.dateFacet(most, hits, len("2006-01"))
	case language.FacetDay:
		return s.dateFacet(most, hits, len("2006-01-02"))
	}
	tag, ok := facetTags[name]
	if !ok {
		return nil, fmt.Errorf("facet %q: %w", name, news.ErrInvalid)
	}
	now := s.renumbered(tag)
	values := s.view.tables.byTag[tag].all()
	counts := make([]uint32, len(values))
	for i := range s.view.segments {
		seg := &s.view.segments[i]
		single, multi := seg.single[tag], seg.multi[tag]
		var err error
		hits.between(seg.base, seg.base+uint32(seg.n), func(d uint32) bool {
			if err = s.tick(); err != nil {
				return false
			}
			if multi == nil {
				counts[single[d-seg.base]]++
				return true
			}
			of := multi.of(int(d - seg.base))
			if now == nil {
				for _, v := range of {
					counts[v]++
				}
				return true
			}
			for i, v := range of {
				// Two that are one by now are one article of it.
				if !slices.ContainsFunc(of[:i], func(o uint32) bool { return now[o] == now[v] }) {
					counts[now[v]]++
				}
			}
			return true
		})
		if err != nil {
			return nil, err
		}
	}
	var out []language.Count
	for v, n := range counts {
		if n > 0 && v > 0 {
			out = append(out, language.Count{Value: values[v], N: int(n)})
		}
	}
	return first(out, most, func(a, b language.Count) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Value, b.Value))
	}), nil
}

// renumbered maps the numbers of a tag's values to those that they count as, nil
// where each counts as itself.
func (s *search) renumbered(tag byte) []uint32 {
	if tag != tagPerson && tag != tagPlace && tag != tagOrganisation {
		return nil
	}
	t := s.view.tables.byTag[tag]
	to := map[uint32]uint32{}
	for from, now := range s.merged.All() {
		if f, ok := t.lookup(string(from)); ok {
			// What it is by now need not stand in any article under its own id.
			to[f] = t.intern([]byte(now))
		}
	}
	if len(to) == 0 {
		return nil
	}
	out := make([]uint32, len(t.all()))
	for i := range out {
		out[i] = uint32(i)
	}
	for f, n := range to {
		out[f] = n
	}
	return out
}

// first sorts the counts and keeps the first of them (all where most is 0).
func first(counts []language.Count, most int, order func(a, b language.Count) int) []language.Count {
	if most > 0 && most < len(counts)/8 {
		// Few of many: keep the best in a short sorted list.
		best := make([]language.Count, 0, most+1)
		for _, c := range counts {
			if len(best) == most && order(c, best[most-1]) > 0 {
				continue
			}
			i, _ := slices.BinarySearchFunc(best, c, order)
			best = slices.Insert(best, i, c)
			best = best[:min(most, len(best))]
		}
		return best
	}
	slices.SortFunc(counts, order)
	if most > 0 && most < len(counts) {
		counts = counts[:most]
	}
	return counts
}

// dateFacet counts years, months or days (length is that of the value). An
// article whose date is less precise than that is not counted.
func (s *search) dateFacet(most int, hits bitset, length int) ([]language.Count, error) {
	byDay := map[int32]int{}
	for i := range s.view.segments {
		seg := &s.view.segments[i]
		var err error
		hits.between(seg.base, seg.base+uint32(seg.n), func(d uint32) bool {
			if err = s.tick(); err != nil {
				return false
			}
			n := &seg.numbers[d-seg.base]
			span := n.last - n.first
			if n.dated && (length == len("2006") || span == 0 || length == len("2006-01") && span < 31) {
				byDay[n.first]++
			}
			return true
		})
		if err != nil {
			return nil, err
		}
	}
	byValue := map[string]int{}
	for d, n := range byDay {
		byValue[dayOf(d).Format("2006-01-02")[:length]] += n
	}
	var out []language.Count
	for v, n := range byValue {
		out = append(out, language.Count{Value: v, N: n})
	}
	if most > 0 {
		out = first(out, most, func(a, b language.Count) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Value, b.Value)) })
	}
	slices.SortFunc(out, func(a, b language.Count) int { return cmp.Compare(a.Value, b.Value) })
	return out, nil
}
