package storetest

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"backfile/internal/news"
)

func testRemove(t *testing.T, s Store) {
	w := write("url:a", "A wall holds", longBody)
	w.Keys = append(w.Keys, "guid:a")
	id := put(t, s, w)[0].ID
	keep := put(t, s, write("url:keep", "Keep", "text"))[0].ID
	l, err := s.CreateList(ctx, news.LocalOwner, "Saved")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Bookmark(ctx, l.ID, news.Bookmark{Article: id}); err != nil {
		t.Fatal(err)
	}
	if err := s.Remove(ctx, id, " \n", false); !errors.Is(err, news.ErrInvalid) {
		t.Errorf("Remove without a reason: %v, want ErrInvalid", err)
	}
	if err := s.Remove(ctx, news.NewArticleID("none"), "test", false); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("Remove of an unknown id: %v, want ErrNotFound", err)
	}
	if err := s.Remove(ctx, id, "court order", false); err != nil {
		t.Fatal(err)
	}
	_, e1 := s.Article(ctx, id)
	_, e2 := s.Version(ctx, id, 1)
	_, e3 := s.Versions(ctx, id)
	for _, err := range []error{e1, e2, e3} {
		var gone *news.Gone
		if !errors.As(err, &gone) || gone.ID != id || gone.Reason != "court order" || gone.At.IsZero() || gone.Erased {
			t.Errorf("reading a removed article: %v, want Gone", err)
		}
	}
	if got, err := byID(t, s, id, keep); err != nil || len(got) != 1 {
		t.Errorf("ArticlesByID = %d, %v, want the other one", len(got), err)
	}
	if got, err := s.Lookup(ctx, "guid:a"); err != nil || got != id {
		t.Errorf("Lookup of a removed article = %s, %v, want %s", got, err, id)
	}
	if got, err := s.List(ctx, l.ID); err != nil || len(got.Items) != 1 {
		t.Errorf("the list = %+v, %v, want the bookmark kept", got, err)
	}
	// It does not come back, under any of its keys or under its id.
	w.Keys = []news.Key{"url:keep", "guid:a"}
	byID := write("url:fresh", "A wall holds", longBody)
	byID.Article.ID = id
	for _, w := range []news.Write{w, byID} {
		o := put(t, s, w)[0]
		want(t, o, news.Refused, 0)
		if !strings.Contains(o.Reason, "was removed on ") || !strings.Contains(o.Reason, "court order") || o.ID != id {
			t.Errorf("the refusal is %+v", o)
		}
	}
	at := head(t, s)
	if err := s.Remove(ctx, id, "again", false); err != nil || behind(t, s, at) != 0 {
		t.Errorf("removing again: %v, %d rows", err, behind(t, s, at))
	}
	got, err := s.Tombstones(ctx, "", 10)
	if err != nil || len(got) != 1 || got[0].ID != id || got[0].Reason != "court order" {
		t.Errorf("Tombstones = %+v, %v", got, err)
	}
	if got, err := s.Tombstones(ctx, id, 10); err != nil || len(got) != 0 {
		t.Errorf("Tombstones behind the last = %+v, %v", got, err)
	}
}

func testErase(t *testing.T, s Store) {
	w := write("url:a", "A wall holds", longBody)
	w.Original = []byte("<p>secret</p>")
	id := put(t, s, w)[0].ID
	w.Article.Headline, w.Original, w.At = "Wall fails", []byte("<p>secret two</p>"), day.Add(time.Hour)
	put(t, s, w)
	if err := s.Remove(ctx, id, "first", false); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Original(ctx, news.HashOriginal(w.Original)); err != nil {
		t.Errorf("Original of a removed article: %v", err)
	}
	if err := s.Remove(ctx, id, "must go", true); err != nil {
		t.Fatal(err)
	}
	_, err := s.Article(ctx, id)
	var gone *news.Gone
	if !errors.As(err, &gone) || !gone.Erased || gone.Reason != "first" {
		t.Errorf("reading an erased article: %v, want Gone, erased, with the first reason", err)
	}
	for _, b := range []string{"<p>secret</p>", "<p>secret two</p>"} {
		if _, _, err := s.Original(ctx, news.HashOriginal([]byte(b))); !errors.Is(err, news.ErrNotFound) {
			t.Errorf("Original of an erased article: %v, want ErrNotFound", err)
		}
	}
	if err := s.Remove(ctx, id, "again", true); err != nil {
		t.Errorf("erasing again: %v", err)
	}
	// The bytes may come back with another article.
	o := write("url:other", "Other", "text")
	o.Original = []byte("<p>secret</p>")
	want(t, put(t, s, o)[0], news.Added, 1)
	if b, _, err := s.Original(ctx, news.HashOriginal(o.Original)); err != nil || string(b) != string(o.Original) {
		t.Errorf("Original = %q, %v", b, err)
	}
}

func testEraseShared(t *testing.T, s Store) {
	a, b := write("url:a", "A", "text of a"), write("url:b", "B", "text of b")
	a.Original, b.Original = []byte("both"), []byte("both")
	out := put(t, s, a, b)
	if err := s.Remove(ctx, out[0].ID, "test", true); err != nil {
		t.Fatal(err)
	}
	if got, _, err := s.Original(ctx, news.HashOriginal(a.Original)); err != nil || string(got) != "both" {
		t.Errorf("Original that another article was read from = %q, %v", got, err)
	}
	if err := s.Remove(ctx, out[1].ID, "test", true); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Original(ctx, news.HashOriginal(a.Original)); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("Original after both were erased: %v, want ErrNotFound", err)
	}
}

func testEvents(t *testing.T, s Store) {
	var ids []news.ArticleID
	for _, k := range []string{"a", "b", "c", "d"} {
		id := put(t, s, write("url:"+k, k, "text of "+k))[0].ID
		if err := s.Remove(ctx, id, "reason "+k, k == "d"); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	var got []news.Event
	for after := ""; ; {
		page, err := s.Events(ctx, after, 3)
		if err != nil {
			t.Fatal(err)
		}
		if len(page) == 0 {
			break
		}
		got = append(got, page...)
		after = page[len(page)-1].ID
	}
	if len(got) != 4 || !slices.IsSortedFunc(got, func(a, b news.Event) int { return strings.Compare(a.ID, b.ID) }) {
		t.Fatalf("Events = %+v", got)
	}
	for i, e := range got {
		if e.Type != news.EventRemoved || e.About != string(ids[i]) || e.Owner != news.LocalOwner || e.At.IsZero() ||
			!strings.Contains(string(e.Data), "reason "+string("abcd"[i])) || len(e.ID) != 36 || e.ID[14] != '7' {
			t.Errorf("event %d = %+v with %s", i, e, e.Data)
		}
	}
}
