package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"path"
	"strings"

	"backfile/internal/relevance"
	"backfile/internal/search"

	"github.com/PuerkitoBio/goquery"
)

// answer is what came of a query, for people too.
type answer struct {
	relevance.Answer
	hits []hit
	// near says that nothing was found, and that hits are what comes nearest.
	near bool
	// blind are the headlines of the results that show no word that matched.
	blind []string
	total int
}

type hit struct {
	ID        string `json:"id"`
	Headline  string `json:"headline"`
	Published string `json:"published"`
}

// resolve finds the article of each key of a suite.
func (a *archive) resolve(s relevance.Suite) (map[string]string, error) {
	out := map[string]string{}
	for _, q := range s.Queries {
		keys := append([]string(nil), q.Not...)
		for _, w := range q.Wanted {
			keys = append(keys, w.Key)
		}
		for _, k := range keys {
			if out[k] != "" {
				continue
			}
			id, err := a.find(k)
			if err != nil {
				return nil, fmt.Errorf("line %d: %w", q.Line, err)
			}
			out[k] = id
		}
	}
	return out, nil
}

// find finds the one article whose file has the name key, up to its first dot, or whose
// slug begins with it.
func (a *archive) find(key string) (string, error) {
	var named, begins []article
	for _, x := range a.articles {
		file, _, _ := strings.Cut(path.Base(x.Source), ".")
		switch {
		case file == key || x.Slug == key:
			named = append(named, x)
		case strings.HasPrefix(x.Slug, key+"-"):
			begins = append(begins, x)
		}
	}
	if len(named) == 0 {
		named = begins
	}
	switch len(named) {
	case 0:
		return "", fmt.Errorf("the archive has no article %q", key)
	case 1:
		return named[0].ID, nil
	}
	var slugs []string
	for _, x := range named {
		slugs = append(slugs, x.Slug)
	}
	return "", fmt.Errorf("%q may be %s", key, strings.Join(slugs, " or "))
}

// ask asks the archive one query. ids are the articles of the keys.
func (a *archive) ask(ctx context.Context, q relevance.Query, ids map[string]string) (*answer, error) {
	v := url.Values{"q": {q.Text}, "per_page": {fmt.Sprint(relevance.Depth)}, "sort": {"relevance"}}
	page, err := a.get(ctx, "/search?"+v.Encode())
	if err != nil {
		return nil, err
	}
	v.Set("facets", "0")
	v.Set("snippets", "0")
	b, err := a.get(ctx, "/api/v1/search?"+v.Encode())
	if err != nil {
		return nil, err
	}
	var is struct {
		Total int   `json:"total"`
		Hits  []hit `json:"hits"`
		// What has most of the words stands in the place of results where there are none.
		Nearly *struct {
			Hits []hit `json:"hits"`
		} `json:"nearly"`
	}
	if err := json.Unmarshal(b, &is); err != nil {
		return nil, err
	}
	if is.Nearly != nil {
		is.Hits = is.Nearly.Hits
	}
	out := &answer{Answer: relevance.Answer{Query: q}, hits: is.Hits, total: is.Total, near: is.Nearly != nil}
	for _, h := range is.Hits {
		out.Found = append(out.Found, keyOf(q, h.ID, ids))
	}
	return out, out.look(page)
}

// keyOf is the key by which a query knows an article, or "".
func keyOf(q relevance.Query, id string, ids map[string]string) string {
	for _, w := range q.Wanted {
		if ids[w.Key] == id {
			return w.Key
		}
	}
	for _, k := range q.Not {
		if ids[k] == id {
			return k
		}
	}
	return ""
}

// look counts the results on the page in which something is marked, of those in which a
// reader expects it.
func (a *answer) look(page []byte) error {
	if !marks(a.Query.Text) {
		return nil
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(page))
	if err != nil {
		return err
	}
	doc.Find("article.hit").Each(func(_ int, s *goquery.Selection) {
		a.Showable++
		if s.Find("mark").Length() > 0 {
			a.Shown++
			return
		}
		a.blind = append(a.blind, strings.TrimSpace(s.Find("[data-head]").First().Text()))
	})
	return nil
}

// marks reports whether every article that a query finds has words to mark: those that
// it asks for in the text, or the name of somebody or something.
func marks(query string) bool {
	q, _ := search.Parse(query)
	return mustMark(q)
}

func mustMark(n search.Node) bool {
	switch n := n.(type) {
	case search.And:
		for _, p := range n.Parts {
			if mustMark(p) {
				return true
			}
		}
	case search.Or:
		for _, p := range n.Parts {
			if !mustMark(p) {
				return false
			}
		}
		return len(n.Parts) > 0
	case search.Field:
		switch n.Name {
		case search.FieldPerson, search.FieldPlace, search.FieldOrganisation, search.FieldHeadline, search.FieldBody, search.FieldByline:
			return true
		}
	case search.Not, search.DateRange, search.AsOf, nil:
	default:
		return true
	}
	return false
}
