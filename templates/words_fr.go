package templates

// French is the catalogue in French.
var French = &Words{
	Lang: "fr", Name: "Français", Dir: "ltr", Draft: true,
	Form: formFrench, Forms: oneManyOther,
	// A narrow space that does not break.
	Group: "\u202f", GroupFrom: 4, Decimal: ",", Percent: "\u202f%",
	Months:        [12]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
	MonthsShort:   [12]string{"janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."},
	Weekdays:      [7]string{"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"},
	WeekdaysShort: [7]string{"lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."},
	First:         "1er",
	Dates: DatePatterns{
		Day: "{day} {month} {year}", Month: "{month} {year}", MonthDay: "{day} {month}",
		Short: "{day} {mon}", Long: "{weekday} {date}",
	},
	Comma:  ", ",
	Quotes: [2]string{"«\u202f", "\u202f»"},
	Text:   french,
}

// french is the whole catalogue; parts of the house have files of their own.
var french = together(frenchPages, frenchLetters, frenchHistory)

var frenchPages = map[string]string{
	"lang": "fr",
	"and":  "%s et %s",
}
