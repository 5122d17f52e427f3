package templates

// englishPrint are the words that only paper shows.
var englishPrint = map[string]string{
	"print.hash":    "SHA-256 of what was captured",
	"print.version": "Version %s of %s, captured %s.",
	"print.made":    "Printed %s",
}
