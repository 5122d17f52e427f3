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
		tokens(s, func(t Token, _ bool) bool { return yield(t) })
	}
}

// tokens yields what Tokens does; plain are words of small ASCII letters alone.
func tokens(s string, yield func(t Token, plain bool) bool) {
	for at := 0; at < len(s); {
		start := at
		end, kind := nextASCII(s, at)
		if end == 0 {
			end, kind = nextWord(s, at)
		}
		at = end
		switch kind {
		case 0:
		case small:
			if !yield(Token{start, end, s[start:end]}, true) {
				return
			}
		default:
			if f := FoldWord(s[start:end]); f != "" && !yield(Token{start, end, f}, false) {
				return
			}
		}
	}
}

// Words counts the words of s.
func Words(s string) int {
	n := 0
	for at := 0; at < len(s); {
		end, kind := nextASCII(s, at)
		if end == 0 {
			end, kind = nextWord(s, at)
		}
		if at = end; kind != 0 {
			n++
		}
	}
	return n
}

// nextWord is nextASCII for any segment.
func nextWord(s string, at int) (end int, kind byte) {
	it := words.FromString(s[at:])
	it.Next()
	if end = at + it.End(); isWord(s[at:end]) {
		kind = upper
	}
	return end, kind
}

// nextASCII is where the segment of s ends that begins at the byte at, and, of a word, what it is
// made of (small, upper, both), for what nearly all of most texts is: letters and digits, and what
// can neither join them nor take a sign behind it. end is 0 where the whole of UAX 29 is
// needed. A segment never depends on what is in front of it.
func nextASCII(s string, at int) (end int, kind byte) {
	end = at
	next := byte(alone)
	for ; end < len(s); end++ {
		if next = ascii[s[end]]; next > upper {
			break
		}
		kind |= next
	}
	if end == len(s) && kind != 0 {
		return end, kind
	}
	if kind != 0 {
		// What joins does so where a letter or a digit, or what is not ASCII, stands behind it.
		if next == alone || next == joins && (end+1 == len(s) || ascii[s[end+1]] == alone || ascii[s[end+1]] == joins) {
			return end, kind
		}
		return 0, 0
	}
	if next == other {
		return 0, 0
	}
	if end++; s[at] == ' ' {
		for end < len(s) && s[end] == ' ' {
			end++
		}
	}
	if end < len(s) && s[end] >= utf8.RuneSelf { // which may be a mark on it
		return 0, 0
	}
	return end, 0
}

// The kinds of bytes, for nextASCII.
const (
	small = 1 << iota // letters
	upper             // letters, and digits
	joins             // nothing, at the start of a segment
	alone
	other // the underscore, and what is not ASCII
)

var ascii = func() (kinds [256]byte) {
	for c := range kinds {
		switch {
		case 'a' <= c && c <= 'z':
			kinds[c] = small
		case 'A' <= c && c <= 'Z' || '0' <= c && c <= '9':
			kinds[c] = upper
		case c == '.' || c == '\'' || c == ':' || c == ',' || c == ';':
			kinds[c] = joins
		case c == '_' || c >= utf8.RuneSelf:
			kinds[c] = other
		default:
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
