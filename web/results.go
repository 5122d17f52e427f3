package web

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/templates"
)

// results is one search answered, with the records of what it found: what the
// page and the API are both made of.
type results struct {
	Params params
	// Problems are parts of q that were searched as plain words, Expansions the
	// entities that names in it were taken for.
	Problems   []search.Problem
	Expansions []search.Expansion
	// Unkept are parts of q that asked for what the reader does not keep.
	Unkept []search.Field
	// Query is the tree that was searched; nil is everything.
	Query search.Node
	// Prefer are what words of the query name, where the best come first.
	Prefer []search.Entities
	// AsOf is when the archive was asked as of; nil for now.
	AsOf *search.AsOf
	// Total is how many articles were found, Results how many hits there are to leaf
	// through: the articles of one family are one, where they are grouped.
	Total   int
	Results int
	Hits    []found
	Facets  []facet
	Next    string
	TookMS  int64
	// Behind is how many rows the index has not taken yet.
	Behind int
}

// found is a hit with its article.
type found struct {
	search.Hit
	// Version is the text that was searched: the current one, or where the archive
	// was asked as of some time the one of then.
	Version  news.Version
	Snippets [][]search.Fragment
	// Past says that the archive was asked as of some time, Since that the text
	// is another now.
	Past, Since bool
	// Edit is what removed or added asked for, in the version of that number; nil
	// for nothing.
	Edit *edit
	// cutter marks its headline as the search would; nil where nothing was searched for.
	cutter *search.Cutter
}

// path is the address of what was found.
func (f *found) path() string {
	if f.Past {
		return versionPath(f.ID, f.Version.N)
	}
	return f.Version.Article.Path()
}

// facet is one facet's values, most frequent first; years by year.
type facet struct {
	Name   string
	Values []facetValue
}

// facetValue is one value of a facet: its slug is the value of the parameter.
type facetValue struct {
	Slug  string `json:"slug"`
	Name  string `json:"name"`
	Count int    `json:"count"`
}

// facetSizes are the facets of a search with the most values of each; 0 is all.
var facetSizes = map[string]int{
	search.FacetPerson: 12, search.FacetPlace: 12, search.FacetOrganisation: 12, search.FacetOutlet: 20, search.FacetYear: 0,
	search.FacetSection: 12, search.FacetLanguage: 0,
}

// facetOrder is the order in which facets are shown.
var facetOrder = []string{search.FacetPerson, search.FacetPlace, search.FacetOrganisation, search.FacetOutlet, search.FacetSection, search.FacetLanguage, search.FacetYear}

// query resolves what p asks into a tree for the index.
func (s *Server) query(ctx context.Context, p params) (*results, error) {
	tree, problems, err := p.tree(ctx, s.Entities)
	if err != nil {
		return nil, err
	}
	res := &results{Params: p, Problems: problems}
	bound, unkept, err := search.Bind(ctx, tree, s.keptBy(ctx))
	if err != nil {
		return nil, err
	}
	res.Unkept = unkept
	res.Query, res.Expansions, err = search.Resolve(ctx, bound, s.Names)
	if _, at, ok := search.Past(res.Query); ok {
		res.AsOf = &at
	}
	if err == nil {
		res.Query = behindWords(res.Query, tree, res.Expansions)
	}
	if err == nil && p.Sort == search.Relevance {
		res.Prefer, err = search.Prefer(ctx, res.Query, s.Names)
	}
	return res, err
}

// search answers what p asks.
func (s *Server) search(ctx context.Context, p params) (*results, error) {
	res, err := s.query(ctx, p)
	if err != nil {
		return nil, err
	}
	req := search.Request{Query: res.Query, Prefer: res.Prefer, Sort: p.Sort, Page: p.Page, PerPage: p.PerPage, After: p.After, Group: p.Group}
	if p.Facets {
		req.Facets = facetSizes
	}
	// Asked before the search: what comes in between may be found, and is not
	// promised.
	if res.Behind, err = s.State.Behind(ctx); err != nil {
		return nil, err
	}
	r, err := s.Search.Search(ctx, req)
	if err != nil {
		return nil, err
	}
	res.Total, res.Results, res.Next, res.TookMS = r.Total, r.Results, r.Next, r.Took.Milliseconds()
	if res.Hits, err = s.hits(ctx, res.Query, r.Hits, p.Snippets); err != nil {
		return nil, err
	}
	if res.Facets, err = s.facets(ctx, r.Facets); err != nil {
		return nil, err
	}
	return res, nil
}

