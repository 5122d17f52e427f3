package templates

// spanishHistory are the words of what the reader searched for and opened.
var spanishHistory = map[string]string{
	"history.title":       "Historial",
	"history.sub":         "Lo que se buscó y se abrió en este ordenador. Nadie más lo ve, y de quienes visitan desde fuera no se guarda nada.",
	"history.none":        "Aún no se ha buscado ni abierto nada.",
	"history.unfound":     "Nada en el historial contiene estas palabras.",
	"history.off":         "Ahora no se guarda ningún historial. Lo que ya estaba guardado permanece hasta que se olvide.",
	"history.find":        "Buscar en el historial",
	"history.find.go":     "Buscar",
	"history.read":        "abierto",
	"history.searched":    "buscado",
	"history.times.one":   "%s vez",
	"history.times.other": "%s veces",
	"history.saved":       "guardada",
	"history.save.label":  "Guardar la búsqueda «%s»",
	"history.newer":       "Más reciente",
	"history.older":       "Más antiguo",
	"history.all":         "Olvidarlo todo",
	"history.stop":        "No guardar más historial",
	"history.start":       "Volver a guardar el historial",
}
