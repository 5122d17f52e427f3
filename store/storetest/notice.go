package storetest

import (
	"errors"
	"testing"
	"time"

	"backfile/internal/news"
)

// testRestoreNotices carries what was said of articles that have not come from one
// archive to another.
func testRestoreNotices(t *testing.T, s, other Store) {
	of := func(key string, u news.Usage) news.Write {
		w := wired("", u)
		w.Keys = []news.Key{news.Key(key)}
		return w
	}
	article := func(key string) news.Write {
		w := wired(longBody, news.Usage{Version: "1"})
		w.Keys = []news.Key{news.Key(key)}
		return w
	}
	killed := news.Usage{Status: news.UsageWithdrawn, Version: "2", Reason: "The figures were wrong"}
	run := news.NewRun(day, news.RunIngest, "a mistake")
	mistake := of("guid:undone", killed)
	mistake.Run = run
	put(t, s, of("guid:later", killed), of("guid:there", killed), of("guid:gone", killed), mistake)
	if _, err := s.UndoRun(ctx, run.ID, "a mistake"); err != nil {
		t.Fatal(err)
	}
	there, gone := put(t, other, article("guid:there"))[0].ID, put(t, other, article("guid:gone"))[0].ID
	if err := other.Remove(ctx, gone, "court order", false); err != nil {
		t.Fatal(err)
	}

	var all []news.Notice
	for after := ""; ; after = all[len(all)-1].Key {
		page, err := s.Notices(ctx, after, 1)
		if err != nil {
			t.Fatal(err)
		}
		if len(page) == 0 {
			break
		}
		all = append(all, page...)
	}
	if len(all) != 3 {
		t.Fatalf("Notices = %+v, want those of the three articles that no undone run told of", all)
	}
	for i, want := range []int{2, 0} { // nothing of a removed one, and nothing twice
		n := 0
		for _, one := range all {
			restored, err := other.RestoreNotice(ctx, one)
			if err != nil {
				t.Fatal(err)
			}
			if restored {
				n++
			}
		}
		if n != want {
			t.Errorf("RestoreNotice, time %d, changed %d, want %d", i+1, n, want)
		}
	}
	if g := hidden(t, other, there, news.HiddenWithdrawn); g.Reason != killed.Reason {
		t.Errorf("the article that was there says %+v", g)
	}
	o := put(t, other, article("guid:later"))[0]
	want(t, o, news.Added, 1)
	hidden(t, other, o.ID, news.HiddenWithdrawn)
	hidden(t, other, put(t, other, article("guid:undone"))[0].ID, "")
	if left, err := other.Notices(ctx, "", 0); err != nil || len(left) != 0 {
		t.Errorf("Notices when the articles have come = %+v, %v, want none", left, err)
	}

	// Of two the later stays, whichever is taken back first.
	n := all[0]
	for _, tc := range []struct {
		name     string
		usage    news.Usage
		came     time.Time
		restored bool
	}{
		{"an earlier one", news.Usage{Status: news.UsageWithheld, Version: "1"}, n.Came.Add(time.Hour), false},
		{"a later one", news.Usage{Status: news.UsageWithheld, Version: "3"}, n.Came, true},
		{"one that counts nothing and came earlier", news.Usage{Status: news.UsageWithdrawn}, n.Came.Add(-time.Hour), false},
		{"one that counts nothing and came later", news.Usage{Status: news.UsageWithdrawn}, n.Came.Add(time.Hour), true},
	} {
		if got, err := s.RestoreNotice(ctx, news.Notice{Key: n.Key, Usage: tc.usage, Came: tc.came}); err != nil || got != tc.restored {
			t.Errorf("RestoreNotice of %s = %v, %v, want %v", tc.name, got, err, tc.restored)
		}
	}
	for _, bad := range []news.Notice{{}, {Key: "ab", Usage: killed, Came: day}, {Key: "x" + n.Key[1:], Usage: killed, Came: day}, {Key: n.Key, Came: day}, {Key: n.Key, Usage: killed}} {
		if _, err := s.RestoreNotice(ctx, bad); !errors.Is(err, news.ErrInvalid) {
			t.Errorf("RestoreNotice(%+v): %v, want ErrInvalid", bad, err)
		}
	}
	if _, err := s.Notices(ctx, "x", 0); !errors.Is(err, news.ErrInvalid) {
		t.Errorf("Notices behind what is no key: %v, want ErrInvalid", err)
	}
	verify(t, other)
}
