package templates

// englishAbout are the words of the page about the archive.
var englishAbout = map[string]string{
	"about.title":         "About this archive",
	"about.languages":     "Languages",
	"about.gaps":          "What it lacks",
	"about.gaps.what":     "No archive is whole. Hatched are years of an outlet of which nothing was captured, and nothing tells what was reported: a gap is not silence.",
	"about.coverage":      "Every outlet, day by day",
	"about.undated.one":   "%s article without a date",
	"about.undated.other": "%s articles without a date",
	"about.texts":         "How far to trust it",
	"about.texts.what":    "Articles stay as they were captured. Where one changed later, each version is kept, with what it changed.",
	"about.names.what":    "People, places and organisations, and who said what, are found in the texts by a program, which errs. What was joined, parted or corrected, by whom and why, can be read.",
	"about.corrections":   "What was corrected",
	"about.write":         "Who keeps it",
	"about.take":          "What a search finds can be followed as a feed and taken out, however much it is.",
}
