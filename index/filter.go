package index

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"backfile/internal/news"
	language "backfile/internal/search"
	"backfile/internal/text"
)

// field matches one field's value.
func (s *search) field(f language.Field, within bitset) (bitset, error) {
	one := func(p place) (bitset, error) {
		if f.Phrase || p.stems == "" {
			return s.phrase(language.Terms(f.Value), where{p}, within)
		}
		return s.words(f.Value, where{p}, within)
	}
	switch f.Name {
	case language.FieldHeadline:
		return one(inHeadline)
	case language.FieldBody:
		return one(inBody)
	case language.FieldByline:
		return one(inByline)
	case language.FieldDateline:
		return one(inDateline)
	case language.FieldURL:
		s.quiet++
		defer func() { s.quiet-- }()
		return s.phrase(urlParts(f.Value), where{inURL}, within)
	case language.FieldRemoved:
		return s.edited(f, fieldLost, fieldLostExact, within)
	case language.FieldAdded:
		return s.edited(f, fieldGained, fieldGainedExact, within)
	case language.FieldIs:
		if f.Value == language.IsWire {
			return s.wire(within)
		}
		if f.Value != language.IsChanged {
			return s.keys(tagIs, []string{f.Value}, within)
		}
		return s.changed(within)
	case language.FieldHas:
		return nil, fmt.Errorf("search for %s: %w", f, news.ErrInvalid)
	case language.FieldOutlet:
		return s.keys(tagOutlet, []string{f.Value}, within)
	case language.FieldLanguage:
		return s.keys(tagLanguage, s.named(tagLanguage, func(v string) bool {
			want := strings.ToLower(f.Value)
			return v == want || strings.HasPrefix(v, want+"-")
		}), within)
	case language.FieldAgency:
		return s.keys(tagAgency, s.byWords(tagAgency, language.Agency(text.Fold(f.Value))), within)
	case language.FieldSection:
		return s.keys(tagSection, s.byWords(tagSection, text.Fold(f.Value)), within)
	case language.FieldTag:
		return s.keys(tagTag, s.byWords(tagTag, text.Fold(f.Value)), within)
	}
	// A person, place or organisation that nobody resolved is looked for in the
	// text, as Resolve does with one that nobody knows.
	return s.phrase(language.Terms(f.Value), anyText, within)
}

// named are the values of a tag that ok accepts.
func (s *search) named(tag byte, ok func(string) bool) []string {
	var out []string
	for _, v := range s.view.tables.byTag[tag].all()[1:] {
		if ok(v) {
			out = append(out, v)
		}
	}
	return out
}

// byWords are the tag's values that are the folded value, or else those that
// have all its words.
func (s *search) byWords(tag byte, value string) []string {
	if exact := s.named(tag, func(v string) bool { return agencyOrSame(tag, v) == value }); len(exact) > 0 {
		return exact
	}
	want := strings.Fields(value)
	return s.named(tag, func(v string) bool {
		have := strings.Fields(v)
		for _, w := range want {
			if !slices.Contains(have, w) {
				return false
			}
		}
		return len(want) > 0
	})
}

func agencyOrSame(tag byte, v string) string {
	if tag == tagAgency {
		return language.Agency(v)
	}
	return v
}

// keys matches documents with any of the values under the tag.
func (s *search) keys(tag byte, values []string, within bitset) (bitset, error) {
	out := newBitset(s.view.docs)
	for _, v := range values {
		if err := s.each(fieldKey, key(tag, v), false, within, func(d uint32, _ int) { out.add(d) }); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// dates matches articles whose days, as far as they are known, have one in
// common with the range: an article of May 2021 is one of date:2021 and of
// date:2021-05-07.
func (s *search) dates(r language.DateRange, within bitset) (bitset, error) {
	first, last := int32(math.MinInt32), int32(math.MaxInt32)
	if d, ok := dayNumber(r.First); ok {
		first = d
	}
	if d, ok := dayNumber(r.Last); ok {
		last = d
	}
	out := newBitset(s.view.docs)
	for i := range s.view.segments {
		seg := &s.view.segments[i]
		var err error
		within.between(seg.base, seg.base+uint32(seg.n), func(d uint32) bool {
			if err = s.tick(); err != nil {
				return false
			}
			if n := &seg.numbers[d-seg.base]; n.dated && n.first <= last && n.last >= first {
				out.add(d)
			}
			return true
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
