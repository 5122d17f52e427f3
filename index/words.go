package index

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	language "backfile/internal/search"
)

// posting are the documents of one segment that have a stem in one class.
type posting struct {
	segment int
	class   class
	docs    *roaring.Bitmap
}

// leaf is one thing of a query that adds to scores: a word, with its postings; or a phrase,
// with its documents and what they score before its rarity; or what all of some documents
// have alike.
type leaf struct {
	rarity   float32
	postings []posting
	overlap  bool // a document may be in several postings: the best of them counts
	docs     []uint32
	weights  []float32
	flat     bitset
}

// stems are the different stems of a word in the languages of the archive: one
// text is stemmed in its own language, and nobody knows which one a reader has in
// mind.
func (v *view) stems(folded string) []string {
	var out []string
	for _, l := range v.languages {
		st := folded
		if l != "" {
			st = Stem(l, folded)
		}
		if st = term(st); !slices.Contains(out, st) {
			out = append(out, st)
		}
	}
	return out
}

// classes are the postings of the stems in the classes that have all of want, and the
// number of documents in them.
func (s *search) classes(stems []string, want class) (out []posting, df int, err error) {
	for i := range s.view.segments {
		seg := &s.view.segments[i]
		for _, st := range stems {
			lo := append([]byte(st), classMarker)
			hi := append([]byte(st), classMarker+1)
			err := eachTerm(seg.Segment(), fieldStem, nil, lo, hi, func(t string, dict segment.TermDictionary) (bool, error) {
				c := class(t[len(t)-1])
				if len(t) != len(lo)+1 || c&want != want {
					return true, nil
				}
				m, err := postingsIn(dict, fieldStem, t)
				if err != nil {
					return false, err
				}
				out = append(out, posting{i, c, m})
				df += seg.frequency(m)
				return true, nil
			})
			if err != nil {
				return nil, 0, err
			}
		}
	}
	return out, df, nil
}

// words matches text: one word by its stem, several (COVID-19) as a phrase.
func (s *search) words(text string, want class, in pieces, within bitset) (bitset, error) {
	terms := language.Terms(text)
	if len(terms) != 1 {
		return s.phrase(terms, in, within)
	}
	stems := s.view.stems(term(terms[0]))
	all, df, err := s.classes(stems, want)
	if err != nil {
		return nil, err
	}
	out := s.empty()
	for _, p := range all {
		seg := &s.view.segments[p.segment]
		seg.of(out).addAll(p.docs, s.room[:seg.words()])
	}
	out.and(within)
	if s.scoring() {
		s.leaves = append(s.leaves, leaf{rarity: float32(rarity(df, s.view.found)), postings: all, overlap: len(stems) > 1})
	}
	return out, nil
}

// frequencyOf is about how many documents have a word: what it costs to look for.
func (s *search) frequencyOf(text string) (int64, error) {
	terms := language.Terms(text)
	if len(terms) != 1 {
		return costOfPhrase, nil
	}
	_, df, err := s.classes(s.view.stems(term(terms[0])), anyClass)
	return int64(df), err
}

// form matches the documents with a folded word as it is.
func (s *search) form(word string, within bitset) (bitset, error) {
	out, err := s.with(fieldWord, within, word)
	if err != nil || !s.scoring() {
		return out, err
	}
	// What it counts for where is known of all its forms together.
	all, _, err := s.classes(s.view.stems(word), anyClass)
	if err != nil {
		return nil, err
	}
	df := out.count()
	s.leaves = append(s.leaves, leaf{rarity: float32(rarity(df, s.view.found)), postings: all, overlap: true})
	return out, nil
}
