package search

import (
	"strings"

	"backfile/internal/text"
)

// wordBounds are the offsets of the first word's start and the last word's end
// in s; last is 0 where s has no word.
func wordBounds(s string) (first, last int) {
	first = -1
	for t := range text.Terms(s) {
		if first < 0 {
			first = t.Start
		}
		last = t.End
	}
	return max(first, 0), last
}

// firstWord is the offset of the first word's start in s, or len(s).
func firstWord(s string) int {
	for t := range text.Terms(s) {
		return t.Start
	}
	return len(s)
}

// trimWords is s from its first word to its last, with single spaces; "" where
// it has no word.
func trimWords(s string) string {
	for {
		first, last := wordBounds(s)
		t := strings.Join(strings.Fields(s[first:last]), " ")
		if t == s {
			return t
		}
		s = t
	}
}

// trimValue is a field's value as a query keeps it.
func trimValue(field, s string) string {
	switch field {
	case FieldURL, FieldDate, FieldOn, FieldAsOf:
		return strings.Join(strings.Fields(s), " ")
	}
	return trimWords(s)
}

// plainWord keeps a word from being read as an operator.
func plainWord(s string) string {
	switch s {
	case "OR", "AND", "NOT", "NEAR":
		return strings.ToLower(s)
	}
	return s
}

// needsQuotes reports whether a field's value is read whole only within
// quotation marks.
func needsQuotes(field, s string) bool {
	return s == "" || strings.ContainsFunc(s, isBreak) || field != FieldURL && isWild(s)
}

// quote is s in quotation marks. Marks inside it cannot be said, and are spaces.
func quote(s string) string {
	return `"` + strings.Map(func(r rune) rune {
		if isQuote(r) {
			return ' '
		}
		return r
	}, s) + `"`
}

// Terms are the words of s, folded, as the archive's tokenizer sees them. A Word
// of several terms ("COVID-19") is matched as a phrase of them.
func Terms(s string) []string {
	var out []string
	for t := range text.Terms(s) {
		out = append(out, t.Fold)
	}
	return out
}
