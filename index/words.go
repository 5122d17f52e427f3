package index

import (
	"slices"

	language "backfile/internal/search"
)

// posting are the documents of one segment with a stem, or which name an entity.
type posting struct {
	segment int
	list    postingsList
}

// same reports whether two are of one stem and segment.
func (p posting) same(o posting) bool {
	return p.segment == o.segment && len(p.list.classes) > 0 && len(o.list.classes) > 0 && &p.list.classes[0] == &o.list.classes[0]
}

// leaf is one thing of a query that adds to scores: a word, with its postings; or a phrase,
// with its documents and what they score before its rarity; or what all of some documents
// have alike.
type leaf struct {
	rarity   float32
	want     class // what is of no class with all of it counts for nothing
	postings []posting
	overlap  bool // a document may be in several postings: the best of them counts
	docs     []uint32
	weights  []float32
	flat     bitset
}

// values are what a document of each class scores.
func (l *leaf) values() *values {
	var v values
	for i := range v {
		if c := class(i); c&l.want == l.want {
			v[i] = l.rarity * levelScores[c&levelMask]
		}
	}
	return &v
}

// stem is a stem with the languages in which it is one of the word looked for.
type stem struct {
	stem      string
	languages []string
}

// stems are the different stems of a word in the languages of the archive: nobody knows
// which one a reader has in mind, but a text is stemmed in its own. In a text of another
// language the same letters are another word: an Italian stem of Zuma is zum, which most
// German texts have.
func (v *view) stems(folded string) []stem {
	var out []stem
	for _, l := range v.languages {
		st := stemIn(l, folded)
		if i := slices.IndexFunc(out, func(s stem) bool { return s.stem == st }); i >= 0 {
			out[i].languages = append(out[i].languages, l)
		} else {
			out = append(out, stem{st, []string{l}})
		}
	}
	return out
}

// stemIn is the stem of a folded word in a language as stemLanguage has it, as the index keeps it.
func stemIn(lang, folded string) string {
	if lang == "" {
		return term(folded)
	}
	return term(Stem(lang, folded))
}

// postings are those of a folded word in any of its forms. No document is in two of them.
func (v *view) postings(folded string) (out []posting) {
	for _, l := range v.languages {
		hash := hashOf(stemIn(l, folded), l)
		for i := range v.segments {
			if found, ok := v.segments[i].impacts.find(hash); ok {
				out = append(out, posting{i, found})
			}
		}
	}
	return out
}

// known is a word with its postings.
type known struct {
	word     string
	postings []posting
}

// postings are those of a folded word in any of its forms, which a search looks for once.
func (s *search) postings(folded string) []posting {
	if i := slices.IndexFunc(s.known, func(k known) bool { return k.word == folded }); i >= 0 {
		return s.known[i].postings
	}
	all := s.view.postings(folded)
	s.known = append(s.known, known{folded, all})
	return all
}

// those are the documents of the postings that are in within.
func (s *search) those(all []posting, within bitset) bitset {
	out, _ := s.set()
	for i := range s.view.segments {
		seg := &s.view.segments[i]
		part, room := seg.of(out), bitset(nil)
		for j := range all {
			switch {
			case all[j].segment != i:
			case room == nil:
				all[j].list.within(part, seg.of(within))
				room = part
			default: // in another language
				room = s.room(seg)
				all[j].list.within(room, seg.of(within))
				part.or(room)
			}
		}
		if room == nil {
			clear(part)
		}
	}
	return out
}

// any adds the documents of the postings whose class has all of want.
func (s *search) any(all []posting, want class) bitset {
	out := s.empty()
	var v *values
	if want != anyClass {
		v = (&leaf{rarity: 1, want: want}).values()
	}
	for i := range all {
		p := &all[i]
		part := s.view.segments[p.segment].of(out)
		if v == nil {
			p.list.addTo(part)
		} else {
			p.list.each(v, func(d uint32, _ float32) { part.add(d) })
		}
	}
	return out
}

// frequency is how many documents that are not deleted are in postings, of any class of want; in
// several of them, where they overlap. found are these documents, nil where they were not looked for.
func (s *search) frequency(all []posting, want class, overlap bool, found bitset) (n int) {
	if s.view.deleted == nil && want == anyClass && !overlap {
		for i := range all {
			n += all[i].list.n
		}
		return n
	}
	if found == nil {
		if docs, ok := s.fewOf(all, want); ok {
			return len(docs)
		}
		found = s.any(all, want)
	}
	return s.view.living(found)
}

// fewOf are the documents of postings that are not deleted, of any class of want; ok is false where these are many.
func (s *search) fewOf(all []posting, want class) (docs []uint32, ok bool) {
	n := 0
	for i := range all {
		n += all[i].list.n
	}
	if n > s.few() {
		return nil, false
	}
	v := (&leaf{rarity: 1, want: want}).values()
	for i := range all {
		base := s.view.segments[all[i].segment].base
		all[i].list.each(v, func(d uint32, _ float32) {
			if s.view.deleted == nil || !s.view.deleted.has(base+d) {
				docs = append(docs, base+d)
			}
		})
	}
	slices.Sort(docs)
	return slices.Compact(docs), true
}

// whole reports whether a set has every document there is.
func (s *search) whole(set bitset) bool {
	return len(set) > 0 && &set[0] == &s.view.current[0] && s.view.found == s.view.all
}

// words matches text: one word by its stem, several (COVID-19) as a phrase.
func (s *search) words(text string, want class, in pieces, within bitset) (bitset, error) {
	terms := language.Terms(text)
	if len(terms) != 1 {
		return s.phrase(terms, in, within)
	}
	all := s.postings(term(terms[0]))
	if want == anyClass && (!s.scoring() || s.view.deleted == nil) {
		out := s.those(all, within)
		if s.scoring() {
			s.leaves = append(s.leaves, leaf{rarity: float32(rarity(s.frequency(all, want, false, nil), s.view.found)), want: want, postings: all})
		}
		return out, nil
	}
	out := s.any(all, want)
	if s.scoring() {
		s.leaves = append(s.leaves, leaf{rarity: float32(rarity(s.frequency(all, want, false, out), s.view.found)), want: want, postings: all})
	}
	if !s.whole(within) {
		out.and(within)
	}
	return out, nil
}

// frequencyOf is about how many documents have a word: what it costs to look for.
func (s *search) frequencyOf(text string) (n int64) {
	terms := language.Terms(text)
	if len(terms) != 1 {
		return costOfPhrase
	}
	for _, p := range s.postings(term(terms[0])) {
		n += int64(p.list.n)
	}
	return n
}

// form matches the documents with a folded word as it is.
func (s *search) form(word string, within bitset) (bitset, error) {
	out, err := s.with(fieldWord, within, word)
	if err != nil || !s.scoring() {
		return out, err
	}
	// What it counts for where is known of all its forms together.
	s.leaves = append(s.leaves, leaf{rarity: float32(rarity(out.count(), s.view.found)), postings: s.view.postings(word)})
	return out, nil
}
