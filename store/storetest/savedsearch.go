package storetest

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"backfile/internal/news"
)

func saved(t testing.TB, s Store, name, query string) news.SavedSearch {
	t.Helper()
	q, made, err := s.SaveSearch(ctx, news.SavedSearch{Owner: news.LocalOwner, Name: name, Query: query, Looked: news.Look{Cursor: head(t, s), Total: 3}})
	if err != nil || !made {
		t.Fatalf("SaveSearch(%q) = %v, %v", name, made, err)
	}
	return q
}

func searchNames(t testing.TB, s Store) (here, deleted []string) {
	t.Helper()
	qs, err := s.SavedSearches(ctx, news.LocalOwner)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range qs {
		if q.Deleted.IsZero() {
			here = append(here, q.Name)
		} else {
			deleted = append(deleted, q.Name)
		}
	}
	return here, deleted
}

func testSavedSearches(t *testing.T, s Store) {
	at := head(t, s)
	storm := saved(t, s, "  Storms \n at sea ", "storm person:keir")
	if storm.Name != "Storms at sea" || !news.ValidID(string(storm.ID)) || storm.Created.IsZero() || storm.Looked.At.IsZero() || storm.Looked.Total != 3 {
		t.Errorf("SaveSearch = %+v", storm)
	}
	if n := behind(t, s, at); n != 1 {
		t.Errorf("a saved search added %d rows to the feed, want 1", n)
	}
	if again, made, err := s.SaveSearch(ctx, news.SavedSearch{Owner: news.LocalOwner, Name: "Twice", Query: storm.Query}); err != nil || made || again != storm {
		t.Errorf("the same search again = %+v, %v, %v, want the one that is there", again, made, err)
	}
	all := saved(t, s, "All", "")
	if _, made, err := s.SaveSearch(ctx, news.SavedSearch{Owner: news.LocalOwner, Name: "Oldest", Sort: "oldest"}); err != nil || !made {
		t.Errorf("the same query in another order: %v, %v", made, err)
	}
	if _, made, err := s.SaveSearch(ctx, news.SavedSearch{Owner: "somebody", Name: "Mine", Query: storm.Query}); err != nil || !made {
		t.Errorf("the same search of another owner: %v, %v", made, err)
	}
	if err := s.RenameSearch(ctx, storm.ID, " Gales "); err != nil {
		t.Fatal(err)
	}
	if here, _ := searchNames(t, s); !slices.Equal(here, []string{"All", "Gales", "Oldest"}) {
		t.Errorf("SavedSearches = %v", here)
	}
	at = head(t, s)
	look := news.Look{At: day, Cursor: at, Total: 9}
	if err := s.LookedAt(ctx, storm.ID, look); err != nil || behind(t, s, at) != 0 {
		t.Errorf("LookedAt: %v, and %d rows of the feed, want none", err, behind(t, s, at))
	}
	if got, err := s.SavedSearch(ctx, storm.ID); err != nil || got.Looked != look || got.Name != "Gales" {
		t.Errorf("SavedSearch = %+v, %v", got, err)
	}

	if err := s.DeleteSearch(ctx, all.ID); err != nil {
		t.Fatal(err)
	}
	if here, gone := searchNames(t, s); !slices.Equal(here, []string{"Gales", "Oldest"}) || !slices.Equal(gone, []string{"All"}) {
		t.Errorf("with one deleted: %v and %v", here, gone)
	}
	if _, err := s.SavedSearch(ctx, all.ID); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("SavedSearch of a deleted one: %v, want ErrNotFound", err)
	}
	for range 2 {
		if err := s.PutBackSearch(ctx, all.ID); err != nil {
			t.Fatal(err)
		}
	}
	if here, gone := searchNames(t, s); !slices.Equal(here, []string{"All", "Gales", "Oldest"}) || len(gone) != 0 {
		t.Errorf("put back: %v and %v", here, gone)
	}
	if err := s.DeleteSearch(ctx, all.ID); err != nil {
		t.Fatal(err)
	}
	saved(t, s, "Everything", "")
	if err := s.PutBackSearch(ctx, all.ID); !errors.Is(err, news.ErrInvalid) {
		t.Errorf("put back where the same was saved since: %v, want ErrInvalid", err)
	}
}

