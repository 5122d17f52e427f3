package news

import "time"

// MarkKind is a mark that a reader puts on an article.
type MarkKind string

// The marks.
const (
	// MarkStar is on what matters, MarkRead on what was read.
	MarkStar MarkKind = "star"
	MarkRead MarkKind = "read"
)

// MarkKinds are all of them. Not to be changed.
var MarkKinds = []MarkKind{MarkStar, MarkRead}

// Mark is a reader's mark on an article.
type Mark struct {
	Owner   string    `json:"owner"`
	Article ArticleID `json:"article"`
	Kind    MarkKind  `json:"mark"`
	At      time.Time `json:"at"`
	// Version is the version that was shown when it was put there.
	Version int `json:"version"`
}

// Marks are the marks on one article, zero times for those that are not there.
type Marks struct {
	Star, Read time.Time
	// ReadVersion is the version that was read.
	ReadVersion int
}
