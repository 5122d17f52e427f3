package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"backfile/internal/news"
)

// in is a write that comes in by a run.
func in(r *news.Run, key, body string, at time.Time) news.Write {
	w := write(key, "A wall holds", body)
	w.At, w.Run = at, r
	return w
}

// undoRun undoes a run, or takes that back, and checks that the preview said so.
func undoRun(t testing.TB, s Store, id news.RunID, back bool, articles, versions int) news.Run {
	t.Helper()
	would, err := s.PreviewUndo(ctx, id, back)
	if err != nil {
		t.Fatal(err)
	}
	act := func() (news.Run, error) { return s.UndoRun(ctx, id, "the wrong folder") }
	if back {
		act = func() (news.Run, error) { return s.RedoRun(ctx, id) }
	}
	r, err := act()
	if err != nil {
		t.Fatal(err)
	}
	if r.Undo == nil || !r.Undo.Done || r.Undo.Back != back || r.Undo.UndoCounts != would || would.Articles != articles || would.Versions != versions {
		t.Errorf("undo (back: %v) = %+v, foreseen %+v, want %d articles and %d versions", back, r.Undo, would, articles, versions)
	}
	before := head(t, s)
	if _, err := act(); err != nil || behind(t, s, before) != 0 {
		t.Errorf("the same once more: %v, %d rows", err, behind(t, s, before))
	}
	verify(t, s)
	return r
}

func testUndoRun(t *testing.T, s Store, c *Clock) {
	r := news.NewRun(c.At, news.RunIngest, "cuttings")
	var ws []news.Write
	for i := range 7 {
		w := in(r, fmt.Sprintf("url:%d", i), fmt.Sprintf("%s Wall %d.", longBody, i), day)
		w.Original = fmt.Append(nil, i)
		ws = append(ws, w)
	}
	var ids []news.ArticleID
	for _, part := range [][]news.Write{ws[:3], ws[3:]} {
		for _, o := range put(t, s, part...) {
			want(t, o, news.Added, 1)
			ids = append(ids, o.ID)
		}
	}
	if err := s.EndRun(ctx, r, 2); err != nil {
		t.Fatal(err)
	}
	rs, err := s.Runs(ctx, "", 0)
	if err != nil || len(rs) != 1 || rs[0].Added != 7 || rs[0].Refused != 2 || rs[0].Name != "cuttings" || rs[0].Ended.IsZero() || rs[0].ID != r.ID {
		t.Fatalf("Runs = %+v, %v", rs, err)
	}
	undoRun(t, s, r.ID, false, 7, 7)
	for _, id := range ids {
		if g := hidden(t, s, id, news.HiddenUndone); g.Reason != "the wrong folder" {
			t.Errorf("it says %+v", g)
		}
	}
	// The same in again, by another run, under the same ids.
	again := news.NewRun(c.At.Add(time.Minute), news.RunIngest, "cuttings")
	w := ws[2]
	w.Run = again
	o := put(t, s, w)[0]
	want(t, o, news.Added, 1)
	if o.ID != ids[2] {
		t.Errorf("it came back as %s, want %s", o.ID, ids[2])
	}
	hidden(t, s, ids[2], "")
	undoRun(t, s, r.ID, true, 6, 6)
	for _, id := range ids {
		hidden(t, s, id, "")
	}
	// Both runs stand for it: one of them gone, it stays.
	undoRun(t, s, again.ID, false, 0, 0)
	hidden(t, s, ids[2], "")
	undoRun(t, s, r.ID, false, 7, 7)
	undoRun(t, s, again.ID, true, 1, 1)
	hidden(t, s, ids[2], "")
	if _, err := s.UndoRun(ctx, news.NewRun(c.At, "", "").ID, ""); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("undoing an unknown run: %v", err)
	}
	if rs, err := s.Runs(ctx, again.ID, 1); err != nil || len(rs) != 1 || rs[0].ID != r.ID {
		t.Errorf("Runs before the last = %+v, %v", rs, err)
	}
}

