package templates

import (
	"context"
	"strings"
	"time"

	"backfile/internal/news"
)

// DigestView is a letter that tells what came in. Its addresses are absolute.
type DigestView struct {
	Archive, Home string
	// New counts the reports of all sections.
	New      int
	Sections []DigestSection
	// Unsubscribe is the page at which letters are stopped.
	Unsubscribe string
	At          time.Time
}

// DigestSection is what came in for one search.
type DigestSection struct {
	Name, Query, Href string
	// New counts the reports, of which Lines are the newest; Copies counts articles that
	// print a report that was there before.
	New, Copies int
	Lines       []DigestLine
	// Costly says that the search could not be asked.
	Costly bool
}

// DigestLine is one report.
type DigestLine struct {
	Headline, Href, Opening string
	Lang, Dir               string
	Outlet                  string
	// Others counts the other outlets that print it.
	Others int
	Date   news.Date
}

// More is how many reports have no line.
func (s DigestSection) More() int { return max(0, s.New-len(s.Lines)) }

// Subject says how much there is of what.
func (v DigestView) Subject(ctx context.Context) string {
	first, n := v.Sections[0], len(v.Sections)
	switch {
	case v.New > 0 && n == 1:
		return Count(ctx, "digest.subject", v.New, first.Name, v.Archive)
	case v.New > 0:
		return Count(ctx, "digest.subjects", v.New, Number(ctx, n), v.Archive)
	case n > 1:
		return Say(ctx, "digest.subjects.copies", Number(ctx, n), v.Archive)
	case first.Costly:
		return Say(ctx, "digest.subject.costly", first.Name, v.Archive)
	}
	return Say(ctx, "digest.subject.copies", first.Name, v.Archive)
}

// source is who printed a report, and when.
func (l DigestLine) source(ctx context.Context) string {
	parts := []string{orUnknown(ctx, l.Outlet)}
	if l.Others > 0 {
		parts[0] += " " + Count(ctx, "digest.others", l.Others)
	}
	return strings.Join(append(parts, ShowDate(ctx, l.Date)), ", ")
}

// sum says of a section how much came in.
func (s DigestSection) sum(ctx context.Context) string {
	if s.Costly {
		return Say(ctx, "digest.costly")
	}
	var parts []string
	if s.New > 0 {
		parts = append(parts, Count(ctx, "digest.new", s.New))
	}
	if s.Copies > 0 {
		parts = append(parts, Count(ctx, "digest.copies", s.Copies))
	}
	return strings.Join(parts, "; ")
}

// Text is the letter as plain text, for mail programs that show that, and people who like
// it better.
func (v DigestView) Text(ctx context.Context) string {
	var b strings.Builder
	line := func(s string) { b.WriteString(flat(s) + "\n") }
	line(v.Archive)
	for _, s := range v.Sections {
		line("")
		line(s.Name)
		line(strings.Repeat("-", min(60, max(3, len([]rune(s.Name))))))
		line(s.sum(ctx))
		for _, l := range s.Lines {
			line("")
			line("* " + l.Headline)
			line("  " + l.source(ctx))
			line("  " + l.Href)
		}
		line("")
		if n := s.More(); n > 0 {
			line(Count(ctx, "digest.more", n))
		}
		line(Say(ctx, "digest.search") + ": " + s.Href)
	}
	line("")
	line("-- ") // what mail programs know as the beginning of a signature
	line(Say(ctx, "digest.why", v.Archive))
	line(Say(ctx, "digest.stop") + ": " + v.Unsubscribe)
	return b.String()
}

// flat is s on one line, with spaces in front as they are.
func flat(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, s)
}
