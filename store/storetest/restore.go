package storetest

import (
	"errors"
	"strings"
	"testing"
	"time"

	"backfile/internal/news"
)

func testRestoreRemovals(t *testing.T, s Store) {
	there := put(t, s, write("url:there", "There", longBody))[0].ID
	g := news.Gone{ID: news.NewArticleID("url:gone"), At: day, Reason: "court order", Erased: true}
	e := news.Event{ID: "018e0e5c-1c00-7000-8000-000000000001", Type: news.EventRemoved, At: day, Owner: news.LocalOwner, About: string(g.ID), Data: []byte(`{"reason":"court order"}`)}
	for _, want := range []bool{true, false} { // the second time changes nothing
		at := head(t, s)
		if got, err := s.RestoreEvent(ctx, e); err != nil || got != want {
			t.Errorf("RestoreEvent = %v, %v, want %v", got, err, want)
		}
		if got, err := s.RestoreTombstone(ctx, g); err != nil || got != want {
			t.Errorf("RestoreTombstone = %v, %v, want %v", got, err, want)
		}
		if n := behind(t, s, at); (n > 0) != want {
			t.Errorf("restoring added %d rows to the feed", n)
		}
	}
	var gone *news.Gone
	if _, err := s.Article(ctx, g.ID); !errors.As(err, &gone) || *gone != g {
		t.Errorf("reading it: %v, want %+v", err, g)
	}
	if got, err := s.Tombstones(ctx, "", 0); err != nil || len(got) != 1 || got[0] != g {
		t.Errorf("Tombstones = %+v, %v", got, err)
	}
	if got, err := s.Events(ctx, "", 0); err != nil || len(got) != 1 || got[0].ID != e.ID || got[0].About != e.About || string(got[0].Data) != string(e.Data) {
		t.Errorf("Events = %+v, %v", got, err)
	}
	// It does not come back, neither under its id nor under its first key.
	byID := write("url:fresh", "Gone", longBody)
	byID.Article.ID = g.ID
	for _, w := range []news.Write{byID, write("url:gone", "Gone", longBody)} {
		o := put(t, s, w)[0]
		want(t, o, news.Refused, 0)
		if !strings.Contains(o.Reason, "court order") {
			t.Errorf("the refusal is %+v", o)
		}
	}
	// What is there stays.
	g.ID, e.ID, e.About = there, strings.Replace(e.ID, "0001", "0002", 1), string(there)
	if got, err := s.RestoreTombstone(ctx, g); err != nil || got {
		t.Errorf("RestoreTombstone of an article that is there = %v, %v", got, err)
	}
	if got, err := s.RestoreEvent(ctx, e); err != nil || got {
		t.Errorf("RestoreEvent of an article that is there = %v, %v", got, err)
	}
	if _, err := s.Article(ctx, there); err != nil {
		t.Errorf("reading the article that is there: %v", err)
	}
	for _, g := range []news.Gone{{}, {ID: "x", At: day, Reason: "r"}, {ID: g.ID, Reason: "r"}, {ID: g.ID, At: day, Reason: " "}} {
		if _, err := s.RestoreTombstone(ctx, g); !errors.Is(err, news.ErrInvalid) {
			t.Errorf("RestoreTombstone(%+v): %v, want ErrInvalid", g, err)
		}
	}
	for _, e := range []news.Event{{}, {ID: "x", Type: "removed", At: day, About: "a"}, {ID: e.ID, At: day, About: "a"}} {
		if _, err := s.RestoreEvent(ctx, e); !errors.Is(err, news.ErrInvalid) {
			t.Errorf("RestoreEvent(%+v): %v, want ErrInvalid", e, err)
		}
	}
}

func testRestoreLists(t *testing.T, s Store) {
	a, b := put(t, s, write("url:a", "A", longBody))[0].ID, put(t, s, write("url:b", "B", longBody))[0].ID
	if err := s.Remove(ctx, b, "test", false); err != nil {
		t.Fatal(err)
	}
	mark := func(id news.ArticleID, n int) news.Bookmark {
		return news.Bookmark{Article: id, Version: n, Added: day.Add(time.Hour), Headline: "Saved as", Note: "why", Tags: []string{"harbour"}}
	}
	l := news.List{
		ID: news.ListID(news.NewArticleID("list")), Slug: "anything", Name: " To  read ", Created: day,
		Items: []news.Bookmark{mark(b, 1), mark(news.NewArticleID("unknown"), 1), mark(a, 9), mark(a, 1)},
	}
	check := func(name string) {
		t.Helper()
		got, err := s.List(ctx, l.ID)
		if err != nil || got.Name != name || got.Slug != news.Slug(name) || got.Owner != news.LocalOwner || !got.Created.Equal(day) ||
			len(got.Items) != 2 || !got.Items[0].Equal(mark(b, 1)) || !got.Items[1].Equal(mark(a, 1)) {
			t.Errorf("List = %+v, %v", got, err)
		}
		if ls, err := s.Lists(ctx, news.LocalOwner); err != nil || len(ls) != 1 {
			t.Errorf("Lists = %+v, %v, want one", ls, err)
		}
	}
	if err := s.RestoreList(ctx, l); err != nil {
		t.Fatal(err)
	}
	check("To read")
	// The second time it gets what it lacks, and keeps its name.
	if err := s.RenameList(ctx, l.ID, "Read"); err != nil {
		t.Fatal(err)
	}
	if err := s.Unbookmark(ctx, l.ID, a); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := s.RestoreList(ctx, l); err != nil {
			t.Fatal(err)
		}
		check("Read")
	}
	at := head(t, s)
	if err := s.RestoreList(ctx, l); err != nil || behind(t, s, at) != 0 {
		t.Errorf("restoring what is there: %v, %d rows", err, behind(t, s, at))
	}
	for _, l := range []news.List{{Name: "A"}, {ID: l.ID}, {ID: "x", Name: "A"}, {ID: l.ID, Name: "A", Owner: "\x00"}} {
		if err := s.RestoreList(ctx, l); !errors.Is(err, news.ErrInvalid) {
			t.Errorf("RestoreList(%+v): %v, want ErrInvalid", l, err)
		}
	}
}
