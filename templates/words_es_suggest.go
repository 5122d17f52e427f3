package templates

// spanishSuggest are the words of what a search box offers, and of past searches.
var spanishSuggest = map[string]string{
	"suggest.label":          "Sugerencias",
	"suggest.none":           "Sin sugerencias",
	"suggest.said.one":       "%s sugerencia",
	"suggest.said.other":     "%s sugerencias",
	"suggest.person":         "Persona",
	"suggest.place":          "Lugar",
	"suggest.organisation":   "Organización",
	"suggest.outlet":         "Medio",
	"suggest.headline":       "Artículo",
	"suggest.word":           "Palabra",
	"suggest.past":           "Ya buscado",
	"suggest.alias":          "también «%s»",
	"suggest.articles.one":   "%s artículo",
	"suggest.articles.other": "%s artículos",

	"also.on":        "También artículos que nombran",
	"also.offer":     "«%s» es un nombre de %s.",
	"also.add.one":   "Sumar %s artículo que lo nombra de otro modo",
	"also.add.other": "Sumar %s artículos que lo nombran de otro modo",

	"meant":             "Quizá se quería decir",
	"meant.finds.one":   "— %s artículo",
	"meant.finds.other": "— %s artículos",

	"pastsearch.forget": "Olvidar",
	"pastsearch.label":  "Olvidar «%s»",
}
