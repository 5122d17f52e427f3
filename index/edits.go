package index

import (
	"backfile/internal/news"
	language "backfile/internal/search"

	bleveindex "github.com/blevesearch/bleve_index_api"
)

// A document of a version that changed something has, beside its own text, what it
// took from the version before it and what it put in: the words, as stems and, behind
// exactWord, as they are; and the stretches of text with their positions, for phrases.
const exactWord = "="

// maxEditWords bounds the words of one edit on each side.
const maxEditWords = 20_000

// edited adds the fields of one side of an edit.
func (d *document) edited(name, exact string, texts, folded []string, stem func(string) string) {
	terms := bleveindex.TokenFrequencies{}
	for i, w := range folded {
		if i == maxEditWords {
			break
		}
		for _, t := range []string{term(stem(w)), exactWord + term(w)} {
			if t != "" {
				terms[t] = &bleveindex.TokenFreq{Term: []byte(t)}
			}
		}
	}
	if len(terms) > 0 {
		d.fields = append(d.fields, &field{name: name, options: bleveindex.IndexField | bleveindex.SkipFreqNorm, length: len(terms), freqs: terms})
	}
	var w words
	for _, s := range texts {
		if len(w.folds) > maxEditWords {
			w.folds, w.positions = w.folds[:maxEditWords], w.positions[:maxEditWords]
			break
		}
		w.add(s)
	}
	if len(w.folds) > 0 {
		d.fields = append(d.fields, w.exact(exact))
	}
}

// edited matches articles of which some version known by then made an edit with the
// words: one word in any of its forms, one in quotation marks as it is, several as a
// phrase. It adds nothing to a score.
func (s *search) edited(f language.Field, name, exact string, within bitset) (bitset, error) {
	terms := language.Terms(f.Value)
	if len(terms) == 0 {
		return within, nil
	}
	for i, t := range terms {
		terms[i] = term(t)
	}
	out := newBitset(s.view.docs)
	found := func(d uint32, _ int) { s.addEdited(out, within, d) }
	if len(terms) > 1 {
		return out, s.occurrences(exact, terms, nil, found)
	}
	forms := []string{exactWord + terms[0]}
	if !f.Phrase {
		forms = s.view.stems(terms[0])
	}
	for _, t := range forms {
		if err := s.each(name, t, false, nil, found); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// addEdited adds the article of document d, whose version made an edit, to out, by the
// document of within that stands for it; and remembers which edit that was, unless
// it is one that must not be.
func (s *search) addEdited(out, within bitset, d uint32) {
	if s.view.number(d).captured >= s.until {
		return
	}
	seg := s.view.segmentOf(d)
	for _, e := range s.view.versions()[seg.ids[d-seg.base]] {
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
	for _, e := range v.versions()[seg.ids[d-seg.base]] {
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
					id := seg.ids[d]
					v.revised[id] = append(v.revised[id], seg.base+uint32(d))
				}
			}
		}
	})
	return v.revised
}
