package news

import (
	"fmt"
	"strings"
	"time"
)

// Reading is an article that a reader opened, kept for that reader alone, so that it is
// found again. Like a PastSearch it is no knowledge about the news: exports leave it out.
// It is another thing than the mark that a reader puts on what they have read.
type Reading struct {
	Owner   string    `json:"owner"`
	Article ArticleID `json:"article"`
	// At is when it was last opened, Times how often.
	At    time.Time `json:"at"`
	Times int       `json:"times"`
}

// MaxReadings is how many are kept of one owner.
const MaxReadings = 1000

// Check returns an error that wraps ErrInvalid for one that cannot be kept.
func (r Reading) Check() error {
	if r.Owner == "" || strings.ContainsRune(r.Owner, 0) || !ValidID(string(r.Article)) {
		return fmt.Errorf("a reading needs an owner and an article: %w", ErrInvalid)
	}
	return nil
}
