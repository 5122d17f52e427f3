package index

import (
	"math"
	"slices"

	language "backfile/internal/search"
)

// The BM25 formula's constants, and how many times over a word counts that
// stands in a headline or beside the body.
const (
	k1             = 1.2
	b              = 0.75
	headlineWeight = 4
	restWeight     = 1.5
)

// where is a set of text fields to look in.
type where []place

type place struct {
	stems, exact string
	weight       float32
}

var (
	inBody     = place{fieldBody, fieldBodyExact, 1}
	inHeadline = place{fieldHeadline, fieldHeadlineExact, headlineWeight}
	inRest     = place{fieldRest, fieldRestExact, restWeight}
	inByline   = place{"", fieldByline, 1}
	inDateline = place{"", fieldDateline, 1}
	inURL      = place{"", fieldURL, 1}

	anyText = where{inBody, inHeadline, inRest}
)

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
		if !slices.Contains(out, st) {
			out = append(out, st)
		}
	}
	return out
}

// words matches text: one word by its stem, several (COVID-19) as a phrase.
func (s *search) words(text string, in where, within bitset) (bitset, error) {
	terms := language.Terms(text)
	if len(terms) != 1 {
		return s.phrase(terms, in, within)
	}
	w := newWeights(s, within)
	df := 0
	for _, p := range in {
		field, stems := p.stems, s.view.stems(term(terms[0]))
		if field == "" {
			field, stems = p.exact, []string{term(terms[0])}
		}
		for _, st := range stems {
			n, err := w.add(field, st, p.weight)
			if err != nil {
				return nil, err
			}
			df += n
		}
	}
	return w.done(df, 1), nil
}

// frequency is about how many documents have a word: what it costs to look for.
func (s *search) frequency(text string) (int64, error) {
	terms := language.Terms(text)
	if len(terms) != 1 {
		return math.MaxInt32, nil // a phrase
	}
	n := int64(0)
	for _, st := range s.view.stems(term(terms[0])) {
		c, err := s.view.count(fieldBody, st)
		if err != nil {
			return 0, err
		}
		n += int64(c)
	}
	return min(n, math.MaxInt32), nil
}

// weights gathers how much of one word each document has, over fields.
type weights struct {
	s      *search
	within bitset
	out    bitset
	docs   []uint32
}

func newWeights(s *search, within bitset) *weights {
	return &weights{s: s, within: within, out: newBitset(s.view.docs)}
}

// add looks a term up in a field, and returns the number of documents that have
// it there.
func (w *weights) add(field, term string, weight float32) (df int, err error) {
	s := w.s
	scoring := s.scoring()
	err = s.each(field, term, scoring, w.within, func(d uint32, freq int) {
		w.out.add(d)
		if scoring {
			w.weigh(d, field, weight*float32(freq))
		}
	})
	if err == nil && scoring {
		df, err = s.view.count(field, term)
	}
	return df, err
}

// weigh counts occurrences; those in a long body count less.
func (w *weights) weigh(d uint32, field string, n float32) {
	s := w.s
	if field == fieldBody || field == fieldBodyExact {
		n /= s.view.lengths[d]
	}
	if s.tf[d] == 0 {
		w.docs = append(w.docs, d)
	}
	s.tf[d] += n
}

// done turns what was gathered into scores: BM25 over the fields together, for
// a word that df documents have.
func (w *weights) done(df int, boost float64) bitset {
	s := w.s
	if !s.scoring() {
		return w.out
	}
	n := float64(s.view.found)
	idf := boost * math.Log1p((n-min(float64(df), n)+0.5)/(float64(df)+0.5))
	for _, d := range w.docs {
		tf := float64(s.tf[d])
		s.scores[d] += float32(idf * tf * (k1 + 1) / (tf + k1))
		s.tf[d] = 0
	}
	return w.out
}
