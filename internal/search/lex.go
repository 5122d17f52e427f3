package search

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

type tokenKind int

const (
	tokLeaf  tokenKind = iota // a word, phrase, field or date range: token.node
	tokOpen                   // (
	tokClose                  // )
	tokOr
	tokAnd
	tokMinus // "-" or NOT
	tokNear
	tokDropped // a parenthesis that balance took out
)

type token struct {
	kind tokenKind
	node Node
	text string // as typed, for problems
	near *Near  // of tokNear: without what it stands between
	any  bool   // of tokOpen: what stands side by side inside are alternatives
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
	open     []scope // the parentheses around at
	end      int     // where the unbroken stretch around at ends, so that none is measured twice
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
			l.parenthesis(l.scope())
		case r == ')':
			l.at += n
			l.open = l.open[:max(0, len(l.open)-1)]
			l.out = append(l.out, token{kind: tokClose, text: ")"})
		case isQuote(r):
			l.phrase()
		case r == '=' && isQuote(l.runeAt(l.at+n)):
			l.at += n
			l.verbatim(l.scope().field)
		case isMinus(r):
			l.at += n
			l.minus()
		case r == '*' && l.bare(l.at) == "*":
			l.at += n
			l.out = append(l.out, token{kind: tokLeaf, node: And{}, text: "*"})
		case isWildcard(r):
			behind := l.at + signs(l.q[l.at:])
			if !canStart(l.runeAt(behind)) {
				l.at = behind
				break
			}
			l.at = max(l.at, behind-longestSigns)
			l.word()
		case canStart(r) || l.scope().field == FieldDate && (r == '<' || r == '>' || r == '.'):
			l.word()
		default:
			l.at += n
		}
	}
}

func (l *lexer) runeAt(i int) rune { return firstRune(l.q[min(i, len(l.q)):]) }

func (l *lexer) phrase() {
	if in := l.scope(); in.field != "" {
		l.value(in.field, in.typed)
		return
	}
	s, ok := l.quoted()
	if !ok {
		return
	}
	s = trimWords(s)
	if far, n := l.slop(s); n > 0 {
		l.at += n
		if far != nil {
			l.leaf(s, func(string) Node { return far })
			return
		}
	}
	l.leaf(s, func(s string) Node { return Phrase{s} })
}

// verbatim reads the quoted text behind an equals sign.
func (l *lexer) verbatim(field string) {
	s, ok := l.quoted()
	s = strings.Join(strings.Fields(s), " ")
	switch _, last := wordBounds(s); {
	case !ok || last == 0:
	case field == "":
		l.leaf(s, func(s string) Node { return Verbatim{s} })
	case isText(field):
		l.leaf(s, func(s string) Node { return In{field, Verbatim{s}} })
	default:
		if n, _ := fieldNode(field, trimValue(field, s), true); n != nil {
			l.leaf(s, func(string) Node { return n })
		}
	}
}

// longestSigns are more wildcards in a row than make a difference.
const longestSigns = 40

// signs is how many signs of wildcards s begins with.
func signs(s string) int { return len(s) - len(strings.TrimLeft(s, "*?")) }

func hasLetter(s string) bool { return strings.ContainsFunc(s, canStart) }

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
	kind := tokLeaf
	switch chunk {
	case "OR":
		kind = tokOr
	case "AND":
		kind = tokAnd
	case "NOT":
		kind = tokMinus
	}
	if kind != tokLeaf {
		l.at += len(chunk)
		l.add(token{kind: kind, text: chunk})
		return
	}
	if sign, digits, ok := nearSign(chunk); ok {
		l.at += len(chunk)
		l.add(token{kind: tokNear, text: chunk, near: &Near{N: l.reach(digits, chunk), Ordered: sign == "pre"}})
		return
	}
	if name, rest, ok := strings.Cut(chunk, ":"); ok && isFieldName(name) {
		if l.field(name, rest) {
			return
		}
	}
	if in := l.scope(); in.field != "" {
		l.value(in.field, in.typed)
		return
	}
	if isWild(chunk) {
		l.at += len(chunk)
		l.wild(chunk)
		return
	}
	if first := firstWord(chunk); first != 0 { // signs before the word: read it on its own
		l.at += first
		return
	}
	_, last := wordBounds(chunk)
	l.at += len(chunk)
	l.plain(chunk[:last])
}

// plain adds a word that is no operator, whatever it looks like.
func (l *lexer) plain(w string) {
	if w = trimWords(w); isWild(w) {
		for _, s := range pieces(w) {
			l.plain(s)
		}
		return
	}
	if isNearSign(w) { // with a sign behind it, it stands between nothing
		sign, digits, _ := strings.Cut(w, "/")
		l.leaf(strings.ToLower(sign), func(s string) Node { return Word{s} })
		w = digits
	}
	l.leaf(plainWord(w), func(s string) Node { return Word{s} })
}

// wild adds a word with a sign in it, or the words without the signs.
func (l *lexer) wild(chunk string) {
	w := wild(chunk)
	if w.problem != "" {
		l.problem(w.problem, chunk)
	}
	if w.node != nil {
		l.leaf(chunk, func(string) Node { return w.node })
		return
	}
	l.plain(strings.Join(pieces(chunk), "*"))
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
