package keep

import (
	"slices"

	"backfile/internal/news"
	"backfile/internal/text"
)

// Notes finds articles by what a reader wrote on them: notes and tags, of articles and of
// bookmarks, and the words that were highlighted. It does not change once it is made.
type Notes struct {
	entries []entry
	counts  map[news.ArticleID]Count
}

// Count is how much a reader wrote on an article.
type Count struct{ Notes, Highlights int }

type entry struct {
	article         news.ArticleID
	note, highlight bool
	terms           []string // "" between what was written apart
}

// NewNotes returns the Notes of a reader's annotations and lists.
func NewNotes(as []news.Annotation, ls []news.List) *Notes {
	n := &Notes{counts: map[news.ArticleID]Count{}}
	for _, a := range as {
		e := entry{article: a.Article, note: a.Note != "" || len(a.Tags) > 0, highlight: a.Passage != nil}
		e.add(a.Note)
		e.add(a.Tags...)
		if a.Passage != nil {
			e.add(a.Passage.Exact)
		}
		c := n.counts[a.Article]
		if e.highlight {
			c.Highlights++
		}
		if a.Note != "" {
			c.Notes++
		}
		n.counts[a.Article] = c
		n.entries = append(n.entries, e)
	}
	for _, l := range ls {
		for _, m := range l.Items {
			if m.Note == "" && len(m.Tags) == 0 {
				continue
			}
			e := entry{article: m.Article, note: true}
			e.add(m.Note)
			e.add(m.Tags...)
			n.entries = append(n.entries, e)
		}
	}
	return n
}

func (e *entry) add(written ...string) {
	for _, s := range written {
		for t := range text.Terms(s) {
			e.terms = append(e.terms, t.Fold)
		}
		e.terms = append(e.terms, "")
	}
}

// Count is how much the reader wrote on an article.
func (n *Notes) Count(id news.ArticleID) Count { return n.counts[id] }

// Find returns the articles with a note, a tag or a highlight that has all words of s,
// side by side where phrase is true; each once, by id.
func (n *Notes) Find(s string, phrase bool) []news.ArticleID {
	var want []string
	for t := range text.Terms(s) {
		want = append(want, t.Fold)
	}
	if len(want) == 0 {
		return nil
	}
	return n.which(func(e *entry) bool {
		if phrase {
			return follow(e.terms, want)
		}
		for _, w := range want {
			if !slices.Contains(e.terms, w) {
				return false
			}
		}
		return true
	})
}

// follow reports whether the words stand side by side among the terms.
func follow(terms, want []string) bool {
	for i := 0; i+len(want) <= len(terms); i++ {
		if slices.Equal(terms[i:i+len(want)], want) {
			return true
		}
	}
	return false
}

// Noted are the articles with a note or a tag.
func (n *Notes) Noted() []news.ArticleID { return n.which(func(e *entry) bool { return e.note }) }

// Highlighted are the articles with a highlight.
func (n *Notes) Highlighted() []news.ArticleID {
	return n.which(func(e *entry) bool { return e.highlight })
}

func (n *Notes) which(ok func(*entry) bool) []news.ArticleID {
	var out []news.ArticleID
	for i := range n.entries {
		if ok(&n.entries[i]) {
			out = append(out, n.entries[i].article)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
