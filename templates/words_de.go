package templates

// German is the catalogue in German.
var German = &Words{
	Lang: "de", Name: "Deutsch", Dir: "ltr", Draft: true,
	Form: formGermanic, Forms: oneOther,
	Group: ".", GroupFrom: 4, Decimal: ",", Percent: "\u00a0%",
	Months:        [12]string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"},
	MonthsShort:   [12]string{"Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."},
	Weekdays:      [7]string{"Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"},
	WeekdaysShort: [7]string{"Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"},
	Dates: DatePatterns{
		Day: "{day}. {month} {year}", Month: "{month} {year}", MonthDay: "{day}. {month}",
		Short: "{day}. {mon}", Long: "{weekday}, {date}",
	},
	Comma:  ", ",
	Quotes: [2]string{"„", "“"},
	Text:   german,
}

// german is the whole catalogue; parts of the house have files of their own.
var german = together(germanPages)

var germanPages = map[string]string{
	"lang": "de",
	"and":  "%s und %s",
}
