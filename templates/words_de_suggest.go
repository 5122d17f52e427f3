package templates

// germanSuggest are the words of what a search box offers, and of past searches, in German.
var germanSuggest = map[string]string{
	"suggest.label":          "Vorschläge",
	"suggest.none":           "Keine Vorschläge",
	"suggest.said.one":       "%s Vorschlag",
	"suggest.said.other":     "%s Vorschläge",
	"suggest.person":         "Person",
	"suggest.place":          "Ort",
	"suggest.organisation":   "Organisation",
	"suggest.outlet":         "Medium",
	"suggest.headline":       "Artikel",
	"suggest.word":           "Wort",
	"suggest.past":           "Schon gesucht",
	"suggest.alias":          "auch „%s“",
	"suggest.articles.one":   "%s Artikel",
	"suggest.articles.other": "%s Artikel",

	"also.on":        "Auch Artikel, die nennen:",
	"also.offer":     "„%s“ ist ein Name von %s.",
	"also.add.one":   "%s Artikel hinzunehmen, der es anders nennt",
	"also.add.other": "%s Artikel hinzunehmen, die es anders nennen",

	"meant":             "Meinten Sie",
	"meant.finds.one":   "— %s Artikel",
	"meant.finds.other": "— %s Artikel",

	"pastsearch.forget": "Vergessen",
	"pastsearch.label":  "„%s“ vergessen",
}
