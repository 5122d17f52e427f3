package templates

// germanHistory are the words of what the reader searched for and opened.
var germanHistory = map[string]string{
	"history.title":       "Verlauf",
	"history.sub":         "Was auf diesem Rechner gesucht und geöffnet wurde. Niemand sonst sieht es, und von Besuchern von anderswo wird nichts aufbewahrt.",
	"history.none":        "Noch wurde nichts gesucht oder geöffnet.",
	"history.unfound":     "Nichts im Verlauf hat diese Wörter.",
	"history.off":         "Zurzeit wird kein Verlauf aufbewahrt. Was vorher aufbewahrt wurde, bleibt, bis es vergessen wird.",
	"history.find":        "Im Verlauf finden",
	"history.find.go":     "Finden",
	"history.read":        "geöffnet",
	"history.searched":    "gesucht",
	"history.times.one":   "%s Mal",
	"history.times.other": "%s Mal",
	"history.saved":       "gespeichert",
	"history.save.label":  "Die Suche „%s“ speichern",
	"history.newer":       "Neuere",
	"history.older":       "Ältere",
	"history.all":         "Alles vergessen",
	"history.stop":        "Von jetzt an keinen Verlauf aufbewahren",
	"history.start":       "Wieder einen Verlauf aufbewahren",
}
