package storetest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"backfile/internal/news"
)

func testFeed(t *testing.T, s Store) {
	var ids []news.ArticleID
	for i := range 5 {
		ids = append(ids, put(t, s, write(fmt.Sprint("url:", i), fmt.Sprint("Number ", i), "text"))[0].ID)
	}
	w := write("url:2", "Number 2, changed", "text")
	w.At = day.Add(time.Hour)
	put(t, s, w)
	if err := s.Remove(ctx, ids[1], "test", false); err != nil {
		t.Fatal(err)
	}
	wanted := append(ids, ids[2], ids[1])
	var rows []news.Change
	for after := news.Cursor(""); ; {
		if n := behind(t, s, after); n != len(wanted)-len(rows) {
			t.Errorf("Behind after %d rows = %d, want %d", len(rows), n, len(wanted)-len(rows))
		}
		page, err := s.Changes(ctx, after, 2)
		if err != nil {
			t.Fatalf("Changes: %v", err)
		}
		if len(page) == 0 {
			break
		}
		if len(page) > 2 {
			t.Fatalf("Changes gave %d rows, want at most 2", len(page))
		}
		rows = append(rows, page...)
		after = page[len(page)-1].Cursor
	}
	if len(rows) != len(wanted) {
		t.Fatalf("the feed has %d rows, want %d", len(rows), len(wanted))
	}
	for i, r := range rows {
		if r.Kind != news.ArticleChanged || r.ID != string(wanted[i]) || r.At.IsZero() {
			t.Errorf("row %d = %+v, want article %s", i, r, wanted[i])
		}
	}
	if last := rows[len(rows)-1].Cursor; last != head(t, s) {
		t.Errorf("the last row's cursor is %q, the head %q", last, head(t, s))
	}
}

func testCursors(t *testing.T, s, other Store) {
	empty := head(t, s)
	if n, err := s.Behind(ctx, empty); err != nil || n != 0 {
		t.Errorf("Behind(head of an empty store) = %d, %v", n, err)
	}
	put(t, s, write("url:a", "A", "text"))
	if n := behind(t, s, empty); n != 1 {
		t.Errorf("Behind(head as it was empty) = %d, want 1", n)
	}
	put(t, other, write("url:a", "A", "text"), write("url:b", "B", "text"))
	for _, c := range []news.Cursor{"rubbish", "a.b.c", "..", news.Cursor(s.ID()), head(t, other), head(t, s) + "0", "0" + head(t, s)} {
		if _, err := s.Behind(ctx, c); !errors.Is(err, news.ErrInvalid) {
			t.Errorf("Behind(%q): %v, want ErrInvalid", c, err)
		}
		if _, err := s.Changes(ctx, c, 1); !errors.Is(err, news.ErrInvalid) {
			t.Errorf("Changes(%q): %v, want ErrInvalid", c, err)
		}
	}
}

func testCancelled(t *testing.T, s Store) {
	id := put(t, s, write("url:a", "A", "text"))[0].ID
	at := head(t, s)
	off, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := s.Put(off, []news.Write{write("url:b", "B", "text")}); !errors.Is(err, context.Canceled) {
		t.Errorf("Put: %v, want Canceled", err)
	}
	if err := s.Remove(off, id, "test", true); !errors.Is(err, context.Canceled) {
		t.Errorf("Remove: %v, want Canceled", err)
	}
	if _, err := s.CreateList(off, news.LocalOwner, "A"); !errors.Is(err, context.Canceled) {
		t.Errorf("CreateList: %v, want Canceled", err)
	}
	if _, err := s.Article(off, id); !errors.Is(err, context.Canceled) {
		t.Errorf("Article: %v, want Canceled", err)
	}
	if _, err := s.Changes(off, "", 1); !errors.Is(err, context.Canceled) {
		t.Errorf("Changes: %v, want Canceled", err)
	}
	if n := behind(t, s, at); n != 0 {
		t.Errorf("cancelled operations added %d rows to the feed", n)
	}
	if _, err := s.Lookup(ctx, "url:b"); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("Lookup of a cancelled write: %v, want ErrNotFound", err)
	}
}
