package ingest

import (
	"html"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// cleanText is one line of a page's text as the archive keeps it: entities that
// were written twice resolved, tags dropped, in NFC, without control, soft
// hyphen and zero-width characters, white space single.
func cleanText(s string) string {
	for range 2 {
		if strings.IndexByte(s, '&') >= 0 {
			s = html.UnescapeString(s)
		}
	}
	if strings.IndexByte(s, '<') >= 0 {
		s = dropTags(s)
	}
	return cleanLine(s)
}

// cleanLine is cleanText for text that has neither entities nor tags.
func cleanLine(s string) string {
	if isPlainASCII(s) {
		return s
	}
	s = norm.NFC.String(strings.ToValidUTF8(s, "\uFFFD"))
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case isSpace(r):
			space = true
		case isDropped(r):
		default:
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isSpace reports whether r is white space, or a control character that stands
// where white space may.
func isSpace(r rune) bool {
	return unicode.IsSpace(r) || r < ' ' || r == 0x7f || r == '\u2060' || r == '\u3164'
}

// isDropped reports whether r is invisible and means nothing in a news text.
func isDropped(r rune) bool {
	switch r {
	case '\u00ad', '\u200b', '\ufeff', '\u200e', '\u200f', '\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069', '\uFFFC':
		return true
	}
	return unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Co, r)
}

// isPlainASCII reports whether s needs no cleaning at all.
func isPlainASCII(s string) bool {
	for i := range len(s) {
		c := s[i]
		if c >= 0x7f || c < ' ' || (c == ' ' && (i == 0 || i == len(s)-1 || s[i-1] == ' ')) {
			return false
		}
	}
	return true
}

// dropTags removes what looks like a tag ("<b>", "</p>", "<br/>") and leaves
// other angle brackets as they are.
func dropTags(s string) string {
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '<')
		if i < 0 || i+1 >= len(s) {
			b.WriteString(s)
			return b.String()
		}
		j := strings.IndexByte(s[i:], '>')
		c := s[i+1] | 0x20
		if j < 0 || !('a' <= c && c <= 'z' || s[i+1] == '/' || s[i+1] == '!') {
			b.WriteString(s[:i+1])
			s = s[i+1:]
			continue
		}
		b.WriteString(s[:i])
		name := strings.ToLower(strings.TrimLeft(s[i+1:i+j], "/"))
		if k := strings.IndexAny(name, " /\t\n"); k >= 0 {
			name = name[:k]
		}
		if !inlineTags[name] {
			b.WriteByte(' ')
		}
		s = s[i+j+1:]
	}
}

// inlineTags stand within a word or a line.
var inlineTags = wordSet(`a abbr b bdi bdo cite code em font i ins kbd mark q s small span strong sub sup u wbr time`)

// letterKey is s for telling whether two texts are the same words: its letters
// and digits, in lower case.
func letterKey(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}
