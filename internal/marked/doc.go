// Package marked reads text in which names were marked by hand: WikiGold and
// Universal NER (a token and a tag a line), GUM (WebAnno), sentences in brackets,
// and the project's own marks on plain sentences and on pages (docs/marking.md).
// It brings all of them to the archive's rule of what a name is. Nothing that
// runs in the archive uses it: the commands that learn and measure do.
package marked

import (
	"cmp"

	"backfile/internal/news"
)

// Building is the kind of marks on buildings, streets and the like, which the
// archive does not count.
const Building news.Kind = "building"

// Mark is a span of bytes of a field and what it names.
type Mark struct {
	Kind news.Kind
	// Field is what news.Mention.Field says: "" for the body.
	Field      string
	Start, End int
}

// Document is a marked text.
type Document struct {
	// Set names where it is from, ID the article, if it is known.
	Set, ID        string
	Headline, Body string
	// Language is "" for English.
	Language string
	Marks    []Mark
	// Masked parts are neither learnt from nor counted.
	Masked []Mark
	// Group is the article, or stretch of the file, that it comes from:
	// documents of one group are never parted between training and test.
	Group int
}

// Article is the document as an archive would have it.
func (d *Document) Article() news.Article {
	return news.Article{Headline: d.Headline, Body: d.Body, Language: cmp.Or(d.Language, "en")}
}

// Field is the text of a field.
func (d *Document) Field(name string) string {
	if name == news.FieldHeadline {
		return d.Headline
	}
	return d.Body
}
