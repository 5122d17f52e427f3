package main

import (
	"fmt"
	"strings"
)

// shown are the pages that the documentation shows, by their names in browsertest.Pages, with
// what there is to see.
var shown = []struct{ name, title, what string }{
	{"front", "The front page", "What came in, the same day in other years, who is in the news, the years of the archive and of each outlet."},
	{"results", "Results", "The search as a sentence, its years, what to narrow it by, and each article in four lines."},
	{"edits", "What was taken out", "Articles that no longer say a word, or say one now."},
	{"nothing-found", "Nothing found", "What each part of the search finds alone, and what comes nearest."},
	{"overview", "What a search found, as a whole", "When, who, where; what is named more here than elsewhere."},
	{"two-sets", "Two searches beside each other", "Bars and a line, told apart without their colours."},
	{"values", "All values of a facet", "Everybody whom the articles found name."},
	{"article", "An article", "The text in the middle; where it is from and what one can do with it on the one side, who and where on the other."},
	{"article-kept", "An article that is kept", "A highlight, a note, and the list that it is in."},
	{"article-hard-to-set", "An article that is hard to set", "A headline of 300 characters, from right to left."},
	{"diff", "What a version changed", "Added words are underlined, cut ones struck through."},
	{"past-version", "A version of then", "What was read then, and what takes its place."},
	{"family", "One report, several outlets", "Who printed it, how much of it, and two of them side by side."},
	{"people", "People", "Who is most in the news, each with their years; A to Z."},
	{"person", "A person", "Their words, who appears with them, where, and who reports."},
	{"place", "A place", "The same of a place."},
	{"organisation", "An organisation", "The same of a body."},
	{"outlets", "Outlets", "Each with what was captured of it; hatched is not known."},
	{"outlet", "An outlet", "Its coverage day by day, sections, bylines."},
	{"authors", "Authors", "Whose names stand in bylines."},
	{"author", "An author", "What is printed under a name, and about whom."},
	{"map", "Where the news is", "Countries, of all years or of one."},
	{"country", "A country", "Its places."},
	{"dates", "Dates", "A year is darker the more there is of it."},
	{"year", "A year", "Twelve calendars."},
	{"month", "A month", "A calendar with headlines."},
	{"day", "A day", "Like that day's paper."},
	{"on-this-day", "A day of all years", "The year in the margin."},
	{"stories", "Stories", "Articles that follow one event."},
	{"story", "A story", "What each report added, and the figures that changed."},
	{"lists", "Lists", "What readers put by."},
	{"list", "A list", "Notes, tags, order; what changed since it was saved."},
	{"notes", "Notes and highlights", "All of them, and where they stand."},
	{"saved-searches", "Saved searches", "What came in since each was looked at; receipts."},
	{"saved-search", "A search that is kept", "What is new, and whom it is told to by letter."},
	{"unsubscribe", "Stopping letters", "Where the link in every letter leads."},
	{"history", "History", "What was searched for and opened on the archive’s own machine."},
	{"receipt", "A receipt", "What a search found, pinned."},
	{"desk", "The desk", "What needs a person."},
	{"desk-without-dates", "A heap of the desk", "What nobody knows the date of, dated here."},
	{"repair", "Repairing a name", "Join, rename, hide, put on the map, part."},
	{"corrections", "Corrections", "What holds over what was recognised, each undone with a click."},
	{"runs", "What came in", "Each can be set aside as a whole."},
	{"run", "One of them", "What was added, changed and refused."},
	{"coverage", "Coverage", "A gap is not silence."},
	{"about", "About the archive", "What is in it, what it lacks, how far to trust it."},
	{"feeds", "Feeds", "What the archive reads by itself."},
	{"add", "Adding", "Addresses, text, files."},
	{"look-up", "Whether it is here", "An address, asked for."},
	{"help", "Help", "Every sign of the query language, with an example that finds something."},
	{"undated", "Undated", "No date is made up."},
	{"not-found", "Nothing at this address", "And where to go on."},
	{"results-hard-to-set", "A result that is hard to set", "As the article above, in a list."},
}

// inTheDark are those that are shown on dark paper too.
var inTheDark = []string{"front", "results", "article"}

// file is the picture of a page on a screen, beside the page that shows it.
func file(name string, width int64, dark bool) string {
	if dark {
		return fmt.Sprintf("%s-%d-dark.png", name, width)
	}
	return fmt.Sprintf("%s-%d.png", name, width)
}

// document is the page that shows the pictures.
func document() string {
	var b strings.Builder
	b.WriteString("# Every type of page\n\nThe sample archive, on a wide screen, a tablet and a phone. `go run ./cmd/pictures` takes these pictures and writes this page.\n")
	image := func(name, title string, width int64, dark bool, as int) {
		fmt.Fprintf(&b, "<img src=\"pictures/%s\" alt=\"%s, %d pixels wide\" width=\"%d\">\n", file(name, width, dark), title, width, as)
	}
	for _, s := range shown {
		fmt.Fprintf(&b, "\n## %s\n\n%s\n\n", s.title, s.what)
		for i, sc := range screens {
			image(s.name, s.title, sc.width, false, []int{520, 220, 110}[i])
		}
	}
	b.WriteString("\n## On dark paper\n\nWhere the reader's system asks for it, or the reader does in the foot of any page.\n\n")
	for _, name := range inTheDark {
		image(name, "On dark paper", screens[0].width, true, 420)
	}
	return b.String()
}
