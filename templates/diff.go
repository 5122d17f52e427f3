package templates

import (
	"context"

	"backfile/internal/news"
)

// DiffView says what one version of an article made of an earlier one.
type DiffView struct {
	Page
	Outlet    Link // Name "" where unknown
	Published news.Date
	// Article is the address of the article as it is shown now.
	Article string
	// Version is what the page is of, Before what it is compared with.
	Version, Before VersionLink
	// Permanent is the absolute address of the comparison.
	Permanent string
	// Whole is the address of the version's text without marks.
	Whole string
	Steps Steps
	// All are all versions, the earliest first.
	All []VersionLink
	// Misses are attempts to fetch the article again that failed.
	Misses []Miss
	// Summary says in words what changed.
	Summary string
	// Headline and Standfirst have no runs where neither version has one.
	Headline, Standfirst DiffText
	// Facts are the byline, dates and captions that changed.
	Facts []DiffFact
	// Parts are the paragraphs in order.
	Parts []DiffPart
	// Lang and Dir are the article's own.
	Lang, Dir string
}

// Steps lead from a version to those beside it; one whose N is 0 is not there.
type Steps struct {
	Prev, Next, Newest VersionLink
	// Article is the address of the article as it is shown now.
	Article string
}

// DiffKind is what became of a text; the values end keys of the catalogue.
type DiffKind string

// The kinds of differences.
const (
	DiffKept     DiffKind = "kept"
	DiffCut      DiffKind = "cut"
	DiffAdded    DiffKind = "added"
	DiffReworded DiffKind = "reworded"
	// DiffSlight is kept but for case and punctuation.
	DiffSlight DiffKind = "slight"
)

// DiffText is a text with what changed in it.
type DiffText struct {
	Kind DiffKind
	// Moved says that it stood elsewhere.
	Moved bool
	// Heading says that it is a subheading.
	Heading bool
	Runs    []DiffRun
}

// DiffRun is a run of words that are kept, cut or added.
type DiffRun struct {
	Kind DiffKind
	Text string
	// Match and Post go on the text, where words in it were searched for.
	Match, Post string
	// Gap is the space between this run and the next.
	Gap string
}

// DiffPart is a paragraph that changed, or several in a row that did not.
type DiffPart struct {
	DiffText
	// Kept are the paragraphs that are folded to a line; DiffText then is empty.
	Kept []DiffText
}

// DiffFact is something about the article that changed.
type DiffFact struct {
	Label string
	Texts []DiffText
	// Said says that the texts are in the page's words, not the article's.
	Said bool
}

// diffLabel says what became of a text, "" for what is as it was.
func diffLabel(ctx context.Context, t DiffText) string {
	switch {
	case t.Moved && t.Kind == DiffKept:
		return Say(ctx, "diff.moved")
	case t.Moved:
		return Say(ctx, "and", Say(ctx, "diff."+string(t.Kind)), Say(ctx, "diff.also.moved"))
	case t.Kind == DiffKept:
		return ""
	}
	return Say(ctx, "diff."+string(t.Kind))
}

// changed says how often an article changed, from the number of its versions.
func changed(ctx context.Context, versions int) string {
	switch versions {
	case 2:
		return Say(ctx, "changed.once")
	case 3:
		return Say(ctx, "changed.twice")
	}
	return Say(ctx, "changed.times", Number(ctx, versions-1))
}
