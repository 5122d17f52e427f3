package news

// AuthorSummary is what one name in bylines stands for over the whole archive. Nothing
// tells two people of one name apart, so that it is a name and not a person.
type AuthorSummary struct {
	// Slug is the last part of the author's address: Slug(Name).
	Slug string
	// Name is the form that is printed most.
	Name string
	// Names are all the forms that are printed, most first.
	Names []AuthorCount
	// Outlets are those that printed the name, by their slugs, most first; the slug is
	// "" for articles of which the outlet is not known.
	Outlets []AuthorCount
	// Years are the articles of each year, yyyy, in order; the value is "" for those
	// without a date, which come first.
	Years []AuthorCount
	// Total is how many articles carry the name.
	Total int
	// First and Last are the first and the last date of them as far as they are known
	// (yyyy, yyyy-mm or yyyy-mm-dd); "" where none is dated.
	First, Last string
}

// AuthorCount is one value of an author's articles, and how many have it.
type AuthorCount struct {
	Value string
	N     int
}

// ByAuthor asks for articles that carry an author's name, newest first, those without a
// date last.
type ByAuthor struct {
	// Outlet, where it is not "", is the slug of the one outlet asked for.
	Outlet string
	// From and To bound the date, both included: each yyyy, yyyy-mm, yyyy-mm-dd, or ""
	// for open. Where either is set, articles without a date are left out.
	From, To string
	// Skip leaves out so many of the newest, N is the most to return: 10,000 where it
	// is 0, and at most that.
	Skip, N int
}
