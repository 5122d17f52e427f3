// Package indextest holds every index to the same behaviour: what must be found,
// what must not, in which order, and what a crash or a repetition may not change.
package indextest

import (
	"context"
	"testing"

	"backfile/index"
	"backfile/internal/news"
	"backfile/internal/search"
)

// Index is what the suite asks of an index.
type Index interface {
	Search(ctx context.Context, q search.Request) (search.Result, error)
	// Stream calls each with every hit in order, without a limit to their number.
	Stream(ctx context.Context, q search.Request, each func(search.Hit) error) (search.Result, error)
	// Alike are groups of articles that may be captures of one.
	Alike(ctx context.Context) ([][]news.ArticleID, error)
	Cursor() (news.Cursor, error)
	Apply(ctx context.Context, updates []index.Update, cursor news.Cursor) error
}

// Run runs the suite. open opens a new, empty index and sees to its end.
func Run(t *testing.T, open func(t *testing.T) Index) {
	t.Run("Relevance", func(t *testing.T) { testRelevance(t, open(t)) })
	t.Run("About", func(t *testing.T) { testAbout(t, open(t)) })
	t.Run("Order", func(t *testing.T) { testOrder(t, open(t)) })
	t.Run("Pages", func(t *testing.T) { testPages(t, open(t)) })
	t.Run("Facets", func(t *testing.T) { testFacets(t, open(t)) })
	t.Run("Dates", func(t *testing.T) { testDates(t, open(t)) })
	t.Run("Apply", func(t *testing.T) { testApply(t, open(t)) })
	t.Run("Versions", func(t *testing.T) { testVersions(t, open(t)) })
	t.Run("Past", func(t *testing.T) { testPast(t, open(t)) })
	t.Run("PastFamilies", func(t *testing.T) { testPastFamilies(t, open(t)) })
	t.Run("PastScan", func(t *testing.T) { testPastScan(t, open(t)) })
	t.Run("Edits", func(t *testing.T) { testEdits(t, open(t)) })
	t.Run("Families", func(t *testing.T) { testFamilies(t, open(t)) })
	t.Run("FamiliesScan", func(t *testing.T) { testFamiliesScan(t, open(t)) })
	t.Run("EditsScan", func(t *testing.T) { testEditsScan(t, open(t)) })
	t.Run("Lacking", func(t *testing.T) { testLacking(t, open(t)) })
	t.Run("Requests", func(t *testing.T) { testRequests(t, open(t)) })
	t.Run("Stream", func(t *testing.T) { testStream(t, open(t)) })
	t.Run("StreamPast", func(t *testing.T) { testStreamPast(t, open(t)) })
	t.Run("StreamEnds", func(t *testing.T) { testStreamEnds(t, open(t)) })
	t.Run("ManyNames", func(t *testing.T) { testManyNames(t, open(t)) })
}

// fill applies versions, each the only one of its article.
func fill(t *testing.T, x Index, articles ...news.Article) {
	t.Helper()
	var us []index.Update
	for _, a := range articles {
		us = append(us, one(a))
	}
	apply(t, x, "filled", us...)
}

func one(a news.Article) index.Update {
	return index.Update{ID: a.ID, Versions: []news.Version{{N: 1, Article: a}}}
}

func apply(t *testing.T, x Index, c news.Cursor, us ...index.Update) {
	t.Helper()
	if err := x.Apply(t.Context(), us, c); err != nil {
		t.Fatalf("Apply: %v", err)
	}
}

func find(t *testing.T, x Index, q search.Request) search.Result {
	t.Helper()
	r, err := x.Search(t.Context(), q)
	if err != nil {
		t.Fatalf("Search(%q): %v", search.String(q.Query), err)
	}
	return r
}

func parse(t *testing.T, q string) search.Node {
	t.Helper()
	n, problems := search.Parse(q)
	if len(problems) > 0 {
		t.Fatalf("Parse(%q): %v", q, problems)
	}
	return n
}

// ids are the hits' ids.
func ids(r search.Result) []string {
	out := []string{}
	for _, h := range r.Hits {
		out = append(out, string(h.ID))
	}
	return out
}

func date(t *testing.T, s string) news.Date {
	t.Helper()
	if s == "" {
		return news.Date{}
	}
	d, err := news.ParseDate(s, news.FromGiven)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
