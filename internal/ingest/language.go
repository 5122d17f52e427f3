package ingest

import (
	"strings"

	"backfile/internal/text"

	"github.com/RadhiFadlillah/whatlanggo"
	bcp47 "golang.org/x/text/language"
)

// What is read of a text for its language, and how sure its small words must be: so
// sure to name it where nothing else does, and so sure to be believed against what a
// page says of itself.
const (
	languageBytes  = 4 << 10
	languageLeast  = 40
	languageSure   = 0.3
	languageSurely = 0.6
	// lettersLeast bytes are needed where only the letters can tell.
	lettersLeast = 200
)

// language is the BCP 47 tag of a text by its small words, else by its letters, or ""
// where the text is too short to tell.
func language(s string) string {
	if len(s) > languageBytes {
		s = strings.ToValidUTF8(s[:languageBytes], "")
	}
	if len(s) < languageLeast {
		return ""
	}
	if code, sure := text.Language(s); sure >= languageSure {
		return code
	}
	if len(s) < lettersLeast {
		return ""
	}
	info := whatlanggo.Detect(s)
	if !info.IsReliable() {
		return ""
	}
	return info.Lang.Iso6391()
}

// spoken is the language of a page's body: what the page says, unless the small words
// of the body say clearly something else. English is the default of the software that
// pages run on, and gives way to the letters too.
func spoken(said, body string) string {
	tag, err := bcp47.Parse(said)
	if said == "" || err != nil {
		return language(body)
	}
	if len(body) > languageBytes {
		body = strings.ToValidUTF8(body[:languageBytes], "")
	}
	parsed, _ := tag.Base()
	base := parsed.String()
	agrees := func(code string) bool { return code == base || near[base+code] || near[code+base] }
	code, sure := text.Language(body)
	switch {
	case len(body) < languageLeast || code != "" && agrees(code) && sure >= languageSure:
		return said
	case sure >= languageSurely && len(body) >= lettersLeast:
		return code
	case base != "en" || len(body) < lettersLeast:
		return said
	}
	info := whatlanggo.Detect(body)
	if code = info.Lang.Iso6391(); code == "" || !info.IsReliable() || info.Confidence < 0.95 || agrees(code) {
		return said
	}
	return code
}

// near are languages that neither letters nor small words tell apart for sure.
var near = map[string]bool{"nonb": true, "nbda": true, "noda": true, "nnnb": true, "nono": true, "svda": true, "idms": true, "hrsr": true, "hrbs": true, "srbs": true, "glpt": true,
	"gles": true, "csk": true, "cssk": true, "afnl": true, "ukru": true, "beru": true, "nnda": true, "nnno": true, "xhzu": true, "fatg": true,
	"caes": true, "cafr": true, "lbde": true, "rmit": true, "fynl": true, "mtit": true, "svnb": true, "svno": true, "roit": true, "eses": true}
