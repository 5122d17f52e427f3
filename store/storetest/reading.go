package storetest

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"backfile/internal/news"
)

func testReadings(t *testing.T, s Store) {
	const me = news.LocalOwner
	id := func(i int) news.ArticleID { return news.NewArticleID(news.Key(fmt.Sprint("reading ", i))) }
	opened := func(owner string) (out []news.ArticleID) {
		t.Helper()
		rs, err := s.Readings(ctx, owner)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rs {
			if r.Owner != owner || r.At.IsZero() || r.Times < 1 {
				t.Errorf("reading %+v of %s", r, owner)
			}
			out = append(out, r.Article)
		}
		return out
	}
	note := func(owner string, ids ...news.ArticleID) {
		t.Helper()
		if err := s.NoteReading(ctx, owner, ids...); err != nil {
			t.Fatal(err)
		}
	}
	note(me, id(1), id(2))
	note("other", id(9))
	note(me, id(1))
	if got := opened(me); !slices.Equal(got, []news.ArticleID{id(1), id(2)}) {
		t.Errorf("opened: %v", got)
	}
	if rs, _ := s.Readings(ctx, me); rs[0].Times != 2 || rs[1].Times != 1 {
		t.Errorf("opened %d and %d times, want 2 and 1", rs[0].Times, rs[1].Times)
	}
	for _, bad := range []struct {
		owner string
		id    news.ArticleID
	}{{"", id(1)}, {me, ""}, {me, "short"}, {"a\x00b", id(1)}} {
		if err := s.NoteReading(ctx, bad.owner, bad.id); !errors.Is(err, news.ErrInvalid) {
			t.Errorf("NoteReading(%q, %q) = %v, want ErrInvalid", bad.owner, bad.id, err)
		}
	}
	var many []news.ArticleID
	for i := range news.MaxReadings {
		many = append(many, id(100+i))
	}
	note(me, many...)
	if got := opened(me); len(got) != news.MaxReadings || slices.Contains(got, id(1)) || got[0] != many[len(many)-1] {
		t.Errorf("%d readings are kept, want the last %d", len(got), news.MaxReadings)
	}
	if err := s.ForgetReading(ctx, me, many[0]); err != nil || slices.Contains(opened(me), many[0]) {
		t.Errorf("ForgetReading: %v", err)
	}
	if err := s.ForgetReading(ctx, me, ""); err != nil || len(opened(me)) != 0 || len(opened("other")) != 1 {
		t.Errorf("forget all: %v, %d left and %d of another", err, len(opened(me)), len(opened("other")))
	}

	for _, on := range []bool{true, false, false, true} {
		if err := s.KeepHistory(ctx, me, on); err != nil {
			t.Fatal(err)
		}
		mine, err := s.KeepsHistory(ctx, me)
		if other, err2 := s.KeepsHistory(ctx, "other"); err != nil || err2 != nil || mine != on || !other {
			t.Errorf("told %v: kept %v, and of another %v", on, mine, other)
		}
	}
}
