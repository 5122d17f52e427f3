package templates

// germanAbout are the words of the page about the archive, in German.
var germanAbout = map[string]string{
	"about.title":         "Über dieses Archiv",
	"about.languages":     "Sprachen",
	"about.gaps":          "Was ihm fehlt",
	"about.gaps.what":     "Kein Archiv ist vollständig. Schraffiert sind Jahre eines Mediums, aus denen nichts erfasst wurde und von denen nichts sagt, was berichtet wurde: Eine Lücke ist kein Schweigen.",
	"about.coverage":      "Jedes Medium, Tag für Tag",
	"about.undated.one":   "%s Artikel ohne Datum",
	"about.undated.other": "%s Artikel ohne Datum",
	"about.texts":         "Wie weit man ihm trauen kann",
	"about.texts.what":    "Artikel bleiben, wie sie erfasst wurden. Wurde einer später geändert, ist jede Fassung da, mit dem, was sie geändert hat.",
	"about.names.what":    "Personen, Orte und Organisationen, und wer was gesagt hat, findet ein Programm in den Texten, und es irrt sich. Was verbunden, getrennt oder berichtigt wurde, von wem und warum, ist nachzulesen.",
	"about.corrections":   "Was berichtigt wurde",
	"about.write":         "Wer es führt",
	"about.take":          "Was eine Suche findet, lässt sich als Feed verfolgen und mitnehmen, wie viel es auch ist.",
}
