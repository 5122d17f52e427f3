package web

import (
	"context"
	"net/http"
	"time"

	"backfile/internal/news"
	"backfile/internal/search"
)

// The addresses that more than one part of the package names.
const (
	apiPrefix    = "/api/"
	pathArticles = "/api/v1/articles"
	pathIngest   = "/api/v1/ingest"
	pathCapture  = "/api/v1/capture"
	pathHealth   = "/healthz"
	pathReady    = "/readyz"
)

// searchTime is the longest that a search may take.
const searchTime = 10 * time.Second

func (s *Server) apiRoutes() []route {
	return []route{
		{"GET /api/v1/search", s.apiSearch},
		{"GET " + pathSuggest, s.apiSuggest},
		{"GET " + pathArticles + "/{id}", s.apiArticle},
		{"POST " + pathArticles, s.apiAdd},
		{"DELETE " + pathArticles + "/{id}", s.apiRemove},
		{"POST " + pathIngest, s.apiIngest},
		{"GET " + pathProgress, s.apiProgress},
		{"POST " + pathCapture, s.apiCapture},
		{"POST /api/v1/corrections", s.apiCorrect},
		{"GET /api/v1/lookup", s.apiLookup},
		{"GET /api/v1/export", s.apiExport},
		{"GET /api/v1/export/originals", s.apiExportOriginals},
		{"GET /api/v1/backup", s.apiBackup},
		{"GET /api/v1/verify", s.apiVerify},
		{"POST /api/v1/reindex", s.apiReindex},
		{"GET " + pathOpenAPI, s.apiOpenAPI},
		{"GET " + pathHealth, s.health},
		{"GET " + pathReady, s.ready},
	}
}

// searchAnswer is what /api/v1/search answers; see docs/api.md.
type searchAnswer struct {
	Total int `json:"total"`
	// Results is how many hits there are in all, see docs/api.md.
	Results int                     `json:"results"`
	Hits    []hitAnswer             `json:"hits"`
	Facets  map[string][]facetValue `json:"facets,omitempty"`
	Page    int                     `json:"page"`
	// AsOf is the end of what the archive was asked as of; absent for now.
	AsOf   *time.Time `json:"as_of,omitempty"`
	Next   string     `json:"next,omitempty"`
	Behind int        `json:"behind"`
	TookMS int64      `json:"took_ms"`
	// DidYouMean is a query that finds more, where q finds few or nothing.
	DidYouMean *meantAnswer `json:"did_you_mean,omitempty"`
	// Nearly is what has most of the words, where nothing has them all.
	Nearly *nearlyAnswer `json:"nearly,omitempty"`
	// Problems are what of q was not understood, and searched as words or left out.
	Problems []problemAnswer `json:"problems,omitempty"`
	// Ignored are the parameters that were left out.
	Ignored []ignoredAnswer `json:"ignored,omitempty"`
}

// nearlyAnswer is what has so many of a search's words.
type nearlyAnswer struct {
	Words int         `json:"words"`
	Of    int         `json:"of"`
	Hits  []hitAnswer `json:"hits"`
}

type meantAnswer struct {
	Q     string `json:"q"`
	Total int    `json:"total"`
}

type problemAnswer struct {
	Kind search.ProblemKind `json:"kind"`
	Text string             `json:"text"`
}

type ignoredAnswer struct {
	Param  string `json:"param"`
	Value  string `json:"value"`
	Reason string `json:"reason"`
}

type hitAnswer struct {
	ID   news.ArticleID `json:"id"`
	Path string         `json:"path"`
	// Version is the number of the version that was searched.
	Version   int                 `json:"version"`
	Headline  string              `json:"headline"`
	Outlet    *news.Outlet        `json:"outlet,omitempty"`
	Published string              `json:"published,omitempty"`
	Snippets  [][]search.Fragment `json:"snippets,omitempty"`
	Persons   []named             `json:"persons"`
	Places    []named             `json:"places"`
	// Edit is what removed or added asked for.
	Edit   *editAnswer   `json:"edit,omitempty"`
	Family *familyAnswer `json:"family,omitempty"`
}

// editAnswer is an edit that a version made: its number and page, and some of the text
// around it in pieces that are kept, cut or added.
type editAnswer struct {
	Version int         `json:"version"`
	Path    string      `json:"path"`
	Snippet []editPiece `json:"snippet,omitempty"`
}

