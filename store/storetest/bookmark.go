package storetest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"backfile/internal/news"
)

// listed is what a list holds, as "headline vN note tags".
func listed(t testing.TB, s Store, id news.ListID) (out []string) {
	t.Helper()
	l, err := s.List(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range l.Items {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s v%d %s %s", m.Headline, m.Version, m.Note, strings.Join(m.Tags, ","))))
	}
	return out
}

func wantListed(t testing.TB, s Store, id news.ListID, want ...string) {
	t.Helper()
	if got := listed(t, s, id); !slices.Equal(got, want) {
		t.Errorf("the list holds %q, want %q", got, want)
	}
}

func testBookmarks(t *testing.T, s Store) {
	var ids []news.ArticleID
	var ms []news.Bookmark
	for _, h := range []string{"A", "B", "C", "D"} {
		ids = append(ids, put(t, s, write("url:"+h, h, longBody))[0].ID)
		ms = append(ms, news.Bookmark{Article: ids[len(ids)-1]})
	}
	a, b, c, d := ids[0], ids[1], ids[2], ids[3]
	l, err := s.CreateList(ctx, news.LocalOwner, "File")
	if err != nil {
		t.Fatal(err)
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	at := head(t, s)
	for _, want := range []int{4, 0} {
		if n, err := s.BookmarkAll(ctx, l.ID, append(ms, news.Bookmark{Article: news.NewArticleID("none")})); err != nil || n != want {
			t.Fatalf("BookmarkAll = %d, %v, want %d", n, err, want)
		}
	}
	if n := behind(t, s, at); n != 1 {
		t.Errorf("four bookmarks at once added %d rows to the feed, want 1", n)
	}
	must(s.MoveBookmark(ctx, l.ID, d, 1))
	must(s.MoveBookmark(ctx, l.ID, a, 99))
	wantListed(t, s, l.ID, "D v1", "B v1", "C v1", "A v1")
	must(s.ArrangeList(ctx, l.ID, []news.ArticleID{a, c, news.NewArticleID("none"), a}))
	wantListed(t, s, l.ID, "A v1", "C v1", "D v1", "B v1")
	must(s.NoteBookmark(ctx, l.ID, c, "  why\r\nit matters \n\n\n\nto us ", []string{" #harbour ", "Harbour", "a, b", ""}))
	wantListed(t, s, l.ID, "A v1", "C v1 why\nit matters\n\nto us harbour,a b", "D v1", "B v1")
	must(s.TagBookmarks(ctx, l.ID, []news.ArticleID{a, c}, []string{"wall"}, []string{"a b"}))
	must(s.Unbookmark(ctx, l.ID, d, b, d))
	wantListed(t, s, l.ID, "A v1  wall", "C v1 why\nit matters\n\nto us harbour,wall")
	at = head(t, s)
	must(s.NoteBookmark(ctx, l.ID, a, "", []string{"wall"}))
	must(s.MoveBookmark(ctx, l.ID, a, 1))
	must(s.ArrangeList(ctx, l.ID, nil))
	must(s.DescribeList(ctx, l.ID, "", false))
	if n := behind(t, s, at); n != 0 {
		t.Errorf("changing nothing added %d rows to the feed", n)
	}
	w := write("url:C", "C, changed", longBody)
	w.At = day.Add(time.Hour)
	put(t, s, w)
	must(s.Remove(ctx, a, "test", false))
	if n, err := s.PinBookmarks(ctx, l.ID, a, c, b); err != nil || n != 1 {
		t.Errorf("PinBookmarks = %d, %v, want 1", n, err)
	}
	wantListed(t, s, l.ID, "A v1  wall", "C, changed v2 why\nit matters\n\nto us harbour,wall")
	must(s.DescribeList(ctx, l.ID, "What it is about", true))
	if got, err := s.List(ctx, l.ID); err != nil || !got.Public || got.About != "What it is about" {
		t.Errorf("List = %+v, %v", got, err)
	}
	none := news.ListID(news.NewArticleID("none"))
	_, all := s.BookmarkAll(ctx, none, ms)
	_, pin := s.PinBookmarks(ctx, none, c)
	for name, err := range map[string]error{
		"BookmarkAll": all, "PinBookmarks": pin, "MoveBookmark": s.MoveBookmark(ctx, none, a, 1), "ArrangeList": s.ArrangeList(ctx, none, nil),
		"NoteBookmark": s.NoteBookmark(ctx, none, a, "", nil), "TagBookmarks": s.TagBookmarks(ctx, none, nil, nil, nil), "DescribeList": s.DescribeList(ctx, none, "", true),
		"move what is not in": s.MoveBookmark(ctx, l.ID, d, 1), "note on what is not in": s.NoteBookmark(ctx, l.ID, d, "a", nil),
	} {
		if !errors.Is(err, news.ErrNotFound) {
			t.Errorf("%s: %v, want ErrNotFound", name, err)
		}
	}
	many := make([]string, news.MaxTags+1)
	for i := range many {
		many[i] = fmt.Sprint("tag ", i)
	}
	for name, err := range map[string]error{
		"a long note": s.NoteBookmark(ctx, l.ID, c, strings.Repeat("é", news.MaxBookmarkNote+1), nil), "many tags": s.TagBookmarks(ctx, l.ID, []news.ArticleID{c}, many, nil),
		"a long tag": s.NoteBookmark(ctx, l.ID, c, "", []string{strings.Repeat("x", news.MaxTag+1)}), "a long description": s.DescribeList(ctx, l.ID, strings.Repeat("x", news.MaxListAbout+1), true),
	} {
		if !errors.Is(err, news.ErrInvalid) {
			t.Errorf("%s: %v, want ErrInvalid", name, err)
		}
	}
}

func testStandings(t *testing.T, s Store) {
	a := put(t, s, write("url:a", "A", longBody))[0].ID
	b := put(t, s, write("url:b", "B", longBody))[0].ID
	gone := put(t, s, write("url:c", "C", longBody))[0].ID
	if err := s.Remove(ctx, gone, "court order", false); err != nil {
		t.Fatal(err)
	}
	w := write("url:b", "B, changed", longBody)
	w.At = day.Add(time.Hour)
	put(t, s, w)
	got, err := s.Standings(ctx, []news.Bookmark{{Article: a, Version: 1}, {Article: b, Version: 1}, {Article: b, Version: 2}, {Article: gone, Version: 1}, {Article: news.NewArticleID("none"), Version: 1}})
	if err != nil || len(got) != 5 {
		t.Fatalf("Standings = %+v, %v", got, err)
	}
	for i, want := range []news.Standing{{Current: 1}, {Current: 2, Changed: true}, {Current: 2}} {
		if got[i] != want {
			t.Errorf("standing %d is %+v, want %+v", i, got[i], want)
		}
	}
	if g := got[3].Gone; g == nil || g.Reason != "court order" || got[4].Gone == nil {
		t.Errorf("what is gone is %+v and %+v", got[3], got[4])
	}
}
