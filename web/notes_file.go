package web

import (
	"encoding/json"
	"net/http"
	"strings"

	"backfile/internal/keep"
	"backfile/internal/news"
)

// serveNotesFile is the reader's notes in the W3C's model.
func (p *pages) serveNotesFile(w http.ResponseWriter, r *http.Request) error {
	if err := private(r); err != nil {
		return err
	}
	sh, err := p.shelves(r.Context(), true)
	if err != nil {
		return err
	}
	c, err := p.collection(r, say(r, "notes.all"), p.base(r)+"/notes.jsonld", sh.found(strings.TrimSpace(r.FormValue("q"))))
	if err != nil {
		return err
	}
	return sendAnnotations(w, "notes-"+p.Now().Format("2006-01-02")+".jsonld", c)
}

func sendAnnotations(w http.ResponseWriter, name string, c keep.Collection) error {
	h := w.Header()
	h.Set("Content-Type", keep.MediaTypeAnnotations)
	h.Set("Content-Disposition", attachment(name))
	h.Set("X-Robots-Tag", "noindex")
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(c)
}

// collection is annotations as the W3C has them, with the positions of highlights in the
// versions in which they were made.
func (p *pages) collection(r *http.Request, label, id string, as []news.Annotation) (keep.Collection, error) {
	ctx := r.Context()
	type version struct {
		id news.ArticleID
		n  int
	}
	texts := map[version]*news.Article{}
	for _, a := range as {
		at := version{a.Article, a.Version}
		if _, ok := texts[at]; ok || a.Passage == nil {
			continue
		}
		v, err := p.Versions.Version(ctx, a.Article, a.Version)
		if isMissing(err) {
			texts[at] = &news.Article{}
			continue
		}
		if err != nil {
			return keep.Collection{}, err
		}
		// Only what can be highlighted is held.
		texts[at] = &news.Article{Headline: v.Article.Headline, Standfirst: v.Article.Standfirst, Body: v.Article.Body}
	}
	base := p.base(r)
	return keep.NewCollection(label, as, keep.Addresses{
		Collection: id,
		Version:    func(id news.ArticleID, n int) string { return base + versionPath(id, n) + "?whole=1" },
		Annotation: func(a *news.Annotation) string {
			return base + "/articles/" + string(a.Article) + "#note-" + string(a.ID)
		},
	}, func(a *news.Annotation) string {
		if t := texts[version{a.Article, a.Version}]; t != nil {
			return t.Field(a.Passage.Field)
		}
		return ""
	}), nil
}
