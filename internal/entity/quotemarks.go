package entity

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// quoted is a stretch between quotation marks: inner without them, outer with.
type quoted struct {
	start, end           int
	outerStart, outerEnd int
	// open says that the paragraph ended before the closing mark: the speaker
	// goes on in the next one.
	open bool
	para int
}

// paragraphs yields the ranges of the text's paragraphs.
func paragraphs(s string) func(yield func(start, end int) bool) {
	return func(yield func(start, end int) bool) {
		start := 0
		for start < len(s) {
			end := len(s)
			if i := strings.Index(s[start:], "\n\n"); i >= 0 {
				end = start + i
			}
			if !yield(start, end) {
				return
			}
			start = end
			for start < len(s) && s[start] == '\n' {
				start++
			}
		}
	}
}

// closers leads from an opening mark to those that can close it.
var closers = map[rune]string{'“': "”", '„': "“”\"", '«': "»", '»': "«"}

// findQuotes finds what stands between double quotation marks, curly, straight,
// low or angled; single curly ones too, where the text has no others.
func findQuotes(s string) []quoted {
	single := !strings.ContainsAny(s, "“\"„«") && strings.Count(s, "‘") > 0
	var out []quoted
	n := -1
	for start, end := range paragraphs(s) {
		n++
		for i := start; i < end; {
			r, w := utf8.DecodeRuneInString(s[i:end])
			ends, opens := closers[r]
			switch {
			case r == '"':
				ends, opens = "\"", true
			case r == '‘' && single && opensSingle(s, i, start):
				ends, opens = "’", true
			case r == '»' && opens && !opensAt(s, i, start): // French and Spanish close with it
				opens = false
			}
			if !opens {
				i += w
				continue
			}
			at, width := closeAt(s[i+w:end], ends, r == '‘')
			q := quoted{outerStart: i, start: i + w, para: n}
			if at < 0 {
				if r == '"' || r == '‘' || r == '»' {
					// A lone straight mark is an inch or a slip, unless it opens
					// the paragraph and the next goes on.
					if i != start || r != '"' {
						i += w
						continue
					}
				}
				q.end, q.outerEnd, q.open = end, end, true
			} else {
				q.end = i + w + at
				q.outerEnd = q.end + width
			}
			i = q.outerEnd
			q.trim(s)
			if q.start < q.end {
				out = append(out, q)
			}
		}
	}
	return out
}

func (q *quoted) trim(s string) {
	inner := s[q.start:q.end]
	left := strings.TrimLeftFunc(inner, unicode.IsSpace)
	q.start += len(inner) - len(left)
	q.end = q.start + len(strings.TrimRightFunc(left, unicode.IsSpace))
}

// longestQuote is how far a closing mark may stand from its opening one, in bytes.
const longestQuote = 4000

// closeAt is where the closing mark stands in s, and its width, or -1.
func closeAt(s, marks string, single bool) (at, width int) {
	s = s[:min(len(s), longestQuote)]
	for i := 0; i < len(s); {
		var k int
		if utf8.RuneCountInString(marks) == 1 { // much quicker than IndexAny
			k = strings.Index(s[i:], marks)
		} else {
			k = strings.IndexAny(s[i:], marks)
		}
		if k < 0 {
			return -1, 0
		}
		i += k
		_, w := utf8.DecodeRuneInString(s[i:])
		if single {
			// An apostrophe has a letter behind it, or a letter before and no
			// stop: a closing mark follows punctuation or ends a word.
			next, _ := utf8.DecodeRuneInString(s[i+w:])
			if unicode.IsLetter(next) {
				i += w
				continue
			}
		}
		return i, w
	}
	return -1, 0
}

func opensSingle(s string, i, start int) bool {
	next, _ := utf8.DecodeRuneInString(s[i+len("‘"):])
	return opensAt(s, i, start) && unicode.IsLetter(next)
}

// opensAt reports whether a mark at i has a space, a bracket or nothing before.
func opensAt(s string, i, start int) bool {
	if i == start {
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(s[:i])
	return unicode.IsSpace(r) || r == '(' || r == '—' || r == '–' || r == ':'
}
