package news

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// PastSearch is what a reader searched for, kept for that reader alone, so that it need
// not be typed again. It is no knowledge about the news: exports leave it out.
type PastSearch struct {
	Owner string `json:"owner"`
	// Query is the query as the search box had it.
	Query string `json:"query"`
	// At is when it was last made, Times how often.
	At    time.Time `json:"at"`
	Times int       `json:"times"`
}

// The limits of past searches: how many are kept of one owner, and how many bytes each
// has at most.
const (
	MaxPastSearches = 300
	MaxPastSearch   = 1000
)

// Check returns an error that wraps ErrInvalid for a search that cannot be kept.
func (p PastSearch) Check() error {
	switch {
	case p.Owner == "" || strings.ContainsRune(p.Owner, 0):
		return fmt.Errorf("a past search needs an owner: %w", ErrInvalid)
	case p.Query == "" || len(p.Query) > MaxPastSearch || !utf8.ValidString(p.Query) || p.Query != strings.TrimSpace(p.Query):
		return fmt.Errorf("a past search has from 1 to %d bytes: %w", MaxPastSearch, ErrInvalid)
	}
	return nil
}
