package templates

// spanishAbout are the words of the page about the archive, in Spanish.
var spanishAbout = map[string]string{
	"about.title":         "Acerca de esta hemeroteca",
	"about.languages":     "Idiomas",
	"about.gaps":          "Lo que le falta",
	"about.gaps.what":     "Ninguna hemeroteca está completa. Rayados están los años de un medio de los que nada se capturó y de los que nada dice qué se publicó: una laguna no es un silencio.",
	"about.coverage":      "Cada medio, día a día",
	"about.undated.one":   "%s artículo sin fecha",
	"about.undated.other": "%s artículos sin fecha",
	"about.texts":         "Hasta dónde fiarse",
	"about.texts.what":    "Los artículos quedan como se capturaron. Si alguno cambió después, se conserva cada versión, con lo que cambió en ella.",
	"about.names.what":    "Un programa encuentra en los textos las personas, los lugares y las organizaciones, y quién dijo qué, y se equivoca. Lo que se unió, se separó o se corrigió, por quién y por qué, puede leerse.",
	"about.corrections":   "Lo que se corrigió",
	"about.write":         "Quién la lleva",
	"about.take":          "Lo que encuentra una búsqueda puede seguirse como canal y llevarse, por mucho que sea.",
}