func testUndoKeeps(t *testing.T, s Store, c *Clock) {
	first, second := news.NewRun(c.At, news.RunIngest, "1"), news.NewRun(c.At.Add(time.Second), news.RunIngest, "2")
	plain := put(t, s, write("url:old", "A wall holds", longBody))[0].ID
	shared, listed, both := in(first, "url:shared", longBody+"1", day), in(first, "url:listed", longBody+"2", day), in(first, "url:both", longBody+"3", day)
	gone := in(first, "url:gone", longBody+"4", day)
	out := put(t, s, shared, listed, both, gone, in(first, "url:old", longBody, day.Add(time.Hour)), in(first, "url:noted", longBody+"6", day))
	want(t, out[4], news.Unchanged, 1)
	l, err := s.CreateList(ctx, news.LocalOwner, "Saved")
	if err == nil {
		err = s.Bookmark(ctx, l.ID, news.Bookmark{Article: out[1].ID})
	}
	if err == nil {
		_, err = s.Annotate(ctx, news.Annotation{Owner: news.LocalOwner, Article: out[5].ID, Note: "Mine."})
	}
	if err == nil {
		err = s.Remove(ctx, out[3].ID, "test", false)
	}
	if err != nil {
		t.Fatal(err)
	}
	shared.Run = second
	want(t, put(t, s, shared)[0], news.Unchanged, 1)
	want(t, put(t, s, in(second, "url:both", longBody+" Another text.", day.Add(2*time.Hour)))[0], news.NewVersion, 2)
	r := undoRun(t, s, first.ID, false, 0, 1)
	if u := r.Undo.UndoCounts; u.Shared != 1 || u.Bookmarked != 2 || u.Earlier != 1 || u.Removed != 1 {
		t.Errorf("it kept %+v", u)
	}
	for _, id := range []news.ArticleID{plain, out[0].ID, out[1].ID, out[2].ID, out[5].ID} {
		hidden(t, s, id, "")
	}
	var g *news.Gone
	if _, err := s.Version(ctx, out[2].ID, 1); !errors.As(err, &g) || g.Why != news.HiddenUndone {
		t.Errorf("the version set aside: %v", err)
	}
	if vs, err := s.Versions(ctx, out[2].ID); err != nil || len(vs) != 1 || vs[0].N != 2 {
		t.Errorf("the article has %d versions, %v, want the second", len(vs), err)
	}
	// The second run's undoing leaves nothing of it, and the first's return the first.
	undoRun(t, s, second.ID, false, 2, 2)
	hidden(t, s, out[2].ID, news.HiddenUndone)
	undoRun(t, s, first.ID, true, 2, 2)
	if v, err := s.Article(ctx, out[2].ID); err != nil || v.N != 1 {
		t.Errorf("the article is version %d, %v, want 1", v.N, err)
	}
}

func testUndoTwice(t *testing.T, s Store, c *Clock) {
	r := news.NewRun(c.At, news.RunIngest, "")
	id := put(t, s, in(r, "url:a", longBody, day))[0].ID
	other := news.NewRun(c.At.Add(time.Second), news.RunIngest, "")
	put(t, s, in(other, "url:a", longBody+" More.", day.Add(time.Hour)))
	undoRun(t, s, other.ID, false, 0, 1)
	if v, err := s.Article(ctx, id); err != nil || v.N != 1 || !v.Superseded.IsZero() {
		t.Errorf("the article is version %d, %v, want the first again", v.N, err)
	}
	// A third text takes the next number, and none that was given.
	o := put(t, s, in(r, "url:a", longBody+" Yet more.", day.Add(2*time.Hour)))[0]
	want(t, o, news.NewVersion, 3)
	undoRun(t, s, other.ID, true, 0, 1)
	if vs, err := s.Versions(ctx, id); err != nil || len(vs) != 3 || vs[1].N != 2 {
		t.Errorf("Versions = %d, %v, want all three in the order of time", len(vs), err)
	}
	undoRun(t, s, r.ID, false, 0, 2)
	undoRun(t, s, other.ID, false, 1, 1)
	hidden(t, s, id, news.HiddenUndone)
	if err := s.Remove(ctx, id, "test", true); err != nil {
		t.Fatal(err)
	}
	verify(t, s)
	u := undoRun(t, s, r.ID, true, 0, 0)
	if u.Undo.Removed != 1 {
		t.Errorf("taking it back = %+v, want one removed", u.Undo)
	}
}

