package index

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"sync"
	"time"

	"backfile/internal/news"
	language "backfile/internal/search"
)

var facetTags = map[string]byte{
	language.FacetPerson: tagPerson, language.FacetPlace: tagPlace, language.FacetOrganisation: tagOrganisation,
	language.FacetOutlet: tagOutlet, language.FacetSection: tagSection, language.FacetLanguage: tagLanguage,
	language.FacetOrigin: tagOrigin,
}

// facets counts the values that the hits have of each facet, and returns as many of the
// most frequent as are asked for (all where that is 0).
func (s *search) facets(asked map[string]int, hits bitset) (map[string][]language.Count, error) {
	if len(asked) == 0 {
		return nil, nil
	}
	out := make(map[string][]language.Count, len(asked))
	docs := make([][]uint32, len(s.view.segments)) // each segment's hits
	for i := range docs {
		if err := s.check(); err != nil {
			return nil, err
		}
		docs[i] = s.view.segments[i].of(hits).appendTo(nil)
	}
	for name, most := range asked {
		if err := s.check(); err != nil {
			return nil, err
		}
		switch name {
		case language.FacetYear:
			out[name] = s.dateFacet(most, docs, len("2006"))
		case language.FacetMonth:
			out[name] = s.dateFacet(most, docs, len("2006-01"))
		case language.FacetDay:
			out[name] = s.dateFacet(most, docs, len("2006-01-02"))
		default:
			tag, ok := facetTags[name]
			if !ok {
				return nil, fmt.Errorf("facet %q: %w", name, news.ErrInvalid)
			}
			out[name] = s.facet(tag, most, docs)
		}
	}
	return out, nil
}

func (s *search) facet(tag byte, most int, docs [][]uint32) []language.Count {
	now := s.renumbered(tag)
	values := s.view.tables.byTag[tag].all()
	counts := make([]uint32, len(values))
	for i := range docs {
		seg := &s.view.segments[i]
		single, multi := seg.single[tag], seg.multi[tag]
		switch {
		case multi == nil:
			for _, d := range docs[i] {
				counts[single[d]]++
			}
		case now == nil:
			for _, d := range docs[i] {
				for _, v := range multi.values[multi.at[d]:multi.at[d+1]] {
					counts[v]++
				}
			}
		default:
			for _, d := range docs[i] {
				of := multi.of(int(d))
				for i, v := range of {
					// Two that are one by now are one article of it.
					if !slices.ContainsFunc(of[:i], func(o uint32) bool { return now[o] == now[v] }) {
						counts[now[v]]++
					}
				}
			}
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
	})
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
func (s *search) dateFacet(most int, docs [][]uint32, length int) []language.Count {
	span := int32(math.MaxInt32) // the most that first and last day may be apart
	switch length {
	case len("2006-01-02"):
		span = 0
	case len("2006-01"):
		span = 30
	}
	days := dayRoom.Get().(*dayCounts)
	defer dayRoom.Put(days)
	for i := range docs {
		seg := &s.view.segments[i]
		for _, d := range docs[i] {
			if first := seg.first[d]; first != undatedDay && seg.last[d]-first <= span {
				days.add(first)
			}
		}
	}
	byValue := map[string]int{}
	from, to, value, sum := int32(0), int32(0), "", 0 // the year, month or day being summed
	days.take(func(day int32, n int) {
		if day < from || day >= to {
			byValue[value] += sum
			from, to = around(day, length)
			value, sum = dayOf(day).Format("2006-01-02")[:length], 0
		}
		sum += n
	})
	byValue[value] += sum
	delete(byValue, "")
	var out []language.Count
	for v, n := range byValue {
		out = append(out, language.Count{Value: v, N: n})
	}
	if most > 0 {
		out = first(out, most, func(a, b language.Count) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Value, b.Value)) })
	}
	slices.SortFunc(out, func(a, b language.Count) int { return cmp.Compare(a.Value, b.Value) })
	return out
}

// around is the first day of the year, month or day (length is that of its value) that a
// day is in, and the first day behind it.
func around(day int32, length int) (from, to int32) {
	t := dayOf(day)
	number := func(y int, m time.Month) int32 {
		return int32(time.Date(y, m, 1, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay)
	}
	switch length {
	case len("2006"):
		return number(t.Year(), 1), number(t.Year()+1, 1)
	case len("2006-01"):
		return number(t.Year(), t.Month()), number(t.Year(), t.Month()+1)
	}
	return day, day + 1
}

// dayCounts counts days: those that newspapers have in an array, others in a map.
type dayCounts struct {
	usual      [usualDays]uint32
	least, end uint32 // those of the array that may be counted lie between
	other      map[int32]int
}

const (
	firstUsual = -366 * 370 // about 1600
	usualDays  = 366 * 470  // up to about 2070
)

var dayRoom = sync.Pool{New: func() any { return &dayCounts{least: usualDays} }}

func (c *dayCounts) add(day int32) {
	if i := uint32(day - firstUsual); i < usualDays {
		c.usual[i]++
		c.least, c.end = min(c.least, i), max(c.end, i+1)
		return
	}
	if c.other == nil {
		c.other = map[int32]int{}
	}
	c.other[day]++
}

// take calls f with each day that was counted, those of the array in order, and leaves
// all at nothing.
func (c *dayCounts) take(f func(day int32, n int)) {
	for i := c.least; i < c.end; i++ {
		if n := c.usual[i]; n > 0 {
			f(int32(i)+firstUsual, int(n))
			c.usual[i] = 0
		}
	}
	for day, n := range c.other {
		f(day, n)
	}
	c.least, c.end, c.other = usualDays, 0, nil
}
