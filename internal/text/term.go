package text

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Terms yields the words of s as a search sees them: those of Tokens, with more
// spellings made one.
//
//   - An article or pronoun that lost its vowel is a word of its own: "l’État" is found by
//     état, "dell'Aquila" by aquila. O'Brien stays one word.
//   - Numbers lose what parts their thousands (1,000 and 1.000 are 1000) and are written
//     with the digits 0 to 9; "1980's" is "1980s".
//   - Arabic and Hebrew vowel signs do not count, nor do the hamza and madda on an alif,
//     the Arabic tatweel, and the Persian shapes of kaf and yeh.
//   - Underscores around a word are signs.
//
// It is apart from Tokens since the ids of articles and entities are made of those,
// which must never change; what Terms gives may, with the form of the index.
func Terms(s string) iter.Seq[Token] {
	return func(yield func(Token) bool) {
		taken := 0
		tokens(s, func(t Token, plain bool) bool {
			if t.Start < taken {
				return true
			}
			if plain || plainTerm(t) {
				return yield(t)
			}
			var elision Token
			if elision, t, taken = term(s, t); elision.Fold != "" && !yield(elision) {
				return false
			}
			return t.Fold == "" || yield(t)
		})
	}
}

// AppendTerms appends the words that Terms yields to to, in less time.
func AppendTerms(to []Token, s string) []Token {
	taken := 0
	for at := 0; at < len(s); {
		start := at
		end, kind := nextASCII(s, at)
		if at = end; kind == small && start >= taken {
			to = append(to, Token{start, end, s[start:end]})
			continue
		}
		if end == 0 {
			end, kind = nextWord(s, start)
			at = end
		}
		if kind == 0 || start < taken {
			continue
		}
		t := Token{start, end, FoldWord(s[start:end])}
		if t.Fold == "" {
			continue
		}
		if !plainTerm(t) {
			var elision Token
			if elision, t, taken = term(s, t); elision.Fold != "" {
				to = append(to, elision)
			}
		}
		if t.Fold != "" {
			to = append(to, t)
		}
	}
	return to
}

// term is a token of Tokens as Terms has it, what was elided in front of it, if anything, and
// up to where the text is taken by it.
func term(s string, t Token) (elision, own Token, taken int) {
	raw := s[t.Start:t.End]
	if cut, n := elided(raw); cut > 0 {
		elision = Token{t.Start, t.Start + cut, foldSpelling(FoldWord(raw[:cut]))}
		t.Start += cut + n
		t.Fold = FoldWord(s[t.Start:t.End])
	}
	t.Fold = foldSpelling(t.Fold)
	if n := decade(t.Fold, s[t.End:]); n > 0 {
		t.End += n
		t.Fold += "s"
		return elision, t, t.End
	}
	return elision, t, 0
}

// FoldTerm folds one word, or a part of one, as Terms folds it.
func FoldTerm(w string) string { return foldSpelling(FoldWord(w)) }

// plainTerm reports whether a token of Tokens is a term as it is: most are small Latin
// letters, of which none fell out.
func plainTerm(t Token) bool {
	if len(t.Fold) != t.End-t.Start {
		return false
	}
	for i := range len(t.Fold) {
		if c := t.Fold[i]; c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}

// elisions are what stands in front of an apostrophe and is a word of its own.
var elisions = set("l d j m t s n c qu jusqu lorsqu puisqu quoiqu quelqu presqu un gl v dell nell all dall sull coll quell quest bell sant")

// elided is where the apostrophe behind such a word stands in w, and its length; 0 where
// w is one word.
func elided(w string) (cut, n int) {
	const longest = 7
	i := strings.IndexFunc(w, isApostrophe)
	if i <= 0 || i > longest || !elisions[strings.ToLower(w[:i])] {
		return 0, 0
	}
	_, n = utf8.DecodeRuneInString(w[i:])
	rest := FoldWord(w[i+n:])
	if rest == "" || !strings.ContainsRune("aeiouyh", rune(rest[0])) || rest[0] == 'h' && i == 1 && (w[0] == 'c' || w[0] == 'C') {
		return 0, 0
	}
	return i, n
}

// decade is the length of the ’s behind a year that makes a decade of it (1980’s).
func decade(fold, behind string) int {
	if len(fold) != 4 && len(fold) != 2 || fold[len(fold)-1] != '0' || strings.Trim(fold, "0123456789") != "" {
		return 0
	}
	r, n := utf8.DecodeRuneInString(behind)
	if !isApostrophe(r) || !strings.HasPrefix(behind[n:], "s") {
		return 0
	}
	if next, _ := utf8.DecodeRuneInString(behind[n+1:]); unicode.IsLetter(next) || unicode.IsDigit(next) {
		return 0
	}
	return n + 1
}

// foldSpelling folds a folded word further.
func foldSpelling(w string) string {
	ascii := true
	for i := range len(w) {
		ascii = ascii && w[i] < utf8.RuneSelf
	}
	if !ascii {
		w = foldMarks(w)
	}
	if strings.IndexByte(w, '_') >= 0 {
		if bare := strings.Trim(w, "_"); bare != "" {
			w = bare
		}
	}
	if strings.ContainsAny(w, ",.") {
		w = joinThousands(w)
	}
	return w
}

// foldMarks drops Arabic and Hebrew marks and makes one of digits that mean the same.
func foldMarks(w string) string {
	plain := true
	for _, r := range w {
		if unicode.In(r, unicode.Arabic, unicode.Hebrew) || unicode.IsDigit(r) || r == tatweel {
			plain = false
			break
		}
	}
	if plain {
		return w
	}
	w = norm.NFD.String(w)
	script := false // of letters whose marks are dropped
	w = strings.Map(func(r rune) rune {
		switch {
		case r == tatweel:
			return -1
		case unicode.Is(unicode.Mn, r):
			if script {
				return -1
			}
			return r
		}
		script = unicode.In(r, unicode.Arabic, unicode.Hebrew)
		if d, ok := digit(r); ok {
			return '0' + rune(d)
		}
		switch r {
		case 'ک':
			return 'ك'
		case 'ی', 'ى':
			return 'ي'
		}
		return r
	}, w)
	return norm.NFC.String(w)
}

const tatweel = 'ـ'

// digit is the value of a decimal digit of any script: ten of them stand in a row,
// from a 0.
func digit(r rune) (d int, ok bool) {
	if r < utf8.RuneSelf || !unicode.IsDigit(r) {
		return 0, false
	}
	for unicode.IsDigit(r-1) && d < 10 {
		r--
		d++
	}
	return d % 10, true
}

// joinThousands drops the commas in front of three digits (or two, as in India), and the
// full stops of a number that has nothing else.
func joinThousands(w string) string {
	isDigit := func(i int) bool { return i >= 0 && i < len(w) && '0' <= w[i] && w[i] <= '9' }
	if strings.IndexByte(w, ',') >= 0 {
		var b strings.Builder
		for i := range len(w) {
			three := isDigit(i+1) && isDigit(i+2) && (isDigit(i+3) && !isDigit(i+4) || i+3 < len(w) && w[i+3] == ',')
			if w[i] != ',' || !isDigit(i-1) || !three {
				b.WriteByte(w[i])
			}
		}
		w = b.String()
	}
	parts := strings.Split(w, ".")
	if len(parts) == 1 || len(parts[0]) > 3 || parts[0] == "" || parts[0][0] == '0' || strings.Trim(w, "0123456789.") != "" {
		return w
	}
	for _, p := range parts[1:] {
		if len(p) != 3 {
			return w
		}
	}
	return strings.Join(parts, "")
}
