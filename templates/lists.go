package templates

import "backfile/internal/news"

// ListsView is the reader's lists.
type ListsView struct {
	Page
	Lists []Shelf
	// Notes and Starred count what else the reader keeps; -1 where the archive keeps none.
	Notes, Starred int
}

// Shelf is one list among the others.
type Shelf struct {
	Link
	Newest string // the last article in it
	Public bool
	// Changed articles have another text than was saved, Gone are not shown any more.
	Changed, Gone int
}

// ListView is a page of one list.
type ListView struct {
	Page
	ID     news.ListID
	Name   string
	Href   string
	About  string
	Public bool
	// Address is the list's absolute address.
	Address string
	// Size is how many articles it has; of them Changed have another text than was saved,
	// Gone are not shown any more, Starred and Unread are the reader's marks.
	Size, Changed, Gone, Starred, Unread int
	// Show and Tag are what part of it the page shows, of Found articles those from First
	// to Last.
	Show, Tag          string
	Found, First, Last int
	// Parts are the parts that there are, Tags the tags.
	Parts      []Choice
	Tags       []Link
	Items      []ListItem
	Prev, Next string
	// Files are the forms in which it is taken out.
	Files []Link
	// Others are the reader's other lists.
	Others []ListChoice
}

// ListItem is an article of a list; Gone says that the archive no longer shows it.
type ListItem struct {
	ID  news.ArticleID
	Hit Hit
	// At is its place in the list, from 1, Version the version that was saved.
	At, Version int
	Gone        bool
	// Why says what became of one that is gone, Headline what it was called; "" for what is
	// not known.
	Why, Headline string
	// Joined says that it is another article now, captured twice.
	Joined bool
	When   string
	Note   string
	Tags   []string
	Star   bool
	Read   bool
	// Change says what became of its text since it was saved; nil for nothing.
	Change *ListChange
	// Highlights and Notes are the reader's, Lost those highlights that do not stand in
	// the text any more.
	Highlights, Lost, Notes int
}

// ListChange is what became of an article since it was saved.
type ListChange struct {
	// Version was saved, Now is the version shown.
	Version, Now int
	Summary      string
	// Parts are the paragraphs that changed, More how many are not among them.
	Parts []DiffText
	More  int
	// Href is the comparison of the two, Was the version that was saved; "" where it is
	// not kept any more.
	Href, Was string
}

// named is what a list's article is called.
func (i ListItem) named() string {
	if i.Gone {
		return i.Headline
	}
	return text(i.Hit.Headline)
}

// feedNames are what a list's feeds are called.
var feedNames = []string{"take.atom", "take.jsonfeed"}
