package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"backfile/internal/text"
)

// scope is the field whose values stand inside a parenthesis, "" for none.
type scope struct{ field, typed string }

func (l *lexer) scope() scope {
	if len(l.open) == 0 {
		return scope{}
	}
	return l.open[len(l.open)-1]
}

// parenthesis opens one, of values of the field where it has one.
func (l *lexer) parenthesis(in scope) {
	l.open = append(l.open, in)
	l.out = append(l.out, token{kind: tokOpen, text: "(", any: singular[in.field]})
}

// singular are the fields of which an article has one value at most.
var singular = map[string]bool{FieldOutlet: true, FieldDate: true, FieldOn: true, FieldAgency: true, FieldSection: true, FieldLanguage: true}

// isText reports whether a field is words of the text.
func isText(field string) bool {
	switch field {
	case FieldHeadline, FieldBody, FieldByline, FieldDateline:
		return true
	}
	return false
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
		if value = strings.ToLower(value); slices.Contains(isValues, value) || slices.Contains(keptValues[FieldIs], value) {
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
