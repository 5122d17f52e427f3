package templates

// frenchSuggest are the words of what a search box offers, and of past searches, in French.
var frenchSuggest = map[string]string{
	"suggest.label":          "Suggestions",
	"suggest.none":           "Aucune suggestion",
	"suggest.said.one":       "%s suggestion",
	"suggest.said.other":     "%s suggestions",
	"suggest.person":         "Personne",
	"suggest.place":          "Lieu",
	"suggest.organisation":   "Organisation",
	"suggest.outlet":         "Média",
	"suggest.headline":       "Article",
	"suggest.word":           "Mot",
	"suggest.past":           "Déjà cherché",
	"suggest.alias":          "aussi «\u202f%s\u202f»",
	"suggest.articles.one":   "%s article",
	"suggest.articles.other": "%s articles",

	"also.on":        "Aussi les articles qui nomment",
	"also.offer":     "«\u202f%s\u202f» est un nom de %s.",
	"also.add.one":   "Ajouter %s article qui le nomme autrement",
	"also.add.other": "Ajouter %s articles qui le nomment autrement",

	"meant":             "Vouliez-vous dire",
	"meant.finds.one":   "— %s article",
	"meant.finds.other": "— %s articles",

	"pastsearch.forget": "Oublier",
	"pastsearch.label":  "Oublier «\u202f%s\u202f»",
}
