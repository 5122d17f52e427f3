package web

import (
	"context"
	"io"
	"iter"

	"backfile/internal/news"
	"backfile/internal/search"
)

// Articles reads articles as they are shown now. A missing one is
// news.ErrNotFound, a removed one *news.Gone; ArticlesByID and InBrief leave both out.
// InBrief reads less of each, as it says, and what it gives is shared: its slices are
// not to be changed.
type Articles interface {
	Article(ctx context.Context, id news.ArticleID) (news.Version, error)
	ArticlesByID(ctx context.Context, ids []news.ArticleID) (map[news.ArticleID]news.Version, error)
	InBrief(ctx context.Context, ids []news.ArticleID, with news.Parts) (map[news.ArticleID]news.Version, error)
}

// Versions reads the versions of one article, the oldest first.
type Versions interface {
	Version(ctx context.Context, id news.ArticleID, n int) (news.Version, error)
	Versions(ctx context.Context, id news.ArticleID) ([]news.Version, error)
}

// Lookup finds the article once published at an address, however it is written
// (with or without tracking parameters, http or https), or news.ErrNotFound.
type Lookup interface {
	LookupURL(ctx context.Context, url string) (news.ArticleID, error)
}

// Entities reads people, places and organisations.
type Entities interface {
	Entity(ctx context.Context, kind news.Kind, slugOrID string) (news.Entity, error)
	EntitiesByID(ctx context.Context, ids []news.EntityID) (map[news.EntityID]news.Entity, error)
	EntityList(ctx context.Context, kind news.Kind, after string, limit int) ([]news.Entity, error)
}

// Names finds what readers call things.
type Names interface {
	search.Names
	search.Called
	Outlet(ctx context.Context, slug string) (news.Outlet, error)
	// Above are those places of the archive that the place lies in, the nearest
	// first.
	Above(ctx context.Context, place news.EntityID) ([]news.Entity, error)
}

// Lists keeps readers' lists.
type Lists interface {
	CreateList(ctx context.Context, owner, name string) (news.List, error)
	List(ctx context.Context, id news.ListID) (news.List, error)
	Lists(ctx context.Context, owner string) ([]news.List, error)
	RenameList(ctx context.Context, id news.ListID, name string) error
	DeleteList(ctx context.Context, id news.ListID) error
	Bookmark(ctx context.Context, list news.ListID, b news.Bookmark) error
	// BookmarkAll adds articles that are not in the list, and counts them.
	BookmarkAll(ctx context.Context, list news.ListID, bs []news.Bookmark) (n int, err error)
	Unbookmark(ctx context.Context, list news.ListID, articles ...news.ArticleID) error
	// DescribeList says what a list is about, and whether whoever knows its address may
	// read it.
	DescribeList(ctx context.Context, id news.ListID, about string, public bool) error
	NoteBookmark(ctx context.Context, list news.ListID, article news.ArticleID, note string, tags []string) error
	TagBookmarks(ctx context.Context, list news.ListID, articles []news.ArticleID, add, remove []string) error
	// PinBookmarks has bookmarks hold the versions that are shown now.
	PinBookmarks(ctx context.Context, list news.ListID, articles ...news.ArticleID) (n int, err error)
	MoveBookmark(ctx context.Context, list news.ListID, article news.ArticleID, to int) error
	ArrangeList(ctx context.Context, list news.ListID, order []news.ArticleID) error
	// Standings says what became of bookmarked articles since.
	Standings(ctx context.Context, bs []news.Bookmark) ([]news.Standing, error)
}

// Corrections keeps what people, and the archive's own evidence, say of entities
// over what the recogniser says.
type Corrections interface {
	Corrections() *news.Corrections
	// Correct keeps events; what makes no sense wraps news.ErrInvalid.
	Correct(ctx context.Context, events []news.Event) ([]news.Event, error)
	// EntitiesWithWord are up to limit entities with a folded word in one of their names,
	// as they were before any correction.
	EntitiesWithWord(ctx context.Context, kind news.Kind, word string, limit int) ([]news.Entity, error)
	// Unmerged reads an entity as it was before anything was merged.
	Unmerged(ctx context.Context, id news.EntityID) (news.Entity, error)
}

// Authors tells who wrote what.
type Authors interface {
	// Author is what is known of an author, or news.ErrNotFound.
	Author(ctx context.Context, slug string) (news.AuthorSummary, error)
	// Authors returns up to n authors by their last names, behind a place that it gave
	// or the beginning of a name, and where to go on; "" at the end.
	Authors(ctx context.Context, after string, n int) (out []news.AuthorSummary, next string, err error)
	// TopAuthors are those with the most articles in an outlet, in all where it is "".
	TopAuthors(ctx context.Context, outlet string, n int) ([]news.AuthorSummary, error)
	CountAuthors(ctx context.Context, outlet string) (int, error)
	// ByAuthor are the articles that carry the name, the newest first, and how many fit.
	ByAuthor(ctx context.Context, slug string, o news.ByAuthor) (ids []news.ArticleID, total int, err error)
}

