package index

import (
	"fmt"
	"iter"
	"maps"
	neturl "net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"backfile/internal/news"
	language "backfile/internal/search"
	"backfile/internal/text"

	bleveindex "github.com/blevesearch/bleve_index_api"
	"golang.org/x/text/unicode/norm"
)

// The fields of a document.
const (
	fieldWord   = "word"   // the folded words of all its texts
	fieldURL    = "url"    // the words of its address
	fieldLost   = "lost"   // what the version changed of the one before it: see edits.go
	fieldGained = "gained" // the same
	fieldKey    = "key"    // see keys.go
	fieldNamed  = "named"  // whom and what it names, each with its class: see mention.go
	fieldID     = "_id"
)

// document is one version of an article for Bleve. It implements Bleve's
// Document.
type document struct {
	id      string
	fields  []*field
	pieces  []piece
	keys    []string
	numbers numbers
}

func (d *document) ID() string                                      { return d.id }
func (d *document) Size() int                                       { return 0 }
func (d *document) VisitComposite(bleveindex.CompositeFieldVisitor) {}
func (d *document) HasComposite() bool                              { return false }
func (d *document) NumPlainTextBytes() uint64                       { return 0 }
func (d *document) StoredFieldsBytes() uint64                       { return 0 }
func (d *document) Indexed() bool                                   { return true }
func (d *document) VisitFields(visit bleveindex.FieldVisitor) {
	for _, f := range d.fields {
		visit(f)
	}
}

// AddIDField adds the field that Bleve knows a document by, the only one whose
// value is stored.
func (d *document) AddIDField() {
	d.fields = append(d.fields, &field{
		name: fieldID, options: bleveindex.IndexField | bleveindex.StoreField | bleveindex.SkipFreqNorm, length: 1, value: []byte(d.id),
		freqs: bleveindex.TokenFrequencies{d.id: {Term: []byte(d.id)}},
	})
}

// documentID names the document of version n of an article.
func documentID(id news.ArticleID, n int) string { return string(id) + "/" + strconv.Itoa(n) }

// newDocument analyses a version, before which nth others of the article were captured; edit
// is what it changed, or nil. It lacks its key, which says where its text is: see finish.
func newDocument(id news.ArticleID, v *news.Version, nth int, edit *news.Edit) *document {
	a := &v.Article
	d := &document{id: documentID(id, v.N)}
	bodyWords, headlineWords := 0, 0
	for kind, text := range piecesOf(a) {
		folds := folded(text)
		d.piece(kind, folds)
		switch kind {
		case pieceBody:
			bodyWords = len(folds)
		case pieceHeadline:
			headlineWords = len(folds)
		}
	}
	d.words()
	d.mentions(a, bodyWords, headlineWords)
	if parts := urlParts(a.URL); len(parts) > 0 {
		d.piece(pieceURL, parts)
		d.fields = append(d.fields, terms(fieldURL, parts))
	}
	if edit != nil {
		d.edited(fieldLost, pieceLost, edit.Lost, edit.LostWords, a.Language)
		d.edited(fieldGained, pieceGained, edit.Gained, edit.GainedWords, a.Language)
	}
	d.keys, d.numbers = keysOf(id, v, nth, bodyWords)
	return d
}

// piecesOf are an article's texts, each with its kind, in the order of the kinds.
func piecesOf(a *news.Article) iter.Seq2[byte, string] {
	return func(yield func(byte, string) bool) {
		if !yield(pieceHeadline, a.Headline) || !yield(pieceStandfirst, a.Standfirst) {
			return
		}
		for _, i := range a.Images {
			if !yield(pieceCaption, i.Caption) {
				return
			}
		}
		_ = yield(pieceByline, a.Byline) && yield(pieceDateline, a.Dateline) && yield(pieceBody, a.Body)
	}
}

func (d *document) piece(kind byte, folds []string) {
	if len(folds) > 0 {
		d.pieces = append(d.pieces, piece{kind, folds})
	}
}

