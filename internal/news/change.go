package news

import (
	"encoding/json"
	"time"
)

// Cursor is a place in the change feed, opaque to everyone but the store that
// gave it. "" is the beginning.
type Cursor string

// ChangeKind says what a feed row is about.
type ChangeKind string

// The kinds of feed rows.
const (
	ArticleChanged    ChangeKind = "article"
	EntityChanged     ChangeKind = "entity"
	FamilyChanged     ChangeKind = "family"
	AnnotationChanged ChangeKind = "annotation"
)

// Change is one row of the feed. It names what changed, never how: a reader of
// the feed loads the present state, so that a row read twice does no harm.
type Change struct {
	Cursor Cursor
	Kind   ChangeKind
	// ID is the article's, entity's or list's id.
	ID string
	At time.Time
}

// Event is something a person decided: a removal, a merge, a rename. Events are
// replayed over whatever the recogniser says, and undone by another event.
type Event struct {
	// ID is a UUIDv7.
	ID    string          `json:"id"`
	Type  string          `json:"event"`
	At    time.Time       `json:"at"`
	Owner string          `json:"owner"`
	About string          `json:"about"` // the id of what it is about
	Data  json.RawMessage `json:"data,omitempty"`
}

// The types of events.
const (
	EventRemoved = "removed"
)
