package web

import (
	"context"
	"net/http"

	"backfile/internal/news"
	"backfile/templates"
)

// setMarks stars articles or has them read, or takes that back.
func (p *pages) setMarks(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return fail(http.StatusBadRequest, "the form cannot be read")
	}
	ids, err := tickedArticles(r)
	if err != nil {
		return err
	}
	for _, kind := range news.MarkKinds {
		if on := r.FormValue(string(kind)); on != "" {
			if _, err := p.Marks.SetMarks(r.Context(), news.LocalOwner, kind, ids, on == "1"); err != nil {
				return err
			}
		}
	}
	return seeOther(w, r, back(r, "/lists"))
}

// tickedArticles are the articles that a form names, at least one.
func tickedArticles(r *http.Request) ([]news.ArticleID, error) {
	var ids []news.ArticleID
	for _, id := range r.PostForm["article"] {
		if !news.ValidID(id) {
			return nil, fail(http.StatusBadRequest, "the form names no article")
		}
		ids = append(ids, news.ArticleID(id))
	}
	if len(ids) == 0 {
		return nil, fail(http.StatusUnprocessableEntity, say(r, "list.nonetick"))
	}
	return ids, nil
}

// keep fills in what the reader keeps of the articles of a page.
func (p *pages) keep(ctx context.Context, canWrite bool, hits []templates.Hit) error {
	if !canWrite || len(hits) == 0 {
		return nil
	}
	sh, err := p.shelves(ctx, canWrite)
	if err != nil {
		return err
	}
	var marks map[news.ArticleID]news.Marks
	if p.Marks != nil {
		ids := make([]news.ArticleID, len(hits))
		for i, h := range hits {
			ids[i] = h.ID
		}
		if marks, err = p.Marks.Marks(ctx, news.LocalOwner, ids); err != nil {
			return err
		}
	}
	for i := range hits {
		h := &hits[i]
		h.Lists = sh.with(h.ID)
		m, c := marks[h.ID], sh.notes.Count(h.ID)
		h.Kept = templates.HitKept{Star: !m.Star.IsZero(), Read: !m.Read.IsZero(), Notes: c.Notes, Highlights: c.Highlights}
	}
	return nil
}
