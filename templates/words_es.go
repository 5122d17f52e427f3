package templates

// Spanish is the catalogue in Spanish.
var Spanish = &Words{
	Lang: "es", Name: "Español", Dir: "ltr", Draft: true,
	Form: formSpanish, Forms: oneManyOther,
	// A number of four digits is not parted.
	Group: ".", GroupFrom: 5, Decimal: ",", Percent: "\u00a0%",
	Months:        [12]string{"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"},
	MonthsShort:   [12]string{"ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"},
	Weekdays:      [7]string{"lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"},
	WeekdaysShort: [7]string{"lun", "mar", "mié", "jue", "vie", "sáb", "dom"},
	Dates: DatePatterns{
		Day: "{day} de {month} de {year}", Month: "{month} de {year}", MonthDay: "{day} de {month}",
		Short: "{day} {mon}", Long: "{weekday}, {date}",
	},
	Comma:  ", ",
	Quotes: [2]string{"«", "»"},
	Text:   spanish,
}

// spanish is the whole catalogue; parts of the house have files of their own.
var spanish = together(spanishPages)

var spanishPages = map[string]string{
	"lang": "es",
	"and":  "%s y %s",
}
