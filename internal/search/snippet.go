package search

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"backfile/internal/news"
	"backfile/internal/text"
)

// The size of snippets, in words.
const (
	snippetWords = 28
	// snippetLead is how far in front of its first match a snippet begins, to
	// start with its sentence where that is near.
	snippetLead = 12
)

// Cut cuts snippets from an article: one or two stretches of its body, of about
// 28 words each, in which most of what n asks for is found; else the standfirst
// or a caption where something is found; else its opening, without a match. Each
// snippet's pieces together are a stretch of the text with single spaces. It is
// nil for an article without text.
func Cut(n Node, a news.Article, stem Stemmer) [][]Fragment {
	m := newMarker(n, a.Language, stem, FieldBody)
	toks := slices.Collect(text.Tokens(a.Body))
	found := m.find(a.Body, toks, mentionsIn(a, news.FieldBody))
	if len(found) > 0 {
		return cutBody(a.Body, toks, found)
	}
	fields := []string{news.FieldStandfirst}
	for i := range a.Images {
		fields = append(fields, news.CaptionField(i))
	}
	for _, f := range fields {
		s := a.Field(f)
		toks := slices.Collect(text.Tokens(s))
		if found := m.find(s, toks, mentionsIn(a, f)); len(found) > 0 {
			return cutBody(s, toks, found)
		}
	}
	if a.Standfirst != "" {
		return [][]Fragment{fragments(a.Standfirst, 0, len(a.Standfirst), nil)}
	}
	if len(toks) == 0 {
		return nil
	}
	start, end := bounds(a.Body, toks, 0, min(snippetWords, len(toks))-1)
	return [][]Fragment{fragments(a.Body, start, end, nil)}
}

func mentionsIn(a news.Article, field string) []news.Mention {
	var out []news.Mention
	for _, m := range a.Mentions {
		if m.Field == field || m.Field == "" && field == news.FieldBody {
			out = append(out, m)
		}
	}
	return out
}

// window is a snippet to be: the first and last of its tokens, and the terms it
// shows.
type window struct {
	first, last int
	terms       map[int]bool
}

// cutBody cuts the best window, and the best of the rest if that shows something
// new, in the order of the text.
func cutBody(s string, toks []text.Token, found []match) [][]Fragment {
	starts := sentenceStarts(s, toks)
	best := bestWindow(toks, found, starts, nil)
	ws := []window{best}
	if second := bestWindow(toks, found, starts, &best); len(second.terms) > 0 {
		ws = append(ws, second)
		if second.first < best.first {
			ws[0], ws[1] = second, best
		}
	}
	var out [][]Fragment
	for _, w := range ws {
		start, end := bounds(s, toks, w.first, w.last)
		out = append(out, fragments(s, start, end, found))
	}
	return out
}

// bestWindow finds the stretch with the most terms, then with the most matches,
// then the earliest. With other given, only terms that other does not show count,
// and only stretches beside it.
func bestWindow(toks []text.Token, found []match, starts []bool, other *window) window {
	var best window
	bestMatches := 0
	for i, m := range found {
		w := window{terms: map[int]bool{}}
		w.first, w.last = around(toks, starts, tokenAt(toks, m.start))
		if other != nil && w.first <= other.last && other.first <= w.last {
			continue
		}
		n := 0
		for _, x := range found[i:] {
			if x.end > toks[w.last].End {
				break
			}
			n++
			if other == nil || !other.terms[x.term] {
				w.terms[x.term] = true
			}
		}
		if len(w.terms) > len(best.terms) || len(w.terms) == len(best.terms) && len(w.terms) > 0 && n > bestMatches {
			best, bestMatches = w, n
		}
	}
	return best
}

// around is the window for a first match at token at: from its sentence's start
// where that is near, and of full length where the text has it.
func around(toks []text.Token, starts []bool, at int) (first, last int) {
	first = max(0, at-snippetLead/2)
	for i := at; i >= max(0, at-snippetLead); i-- {
		if starts[i] {
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

// sentenceStarts tells for each token whether it opens a sentence. Cheaper than
// text.Sentences, and a snippet that begins behind an abbreviation does no harm.
func sentenceStarts(s string, toks []text.Token) []bool {
	out := make([]bool, len(toks))
	end := 0
	for i, t := range toks {
		gap := s[end:t.Start]
		out[i] = i == 0
		for _, r := range gap {
			if r == '.' || r == '!' || r == '?' || r == '\n' || r == '。' {
				out[i] = true
			}
		}
		end = t.End
	}
	return out
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
