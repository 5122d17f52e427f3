package templates

// spanishPrint are the words that only paper shows.
var spanishPrint = map[string]string{
	"print.hash":    "SHA-256 de lo capturado",
	"print.version": "Versión %s de %s, capturada: %s.",
	"print.made":    "Impreso: %s",
}
