package index

import (
	"unicode/utf8"

	"backfile/internal/text"

	bleveindex "github.com/blevesearch/bleve_index_api"
)

// maxTermBytes bounds a term, so that a page of encoded data does not fill the
// dictionary with lines that nobody types.
const maxTermBytes = 64

func term(s string) string {
	if len(s) <= maxTermBytes {
		return s
	}
	cut := maxTermBytes
	for !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut]
}

// gap parts the pieces of one field (two captions, say), so that no phrase
// matches across them.
const gap = 1000

// words are the tokens of one field, piece after piece, with their positions.
type words struct {
	folds     []string
	positions []int
}

func (w *words) add(s string) {
	pos := 0
	if n := len(w.positions); n > 0 {
		pos = w.positions[n-1] + gap
	}
	for t := range text.Terms(s) {
		pos++
		w.folds = append(w.folds, term(t.Fold))
		w.positions = append(w.positions, pos)
	}
}

// field is a field of a document that is already analysed: Bleve's analysis
// queue finds nothing left to do. It implements Bleve's Field.
type field struct {
	name    string
	options bleveindex.FieldIndexingOptions
	length  int
	freqs   bleveindex.TokenFrequencies
	value   []byte
}

func (f *field) Name() string                                          { return f.name }
func (f *field) Value() []byte                                         { return f.value }
func (f *field) ArrayPositions() []uint64                              { return nil }
func (f *field) EncodedFieldType() byte                                { return 't' }
func (f *field) Analyze()                                              {}
func (f *field) Options() bleveindex.FieldIndexingOptions              { return f.options }
func (f *field) AnalyzedLength() int                                   { return f.length }
func (f *field) AnalyzedTokenFrequencies() bleveindex.TokenFrequencies { return f.freqs }
func (f *field) NumPlainTextBytes() uint64                             { return 0 }

// stemmed is the field of the words' stems: how often each stands there, and not
// where.
func (w *words) stemmed(name string, stem func(string) string) *field {
	return w.field(name, bleveindex.IndexField, stem)
}

// exact is the field of the words as they are, with their positions. Byte
// offsets are left out: highlights are cut from the store's text.
func (w *words) exact(name string) *field {
	f := w.field(name, bleveindex.IndexField|bleveindex.IncludeTermVectors, func(s string) string { return s })
	// One array for all locations, handed out in stretches a term.
	locs := make([]bleveindex.TokenLocation, len(w.folds))
	ptrs := make([]*bleveindex.TokenLocation, len(w.folds))
	next := 0
	for i, s := range w.folds {
		tf := f.freqs[s]
		if tf.Locations == nil {
			tf.Locations = ptrs[next : next : next+tf.Frequency()]
			next += tf.Frequency()
		}
		locs[i].Position = w.positions[i]
		tf.Locations = append(tf.Locations, &locs[i])
	}
	return f
}

func (w *words) field(name string, o bleveindex.FieldIndexingOptions, form func(string) string) *field {
	f := &field{name: name, options: o, length: len(w.folds), freqs: make(bleveindex.TokenFrequencies, len(w.folds)/2+1)}
	spare := make([]bleveindex.TokenFreq, len(w.folds))
	for i, s := range w.folds {
		s = form(s)
		tf := f.freqs[s]
		if tf == nil {
			tf = &spare[i]
			tf.Term = []byte(s)
			f.freqs[s] = tf
		}
		tf.SetFrequency(tf.Frequency() + 1)
	}
	return f
}

// keywords is a field of whole terms, kept for reading back by document too.
func keywords(name string, terms []string) *field {
	f := &field{name: name, options: bleveindex.IndexField | bleveindex.DocValues | bleveindex.SkipFreqNorm,
		length: len(terms), freqs: make(bleveindex.TokenFrequencies, len(terms))}
	for _, s := range terms {
		f.freqs[s] = &bleveindex.TokenFreq{Term: []byte(s)}
	}
	return f
}
