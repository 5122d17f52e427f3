package storetest

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"backfile/internal/news"
)

// dated is a write of an article of that outlet and day.
func dated(key, outlet, day string) news.Write {
	w := write(key, key, longBody+key)
	w.Article.Outlet = news.NewOutlet(outlet)
	w.Article.Published = news.Date{Text: day, Precision: news.Day, From: news.FromMetadata}
	return w
}

func tracedOf(id news.ArticleID, w news.Write, trace string) news.Traced {
	return news.Traced{ID: id, Outlet: w.Article.Outlet.Slug, Published: w.Article.Published, Trace: []byte(trace)}
}

// traces are all of them, a few at a time, each with its story.
func traces(t *testing.T, s Store, from string) (out []news.Traced) {
	t.Helper()
	for after, more := from, true; more; {
		page, next, err := s.Traces(ctx, after, 2)
		if err != nil {
			t.Fatalf("Traces: %v", err)
		}
		out = append(out, page...)
		after, more = next, next != ""
	}
	return out
}

func keepTraces(t *testing.T, s Store, want int, ts ...news.Traced) {
	t.Helper()
	if n, err := s.KeepTraces(ctx, ts); err != nil || n != want {
		t.Errorf("KeepTraces = %d, %v, want %d", n, err, want)
	}
}

func testTraces(t *testing.T, s Store) {
	due := func(want ...string) {
		t.Helper()
		d, err := s.StoriesDue(ctx)
		if err != nil || d.All || !slices.Equal(d.Days, want) {
			t.Errorf("StoriesDue = %+v, %v, want %v", d, err, want)
		}
		// What came due behind a mark is not settled by it.
		if len(want) > 0 {
			if err := s.SettleStories(ctx, d.Mark-1); err != nil {
				t.Error(err)
			}
			if again, _ := s.StoriesDue(ctx); again.Mark != d.Mark || len(again.Days) == 0 {
				t.Errorf("an earlier mark settled %+v, which left %+v", d, again)
			}
		}
		if err := s.SettleStories(ctx, d.Mark); err != nil {
			t.Error(err)
		}
		if d, err := s.StoriesDue(ctx); err != nil || d.Any() {
			t.Errorf("settled, StoriesDue = %+v, %v", d, err)
		}
	}
	due()
	wa, wb := dated("url:a", "Gazette", "2024-03-05"), dated("url:b", "Echo", "2024-02-01")
	a, b := put(t, s, wa)[0].ID, put(t, s, wb)[0].ID
	at := head(t, s)
	keepTraces(t, s, 2, tracedOf(a, wa, "of a"), tracedOf(b, wb, "of b"), tracedOf(news.NewArticleID("none"), wb, "x"))
	if behind(t, s, at) != 0 {
		t.Errorf("traces are in the feed")
	}
	due("2024-02-01", "2024-03-05")
	got := traces(t, s, "")
	if len(got) != 2 || got[0].ID != b || string(got[0].Trace) != "of b" || got[0].Story != b || got[0].Outlet != "echo" || got[1].ID != a || got[1].Published.Text != "2024-03-05" {
		t.Errorf("Traces = %+v", got)
	}
	if got := traces(t, s, "2024-02-02"); len(got) != 1 || got[0].ID != a {
		t.Errorf("Traces from a day = %+v", got)
	}
	keepTraces(t, s, 1, tracedOf(a, wa, "of a"))
	due() // nothing new

	// Another day, another text.
	wa.Article.Published.Text = "2024-03-09"
	keepTraces(t, s, 1, tracedOf(a, wa, "of a2"))
	due("2024-03-05", "2024-03-09")
	if got := traces(t, s, ""); len(got) != 2 || got[1].Published.Text != "2024-03-09" || string(got[1].Trace) != "of a2" {
		t.Errorf("Traces = %+v", got)
	}

	// A family is one report: its days are due when it changes.
	if _, err := s.Regroup(ctx, []news.Membership{{Article: a, Lead: b}, {Article: b, Lead: b}}); err != nil {
		t.Fatal(err)
	}
	due("2024-02-01", "2024-03-09")
	if got := traces(t, s, ""); len(got) != 2 || got[1].Lead != b || got[0].Lead != b {
		t.Errorf("Traces = %+v, want both of b's family", got)
	}

	// Without a day or a trace it is forgotten, and gone with its article.
	keepTraces(t, s, 0, news.Traced{ID: a, Published: news.Date{Text: "2024", Precision: news.Year}, Trace: []byte("x")})
	due("2024-03-09")
	if err := s.Remove(ctx, b, "test", true); err != nil {
		t.Fatal(err)
	}
	due("2024-02-01")
	if got := traces(t, s, ""); len(got) != 0 {
		t.Errorf("traces that should be gone: %+v", got)
	}
	keepTraces(t, s, 0, tracedOf(b, wb, "of b"))

	if r, err := s.StoryRarity(ctx); err != nil || r != nil {
		t.Errorf("StoryRarity = %q, %v", r, err)
	}
	if err := s.SetStoryRarity(ctx, []byte("rare")); err != nil {
		t.Fatal(err)
	}
	if r, err := s.StoryRarity(ctx); err != nil || string(r) != "rare" {
		t.Errorf("StoryRarity = %q, %v", r, err)
	}
	if d, err := s.StoriesDue(ctx); err != nil || !d.All || s.SettleStories(ctx, d.Mark) != nil {
		t.Errorf("StoriesDue = %+v, %v, want all", d, err)
	}
	due()
}

