package news

// Article is one piece of news as one outlet published it: one text of it, as
// captured. Its JSON form is the archive's exchange format, printed by read and
// export and taken back by ingest; see MarshalJSON.
type Article struct {
	// Source is the path or address the article was read from. The API
	// leaves it out.
	Source string
	// ID is empty until the article is stored.
	ID ArticleID
	// Slug is the last part of the article's path, stored with it; any other
	// redirects to it.
	Slug string
	// URL is the canonical address at the outlet.
	URL string
	// GUID is the agency's or the feed's own id, whatever its version.
	GUID string
	// Outlet is nil where nothing says who published the article.
	Outlet     *Outlet
	Headline   string
	Standfirst string
	// Byline is the line as printed, Authors the persons named in it.
	Byline  string
	Authors []Author
	// Agency is who supplied the article (Reuters, PA), never the outlet and
	// never an author.
	Agency string

	Published Date
	Updated   Date
	Captured  Date
	// Doubts are dates that the source gives and that cannot be; see Quarantine.
	Doubts []Doubt

	// Dateline is the place (and date) that the report opens with, as printed.
	Dateline string
	Section  string
	// Language is a BCP 47 tag, of the body.
	Language string
	Tags     []string
	// ArticleKind is absent for a plain report.
	ArticleKind ArticleKind
	Images      []Image
	// Body is plain text: paragraphs, subheadings, list items and table rows,
	// parted by a blank line ("\n\n"). No captions, no teasers.
	Body  string
	Spans []Span

	Mentions []Mention
	// Persons, Places and Organisations are the entities that Mentions name,
	// most mentioned first, with the mentions that count (Mention.Counts).
	Persons       []Entity
	Places        []Entity
	Organisations []Entity
	Quotes        []Quote
	// Dates are the dates that the text speaks of.
	Dates []When
	// Understood is the version of the recogniser that made these of the text, or
	// UnderstoodGiven; "" is one from before versions were noted.
	Understood string
	// Usage is what its sender says may be done with it; nil where it says nothing.
	// A store keeps the latest for the article, not one for each version.
	Usage *Usage
}

// ArticleKind marks what is not a plain report.
type ArticleKind string

// The kinds of articles that are marked.
const (
	Live    ArticleKind = "live"
	Gallery ArticleKind = "gallery"
	Stub    ArticleKind = "stub"
	Opinion ArticleKind = "opinion"
)

// Author is one person named in a byline.
type Author struct {
	Name string `json:"name"`
	Role string `json:"role,omitempty"`
}

// Image is a photo as the page printed it: its words are kept, the picture is not.
type Image struct {
	URL     string `json:"url,omitempty"`
	Caption string `json:"caption,omitempty"`
	Credit  string `json:"credit,omitempty"`
}

// Span marks a stretch of the body as something other than running text.
type Span struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Kind  string `json:"kind"`
	Href  string `json:"href,omitempty"`
}

// The kinds of spans.
const (
	SpanHeading = "heading"
	SpanItem    = "item"
	SpanQuote   = "quote"
	SpanRow     = "row"
	SpanLink    = "link"
)

// Outlet is who published an article.
type Outlet struct {
	Name string `json:"name"`
	// Slug is the outlet's identity and the last part of its address.
	Slug string `json:"slug,omitempty"`
}

// NewOutlet returns the outlet of that name, or nil where name has no letter
// or digit.
func NewOutlet(name string) *Outlet {
	s := Slug(name)
	if s == "" {
		return nil
	}
	return &Outlet{Name: name, Slug: s}
}

// Entities returns the article's entities of kind k.
func (a *Article) Entities(k Kind) []Entity {
	switch k {
	case Person:
		return a.Persons
	case Place:
		return a.Places
	case Organisation:
		return a.Organisations
	}
	return nil
}

// Field returns the text that a mention's offsets point into: the body for "",
// else the field named. Captions are "caption" for the first image and
// "caption.N" for the image of index N from 1 on. It returns "" for an unknown
// field.
func (a *Article) Field(name string) string {
	switch name {
	case "", FieldBody:
		return a.Body
	case FieldHeadline:
		return a.Headline
	case FieldStandfirst:
		return a.Standfirst
	}
	if n, ok := captionIndex(name); ok && n < len(a.Images) {
		return a.Images[n].Caption
	}
	return ""
}

// Path is the article's address on this archive, without scheme and host.
func (a *Article) Path() string { return ArticlePath(a.ID, a.Slug) }

// ArticlePath is the address of the article of that id.
func ArticlePath(id ArticleID, slug string) string {
	if slug == "" {
		slug = "article"
	}
	return "/articles/" + string(id) + "/" + slug
}
