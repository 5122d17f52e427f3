// Package news is the domain: articles, their versions, outlets, entities,
// mentions, lists and events, and the rows of the change feed. It imports the
// standard library only, and every other package speaks its types.
//
// # Caveats
//
// Offsets (Mention, Quote, Span) are byte offsets into UTF-8 text, half open:
// text[Start:End]. They are valid for one version of an article only.
//
// Absent means unknown. No zero value of this package stands for a made-up
// date, name or place.
package news

// ArticleID names an article for ever. It is computed once, at first ingest,
// from the first of the article's keys; see NewArticleID.
type ArticleID string

// EntityID names a person, place or organisation across the archive. It is
// computed from the kind and an identity key, so that two processes that meet
// the same name give it the same id; see NewEntityID.
type EntityID string

// ListID names a reader's list.
type ListID string

// Kind says what sort of thing an entity is.
type Kind string

// The kinds of entities.
const (
	Person       Kind = "person"
	Place        Kind = "place"
	Organisation Kind = "organisation"
)

// Kinds are all kinds, in the order in which pages show them.
var Kinds = []Kind{Person, Place, Organisation}

// Valid reports whether k is one of Kinds.
func (k Kind) Valid() bool { return k == Person || k == Place || k == Organisation }

// LocalOwner owns every list and event until there are accounts.
const LocalOwner = "local"
