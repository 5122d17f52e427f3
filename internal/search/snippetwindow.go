package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"backfile/internal/text"
)

// The size of snippets, in words.
const (
	snippetWords = 28
	// snippetLead is how far in front of its first match a snippet begins, to
	// start with its sentence where that is near.
	snippetLead = 12
)

// window is a snippet to be: the first and last of its tokens, the match that it was made
// for, and how many terms it shows.
type window struct{ first, last, match, terms int }

// windows are the best window, and where two are wanted, the best of the rest if that
// shows something new, in the order of the text.
func (c *Cutter) windows(s string, toks []text.Token, found []match, most int) (ws [2]window, n int) {
	best := c.bestWindow(s, toks, found, nil)
	if most < 2 {
		return [2]window{best}, 1
	}
	second := c.bestWindow(s, toks, found, &best)
	switch {
	case second.terms == 0:
		return [2]window{best}, 1
	case second.first < best.first:
		return [2]window{second, best}, 2
	}
	return [2]window{best, second}, 2
}

// bestWindow finds the stretch with the most terms, then with the most matches,
// then the earliest. With other given, only terms that other does not show count,
// and only stretches beside it.
func (c *Cutter) bestWindow(s string, toks []text.Token, found []match, other *window) window {
	var best window
	bestMatches := 0
	// seen has, for each term, the number of the window, from 1, that it was counted for;
	// -1 of one that other shows.
	clear(c.seen)
	if other != nil {
		for _, x := range within(toks, found, *other) {
			c.seen[x.term] = -1
		}
	}
	for i, m := range found {
		w := window{match: i}
		w.first, w.last = around(s, toks, tokenAt(toks, m.start))
		if other != nil && w.first <= other.last && other.first <= w.last {
			continue
		}
		in := within(toks, found, w)
		for _, x := range in {
			if seen := c.seen[x.term]; seen >= 0 && seen != i+1 {
				c.seen[x.term] = i + 1
				w.terms++
			}
		}
		if w.terms > best.terms || w.terms == best.terms && w.terms > 0 && len(in) > bestMatches {
			best, bestMatches = w, len(in)
		}
	}
	return best
}

// within are the matches that a window shows from its own on.
func within(toks []text.Token, found []match, w window) []match {
	end := w.match
	for end < len(found) && found[end].end <= toks[w.last].End {
		end++
	}
	return found[w.match:end]
}

// around is the window for a first match at token at: from its sentence's start
// where that is near, and of full length where the text has it.
func around(s string, toks []text.Token, at int) (first, last int) {
	first = max(0, at-snippetLead/2)
	for i := at; i >= max(0, at-snippetLead); i-- {
		if opensSentence(s, toks, i) {
			first = i
			break
		}
	}
	last = min(first+snippetWords, len(toks)) - 1
	return max(0, min(first, last-snippetWords+1)), last
}

func tokenAt(toks []text.Token, offset int) int {
	i, _ := slices.BinarySearchFunc(toks, offset, func(t text.Token, o int) int { return t.End - o - 1 })
	return min(i, len(toks)-1)
}

// opensSentence tells whether a token opens a sentence. Cheaper than
// text.Sentences, and a snippet that begins behind an abbreviation does no harm.
func opensSentence(s string, toks []text.Token, i int) bool {
	return i == 0 || strings.ContainsAny(s[toks[i-1].End:toks[i].Start], ".!?\n。")
}

// bounds are the bytes of the tokens first to last, with the signs that touch
// them: an opening quotation mark, a full stop.
func bounds(s string, toks []text.Token, first, last int) (start, end int) {
	start, end = toks[first].Start, toks[last].End
	for start > 0 {
		r, n := utf8.DecodeLastRuneInString(s[:start])
		if unicode.IsSpace(r) || unicode.IsLetter(r) || unicode.IsNumber(r) || first > 0 && start-n < toks[first-1].End {
			break
		}
		start -= n
	}
	for end < len(s) {
		r, n := utf8.DecodeRuneInString(s[end:])
		if unicode.IsSpace(r) || unicode.IsLetter(r) || unicode.IsNumber(r) || last+1 < len(toks) && end+n > toks[last+1].Start {
			break
		}
		end += n
	}
	return start, end
}
