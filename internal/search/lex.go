package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"backfile/internal/text"
)

type tokenKind int

const (
	tokLeaf  tokenKind = iota // a word, phrase, field or date range: token.node
	tokOpen                   // (
	tokClose                  // )
	tokOr
	tokAnd
	tokMinus
	tokDropped // a parenthesis that balance took out
)

type token struct {
	kind tokenKind
	node Node
	text string // as typed, for problems
}

// lexer cuts a query into tokens. Whatever it cannot read becomes words.
type lexer struct {
	q        string
	at       int
	out      []token
	problems []Problem
	terms    int
	bytes    int
	full     bool
	end      int // where the unbroken stretch around at ends, so that none is measured twice
}

// isQuote reports whether r is a double quotation mark; any of them closes what
// any of them opened. Single ones are apostrophes.
func isQuote(r rune) bool {
	switch r {
	case '"', '“', '”', '„', '‟', '＂', '«', '»':
		return true
	}
	return false
}

func isMinus(r rune) bool { return r == '-' || r == '−' }

func isBreak(r rune) bool { return unicode.IsSpace(r) || r == '(' || r == ')' || isQuote(r) }

// canStart reports whether a word can begin with r. Other signs before a word
// are passed over.
func canStart(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) || r == '_'
}

func (l *lexer) problem(k ProblemKind, s string) { l.problems = noted(l.problems, k, s) }

// noted adds to the first of the problems: a page that lists thousands helps
// nobody.
func noted(ps []Problem, k ProblemKind, s string) []Problem {
	const most, mostProblems = 60, 20
	if len(ps) == mostProblems {
		return ps
	}
	if len(s) > most {
		cut := most
		for !utf8.RuneStart(s[cut]) {
			cut--
		}
		s = s[:cut]
	}
	return append(ps, Problem{k, s})
}

func (l *lexer) run() {
	for l.at < len(l.q) {
		r, n := utf8.DecodeRuneInString(l.q[l.at:])
		switch {
		case r == '(':
			l.at += n
			l.out = append(l.out, token{kind: tokOpen, text: "("})
		case r == ')':
			l.at += n
			l.out = append(l.out, token{kind: tokClose, text: ")"})
		case isQuote(r):
			s, ok := l.quoted()
			if ok {
				l.leaf(trimWords(s), func(s string) Node { return Phrase{s} })
			}
		case isMinus(r):
			l.at += n
			l.minus()
		case r == '*' && l.bare(l.at) == "*":
			l.at += n
			l.out = append(l.out, token{kind: tokLeaf, node: And{}, text: "*"})
		case canStart(r):
			l.word()
		default:
			l.at += n
		}
	}
}

// minus takes a run of minus signs as one. It negates only what it touches.
func (l *lexer) minus() {
	for l.at < len(l.q) {
		r, n := utf8.DecodeRuneInString(l.q[l.at:])
		if isMinus(r) {
			l.at += n
			continue
		}
		if !unicode.IsSpace(r) && r != ')' {
			l.out = append(l.out, token{kind: tokMinus, text: "-"})
		}
		return
	}
}

// quoted reads from a quotation mark to the next. Without one it passes over
// the mark and says so.
func (l *lexer) quoted() (s string, ok bool) {
	_, n := utf8.DecodeRuneInString(l.q[l.at:])
	l.at += n
	rest := l.q[l.at:]
	end := strings.IndexFunc(rest, isQuote)
	if end < 0 {
		l.problem(OpenQuote, rest)
		return "", false
	}
	_, n = utf8.DecodeRuneInString(rest[end:])
	l.at += end + n
	return rest[:end], true
}

// bare is what stands at i up to a space, a parenthesis or a quotation mark.
func (l *lexer) bare(i int) string {
	if i >= l.end {
		l.end = len(l.q)
		if n := strings.IndexFunc(l.q[i:], isBreak); n >= 0 {
			l.end = i + n
		}
	}
	return l.q[i:l.end]
}

// word reads a word, an operator or a field.
func (l *lexer) word() {
	chunk := l.bare(l.at)
	starred := strings.HasSuffix(l.q[:l.at], "*")
	switch chunk {
	case "OR":
		l.at += len(chunk)
		l.add(token{kind: tokOr, text: chunk})
		return
	case "AND":
		l.at += len(chunk)
		l.add(token{kind: tokAnd, text: chunk})
		return
	}
	if name, rest, ok := strings.Cut(chunk, ":"); ok && isFieldName(name) {
		if l.field(name, rest) {
			return
		}
	}
	if first := firstWord(chunk); first != 0 { // signs before the word: read it on its own
		l.at += first
		return
	}
	_, last := wordBounds(chunk)
	l.at += len(chunk)
	switch {
	case isNear(chunk):
		l.problem(Near, chunk)
	case strings.ContainsAny(chunk, "*~") || starred:
		l.problem(Wildcard, chunk)
	}
	w := chunk[:last]
	if w == "OR" || w == "AND" {
		w = strings.ToLower(w)
	}
	l.leaf(w, func(s string) Node { return Word{s} })
}

