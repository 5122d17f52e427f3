//go:build dev

package web

import (
	"net/http"

	"backfile/templates"
)

// styleRoutes are those of the page of all components. It is in programs built with the tag dev
// and in no other:
//
//	go run -tags dev ./cmd/backfile serve --sample
func (p *pages) styleRoutes() []route {
	return []route{{"GET /style", func(w http.ResponseWriter, r *http.Request) error {
		return p.render(w, r, http.StatusOK, templates.StylePage(templates.Style(r.Context(), p.page(r, ""))))
	}}}
}
