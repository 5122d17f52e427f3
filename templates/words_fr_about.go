package templates

// frenchAbout are the words of the page about the archive, in French.
var frenchAbout = map[string]string{
	"about.title":         "À propos de ces archives",
	"about.languages":     "Langues",
	"about.gaps":          "Ce qui leur manque",
	"about.gaps.what":     "Aucunes archives ne sont complètes. Les années hachurées d’un titre sont celles dont rien n’a été capturé et dont rien ne dit ce qui fut publié : une lacune n’est pas un silence.",
	"about.coverage":      "Chaque titre, jour par jour",
	"about.undated.one":   "%s article sans date",
	"about.undated.other": "%s articles sans date",
	"about.texts":         "Jusqu’où s’y fier",
	"about.texts.what":    "Les articles restent tels qu’ils ont été capturés. Si l’un d’eux a changé depuis, chaque version est conservée, avec ce qu’elle a changé.",
	"about.names.what":    "Les personnes, les lieux et les organisations, et qui a dit quoi, sont relevés dans les textes par un programme, qui se trompe. Ce qui a été réuni, séparé ou corrigé, par qui et pourquoi, peut être lu.",
	"about.corrections":   "Ce qui a été corrigé",
	"about.write":         "Qui les tient",
	"about.take":          "Ce qu’une recherche trouve peut être suivi comme un flux et emporté, quelle qu’en soit la quantité.",
}
