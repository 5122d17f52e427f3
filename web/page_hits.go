package web

import (
	"context"
	"net/url"
	"strings"
	"unicode/utf8"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/templates"
)

// How many names a result shows, and how long an opening is.
const (
	namesShown   = 3
	openingRunes = 230
)

// hitView is an article as lists show it.
func hitView(f found) templates.Hit {
	a := &f.Version.Article
	h := templates.Hit{
		ID: a.ID, Href: f.path(), Headline: templates.Plain(headline(a)), Outlet: outletLink(a.Outlet), Date: a.Published,
		Dateline: datelinePlace(a.Dateline), Section: a.Section, Standfirst: opening(a), Versions: f.Version.N,
		People: entityLinks(a.Persons, namesShown), Places: entityLinks(a.Places, namesShown),
	}
	if f.Past {
		// A version's own page says what it changed: what is found is its text.
		if h.Versions = 0; f.Version.N > 1 {
			h.Href += "?whole=1"
		}
		h.Captured = capturedOn(&f.Version)
		if f.Since {
			h.Now = a.Path()
		}
	}
	if f.Family != "" && f.Members > 1 {
		h.Family, h.Outlets, h.Printed = familyPath(f.Family), f.Outlets, f.Members
	}
	if f.Edit != nil {
		h.Edit = templates.HitEdit{N: f.Edit.Version, Href: f.Edit.path(a.ID), Runs: f.Edit.Runs}
	}
	h.Lang, h.Dir = langDir(a)
	for _, s := range f.Snippets {
		h.Snippets = append(h.Snippets, fragments(s))
	}
	cutOff(h.Snippets)
	return h
}

// searched is an article as results show it, its headline marked too.
func searched(f found) templates.Hit {
	h := hitView(f)
	if f.cutter != nil && f.Version.Article.Headline != "" {
		h.Headline = fragments(f.cutter.Headline(&f.Version.Article))
	}
	return h
}

// hitViews are articles that no words were searched for in.
func hitViews(fs []found) []templates.Hit {
	out := make([]templates.Hit, len(fs))
	for i, f := range fs {
		out[i] = hitView(f)
	}
	return out
}

func fragments(fs []search.Fragment) []templates.Fragment {
	out := make([]templates.Fragment, len(fs))
	for i, f := range fs {
		out[i] = templates.Fragment(f)
	}
	return out
}

// headline is the article's, or its first words where it has none.
func headline(a *news.Article) string {
	if a.Headline != "" {
		return a.Headline
	}
	return clipWords(firstParagraph(a.Body), 80)
}

// opening is the standfirst, or how the text begins.
func opening(a *news.Article) string {
	if a.Standfirst != "" {
		return a.Standfirst
	}
	return clipWords(firstParagraph(a.Body), openingRunes)
}

func firstParagraph(body string) string {
	p, _, _ := strings.Cut(body, "\n\n")
	return p
}

// clipWords is the first words of s, in at most n characters.
func clipWords(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	cut := string([]rune(s)[:n])
	if i := strings.LastIndexByte(cut, ' '); i > n/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:–—-") + "…"
}

// datelinePlace is the place of a dateline, without its date and dash.
func datelinePlace(s string) string {
	s, _, _ = strings.Cut(s, ",")
	return strings.Trim(s, " —–-:.")
}

func outletLink(o *news.Outlet) templates.Link {
	if o == nil {
		return templates.Link{}
	}
	return templates.Link{Name: o.Name, Href: "/outlets/" + url.PathEscape(o.Slug)}
}

func entityLinks(es []news.Entity, n int) []templates.Link {
	out := make([]templates.Link, 0, min(n, len(es)))
	for _, e := range es[:min(n, len(es))] {
		out = append(out, templates.Link{Name: e.Name, Href: e.Path(), Count: e.Count})
	}
	return out
}

// find answers a request of our own with the records of what it found.
func (s *Server) find(ctx context.Context, req search.Request) (search.Result, []found, error) {
	r, err := s.Search.Search(ctx, req)
	if err != nil {
		return r, nil, err
	}
	fs, err := s.hits(ctx, nil, r.Hits, false)
	return r, fs, err
}

// cutOff puts an ellipsis where the last snippet ends inside a sentence; those
// between have one already.
func cutOff(ss [][]templates.Fragment) {
	if len(ss) == 0 || len(ss[len(ss)-1]) == 0 {
		return
	}
	last := ss[len(ss)-1]
	f := &last[len(last)-1]
	f.Post = strings.TrimRight(f.Post, " \n")
	text := strings.TrimRight(f.Pre+f.Match+f.Post, "”’\"')")
	if text != "" && !strings.ContainsRune(".!?…", rune(text[len(text)-1])) && !strings.HasSuffix(text, "…") {
		f.Post = strings.TrimRight(f.Post, ",;:–—- ") + " …"
	}
}
