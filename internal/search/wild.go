package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"backfile/internal/text"
)

// The fewest letters of a word with a star behind it, and of one with a tilde.
const (
	minPrefix = 2
	minFuzzy  = 3
)

func isWildcard(r rune) bool { return r == '*' || r == '?' }

// isWild reports whether s is read as more than the words in it for a sign inside or
// behind it.
func isWild(s string) bool {
	return strings.ContainsAny(s, "*~") || strings.Contains(s, "?") && wild(s).node != nil
}

// wildcard is what a word with * ? or ~ turned out to be.
type wildcard struct {
	node Node // nil: it is searched without the signs
	// problem is "" where there is nothing to say; a question mark that is no more
	// than one says nothing.
	problem ProblemKind
}

// wild reads a chunk of a query with a sign of a wildcard in it. Other signs behind the
// last word or sign are passed over.
func wild(chunk string) wildcard {
	end := strings.LastIndexFunc(chunk, func(r rune) bool { return r == '*' || r == '~' || canStart(r) })
	if end < 0 {
		return wildcard{}
	}
	_, n := utf8.DecodeRuneInString(chunk[end:])
	chunk = chunk[:end+n]
	if head, edits, ok := strings.Cut(chunk, "~"); ok {
		return fuzzy(head, edits)
	}
	if !strings.ContainsFunc(chunk, isWildcard) {
		return wildcard{} // a question mark at the end is one
	}
	return pattern(squeeze(chunk))
}

// fuzzy is the word head with a tilde and what stands behind that.
func fuzzy(head, edits string) wildcard {
	if !oneWord(head) || strings.ContainsFunc(head, isWildcard) || utf8.RuneCountInString(text.FoldTerm(head)) < minFuzzy {
		return wildcard{nil, BadFuzzy}
	}
	switch {
	case edits == "" || edits == "1":
		return wildcard{Fuzzy{head, 1}, ""}
	case edits == "2":
		return wildcard{Fuzzy{head, 2}, ""}
	case strings.Trim(edits, "0123456789") == "" && strings.Trim(edits, "0") != "":
		return wildcard{Fuzzy{head, MaxEdits}, FarFuzzy}
	}
	return wildcard{nil, BadFuzzy}
}

// pattern is a word with stars or question marks.
func pattern(s string) wildcard {
	problem := ProblemKind("")
	if strings.Contains(s, "*") {
		problem = BadWildcard
	}
	head, behind := strings.CutSuffix(s, "*")
	switch {
	case behind && !strings.ContainsFunc(head, isWildcard):
		return prefix(head)
	case !oneWord(strings.Map(func(r rune) rune {
		if isWildcard(r) {
			return 'x'
		}
		return r
	}, s)) || Pattern{s}.letters() == 0:
		return wildcard{nil, problem}
	}
	return wildcard{Pattern{s}, ""}
}

// prefix is what stands in front of a star: one word, or several with hyphens, of which
// the last is a beginning.
func prefix(head string) wildcard {
	if r, _ := utf8.DecodeLastRuneInString(head); unicode.In(r, unspaced...) && trimWords(head) == head && !strings.Contains(head, ":") {
		return wildcard{Word{head}, ""} // each character is a word, with others behind it
	}
	if oneWord(head) {
		if utf8.RuneCountInString(text.FoldTerm(head)) < minPrefix {
			return wildcard{nil, BadWildcard}
		}
		return wildcard{Prefix{head}, ""}
	}
	cut := 0
	for t := range text.Terms(head) {
		cut = t.Start
	}
	first, last := trimWords(head[:cut]), head[cut:]
	if first == "" || strings.ContainsFunc(first, isBreak) || trimWords(head) != head || !oneWord(last) {
		return wildcard{nil, BadWildcard}
	}
	if p, ok := prefix(last).node.(Prefix); ok {
		return wildcard{Near{A: Phrase{first}, B: p, N: 1, Ordered: true}, ""}
	}
	return wildcard{nil, BadWildcard}
}

// unspaced are the scripts that are written without spaces, of which each character is
// searched as a word.
var unspaced = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar}

