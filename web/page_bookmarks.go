package web

import (
	"context"
	"net/http"
	"strings"
	"time"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/templates"
)

// bookmarked is the article that a form names.
func bookmarked(r *http.Request) (news.ArticleID, error) {
	id := r.FormValue("article")
	if !news.ValidID(id) {
		return "", fail(http.StatusBadRequest, "the form names no article")
	}
	return news.ArticleID(id), nil
}

// addBookmark saves articles to the list named, to a new one, or, where the form names
// none, to the list that the reader saved to last. One article is pinned to the version
// that the form names: the one that was read.
func (p *pages) addBookmark(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if err := r.ParseForm(); err != nil {
		return fail(http.StatusBadRequest, "the form cannot be read")
	}
	ids, err := tickedArticles(r)
	if err != nil {
		return err
	}
	to := "/lists"
	ms := make([]news.Bookmark, len(ids))
	for i, id := range ids {
		ms[i] = news.Bookmark{Article: id, Added: p.Now(), Note: r.FormValue("note"), Tags: news.ParseTags(r.FormValue("tags"))}
	}
	if len(ids) == 1 {
		v, err := p.versionOf(ctx, ids[0], r.FormValue("version"))
		if err != nil {
			return err
		}
		ms[0].Article, ms[0].Version, to = v.Article.ID, v.N, v.Article.Path()
	}
	list, err := p.listToSave(r)
	if err != nil {
		return err
	}
	if len(ms) == 1 {
		err = p.Lists.Bookmark(ctx, list, ms[0])
	} else {
		_, err = p.Lists.BookmarkAll(ctx, list, ms)
	}
	if err != nil {
		return err
	}
	return seeOther(w, r, back(r, to))
}

// ticks is the form that keeps several results at once; nil for who may not.
func (p *pages) ticks(ctx context.Context, v *templates.SearchView, ask params) (*templates.Ticks, error) {
	if !v.CanWrite || len(v.Hits) == 0 {
		return nil, nil
	}
	sh, err := p.shelves(ctx, true)
	if err != nil {
		return nil, err
	}
	v.Keeps = true
	t := &templates.Ticks{Search: ask.page(1).Values().Encode(), Back: v.Path}
	if p.Stream != nil && v.Total <= news.MaxListItems {
		t.All = v.Total
	}
	last := sh.last()
	for _, l := range sh.lists {
		t.Lists = append(t.Lists, templates.ListChoice{ID: l.ID, Name: l.Name, Has: last.ID == l.ID})
	}
	return t, nil
}

// fillList saves all that the search of the form finds to a list.
func (p *pages) fillList(w http.ResponseWriter, r *http.Request) error {
	if p.Stream == nil {
		return news.ErrNotFound
	}
	ctx, cancel := context.WithTimeout(r.Context(), searchTime)
	defer cancel()
	ask, err := formSearch(r)
	if err != nil {
		return err
	}
	res, err := p.query(ctx, ask)
	if err != nil {
		return err
	}
	var ms []news.Bookmark
	_, err = p.Stream.Stream(ctx, search.Request{Query: res.Query, Prefer: res.Prefer, Sort: ask.Sort}, func(h search.Hit) error {
		if len(ms) == news.MaxListItems {
			return fail(http.StatusUnprocessableEntity, say(r, "list.full", templates.Number(r.Context(), news.MaxListItems)))
		}
		ms = append(ms, news.Bookmark{Article: h.ID, Added: p.Now()})
		return nil
	})
	if err != nil {
		return err
	}
	list, err := p.listToSave(r)
	if err != nil {
		return err
	}
	if _, err := p.Lists.BookmarkAll(r.Context(), list, ms); err != nil {
		return err
	}
	return seeOther(w, r, "/lists/"+string(list))
}

// listToSave is the list that a form saves to.
func (p *pages) listToSave(r *http.Request) (news.ListID, error) {
	ctx := r.Context()
	if id := r.FormValue("list"); id != "" && strings.TrimSpace(r.FormValue("name")) == "" {
		if !news.ValidID(id) {
			return "", news.ErrNotFound
		}
		return news.ListID(id), nil
	}
	sh, err := p.shelves(ctx, true)
	if err != nil {
		return "", err
	}
	name := news.CleanName(r.FormValue("name"))
	if name == "" {
		if last := sh.last(); last != nil {
			return last.ID, nil
		}
		name = say(r, "save.default")
	}
	for _, l := range sh.lists {
		if l.Name == name {
			return l.ID, nil
		}
	}
	l, err := p.Lists.CreateList(ctx, news.LocalOwner, name)
	return l.ID, err
}

func (p *pages) removeBookmark(w http.ResponseWriter, r *http.Request) error {
	id, err := bookmarked(r)
	if err != nil {
		return err
	}
	list := r.FormValue("list")
	if !news.ValidID(list) {
		return news.ErrNotFound
	}
	if err := p.Lists.Unbookmark(r.Context(), news.ListID(list), id); err != nil {
		return err
	}
	return seeOther(w, r, back(r, "/lists/"+list))
}

// newestMark is when a list was last saved to, or made.
func newestMark(l news.List) time.Time {
	at := l.Created
	for _, b := range l.Items {
		if b.Added.After(at) {
			at = b.Added
		}
	}
	return at
}
