package wire

import (
	"regexp"
	"strings"
)

// national are the letters that languages put in the places of brackets and braces
// in their variants of ISO 646, the seven bits that IPTC 7901 was made for; and a few
// words by which each language is known.
var national = []struct {
	letters *strings.Replacer
	words   *regexp.Regexp
}{
	{strings.NewReplacer("[", "Ä", "\\", "Ö", "]", "Ü", "{", "ä", "|", "ö", "}", "ü", "~", "ß"), regexp.MustCompile(`(?i)\b(der|die|das|und|nicht|von|mit)\b`)},
	{strings.NewReplacer("[", "Ä", "\\", "Ö", "]", "Å", "{", "ä", "|", "ö", "}", "å", "~", "ü"), regexp.MustCompile(`(?i)\b(och|att|det|inte|som|ett)\b`)},
	{strings.NewReplacer("[", "Æ", "\\", "Ø", "]", "Å", "{", "æ", "|", "ø", "}", "å"), regexp.MustCompile(`(?i)\b(og|ikke|af|av|til|det)\b`)},
}

// inWord is a brace where a letter must be.
var inWord = regexp.MustCompile("[A-Za-z][{|}~][A-Za-z ]|[{|}][a-z]{2}")

// unvaried is a text of seven bits with its national letters, where braces stand
// inside its words; any other text as it is.
func unvaried(s string) string {
	const enough = 3
	for i := range len(s) {
		if s[i] >= 0x80 {
			return s
		}
	}
	if len(inWord.FindAllString(s, enough)) < enough {
		return s
	}
	best, most := -1, 1
	for i, n := range national {
		if c := len(n.words.FindAllString(s, 1000)); c > most {
			best, most = i, c
		}
	}
	if best < 0 {
		return s
	}
	return national[best].letters.Replace(s)
}
