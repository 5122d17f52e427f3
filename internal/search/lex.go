package search

import (
	"slices"
	"strconv"
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

// scope is the field whose values stand inside a parenthesis, "" for none.
type scope struct{ field, typed string }

func (l *lexer) scope() scope {
	if len(l.open) == 0 {
		return scope{}
	}
	return l.open[len(l.open)-1]
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

// parenthesis opens one, of values of the field where it has one.
func (l *lexer) parenthesis(in scope) {
	l.open = append(l.open, in)
	l.out = append(l.out, token{kind: tokOpen, text: "(", any: singular[in.field]})
}

// singular are the fields of which an article has one value at most.
var singular = map[string]bool{FieldOutlet: true, FieldDate: true, FieldOn: true, FieldAgency: true, FieldSection: true, FieldLanguage: true}

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

// slop reads "~5" behind a phrase of two words, as other archives write NEAR/5. n is the
// bytes it takes; far is nil where it means nothing here, which is said.
func (l *lexer) slop(phrase string) (far Node, n int) {
	rest, ok := strings.CutPrefix(l.q[l.at:], "~")
	if !ok {
		return nil, 0
	}
	digits := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
	if digits == 0 {
		return nil, 0
	}
	two := strings.Fields(phrase)
	if len(two) != 2 || len(Terms(phrase)) != 2 {
		l.problem(BadNear, "~"+rest[:digits])
		return nil, 1 + digits
	}
	return Near{A: Phrase{two[0]}, B: Phrase{two[1]}, N: l.reach(rest[:digits], "~"+rest[:digits])}, 1 + digits
}

// reach is a number of words between others.
func (l *lexer) reach(digits, typed string) int {
	n, err := strconv.Atoi(digits)
	if err != nil || n > MaxNear {
		l.problem(FarNear, typed)
		return MaxNear
	}
	return max(n, 1)
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

// isText reports whether a field is words of the text.
func isText(field string) bool {
	switch field {
	case FieldHeadline, FieldBody, FieldByline, FieldDateline:
		return true
	}
	return false
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

// nearSign takes NEAR, NEAR/5, w/5, pre/5 apart. A bare NEAR must be in capitals.
func nearSign(s string) (sign, digits string, ok bool) {
	const usual, longest = "10", 24
	switch {
	case s == "NEAR":
		return "near", usual, true
	case len(s) > longest: // a chunk is looked at again for each piece that is read of it
		return "", "", false
	}
	sign, digits, ok = strings.Cut(s, "/")
	sign = strings.ToLower(sign)
	if !ok || sign != "near" && sign != "w" && sign != "pre" || digits == "" || strings.Trim(digits, "0123456789") != "" {
		return "", "", false
	}
	return sign, digits, true
}

func isNearSign(s string) bool {
	_, _, ok := nearSign(s)
	return ok
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
		l.plain(name)
		l.at = behind
		return true
	}
	l.at = behind
	if field != FieldURL && l.runeAt(behind) == '(' && behind < len(l.q) {
		l.at++
		l.parenthesis(scope{field, name})
		return true
	}
	if strings.HasPrefix(rest, "=") && isQuote(l.runeAt(behind+1)) {
		l.at++
		l.verbatim(field)
		return true
	}
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
	if !quote && isWild(raw) && l.wildValue(field, raw) {
		return
	}
	value := trimValue(field, raw)
	if value == "" {
		l.problem(EmptyField, typed+":"+raw)
		l.leaf(trimWords(typed), func(s string) Node { return Word{s} })
		return
	}
	l.fieldValue(field, value, quote)
}

// fieldValue adds the field with a value that is not empty, or the value's words.
func (l *lexer) fieldValue(field, value string, quote bool) {
	n, wrong := fieldNode(field, value, quote || needsQuotes(field, value))
	if n == nil {
		l.problem(wrong, value)
		value = strings.ReplaceAll(value, ":", " ") // a token may hold one, a word of a query cannot
		for tok := range text.Terms(value) {
			l.leaf(plainWord(value[tok.Start:tok.End]), func(s string) Node { return Word{s} })
		}
		return
	}
	l.leaf(value, func(string) Node { return n })
}

// wildValue adds a value with a sign of a wildcard, which only fields of text take. It
// reports false, having added nothing, where the value is to be read without.
func (l *lexer) wildValue(field, raw string) bool {
	switch {
	case field == FieldURL:
		return false
	case !isText(field):
		if without := strings.Join(pieces(raw), " "); hasLetter(without) {
			l.problem(BadWildcard, raw)
			l.fieldValue(field, trimValue(field, without), false)
			return true
		}
		return false
	}
	w := wild(raw)
	if w.problem != "" {
		l.problem(w.problem, raw)
	}
	if w.node != nil {
		l.leaf(raw, func(string) Node { return In{field, w.node} })
		return true
	}
	for _, s := range pieces(raw) {
		l.leaf(trimWords(s), func(s string) Node { return Field{field, s, needsQuotes(field, s)} })
	}
	return true
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
	case FieldOn:
		if d, ok := onDay(value); ok {
			return d, ""
		}
		return nil, BadOn
	case FieldHas:
		if value = hasValue(value); value != "" {
			return Field{Name: FieldHas, Value: value}, ""
		}
		return nil, BadHas
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
