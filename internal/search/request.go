package search

import (
	"time"

	"backfile/internal/news"
)

// Sort is an order of results. Ties are broken by id, so that pages never
// overlap.
type Sort string

// The orders.
const (
	Relevance Sort = "relevance"
	Newest    Sort = "newest"
	Oldest    Sort = "oldest"
)

// The most that a request may ask for.
const (
	MaxPerPage = 100
	// MaxOffset bounds page × per_page; go on with After beyond it.
	MaxOffset = 10_000
)

// Request is one search.
type Request struct {
	// Query is a resolved tree; nil is everything.
	Query Node
	// Sort is Relevance where it is "".
	Sort Sort
	// Page counts from 1; 0 is 1.
	Page int
	// PerPage is 20 where it is 0, at most MaxPerPage.
	PerPage int
	// After goes on behind the last hit of an earlier result (Result.Next);
	// Page is then ignored.
	After string
	// Prefer are what words of the query name (see the function Prefer). By relevance,
	// articles about these come before others of the hits: it adds to scores, finds nothing and shuts
	// nothing out.
	Prefer []Entities
	// Facets names the facets to count, each with the most values to return
	// (0: all). Nil counts none.
	Facets map[string]int
	// Merged maps the id of an entity to that of another which it turned out to be:
	// facets count both as the latter. Nil where there are none.
	Merged *Merged
	// CountOnly wants Total and Facets and no hits.
	CountOnly bool
	// Group gives one hit for all that was found of a wire family: its lead, or
	// where that was not found the member that comes first. It comes where the best
	// of those found would, and in an order by date where it does itself.
	Group bool
}

// The facets an index counts. The values of Year, Month and Day are yyyy,
// yyyy-mm and yyyy-mm-dd; those of the kinds are entity ids; Outlet's are slugs.
const (
	FacetPerson       = "person"
	FacetPlace        = "place"
	FacetOrganisation = "organisation"
	FacetOutlet       = "outlet"
	FacetYear         = "year"
	FacetMonth        = "month"
	FacetDay          = "day"
	FacetSection      = "section"
	FacetLanguage     = "language"
	// FacetOrigin counts the hosts of addresses, or the folders of files, that articles
	// were read from which lack a date, an outlet or their text; see CameFrom.
	FacetOrigin = "origin"
)

// Result is what a search found. Totals and counts are of articles.
type Result struct {
	// Total is how many articles were found.
	Total int
	// Results is how many hits there are in all, to leaf through: as many as Total,
	// or fewer where what was found of a family is one (Request.Group).
	Results int
	Hits    []Hit
	// Facets has the values of each facet asked for, most frequent first, and
	// within one count by value; Year, Month and Day by value.
	Facets map[string][]Count
	// Next is the After that goes on behind the last hit; "" at the end.
	Next string
	Took time.Duration
	// Cursor is the feed's row up to which the index had come that answered; only a
	// stream of all hits has it.
	Cursor news.Cursor
}

// Hit is one article found. Its record comes from the store.
type Hit struct {
	ID news.ArticleID
	// Version is the number of the version that matched.
	Version int
	// Edit is the number of the latest version that made a change asked for with
	// removed or added, EditOf that of the version before it; 0 where none was.
	Edit, EditOf int
	Score        float64
	// Family is the lead of the article's wire family, "" where the article is the only
	// one that prints its text. Members is how many articles the family has, Outlets
	// how many outlets print it, whatever was searched for.
	Family           news.ArticleID
	Members, Outlets int
	// Found is how many of the members this hit stands for (Request.Group), itself
	// among them; 0 where hits stand for themselves.
	Found int
}

// Count is one value of a facet with the articles that have it.
type Count struct {
	Value string
	N     int
}

// Fragment is a piece of a snippet: words before a match, the match, words
// after it. Plain text, never markup.
type Fragment struct {
	Pre   string `json:"pre"`
	Match string `json:"match"`
	Post  string `json:"post"`
}
