package templates

// spanishMeta are the descriptions of pages for those who list them, in Spanish.
var spanishMeta = map[string]string{
	"meta.archive": "%s: una hemeroteca en la que se busca por persona, lugar, fecha y medio.",
	"meta.page":    "%s. De %s, una hemeroteca en la que se busca por persona, lugar, fecha y medio.",
}
