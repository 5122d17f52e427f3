package templates

import (
	"context"

	"backfile/internal/news"
)

// ArticleView is an article's page, or that of one of its older versions.
type ArticleView struct {
	Page
	// Family is who else prints it; Href "" where none does.
	Family FamilyNote
	// Around leads on among the results that the reader came from; nil for none.
	Around     *Around
	ID         news.ArticleID
	Headline   []Segment
	Standfirst []Segment
	// Section leads to the section's articles; Name "" where unknown.
	Section Link
	Outlet  Link // Name "" where unknown
	// Byline is the line as printed, in parts: the authors and the agency that it names
	// lead to their articles.
	Byline   []Link
	Agency   Link
	Dateline string
	// Kind is "", live, gallery, stub or opinion.
	Kind   string
	Dates  []DateFact
	Photos []Photo
	Blocks []Block
	Names  []NameGroup
	Map    Locator
	// Spoken are the dates that the article speaks of, the earliest first; none
	// where they would tell little.
	Spoken []When
	// Lang and Dir are the article's own.
	Lang, Dir string
	// Version of Versions; VersionLinks has them all where there are several.
	Version      int
	Versions     int
	VersionLinks []VersionLink
	// Misses are attempts to fetch it again that failed.
	Misses []Miss
	// Changes is where it is told what the newest version changed, "" where there
	// is only one.
	Changes string
	// Past is set on the page of one version.
	Past *Past
	// Original is the article's address at its outlet; "" where unknown.
	Original string
	// Permanent is the article's absolute address here.
	Permanent string
	Cite      string
	// Captured is when the version was captured, Hash the SHA-256 of the bytes that it was
	// read from, "" where there were none: what a printed cutting says of itself.
	Captured news.Date
	Hash     string
	// Save is nil where the reader may not write.
	Save *Save
	// Notes are the reader's notes and highlights, NoteForm the form for another, Marks
	// the buttons for a star; nil where the reader may not write.
	Notes    []NoteShown
	Deleted  []NoteShown
	NoteForm *NoteForm
	Marks    *MarkForm
	// Fixes are what people corrected; Fix is nil where the reader may not.
	Fixes []FixShown
	Fix   *FixForm
	// Joined are other captures that were joined to it.
	Joined []news.JoinedArticle
	// Story is which story the article follows.
	Story StoryNote
	Tags  []Link
}

// DateFact is one of the article's dates, with where it was found.
type DateFact struct {
	Label string
	Date  news.Date
	// Doubts are what the source says of it that cannot be.
	Doubts []news.Doubt
}

// Photo is a photo as caption and credit.
type Photo struct {
	Caption []Segment
	Credit  string
}

// NameGroup is the people, places or organisations of an article.
type NameGroup struct {
	Title string
	Names []NameMark
}

// NameMark is one of them: Mark is the class of its mentions and the id of the
// first, "" where it is not marked.
type NameMark struct {
	Link
	Mark string
}

// VersionLink is one version of the article.
type VersionLink struct {
	N       int
	Href    string
	At      string // when it was captured, in words
	Current bool
	Shown   bool
}

// Past says of which version the page is the whole text.
type Past struct {
	N, Of int
	Steps Steps
	// Changes is where it is told what the version changed, "" for the first.
	Changes string
}

// Segment is a stretch of text: a mention that leads to its entity, a link that
// the article had, or plain words.
type Segment struct {
	Text string
	Href string
	// Mark is the class of a mention; ID the id of an entity's first.
	Mark, ID string
	// Out says that Href leads to another site.
	Out bool
	// High says that the reader highlighted it; Spot is the id of a highlight's first
	// words.
	High bool
	Spot string
}

// Segments is s as plain words.
func Segments(s string) []Segment {
	if s == "" {
		return nil
	}
	return []Segment{{Text: s}}
}

// BlockKind is the kind of a block of text.
type BlockKind int

// The kinds of blocks.
const (
	Paragraph BlockKind = iota
	Heading
	Quotation
	Items
	Rows
)

// Block is a paragraph, a subheading, a list or a table.
type Block struct {
	Kind BlockKind
	// Lines has one entry, or one for each item or row.
	Lines [][]Segment
	// Cells has the cells of each row, of Rows.
	Cells [][]string
}

// publishedOn is the day of the article, as the first of its dates has it.
func publishedOn(ctx context.Context, v ArticleView) string {
	if len(v.Dates) == 0 {
		return Say(ctx, "date.undated")
	}
	return ShowDate(ctx, v.Dates[0].Date)
}

// FamilyNote is the wire family of an article in brief.
type FamilyNote struct {
	// Href is the family's page.
	Href             string
	Outlets, Printed int
	// Others are some of the other articles, the first printed in front.
	Others []FamilyRow
	// More is how many others there are beside these.
	More int
}
