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

// A piece is one text of a document: phrases do not reach from one into the next. Its kind
// is the marker that it begins with in the texts file.
type piece struct {
	kind  byte
	folds []string
}

// The kinds of pieces. Those that searches of any text look at come first.
const (
	pieceHeadline byte = iota + 1
	pieceStandfirst
	pieceCaption
	pieceByline
	pieceDateline
	pieceBody
	pieceURL    // and those that only fields look at
	pieceLost   // what the version took out of the one before it
	pieceGained // and what it put in
)

// pieces is a set of kinds.
type pieces uint16

func of(kinds ...byte) (p pieces) {
	for _, k := range kinds {
		p |= 1 << k
	}
	return p
}

func (p pieces) has(kind byte) bool { return p>>kind&1 == 1 }

var anyText = of(pieceHeadline, pieceStandfirst, pieceCaption, pieceByline, pieceDateline, pieceBody)

// folded are the words of s as searches know them.
func folded(s string) (out []string) {
	for t := range text.Terms(s) {
		out = append(out, term(t.Fold))
	}
	return out
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

// terms is a field of terms, each with the documents that have it and nothing else.
func terms(name string, all []string, more ...bleveindex.FieldIndexingOptions) *field {
	f := &field{name: name, options: bleveindex.IndexField | bleveindex.SkipFreqNorm, length: len(all), freqs: make(bleveindex.TokenFrequencies, len(all))}
	for _, o := range more {
		f.options |= o
	}
	spare := make([]bleveindex.TokenFreq, len(all))
	size := 0
	for _, s := range all {
		size += len(s)
	}
	bytes := make([]byte, 0, size)
	for i, s := range all {
		at := len(bytes)
		bytes = append(bytes, s...)
		spare[i].Term = bytes[at:len(bytes):len(bytes)]
		f.freqs[s] = &spare[i]
	}
	return f
}