func testStories(t *testing.T, s Store) {
	var ids []news.ArticleID
	var ts []news.Traced
	for i, outlet := range []string{"Gazette", "Echo", "Gazette", "Echo", "Echo"} {
		w := dated(fmt.Sprintf("url:%d", i), outlet, fmt.Sprintf("2024-03-0%d", i+1))
		ids = append(ids, put(t, s, w)[0].ID)
		ts = append(ts, tracedOf(ids[i], w, "trace"))
	}
	a, b, c, d, e := ids[0], ids[1], ids[2], ids[3], ids[4]
	keepTraces(t, s, 5, ts...)
	tell := func(fs ...news.Following) {
		t.Helper()
		if err := s.Tell(ctx, fs); err != nil {
			t.Fatalf("Tell: %v", err)
		}
	}
	want := func(id news.ArticleID, st news.Story, reports ...news.ArticleID) {
		t.Helper()
		got, rs, err := s.Story(ctx, id)
		var of []news.ArticleID
		for _, r := range rs {
			of = append(of, r.ID)
		}
		slices.Sort(of)
		slices.Sort(reports)
		if err != nil || got != st || !slices.Equal(of, reports) {
			t.Errorf("Story(%s) = %+v of %v, %v, want %+v of %v", id, got, of, err, st, reports)
		}
	}
	none := func(id news.ArticleID) {
		t.Helper()
		if _, _, err := s.Story(ctx, id); !errors.Is(err, news.ErrNotFound) {
			t.Errorf("Story(%s): %v, want not found", id, err)
		}
	}
	list := func(order news.StoryOrder, want ...news.ArticleID) {
		t.Helper()
		var got []news.ArticleID
		for after, more := "", true; more; {
			page, next, err := s.StoryList(ctx, order, after, 1)
			if err != nil || len(page) > 1 {
				t.Fatalf("StoryList: %+v, %v", page, err)
			}
			for _, st := range page {
				got = append(got, st.ID)
			}
			after, more = next, next != ""
		}
		if !slices.Equal(got, want) {
			t.Errorf("StoryList by %s = %v, want %v", order, got, want)
		}
	}
	none(a)
	list(news.StoriesNewest)
	at := head(t, s)
	tell(news.Following{Report: b, Story: a}, news.Following{Report: c, Story: a}, news.Following{Report: e, Story: d}, news.Following{Report: a, Story: a})
	of := news.Story{ID: a, First: "2024-03-01", Last: "2024-03-03", Reports: 3, Outlets: 2, Latest: c}
	want(a, of, a, b, c)
	want(c, of, a, b, c)
	want(e, news.Story{ID: d, First: "2024-03-04", Last: "2024-03-05", Reports: 2, Outlets: 1, Latest: e}, d, e)
	list(news.StoriesNewest, d, a)
	list(news.StoriesMost, a, d)
	if behind(t, s, at) != 0 {
		t.Errorf("stories are in the feed")
	}
	if err := s.Tell(ctx, []news.Following{{Report: a, Story: "no id"}}); !errors.Is(err, news.ErrInvalid) {
		t.Errorf("Tell of no story: %v", err)
	}

	// Who prints a report follows what its lead follows.
	w := dated("url:copy", "Argus", "2024-03-03")
	copied := put(t, s, w)[0].ID
	keepTraces(t, s, 1, tracedOf(copied, w, "trace"))
	if _, err := s.Regroup(ctx, []news.Membership{{Article: copied, Lead: c}, {Article: c, Lead: c}}); err != nil {
		t.Fatal(err)
	}
	want(copied, of, a, b, c)

	// A story that all left leads on, and one that is one report is none.
	tell(news.Following{Report: d, Story: a}, news.Following{Report: e, Story: a})
	of.Last, of.Reports, of.Latest = "2024-03-05", 5, e
	want(e, of, a, b, c, d, e)
	list(news.StoriesNewest, a)
	if err := s.Remove(ctx, a, "test", false); err != nil {
		t.Fatal(err)
	}
	tell(news.Following{Report: b, Story: b}, news.Following{Report: c, Story: b}, news.Following{Report: d, Story: b}, news.Following{Report: e, Story: e})
	of = news.Story{ID: b, First: "2024-03-02", Last: "2024-03-04", Reports: 3, Outlets: 2, Latest: d}
	want(b, of, b, c, d)
	want(a, of, b, c, d) // though its first report was removed
	none(e)
	list(news.StoriesMost, b)

	// The whole is sound, and an archive that undoes it all has none.
	tell(news.Following{Report: c, Story: c}, news.Following{Report: d, Story: d})
	list(news.StoriesMost)
	var gone *news.Gone
	if _, _, err := s.Story(ctx, a); !errors.As(err, &gone) {
		t.Errorf("the story of a removed article: %v, want gone", err)
	}
	if err := s.Verify(ctx, func(problem string) { t.Error(problem) }); err != nil {
		t.Error(err)
	}
}
