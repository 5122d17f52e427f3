package templates

// englishSuggest are the words of what a search box offers, and of past searches.
var englishSuggest = map[string]string{
	"suggest.label":          "Suggestions",
	"suggest.none":           "No suggestions",
	"suggest.said.one":       "%s suggestion",
	"suggest.said.other":     "%s suggestions",
	"suggest.person":         "Person",
	"suggest.place":          "Place",
	"suggest.organisation":   "Organisation",
	"suggest.outlet":         "Outlet",
	"suggest.headline":       "Article",
	"suggest.word":           "Word",
	"suggest.past":           "Searched before",
	"suggest.alias":          "also “%s”",
	"suggest.articles.one":   "%s article",
	"suggest.articles.other": "%s articles",

	"also.on":        "Also articles that name",
	"also.offer":     "“%s” is a name of %s.",
	"also.add.one":   "Add %s article that names it otherwise",
	"also.add.other": "Add %s articles that name it otherwise",

	"meant":             "Did you mean",
	"meant.finds.one":   "— %s article",
	"meant.finds.other": "— %s articles",

	"pastsearch.forget": "Forget",
	"pastsearch.label":  "Forget “%s”",
}
