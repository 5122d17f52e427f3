package main

import (
	"log/slog"
	"strings"
	"testing"

	"backfile/index"
	"backfile/internal/news"
	"backfile/store"
)

// An index that has other versions than the store is found out, at once where it says
// that it has all of the feed, and each difference is named by verify.
func TestApart(t *testing.T) {
	dir := t.TempDir()
	mustCLI(t, generated(t, 9, 20), "ingest", "--data", dir, "-")
	lg := slog.New(slog.DiscardHandler)
	open := func() *archive {
		t.Helper()
		st, err := store.Open(dir, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		a, err := openArchive(t.Context(), place{dir: dir}, st, lg)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	a := open()
	all, err := a.All(t.Context(), "", 0)
	if err != nil {
		t.Fatal(err)
	}
	cursor, err := a.index.Cursor()
	if err != nil {
		t.Fatal(err)
	}
	one, two, three := all[3], all[8], all[9].Article
	one.N = 7
	// One article with another version, one without any, and one that is none.
	three.ID = "aaaaaaaaaaaaa"
	if err := a.index.Index.Apply(t.Context(), []index.Update{
		{ID: one.Article.ID, Versions: []news.Version{one}}, {ID: two.Article.ID},
		{ID: three.ID, Versions: []news.Version{{N: 1, Article: three, At: one.At}}},
	}, cursor); err != nil {
		t.Fatal(err)
	}
	var got []string
	if err := a.Verify(t.Context(), func(p string) { got = append(got, strings.TrimSuffix(p, "; backfile reindex makes it anew")) }); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"index: article aaaaaaaaaaaaa: it has version 1, which the store does not show",
		"index: article " + string(one.Article.ID) + ": it lacks version 1",
		"index: article " + string(one.Article.ID) + ": it has version 7, which the store does not show",
		"index: article " + string(two.Article.ID) + ": it lacks version 1",
	} {
		if n := len(got); !strings.Contains(strings.Join(got, "\n")+"\n", want+"\n") || n != 4 {
			t.Errorf("verify found %q, want %q", got, want)
		}
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	a = open()
	if !strings.Contains(a.index.Why(), "found broken") {
		t.Errorf("the index was taken for good: %q", a.index.Why())
	}
	if err := a.Verify(t.Context(), func(p string) { t.Error(p) }); err != nil {
		t.Error(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
}
