package index

import (
	"slices"
	"sync"

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
		st := folded
		if l != "" {
			st = Stem(l, folded)
		}
		st = term(st)
		if i := slices.IndexFunc(out, func(s stem) bool { return s.stem == st }); i >= 0 {
			out[i].languages = append(out[i].languages, l)
		} else {
			out = append(out, stem{st, []string{l}})
		}
	}
	return out
}

// classes are the postings of the stems in the classes that have all of want, and the
// number of documents in them.
func (s *search) classes(stems []stem, want class) (out []posting, df int, err error) {
	for i := range s.view.segments {
		seg := &s.view.segments[i]
		for _, st := range stems {
			all, err := seg.classesOf(fieldStem, st.stem)
			if err != nil {
				return nil, 0, err
			}
			for _, c := range all {
				if c.class&want == want && slices.Contains(st.languages, c.language) {
					out = append(out, posting{i, c.class, c.docs})
					df += seg.frequency(c.docs)
				}
			}
		}
	}
	return out, df, nil
}

// classOf is one class of a word, or of an entity, in a segment.
type classOf struct {
	class    class
	language string
	docs     *roaring.Bitmap
}

// classesOf are the classes that s is in. The latest asked for are kept: what one asks for is
// narrowed, leafed through and asked for again.
func (s *viewSegment) classesOf(field, word string) (out []classOf, err error) {
	name := field + " " + word
	if out, ok := s.recent.get(name); ok {
		return out, nil
	}
	lo, hi := append([]byte(word), classMarker), append([]byte(word), classMarker+1)
	err = eachTerm(s.Segment(), field, nil, lo, hi, func(t string, dict segment.TermDictionary) (bool, error) {
		if len(t) <= len(lo) {
			return true, nil
		}
		m, err := postingsIn(dict, field, t)
		out = append(out, classOf{class(t[len(lo)]), t[len(lo)+1:], m})
		return err == nil, err
	})
	if err != nil {
		return nil, err
	}
	s.recent.put(name, out)
	return out, nil
}

// recent keeps classes of words that were asked for. The bitmaps lie in the segment, which is
// open as long as a view has its columns.
type recent struct {
	mu    sync.Mutex
	words map[string][]classOf
	size  int // bitmaps
}

// mostRecent is about how many bitmaps are kept: some megabytes of a large segment.
const mostRecent = 4000

func (r *recent) get(name string) ([]classOf, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	out, ok := r.words[name]
	return out, ok
}

func (r *recent) put(name string, all []classOf) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.words == nil || r.size > mostRecent {
		r.words, r.size = map[string][]classOf{}, 0
	}
	r.words[name] = all
	r.size += len(all) + 1
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
		s.leaves = append(s.leaves, leaf{rarity: float32(rarity(df, s.view.found)), postings: all})
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
	s.leaves = append(s.leaves, leaf{rarity: float32(rarity(df, s.view.found)), postings: all})
	return out, nil
}
