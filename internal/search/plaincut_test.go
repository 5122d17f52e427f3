package search

import (
	"cmp"
	"reflect"
	"slices"
	"testing"

	"backfile/internal/news"
	"backfile/internal/newsgen"
	"backfile/internal/text"
)

// What follows cuts snippets in the plainest way, as Cutter must: every word of every text is
// stemmed, and every window looked at afresh.

func plainCut(n Node, a news.Article, stem Stemmer) [][]Fragment {
	c := plainCutter{n: n, a: &a, stem: stem, any: newMarker(n, a.Language, stem), shown: map[int]bool{}}
	c.see(plainFind(c.any, a.Headline, slices.Collect(text.Terms(a.Headline)), plainMentionsIn(a, news.FieldHeadline)), 0, len(a.Headline))
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

type plainCutter struct {
	n    Node
	a    *news.Article
	stem Stemmer
	any  *marker // of what may stand in any text
	// shown are the terms of any that a reader sees already.
	shown map[int]bool
	out   [][]Fragment
}

func (c *plainCutter) cut(s string, toks []text.Token, of, own string, most int) {
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
		mentions = plainMentionsIn(*c.a, of)
	}
	found := plainFind(m, s, toks, mentions)
	if len(found) == 0 {
		return
	}
	any := found
	if m.terms != c.any.terms {
		any = plainFind(c.any, s, toks, mentions)
	}
	if len(c.out) > 0 && len(found) == len(any) && !slices.ContainsFunc(any, func(x match) bool { return !c.shown[x.term] }) {
		return
	}
	for _, w := range plainWindows(s, toks, found, most) {
		start, end := bounds(s, toks, w.first, w.last)
		c.out = append(c.out, fragments(s, start, end, found))
		c.see(any, start, end)
	}
}

func (c *plainCutter) see(found []match, start, end int) {
	for _, x := range found {
		if start <= x.start && x.end <= end {
			c.shown[x.term] = true
		}
	}
}

func plainMentionsIn(a news.Article, field string) []news.Mention {
	var out []news.Mention
	for _, m := range a.Mentions {
		if m.Field == field || m.Field == "" && field == news.FieldBody {
			out = append(out, m)
		}
	}
	return out
}

type plainWindow struct {
	first, last int
	terms       map[int]bool
}

func plainWindows(s string, toks []text.Token, found []match, most int) []plainWindow {
	starts := sentenceStarts(s, toks)
	best := plainBestWindow(toks, found, starts, nil)
	if most < 2 {
		return []plainWindow{best}
	}
	second := plainBestWindow(toks, found, starts, &best)
	switch {
	case len(second.terms) == 0:
		return []plainWindow{best}
	case second.first < best.first:
		return []plainWindow{second, best}
	}
	return []plainWindow{best, second}
}

func plainBestWindow(toks []text.Token, found []match, starts []bool, other *plainWindow) plainWindow {
	var best plainWindow
	bestMatches := 0
	for i, m := range found {
		w := plainWindow{terms: map[int]bool{}}
		w.first, w.last = plainAround(toks, starts, tokenAt(toks, m.start))
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

func plainAround(toks []text.Token, starts []bool, at int) (first, last int) {
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

func plainFind(m *marker, s string, toks []text.Token, mentions []news.Mention) []match {
	if m.terms == 0 && len(m.nears) == 0 {
		return nil
	}
	var out []match
	for i, t := range toks {
		if terms := m.words[m.stem(m.lang, t.Fold)]; len(terms) > 0 {
			out = append(out, match{t.Start, t.End, terms[0]})
		}
		for _, p := range m.phrases[t.Fold] {
			if j := i + len(p.words); j <= len(toks) && matches(toks[i:j], p.words) {
				out = append(out, match{t.Start, toks[j-1].End, p.term})
			}
		}
	}
	for i, t := range toks {
		for _, w := range m.wilds {
			if w.match(t.Fold) {
				out = append(out, match{t.Start, t.End, w.term})
			}
		}
		for _, w := range m.written {
			if w.folds[0] == t.Fold && w.at(s, toks, i) {
				out = append(out, match{t.Start, toks[i+len(w.folds)-1].End, w.term})
			}
		}
	}
	for i, n := range m.nears {
		out = append(out, m.close(n, toks, m.terms+2*i)...)
	}
	for _, x := range mentions {
		if term, ok := m.ids[x.Entity]; ok && x.Counts() && 0 <= x.Start && x.Start < x.End && x.End <= len(s) {
			out = append(out, match{x.Start, x.End, term})
		}
	}
	slices.SortFunc(out, func(a, b match) int {
		return cmp.Or(a.start-b.start, b.end-a.end, a.term-b.term)
	})
	end := 0
	return slices.DeleteFunc(out, func(x match) bool {
		if x.start < end {
			return true
		}
		end = x.end
		return false
	})
}

// Snippets are what the plain way cuts, whatever was cut by the same Cutter before.
func TestCutterAgrees(t *testing.T) {
	gen := newsgen.NewArchive(2)
	var articles []news.Article
	for i := range 40 {
		a := gen.Article(i)
		switch i % 10 {
		case 1:
			a.Language = "pl" // of which the bytes that stems begin with are not known
		case 2:
			a.Standfirst = ""
		case 3:
			a.Body += "\n\n" + a.Body
		}
		articles = append(articles, a)
	}
	queries := []Node{nil}
	for _, q := range []string{
		"council", "council police the", `"of the" said`, "counc* polic~", `="The council" of`, "headline:council body:police", "byline:by dateline:a the",
		"council NEAR/5 the", "body:(said NEAR/3 the) council", "-council the", "the of and in to a is was for on", "nothinghasthis", "body:nothinghasthis of", "*ing the",
	} {
		queries = append(queries, parsed(q))
	}
	for i := range 20 { // as one asks who knows an article
		a := articles[i*2]
		var words []string
		for tok := range text.Terms(a.Body) {
			words = append(words, tok.Fold)
		}
		queries = append(queries, Or{[]Node{Word{words[i]}, Phrase{words[len(words)/2] + " " + words[len(words)/2+1]}}})
		for _, es := range [][]news.Entity{a.Persons, a.Places} {
			if len(es) > 0 {
				queries = append(queries, And{[]Node{Entities{Kind: es[0].Kind, Name: es[0].Name, IDs: []news.EntityID{es[0].ID}}, Word{words[len(words)/3]}}})
			}
		}
	}
	for _, q := range queries {
		c := NewCutter(q, bare)
		for _, a := range articles {
			if got, want := c.Cut(&a), plainCut(q, a, bare); !reflect.DeepEqual(got, want) {
				t.Fatalf("%s of %s: %q, want %q", q, a.ID, got, want)
			}
		}
	}
}
