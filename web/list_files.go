package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"time"

	"backfile/internal/cite"
	"backfile/internal/keep"
	"backfile/internal/news"
	"backfile/internal/watch"
	"backfile/templates"
)

// The ends of the addresses of a list's files beside those of cite.Formats and feedKinds.
const (
	bundleEnd      = "zip"
	annotationsEnd = "jsonld"
)

// listFileRoutes are the addresses of lists as files.
func (p *pages) listFileRoutes() []route {
	var out []route
	at := func(end string, h handler) { out = append(out, route{"GET /lists/{id}/list." + end, h}) }
	for _, f := range cite.Formats {
		at(f.Name, p.serveListFile(f))
	}
	for _, k := range feedKinds {
		at(k.end, p.serveListFeed(k))
	}
	at(bundleEnd, p.serveBundle)
	at(annotationsEnd, p.serveListAnnotations)
	return out
}

func listFile(l news.List, end string) string { return "/lists/" + string(l.ID) + "/list." + end }

// listFiles are the files that a list's page offers.
func listFiles(r *http.Request, l news.List) []templates.Link {
	out := []templates.Link{{Name: say(r, "list.file.bundle"), Href: listFile(l, bundleEnd)}}
	for _, f := range cite.Formats {
		out = append(out, templates.Link{Name: say(r, "take."+f.Name), Href: listFile(l, f.Name)})
	}
	if isLocal(r) {
		out = append(out, templates.Link{Name: say(r, "list.file.annotations"), Href: listFile(l, annotationsEnd)})
	}
	return out
}

// listFileName is what a file of a list is called.
func (p *pages) listFileName(l news.List, end string) string {
	return l.Slug + "-" + p.Now().Format(time.DateOnly) + "." + end
}

// eachSaved calls fn with the articles of a list in its order, in the versions that were
// saved. Those that are gone are left out.
func (p *pages) eachSaved(ctx context.Context, l news.List, fn func(m news.Bookmark, v news.Version) error) error {
	for batch := range slices.Chunk(l.Items, takeBatch) {
		ids := make([]news.ArticleID, len(batch))
		for i, m := range batch {
			ids[i] = m.Article
		}
		as, err := p.Articles.ArticlesByID(ctx, ids)
		if err != nil {
			return err
		}
		for _, m := range batch {
			v, ok := as[m.Article]
			if ok && v.Article.ID == m.Article && v.N != m.Version {
				then, err := p.Versions.Version(ctx, m.Article, m.Version)
				if err != nil && !isMissing(err) {
					return err
				}
				if err == nil {
					v = then
				}
			}
			if ok {
				if err := fn(m, v); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// serveListFile is a list in a format of package cite: the versions that were saved, with
// the reader's notes and tags.
func (p *pages) serveListFile(f cite.Format) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		l, err := p.readableList(r)
		if err != nil {
			return err
		}
		return p.asFile(w, r, f.MediaType, p.listFileName(l, f.Name), func(ctx context.Context) error {
			return p.sendFile(w, r, f, func(entry func(cite.Entry) error) error {
				return p.eachSaved(ctx, l, func(m news.Bookmark, v news.Version) error { return entry(p.savedEntry(r, m, v)) })
			})
		})
	}
}

func (p *pages) savedEntry(r *http.Request, m news.Bookmark, v news.Version) cite.Entry {
	a := v.Article
	a.Captured = capturedOn(&v)
	return cite.Entry{Article: &a, Version: v.N, Address: p.absolute(r, a.Path()), Archive: p.Name, Kept: &cite.Kept{Note: m.Note, Tags: m.Tags, Added: m.Added}}
}

// serveListFeed is a list as a feed, what was saved last in front.
func (p *pages) serveListFeed(k feedKind) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		l, err := p.readableList(r)
		if err != nil {
			return err
		}
		self := p.base(r) + listFile(l, k.end)
		f := watch.Feed{Title: l.Name, Archive: p.Name, Home: p.absolute(r, l.Path()), Self: self, First: self}
		last := l
		last.Items = slices.Clone(l.Items)
		slices.SortStableFunc(last.Items, func(a, b news.Bookmark) int { return b.Added.Compare(a.Added) })
		last.Items = last.Items[:min(feedItems, len(last.Items))]
		err = p.eachSaved(r.Context(), last, func(m news.Bookmark, v news.Version) error {
			a := v.Article
			summary := opening(&a)
			if m.Note != "" {
				summary = m.Note
			}
			f.Items = append(f.Items, watch.Item{Article: &a, ID: p.base(r) + "/articles/" + url.PathEscape(string(a.ID)), Address: p.absolute(r, a.Path()), Title: headline(&a), Summary: summary, Taken: m.Added})
			return nil
		})
		if err != nil {
			return err
		}
		return answerFeed(w, r, k, &f)
	}
}

// annotationsOf are the reader's notes and highlights on the articles of a list.
func (p *pages) annotationsOf(ctx context.Context, l news.List) ([]news.Annotation, error) {
	if p.Annotations == nil || readerOf(ctx) == "" {
		return nil, nil
	}
	sh, err := p.shelves(ctx, true)
	if err != nil {
		return nil, err
	}
	at := make(map[news.ArticleID]int, len(l.Items))
	for i, m := range l.Items {
		at[m.Article] = i + 1
	}
	var out []news.Annotation
	for _, a := range sh.all {
		if at[a.Article] > 0 {
			out = append(out, a)
		}
	}
	slices.SortFunc(out, func(a, b news.Annotation) int {
		if c := at[a.Article] - at[b.Article]; c != 0 {
			return c
		}
		return keep.Compare(&a, &b)
	})
	return out, nil
}

func (p *pages) serveListAnnotations(w http.ResponseWriter, r *http.Request) error {
	if err := private(r); err != nil {
		return err
	}
	l, err := p.readableList(r)
	if err != nil {
		return err
	}
	as, err := p.annotationsOf(r.Context(), l)
	if err != nil {
		return err
	}
	c, err := p.collection(r, l.Name, p.base(r)+listFile(l, annotationsEnd), as)
	if err != nil {
		return err
	}
	return sendAnnotations(w, p.listFileName(l, annotationsEnd), c)
}
