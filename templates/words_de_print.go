package templates

// germanPrint are the words that only paper shows, in German.
var germanPrint = map[string]string{
	"print.hash":    "SHA-256 des Erfassten",
	"print.version": "Fassung %s von %s, erfasst %s.",
	"print.made":    "Gedruckt %s",
}