// words adds the field of the words in its pieces so far, which are those of any text. In which
// forms and where they stand the index finds out from the text: see invert.
func (d *document) words() {
	found := map[string]bool{}
	for _, p := range d.pieces {
		for _, w := range p.folds {
			found[w] = true
		}
	}
	if len(found) > 0 {
		d.fields = append(d.fields, terms(fieldWord, slices.Collect(maps.Keys(found))))
	}
}

// classed is the term of an entity's key in a class.
func classed(key string, c class) string { return key + string([]byte{classMarker, byte(c)}) }

// unknown counts the words of the document that have no number yet.
func (d *document) unknown(v *vocabulary, fresh map[string]int) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	for _, p := range d.pieces {
		for _, w := range p.folds {
			if _, ok := v.find(w); !ok {
				fresh[w]++
			}
		}
	}
}

// code is the document's text for the texts file.
func (d *document) code(v *vocabulary) (out []byte, err error) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	for _, p := range d.pieces {
		out = append(out, p.kind)
		for _, w := range p.folds {
			n, ok := v.find(w)
			if !ok {
				return nil, fmt.Errorf("the word %q has no number", w)
			}
			out = appendCode(out, n)
		}
	}
	return out, nil
}

// finish adds the key of the document whose text is at that offset.
func (d *document) finish(at int64) {
	d.numbers.text = at
	d.fields = append(d.fields, terms(fieldKey, append(d.keys, d.numbers.key()), bleveindex.DocValues))
}

// urlParts are an address's words, without its scheme: a site, a path or any run
// of either is a phrase of them. What is written as %C3%A4 is the same as ä.
func urlParts(url string) []string {
	if _, rest, ok := strings.Cut(url, "://"); ok {
		url = rest
	}
	if plain, err := neturl.PathUnescape(url); err == nil && utf8.ValidString(plain) {
		url = norm.NFC.String(plain)
	}
	parts := strings.FieldsFunc(strings.ToLower(url), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i, p := range parts {
		parts[i] = term(p)
	}
	return parts
}

// keysOf are the version's keys, and its numbers, which lack where its text is: see keys.go.
func keysOf(id news.ArticleID, v *news.Version, nth, bodyWords int) (keys []string, n numbers) {
	a := &v.Article
	keys = []string{key(tagArticle, string(id))}
	add := func(tag byte, s string) {
		if s != "" {
			keys = append(keys, key(tag, s))
		}
	}
	seen := map[news.EntityID]bool{}
	entity := func(k news.Kind, id news.EntityID) {
		if !seen[id] {
			seen[id] = true
			add(tagOf(k), string(id))
		}
	}
	for _, k := range news.Kinds {
		for _, e := range a.Entities(k) {
			entity(k, e.ID)
		}
	}
	for _, m := range a.Mentions {
		if m.Entity != "" && m.Counts() && m.Kind.Valid() {
			entity(m.Kind, m.Entity)
		}
	}
	if a.Outlet != nil {
		add(tagOutlet, a.Outlet.Slug)
	}
	add(tagLanguage, strings.ToLower(a.Language))
	add(tagSection, text.Fold(a.Section))
	add(tagAgency, text.Fold(a.Agency))
	add(tagFamily, string(v.Family))
	if language.Supplied(a) {
		add(tagIs, isWire)
	}
	for _, what := range language.Has(a) {
		add(tagHas, what)
	}
	for _, id := range language.Speakers(a) {
		add(tagSaid, string(id))
	}
	lacks := lacking(a)
	for _, what := range lacks {
		add(tagIs, what)
	}
	if len(lacks) > 0 {
		add(tagOrigin, originOf(a))
	}
	for _, twin := range twins(v) {
		add(tagTwin, strconv.FormatUint(twin, 36))
	}
	for _, t := range a.Tags {
		add(tagTag, text.Fold(t))
	}
	n = numbers{record: record{version: int32(v.N), nth: int32(nth), words: int32(bodyWords), current: v.Superseded.IsZero(), captured: seconds(v.At), superseded: seconds(v.Superseded)}}
	if t, ok := a.Published.Time(); ok {
		n.dated, n.published = true, t.Unix()
		first, last := a.Published.Days()
		n.first, _ = dayNumber(first)
		n.last, _ = dayNumber(last)
	}
	return keys, n
}

func seconds(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}
