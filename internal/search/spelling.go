package search

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// spellings are a word and other ways to write it that print uses side by side: re-election
// and reelection, co-operation and cooperation, COVID-19 and COVID19. The forms with a hyphen
// find those with a space too.
func spellings(word string) []string {
	terms := Terms(word)
	switch {
	case len(terms) == 2 && hyphens(word) == 1 && onlyLetters(terms[0]):
		return []string{word, terms[0] + terms[1]}
	case len(terms) == 1:
		if with := hyphenated(terms[0]); with != "" {
			return []string{word, with}
		}
	}
	return []string{word}
}

// hyphens counts the hyphens in a word that has no other sign between its parts.
func hyphens(word string) int {
	n := 0
	for _, r := range word {
		switch {
		case r == '-' || r == '‐' || r == '‑':
			n++
		case !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r):
			return -1
		}
	}
	return n
}

func onlyLetters(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
}

// apart are beginnings that a hyphen parts from a word that begins with the same vowel.
var apart = []string{"re", "pre", "de", "co", "anti", "semi", "micro"}

// hyphenated is a folded word with the hyphen that others give it, "" where none comes to
// mind: between two of the same vowel, between letters and a number, and in e-mail.
func hyphenated(w string) string {
	const shortest = 4
	for _, p := range apart {
		if rest, ok := strings.CutPrefix(w, p); ok && utf8.RuneCountInString(rest) >= shortest && rest[0] == p[len(p)-1] && onlyLetters(rest) {
			return p + "-" + rest
		}
	}
	if rest, ok := strings.CutPrefix(w, "email"); ok && onlyLetters(rest) {
		return "e-" + w[1:]
	}
	letters := strings.TrimRight(w, "0123456789")
	if letters != "" && len(letters) < len(w) && onlyLetters(letters) {
		return letters + "-" + w[len(letters):]
	}
	return ""
}

// spelled is a word of a query, or one in a field, in all its spellings.
func spelled(word string, node func(string) Node) Node {
	all := spellings(word)
	if len(all) == 1 {
		return node(word)
	}
	parts := make([]Node, len(all))
	for i, s := range all {
		parts[i] = node(s)
	}
	return Or{parts}
}
