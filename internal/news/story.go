package news

// Traced is what an archive keeps of an article's current text to know what else follows
// its event.
type Traced struct {
	ID ArticleID
	// Lead is the lead of the wire family that the article is in, which may be the
	// article itself; "" for none. It is filled in when it is read.
	Lead ArticleID
	// Outlet is the slug of the article's outlet, "" where it is unknown.
	Outlet string
	// Published is the article's; where it was found is not kept.
	Published Date
	// Trace is opaque to a store.
	Trace []byte
	// Story is the id of the story's first report, the article's own where it is alone.
	// It is filled in when it is read.
	Story ArticleID
}

// Following says which story a report follows: an article, or the wire family that it
// leads.
type Following struct {
	Report ArticleID
	// Story is the id of the story's first report, which may be Report itself.
	Story ArticleID
}

// Story is the reports of one event over days or weeks. A wire family is one report.
type Story struct {
	// ID is that of the first report.
	ID ArticleID `json:"id"`
	// First and Last are the days of the first and the last report, yyyy-mm-dd.
	First string `json:"first"`
	Last  string `json:"last"`
	// Reports is how many there are, two at least; Outlets how many outlets they are of,
	// those that print a report after its first not counted.
	Reports int `json:"reports"`
	Outlets int `json:"outlets"`
	// Latest is the last report.
	Latest ArticleID `json:"latest"`
}

// StoryPath is the address of the story whose first report has that id and slug.
func StoryPath(id ArticleID, slug string) string {
	if slug == "" {
		slug = "story"
	}
	return "/stories/" + string(id) + "/" + slug
}

// StoryOrder is an order of a list of stories.
type StoryOrder string

// The orders of stories: that with the latest report first, and that with the most.
const (
	StoriesNewest StoryOrder = "newest"
	StoriesMost   StoryOrder = "most"
)

// StoriesDue says of which days the stories must be looked at again.
type StoriesDue struct {
	// All is true where it is of all there are.
	All bool
	// Days are the days, yyyy-mm-dd, in their order.
	Days []string
	// Mark tells one state of this from a later one.
	Mark uint64
}

// Any reports whether any day is due.
func (d StoriesDue) Any() bool { return d.All || len(d.Days) > 0 }
