package templates

// germanMeta are the descriptions of pages for those who list them, in German.
var germanMeta = map[string]string{
	"meta.archive": "%s: ein Nachrichtenarchiv, durchsuchbar nach Person, Ort, Datum und Medium.",
	"meta.page":    "%s. Aus %s, einem Nachrichtenarchiv, durchsuchbar nach Person, Ort, Datum und Medium.",
}
