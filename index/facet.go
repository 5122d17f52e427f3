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
	found := make([]part, len(s.view.segments))
	for i := range found {
		if err := s.check(); err != nil {
			return nil, err
		}
		found[i] = s.part(&s.view.segments[i], hits)
	}
	return s.facetsOf(asked, found)
}

// facetsOf counts the values of what was found in each segment.
func (s *search) facetsOf(asked map[string]int, found []part) (map[string][]language.Count, error) {
	if len(asked) == 0 {
		return nil, nil
	}
	out := make(map[string][]language.Count, len(asked))
	for name, most := range asked {
		if err := s.check(); err != nil {
			return nil, err
		}
		switch name {
		case language.FacetYear:
			out[name] = dateFacet(most, found, len("2006"))
		case language.FacetMonth:
			out[name] = dateFacet(most, found, len("2006-01"))
		case language.FacetDay:
			out[name] = dateFacet(most, found, len("2006-01-02"))
		default:
			tag, ok := facetTags[name]
			if !ok {
				return nil, fmt.Errorf("facet %q: %w", name, news.ErrInvalid)
			}
			out[name] = s.facet(tag, most, found)
		}
	}
	return out, nil
}

// part are the hits in one segment.
type part struct {
	s     *search
	seg   *viewSegment
	hits  bitset
	n     int
	whole bool     // they are all that can be found there: their counts are kept with the segment
	docs  []uint32 // see numbers
}

// numbers are the hits by their numbers in the segment.
func (p *part) numbers() []uint32 {
	if p.docs == nil {
		room := p.s.docs()
		*room = p.hits.appendTo(slices.Grow(*room, p.n))
		p.docs = *room
	}
	return p.docs
}

func (s *search) part(seg *viewSegment, hits bitset) part {
	p := part{s: s, seg: seg, hits: seg.of(hits)}
	p.n = p.hits.count()
	p.whole = s.until == math.MaxInt64 && p.n == seg.found
	return p
}

func (s *search) facet(tag byte, most int, found []part) []language.Count {
	now := s.renumbered(tag)
	values := s.view.tables.byTag[tag].all()
	t := takeTally(len(values))
	defer valueRoom.Put(t)
	for i := range found {
		p := &found[i]
		switch {
		case now != nil && p.seg.multi[tag] != nil:
			p.countMerged(tag, t, now)
		case p.whole:
			// Pairs of a value's number and its count.
			pairs := p.seg.kept(int(tag), func() (out []uint32) {
				t := takeTally(len(values))
				defer valueRoom.Put(t)
				p.count(tag, t)
				for _, v := range t.met {
					out = append(out, v, t.counts[v])
				}
				t.clear()
				return out
			})
			for i := 0; i < len(pairs); i += 2 {
				t.add(pairs[i], pairs[i+1])
			}
		default:
			p.count(tag, t)
		}
	}
	out := t.frequent(values, most)
	t.clear()
	return out
}

// valueTally counts values by their numbers. Few of an archive's many are met in most searches.
type valueTally struct {
	counts []uint32
	met    []uint32 // those that are counted
}

var valueRoom sync.Pool

// takeTally is room for n values, none counted. Clear it and put it back.
func takeTally(n int) *valueTally {
	t, _ := valueRoom.Get().(*valueTally)
	if t == nil {
		t = &valueTally{}
	}
	if cap(t.counts) < n {
		t.counts = make([]uint32, n, n+n/4)
	}
	t.counts = t.counts[:n]
	return t
}

func (t *valueTally) add(v, n uint32) {
	if t.counts[v] == 0 {
		t.met = append(t.met, v)
	}
	t.counts[v] += n
}

func (t *valueTally) clear() {
	for _, v := range t.met {
		t.counts[v] = 0
	}
	t.met = t.met[:0]
}

// count counts the values of a tag that the documents have, by the values' numbers.
func (p *part) count(tag byte, t *valueTally) {
	if single := p.seg.single[tag]; single != nil {
		docs := p.numbers()
		if len(t.met) > 0 || len(docs) < len(t.counts) {
			for _, d := range docs {
				t.add(single[d], 1)
			}
			return
		}
		// Of few values, which are met is seen afterwards.
		counts := t.counts
		for _, d := range docs {
			counts[single[d]]++
		}
		for v, n := range counts {
			if n > 0 {
				t.met = append(t.met, uint32(v))
			}
		}
		return
	}
	multi := p.seg.multi[tag]
	for _, d := range p.numbers() {
		for _, v := range multi.values[multi.at[d]:multi.at[d+1]] {
			t.add(v, 1)
		}
	}
}

// countMerged counts values as what they are now.
func (p *part) countMerged(tag byte, t *valueTally, now []uint32) {
	multi := p.seg.multi[tag]
	for _, d := range p.numbers() {
		of := multi.of(int(d))
		for i, v := range of {
			// Two that are one by now are one article of it.
			if !slices.ContainsFunc(of[:i], func(o uint32) bool { return now[o] == now[v] }) {
				t.add(now[v], 1)
			}
		}
	}
}

// frequent are the values with the highest counts (all that have any where most is 0), and
// within one count by value. The value 0, of what has none, is not among them.
func (t *valueTally) frequent(values []string, most int) []language.Count {
	order := func(a, b language.Count) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Value, b.Value)) }
	var out []language.Count
	for _, v := range t.met {
		n := int(t.counts[v])
		if v == 0 || most > 0 && len(out) == most && n < out[most-1].N {
			continue
		}
		c := language.Count{Value: values[v], N: n}
		if most == 0 {
			out = append(out, c)
			continue
		}
		// Few of many: the best in a short sorted list.
		i, _ := slices.BinarySearchFunc(out, c, order)
		out = slices.Insert(out, i, c)
		out = out[:min(most, len(out))]
	}
	if most == 0 {
		slices.SortFunc(out, order)
	}
	return out
}