// Families tells which articles print one report.
type Families interface {
	// Family returns who is in the wire family that the article is in, the lead first,
	// then in the order of publication, without sketches; the article alone where no
	// other prints the same. For one that is not shown any more it returns the family
	// of an article that stood beside it. Its errors are those of Articles.Article.
	Family(ctx context.Context, id news.ArticleID) ([]news.Sketched, error)
}

// Stories tells which articles follow one event.
type Stories interface {
	// Story returns the story that an article follows, and its reports, without their
	// traces, in no order. news.ErrNotFound is one that follows none; its other errors
	// are those of Articles.Article.
	Story(ctx context.Context, id news.ArticleID) (news.Story, []news.Traced, error)
	// StoryList returns up to n stories behind the place after, and the place to go on
	// from, "" at the end.
	StoryList(ctx context.Context, order news.StoryOrder, after string, n int) (out []news.Story, next string, err error)
}

// Desk tells what needs a person's hand, beside what a search finds.
type Desk interface {
	// Alike are groups of articles that may be captures of one, without those of which
	// a person said that they are not.
	Alike(ctx context.Context) ([][]news.ArticleID, error)
	Refused(ctx context.Context, skip, n int) ([]news.RefusedInput, error)
	RefusedCount(ctx context.Context) (open, dropped int, err error)
	DismissRefused(ctx context.Context, ids []string) (n int, err error)
	// Retry takes a refused input in again; it is forgotten where it is taken.
	Retry(ctx context.Context, id string, o IntakeOptions, report func(Taken)) error
	// Formats are the formats that IntakeOptions.Format may name.
	Formats() []string
	// LastCheck is what the last Verify found.
	LastCheck(ctx context.Context) (news.Check, error)
}

// Searcher answers searches.
type Searcher interface {
	Search(ctx context.Context, q search.Request) (search.Result, error)
}

// State tells how far the index is.
type State interface {
	// Behind is the number of feed rows that the index has not taken yet.
	Behind(ctx context.Context) (int, error)
	// Rebuilding reports whether the index is being made anew, so that searches
	// find only part of the archive for now.
	Rebuilding() bool
	// WaitIndexed returns once the index has taken all rows there were when it
	// was called.
	WaitIndexed(ctx context.Context) error
}

// Input is one thing to take in: a page, a text or a stream of JSON Lines.
type Input struct {
	// Source names it in refusals; it is never opened.
	Source string
	// Type is the media type that the sender states; "" is found out.
	Type string
	// URL is the address that Body is of; "" where unknown.
	URL string
	// Fetch has the archive ask for what is at URL; Body is nil.
	Fetch bool
	Body  io.Reader
	// Progress is set of an input that may be gone on with; see HeaderProgress.
	Progress *news.Progress
	// Err is why the sender could not read it.
	Err error
}

// IntakeOptions say how inputs are read.
type IntakeOptions struct {
	Outlet, OutletOverride string
	// Reunderstand leaves out what the input says about its own mentions.
	Reunderstand bool
	// Format names the format of every input, "" has it found out; Columns are a
	// table's, as --columns writes them.
	Format, Columns string
	// One has several articles refused, and nothing of them taken in.
	One bool
	// How says by which way it comes in (news.RunIngest and so on), Name what it
	// is, for the list of runs: "" is news.RunAPI for one article, else
	// news.RunIngest.
	How, Name string
}

// Taken is what became of one article or one refused input.
type Taken struct {
	news.Outcome
	Source string
	// Headline is the article's as it came in, "" of what is none.
	Headline string
	// List names a reader's list that was taken back, Restored the type of
	// another line of an export that was, Skipped of one that changed nothing, or
	// what was passed over for it is no article; Result is then "".
	List, Restored, Skipped string
}

// Intake takes articles in, each durable when it is reported, in order. An error
// is one that stopped the run; what was reported before it is kept.
type Intake interface {
	Take(ctx context.Context, inputs iter.Seq[Input], o IntakeOptions, report func(Taken)) error
}

// Upkeep is what an operator does to the archive as a whole.
type Upkeep interface {
	Remove(ctx context.Context, id news.ArticleID, reason string, erase bool) error
	// Verify reports each thing that is wrong; its error says that checking
	// itself was not possible.
	Verify(ctx context.Context, report func(problem string)) error
	// Reindex starts making the index anew.
	Reindex(ctx context.Context) error
	// Export writes the archive as JSON Lines; see docs/format.md.
	Export(ctx context.Context, w io.Writer) error
	// ExportOriginals writes the originals as WARC; see docs/format.md.
	ExportOriginals(ctx context.Context, w io.Writer) error
	// Backup writes the whole archive as one file; see docs/store.md. Where it
	// returns an error, what it wrote is refused as a backup.
	Backup(ctx context.Context, w io.Writer) error
}
