package web

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"backfile/internal/keep"
	"backfile/internal/news"
	"backfile/templates"
)

// addNote keeps a note on an article, or a highlight of the words that the form quotes.
func (p *pages) addNote(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	id, err := bookmarked(r)
	if err != nil {
		return err
	}
	v, err := p.versionOf(ctx, id, r.FormValue("version"))
	if err != nil {
		return err
	}
	an := news.Annotation{Owner: news.LocalOwner, Article: v.Article.ID, Version: v.N, Note: r.FormValue("note"), Tags: news.ParseTags(r.FormValue("tags"))}
	if quote := strings.TrimSpace(r.FormValue("quote")); quote != "" {
		if len(quote) > 4*news.MaxPassage {
			return fail(http.StatusUnprocessableEntity, say(r, "notes.long", templates.Number(r.Context(), news.MaxPassage)))
		}
		if an.Passage, _ = keep.Locate(&v.Article, quote, r.FormValue("prefix"), r.FormValue("suffix")); an.Passage == nil {
			return fail(http.StatusUnprocessableEntity, say(r, "notes.notthere", templates.Number(r.Context(), v.N)))
		}
	}
	an, err = p.Annotations.Annotate(ctx, an)
	if err != nil {
		return err
	}
	return seeOther(w, r, backAt(r, v.Article.Path(), "note-"+string(an.ID)))
}

// versionOf is the version of an article that a form names, the current where it names
// none.
func (p *pages) versionOf(ctx context.Context, id news.ArticleID, n string) (news.Version, error) {
	v, err := p.Articles.Article(ctx, id)
	if err != nil || n == "" || atoi(n) == v.N || v.Article.ID != id {
		return v, err
	}
	return p.Versions.Version(ctx, id, atoi(n))
}

func noteID(r *http.Request) (news.ArticleID, news.AnnotationID, error) {
	article, id := r.FormValue("article"), r.FormValue("id")
	if !news.ValidID(article) || !news.ValidID(id) {
		return "", "", news.ErrNotFound
	}
	return news.ArticleID(article), news.AnnotationID(id), nil
}

// backAt is the page that a form leads back to, at one of its parts.
func backAt(r *http.Request, fallback, part string) string {
	to, _, _ := strings.Cut(back(r, fallback), "#")
	return to + "#" + part
}

func (p *pages) changeNote(w http.ResponseWriter, r *http.Request) error {
	article, id, err := noteID(r)
	if err == nil {
		err = p.Annotations.ChangeAnnotation(r.Context(), news.LocalOwner, article, id, r.FormValue("note"), news.ParseTags(r.FormValue("tags")))
	}
	if err != nil {
		return err
	}
	return seeOther(w, r, backAt(r, "/notes", "note-"+string(id)))
}

func (p *pages) deleteNote(w http.ResponseWriter, r *http.Request) error {
	article, id, err := noteID(r)
	if err == nil {
		err = p.Annotations.DeleteAnnotation(r.Context(), news.LocalOwner, article, id)
	}
	if err != nil && !errors.Is(err, news.ErrNotFound) { // deleted twice is deleted
		return err
	}
	return seeOther(w, r, backAt(r, "/notes", "deleted"))
}

func (p *pages) putBackNote(w http.ResponseWriter, r *http.Request) error {
	article, id, err := noteID(r)
	if err == nil {
		err = p.Annotations.PutBackAnnotation(r.Context(), news.LocalOwner, article, id)
	}
	if err != nil {
		return err
	}
	return seeOther(w, r, backAt(r, "/notes", "note-"+string(id)))
}
