package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"backfile/internal/news"
	"backfile/templates"
)

// private refuses what belongs to the reader to anybody who is not at the
// archive's own machine.
func private(r *http.Request) error {
	if !isLocal(r) {
		return fail(http.StatusForbidden, "lists are shown on the machine that the archive runs on")
	}
	return nil
}

func (p *pages) serveLists(w http.ResponseWriter, r *http.Request) error {
	if err := private(r); err != nil {
		return err
	}
	ctx := r.Context()
	sh, err := p.shelves(ctx, true)
	if err != nil {
		return err
	}
	v := templates.ListsView{Page: p.page(r, say(r, "nav.lists"))}
	v.Section, v.NoIndex = templates.SectionLists, true
	var last []news.ArticleID
	for _, l := range sh.lists {
		if n := len(l.Items); n > 0 {
			last = append(last, l.Items[n-1].Article)
		}
	}
	as, err := p.Articles.ArticlesByID(ctx, last)
	if err != nil {
		return err
	}
	for _, l := range sh.lists {
		s := templates.Shelf{Link: templates.Link{Name: l.Name, Href: l.Path(), Count: len(l.Items)}}
		if n := len(l.Items); n > 0 {
			if a, ok := as[l.Items[n-1].Article]; ok {
				s.Newest = headline(&a.Article)
			}
		}
		v.Lists = append(v.Lists, s)
	}
	return p.render(w, r, http.StatusOK, templates.ListsPage(v))
}

func listID(r *http.Request) (news.ListID, error) {
	if !news.ValidID(r.PathValue("id")) {
		return "", news.ErrNotFound
	}
	return news.ListID(r.PathValue("id")), nil
}

func (p *pages) serveList(w http.ResponseWriter, r *http.Request) error {
	if err := private(r); err != nil {
		return err
	}
	ctx := r.Context()
	id, err := listID(r)
	if err != nil {
		return err
	}
	l, err := p.Lists.List(ctx, id)
	if err != nil {
		return err
	}
	if r.URL.Path != l.Path() {
		http.Redirect(w, r, (&url.URL{Path: l.Path()}).String(), http.StatusFound)
		return nil
	}
	ids := make([]news.ArticleID, len(l.Items))
	for i, b := range l.Items {
		ids[i] = b.Article
	}
	as, err := p.Articles.ArticlesByID(ctx, ids)
	if err != nil {
		return err
	}
	v := templates.ListView{Page: p.page(r, l.Name), ID: l.ID, Name: l.Name, Href: l.Path()}
	v.Section, v.NoIndex = templates.SectionLists, true
	for _, b := range l.Items {
		it := templates.ListItem{When: say(r, "list.added", templates.ShowDay(ctx, b.Added.Format("2006-01-02")))}
		if a, ok := as[b.Article]; ok {
			it.Hit = hitView(found{Version: a})
		} else {
			it.Hit.ID, it.Gone = b.Article, true
			var gone *news.Gone
			if _, err := p.Articles.Article(ctx, b.Article); errors.As(err, &gone) && gone.Why != news.HiddenRemoved {
				it.Why = say(r, "gone."+string(gone.Why))
			}
		}
		v.Items = append(v.Items, it)
	}
	return p.render(w, r, http.StatusOK, templates.ListPage(v))
}

// seeOther leads the reader on after a form.
func seeOther(w http.ResponseWriter, r *http.Request, to string) error {
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

func (p *pages) createList(w http.ResponseWriter, r *http.Request) error {
	l, err := p.Lists.CreateList(r.Context(), news.LocalOwner, r.FormValue("name"))
	if err != nil {
		return err
	}
	return seeOther(w, r, (&url.URL{Path: l.Path()}).String())
}

func (p *pages) renameList(w http.ResponseWriter, r *http.Request) error {
	id, err := listID(r)
	if err != nil {
		return err
	}
	if err := p.Lists.RenameList(r.Context(), id, r.FormValue("name")); err != nil {
		return err
	}
	return seeOther(w, r, "/lists/"+string(id))
}

func (p *pages) deleteList(w http.ResponseWriter, r *http.Request) error {
	id, err := listID(r)
	if err != nil {
		return err
	}
	if err := p.Lists.DeleteList(r.Context(), id); err != nil {
		return err
	}
	return seeOther(w, r, "/lists")
}

// bookmarked is the article that a form names.
func bookmarked(r *http.Request) (news.ArticleID, error) {
	id := r.FormValue("article")
	if !news.ValidID(id) {
		return "", fail(http.StatusBadRequest, "the form names no article")
	}
	return news.ArticleID(id), nil
}

// addBookmark saves an article to the list named, to a new one, or, where the
// form names none, to the list that the reader saved to last.
func (p *pages) addBookmark(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	id, err := bookmarked(r)
	if err != nil {
		return err
	}
	v, err := p.Articles.Article(ctx, id)
	if err != nil {
		return err
	}
	list, err := p.listToSave(r)
	if err != nil {
		return err
	}
	if err := p.Lists.Bookmark(ctx, list, news.Bookmark{Article: id, Version: v.N, Added: p.Now()}); err != nil {
		return err
	}
	return seeOther(w, r, back(r, v.Article.Path()))
}

// listToSave is the list that a form saves to.
func (p *pages) listToSave(r *http.Request) (news.ListID, error) {
	ctx := r.Context()
	if name := strings.TrimSpace(r.FormValue("name")); name != "" {
		ls, err := p.Lists.Lists(ctx, news.LocalOwner)
		if err != nil {
			return "", err
		}
		for _, l := range ls {
			if l.Name == name {
				return l.ID, nil
			}
		}
		l, err := p.Lists.CreateList(ctx, news.LocalOwner, name)
		return l.ID, err
	}
	if id := r.FormValue("list"); id != "" {
		if !news.ValidID(id) {
			return "", news.ErrNotFound
		}
		return news.ListID(id), nil
	}
	ls, err := p.Lists.Lists(ctx, news.LocalOwner)
	if err != nil {
		return "", err
	}
	if len(ls) == 0 {
		l, err := p.Lists.CreateList(ctx, news.LocalOwner, say(r, "save.default"))
		return l.ID, err
	}
	last := ls[0]
	for _, l := range ls {
		if newestMark(l).After(newestMark(last)) {
			last = l
		}
	}
	return last.ID, nil
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