type editPiece struct {
	Kind string `json:"kind"`
	Text string `json:"text"`
}

type named struct {
	Slug string `json:"slug"`
	Name string `json:"name"`
}

func namesOf(es []news.Entity) []named {
	out := make([]named, len(es))
	for i, e := range es {
		out[i] = named{e.Slug, e.Name}
	}
	return out
}

func (s *Server) apiSearch(w http.ResponseWriter, r *http.Request) error {
	p, bad := parseParams(r.URL.Query())
	ctx, cancel := context.WithTimeout(r.Context(), searchTime)
	defer cancel()
	res, err := s.search(ctx, p)
	if err != nil {
		return err
	}
	a := searchAnswer{Total: res.Total, Results: res.Results, Hits: []hitAnswer{}, Page: p.Page, Next: res.Next, Behind: res.Behind, TookMS: res.TookMS}
	if res.AsOf != nil {
		a.AsOf = &res.AsOf.Until
	}
	m, err := s.didYouMean(ctx, p, res)
	if err != nil {
		return err
	}
	if m != nil {
		a.DidYouMean = &meantAnswer{m.Query, m.Total}
	}
	a.Hits = append(a.Hits, hitAnswers(res.Hits)...)
	near, err := s.nearly(ctx, p, res)
	if err != nil {
		return err
	}
	if near != nil {
		a.Nearly = &nearlyAnswer{near.Words, near.Of, hitAnswers(near.Hits)}
	}
	if p.Facets {
		a.Facets = map[string][]facetValue{}
		for _, name := range facetOrder {
			a.Facets[name] = []facetValue{}
		}
		for _, f := range res.Facets {
			a.Facets[f.Name] = append(a.Facets[f.Name], f.Values...)
		}
	}
	for _, x := range res.Problems {
		a.Problems = append(a.Problems, problemAnswer(x))
	}
	for _, b := range bad {
		a.Ignored = append(a.Ignored, ignoredAnswer(b))
	}
	writeJSON(w, http.StatusOK, a)
	return nil
}

func hitAnswers(fs []found) (out []hitAnswer) {
	for _, f := range fs {
		art := f.Version.Article
		out = append(out, hitAnswer{
			ID: art.ID, Path: f.path(), Version: f.Version.N, Edit: f.Edit.answer(art.ID), Headline: art.Headline, Outlet: art.Outlet, Published: art.Published.Text,
			Snippets: f.Snippets, Persons: namesOf(art.Persons), Places: namesOf(art.Places),
			Family: familyOf(f.Hit),
		})
	}
	return out
}

// articleID is the id in the request's path.
func articleID(r *http.Request) (news.ArticleID, error) {
	id := r.PathValue("id")
	if !news.ValidID(id) {
		return "", news.ErrNotFound
	}
	return news.ArticleID(id), nil
}

func (s *Server) apiArticle(w http.ResponseWriter, r *http.Request) error {
	id, err := articleID(r)
	if err != nil {
		return err
	}
	v, err := s.Articles.Article(r.Context(), id)
	if err != nil {
		return err
	}
	v.Article.Source = "" // a path of this machine
	writeJSON(w, http.StatusOK, v.Article)
	return nil
}

func (s *Server) apiLookup(w http.ResponseWriter, r *http.Request) error {
	url := r.URL.Query().Get("url")
	if url == "" {
		return fail(http.StatusUnprocessableEntity, "url says which address to look up")
	}
	id, err := s.Lookup.LookupURL(r.Context(), url)
	if err != nil {
		return err
	}
	v, err := s.Articles.Article(r.Context(), id)
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, map[string]string{"id": string(id), "path": v.Article.Path()})
	return nil
}

func (s *Server) health(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, err := w.Write([]byte("ok\n"))
	return err
}

// ready answers 200 when the store is open and a search is answered, even while
// the index is being made anew.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) error {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if _, err := s.Names.Outlets(ctx); err != nil {
		return fail(http.StatusServiceUnavailable, "the store does not answer")
	}
	if _, err := s.Search.Search(ctx, search.Request{PerPage: 1, CountOnly: true}); err != nil {
		return fail(http.StatusServiceUnavailable, "searches are not answered")
	}
	return s.health(w, r)
}
