package search

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"backfile/internal/news"
	"backfile/internal/text"
)

// The size of snippets, in words, and how many of them an article has at most.
const (
	snippetWords = 28
	// snippetLead is how far in front of its first match a snippet begins, to
	// start with its sentence where that is near.
	snippetLead = 12
	maxSnippets = 3
)

// Cut cuts snippets from an article: one or two stretches of its body, of about
// 28 words each, in which most of what n asks for is found; then what these and the
// headline do not show and a standfirst, a caption, the byline or the dateline does. It is
// the article's opening, without a match, where none of these has one. Each
// snippet's pieces together are a stretch of the text with single spaces. It is
// nil for an article without text.
func Cut(n Node, a news.Article, stem Stemmer) [][]Fragment {
	c := cutter{n: n, a: &a, stem: stem, any: newMarker(n, a.Language, stem), shown: map[int]bool{}}
	c.see(c.any.find(a.Headline, slices.Collect(text.Terms(a.Headline)), mentionsIn(a, news.FieldHeadline)), 0, len(a.Headline))
	body := slices.Collect(text.Terms(a.Body))
	c.cut(a.Body, body, news.FieldBody, FieldBody, 2)
	c.cut(a.Standfirst, nil, news.FieldStandfirst, "", 1)
	for i := range a.Images {
		c.cut(a.Images[i].Caption, nil, news.CaptionField(i), "", 1)
	}
	c.cut(a.Byline, nil, "", FieldByline, 1)
	c.cut(a.Dateline, nil, "", FieldDateline, 1)
	switch {
	case len(c.out) > 0:
		return c.out
	case a.Standfirst != "":
		return [][]Fragment{fragments(a.Standfirst, 0, len(a.Standfirst), nil)}
	case len(body) == 0:
		return nil
	}
	start, end := bounds(a.Body, body, 0, min(snippetWords, len(body))-1)
	return [][]Fragment{fragments(a.Body, start, end, nil)}
}

// MarkHeadline cuts an article's headline at what n matches in it, whoever and whatever
// it names by another name included. It is nil for an article without one.
func MarkHeadline(n Node, a news.Article, stem Stemmer) []Fragment {
	if a.Headline == "" {
		return nil
	}
	m := newMarker(n, a.Language, stem, FieldHeadline)
	return fragments(a.Headline, 0, len(a.Headline), m.find(a.Headline, slices.Collect(text.Terms(a.Headline)), mentionsIn(a, news.FieldHeadline)))
}

// cutter gathers the snippets of one article.
type cutter struct {
	n    Node
	a    *news.Article
	stem Stemmer
	any  *marker // of what may stand in any text
	// shown are the terms of any that a reader sees already.
	shown map[int]bool
	out   [][]Fragment
}

// cut adds up to most snippets of the text s, of which the mentions are those of the
// field named of, if that has a match and nothing is shown yet, or if it has one that is not
// shown. own is the query's field for the text alone; toks may be nil for the text's own.
func (c *cutter) cut(s string, toks []text.Token, of, own string, most int) {
	if s == "" || len(c.out) == maxSnippets {
		return
	}
	m := c.any
	if own != "" {
		m = newMarker(c.n, c.a.Language, c.stem, own)
	}
	if toks == nil {
		toks = slices.Collect(text.Terms(s))
	}
	var mentions []news.Mention
	if of != "" {
		mentions = mentionsIn(*c.a, of)
	}
	found := m.find(s, toks, mentions)
	if len(found) == 0 {
		return
	}
	any := found
	if m.terms != c.any.terms {
		any = c.any.find(s, toks, mentions)
	}
	if len(c.out) > 0 && len(found) == len(any) && !slices.ContainsFunc(any, func(x match) bool { return !c.shown[x.term] }) {
		return
	}
	for _, w := range windows(s, toks, found, most) {
		start, end := bounds(s, toks, w.first, w.last)
		c.out = append(c.out, fragments(s, start, end, found))
		c.see(any, start, end)
	}
}

// see notes what of the matches is shown between two bytes.
func (c *cutter) see(found []match, start, end int) {
	for _, x := range found {
		if start <= x.start && x.end <= end {
			c.shown[x.term] = true
		}
	}
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

// windows are the best window, and where two are wanted, the best of the rest if that
// shows something new, in the order of the text.
func windows(s string, toks []text.Token, found []match, most int) []window {
	starts := sentenceStarts(s, toks)
	best := bestWindow(toks, found, starts, nil)
	if most < 2 {
		return []window{best}
	}
	second := bestWindow(toks, found, starts, &best)
	switch {
	case len(second.terms) == 0:
		return []window{best}
	case second.first < best.first:
		return []window{second, best}
	}
	return []window{best, second}
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
