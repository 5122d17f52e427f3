package templates

import (
	"context"
	"slices"
	"strings"
	"unicode"
)

// The signs that keep what stands between them out of the order of the text around it:
// first strong isolate, left-to-right isolate, pop directional isolate
// (https://www.unicode.org/reports/tr9/). They are signs and not elements because a
// sentence also stands where there are no elements: in labels, titles, feeds and files.
const (
	firstStrong = '\u2068'
	leftToRight = '\u2066'
	popIsolate  = '\u2069'
)

// apart is what stands in the places of a sentence, isolated where it would not keep its
// own order there, or not leave the sentence its own: a name in a script that runs the
// other way and, from right to left, a query or a date in digits.
func (w *Words) apart(args []any) []any {
	out := args
	for i, a := range args {
		s, ok := a.(string)
		if !ok {
			continue
		}
		if kept := keptApart(s, w.Dir == "rtl"); kept != s {
			if &out[0] == &args[0] {
				out = slices.Clone(args)
			}
			out[i] = kept
		}
	}
	return out
}

// apartAll is apart for the names of a list.
func (w *Words) apartAll(names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = keptApart(n, w.Dir == "rtl")
	}
	return out
}

// dotted is what stands on one line, parted by dots, each part in its own order.
func dotted(ctx context.Context, parts ...string) string {
	return strings.Join(wordsOf(ctx).apartAll(parts), " · ")
}

// keptApart is s between isolates, where it needs them in a sentence that runs so. What
// has some already was put together in the sentence's own language and stays in its order.
func keptApart(s string, rtl bool) string {
	ltr, right, sign := false, false, false
	for _, r := range s {
		switch {
		case r == firstStrong || r == leftToRight:
			return s
		case r < unicode.MaxASCII && (r|0x20 >= 'a' && r|0x20 <= 'z'):
			ltr = true
		case unicode.IsDigit(r) || r == '.' || r == ',':
		case unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana):
			right = true
		case unicode.IsLetter(r):
			ltr = true
		default:
			sign = true
		}
	}
	if rtl && (ltr || sign && !right) || !rtl && right {
		return string(firstStrong) + s + string(popIsolate)
	}
	return s
}

// arrowBack points to what comes before on a page of ctx's, arrowOn to what follows.
func arrowBack(ctx context.Context) string {
	if Dir(ctx) == "rtl" {
		return "→"
	}
	return "←"
}

func arrowOn(ctx context.Context) string {
	if Dir(ctx) == "rtl" {
		return "←"
	}
	return "→"
}
