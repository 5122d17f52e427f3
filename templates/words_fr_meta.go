package templates

// frenchMeta are the descriptions of pages for those who list them, in French.
var frenchMeta = map[string]string{
	"meta.archive": "%s\u00a0: des archives de presse où l’on cherche par personne, lieu, date et média.",
	"meta.page":    "%s. De %s, des archives de presse où l’on cherche par personne, lieu, date et média.",
}