// kept is what f counts of all that can be found in the segment. It is counted once for
// each state of what is deleted there.
func (s *viewSegment) kept(what int, f func() []uint32) []uint32 {
	deleted := uint64(0)
	if d := s.Deleted(); d != nil {
		deleted = d.GetCardinality()
	}
	s.wholes.Lock()
	defer s.wholes.Unlock()
	if s.wholes.counts == nil || s.wholes.deleted != deleted {
		s.wholes.counts, s.wholes.deleted = map[int][]uint32{}, deleted
	}
	c, ok := s.wholes.counts[what]
	if !ok {
		c = f()
		s.wholes.counts[what] = c
	}
	return c
}

// wholes are counts of everything in a segment, by tag or length of a date.
type wholes struct {
	sync.Mutex
	deleted uint64
	counts  map[int][]uint32
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
func dateFacet(most int, found []part, length int) []language.Count {
	counts := dateRoom.Get().(*dateCounts)
	defer dateRoom.Put(counts)
	for i := range found {
		p := &found[i]
		if !p.whole {
			p.countDates(length, counts)
			continue
		}
		// Pairs of a date and its count.
		pairs := p.seg.kept(-length, func() (out []uint32) {
			counts := dateRoom.Get().(*dateCounts)
			defer dateRoom.Put(counts)
			p.countDates(length, counts)
			counts.take(func(at int32, n int) { out = append(out, uint32(at), uint32(n)) })
			return out
		})
		for i := 0; i < len(pairs); i += 2 {
			counts.add(int32(pairs[i]), int(pairs[i+1]))
		}
	}
	// Months of a year come one behind the other, but for those that no newspaper has.
	if length == len("2006") && len(counts.other) == 0 {
		return firstDates(most, counts.years())
	}
	byValue := map[string]int{}
	counts.take(func(at int32, n int) { byValue[dateValue(at, length)] += n })
	var out []language.Count
	for v, n := range byValue {
		out = append(out, language.Count{Value: v, N: n})
	}
	return firstDates(most, out)
}

// years are the months that were counted, by year, and leaves all at nothing.
func (c *dateCounts) years() (out []language.Count) {
	last := int32(-1)
	c.take(func(month int32, n int) {
		if year := month / 12; year != last {
			last = year
			out = append(out, language.Count{Value: dateValue(year*12, len("2006"))})
		}
		out[len(out)-1].N += n
	})
	return out
}

// firstDates are the most frequent of them, all where most is 0, by date.
func firstDates(most int, out []language.Count) []language.Count {
	if most > 0 {
		out = first(out, most, func(a, b language.Count) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Value, b.Value)) })
	}
	slices.SortFunc(out, func(a, b language.Count) int { return cmp.Compare(a.Value, b.Value) })
	return out
}

// countDates counts the days, or for values of another length the months, of dates that are
// precise enough.
func (p *part) countDates(length int, counts *dateCounts) {
	switch length {
	case len("2006"):
		months := p.seg.months
		least, end := counts.least, counts.end
		for _, d := range p.numbers() {
			m := months[d]
			if i := uint32(m - firstUsual); i < usualDays {
				counts.usual[i]++
				least, end = min(least, i), max(end, i+1)
			} else if m != undatedDay {
				counts.add(m, 1)
			}
		}
		counts.least, counts.end = least, end
	case len("2006-01"):
		const longest = 30 // days that the first and the last of a month are apart
		for _, d := range p.numbers() {
			if m := p.seg.months[d]; m != undatedDay && p.seg.last[d]-p.seg.first[d] <= longest {
				counts.add(m, 1)
			}
		}
	default:
		for _, d := range p.numbers() {
			if day := p.seg.first[d]; day != undatedDay && p.seg.last[d] == day {
				counts.add(day, 1)
			}
		}
	}
}

// dateValue is a facet's value of a day, or for another length of a month.
func dateValue(at int32, length int) string {
	t := dayOf(at)
	if length < len("2006-01-02") {
		t = time.Date(int(at/12), time.Month(at%12+1), 1, 0, 0, 0, 0, time.UTC)
	}
	return t.Format("2006-01-02")[:length]
}

// dateCounts counts days or months: those that newspapers have in an array, others in a map.
type dateCounts struct {
	usual      [usualDays]uint32
	least, end uint32 // those of the array that may be counted lie between
	other      map[int32]int
}

const (
	firstUsual = -366 * 370 // about 1600, in days; months all lie behind
	usualDays  = 366 * 470  // up to about 2070
)

var dateRoom = sync.Pool{New: func() any { return &dateCounts{least: usualDays} }}

func (c *dateCounts) add(day int32, n int) {
	if i := uint32(day - firstUsual); i < usualDays {
		c.usual[i] += uint32(n)
		c.least, c.end = min(c.least, i), max(c.end, i+1)
		return
	}
	if c.other == nil {
		c.other = map[int32]int{}
	}
	c.other[day] += n
}

// take calls f with each that was counted, those of the array in order, and leaves
// all at nothing.
func (c *dateCounts) take(f func(day int32, n int)) {
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
