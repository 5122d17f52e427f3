package when

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"backfile/internal/text"
)

// token is a word of a field, with what it may be in a date.
type token struct {
	// start and end are byte offsets, without a possessive ending; full is the end
	// with it.
	start, end, full int32
	fold             string
	// gap is what stands before it: ' ', ',', '-', '.', '/', '(', '\'', 'n' nothing,
	// 'x' anything else, 'p' a paragraph's end or the text's beginning.
	gap     byte
	capital bool
	lower   bool // it has no capital
	opens   bool // it begins a sentence
	abbr    bool // it is an abbreviation, which a full stop may follow
	// is has the slots that it can fill, and value what each would be.
	is    slots
	value values
}

// slots is a set of slot letters; see language.classify.
type slots uint64

func slot(letter byte) slots {
	switch {
	case 'a' <= letter && letter <= 'z':
		return 1 << (letter - 'a')
	case 'A' <= letter && letter <= 'Z':
		return 1 << (26 + letter - 'A')
	}
	return 0
}

// values are a token's numbers, by what they count.
type values struct {
	number  int // of digits or words: a day, a month, a year, a count
	name    int // of a month, a weekday, a season, a unit, a decade
	written int // of digits: how many
}

// lex takes a text apart.
func lex(s string, l *language) []token {
	toks := make([]token, 0, len(s)/6)
	last := 0
	for t := range text.Tokens(s) {
		tok := token{start: int32(t.Start), end: int32(t.End), full: int32(t.End), fold: t.Fold}
		w := s[t.Start:t.End]
		if n := possessive(w); n > 0 {
			tok.end -= int32(n)
		} else if r, n := utf8.DecodeRuneInString(s[t.End:]); (r == '’' || r == '\'') && strings.HasSuffix(t.Fold, "s") {
			if next, _ := utf8.DecodeRuneInString(s[t.End+n:]); next == ' ' {
				tok.full += int32(n)
			}
		}
		tok.gap = gapOf(s[last:t.Start], last == 0)
		tok.opens = tok.gap == 'p' || tok.gap == 'x' || tok.gap == '.'
		r, _ := utf8.DecodeRuneInString(w)
		tok.capital = unicode.IsUpper(r)
		tok.lower = strings.IndexFunc(w, unicode.IsUpper) < 0
		l.classify(&tok, s[tok.start:tok.end])
		last = int(tok.full)
		toks = append(toks, tok)
	}
	return toks
}

// possessive is the length of w's ending 's, or 0.
func possessive(w string) int {
	if !strings.HasSuffix(w, "s") {
		return 0
	}
	r, n := utf8.DecodeLastRuneInString(w[:len(w)-1])
	if (r == '’' || r == '\'') && n+1 < len(w) {
		return n + 1
	}
	return 0
}

func gapOf(s string, first bool) byte {
	if first {
		return 'p'
	}
	if s == " " {
		return ' '
	}
	if s == "" {
		return 'n'
	}
	if len(s) > 16 {
		return 'x'
	}
	if strings.Contains(s, "\n\n") {
		return 'p'
	}
	switch t := strings.TrimSpace(s); t {
	case "":
		return ' '
	case ",":
		return ','
	case "-", "–", "—", "‑", "‐", "−":
		return '-'
	case ".":
		return '.'
	case "°", "º", "ª":
		return ' ' // "1° maggio"
	case "/":
		return '/'
	case "(":
		return '('
	case "'", "’", "‘":
		return '\''
	}
	return 'x'
}

// digits is the number that w writes, and with how many digits; n is 0 where w is
// no number of one to four digits.
func digits(w string) (number, n int) {
	if len(w) == 0 || len(w) > 4 {
		return 0, 0
	}
	for i := range len(w) {
		if w[i] < '0' || w[i] > '9' {
			return 0, 0
		}
		number = number*10 + int(w[i]-'0')
	}
	return number, len(w)
}
