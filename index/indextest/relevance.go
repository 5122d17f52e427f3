package indextest

import (
	"context"
	_ "embed"
	"slices"
	"strings"
	"testing"

	"backfile/internal/news"
	"backfile/internal/search"
)

//go:embed queries.txt
var queriesText string

// testRelevance asks the queries of queries.txt of the articles of corpus.txt.
func testRelevance(t *testing.T, x Index) {
	articles := corpus(t)
	fill(t, x, articles...)
	names := namesOf(articles)
	for line := range strings.Lines(queriesText) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		parts := strings.Split(line, ";")
		if len(parts) != 3 {
			t.Fatalf("queries: line %q", line)
		}
		want, inOrder := strings.CutPrefix(strings.TrimSpace(parts[1]), "=")
		q := parse(t, strings.TrimSpace(parts[0]))
		q, _, err := search.Resolve(t.Context(), q, names)
		if err != nil {
			t.Fatal(err)
		}
		r := find(t, x, search.Request{Query: q, PerPage: 100})
		got, wanted := ids(r), strings.Fields(want)
		if r.Total != len(got) {
			t.Errorf("%s: a total of %d, and %d hits", line, r.Total, len(got))
		}
		if !inOrder {
			slices.Sort(got)
			slices.Sort(wanted)
		}
		if !slices.Equal(got, wanted) {
			t.Errorf("%q finds %v, want %v", strings.TrimSpace(parts[0]), got, wanted)
		}
		for _, id := range strings.Fields(parts[2]) {
			if slices.Contains(got, id) {
				t.Errorf("%q finds %s", strings.TrimSpace(parts[0]), id)
			}
		}
	}
}

// names is a search.Names over some articles.
type names struct {
	entities []news.Entity
	outlets  []news.Outlet
}

func namesOf(articles []news.Article) names {
	var n names
	for _, a := range articles {
		if a.Outlet != nil && !slices.Contains(n.outlets, *a.Outlet) {
			n.outlets = append(n.outlets, *a.Outlet)
		}
		for _, k := range news.Kinds {
			for _, e := range a.Entities(k) {
				if !slices.ContainsFunc(n.entities, func(o news.Entity) bool { return o.ID == e.ID }) {
					n.entities = append(n.entities, e)
				}
			}
		}
	}
	return n
}

func (n names) FindEntities(_ context.Context, kind news.Kind, folded string, limit int) ([]news.Entity, error) {
	var out []news.Entity
	for _, e := range n.entities {
		if e.Kind == kind && slices.ContainsFunc(e.Aliases, func(a news.Alias) bool { return a.Fold == folded }) {
			out = append(out, e)
		}
	}
	return out[:min(limit, len(out))], nil
}

func (n names) Entity(_ context.Context, kind news.Kind, slugOrID string) (news.Entity, error) {
	for _, e := range n.entities {
		if e.Kind == kind && (e.Slug == slugOrID || string(e.ID) == slugOrID) {
			return e, nil
		}
	}
	return news.Entity{}, news.ErrNotFound
}

func (n names) Inside(_ context.Context, _ string, of []news.Entity) ([]news.Entity, []news.EntityID, error) {
	return of, nil, nil
}

func (n names) Outlets(context.Context) ([]news.Outlet, error) { return n.outlets, nil }
