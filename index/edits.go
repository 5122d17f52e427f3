package index

import (
	"math"

	"backfile/internal/news"
	language "backfile/internal/search"
)

// A document of a version that changed something has, beside its own text, what it
// took from the version before it and what it put in: the words, as stems with their language and, behind
// exactWord, as they are; and the stretches of text, for phrases, with their words behind
// inStretch.
const (
	exactWord = "="
	inStretch = "~"
)

// maxEditWords bounds the words of one edit on each side.
const maxEditWords = 20_000

// edited adds the fields of one side of an edit.
func (d *document) edited(name string, kind byte, texts, words []string, lang string) {
	var all []string
	for i, w := range words {
		if i == maxEditWords {
			break
		}
		if w != "" {
			all = append(all, inLanguage(term(Stem(lang, w)), stemLanguage(lang)), exactWord+term(w))
		}
	}
	left := maxEditWords
	for _, s := range texts {
		folds := folded(s)
		folds = folds[:min(len(folds), left)]
		left -= len(folds)
		d.piece(kind, folds)
		for _, w := range folds {
			all = append(all, inStretch+w)
		}
	}
	if len(all) > 0 {
		d.fields = append(d.fields, terms(name, all))
	}
}

// edited matches articles of which some version known by then made an edit with the
// words: one word in any of its forms, one in quotation marks as it is, several as a
// phrase. It adds nothing to a score.
func (s *search) edited(f language.Field, field string, kind byte, within bitset) (bitset, error) {
	words := language.Terms(f.Value)
	if len(words) == 0 {
		return within, nil
	}
	stretch := make([]string, len(words))
	for i, w := range words {
		words[i] = term(w)
		stretch[i] = inStretch + words[i]
	}
	// A version that made an edit may be any, and stands for its article only if it is
	// the one searched.
	all := s.empty()
	for i := range all {
		all[i] = math.MaxUint64
	}
	s.quiet++
	var made bitset
	var err error
	switch {
	case len(words) > 1:
		if made, err = s.withAll(field, stretch, all); err == nil {
			made, err = s.rowSet(words, of(kind), s.members(made), some)
		}
	case f.Phrase:
		made, err = s.with(field, all, exactWord+words[0])
	default:
		var forms []string
		for _, st := range s.view.stems(words[0]) {
			for _, l := range st.languages {
				forms = append(forms, inLanguage(st.stem, l))
			}
		}
		made, err = s.with(field, all, forms...)
	}
	s.quiet--
	if err != nil {
		return nil, err
	}
	out := s.empty()
	for i := range s.view.segments {
		seg := &s.view.segments[i]
		deleted := seg.Deleted()
		for _, d := range seg.of(made).appendTo(nil) {
			if deleted == nil || !deleted.Contains(d) {
				s.addEdited(out, within, seg.base+d)
			}
		}
	}
	return out, nil
}

// inLanguage is the term of a stem of a language.
func inLanguage(stem, language string) string { return stem + string([]byte{classMarker}) + language }

// addEdited adds the article of document d, whose version made an edit, to out, by the
// document of within that stands for it; and remembers which edit that was, unless
// it is one that must not be.
func (s *search) addEdited(out, within bitset, d uint32) {
	if s.view.number(d).captured >= s.until {
		return
	}
	seg := s.view.segmentOf(d)
	for _, e := range s.view.versions()[seg.ids.at(d-seg.base)] {
		if !within.has(e) || !s.base.has(e) {
			continue
		}
		out.add(e)
		if s.quiet > 0 {
			return
		}
		if s.edits == nil {
			s.edits = map[uint32]uint32{}
		}
		if old, ok := s.edits[e]; !ok || s.view.number(old).nth < s.view.number(d).nth {
			s.edits[e] = d
		}
		return
	}
}

// editBy are the numbers of the version of document d and of the one before it.
func (v *view) editBy(d uint32) (n, of int) {
	seg := v.segmentOf(d)
	made := seg.numbers[d-seg.base]
	for _, e := range v.versions()[seg.ids.at(d-seg.base)] {
		if x := v.number(e); x.nth == made.nth-1 {
			of = int(x.version)
		}
	}
	return int(made.version), of
}

// versions are the documents of each article that has more than one.
func (v *view) versions() map[news.ArticleID][]uint32 {
	v.revise.Do(func() {
		v.revised = map[news.ArticleID][]uint32{}
		for i := range v.segments {
			seg := &v.segments[i]
			deleted := seg.Deleted()
			for d := range seg.n {
				if n := &seg.numbers[d]; (n.nth > 0 || !n.current) && (deleted == nil || !deleted.Contains(uint32(d))) {
					id := seg.ids.at(uint32(d))
					v.revised[id] = append(v.revised[id], seg.base+uint32(d))
				}
			}
		}
	})
	return v.revised
}
