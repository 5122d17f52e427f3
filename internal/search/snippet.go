package search

import (
	"slices"

	"backfile/internal/news"
	"backfile/internal/text"
)

// maxSnippets are as many as an article has at most.
const maxSnippets = 3

// Cut is Cutter.Cut for one article.
func Cut(n Node, a news.Article, stem Stemmer) [][]Fragment { return NewCutter(n, stem).Cut(&a) }

// MarkHeadline is Cutter.Headline for one article.
func MarkHeadline(n Node, a news.Article, stem Stemmer) []Fragment {
	return NewCutter(n, stem).Headline(&a)
}

// Cutter cuts the snippets of the articles that a search found, one after the other. It is
// not safe for concurrent use.
type Cutter struct {
	n    Node
	stem Stemmer
	// markers are made once for each language and field.
	markers map[markerKey]*marker
	// said are those whom the search asks what they said; nil until that is looked for.
	said map[news.EntityID]bool

	// What follows is of the article that is being cut.
	a   *news.Article
	any *marker // of what may stand in any text
	// shown are the terms of any that a reader sees already.
	shown []bool
	out   [][]Fragment

	// Used again for the next one.
	body, toks []text.Token
	found      []match
	seen       []int
}

// markerKey is a language and the query's field of a text; "" where it has none.
type markerKey struct{ language, field string }

// NewCutter makes one for the search n.
func NewCutter(n Node, stem Stemmer) *Cutter {
	return &Cutter{n: n, stem: stem, markers: map[markerKey]*marker{}}
}

// Names reports whether the search asks for somebody or something by name: only then are an
// article's mentions looked at.
func (c *Cutter) Names() bool {
	found := false
	Walk(c.n, func(n Node) bool {
		e, ok := n.(Entities)
		found = found || ok && len(e.IDs) > 0
		return !found
	})
	return found
}

// marker is the one of a language and a field.
func (c *Cutter) marker(language, field string) *marker {
	k := markerKey{language, field}
	m := c.markers[k]
	if m == nil {
		if field == "" {
			m = newMarker(c.n, language, c.stem)
		} else {
			m = newMarker(c.n, language, c.stem, field)
		}
		c.markers[k] = m
	}
	return m
}

// Cut cuts snippets from an article: where the search asks what somebody said, one or two of
// that one's quotations; one or two stretches of its body, of about
// 28 words each, in which most of what the search asks for is found; then what these and the
// headline do not show and a standfirst, a caption, the byline or the dateline does. It is
// the article's opening, without a match, where none of these has one. Each
// snippet's pieces together are a stretch of the text with single spaces. It is
// nil for an article without text.
func (c *Cutter) Cut(a *news.Article) [][]Fragment {
	c.a, c.any, c.out = a, c.marker(a.Language, ""), nil
	c.shown = append(c.shown[:0], make([]bool, c.any.all())...)
	if c.any.looks() {
		c.toks = text.AppendTerms(c.toks[:0], a.Headline)
		c.see(c.find(c.any, a.Headline, c.toks, news.FieldHeadline), 0, len(a.Headline))
	}
	c.body = text.AppendTerms(c.body[:0], a.Body)
	if len(c.body) > 0 && c.Says() {
		c.say(a)
	}
	c.cut(a.Body, c.body, news.FieldBody, FieldBody, 2)
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
	case len(c.body) == 0:
		return nil
	}
	start, end := bounds(a.Body, c.body, 0, min(snippetWords, len(c.body))-1)
	return [][]Fragment{fragments(a.Body, start, end, nil)}
}

// Headline cuts an article's headline at what the search matches in it, whoever and whatever
// it names by another name included. It is nil for an article without one.
func (c *Cutter) Headline(a *news.Article) []Fragment {
	if a.Headline == "" {
		return nil
	}
	c.a = a
	m := c.marker(a.Language, FieldHeadline)
	if !m.looks() {
		return fragments(a.Headline, 0, len(a.Headline), nil)
	}
	c.toks = text.AppendTerms(c.toks[:0], a.Headline)
	return fragments(a.Headline, 0, len(a.Headline), c.find(m, a.Headline, c.toks, news.FieldHeadline))
}

// find is what m finds in the text s, of which the mentions are those of the field named of.
// The result is good until the next find.
func (c *Cutter) find(m *marker, s string, toks []text.Token, of string) []match {
	var mentions []news.Mention
	if of != "" && len(m.ids) > 0 {
		mentions = mentionsIn(c.a, of)
	}
	c.found = m.find(c.found, s, toks, mentions)
	return c.found
}

// cut adds up to most snippets of the text s, of which the mentions are those of the
// field named of, if that has a match and nothing is shown yet, or if it has one that is not
// shown. own is the query's field for the text alone; toks may be nil for the text's own.
func (c *Cutter) cut(s string, toks []text.Token, of, own string, most int) {
	if s == "" || len(c.out) == maxSnippets {
		return
	}
	m := c.any
	if own != "" {
		m = c.marker(c.a.Language, own)
	}
	if !m.looks() {
		return
	}
	if toks == nil {
		c.toks = text.AppendTerms(c.toks[:0], s)
		toks = c.toks
	}
	found := c.find(m, s, toks, of)
	if len(found) == 0 {
		return
	}
	any := found
	if m.terms != c.any.terms {
		found = slices.Clone(found)
		any = c.find(c.any, s, toks, of)
	}
	if len(c.out) > 0 && len(found) == len(any) && !slices.ContainsFunc(any, func(x match) bool { return !c.isShown(x.term) }) {
		return
	}
	pick := found
	if m.terms == c.any.terms && len(c.out) > 0 { // rather what the others do not show
		if rest := slices.DeleteFunc(slices.Clone(found), func(x match) bool { return c.isShown(x.term) }); len(rest) > 0 {
			pick, most = rest, 1
		}
	}
	if need := m.all(); len(c.seen) < need {
		c.seen = make([]int, need)
	}
	ws, n := c.windows(s, toks, pick, most)
	for _, w := range ws[:n] {
		start, end := bounds(s, toks, w.first, w.last)
		c.out = append(c.out, fragments(s, start, end, found))
		c.see(any, start, end)
	}
}

func (c *Cutter) isShown(term int) bool { return term < len(c.shown) && c.shown[term] }

// see notes what of the matches is shown between two bytes.
func (c *Cutter) see(found []match, start, end int) {
	for _, x := range found {
		if start <= x.start && x.end <= end {
			for len(c.shown) <= x.term {
				c.shown = append(c.shown, false)
			}
			c.shown[x.term] = true
		}
	}
}

func mentionsIn(a *news.Article, field string) []news.Mention {
	var out []news.Mention
	for _, m := range a.Mentions {
		if m.Field == field || m.Field == "" && field == news.FieldBody {
			out = append(out, m)
		}
	}
	return out
}
