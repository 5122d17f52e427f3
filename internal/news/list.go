package news

import "time"

// List is a reader's named, ordered set of bookmarked articles.
type List struct {
	ID      ListID     `json:"id"`
	Slug    string     `json:"slug"`
	Name    string     `json:"name"`
	Owner   string     `json:"owner"`
	Created time.Time  `json:"created"`
	Items   []Bookmark `json:"items"`
}

// Bookmark is one article of a list, pinned to the version that was saved.
type Bookmark struct {
	Article ArticleID `json:"article"`
	Version int       `json:"version"`
	Added   time.Time `json:"added"`
}

// Path is the list's address on this archive.
func (l List) Path() string { return "/lists/" + string(l.ID) + "/" + l.Slug }
