package templates

// englishMeta are the words that only lists of pages elsewhere show.
var englishMeta = map[string]string{
	"meta.archive": "%s: a news archive, searched by person, place, date and outlet.",
	"meta.page":    "%s. From %s, a news archive searched by person, place, date and outlet.",
}
