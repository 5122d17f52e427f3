package web

import (
	"net/http"
	"path"
	"strings"
	"time"

	"golang.org/x/text/language"

	"backfile/templates"
)

// languageCookie keeps the language that a reader chose for the pages.
const languageCookie = "language"

// maxAcceptLanguage bounds how much of the header of that name is read.
const maxAcceptLanguage = 500

// withLanguage has each answer in its language: pages in the reader's own, see
// languageOf; what programs read is in the archive's, whoever asks.
func (s *Server) withLanguage(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		words := s.words()
		if forReaders(r.URL.Path) {
			words = s.languageOf(r)
		}
		next.ServeHTTP(w, r.WithContext(templates.WithWords(r.Context(), words)))
	})
}

// words are those of the archive's own language.
func (s *Server) words() *templates.Words {
	if w := templates.WordsIn(s.Language); w != nil {
		return w
	}
	return templates.English
}

// forReaders reports whether at a path there is something for people to read: a page, or
// the suggestions that its search box shows. Feeds, files and the API are the same for all.
func forReaders(p string) bool {
	if p == pathSuggest {
		return true
	}
	// A slug has no dot in it, the name of a file has.
	return !strings.HasPrefix(p, apiPrefix) && !strings.Contains(path.Base(p), ".")
}

// languageOf is the language of the pages for who asks: the one that they chose here, else
// what their browser asks for as RFC 9110 has it (section 12.5.4), else the archive's own.
func (s *Server) languageOf(r *http.Request) *templates.Words {
	if w := templates.WordsIn(chosenLanguage(r)); w != nil {
		return w
	}
	accept := r.Header.Get("Accept-Language")
	if len(accept) > maxAcceptLanguage {
		return s.words()
	}
	// What cannot be understood asks for nothing.
	asked, _, _ := language.ParseAcceptLanguage(accept)
	offered, match := matcher()
	for _, tag := range asked {
		// One after another, so that a language that is merely like one that is asked for
		// never comes before the next that is asked for itself.
		if _, at, sure := match.Match(tag); sure >= language.High {
			return offered[at]
		}
	}
	return s.words()
}

// matcher finds the language among those offered that a reader of another understands:
// German for Austrians, not Spanish for Catalans.
func matcher() ([]*templates.Words, language.Matcher) {
	offered := templates.Offered()
	tags := make([]language.Tag, len(offered))
	for i, w := range offered {
		tags[i] = language.Make(w.Lang)
	}
	return offered, language.NewMatcher(tags)
}

// chosenLanguage is the language that the reader chose, "" for none.
func chosenLanguage(r *http.Request) string {
	c, err := r.Cookie(languageCookie)
	if err != nil || templates.WordsIn(c.Value) == nil {
		return ""
	}
	return c.Value
}

// serveLanguage keeps the reader's choice of language in a cookie, as serveTheme does that
// of paper.
func (p *pages) serveLanguage(w http.ResponseWriter, r *http.Request) error {
	c := &http.Cookie{Name: languageCookie, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: r.TLS != nil}
	if words := templates.WordsIn(r.FormValue("language")); words != nil {
		c.Value, c.MaxAge = words.Lang, int((365 * 24 * time.Hour).Seconds())
	} else {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
	return seeOther(w, r, back(r, "/"))
}
