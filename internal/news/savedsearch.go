package news

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// SearchID names a saved search.
type SearchID string

// SavedSearch is a search that its owner gave a name, and goes back to.
type SavedSearch struct {
	ID    SearchID `json:"id"`
	Owner string   `json:"owner"`
	Name  string   `json:"name"`
	// Query is in the language of the search box; "" is everything.
	Query string `json:"query"`
	// Sort is the order it is shown in; "" is the one that fits the query.
	Sort    string    `json:"sort,omitempty"`
	Created time.Time `json:"created"`
	// Looked is when its owner last saw what it finds.
	Looked Look `json:"looked,omitzero"`
	// Deleted is when it was deleted; it can be put back for some time. Zero for one that
	// is there.
	Deleted time.Time `json:"deleted,omitzero"`
}

// Look is one look at what a search finds.
type Look struct {
	At time.Time `json:"at"`
	// Cursor is the feed's row up to which the index had come; "" where that is of
	// another archive.
	Cursor Cursor `json:"cursor,omitempty"`
	// Total is how many articles were found.
	Total int `json:"total"`
}

// The limits of saved searches.
const (
	// MaxSavedSearches is how many an archive keeps.
	MaxSavedSearches = 1000
	// MaxSearchName is the length of a name in characters, MaxSavedQuery that of a query
	// in bytes.
	MaxSearchName = 200
	MaxSavedQuery = 8000
	// DeletedSearches is how long one that was deleted can be put back.
	DeletedSearches = 30 * 24 * time.Hour
)

// Path is the search's address on this archive.
func (s SavedSearch) Path() string { return "/searches/" + string(s.ID) }

// Portable is the search without what means something in its own archive alone.
func (s SavedSearch) Portable() SavedSearch {
	s.Looked.Cursor = ""
	return s
}

// CleanName is a name as it is kept: on one line, valid UTF-8.
func CleanName(name string) string {
	return strings.Join(strings.Fields(strings.ToValidUTF8(name, "")), " ")
}

// Check returns an error that wraps ErrInvalid for a search that cannot be kept.
func (s SavedSearch) Check() error {
	switch {
	case s.Owner == "" || strings.ContainsRune(s.Owner, 0):
		return fmt.Errorf("a saved search needs an owner: %w", ErrInvalid)
	case s.Name == "" || s.Name != CleanName(s.Name):
		return fmt.Errorf("a saved search needs a name: %w", ErrInvalid)
	case utf8.RuneCountInString(s.Name) > MaxSearchName:
		return fmt.Errorf("the name of a saved search has at most %d characters: %w", MaxSearchName, ErrInvalid)
	case len(s.Query) > MaxSavedQuery || !utf8.ValidString(s.Query):
		return fmt.Errorf("a search of more than %d bytes cannot be kept: %w", MaxSavedQuery, ErrInvalid)
	}
	return checkSort(s.Sort)
}

func checkSort(sort string) error {
	switch sort {
	case "", "relevance", "newest", "oldest":
		return nil
	}
	return fmt.Errorf("%q is no order: %w", sort, ErrInvalid)
}
