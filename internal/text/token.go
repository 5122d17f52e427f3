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
		it := words.FromString(s)
		for it.Next() {
			w := it.Value()
			if !isWord(w) {
				continue
			}
			f := FoldWord(w)
			if f == "" {
				continue
			}
			if !yield(Token{Start: it.Start(), End: it.End(), Fold: f}) {
				return
			}
		}
	}
}

// Words counts the words of s.
func Words(s string) int {
	n := 0
	it := words.FromString(s)
	for it.Next() {
		if isWord(it.Value()) {
			n++
		}
	}
	return n
}

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