func testSavedSearchErrors(t *testing.T, s Store) {
	q := saved(t, s, "Storms", "storm")
	for _, bad := range []news.SavedSearch{
		{}, {Name: "A"}, {Owner: "a"}, {Owner: "a\x00", Name: "A"}, {Owner: "a", Name: " \n"}, {Owner: "a", Name: strings.Repeat("x", news.MaxSearchName+1)},
		{Owner: "a", Name: "A", Query: strings.Repeat("x", news.MaxSavedQuery+1)}, {Owner: "a", Name: "A", Query: "\xff"}, {Owner: "a", Name: "A", Sort: "best"},
	} {
		if _, _, err := s.SaveSearch(ctx, bad); !errors.Is(err, news.ErrInvalid) {
			t.Errorf("SaveSearch(%.20q, %.20q): %v, want ErrInvalid", bad.Name, bad.Query, err)
		}
	}
	for _, name := range []string{"", "\t", strings.Repeat("é", news.MaxSearchName+1)} {
		if err := s.RenameSearch(ctx, q.ID, name); !errors.Is(err, news.ErrInvalid) {
			t.Errorf("RenameSearch(%.20q): %v, want ErrInvalid", name, err)
		}
	}
	if err := s.DeleteSearch(ctx, q.ID); err != nil {
		t.Fatal(err)
	}
	none := news.SearchID(news.NewArticleID("none"))
	for name, err := range map[string]error{
		"RenameSearch": s.RenameSearch(ctx, none, "A"), "LookedAt": s.LookedAt(ctx, none, news.Look{}), "DeleteSearch": s.DeleteSearch(ctx, none),
		"PutBackSearch": s.PutBackSearch(ctx, none), "nonsense": s.DeleteSearch(ctx, ""),
		"rename a deleted one": s.RenameSearch(ctx, q.ID, "A"), "look at a deleted one": s.LookedAt(ctx, q.ID, news.Look{}),
	} {
		if !errors.Is(err, news.ErrNotFound) {
			t.Errorf("%s: %v, want ErrNotFound", name, err)
		}
	}
}

func testRestoreSearches(t *testing.T, s Store) {
	q := news.SavedSearch{ID: news.SearchID(news.NewArticleID("search")), Name: "Storms", Query: "storm", Sort: "oldest", Created: day, Looked: news.Look{At: day, Cursor: "another.1.00000000", Total: 7}}
	for i := range 2 {
		if restored, err := s.RestoreSearch(ctx, q); err != nil || restored != (i == 0) {
			t.Fatalf("RestoreSearch = %v, %v", restored, err)
		}
	}
	got, err := s.SavedSearch(ctx, q.ID)
	if err != nil || got.Owner != news.LocalOwner || !got.Created.Equal(day) || got.Looked.Cursor != "" || got.Looked.Total != 7 || got.Sort != "oldest" {
		t.Errorf("SavedSearch = %+v, %v, want it without another archive's cursor", got, err)
	}
	twin := q
	twin.ID = news.SearchID(news.NewArticleID("twin"))
	if restored, err := s.RestoreSearch(ctx, twin); err != nil || restored {
		t.Errorf("the same search under another id: %v, %v, want it left out", restored, err)
	}
	for _, bad := range []news.SavedSearch{{}, {Name: "A"}, {ID: "x", Name: "A"}, {ID: q.ID}} {
		if _, err := s.RestoreSearch(ctx, bad); !errors.Is(err, news.ErrInvalid) {
			t.Errorf("RestoreSearch(%+v): %v, want ErrInvalid", bad, err)
		}
	}
}

// testArrivals tells what came in from what merely changed.
func testArrivals(t *testing.T, s Store) {
	old := put(t, s, write("url:old", "Old", longBody))[0].ID
	at := head(t, s)
	if ids, next, err := s.Arrivals(ctx, at, 0); err != nil || len(ids) != 0 || next != at {
		t.Errorf("Arrivals at the feed's end = %v, %q, %v", ids, next, err)
	}
	changed := write("url:old", "Old, changed", longBody)
	changed.At = day.Add(time.Hour)
	put(t, s, changed)
	a := put(t, s, write("url:a", "A", longBody))[0].ID
	b := put(t, s, write("url:b", "B", longBody))[0].ID
	again := write("url:b", "B, changed", longBody)
	again.At = day.Add(time.Hour)
	put(t, s, again)
	gone := put(t, s, write("url:gone", "Gone", longBody))[0].ID
	if err := s.Remove(ctx, gone, "a test", false); err != nil {
		t.Fatal(err)
	}
	var got []news.ArticleID
	after, calls := at, 0
	for {
		ids, next, err := s.Arrivals(ctx, after, 2)
		if err != nil || calls > 20 {
			t.Fatalf("Arrivals: %v after %d calls", err, calls)
		}
		got = append(got, ids...)
		if calls++; next == after {
			break
		}
		after = next
	}
	// B's second row is not in a page with its first: it is told once all the same.
	if want := []news.ArticleID{a, b}; !slices.Equal(got, want) {
		t.Errorf("Arrivals = %v, want %v, and not %v, which was there", got, want, old)
	}
	if after != head(t, s) {
		t.Errorf("the last cursor is %q, want the feed's end", after)
	}
	if _, _, err := s.Arrivals(ctx, "nonsense", 0); !errors.Is(err, news.ErrInvalid) {
		t.Errorf("Arrivals behind a cursor of no store: %v, want ErrInvalid", err)
	}
}
