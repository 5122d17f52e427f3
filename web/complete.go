package web

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"backfile/internal/search"
)

// tail is what is being typed at the end of a query, and may be completed.
type tail struct {
	// Before is the query up to it, with the minus sign or the parenthesis that
	// touches it.
	Before string
	// Field is the field that it is the value of, by its name in the language; "" for
	// plain words.
	Field string
	// Typed is what there is of it, without quotation marks.
	Typed string
}

// with is the query with what was being typed replaced by done.
func (t tail) with(done string) string { return t.Before + done }

// alone reports whether there is nothing in the query but the tail.
func (t tail) alone() bool { return t.Before == "" && t.Field == "" }

// maxTailWords bounds how many words at the end are taken for one name.
const maxTailWords = 4

// tails are the ways to take the end of a query for something that is being typed, the
// longest first: in "flood united ki" the last three words, the last two, the last
// one. Behind a quotation mark that is still open, and behind a field's colon, it is
// all that follows.
func tails(q string) []tail {
	q = strings.TrimLeftFunc(q, unicode.IsSpace)
	if strings.TrimSpace(q) == "" {
		return nil
	}
	shut, open := lastQuotes(q)
	if open >= 0 {
		_, n := utf8.DecodeRuneInString(q[open:])
		t := tail{Before: q[:open], Typed: strings.TrimSpace(q[open+n:])}
		at := strings.LastIndexFunc(t.Before, isBreak) + 1
		if before, name, ok := fieldBehind(t.Before[at:]); ok {
			t.Before, t.Field = t.Before[:at]+before, name
		}
		if t.Typed == "" {
			return nil
		}
		return []tail{t}
	}
	words := wordsBehind(q, shut)
	var out []tail
	for i := len(words) - 1; i >= 0 && len(words)-i <= maxTailWords; i-- {
		w := words[i]
		text := strings.TrimSpace(q[w.start:])
		before, name, isField := fieldBehind(w.text)
		switch {
		case isField:
			// person:liz tru: so far it is one value, as whoever types it means.
			value := text[strings.IndexByte(text, ':')+1:]
			if value = strings.TrimSpace(value); value != "" {
				out = append(out, tail{Before: q[:w.start] + before, Field: name, Typed: value})
			}
		case strings.ContainsRune(w.text, ':') || w.text == "OR" || w.text == "AND":
		default:
			lead := w.text[:len(w.text)-len(strings.TrimLeft(w.text, "-−("))]
			if typed := strings.TrimSpace(text[len(lead):]); typed != "" {
				out = append(out, tail{Before: q[:w.start] + lead, Typed: typed})
			}
			if lead == "" {
				continue
			}
		}
		break // nothing before this belongs to it
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out
}

type typedWord struct {
	start int
	text  string
}

// wordsBehind are the words behind from, of which the last is being typed.
func wordsBehind(q string, from int) []typedWord {
	var out []typedWord
	start := -1
	for i, r := range q[from:] {
		switch {
		case unicode.IsSpace(r) || r == ')':
			if start >= 0 {
				out = append(out, typedWord{start, q[start : from+i]})
			}
			start = -1
			if r == ')' {
				out = nil
			}
		case start < 0:
			start = from + i
		}
	}
	if start >= 0 {
		out = append(out, typedWord{start, q[start:]})
	}
	return out
}

// fieldBehind reads a word that begins with a field, as "-person:tru" does: before are
// the signs in front, name is the field's.
func fieldBehind(w string) (before, name string, ok bool) {
	bare := strings.TrimLeft(w, "-−(")
	before = w[:len(w)-len(bare)]
	typed, rest, ok := strings.Cut(bare, ":")
	if !ok || strings.HasPrefix(rest, "//") {
		return "", "", false
	}
	name, ok = search.FieldName(typed)
	return before, name, ok
}

// lastQuotes finds where the last quotation ends, 0 where there is none, and where one
// begins that has no end yet, -1 where there is none.
func lastQuotes(q string) (shut, open int) {
	open = -1
	for i, r := range q {
		if !isQuote(r) {
			continue
		}
		if open < 0 {
			open = i
		} else {
			open, shut = -1, i+utf8.RuneLen(r)
		}
	}
	return shut, open
}

// isQuote and isBreak are those of the query language.
func isQuote(r rune) bool { return strings.ContainsRune(`"“”„‟＂«»`, r) }
func isBreak(r rune) bool { return unicode.IsSpace(r) || r == ')' || isQuote(r) }
