package search

import (
	"strconv"
	"strings"
)

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
