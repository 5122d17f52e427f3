package item

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/text/unicode/norm"
)

// Clean is s on one line: white space single, no characters that print nothing,
// valid UTF-8 in its composed form.
func Clean(s string) string {
	if isClean(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range norm.NFC.String(strings.ToValidUTF8(s, "\uFFFD")) {
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

// isClean reports whether s is ASCII that Clean would leave as it is.
func isClean(s string) bool {
	last := byte(' ')
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= 0x7f || c == ' ' && last == ' ' {
			return false
		}
		last = s[i]
	}
	return last != ' ' || s == ""
}

func isSpace(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Zs, r) }

// isDropped reports whether r prints nothing and parts nothing.
func isDropped(r rune) bool {
	switch r {
	case '\u00ad', '\u200b', '\u2060', '\ufeff', '\u200e', '\u200f':
		return true
	}
	return unicode.IsControl(r)
}

// Line is s, which may hold HTML, as a plain line: titles of feeds and exports
// are escaped once, twice or not at all.
func Line(s string) string {
	if strings.IndexByte(s, '&') >= 0 {
		s = html.UnescapeString(s)
	}
	if looksHTML(s) {
		if n, err := ParseHTML(s); err == nil {
			return n.Plain()
		}
	}
	return Clean(s)
}

// looksHTML reports whether s has a tag in it, not just a "<" before a number.
func looksHTML(s string) bool {
	for {
		i := strings.IndexByte(s, '<')
		if i < 0 || i+1 >= len(s) {
			return false
		}
		c := s[i+1]
		if (c == '/' || c == '!' || c|0x20 >= 'a' && c|0x20 <= 'z') && strings.IndexByte(s[i:], '>') > 0 {
			return true
		}
		s = s[i+1:]
	}
}

// Tags are the tags given, cleaned, each once, in order.
func Tags(given ...string) []string {
	var out []string
	seen := map[string]bool{}
	for _, t := range given {
		t = Line(t)
		key := strings.ToLower(t)
		if t == "" || len(t) > 200 || seen[key] {
			continue
		}
		seen[key] = true
		out = append(out, t)
	}
	return out
}

// Web is s where it is an address of the web, else "".
func Web(s string) string {
	s = strings.TrimSpace(s)
	low := strings.ToLower(s[:min(len(s), 8)])
	if len(s) > 2000 || strings.ContainsAny(s, " \t\r\n<>\"") || !strings.HasPrefix(low, "http://") && low != "https://" {
		return ""
	}
	return s
}
