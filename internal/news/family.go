package news

// Sketched is what an archive keeps of an article's current text to know other
// articles by that print the same: see Write.Sketch.
type Sketched struct {
	ID ArticleID
	// N is the number of the version that it is of.
	N int
	// Outlet is the slug of the article's outlet, "" where it is unknown.
	Outlet string
	// Published is the article's; where it was found is not kept.
	Published Date
	// Sketch is as Write.Sketch gave it; nil where there is none of that version.
	Sketch []byte
}

// Membership says which wire family an article is in.
type Membership struct {
	Article ArticleID
	// Lead names the family: the member that leads it, which may be Article
	// itself. "" says that the article is in no family with another.
	Lead ArticleID
}