// hits loads the records of hits in brief. A hit that the store no longer shows is left
// out: the index learns of a removal a moment later. Of a search as of some time,
// they are the versions of then.
func (s *Server) hits(ctx context.Context, q search.Node, hs []search.Hit, snippets bool) ([]found, error) {
	return s.load(ctx, q, hs, snippets, func(ids []news.ArticleID, with news.Parts) (map[news.ArticleID]news.Version, error) {
		return s.Articles.InBrief(ctx, ids, with)
	})
}

// wholeHits are hits without snippets, with everything that their records have.
func (s *Server) wholeHits(ctx context.Context, q search.Node, hs []search.Hit) ([]found, error) {
	return s.load(ctx, q, hs, false, func(ids []news.ArticleID, _ news.Parts) (map[news.ArticleID]news.Version, error) {
		return s.Articles.ArticlesByID(ctx, ids)
	})
}

// load loads the records of hits with read, which is told what of them is needed.
func (s *Server) load(ctx context.Context, q search.Node, hs []search.Hit, snippets bool, read func([]news.ArticleID, news.Parts) (map[news.ArticleID]news.Version, error)) ([]found, error) {
	ids := make([]news.ArticleID, len(hs))
	for i, h := range hs {
		ids[i] = h.ID
	}
	var cutter *search.Cutter
	var with news.Parts
	if q != nil || snippets {
		if cutter = search.NewCutter(q, s.Stem); cutter.Names() {
			with = news.PartMentions
		}
		if cutter.Says() {
			with |= news.PartQuotes
		}
	}
	vs, err := read(ids, with)
	if err != nil {
		return nil, err
	}
	_, _, past := search.Past(q)
	out := make([]found, 0, len(hs))
	for _, h := range hs {
		v, ok := vs[h.ID]
		if !ok {
			continue
		}
		f := found{Hit: h, Version: v, Past: past, Since: past && h.Version != v.N, cutter: cutter}
		if f.Since {
			switch f.Version, err = s.Versions.Version(ctx, h.ID, h.Version); {
			case isMissing(err):
				continue
			case err != nil:
				return nil, err
			}
		}
		if h.Edit > 0 {
			if f.Edit, err = s.edit(ctx, q, h); err != nil {
				return nil, err
			}
		}
		if !snippets && f.Edit != nil {
			f.Edit.Runs = nil
		}
		if snippets {
			f.Snippets = cutter.Cut(&v.Article)
		}
		out = append(out, f)
	}
	return out, nil
}

// baseLanguages counts languages without their countries, as a search for one finds
// them: en is en-gb too.
func baseLanguages(cs []search.Count) []search.Count {
	by := map[string]int{}
	for _, c := range cs {
		base, _, _ := strings.Cut(c.Value, "-")
		by[base] += c.N
	}
	out := make([]search.Count, 0, len(by))
	for v, n := range by {
		out = append(out, search.Count{Value: v, N: n})
	}
	slices.SortFunc(out, func(a, b search.Count) int { return cmp.Or(b.N-a.N, strings.Compare(a.Value, b.Value)) })
	return out
}

// capital is s with a capital in front: the index folds the names of sections.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// isMissing reports whether an article, or a version of it, is not there or no
// longer there.
func isMissing(err error) bool {
	var gone *news.Gone
	return errors.Is(err, news.ErrNotFound) || errors.As(err, &gone)
}

// facets names the values that the index counted.
func (s *Server) facets(ctx context.Context, counts map[string][]search.Count) ([]facet, error) {
	var ids []news.EntityID
	for _, name := range facetOrder {
		if kindOf[name] != "" {
			for _, c := range counts[name] {
				ids = append(ids, news.EntityID(c.Value))
			}
		}
	}
	es := map[news.EntityID]news.Entity{}
	if len(ids) > 0 {
		var err error
		if es, err = s.Entities.EntitiesByID(ctx, ids); err != nil {
			return nil, err
		}
	}
	var out []facet
	for _, name := range facetOrder {
		if len(counts[name]) == 0 {
			continue
		}
		f := facet{Name: name}
		cs := counts[name]
		if name == search.FacetLanguage {
			cs = baseLanguages(cs)
		}
		for _, c := range cs {
			v := facetValue{Slug: c.Value, Name: c.Value, Count: c.N}
			switch {
			case kindOf[name] != "":
				e, ok := es[news.EntityID(c.Value)]
				if !ok {
					continue
				}
				v.Slug, v.Name = e.Slug, e.Name
			case name == search.FacetLanguage:
				v.Name = templates.LanguageName(ctx, c.Value)
			case name == search.FacetSection:
				v.Name = capital(c.Value)
			case name == search.FacetOutlet:
				if o, err := s.Names.Outlet(ctx, c.Value); err == nil {
					v.Name = o.Name
				}
			}
			f.Values = append(f.Values, v)
		}
		out = append(out, f)
	}
	return out, nil
}
