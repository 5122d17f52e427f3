// Package naive answers searches by reading every text: slowly, and so plainly that it
// can be seen to be right. The tests of every index hold the index to it. It shares the
// tokenizer and the stemmer with an index, and nothing else.
//
// # Caveats
//
// It knows nothing of relevance and families: it says which articles match, in which order
// by date, and with which values of a facet. Of is:wire it finds what says itself that it is agency copy.
package naive

import (
	"cmp"
	"slices"
	"strings"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/internal/text"
)

// Archive is some articles in all their versions. It is not safe for concurrent use.
type Archive struct {
	stem search.Stemmer
	docs map[news.ArticleID][]*doc
}

// New returns an empty archive, whose words are stemmed as stem does.
func New(stem search.Stemmer) *Archive {
	return &Archive{stem: stem, docs: map[news.ArticleID][]*doc{}}
}

// Put keeps an article: all its versions, the one captured first in front, and what each
// changed of the one before it (nil for an article of one version). Without versions the
// article is gone.
func (a *Archive) Put(id news.ArticleID, versions []news.Version, edits []news.Edit) {
	delete(a.docs, id)
	for i, v := range versions {
		d := &doc{id: id, version: v, nth: i}
		if i > 0 && i < len(edits) {
			d.edit = edits[i]
		}
		d.read(a.stem)
		a.docs[id] = append(a.docs[id], d)
	}
}

// Len is the number of articles.
func (a *Archive) Len() int { return len(a.docs) }

// Found is an article that matches, by the version that does.
type Found struct {
	ID      news.ArticleID
	Version int
}

// Search returns all that n matches, newest or oldest first, undated articles last, and
// what is equal by id. n must be resolved.
func (a *Archive) Search(n search.Node, order search.Sort) []Found {
	asked, then, past := search.Past(n)
	var hits []*doc
	for _, versions := range a.docs {
		for _, d := range versions {
			shown := d.version.Superseded.IsZero()
			if past {
				shown = then.Shown(d.version.At, d.version.Superseded)
			}
			if shown && (&look{a, d, then, past}).match(asked) {
				hits = append(hits, d)
				break
			}
		}
	}
	slices.SortFunc(hits, func(x, y *doc) int { return x.compare(y, order) })
	out := make([]Found, len(hits))
	for i, d := range hits {
		out[i] = Found{d.id, d.version.N}
	}
	return out
}

// doc is one version of an article, taken apart.
type doc struct {
	id      news.ArticleID
	version news.Version
	nth     int // how many versions were captured before
	edit    news.Edit
	pieces  []piece
	address []string
}

// piece is one text that is searched, with its words.
type piece struct {
	field        string // search.FieldHeadline …; "" for standfirst and captions
	text         string
	folds, stems []string
}

func (d *doc) read(stem search.Stemmer) {
	a := &d.version.Article
	add := func(field, s string) {
		p := piece{field: field, text: s}
		for t := range text.Terms(s) {
			p.folds = append(p.folds, t.Fold)
			p.stems = append(p.stems, stem(a.Language, t.Fold))
		}
		d.pieces = append(d.pieces, p)
	}
	add(search.FieldHeadline, a.Headline)
	add("", a.Standfirst)
	for _, i := range a.Images {
		add("", i.Caption)
	}
	add(search.FieldByline, a.Byline)
	add(search.FieldDateline, a.Dateline)
	add(search.FieldBody, a.Body)
	d.address = addressParts(a.URL)
}

func (d *doc) compare(o *doc, order search.Sort) int {
	at, dated := d.version.Article.Published.Time()
	ot, oDated := o.version.Article.Published.Time()
	if dated != oDated {
		if dated {
			return -1
		}
		return 1
	}
	c := 0
	if dated {
		if c = cmp.Compare(ot.Unix(), at.Unix()); order == search.Oldest {
			c = -c
		}
	}
	return cmp.Or(c, strings.Compare(string(d.id), string(o.id)))
}