// isNear reports whether s is NEAR with a number of words.
func isNear(s string) bool {
	n, ok := strings.CutPrefix(s, "NEAR/")
	return ok && n != "" && strings.Trim(n, "0123456789") == ""
}

func isFieldName(s string) bool {
	for i, r := range s {
		if !unicode.IsLetter(r) && (r != '-' || i == 0) {
			return false
		}
	}
	return s != ""
}

// field reads what stands behind "name:" (rest is the unquoted part of it). It
// reports false, having read nothing, where the colon is only punctuation.
func (l *lexer) field(name, rest string) bool {
	if (strings.EqualFold(name, "http") || strings.EqualFold(name, "https")) && strings.HasPrefix(rest, "//") {
		l.value(FieldURL, name)
		return true
	}
	behind := l.at + len(name) + 1
	field, known := FieldName(name)
	if !known {
		next, _ := utf8.DecodeRuneInString(l.q[behind:])
		if behind == len(l.q) || unicode.IsSpace(next) || next == ')' {
			return false
		}
		l.problem(UnknownField, l.q[l.at:behind+len(rest)])
		l.leaf(plainWord(trimWords(name)), func(s string) Node { return Word{s} })
		l.at = behind
		return true
	}
	l.at = behind
	// A space behind the colon is forgiven where a word or a quote follows.
	spaces := len(l.q[behind:]) - len(strings.TrimLeftFunc(l.q[behind:], unicode.IsSpace))
	if next, _ := utf8.DecodeRuneInString(l.q[behind+spaces:]); spaces > 0 && behind+spaces < len(l.q) && (canStart(next) || isQuote(next)) {
		l.at += spaces
	}
	l.value(field, name)
	return true
}

// value reads a field's value at l.at.
func (l *lexer) value(field, typed string) {
	quote := false
	raw := ""
	if r, _ := utf8.DecodeRuneInString(l.q[l.at:]); l.at < len(l.q) && isQuote(r) {
		if raw, quote = l.quoted(); !quote {
			l.value(field, typed) // the mark is passed over
			return
		}
	} else {
		raw = l.bareValue(field)
		l.at += len(raw)
	}
	value := trimValue(field, raw)
	if value == "" {
		l.problem(EmptyField, typed+":"+raw)
		l.leaf(trimWords(typed), func(s string) Node { return Word{s} })
		return
	}
	n, wrong := fieldNode(field, value, quote || needsQuotes(value))
	if n == nil {
		l.problem(wrong, value)
		value = strings.ReplaceAll(value, ":", " ") // a token may hold one, a word of a query cannot
		for tok := range text.Tokens(value) {
			l.leaf(plainWord(value[tok.Start:tok.End]), func(s string) Node { return Word{s} })
		}
		return
	}
	l.leaf(value, func(string) Node { return n })
}

// fieldNode is the field with a value that is trimmed and not empty. It is nil for
// one that the field does not take, with the problem that this is.
func fieldNode(field, value string, phrase bool) (Node, ProblemKind) {
	switch field {
	case FieldDate:
		if d, ok := dateRange(value); ok {
			return d, ""
		}
		return nil, BadDate
	case FieldAsOf:
		if a, ok := asOf(value); ok {
			return a, ""
		}
		return nil, BadAsOf
	case FieldLanguage:
		value = languageCode(value)
	case FieldIs:
		if value = strings.ToLower(value); slices.Contains(isValues, value) {
			return Field{Name: FieldIs, Value: value}, ""
		}
		return nil, BadIs
	}
	return Field{Name: field, Value: value, Phrase: phrase}, ""
}

// bareValue is the value without quotation marks at l.at. An address may hold
// parentheses, as long as they are pairs.
func (l *lexer) bareValue(field string) string {
	if field != FieldURL {
		return l.bare(l.at)
	}
	depth := 0
	s := l.q[l.at:]
	for i, r := range s {
		switch {
		case unicode.IsSpace(r) || isQuote(r):
			return s[:i]
		case r == '(':
			depth++
		case r == ')':
			if depth--; depth < 0 {
				return s[:i]
			}
		}
	}
	return s
}

// leaf adds a word, phrase or field. An empty one is no part of the query.
func (l *lexer) leaf(s string, node func(string) Node) {
	if s != "" {
		l.add(token{kind: tokLeaf, node: node(s), text: s})
	}
}

// add adds what counts as a word, as long as the limits allow. Operators count,
// since a loose one is searched as a word.
func (l *lexer) add(t token) {
	if l.full {
		return
	}
	l.terms++
	l.bytes += len(t.text)
	if l.terms > MaxTerms || l.bytes > MaxText {
		l.full = true
		l.problem(TooLong, t.text)
		return
	}
	l.out = append(l.out, t)
}
