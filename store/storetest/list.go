package storetest

import (
	"errors"
	"strings"
	"testing"
	"time"

	"backfile/internal/news"
)

func testLists(t *testing.T, s Store) {
	a := put(t, s, write("url:a", "A", longBody))[0].ID
	b := put(t, s, write("url:b", "B", longBody))[0].ID
	l, err := s.CreateList(ctx, news.LocalOwner, "  To  read ")
	if err != nil {
		t.Fatal(err)
	}
	if !news.ValidID(string(l.ID)) || l.Name != "To read" || l.Slug != "to-read" || l.Owner != news.LocalOwner || l.Created.IsZero() {
		t.Errorf("CreateList = %+v", l)
	}
	twin, err := s.CreateList(ctx, news.LocalOwner, "To read")
	if err != nil || twin.ID == l.ID {
		t.Errorf("a second list of that name = %+v, %v", twin, err)
	}
	if _, err := s.CreateList(ctx, "somebody", "Mine"); err != nil {
		t.Fatal(err)
	}
	at := head(t, s)
	for _, id := range []news.ArticleID{b, a, b} {
		if err := s.Bookmark(ctx, l.ID, news.Bookmark{Article: id}); err != nil {
			t.Fatal(err)
		}
	}
	if n := behind(t, s, at); n != 2 {
		t.Errorf("two bookmarks added %d rows to the feed, want 2", n)
	}
	w := write("url:b", "B, changed", longBody)
	w.At = day.Add(time.Hour)
	put(t, s, w)
	got, err := s.List(ctx, l.ID)
	if err != nil || len(got.Items) != 2 || got.Items[0].Article != b || got.Items[1].Article != a {
		t.Fatalf("List = %+v, %v, want b and a", got, err)
	}
	if it := got.Items[0]; it.Version != 1 || it.Added.IsZero() {
		t.Errorf("the bookmark is %+v, want it pinned to version 1", it)
	}
	if err := s.Unbookmark(ctx, l.ID, b); err != nil {
		t.Fatal(err)
	}
	at = head(t, s)
	if err := s.Unbookmark(ctx, l.ID, b); err != nil || behind(t, s, at) != 0 {
		t.Errorf("taking out what is not in: %v, %d rows", err, behind(t, s, at))
	}
	if err := s.Bookmark(ctx, l.ID, news.Bookmark{Article: b, Version: 1, Added: day}); err != nil {
		t.Fatal(err)
	}
	if err := s.RenameList(ctx, l.ID, "Lus"); err != nil {
		t.Fatal(err)
	}
	got, err = s.List(ctx, l.ID)
	if err != nil || got.Name != "Lus" || got.Slug != "lus" || len(got.Items) != 2 || !got.Items[1].Equal(news.Bookmark{Article: b, Version: 1, Added: day, Headline: "B"}) {
		t.Errorf("List = %+v, %v", got, err)
	}
	ls, err := s.Lists(ctx, news.LocalOwner)
	if err != nil || len(ls) != 2 || ls[0].ID != l.ID || ls[1].ID != twin.ID || len(ls[0].Items) != 2 {
		t.Errorf("Lists = %+v, %v", ls, err)
	}
	if err := s.DeleteList(ctx, l.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := s.List(ctx, l.ID); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("List of a deleted list: %v, want ErrNotFound", err)
	}
	if ls, err := s.Lists(ctx, news.LocalOwner); err != nil || len(ls) != 1 {
		t.Errorf("Lists = %+v, %v", ls, err)
	}
	if ls, err := s.Lists(ctx, "nobody"); err != nil || len(ls) != 0 {
		t.Errorf("Lists of nobody = %+v, %v", ls, err)
	}
}

func testListErrors(t *testing.T, s Store) {
	a := put(t, s, write("url:a", "A", longBody))[0].ID
	gone := put(t, s, write("url:b", "B", longBody))[0].ID
	if err := s.Remove(ctx, gone, "test", false); err != nil {
		t.Fatal(err)
	}
	l, err := s.CreateList(ctx, news.LocalOwner, "東京")
	if err != nil || l.Slug != "東京" {
		t.Fatalf("CreateList = %+v, %v", l, err)
	}
	if odd, err := s.CreateList(ctx, news.LocalOwner, "!?"); err != nil || odd.Slug == "" {
		t.Errorf("CreateList = %+v, %v, want some slug", odd, err)
	}
	for _, name := range []string{"", " \t", strings.Repeat("x", 201)} {
		if _, err := s.CreateList(ctx, news.LocalOwner, name); !errors.Is(err, news.ErrInvalid) {
			t.Errorf("CreateList(%.5q): %v, want ErrInvalid", name, err)
		}
		if err := s.RenameList(ctx, l.ID, name); !errors.Is(err, news.ErrInvalid) {
			t.Errorf("RenameList(%.5q): %v, want ErrInvalid", name, err)
		}
	}
	if _, err := s.CreateList(ctx, "", "A"); !errors.Is(err, news.ErrInvalid) {
		t.Errorf("CreateList without owner: %v, want ErrInvalid", err)
	}
	none := news.ListID(news.NewArticleID("none"))
	for name, err := range map[string]error{
		"Bookmark":      s.Bookmark(ctx, none, news.Bookmark{Article: a}),
		"Unbookmark":    s.Unbookmark(ctx, none, a),
		"RenameList":    s.RenameList(ctx, none, "A"),
		"DeleteList":    s.DeleteList(ctx, none),
		"no article":    s.Bookmark(ctx, l.ID, news.Bookmark{Article: news.NewArticleID("none")}),
		"no version":    s.Bookmark(ctx, l.ID, news.Bookmark{Article: a, Version: 7}),
		"gone":          s.Bookmark(ctx, l.ID, news.Bookmark{Article: gone}),
		"nonsense list": s.DeleteList(ctx, ""),
	} {
		if !errors.Is(err, news.ErrNotFound) {
			t.Errorf("%s: %v, want ErrNotFound", name, err)
		}
	}
}
