package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"backfile/internal/news"
)

// mementoRoutes are the addresses of time negotiation (RFC 7089).
func (p *pages) mementoRoutes() []route {
	return []route{
		{"GET " + pathTimeGate, p.serveTimeGate},
		{"GET " + pathTimeMap, p.serveTimeMap},
	}
}

// mementoPath is the address of a version's text, which never changes.
func mementoPath(id news.ArticleID, n int) string { return versionPath(id, n) + "?whole=1" }

// versioned is an article with what leads through its versions. original is the address that
// they are versions of: the one at its outlet, or its own here where it has none.
type versioned struct {
	id                          news.ArticleID
	all                         []memento
	base                        string
	original, timeGate, timeMap string
}

// versionedOf is that of an article; all may be nil where only the addresses matter.
func (s *Server) versionedOf(r *http.Request, a *news.Article, all []news.Version) versioned {
	t := versioned{id: a.ID, all: mementosOf(all), base: s.base(r)}
	// What comes behind # never reaches a server.
	if t.original, _, _ = strings.Cut(outside(a.URL), "#"); t.original == "" {
		t.original = s.absolute(r, "/articles/"+string(a.ID))
	}
	t.timeGate = t.base + pathTimeGate + "/" + t.original
	t.timeMap = t.base + pathTimeMap + "/" + t.original
	return t
}

// links are those that every answer about the article carries.
func (t *versioned) links() []link {
	return []link{{to: t.original, rel: "original"}, {to: t.timeGate, rel: "timegate"}, {to: t.timeMap, rel: "timemap", more: []string{"type", mediaTypeLinks}}}
}

// memento links to the i-th version, said to be in those relations to what is answered.
func (t *versioned) memento(i int, rels ...string) link {
	if i == 0 {
		rels = append(rels, "first")
	}
	if i == len(t.all)-1 {
		rels = append(rels, "last")
	}
	return link{to: t.base + mementoPath(t.id, t.all[i].n), rel: strings.Join(append(rels, "memento"), " "), more: []string{"datetime", t.all[i].at.Format(http.TimeFormat)}}
}

// around are links to the i-th version, to those beside it, and to the first and the last.
func (t *versioned) around(i int) []link {
	var out []link
	last := len(t.all) - 1
	for j := range t.all {
		switch {
		case j == i-1:
			out = append(out, t.memento(j, "prev"))
		case j == i+1:
			out = append(out, t.memento(j, "next"))
		case j == i, j == 0, j == last:
			out = append(out, t.memento(j))
		}
	}
	return out
}

// linkPast has an answer about an article name its TimeGate and TimeMap.
func (s *Server) linkPast(w http.ResponseWriter, r *http.Request, a *news.Article) {
	t := s.versionedOf(r, a, nil)
	w.Header().Add("Link", joinLinks(t.links(), ", "))
}

// linkMemento has the answer with a version's text say which time it is of, and name the
// versions beside it.
func (s *Server) linkMemento(w http.ResponseWriter, r *http.Request, current *news.Article, all []news.Version, n int) {
	t := s.versionedOf(r, current, all)
	for i, m := range t.all {
		if m.n == n {
			w.Header().Set("Memento-Datetime", m.at.Format(http.TimeFormat))
			w.Header().Add("Link", joinLinks(append(t.links(), t.around(i)...), ", "))
		}
	}
}

// askedPast finds the article that was once at the address asked for, at its outlet
// or in this archive.
func (p *pages) askedPast(r *http.Request) (versioned, error) {
	ctx := r.Context()
	at := strings.TrimSpace(r.URL.Query().Get("url"))
	switch {
	case at == "":
		return versioned{}, fail(http.StatusBadRequest, "the address of an article is missing")
	case len(at) > maxQuery:
		return versioned{}, fail(http.StatusBadRequest, "this address is too long")
	}
	id, own := p.ownArticle(r, at)
	if !own {
		if !strings.Contains(at, "://") {
			at = "https://" + at
		}
		u, err := url.Parse(at)
		if err != nil || u.Host == "" {
			return versioned{}, fail(http.StatusBadRequest, "this is no address of an article")
		}
		id, err = p.Lookup.LookupURL(ctx, at)
		if errors.Is(err, news.ErrInvalid) {
			err = news.ErrNotFound
		}
		if err != nil {
			return versioned{}, err
		}
	}
	v, err := p.Articles.Article(ctx, id)
	if err != nil {
		return versioned{}, err
	}
	all, err := p.Versions.Versions(ctx, v.Article.ID)
	if err != nil {
		return versioned{}, err
	}
	if len(all) == 0 {
		return versioned{}, fmt.Errorf("versions of article %s: %w", id, news.ErrNotFound)
	}
	return p.versionedOf(r, &v.Article, all), nil
}

// ownArticle is the article of an address of this archive, whole or from the root on.
func (p *pages) ownArticle(r *http.Request, at string) (news.ArticleID, bool) {
	rest, _ := strings.CutPrefix(at, p.base(r))
	rest, ok := strings.CutPrefix(strings.TrimPrefix(rest, "/"), "articles/")
	id, _, _ := strings.Cut(rest, "/")
	id, _, _ = strings.Cut(id, "?")
	return news.ArticleID(id), ok && news.ValidID(id)
}

// serveTimeGate leads to the version of an article that was its newest at the time that
// Accept-Datetime asks for, else to the newest of all.
func (p *pages) serveTimeGate(w http.ResponseWriter, r *http.Request) error {
	h := w.Header()
	h.Add("Vary", "Accept-Datetime")
	at, asked, err := acceptDatetime(r.Header)
	if err != nil {
		return err
	}
	t, err := p.askedPast(r)
	if err != nil {
		return err
	}
	i := len(t.all) - 1
	if asked {
		i = shownAt(t.all, at)
	}
	h.Add("Link", joinLinks(append(t.links(), t.around(i)...), ", "))
	h.Set("Location", t.base+mementoPath(t.id, t.all[i].n))
	w.WriteHeader(http.StatusFound)
	return nil
}

// serveTimeMap lists the versions of an article with their times.
func (p *pages) serveTimeMap(w http.ResponseWriter, r *http.Request) error {
	t, err := p.askedPast(r)
	if err != nil {
		return err
	}
	first, last := t.all[0].at, t.all[len(t.all)-1].at
	ls := []link{
		{to: t.original, rel: "original"},
		{to: t.timeMap, rel: "self", more: []string{"type", mediaTypeLinks, "from", first.Format(http.TimeFormat), "until", last.Format(http.TimeFormat)}},
		{to: t.timeGate, rel: "timegate"},
	}
	for i := range t.all {
		ls = append(ls, t.memento(i))
	}
	w.Header().Set("Content-Type", mediaTypeLinks)
	_, err = fmt.Fprint(w, joinLinks(ls, ",\n")+"\n")
	return err
}
