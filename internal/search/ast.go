// Package search is the query language and what a search asks and answers. It
// holds no engine: an index compiles the tree itself.
//
// The search box, addresses, the API, saved searches and the command line share
// the one parser (Parse) and the one tree (Node).
package search

import (
	"time"

	"backfile/internal/news"
)

// Node is one node of a query's tree. String gives query text that parses to
// an equal tree.
type Node interface {
	String() string
	node()
}

// Word matches articles with that word, stemmed, in any text field.
type Word struct{ Text string }

// Phrase matches words in exactly that order; stop words count.
type Phrase struct{ Text string }

// Verbatim matches the words of a Phrase where they stand exactly as written: capitals,
// accents and the signs between and around them count (see Verbatim.In).
type Verbatim struct{ Text string }

// Prefix matches articles with a word that begins so, in any text field: folded, not
// stemmed. Text is as typed; Folded is what words are held to.
type Prefix struct{ Text string }

// Pattern matches articles with a word, folded and not stemmed, in which "*" stands for
// any letters or none and "?" for one. An index may refuse one that fits too many words
// (ErrCostly).
type Pattern struct{ Text string }

// Fuzzy matches articles with a word, folded and not stemmed, that begins with the same
// letter and becomes this one by at most Edits (1 or 2) letters put in, left out, changed,
// or two neighbours swapped, no place touched twice (optimal string alignment).
type Fuzzy struct {
	Text  string
	Edits int
}

// Near matches articles where A and B stand within N words of each other in one
// piece of text (Pieces), in either order; with Ordered, B behind A. A and B are each a
// Word, Phrase, Prefix, Pattern or Fuzzy, or an Or of these. A Word is found in any of its
// forms, as everywhere.
//
// What A and B match must not share a word. Their distance is that from the last word of
// the one in front to the first of the other: neighbours have distance 1.
type Near struct {
	A, B    Node
	N       int
	Ordered bool
}

// In matches articles that match Part in one field of the text: FieldHeadline, FieldBody,
// FieldByline or FieldDateline. Part is a Prefix, Pattern, Fuzzy, Verbatim or Near; a Word or a
// Phrase of one field is a Field.
type In struct {
	Name string
	Part Node
}

// And matches what all its parts match. An empty And matches everything.
type And struct{ Parts []Node }

// Or matches what any of its parts matches. An empty Or matches nothing.
type Or struct{ Parts []Node }

// Not matches what its part does not.
type Not struct{ Part Node }

// Field restricts one field: the name as typed, canonical (FieldPerson …), and
// its value. Phrase says that the value stood in quotation marks.
type Field struct {
	Name   string
	Value  string
	Phrase bool
}

// DateRange matches what was published on a day from First to Last, both
// included, yyyy-mm-dd; either may be "" for open. Text is the value as it
// prints ("2021-12", "2019..2021").
type DateRange struct{ Text, First, Last string }

// OnDay matches what was published on that day of any year: articles of which the day is
// known, not only the month or the year.
type OnDay struct{ Month, Day int }

// AsOf has the whole query asked of the archive as it was then known: of the
// versions captured before Until that were the newest then. It stands alone or among
// the parts of the And at the top of a tree, once, and nowhere else. Text is the
// value as it prints ("2026-03", "2026-03-01T10:15:00Z").
type AsOf struct {
	Text  string
	Until time.Time
}

// Entities matches articles that mention any of the entities. Resolve puts it in
// the place of a Field of an entity's kind; Name is what was asked for, and
// String prints that field again.
type Entities struct {
	Kind news.Kind
	Name string
	IDs  []news.EntityID
	// Within says that IDs are a place and what lies in it.
	Within bool
	// Said has those articles only that quote one of them.
	Said bool
	// Unscored has naming them add nothing to an article's relevance: what is found by
	// another name comes behind what has the words.
	Unscored bool
}

// CameFrom matches articles that lack something and were read from the same place: an
// origin, as FacetOrigin counts them. It is the archive's own and cannot be typed; String
// prints the nearest that can.
type CameFrom struct{ Origin string }

// Articles matches the articles named: what a reader-bound field resolves to.
type Articles struct {
	Name string
	IDs  []news.ArticleID
}

func (Word) node()      {}
func (Phrase) node()    {}
func (Verbatim) node()  {}
func (Prefix) node()    {}
func (Pattern) node()   {}
func (Fuzzy) node()     {}
func (Near) node()      {}
func (In) node()        {}
func (OnDay) node()     {}
func (And) node()       {}
func (Or) node()        {}
func (Not) node()       {}
func (Field) node()     {}
func (DateRange) node() {}
func (AsOf) node()      {}
func (Entities) node()  {}
func (Articles) node()  {}
func (CameFrom) node()  {}

// The fields of the language.
const (
	FieldPerson       = "person"
	FieldPlace        = "place"
	FieldWithin       = "within"
	FieldOrganisation = "organisation"
	FieldOutlet       = "outlet"
	FieldSaid         = "said"
	FieldDate         = "date"
	FieldOn           = "on"
	FieldHeadline     = "headline"
	FieldBody         = "body"
	FieldByline       = "byline"
	FieldDateline     = "dateline"
	FieldAgency       = "agency"
	FieldSection      = "section"
	FieldLanguage     = "lang"
	FieldTag          = "tag"
	FieldURL          = "url"
	FieldIs           = "is"
	FieldHas          = "has"
	FieldRemoved      = "removed"
	FieldAdded        = "added"
	FieldAsOf         = "as-of"
	// FieldList and FieldNote ask for what a reader keeps; see Bind.
	FieldList = "list"
	FieldNote = "note"
)

// The values that FieldIs takes.
const (
	// IsChanged is an article of which more than one version is kept.
	IsChanged = "changed"
	// IsWire is an agency's copy: an article that names an agency (Supplied), or is
	// printed by several outlets.
	IsWire = "wire"
	// IsUndated is an article of which no date of publication is known, IsDoubted one
	// of them whose source gives a date that cannot be.
	IsUndated = "undated"
	IsDoubted = "doubted"
	// IsStub is an article without its text: a link, or a notice.
	IsStub = "stub"
	// IsUnattributed is an article of which neither outlet nor agency is known.
	IsUnattributed = "unattributed"
)
