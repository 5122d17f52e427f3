package entity

import (
	"strings"

	"backfile/internal/text"
)

// sentencesIn are the sentences that overlap two offsets.
func (a *attribution) sentencesIn(from, to int) []text.Range {
	var out []text.Range
	for k := a.sentenceIndex(from); k < len(a.sents) && a.sents[k].Start < to; k++ {
		if strings.TrimSpace(a.f.text[max(from, a.sents[k].Start):min(to, a.sents[k].End)]) != "" {
			out = append(out, a.sents[k])
		}
	}
	return out
}

// sentenceIndex is the index of the sentence that holds an offset, or the next.
func (a *attribution) sentenceIndex(at int) int {
	lo, hi := 0, len(a.sents)
	for lo < hi {
		mid := (lo + hi) / 2
		if a.sents[mid].End <= at {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

func (a *attribution) paragraphStart(at int) int {
	from := max(at-reach, 0)
	if k := strings.LastIndex(a.f.text[from:at], "\n\n"); k >= 0 {
		return from + k + 2
	}
	return from
}

// opensSentence reports whether the quotation begins a sentence of its own.
func (a *attribution) opensSentence(q quoted) bool {
	s := strings.TrimRight(a.f.text[:q.outerStart], " ")
	for _, end := range []string{".", "!", "?", ",", ":", ".”", ".’", ".\"", "?”", "!”", ")"} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}
