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

// StoriesDue is the stretch of days whose stories must be looked at again.
type StoriesDue struct {
	// From and To are the first and the last day, yyyy-mm-dd.
	From string `json:"from"`
	To   string `json:"to"`
	// Mark tells one state of this from another.
	Mark uint64 `json:"mark"`
}
