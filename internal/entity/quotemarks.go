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
	curly, straight := singles(s)
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
			case r == '‘' && curly && opensSingle(s, i, start):
				ends, opens = "’", true
			case r == '\'' && straight && opensSingle(s, i, start):
				ends, opens = "'", true
			case r == '»' && opens && !opensAt(s, i, start): // French and Spanish close with it
				opens = false
			}
			if !opens {
				i += w
				continue
			}
			at, width := closeAt(s[i+w:end], ends, r == '‘' || r == '\'')
			q := quoted{outerStart: i, start: i + w, para: n}
			if at < 0 {
				if r == '"' || r == '‘' || r == '»' || r == '\'' {
					// A lone straight mark is an inch or a slip, unless it opens
					// the paragraph, or the next paragraph goes on.
					if !(i == start && r == '"') && !(opensAt(s, i, start) && goesOn(s[end:], r)) {
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

// singles reports whether the text quotes between single marks: it opens more of
// them than of double ones.
func singles(s string) (curly, straight bool) {
	doubles := strings.Count(s, "“") + strings.Count(s, "„") + strings.Count(s, "«") + strings.Count(s, "\"")/2
	if !strings.Contains(s, "‘") && (doubles > 0 || !strings.Contains(s, "'")) {
		return false, false
	}
	c, t := 0, 0
	for i, r := range s {
		if (r == '‘' || r == '\'') && opensSingle(s, i, 0) {
			if r == '‘' {
				c++
			} else {
				t++
			}
		}
	}
	return c > doubles, t > 0 && doubles+c == 0
}

// goesOn reports whether the next paragraph, behind an empty line, opens with the
// mark too.
func goesOn(rest string, mark rune) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, "\n"))
	return r == mark
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
			if unicode.IsLetter(next) || pluralOwner(s, i, w, marks) {
				i += w
				continue
			}
		}
		return i, w
	}
	return -1, 0
}

// pluralOwner reports whether the mark at i is the apostrophe of "the trustees’
// debt": a small word follows, and the mark that really closes stands further on,
// behind a stop.
func pluralOwner(s string, i, w int, mark string) bool {
	if i < 2 || s[i-1] != 's' || i+w+1 >= len(s) || s[i+w] != ' ' || s[i+w+1] < 'a' || s[i+w+1] > 'z' {
		return false
	}
	rest := s[i+w : min(len(s), i+w+400)]
	for _, stop := range []string{".", ",", "?", "!"} {
		if k := strings.Index(rest, stop+mark); k >= 0 && !strings.Contains(rest[:k], " ‘") && !strings.Contains(rest[:k], " '") {
			return true
		}
	}
	return false
}

func opensSingle(s string, i, start int) bool {
	_, w := utf8.DecodeRuneInString(s[i:])
	next, _ := utf8.DecodeRuneInString(s[i+w:])
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
