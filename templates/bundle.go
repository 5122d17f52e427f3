package templates

import (
	"slices"
	"strings"
	"time"

	"backfile/internal/news"
)

// BundleView is the first page of a bundle: a list that is read without an archive.
type BundleView struct {
	Name, About, Archive string
	// Address is where the list is in its archive.
	Address string
	Made    time.Time
	Items   []BundleItem
}

// BundleItem is an article of a bundle; Href "" where it was gone.
type BundleItem struct {
	Href, Headline, Note string
	Tags                 []string
	Saved                time.Time
	Version              int
	// Changed says that the archive had a later text, Gone why it had none.
	Changed bool
	Gone    string
	Kept    HitKept
}

// BundleArticleView is an article of a bundle, in the version that was saved.
type BundleArticleView struct {
	List, Archive                             string
	Outlet, Dateline, Byline, Agency, Section string
	Headline, Standfirst                      []Segment
	Published, Captured                       news.Date
	Photos                                    []Photo
	Blocks                                    []Block
	Version                                   int
	Permanent, Original, Cite                 string
	// Text and OriginalSum are the SHA-256 of the text and of what it was read from.
	Text, OriginalSum string
	Note              string
	Tags              []string
	Saved, Made       time.Time
	Notes             []NoteShown
	// Change says what the archive had in its place when the bundle was made.
	Change    *ListChange
	Lang, Dir string
}

// byAndFrom is the byline, the agency and the dateline on one line.
func byAndFrom(v BundleArticleView) string {
	var out []string
	for _, s := range []string{v.Byline, v.Agency, v.Dateline} {
		if s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return strings.Join(out, " · ")
}

// plainText is what segments say.
func plainText(ss []Segment) string {
	out := ""
	for _, s := range ss {
		out += s.Text
	}
	return out
}
