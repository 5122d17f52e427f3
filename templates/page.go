package templates

import (
	"time"

	"backfile/internal/news"
	"backfile/static"
)

// Page is what every page has. Views embed it.
type Page struct {
	// Title is the page's own title, without the archive's name.
	Title string
	// Archive is the archive's name.
	Archive string
	// Canonical is the page's absolute address; "" leaves the link out.
	Canonical string
	// Path is the page's path and query, where forms lead back to.
	Path string
	// Query stands in the search box.
	Query string
	// Theme is light, dark or "" for the system's.
	Theme string
	// Language is the BCP 47 tag of the language that the reader chose, "" for what the
	// browser asks for.
	Language string
	// Section is the part of the house the page is in, one of the Section
	// constants.
	Section string
	// Notice says that the index is being rebuilt or behind; "" says nothing.
	Notice Notice
	// CanWrite shows the forms that write, and the reader's lists.
	CanWrite bool
	// HasDesk leads to the desk.
	HasDesk bool
	// Reads links to the feeds that the archive reads.
	Reads bool
	// Adds links to the page that takes in.
	Adds bool
	// Intake, Keeps, Charts and Dates are what the page needs beside the others' style: see
	// static.Sheet. Intake loads a script too.
	Intake, Keeps, Charts, Dates bool
	// Runs links to what came in together.
	Runs bool
	// Past links to the reader's past searches.
	Past bool
	// Stories links to the stories.
	Stories bool
	// Saves links to the saved searches.
	Saves bool
	// NoIndex asks crawlers to leave the page out.
	NoIndex bool
	// Now is the time of the page.
	Now time.Time
	// Social is the page's card elsewhere; nil for none.
	Social *Social
	// Alternates are other forms of the page.
	Alternates []Alternate
	// Data is the page's JSON-LD; nil for none.
	Data any
}

// sheets are the parts of the stylesheet that the page needs.
func sheets(p Page) (s static.Sheet) {
	for _, part := range []struct {
		on    bool
		sheet static.Sheet
	}{{p.Charts, static.Charts}, {p.Dates, static.Dates}, {p.Keeps, static.Keep}, {p.Intake, static.Intake}} {
		if part.on {
			s |= part.sheet
		}
	}
	return s
}

// The parts of the house, as the sections of the head name them.
const (
	SectionPeople        = "people"
	SectionPlaces        = "places"
	SectionOrganisations = "organisations"
	SectionOutlets       = "outlets"
	SectionAuthors       = "authors"
	SectionDates         = "dates"
	SectionStories       = "stories"
	SectionLists         = "lists"
	SectionDesk          = "desk"
	SectionAdd           = "add"
)

// Alternate is another form of a page: its media type, what it is called, its address.
type Alternate struct{ Type, Title, Href string }

// Notice is what every page says of the index.
type Notice struct {
	// Rebuilding says that the index is being built from the store.
	Rebuilding bool
	// Behind is the number of changes that searches do not yet know.
	Behind int
}

// Social is a page's OpenGraph card.
type Social struct {
	Type, Title, Description, URL string
	Published, Modified           string
	Section                       string
	Authors                       []string
}

// Link is a name with its address; Href "" is the name alone.
type Link struct {
	Name, Href string
	// Count is shown beside it where it is not 0.
	Count int
}

// Fragment is a piece of a snippet: words, the match, words.
type Fragment struct{ Pre, Match, Post string }

// Hit is one article in a list of articles.
type Hit struct {
	ID       news.ArticleID
	Href     string
	Headline []Fragment
	Outlet   Link // Name "" where unknown
	Date     news.Date
	Dateline string
	Section  string
	// Standfirst is the standfirst, or the body's first sentence.
	Standfirst string
	Snippets   [][]Fragment
	People     []Link
	Places     []Link
	// Versions is shown from 2 on.
	Versions int
	// Family is the page of all that print the same, "" where none other does: Printed
	// articles of as many Outlets.
	Family           string
	Outlets, Printed int
	// Captured is when the version was captured, for what is shown as it once was;
	// Now is the address of the article as it is now, "" where that is the same.
	Captured news.Date
	Now      string
	// Edit is what a version changed, where that was searched.
	Edit HitEdit
	// Lists are the reader's lists that hold it.
	Lists []Link
	// Kept is what else the reader keeps of it.
	Kept HitKept
	// Lang and Dir are those of the article's words.
	Lang, Dir string
	// Note is what a list says of it, such as when it was added.
	Added time.Time
}

// HitKept is what a reader put on an article: marks, notes, highlights.
type HitKept struct {
	Star, Read        bool
	Notes, Highlights int
}

// HitEdit is what version N changed of an article: some of the text around it, with the
// words that it took out or put in. Href is the version's page, "" for no edit.
type HitEdit struct {
	N    int
	Href string
	Runs []DiffRun
}

// Plain is a headline or snippet without a match.
func Plain(s string) []Fragment { return []Fragment{{Pre: s}} }

// text is a headline as plain words.
func text(fs []Fragment) string {
	s := ""
	for _, f := range fs {
		s += f.Pre + f.Match + f.Post
	}
	return s
}

// Save is what a form that saves an article needs.
type Save struct {
	Article news.ArticleID
	Version int
	// Back is where the reader returns to.
	Back string
	// Into is the name of the list that one click saves to, "" for a new one.
	Into string
	// In says that the article is in it.
	In bool
	// Tick says that it can be ticked for the page's Ticks.
	Tick bool
	// Lists are the reader's lists.
	Lists []ListChoice
}

// Ticks is what a form needs that does one thing with several results.
type Ticks struct {
	// Search are the parameters of the search, All how many articles it found; 0 where
	// they are too many for a list.
	Search string
	All    int
	Back   string
	// Lists are the reader's; Has marks the one that was saved to last.
	Lists []ListChoice
}

// saveOf is the form that saves an article of a page, none where the reader may not, or has
// it in a list.
func saveOf(p Page, h Hit) Save {
	if !p.CanWrite || len(h.Lists) > 0 {
		return Save{}
	}
	return Save{Article: h.ID, Back: p.Path}
}

// ListChoice is a list that an article can be saved to.
type ListChoice struct {
	ID   news.ListID
	Name string
	// Has says that the article is in it.
	Has bool
	// Href is the list's address.
	Href string
}

// orPath is the page's address, as far as it is known.
func orPath(p Page) string {
	if p.Canonical != "" {
		return p.Canonical
	}
	return p.Path
}

// attr is "true" or "false", for ARIA states.
func attr(b bool) string {
	if b {
		return "true"
	}
	return "false"
}
