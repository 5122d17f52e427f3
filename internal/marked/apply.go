package marked

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// find is where the marks of a sentence stand in it. A name stands where no
// letter or digit touches it; of names that overlap the longer counts. A mark that
// stands nowhere is an error.
func find(sentence string, names []NameMark) ([]Mark, error) {
	order := slices.Clone(names)
	slices.SortStableFunc(order, func(a, b NameMark) int { return -cmp.Compare(len(a.Name), len(b.Name)) })
	var out []Mark
	for _, m := range order {
		n, found := 0, false
		for from := 0; ; {
			i := strings.Index(sentence[from:], m.Name)
			if i < 0 {
				break
			}
			start, end := from+i, from+i+len(m.Name)
			_, step := utf8.DecodeRuneInString(sentence[start:])
			from = start + step
			if !bounded(sentence, start, end) {
				continue
			}
			n++
			if m.At != nil && !slices.Contains(m.At, n) {
				continue
			}
			found = true
			if !slices.ContainsFunc(out, func(o Mark) bool { return start < o.End && o.Start < end }) {
				out = append(out, Mark{Kind: m.Kind, Start: start, End: end})
			}
		}
		if !found {
			return nil, fmt.Errorf("%q does not stand in %q", m.Name, sentence)
		}
	}
	slices.SortFunc(out, func(a, b Mark) int { return cmp.Compare(a.Start, b.Start) })
	return out, nil
}

func bounded(s string, start, end int) bool {
	wordy := func(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }
	if r, _ := utf8.DecodeLastRuneInString(s[:start]); start > 0 && wordy(r) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s[end:])
	return end == len(s) || !wordy(r)
}
