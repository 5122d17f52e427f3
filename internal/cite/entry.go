package cite

import (
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"backfile/internal/news"
)

// Entry is an article to write, in one version.
type Entry struct {
	Article *news.Article
	// Version is the number of the version, from 1; 0 where that is not known.
	Version int
	// Address is where the archive shows it, with scheme and host.
	Address string
	// Archive is what the archive is called.
	Archive string
	// Kept is what a reader says of it, of an article of a list; nil for none.
	Kept *Kept
}

// Kept is what a reader who put an article on a list says of it.
type Kept struct {
	Note  string
	Tags  []string
	Added time.Time
}

// note is what the reader says of the article, on one line, "" for nothing.
func (e Entry) note() string {
	if e.Kept == nil {
		return ""
	}
	return line(e.Kept.Note)
}

// keywords are the article's own tags and those of the reader, each once.
func (e Entry) keywords() []string {
	out := slices.Clone(e.Article.Tags)
	if e.Kept != nil {
		for _, t := range e.Kept.Tags {
			if !slices.Contains(out, t) {
				out = append(out, t)
			}
		}
	}
	return out
}

// maxSupplied bounds a title made of an article's first words, in characters.
const maxSupplied = 80

// title is the headline. An article without one is called by its first words in square
// brackets, as libraries write a title that they supply; supplied then is true.
func (e Entry) title() (title string, supplied bool) {
	if t := line(e.Article.Headline); t != "" {
		return t, false
	}
	first, _, _ := strings.Cut(e.Article.Body, "\n\n")
	words := line(first)
	if utf8.RuneCountInString(words) > maxSupplied {
		words = string([]rune(words)[:maxSupplied])
		if i := strings.LastIndexByte(words, ' '); i > 0 {
			words = words[:i]
		}
		words += " …"
	}
	if words == "" {
		return "", false
	}
	return "[" + words + "]", true
}

// outlet is the outlet's name, "" where it is not known.
func (e Entry) outlet() string {
	if e.Article.Outlet == nil {
		return ""
	}
	return line(e.Article.Outlet.Name)
}

// original is the article's address at its outlet, "" where it has none that a browser
// could open.
func (e Entry) original() string {
	u, err := url.Parse(e.Article.URL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}

// agency says who supplied the article, "" where nobody is known.
func (e Entry) agency() string {
	if a := line(e.Article.Agency); a != "" {
		return "Supplied by " + a
	}
	return ""
}

// line is s on one line: stretches of space and what moves a printer's head are one
// space. What is not UTF-8 becomes the replacement character.
func line(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || r == '\uFEFF' }), " ")
}
