package web

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"backfile/internal/news"
	"backfile/templates"
)

// formFields are the fields that an article's page lets people correct, in its order.
var formFields = []string{"outlet", news.FieldPublished, news.FieldHeadline, news.FieldStandfirst, "byline", "agency", "dateline", "section", "url", "kind"}

// fixArticle keeps what the form says of an article's fields, as far as it differs from
// what is shown.
func (p *pages) fixArticle(w http.ResponseWriter, r *http.Request) error {
	id, err := articleID(r)
	if err != nil {
		return err
	}
	if p.Corrections == nil {
		return fail(http.StatusForbidden, "this archive takes no corrections")
	}
	v, err := p.Articles.Article(r.Context(), id)
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return fail(http.StatusBadRequest, "the form cannot be read")
	}
	fix := news.Fix{Reason: strings.TrimSpace(r.FormValue("reason"))}
	changed := false
	for _, name := range news.FixFields {
		said := strings.Join(strings.Fields(r.PostForm.Get(name)), " ")
		if !r.PostForm.Has(name) || said == strings.Join(strings.Fields(v.Article.FixText(name)), " ") {
			continue
		}
		changed = fix.Set(name, said) || changed
	}
	if changed {
		if err := p.fix(r, v.Article.ID, fix); err != nil {
			return err
		}
	}
	return seeOther(w, r, back(r, v.Article.Path()))
}

// fix keeps a fix of an article, and of those that it names beside.
func (p *pages) fix(r *http.Request, id news.ArticleID, f news.Fix) error {
	data, err := json.Marshal(f)
	if err != nil {
		return err
	}
	_, err = p.Corrections.Correct(r.Context(), []news.Event{{Type: news.EventFixed, About: string(id), Data: data}})
	return err
}

// corrected fills in what people corrected of an article, and the form to correct more.
func (p *pages) corrected(a *news.Article, v *templates.ArticleView) {
	if p.Corrections == nil {
		return
	}
	for _, f := range p.Corrections.Corrections().Fixes(a.ID) {
		v.Fixes = append(v.Fixes, templates.FixShown{Fixed: f, Others: len(f.Articles)})
	}
	v.Joined = p.Corrections.Corrections().JoinedTo(a.ID)
	if !v.CanWrite {
		return
	}
	v.Fix = &templates.FixForm{Action: "/articles/" + string(a.ID) + "/fix", Back: v.Path}
	for _, name := range formFields {
		v.Fix.Fields = append(v.Fix.Fields, templates.FixField{Name: name, Value: a.FixText(name)})
	}
}

// serveJoined shows a text of an article that was joined to another, which is where its
// other addresses lead.
func (p *pages) serveJoined(w http.ResponseWriter, r *http.Request, id news.ArticleID, current news.Version) error {
	n, err := strconv.Atoi(r.PathValue("n"))
	if err != nil {
		return news.ErrNotFound
	}
	v, err := p.Versions.Version(r.Context(), id, n)
	if err != nil {
		return err
	}
	return p.serveWhole(w, r, current, []news.Version{v}, 0)
}
