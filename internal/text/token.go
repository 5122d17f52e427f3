package text

import (
	"iter"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"
)

// Token is one word of a text.
type Token struct {
	// Start and End are byte offsets into the text.
	Start, End int
	// Fold is the word folded (FoldWord), never "".
	Fold string
}

// Tokens yields the words of s in order: the words of UAX 29 that have a letter
// or a digit. Hyphens part words; apostrophes and the full stops inside an
// acronym do not. s need not be valid UTF-8.
func Tokens(s string) iter.Seq[Token] {
	return func(yield func(Token) bool) {
		for at := 0; at < len(s); {
			start := at
			end, word := nextASCII(s, at)
			if end == 0 {
				it := words.FromString(s[at:])
				it.Next()
				end = at + it.End()
				word = isWord(s[start:end])
			}
			at = end
			if !word {
				continue
			}
			f := FoldWord(s[start:end])
			if f == "" {
				continue
			}
			if !yield(Token{start, end, f}) {
				return
			}
		}
	}
}

// Words counts the words of s.
func Words(s string) int {
	n := 0
	for at := 0; at < len(s); {
		end, word := nextASCII(s, at)
		if end == 0 {
			it := words.FromString(s[at:])
			it.Next()
			end = at + it.End()
			word = isWord(s[at:end])
		}
		if at = end; word {
			n++
		}
	}
	return n
}

// nextASCII is where the segment of s ends that begins at the byte at, and whether it is a
// word, for what nearly all of most texts is made of: letters and digits, and what can neither join
// them nor take a sign behind it. end is 0 where the whole of UAX 29 is
// needed. A segment never depends on what is in front of it.
func nextASCII(s string, at int) (end int, word bool) {
	end = at
	for end < len(s) && ascii[s[end]] == alnum {
		end++
	}
	if end > at {
		if end == len(s) {
			return end, true
		}
		switch ascii[s[end]] {
		case alone:
			return end, true
		case joins: // where a letter or a digit, or what is not ASCII, stands behind it
			if end+1 == len(s) || ascii[s[end+1]] == alone || ascii[s[end+1]] == joins {
				return end, true
			}
		}
		return 0, false
	}
	switch ascii[s[at]] {
	case alone:
		end++
		if s[at] == ' ' {
			for end < len(s) && s[end] == ' ' {
				end++
			}
		}
	case joins: // nothing, at the start
		end++
	default:
		return 0, false
	}
	if end < len(s) && s[end] >= utf8.RuneSelf { // which may be a mark on it
		return 0, false
	}
	return end, false
}

// The kinds of bytes, for nextASCII.
const (
	other = iota // the underscore, and what is not ASCII
	alnum
	joins
	alone
)

var ascii = func() (kinds [256]byte) {
	for c := range byte(utf8.RuneSelf) {
		switch {
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9':
			kinds[c] = alnum
		case c == '.' || c == '\'' || c == ':' || c == ',' || c == ';':
			kinds[c] = joins
		case c != '_':
			kinds[c] = alone
		}
	}
	return kinds
}()

func isWord(w string) bool {
	for i := 0; i < len(w); {
		c := w[i]
		if c < utf8.RuneSelf {
			if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' {
				return true
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(w[i:])
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return true
		}
		i += n
	}
	return false
}