// oneWord reports whether s is one word of a text from end to end, and would be read as
// one: with a colon inside, it would be a field.
func oneWord(s string) bool {
	if strings.Contains(s, ":") {
		return false
	}
	for t := range text.Terms(s) {
		return t.Start == 0 && t.End == len(s) && canStart(firstRune(s))
	}
	return false
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// squeeze makes one of several stars in a row.
func squeeze(s string) string {
	for strings.Contains(s, "**") {
		s = strings.ReplaceAll(s, "**", "*")
	}
	return s
}

// pieces are the parts of a chunk between signs of wildcards, and colons, which would make
// a field of a word.
func pieces(chunk string) []string {
	return strings.FieldsFunc(chunk, func(r rune) bool { return isWildcard(r) || r == '~' || r == ':' })
}

// Folded is how words must begin, in folded form.
func (p Prefix) Folded() string { return text.FoldTerm(p.Text) }

// Match reports whether a folded word begins so.
func (p Prefix) Match(folded string) bool { return strings.HasPrefix(folded, p.Folded()) }

// Folded is the pattern with the letters between its signs folded.
func (p Pattern) Folded() string {
	var b strings.Builder
	rest := p.Text
	for rest != "" {
		i := strings.IndexFunc(rest, isWildcard)
		if i < 0 {
			i = len(rest)
		}
		b.WriteString(text.FoldTerm(rest[:i]))
		if i < len(rest) {
			b.WriteByte(rest[i])
			i++
		}
		rest = rest[i:]
	}
	return b.String()
}

// letters counts what is no sign.
func (p Pattern) letters() int {
	n := 0
	for _, r := range p.Folded() {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			n++
		}
	}
	return n
}

// Match reports whether a folded word fits.
func (p Pattern) Match(folded string) bool { return MatchPattern(p.Folded(), folded) }

// MatchPattern reports whether a folded word fits a folded pattern (Pattern.Folded). It
// takes time in proportion to the product of their lengths at most.
func MatchPattern(pattern, word string) bool {
	star, mark := -1, 0
	i, j := 0, 0
	for j < len(word) {
		w, wn := utf8.DecodeRuneInString(word[j:])
		if i < len(pattern) {
			r, n := utf8.DecodeRuneInString(pattern[i:])
			if r == '*' {
				star, mark = i, j
				i++
				continue
			}
			if r == '?' || r == w {
				i, j = i+n, j+wn
				continue
			}
		}
		if star < 0 {
			return false
		}
		_, n := utf8.DecodeRuneInString(word[mark:])
		mark += n
		i, j = star+1, mark
	}
	return strings.Trim(pattern[i:], "*") == ""
}

// Folded is the word that others are held to, folded.
func (f Fuzzy) Folded() string { return text.FoldTerm(f.Text) }

// Match reports whether a folded word is near enough.
func (f Fuzzy) Match(folded string) bool { return Within(f.Folded(), folded, f.Edits) }

// Within reports whether two folded words begin with the same letter and have an optimal
// string alignment distance of at most edits.
func Within(a, b string, edits int) bool {
	if len(b) > len(a)+utf8.UTFMax*edits || len(a) > len(b)+utf8.UTFMax*edits || a == "" || b == "" || firstRune(a) != firstRune(b) {
		return false
	}
	// Words of usual length need no memory of their own.
	const usual = 32
	var room [2 * usual]rune
	x, y := append(room[:0:usual], []rune(a)...), append(room[usual:usual], []rune(b)...)
	if len(x)-len(y) > edits || len(y)-len(x) > edits {
		return false
	}
	// Three rows of the table of distances between the beginnings of x and y.
	var rows [3][usual + 1]int
	before, above, row := rows[0][:], rows[1][:], rows[2][:]
	if len(y) > usual {
		before, above, row = make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	}
	for j := range len(y) + 1 {
		above[j] = j
	}
	for i := 1; i <= len(x); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(y); j++ {
			change := above[j-1]
			if x[i-1] != y[j-1] {
				change++
			}
			row[j] = min(change, above[j]+1, row[j-1]+1)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		// A swap may still reach back over one row, and costs one more.
		if least > edits && slices.Min(above[:len(y)+1]) >= edits {
			return false
		}
		before, above, row = above, row, before
	}
	return above[len(y)] <= edits
}
