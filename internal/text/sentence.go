package text

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/sentences"
)

// Range is a stretch of a text: byte offsets, half open.
type Range struct{ Start, End int }

// Sentences yields the sentences of s, without the space around them: those of
// UAX 29, except that a full stop behind a title, an initial or another
// abbreviation ends none ("Mr. Blinken", "the U.S. said", "Sen. J. Smith").
func Sentences(s string) iter.Seq[Range] {
	return func(yield func(Range) bool) {
		it := sentences.FromString(s)
		start := -1
		for it.Next() {
			if start < 0 {
				start = it.Start()
			}
			end := it.End()
			if end < len(s) && endsInAbbreviation(s[start:end]) {
				continue
			}
			r := trimRange(s, start, end)
			start = -1
			if r.Start < r.End && !yield(r) {
				return
			}
		}
		if start >= 0 {
			if r := trimRange(s, start, len(s)); r.Start < r.End {
				yield(r)
			}
		}
	}
}

func trimRange(s string, start, end int) Range {
	part := s[start:end]
	left := strings.TrimLeftFunc(part, unicode.IsSpace)
	start += len(part) - len(left)
	return Range{start, start + len(strings.TrimRightFunc(left, unicode.IsSpace))}
}

// longestAbbreviation bounds how far back a last word is looked for, in bytes:
// a text without spaces must not be read again for each of its full stops.
const longestAbbreviation = 16

// endsInAbbreviation reports whether the last word of s is one whose full stop
// ends no sentence. A blank line behind it ends one all the same.
func endsInAbbreviation(s string) bool {
	trimmed := strings.TrimRightFunc(s, unicode.IsSpace)
	if strings.Contains(s[len(trimmed):], "\n\n") {
		return false
	}
	s, ok := strings.CutSuffix(trimmed, ".")
	if !ok {
		return false
	}
	s = s[max(0, len(s)-longestAbbreviation):]
	i := strings.LastIndexFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || r == '(' || r == '“' || r == '"' || r == '—' || r == '-'
	})
	if i >= 0 {
		_, n := utf8.DecodeRuneInString(s[i:])
		s = s[i+n:]
	}
	r, n := utf8.DecodeRuneInString(s)
	if n == len(s) && unicode.IsUpper(r) && r != 'I' {
		return true // an initial
	}
	if len(s) == 3 && s[1] == '.' && isCapital(s[0]) && isCapital(s[2]) {
		return true // two of them: "D.V. Gowda", "P.C. Yates"
	}
	return abbreviations[strings.ToLower(s)]
}

// abbreviations stand before a name, a number or more of the sentence.
var abbreviations = set(`mr mrs ms dr prof rev hon sr jr st ste mt ft gen lt col maj capt cmdr sgt cpl pte adm
	sen rep gov pres supt insp det cllr messrs mme mlle m hr fr dipl ing bzw vs etc no nos approx ca
	jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun
	u.s u.k u.n e.g i.e a.m p.m
	revd rt lieut comdr corpl cr drs ald clr jas wm chas geo thos robt alexr saml benj`)

func isCapital(b byte) bool { return 'A' <= b && b <= 'Z' }

func set(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}
