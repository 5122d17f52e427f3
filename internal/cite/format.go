package cite

import (
	"io"
	"slices"
)

// Format is one kind of file.
type Format struct {
	// Name is what a parameter calls it, and the end of a file's name ("csv",
	// "csl.json").
	Name string
	// MediaType is its Content-Type.
	MediaType string
	open      func(w io.Writer) Writer
}

// Formats are all of them, in the order in which they are offered.
var Formats = []Format{
	{"csv", "text/csv; charset=utf-8; header=present", newTable},
	{"jsonl", "application/x-ndjson", newLines},
	{"ris", "application/x-research-info-systems; charset=utf-8", newRIS},
	{"bib", "application/x-bibtex; charset=utf-8", newBibTeX},
	{"csl.json", "application/vnd.citationstyles.csl+json", newCSL},
}

// FormatNamed is the format of that name.
func FormatNamed(name string) (Format, bool) {
	i := slices.IndexFunc(Formats, func(f Format) bool { return f.Name == name })
	if i < 0 {
		return Format{}, false
	}
	return Formats[i], true
}

// NewWriter returns a writer of the format to w. It does not buffer: give it a
// buffer where w is slow.
func (f Format) NewWriter(w io.Writer) Writer { return f.open(w) }

// Writer writes one file. Errors are those of what it writes to.
type Writer interface {
	// Write adds an article.
	Write(e Entry) error
	// Close ends the file; what it writes to stays open. A file without an article is
	// a valid one.
	Close() error
	// Break ends a file that could not be written to its end, in place of Close: it
	// says so where the format has room for such a line, and leaves the file in a form
	// that its readers refuse where it has none. why is a clause for people.
	Break(why string) error
}
