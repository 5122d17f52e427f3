// Package text is the archive's one tokenizer: matching, highlighting, entities
// and families all see words as it does. Offsets are bytes of the text given, and
// stay true whatever folding does to a word's length.
package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold is s for look-up: its words (see Tokens), each folded, parted by one
// space. Two spellings that a reader would take for one fold alike: "O’Brien's",
// "O'Brien" and "OBRIEN"; "Łódź" and "Lodz"; "U.S." and "US".
func Fold(s string) string {
	var b strings.Builder
	for t := range Tokens(s) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t.Fold)
	}
	return b.String()
}

// FoldWord folds one word: NFKC, lower case, no accents on letters of the
// Latin and Greek scripts (and the Russian ё, which print drops), no apostrophes, no possessive ending, no
// full stops in an acronym. It may return "" for a word of signs only.
func FoldWord(w string) string {
	if s, ok := foldASCII(w); ok {
		return s
	}
	w = strings.ToLower(norm.NFKC.String(w))
	w = trimPossessive(w)
	var b strings.Builder
	b.Grow(len(w))
	strip := false // the last base letter is of a script whose accents are dropped
	for _, r := range norm.NFD.String(strings.ReplaceAll(w, "ё", "е")) {
		switch {
		case isApostrophe(r) || r == '\u00ad' || r == '\u200d' || r == '\u200c':
		case unicode.Is(unicode.Mn, r):
			if !strip {
				b.WriteRune(r)
			}
		default:
			strip = unicode.In(r, unicode.Latin, unicode.Greek)
			if s, ok := letters[r]; ok {
				b.WriteString(s)
			} else {
				b.WriteRune(r)
			}
		}
	}
	return undot(norm.NFC.String(b.String()))
}

// letters are those that no decomposition takes apart.
var letters = map[rune]string{
	'ł': "l", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th", 'ß': "ss", 'æ': "ae", 'œ': "oe",
	'ı': "i", 'ħ': "h", 'ŧ': "t", 'ŋ': "n", 'ĸ': "k", 'ſ': "s", 'ς': "σ",
}

// foldASCII is the quick way for most words of most languages.
func foldASCII(w string) (string, bool) {
	plain := true
	for i := range len(w) {
		c := w[i]
		if c >= utf8.RuneSelf {
			return "", false
		}
		if !('a' <= c && c <= 'z' || '0' <= c && c <= '9') {
			plain = false
		}
	}
	if plain {
		return w, true
	}
	w = trimPossessive(strings.ToLower(w))
	if strings.IndexByte(w, '\'') >= 0 {
		w = strings.ReplaceAll(w, "'", "")
	}
	return undot(w), true
}

func isApostrophe(r rune) bool {
	switch r {
	case '\'', '’', '‘', 'ʼ', '＇', '`', '´':
		return true
	}
	return false
}

// trimPossessive drops a final 's. "It's" loses it too, in texts and questions
// alike.
func trimPossessive(w string) string {
	head, ok := strings.CutSuffix(w, "s")
	if !ok {
		return w
	}
	r, n := utf8.DecodeLastRuneInString(head)
	if isApostrophe(r) && n < len(head) {
		return head[:len(head)-n]
	}
	return w
}

// undot joins the letters of an acronym (u.s, r.a.f) and leaves host names and
// numbers as they are.
func undot(w string) string {
	if strings.IndexByte(w, '.') < 0 {
		return w
	}
	for part := range strings.SplitSeq(strings.TrimSuffix(w, "."), ".") {
		r, n := utf8.DecodeRuneInString(part)
		if n != len(part) || !unicode.IsLetter(r) {
			return w
		}
	}
	return strings.ReplaceAll(w, ".", "")
}
