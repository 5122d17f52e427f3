package index

import (
	neturl "net/url"
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
	fieldBody     = "body"     // stems
	fieldHeadline = "headline" // stems
	fieldRest     = "rest"     // stems of standfirst, captions, byline and dateline

	fieldBodyExact     = "body.exact"
	fieldHeadlineExact = "headline.exact"
	fieldRestExact     = "rest.exact"
	fieldByline        = "byline.exact"
	fieldDateline      = "dateline.exact"
	fieldURL           = "url.exact"

	// What the version changed of the one before it: see edits.go.
	fieldLost        = "lost"
	fieldGained      = "gained"
	fieldLostExact   = "lost.exact"
	fieldGainedExact = "gained.exact"

	fieldKey = "key" // see keys.go
	fieldID  = "_id"
)

// document is one version of an article for Bleve. It implements Bleve's
// Document.
type document struct {
	id     string
	fields []*field
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
// is what it changed, or nil.
func newDocument(id news.ArticleID, v *news.Version, nth int, edit *news.Edit) *document {
	a := &v.Article
	var body, headline, rest, byline, dateline, url words
	body.add(a.Body)
	headline.add(a.Headline)
	byline.add(a.Byline)
	rest.add(a.Standfirst)
	for _, i := range a.Images {
		rest.add(i.Caption)
	}
	rest.add(a.Byline)
	rest.add(a.Dateline)
	dateline.add(a.Dateline)
	url.addParts(urlParts(a.URL))

	stem := func(w string) string { return Stem(a.Language, w) }
	d := &document{id: documentID(id, v.N)}
	for _, w := range []struct {
		words          *words
		stemmed, exact string
	}{{&body, fieldBody, fieldBodyExact}, {&headline, fieldHeadline, fieldHeadlineExact}, {&rest, fieldRest, fieldRestExact},
		{&byline, "", fieldByline}, {&dateline, "", fieldDateline}, {&url, "", fieldURL}} {
		if len(w.words.folds) == 0 {
			continue
		}
		if w.stemmed != "" {
			d.fields = append(d.fields, w.words.stemmed(w.stemmed, stem))
		}
		d.fields = append(d.fields, w.words.exact(w.exact))
	}
	if edit != nil {
		d.edited(fieldLost, fieldLostExact, edit.Lost, edit.LostWords, stem)
		d.edited(fieldGained, fieldGainedExact, edit.Gained, edit.GainedWords, stem)
	}
	d.fields = append(d.fields, keywords(fieldKey, keysOf(id, v, nth, len(body.folds))))
	return d
}

func (w *words) addParts(parts []string) {
	for i, p := range parts {
		w.folds = append(w.folds, term(p))
		w.positions = append(w.positions, i+1)
	}
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
	return strings.FieldsFunc(strings.ToLower(url), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// keysOf are the version's keys: see keys.go.
func keysOf(id news.ArticleID, v *news.Version, nth, bodyWords int) []string {
	a := &v.Article
	keys := []string{key(tagArticle, string(id))}
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
	n := numbers{version: int32(v.N), nth: int32(nth), words: int32(bodyWords), current: v.Superseded.IsZero(), captured: seconds(v.At), superseded: seconds(v.Superseded)}
	if t, ok := a.Published.Time(); ok {
		n.dated, n.published = true, t.Unix()
		first, last := a.Published.Days()
		n.first, _ = dayNumber(first)
		n.last, _ = dayNumber(last)
	}
	return append(keys, n.key())
}

func seconds(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}
