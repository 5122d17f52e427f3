package templates

// frenchPrint are the words that only paper shows, in French.
var frenchPrint = map[string]string{
	"print.hash":    "SHA-256 de ce qui a été capturé",
	"print.version": "Version %s sur %s, capturée\u00a0: %s.",
	"print.made":    "Imprimé\u00a0: %s",
}