func testUndoWords(t *testing.T, s Store, c *Clock) {
	id := put(t, s, wired(longBody, news.Usage{Version: "1"}))[0].ID
	r := news.NewRun(c.At, news.RunIngest, "kills")
	cancel := wired("", news.Usage{Status: news.UsageWithdrawn, Version: "2"})
	cancel.Run = r
	put(t, s, cancel)
	hidden(t, s, id, news.HiddenWithdrawn)
	if u := undoRun(t, s, r.ID, false, 0, 0); u.Undo.Words != 1 || u.Withdrawn != 1 {
		t.Errorf("undoing a withdrawal = %+v", u)
	}
	hidden(t, s, id, "")
	undoRun(t, s, r.ID, true, 0, 0)
	hidden(t, s, id, news.HiddenWithdrawn)
	// One that came before its article.
	other := wired("", news.Usage{Status: news.UsageWithdrawn, Version: "2"})
	other.Keys, other.Run = []news.Key{"guid:later"}, r
	want(t, put(t, s, other)[0], news.Refused, 0)
	text := wired(longBody, news.Usage{Version: "1"})
	text.Keys = other.Keys
	id = put(t, s, text)[0].ID
	hidden(t, s, id, news.HiddenWithdrawn)
	undoRun(t, s, r.ID, false, 0, 0)
	hidden(t, s, id, "")
}

func testDailyRun(t *testing.T, s Store, c *Clock) {
	r := news.DailyRun(c.At, news.RunAPI, "")
	if again := news.DailyRun(c.At.Add(time.Hour), news.RunAPI, ""); again.ID != r.ID {
		t.Errorf("two runs of one day: %s, %s", r.ID, again.ID)
	}
	if next := news.DailyRun(c.At.Add(24*time.Hour), news.RunAPI, ""); next.ID <= r.ID {
		t.Errorf("the next day's run is %s, behind %s", next.ID, r.ID)
	}
	a := put(t, s, in(r, "url:a", longBody, day))[0].ID
	undoRun(t, s, r.ID, false, 1, 1)
	// What comes in by it later the same day is not undone, until that is undone too.
	b := put(t, s, in(r, "url:b", longBody+" B.", day))[0].ID
	hidden(t, s, a, news.HiddenUndone)
	hidden(t, s, b, "")
	undoRun(t, s, r.ID, false, 1, 1)
	hidden(t, s, b, news.HiddenUndone)
	undoRun(t, s, r.ID, true, 2, 2)
}

// countdown is a context that ends when it was asked so many times.
type countdown struct {
	context.Context
	left atomic.Int64
}

func (c *countdown) Err() error {
	if c.left.Add(-1) < 0 {
		return context.Canceled
	}
	return nil
}

// What is broken off between two transactions is half done, said to be, and goes on
// where it stopped.
func testUndoBrokenOff(t *testing.T, s Store, c *Clock) {
	r := news.NewRun(c.At, news.RunIngest, "")
	const n, part = 2400, 200
	for i := 0; i < n; i += part {
		var ws []news.Write
		for j := range part {
			ws = append(ws, in(r, fmt.Sprintf("url:%d", i+j), fmt.Sprintf("Text %d.", i+j), day))
		}
		put(t, s, ws...)
	}
	shown := func() (n int) {
		all, err := s.All(ctx, "", 0)
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	halves := 0
	for _, back := range []bool{false, true} {
		done := false
		for tries := int64(4); !done; tries++ {
			end := &countdown{Context: ctx}
			end.left.Store(tries)
			act := func() (news.Run, error) { return s.UndoRun(end, r.ID, "test") }
			if back {
				act = func() (news.Run, error) { return s.RedoRun(end, r.ID) }
			}
			_, err := act()
			done = err == nil
			if left := shown(); left > 0 && left < n {
				halves++
				broken, e := s.BrokenUndos(ctx)
				if err == nil || e != nil || len(broken) != 1 || broken[0].ID != r.ID || broken[0].Undo.Done {
					t.Fatalf("half done, it is %+v, %v, %v", broken, err, e)
				}
				verify(t, s)
			} else if err != nil && !errors.Is(err, context.Canceled) {
				t.Fatal(err)
			}
		}
		want := 0
		if back {
			want = n
		}
		run, err := s.Run(ctx, r.ID)
		if err != nil || shown() != want || !run.Undo.Done || run.Undo.Articles != n || run.Undo.Versions != n {
			t.Errorf("in the end (back: %v) %d are shown, %+v, %v", back, shown(), run.Undo, err)
		}
	}
	if halves == 0 {
		t.Error("it was never half done")
	}
	if broken, err := s.BrokenUndos(ctx); err != nil || len(broken) != 0 {
		t.Errorf("broken off: %+v, %v", broken, err)
	}
}
