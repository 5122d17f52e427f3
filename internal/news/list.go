package news

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// List is a reader's named, ordered set of bookmarked articles.
type List struct {
	ID    ListID `json:"id"`
	Slug  string `json:"slug"`
	Name  string `json:"name"`
	Owner string `json:"owner"`
	// About is what the reader says of the list, in paragraphs parted by a blank line.
	About string `json:"about,omitempty"`
	// Public has everybody who knows the list's address read it, with the notes and tags
	// of its bookmarks.
	Public  bool       `json:"public,omitempty"`
	Created time.Time  `json:"created"`
	Items   []Bookmark `json:"items"`
}

// Bookmark is one article of a list, pinned to the version that was saved.
type Bookmark struct {
	Article ArticleID `json:"article"`
	Version int       `json:"version"`
	Added   time.Time `json:"added"`
	// Headline is the headline of that version, so that the list can say what it held
	// when the article is gone; "" where it had none, and of one that was erased.
	Headline string `json:"headline,omitempty"`
	// Note is why it was saved, Tags are words that the reader put on it.
	Note string   `json:"note,omitempty"`
	Tags []string `json:"tags,omitempty"`
}

// The limits of what readers keep.
const (
	// MaxListItems is how many articles a list holds.
	MaxListItems = 10_000
	// MaxListAbout is the length of what is said of a list, MaxBookmarkNote that of a
	// bookmark's note, in characters.
	MaxListAbout    = 5000
	MaxBookmarkNote = 1000
	// MaxTags is how many tags one thing has, MaxTag the length of one in characters.
	MaxTags = 20
	MaxTag  = 60
)

// Standing is what became of a bookmarked article.
type Standing struct {
	// Current is the version that is shown now; 0 where none is.
	Current int
	// Changed says that its text is not the one that was saved.
	Changed bool
	// Into is the article that it was joined to, "" for most.
	Into ArticleID
	// Gone says why the article is not shown; nil where it is.
	Gone *Gone
}

// Path is the list's address on this archive.
func (l List) Path() string { return "/lists/" + string(l.ID) + "/" + l.Slug }

// Index is the place of an article in the list, or -1.
func (l List) Index(id ArticleID) int {
	return slices.IndexFunc(l.Items, func(b Bookmark) bool { return b.Article == id })
}

// Equal reports whether two bookmarks are the same in all they say.
func (b Bookmark) Equal(o Bookmark) bool {
	return b.Article == o.Article && b.Version == o.Version && b.Added.Equal(o.Added) && b.Headline == o.Headline && b.Note == o.Note && slices.Equal(b.Tags, o.Tags)
}

// CleanText is what a reader wrote as it is kept: valid UTF-8 with lines ended by a
// newline, no blanks at the lines' ends, at most one blank line in a row, no signs that
// move a printer's head.
func CleanText(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\r\n", "\n")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t' || r == '\r':
			return ' '
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, s)
	var out []string
	for line := range strings.SplitSeq(strings.TrimSpace(s), "\n") {
		line = strings.TrimRightFunc(line, unicode.IsSpace)
		if line == "" && len(out) > 0 && out[len(out)-1] == "" {
			continue
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

// CleanTags are tags as they are kept: each once, on one line, without a # in front and
// without commas, in the order given. None is nil.
func CleanTags(tags []string) []string {
	var out []string
	for _, t := range tags {
		t = CleanName(strings.TrimLeft(strings.TrimSpace(strings.ReplaceAll(t, ",", " ")), "#"))
		same := func(have string) bool { return strings.EqualFold(have, t) }
		if t != "" && !slices.ContainsFunc(out, same) {
			out = append(out, t)
		}
	}
	return out
}

// ParseTags are the tags of a line in which commas part them.
func ParseTags(s string) []string { return CleanTags(strings.Split(s, ",")) }

// CheckKept returns an error that wraps ErrInvalid for a note of more than most
// characters, or for too many or too long tags.
func CheckKept(note string, most int, tags []string) error {
	if n := utf8.RuneCountInString(note); n > most {
		return fmt.Errorf("the note has %d characters, of which at most %d can be kept: %w", n, most, ErrInvalid)
	}
	if len(tags) > MaxTags {
		return fmt.Errorf("these are %d tags, of which at most %d can be kept: %w", len(tags), MaxTags, ErrInvalid)
	}
	for _, t := range tags {
		if utf8.RuneCountInString(t) > MaxTag {
			return fmt.Errorf("a tag has at most %d characters: %w", MaxTag, ErrInvalid)
		}
	}
	return nil
}
