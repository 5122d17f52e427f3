package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"backfile/internal/news"
	"backfile/templates"
)

// themeCookie keeps the reader's paper, light or dark.
const themeCookie = "theme"

// page is what every page has. Its title is the catalogue's or the content's own.
func (s *Server) page(r *http.Request, title string) templates.Page {
	p := templates.Page{
		Title: title, Archive: s.Name, Path: r.URL.RequestURI(), Now: s.Now(), CanWrite: isLocal(r), Adds: s.Intake != nil && isLocal(r), Reads: s.Feeds != nil && isLocal(r),
		Runs:   s.Runs != nil && isLocal(r),
		Past:   s.Past != nil && isLocal(r),
		Notice: s.notice(r.Context()),
	}
	p.Stories = s.Stories != nil
	p.Saves = p.CanWrite && s.Saved != nil
	p.HasDesk = p.CanWrite && s.Desk != nil && s.Corrections != nil
	if !isSafe(r.Method) {
		p.Path = "/"
	}
	p.Language = chosenLanguage(r)
	if c, err := r.Cookie(themeCookie); err == nil && (c.Value == "light" || c.Value == "dark") {
		p.Theme = c.Value
	}
	return p
}

// notice says what searches do not know yet. A page is never lost for it.
func (s *Server) notice(ctx context.Context) templates.Notice {
	n := templates.Notice{Rebuilding: s.State.Rebuilding()}
	if !n.Rebuilding {
		behind, err := s.State.Behind(ctx)
		if err != nil {
			s.lg.WarnContext(ctx, "ask how far the index is", "err", err)
		}
		n.Behind = behind
	}
	return n
}

// base is the scheme and host of links out of the archive.
func (s *Server) base(r *http.Request) string {
	if s.PublicURL != "" {
		return s.PublicURL
	}
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	return scheme + "://" + r.Host
}

// absolute is path, given unescaped, on this archive's public address.
func (s *Server) absolute(r *http.Request, path string) string {
	return s.base(r) + (&url.URL{Path: path}).EscapedPath()
}

// back is the place within the archive that a form leads back to: the one it
// names, else fallback. Another site's address is never one.
func back(r *http.Request, fallback string) string {
	to := r.FormValue("back")
	u, err := url.Parse(to)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || !strings.HasPrefix(to, "/") ||
		strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n\t") {
		return fallback
	}
	return to
}

// say is a sentence of the catalogue.
func say(r *http.Request, key string, args ...any) string {
	return templates.Say(r.Context(), key, args...)
}

// langDir is the language and direction of an article's words, for attributes.
func langDir(a *news.Article) (lang, dir string) {
	base, _, _ := strings.Cut(strings.ToLower(a.Language), "-")
	switch base {
	case "":
		return "", "auto"
	case "ar", "arc", "ckb", "dv", "fa", "he", "iw", "khw", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi":
		return a.Language, "rtl"
	}
	return a.Language, "ltr"
}
