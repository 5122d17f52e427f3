package index

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"

	"backfile/internal/news"
	language "backfile/internal/search"
	"backfile/internal/text"
)

// field matches one field's value.
func (s *search) field(f language.Field, within bitset) (bitset, error) {
	switch f.Name {
	case language.FieldHeadline:
		return s.textField(f, inHeadline, of(pieceHeadline), within)
	case language.FieldBody:
		return s.textField(f, inBody, of(pieceBody), within)
	case language.FieldByline:
		return s.inPiece(f, pieceByline, within)
	case language.FieldDateline:
		return s.inPiece(f, pieceDateline, within)
	case language.FieldURL:
		s.quiet++
		defer func() { s.quiet-- }()
		parts := urlParts(f.Value)
		if len(parts) == 0 {
			return within, nil
		}
		candidates, err := s.withAll(fieldURL, parts, within)
		if err != nil {
			return nil, err
		}
		return s.rowSet(parts, of(pieceURL), s.members(candidates), some)
	case language.FieldRemoved:
		return s.edited(f, fieldLost, pieceLost, within)
	case language.FieldAdded:
		return s.edited(f, fieldGained, pieceGained, within)
	case language.FieldIs:
		if f.Value == language.IsWire {
			return s.wire(within)
		}
		if f.Value != language.IsChanged {
			return s.keys(tagIs, []string{f.Value}, within)
		}
		return s.changed(within)
	case language.FieldHas:
		return s.keys(tagHas, []string{f.Value}, within)
	case language.FieldOutlet:
		return s.keys(tagOutlet, []string{f.Value}, within)
	case language.FieldLanguage:
		return s.keys(tagLanguage, s.languagesOf(f.Value), within)
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

// textField matches words of one piece in any of their forms, quoted ones as they are.
func (s *search) textField(f language.Field, want class, in pieces, within bitset) (bitset, error) {
	if f.Phrase {
		return s.phrase(language.Terms(f.Value), in, within)
	}
	return s.words(f.Value, want, in, within)
}

// inPiece matches words of a short piece as they are.
func (s *search) inPiece(f language.Field, kind byte, within bitset) (bitset, error) {
	return s.phrase(language.Terms(f.Value), of(kind), within)
}

// pieceOfField are the pieces that a field of the text looks into.
var pieceOfField = map[string]byte{
	language.FieldHeadline: pieceHeadline, language.FieldBody: pieceBody, language.FieldByline: pieceByline, language.FieldDateline: pieceDateline,
}

// in matches part of a query in the pieces of one field.
func (s *search) in(n language.In, within bitset) (bitset, error) {
	kind, ok := pieceOfField[n.Name]
	if !ok {
		return nil, fmt.Errorf("search in %s: %w", n.Name, news.ErrInvalid)
	}
	switch part := n.Part.(type) {
	case language.Near:
		return s.near(part, of(kind), within)
	case language.Verbatim:
		return s.verbatim(part, of(kind), within)
	}
	return s.somewhere(n.Part, of(kind), within)
}

// errStore says that an article could not be read, which is no fault of the index.
var errStore = errors.New("read the text of an article")

// verbatim matches a phrase in the pieces of in, of documents whose own text has it as it
// is written.
func (s *search) verbatim(v language.Verbatim, in pieces, within bitset) (bitset, error) {
	found, err := s.phrase(language.Terms(v.Text), in, within)
	if err != nil || s.article == nil {
		return found, err
	}
	out := s.empty()
	for i := range s.view.segments {
		seg := &s.view.segments[i]
		for _, d := range seg.of(found).appendTo(nil) {
			if err := s.check(); err != nil {
				return nil, err
			}
			a, err := s.article(s.ctx, seg.ids.at(d), int(seg.numbers[d].version))
			if errors.Is(err, news.ErrNotFound) {
				continue // it went since
			}
			if err != nil {
				return nil, fmt.Errorf("%w: %w", errStore, err)
			}
			for kind, s := range piecesOf(a) {
				if in.has(kind) && v.In(s) {
					out.add(seg.base + d)
					break
				}
			}
		}
	}
	return out, nil
}

// languagesOf are the languages of the archive that are of a name: de-AT is one of de.
func (s *search) languagesOf(name string) []string {
	want := strings.ToLower(name)
	return s.named(tagLanguage, func(v string) bool { return v == want || strings.HasPrefix(v, want+"-") })
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
	terms := make([]string, len(values))
	for i, v := range values {
		terms[i] = key(tag, v)
	}
	if slices.Contains(singleTags, tag) && s.until == math.MaxInt64 {
		of, err := s.view.filters.get(strings.Join(terms, "\x00"), func() (bitset, error) {
			found, err := s.with(fieldKey, s.view.current, terms...)
			return slices.Clone(found), err
		})
		if err != nil || s.all(within) {
			return of, err
		}
		out, _ := s.set()
		for i := range out {
			out[i] = of[i] & within[i]
		}
		return out, nil
	}
	return s.with(fieldKey, within, terms...)
}

// all reports whether a set is that of all that can be found now.
func (s *search) all(set bitset) bool { return len(set) > 0 && &set[0] == &s.view.current[0] }

// filters are the sets of an outlet, a section and such that were asked for since the index changed: what one leafs
// through by is asked for again. They are not to be changed.
type filters struct {
	mu sync.Mutex
	by map[string]bitset
}

// mostFilters is how many of them are kept, of a bit for each document.
const mostFilters = 32

func (f *filters) get(name string, find func() (bitset, error)) (bitset, error) {
	f.mu.Lock()
	b, ok := f.by[name]
	f.mu.Unlock()
	if ok {
		return b, nil
	}
	b, err := find()
	if err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.by == nil || len(f.by) >= mostFilters {
		f.by = map[string]bitset{}
	}
	f.by[name] = b
	return b, nil
}

// fewDocuments is how many are quicker looked at one by one than as sets.
const fewDocuments = 256

// daysOf are the first and the last day of a range.
func daysOf(r language.DateRange) (first, last int32) {
	first, last = undatedDay+1, math.MaxInt32
	if d, ok := dayNumber(r.First); ok {
		first = d
	}
	if d, ok := dayNumber(r.Last); ok {
		last = d
	}
	return first, last
}

// dates matches articles whose days, as far as they are known, have one in
// common with the range: an article of May 2021 is one of date:2021 and of
// date:2021-05-07.
func (s *search) dates(r language.DateRange, within bitset) (bitset, error) {
	first, last := daysOf(r)
	out := s.empty()
	few := within.upTo(fewDocuments) < fewDocuments
	for i := range s.view.segments {
		seg := &s.view.segments[i]
		if err := s.check(); err != nil {
			return nil, err
		}
		part := seg.of(out)
		if !few {
			seg.between(first, last, part)
			continue
		}
		for _, d := range seg.of(within).appendTo(nil) {
			if seg.first[d] != undatedDay && seg.first[d] <= last && seg.last[d] >= first {
				part.add(d)
			}
		}
	}
	out.and(within)
	return out, nil
}
