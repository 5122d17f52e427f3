package templates

// Arabic is the catalogue in Arabic.
var Arabic = &Words{
	Lang: "ar", Name: "العربية", Dir: "rtl", Draft: true,
	Form: formArabic, Forms: arabicForms,
	// Western digits: years, versions, the dates that a search takes and the articles
	// themselves have them, and a page with both would be hard to read down a column.
	Group: ",", GroupFrom: 4, Decimal: ".", Percent: "\u200e%\u200e",
	Months:        [12]string{"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"},
	MonthsShort:   [12]string{"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"},
	Weekdays:      [7]string{"الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"},
	WeekdaysShort: [7]string{"اثنين", "ثلاثاء", "أربعاء", "خميس", "جمعة", "سبت", "أحد"},
	Dates: DatePatterns{
		Day: "{day} {month} {year}", Month: "{month} {year}", MonthDay: "{day} {month}",
		Short: "{day} {mon}", Long: "{weekday}، {date}",
	},
	Comma:  "، ",
	Quotes: [2]string{"«", "»"},
	Text:   arabic,
}

// arabic is the whole catalogue; parts of the house have files of their own.
var arabic = together(arabicPages)

var arabicPages = map[string]string{
	"lang": "ar",
	"and":  "%s و%s",
}
