package naive

import (
	"fmt"
	neturl "net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/internal/text"

	"golang.org/x/text/unicode/norm"
)

// look is a look at one version, of an archive as it was then where past is set.
type look struct {
	a    *Archive
	d    *doc
	then search.AsOf
	past bool
}

// match reports whether the version matches. It panics at a node that it does not know:
// a test must not pass for want of an answer.
func (l *look) match(n search.Node) bool {
	a := &l.d.version.Article
	switch n := n.(type) {
	case nil:
		return true
	case search.And:
		for _, p := range n.Parts {
			if !l.match(p) {
				return false
			}
		}
		return true
	case search.Or:
		return slices.ContainsFunc(n.Parts, l.match)
	case search.Not:
		return !l.match(n.Part)
	case search.Word, search.Phrase, search.Verbatim, search.Prefix, search.Pattern, search.Fuzzy, search.Near:
		return l.inText(n, "")
	case search.In:
		return l.inText(n.Part, n.Name)
	case search.Field:
		return l.field(n)
	case search.DateRange:
		first, last := a.Published.Days()
		return first != "" && (n.First == "" || last >= n.First) && (n.Last == "" || first <= n.Last)
	case search.OnDay:
		first, last := a.Published.Days()
		return first != "" && first == last && first[len("2006-"):] == fmt.Sprintf("%02d-%02d", n.Month, n.Day)
	case search.Entities:
		return slices.ContainsFunc(n.IDs, func(id news.EntityID) bool { return named(a, n.Kind, n.Said, id) })
	case search.Articles:
		return slices.Contains(n.IDs, l.d.id)
	}
	panic(fmt.Sprintf("naive: a %T", n))
}

// named reports whether an article names the entity, or quotes it.
func named(a *news.Article, kind news.Kind, said bool, id news.EntityID) bool {
	if said {
		return slices.ContainsFunc(a.Quotes, func(q news.Quote) bool { return q.Speaker != nil && q.Speaker.ID == id })
	}
	return slices.ContainsFunc(a.Entities(kind), func(e news.Entity) bool { return e.ID == id }) ||
		slices.ContainsFunc(a.Mentions, func(m news.Mention) bool { return m.Entity == id && m.Kind == kind && m.Counts() })
}

// inText reports whether some piece of the field ("" for any) has n.
func (l *look) inText(n search.Node, field string) bool {
	if w, ok := wordsOf(n); ok && len(search.Terms(w)) == 0 {
		return true // signs narrow nothing
	}
	return slices.ContainsFunc(l.d.pieces, func(p piece) bool {
		if field != "" && p.field != field {
			return false
		}
		if v, ok := n.(search.Verbatim); ok {
			return inOrder(p.folds, search.Terms(v.Text)) && v.In(p.text)
		}
		return len(l.places(n, &p)) > 0
	})
}

func wordsOf(n search.Node) (string, bool) {
	switch n := n.(type) {
	case search.Word:
		return n.Text, true
	case search.Phrase:
		return n.Text, true
	}
	return "", false
}

// place is a stretch of words, first to last.
type place struct{ first, last int }

// places are where n stands in a piece.
func (l *look) places(n search.Node, p *piece) (out []place) {
	each := func(ok func(i int) bool) []place {
		for i := range p.folds {
			if ok(i) {
				out = append(out, place{i, i})
			}
		}
		return out
	}
	row := func(words []string) []place {
		for i := range p.folds {
			if i+len(words) <= len(p.folds) && slices.Equal(p.folds[i:i+len(words)], words) && len(words) > 0 {
				out = append(out, place{i, i + len(words) - 1})
			}
		}
		return out
	}
	switch n := n.(type) {
	case search.Word:
		words := search.Terms(n.Text)
		if len(words) != 1 {
			return row(words)
		}
		want := l.a.stem(l.d.version.Article.Language, words[0])
		return each(func(i int) bool { return p.stems[i] == want })
	case search.Phrase:
		return row(search.Terms(n.Text))
	case search.Prefix:
		begins := text.FoldTerm(n.Text)
		return each(func(i int) bool { return len(p.folds[i]) >= len(begins) && p.folds[i][:len(begins)] == begins })
	case search.Pattern:
		pattern := []rune(n.Folded())
		return each(func(i int) bool { return fits(pattern, []rune(p.folds[i])) })
	case search.Fuzzy:
		word := []rune(text.FoldTerm(n.Text))
		return each(func(i int) bool {
			other := []rune(p.folds[i])
			return other[0] == word[0] && distance(word, other) <= n.Edits
		})
	case search.Or:
		for _, part := range n.Parts {
			out = append(out, l.places(part, p)...)
		}
		return out
	case search.Near:
		for _, a := range l.places(n.A, p) {
			for _, b := range l.places(n.B, p) {
				behind, before := b.first-a.last, a.first-b.last
				if behind >= 1 && behind <= n.N || !n.Ordered && before >= 1 && before <= n.N {
					out = append(out, a)
				}
			}
		}
		return out
	}
	panic(fmt.Sprintf("naive: a %T in a text", n))
}

// fits holds a word to a pattern letter by letter.
func fits(pattern, word []rune) bool {
	switch {
	case len(pattern) == 0:
		return len(word) == 0
	case pattern[0] == '*':
		return fits(pattern[1:], word) || len(word) > 0 && fits(pattern, word[1:])
	}
	return len(word) > 0 && (pattern[0] == '?' || pattern[0] == word[0]) && fits(pattern[1:], word[1:])
}

// distance is the optimal string alignment distance, in a full table.
func distance(a, b []rune) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		for j := range d[i] {
			switch {
			case i == 0 || j == 0:
				d[i][j] = i + j
				continue
			case a[i-1] == b[j-1]:
				d[i][j] = d[i-1][j-1]
			default:
				d[i][j] = 1 + min(d[i-1][j-1], d[i-1][j], d[i][j-1])
			}
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

// addressParts are the words of an address, without its scheme.
func addressParts(s string) []string {
	if i := strings.Index(s, "://"); i >= 0 {
		s = s[i+len("://"):]
	}
	if plain, err := neturl.PathUnescape(s); err == nil && strings.ToValidUTF8(plain, "") == plain {
		s = norm.NFC.String(plain)
	}
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// endOfTime is later than any capture.
var endOfTime = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
