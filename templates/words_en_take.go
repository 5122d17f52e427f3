package templates

// englishTake are the words of what takes results out.
var englishTake = map[string]string{
	"take.title":    "Take it out",
	"take.all":      "All of it as a file:",
	"take.csv":      "Table (CSV)",
	"take.jsonl":    "JSON Lines",
	"take.ris":      "RIS",
	"take.bib":      "BibTeX",
	"take.csl.json": "CSL-JSON",
	"take.follow":   "What comes, in a feed reader:",
	"take.atom":     "Atom",
	"take.jsonfeed": "JSON Feed",
	"take.feed.of":  "%s, the newest first",
}
