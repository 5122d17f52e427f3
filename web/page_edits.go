package web

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"backfile/internal/family"
	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/templates"
)

// editRunes is how much of the text a hit shows on each side of the words that a
// version took out or put in, and of other words that it changed beside them.
const editRunes = 90

// edit is what a version took out or put in that was searched for.
type edit struct {
	Version int
	// Runs are the text around it; nil where it is not found again.
	Runs []templates.DiffRun
}

// path is the address of the version's page, which shows all that it changed.
func (e *edit) path(id news.ArticleID) string { return versionPath(id, e.Version) }

// answer is the edit as the API has it, nil for nil.
func (e *edit) answer(id news.ArticleID) *editAnswer {
	if e == nil {
		return nil
	}
	a := &editAnswer{Version: e.Version, Path: e.path(id)}
	for _, r := range e.Runs {
		a.Snippet = append(a.Snippet, editPiece{string(r.Kind), r.Text + r.Match + r.Post + r.Gap})
	}
	return a
}

// edit finds again what the hit's version changed.
func (s *Server) edit(ctx context.Context, q search.Node, h search.Hit) (*edit, error) {
	e := &edit{Version: h.Edit}
	var both [2]news.Version
	for i, n := range []int{h.EditOf, h.Edit} {
		var err error
		both[i], err = s.Versions.Version(ctx, h.ID, n)
		if isMissing(err) {
			return e, nil // removed since; the version's page says so
		}
		if err != nil {
			return nil, err
		}
	}
	old, new := &both[0].Article, &both[1].Article
	removed, added := search.Edits(q)
	for _, d := range family.Compare(old, new) {
		t := diffText(d)
		if t.Kind == templates.DiffKept || t.Kind == templates.DiffSlight {
			continue
		}
		for i, r := range t.Runs {
			asked := removed
			if r.Kind == templates.DiffAdded {
				asked = added
			}
			if r.Kind == templates.DiffKept || asked == nil {
				continue
			}
			fs := search.Mark(asked, r.Text, new.Language, s.Stem)
			if len(fs) > 0 && fs[0].Match != "" {
				e.Runs = around(t.Runs, i, fs)
				return e, nil
			}
		}
	}
	return e, nil
}

// around is the run at i, of which fs are the pieces, with some of those before and
// behind it.
func around(runs []templates.DiffRun, i int, fs []search.Fragment) []templates.DiffRun {
	hit := templates.DiffRun{Kind: runs[i].Kind, Text: lastWords(fs[0].Pre, editRunes), Match: fs[0].Match, Gap: runs[i].Gap}
	post := fs[0].Post
	for _, f := range fs[1:] {
		post += f.Pre + f.Match + f.Post
	}
	hit.Post = firstWords(post, editRunes)
	out := []templates.DiffRun{hit}
	left := editRunes - utf8.RuneCountInString(hit.Text)
	for j := i - 1; j >= 0 && left > 0 && !strings.HasPrefix(out[0].Text, "… "); j-- {
		r := runs[j]
		r.Text = lastWords(r.Text, left)
		left -= utf8.RuneCountInString(r.Text)
		out = slices.Insert(out, 0, r)
	}
	left = editRunes - utf8.RuneCountInString(hit.Post)
	for j := i + 1; j < len(runs) && left > 0; j++ {
		r := runs[j]
		r.Text = firstWords(r.Text, left)
		left -= utf8.RuneCountInString(r.Text)
		out = append(out, r)
		if strings.HasSuffix(r.Text, " …") {
			break
		}
	}
	return out
}

// firstWords and lastWords are as many words at one end of s as n characters hold, but
// one at least, with an ellipsis for the rest.
func firstWords(s string, n int) string {
	rs := []rune(s)
	if len(rs) <= n {
		return s
	}
	head := string(rs[:max(n, 1)])
	if i := strings.LastIndexAny(head, " \n"); i > 0 {
		head = head[:i]
	}
	return strings.TrimRight(head, " \n,;:–—-") + " …"
}

func lastWords(s string, n int) string {
	rs := []rune(s)
	if len(rs) <= n {
		return s
	}
	tail := string(rs[len(rs)-max(n, 1):])
	if i := strings.IndexAny(tail, " \n"); i >= 0 && i+1 < len(tail) {
		tail = tail[i+1:]
	}
	return "… " + strings.TrimLeft(tail, " \n")
}
