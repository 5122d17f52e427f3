package web

import (
	"net/http"
	"strings"
	"time"

	"github.com/a-h/templ"

	"backfile/internal/news"
	"backfile/templates"
)

// errorPage is the page that says what went wrong, in the reader's words.
func (s *Server) errorPage(r *http.Request, status int, reason string) templ.Component {
	name := "500"
	switch {
	case status == http.StatusNotFound:
		name = "404"
	case status == http.StatusGone:
		name = "410"
	case status == http.StatusForbidden:
		name = "403"
	case status == http.StatusInsufficientStorage:
		name = "507"
	case status == http.StatusServiceUnavailable:
		name = "503"
	case status < http.StatusInternalServerError:
		name = "400"
	}
	v := s.errorView(r, say(r, "error."+name))
	switch name {
	case "410", "400":
		said, lang := templates.Reason(r.Context(), reason)
		if said = sentence(said); lang == say(r, "lang") {
			v.Sentences = append(v.Sentences, said)
		} else {
			v.Foreign, v.ForeignLang = said, lang
		}
	default:
		v.Sentences = append(v.Sentences, say(r, "error."+name+".more"))
	}
	return templates.ErrorPage(v)
}

func (s *Server) errorView(r *http.Request, heading string) templates.ErrorView {
	v := templates.ErrorView{Page: s.page(r, strings.TrimSuffix(heading, ".")), Heading: heading}
	v.NoIndex = true
	v.Links = []templates.Link{{Name: say(r, "error.front"), Href: "/"}, {Name: say(r, "error.search"), Href: "/search"}}
	return v
}

// serveGone says when and why an article is not shown: it was removed, its agency
// withdrew it, its time is over or has not come, or what took it in was undone.
func (s *Server) serveGone(w http.ResponseWriter, r *http.Request, g *news.Gone) error {
	name := "error.410"
	if g.Why != news.HiddenRemoved {
		name = "gone." + string(g.Why)
	}
	v := s.errorView(r, say(r, name))
	when := templates.ShowDay(r.Context(), g.At.UTC().Format(time.DateOnly))
	if g.Why == news.HiddenEmbargoed {
		when = templates.ShowInstant(r.Context(), g.At)
	}
	if g.Reason == "" || g.Why == news.HiddenEmbargoed {
		v.Sentences = append(v.Sentences, say(r, name+".day", when))
	} else {
		v.Sentences = append(v.Sentences, say(r, name+".when", when, sentence(g.Reason)))
	}
	if g.Erased {
		v.Sentences = append(v.Sentences, say(r, "error.410.erased"))
	}
	w.Header().Set("Cache-Control", "no-store")
	return s.render(w, r, goneStatus(g), templates.ErrorPage(v))
}

// inWords is a reason as a sentence in the reader's language, in English where the
// catalogue has none.
func inWords(r *http.Request, reason string) string {
	said, _ := templates.Reason(r.Context(), reason)
	return sentence(said)
}

// sentence is a reason as a sentence of its own.
func sentence(s string) string {
	rs := []rune(strings.TrimSpace(s))
	if len(rs) == 0 {
		return ""
	}
	out := strings.ToUpper(string(rs[:1])) + string(rs[1:])
	if !strings.ContainsRune(".?!…”»“؟", rs[len(rs)-1]) {
		out += "."
	}
	return out
}
