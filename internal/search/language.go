package search

import (
	"strings"
	"sync"

	"backfile/internal/text"
)

// languageNames are languages' two letters and what they are called, in English and by
// those who speak them.
const languageNames = `ar arabic العربية|bg bulgarian български|ca catalan català|cs czech čeština|cy welsh cymraeg|da danish dansk|de german deutsch|el greek ελληνικά|en english|
es spanish español castellano|et estonian eesti|eu basque euskara|fa persian farsi فارسی|fi finnish suomi|fr french français|ga irish gaeilge|gd gaelic gàidhlig|he hebrew עברית|
hi hindi हिन्दी|hr croatian hrvatski|hu hungarian magyar|id indonesian|is icelandic íslenska|it italian italiano|ja japanese 日本語|ko korean 한국어|lt lithuanian lietuvių|
lv latvian latviešu|nl dutch nederlands flemish|no norwegian norsk|pl polish polski|pt portuguese português|ro romanian română|ru russian русский|sk slovak slovenčina|
sl slovene slovenian slovenščina|sr serbian српски|sv swedish svenska|sw swahili kiswahili|tr turkish türkçe|uk ukrainian українська|ur urdu اردو|vi vietnamese|zh chinese 中文`

var languageCodes = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for l := range strings.SplitSeq(languageNames, "|") {
		names := strings.Fields(l)
		for _, n := range names[1:] {
			m[text.Fold(n)] = names[0]
		}
	}
	return m
})

// languageCode is the two letters of a language called by its name, else the value.
func languageCode(value string) string {
	if code, ok := languageCodes()[text.Fold(value)]; ok {
		return code
	}
	return value
}
