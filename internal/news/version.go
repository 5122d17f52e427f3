package news

import "time"

// Version is one text of an article, as captured.
type Version struct {
	// N counts from 1.
	N int `json:"n"`
	// Article is the text. Its ID, Slug and entities' slugs are filled in.
	Article Article `json:"article"`
	// At is when the store committed the version.
	At time.Time `json:"at"`
	// Superseded is when a later version replaced it as the one shown; zero
	// for the current one.
	Superseded time.Time `json:"superseded,omitzero"`
	// Original is the hash of the bytes it was read from; "" if there were none.
	Original string `json:"original,omitempty"`
	// Family is the lead of the article's wire family, which may be the article
	// itself; "" where no other prints the same. It is filled in when a version is
	// read.
	Family ArticleID `json:"-"`
	// SetAside says that the undoing of a run set the version aside: it is kept and
	// not shown. It is filled in when a version is read.
	SetAside *SetAside `json:"set_aside,omitempty"`
}

// SetAside is when and why a version was set aside.
type SetAside struct {
	At     time.Time `json:"at"`
	Reason string    `json:"reason,omitempty"`
}

// Edit is what a version made of the headline, standfirst and body of the one before
// it, as far as it is searched.
type Edit struct {
	// Lost are the stretches of text that only the version before has, in order, Gained
	// those that only this one has. What merely moved is in neither.
	Lost, Gained []string
	// LostWords and GainedWords are the folded words of them, each once, without those
	// that the same paragraph has as often on the other side.
	LostWords, GainedWords []string
}

// Write is one article to keep. A store takes it whole or not at all, and
// taking it twice is the same as taking it once.
type Write struct {
	Article Article
	// Keys are all keys that the article is known by, the one that names it
	// first. At least one.
	Keys []Key
	// Original is the bytes it was read from, kept compressed; may be nil.
	Original []byte
	// OriginalType is the media type of Original.
	OriginalType string
	// OriginalHash says, where Original is nil, that the article was read from an
	// original that is kept already, by its hash. One that is not kept is passed over.
	OriginalHash string
	// At is the time of capture, for Version.At.
	At time.Time
	// Sketch is what the text's copies are known by, opaque to a store; nil where
	// none was made.
	Sketch []byte
	// Run is what the article comes in by; of it ID, How, Name and Begun count. nil
	// is none, and nothing to undo.
	Run *Run
	// Missed says that this is no article but an attempt to fetch again one that is
	// known by Keys, and why it gave none: it is kept as a Miss with its Original,
	// and refused. Article is empty.
	Missed string
	// SetAside takes the version in as one that an archive had set aside.
	SetAside *SetAside
}

// Result says what became of a Write.
type Result string

// The results of writes.
const (
	Added      Result = "added"
	NewVersion Result = "version"
	Unchanged  Result = "unchanged"
	Refused    Result = "refused"
	// Withdrawn is what became of a message by which an agency withdraws, or
	// withholds, an article that is there.
	Withdrawn Result = "withdrawn"
)

// Outcome is what became of one Write.
type Outcome struct {
	Result Result
	ID     ArticleID
	Slug   string
	// Version is the number of the version that now holds the text.
	Version int
	// Reason says why it was refused, or what is worth knowing (a much emptier
	// refetch did not replace the text).
	Reason string
	// Cursor is the feed's last row as of this write; "" if none was written.
	Cursor Cursor
	// Hidden says that the article is kept and not shown now; see Hiding.
	Hidden Hiding
}

// Capture is one original that an article was read from.
type Capture struct {
	// Hash is what it is kept under, Type its media type and Size its bytes.
	Hash, Type string
	Size       int64
	// At is when the article was first read from it.
	At time.Time
	// Shared says that other articles were read from it too.
	Shared bool
}

// Numbers are the numbers of an article's versions, the one that is shown last; none of
// an article that is not shown.
type Numbers struct {
	ID       ArticleID
	Versions []int
	// Unsettled says that an embargo or an expiry passed of which the feed has not been
	// told yet.
	Unsettled bool
}
