package web

import (
	"errors"
	"net/http"
	"strings"

	"backfile/internal/news"
	"backfile/templates"
)

// serveLookup leads from an article's address at its outlet to the article, or
// says that there is none.
func (p *pages) serveLookup(w http.ResponseWriter, r *http.Request) error {
	v := templates.LookupView{Page: p.page(r, say(r, "nav.lookup"))}
	v.Canonical = p.absolute(r, "/lookup")
	v.URL = strings.TrimSpace(r.URL.Query().Get("url"))
	if v.URL == "" {
		return p.render(w, r, http.StatusOK, templates.LookupPage(v))
	}
	if len(v.URL) > maxQuery {
		return fail(http.StatusBadRequest, "this address is too long")
	}
	id, err := p.Lookup.LookupURL(r.Context(), v.URL)
	switch {
	case err == nil:
		http.Redirect(w, r, "/articles/"+string(id), http.StatusFound)
		return nil
	case !errors.Is(err, news.ErrNotFound) && !errors.Is(err, news.ErrInvalid):
		return err
	}
	v.Asked = true
	return p.render(w, r, http.StatusNotFound, templates.LookupPage(v))
}
