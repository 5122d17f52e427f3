package index

import (
	"math"
	"slices"

	language "backfile/internal/search"
	"backfile/internal/text"
)

// condition is a part of a query that holds or does not hold for a document by itself.
type condition struct {
	most  int // about how many documents it can hold for
	kind  conditionKind
	node  language.Node
	lists []posting // of a word
	words []string  // of a phrase
	tag   byte      // of keys: any of the values, by their numbers
	keys  []string
	first int32 // of dates
	last  int32
}

// mayBeFew is what a person, place or organisation has, which is looked up only where there is no rarer part.
const mayBeFew = math.MaxInt - 1

type conditionKind int

const (
	hasWord conditionKind = iota
	hasPhrase
	hasKey
	isDated
)

// condition is a part of a query as one; ok is false for a part that is none.
func (s *search) condition(n language.Node) (c condition, ok bool) {
	c = condition{most: math.MaxInt, node: n}
	switch n := n.(type) {
	case language.Word:
		if words := language.Terms(n.Text); len(words) == 1 {
			c.kind, c.lists, c.most = hasWord, s.postings(term(words[0])), 0
			for i := range c.lists {
				c.most += c.lists[i].list.n
			}
			return c, true
		}
	case language.Phrase:
		c.kind, c.words = hasPhrase, language.Terms(n.Text)
		for i, w := range c.words {
			c.words[i] = term(w)
			most := 0
			for _, p := range s.postings(c.words[i]) {
				most += p.list.n
			}
			c.most = min(c.most, most)
		}
		return c, len(c.words) > 1
	case language.DateRange:
		c.kind = isDated
		c.first, c.last = daysOf(n)
		return c, true
	case language.Entities:
		c.kind, c.tag = hasKey, tagOf(n.Kind)
		for _, id := range n.IDs {
			c.keys = append(c.keys, string(id))
		}
		c.most = mayBeFew
		return c, !n.Said && len(n.IDs) > 0 && len(n.IDs) <= mostScored
	case language.CameFrom:
		c.kind, c.tag, c.keys = hasKey, tagOrigin, []string{n.Origin}
		return c, true
	case language.Field:
		c.kind = hasKey
		switch n.Name {
		case language.FieldOutlet:
			c.tag, c.keys = tagOutlet, []string{n.Value}
		case language.FieldLanguage:
			c.tag, c.keys = tagLanguage, s.languagesOf(n.Value)
		case language.FieldAgency:
			c.tag, c.keys = tagAgency, s.byWords(tagAgency, language.Agency(text.Fold(n.Value)))
		case language.FieldSection:
			c.tag, c.keys = tagSection, s.byWords(tagSection, text.Fold(n.Value))
		case language.FieldTag:
			c.tag, c.keys = tagTag, s.byWords(tagTag, text.Fold(n.Value))
		}
		return c, c.tag > 0
	}
	return c, false
}

// begin are the documents for which a condition holds.
func (s *search) begin(c *condition) (docs []uint32, err error) {
	room := s.docs()
	defer func() { *room = docs }()
	docs = *room
	switch c.kind {
	case hasPhrase:
		return s.candidates(docs, c.words, s.base), nil
	case hasKey:
		for i := range s.view.segments {
			seg := &s.view.segments[i]
			for _, k := range c.keys {
				l, err := seg.keyed(c.tag, k)
				if err != nil {
					return nil, err
				}
				docs = l.beginning(docs, seg.base, seg.of(s.base), nil)
			}
		}
	default:
		for i := range c.lists {
			seg := &s.view.segments[c.lists[i].segment]
			docs = c.lists[i].list.beginning(docs, seg.base, seg.of(s.base), nil)
		}
	}
	slices.Sort(docs)
	return slices.Compact(docs), nil
}

// frequencyOfKeys is how many documents have any of a condition's keys, or more.
func (s *search) frequencyOfKeys(c *condition) (n int, err error) {
	for i := range s.view.segments {
		for _, k := range c.keys {
			l, err := s.view.segments[i].keyed(c.tag, k)
			if err != nil {
				return 0, err
			}
			n += l.n
		}
	}
	return n, nil
}

// keep leaves of the documents those for which a condition holds.
func (s *search) keep(c *condition, docs []uint32) []uint32 {
	switch c.kind {
	case hasWord:
		room := s.docs()
		kept := *room
		for i := range c.lists {
			p := &c.lists[i]
			seg := &s.view.segments[p.segment]
			here := docsOf(docs, seg)
			p.list.among(here, seg.base, func(i, _ int) { kept = append(kept, here[i]) })
		}
		if len(c.lists) > 1 {
			slices.Sort(kept) // of several languages
		}
		*room = kept
		return kept
	case isDated:
		return s.filtered(docs, func(seg *viewSegment, d uint32) bool {
			return seg.first[d] != undatedDay && seg.first[d] <= c.last && seg.last[d] >= c.first
		})
	}
	var numbers []uint32
	for _, k := range c.keys {
		if n, ok := s.view.tables.byTag[c.tag].lookup(key(c.tag, k)[1:]); ok {
			numbers = append(numbers, n)
		}
	}
	if len(numbers) == 0 {
		return nil
	}
	return s.filtered(docs, func(seg *viewSegment, d uint32) bool {
		if single := seg.single[c.tag]; single != nil {
			return slices.Contains(numbers, single[d])
		}
		for _, v := range seg.multi[c.tag].of(int(d)) {
			if slices.Contains(numbers, v) {
				return true
			}
		}
		return false
	})
}

// filtered leaves the documents for which f holds, which takes them by their number in their segment.
func (s *search) filtered(docs []uint32, f func(seg *viewSegment, d uint32) bool) []uint32 {
	kept := docs[:0]
	for i := range s.view.segments {
		seg := &s.view.segments[i]
		for _, d := range docsOf(docs, seg) {
			if f(seg, d-seg.base) {
				kept = append(kept, d)
			}
		}
	}
	return kept
}

// docsOf are those of the documents, which are in order, that are the segment's.
func docsOf(docs []uint32, seg *viewSegment) []uint32 {
	from, _ := slices.BinarySearch(docs, seg.base)
	to, _ := slices.BinarySearch(docs[from:], seg.base+uint32(seg.n))
	return docs[from : from+to]
}

// keyed are the documents of the segment with a key.
func (s *viewSegment) keyed(tag byte, value string) (l postingsList, err error) {
	k := key(tag, value)
	name := fieldKey + k // no entity's key is this long or begins so
	if l, ok := s.recent.get(name); ok {
		return l, nil
	}
	m, err := postings(s.Segment(), fieldKey, k)
	if err != nil {
		return l, err
	}
	l = postingsList{n: int(m.GetCardinality()), docs: s.n, plain: m.ToArray()}
	s.recent.put(name, l)
	return l, nil
}
