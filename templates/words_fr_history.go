package templates

// frenchHistory are the words of what the reader searched for and opened.
var frenchHistory = map[string]string{
	"history.title":       "Historique",
	"history.sub":         "Ce qui a été cherché et ouvert sur cette machine. Personne d’autre ne le voit, et rien n’est gardé des visiteurs venus d’ailleurs.",
	"history.none":        "Rien n’a encore été cherché ni ouvert.",
	"history.unfound":     "Rien dans l’historique ne contient ces mots.",
	"history.off":         "Aucun historique n’est gardé pour l’instant. Ce qui l’était déjà reste jusqu’à ce qu’on l’oublie.",
	"history.find":        "Chercher dans l’historique",
	"history.find.go":     "Chercher",
	"history.read":        "ouvert",
	"history.searched":    "cherché",
	"history.times.one":   "%s fois",
	"history.times.other": "%s fois",
	"history.saved":       "enregistrée",
	"history.save.label":  "Enregistrer la recherche « %s »",
	"history.newer":       "Plus récent",
	"history.older":       "Plus ancien",
	"history.all":         "Tout oublier",
	"history.stop":        "Ne plus garder d’historique",
	"history.start":       "Garder de nouveau un historique",
}
