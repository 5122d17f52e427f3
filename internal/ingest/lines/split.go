package lines

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Line is one line of a page, as far as it can be told: a sentence or paragraph
// that was broken over several lines is one.
type Line struct {
	// Text has single spaces, no space around it, and no control characters. It
	// is never empty.
	Text string
	// Gap says that a blank line stands before it.
	Gap bool
	// Item says that a list's mark stood before it; Text leaves it out.
	Item bool
	// From and To are the numbers of the first and last line of the input it
	// was made of, from 0.
	From, To int

	// first is the line before what seemed to go on it was joined, "" for none.
	first string
}

// maxLine is the longest line looked at, in bytes. A longer one is no
// paragraph; it is cut between words.
const maxLine = 32 << 10

// Split parts text into lines. The words are the input's, in its order; text
// need not be valid UTF-8.
func Split(text string) []Line {
	var out []Line
	gap, item := false, false
	n := -1
	for raw := range strings.FieldsFuncSeq(markLines(text), func(r rune) bool { return r == lineEnd }) {
		n++
		s := tidy(raw)
		if s == "" {
			gap = true
			continue
		}
		if rest, ok := cutBullet(s); ok {
			if rest == "" {
				item = true
				continue
			}
			s, item = rest, true
		}
		for s != "" {
			var head string
			head, s = cutLong(s)
			out = append(out, Line{Text: head, Gap: gap, Item: item, From: n, To: n})
			gap, item = false, false
		}
	}
	return mend(evenGaps(unwrap(out)))
}

// lineEnd stands for a line's end within Split: FieldsFuncSeq drops empty
// fields, so markLines puts a space before each.
const lineEnd = '\x00'

func markLines(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	var b strings.Builder
	b.Grow(len(s) + len(s)/16)
	cr := false
	for _, r := range s {
		switch r {
		case '\n', '\v', '\f', '\r', '\u0085', '\u2028', '\u2029':
			if !(r == '\n' && cr) {
				b.WriteString(" \x00")
			}
		case 0:
		default:
			b.WriteRune(r)
		}
		cr = r == '\r'
	}
	return b.String()
}

// tidy makes every run of space one space and drops what nobody sees: control
// characters, soft hyphens, marks of direction and width.
func tidy(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			space = true
			continue
		case unicode.IsControl(r), r == '\u00ad', r == '\ufeff', r == '\u200b', r == '\ufffd',
			'\u200e' <= r && r <= '\u200f', '\u202a' <= r && r <= '\u202e', '\u2060' <= r && r <= '\u2069',
			unicode.Is(unicode.Co, r): // icon fonts live in the private use area
			continue
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(r)
	}
	return b.String()
}

// cutBullet takes a list's mark off the line.
func cutBullet(s string) (rest string, ok bool) {
	r, n := utf8.DecodeRuneInString(s)
	switch r {
	case '•', '·', '●', '■', '▪', '◦', '‣', '►', '▶', '★', '✓', '✔', '○', '◆', '◼':
		return strings.TrimSpace(s[n:]), true
	case '*': // a dash may open speech
		if len(s) > n && s[n] == ' ' {
			return strings.TrimSpace(s[n:]), true
		}
	}
	return s, false
}

// cutLong cuts a line that is too long to be one, between words.
func cutLong(s string) (head, rest string) {
	if len(s) <= maxLine {
		return s, ""
	}
	cut := strings.LastIndexByte(s[:maxLine], ' ')
	if cut < maxLine/2 {
		cut = maxLine
		for !utf8.RuneStart(s[cut]) {
			cut--
		}
	}
	return strings.TrimSpace(s[:cut]), strings.TrimSpace(s[cut:])
}
