package web

import (
	"net/http"

	"github.com/a-h/templ"
)

// pageRoutes are the addresses of the pages.
func (s *Server) pageRoutes() []route { return nil }

// errorPage is the page that says what went wrong, in the reader's words. nil
// answers in plain text.
func (s *Server) errorPage(r *http.Request, status int, reason string) templ.Component { return nil }
