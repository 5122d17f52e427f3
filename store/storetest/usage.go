package storetest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"backfile/internal/news"
)

// Clock is a clock for tests, which stands still until it is set.
type Clock struct{ At time.Time }

// Now is the time that it shows.
func (c *Clock) Now() time.Time { return c.At }

// Shown runs the rules of what is shown and when. open returns an empty store that
// goes by the clock.
func Shown(t *testing.T, open func(t *testing.T, now func() time.Time) Store) {
	for _, tc := range []struct {
		name string
		test func(t *testing.T, s Store, c *Clock)
	}{
		{"Withdrawn", testWithdrawn},
		{"WithdrawnBeforeItCame", testWithdrawnFirst},
		{"WithdrawnFirstOfWhat", testWithdrawnFirstOfWhat},
		{"Order", testOrderOfWords},
		{"Withheld", testWithheld},
		{"Embargo", testEmbargo},
		{"Expiry", testExpiry},
		{"RemoveHidden", testRemoveHidden},
		{"Misses", testMisses},
		{"UndoRun", testUndoRun},
		{"UndoKeeps", testUndoKeeps},
		{"UndoTwice", testUndoTwice},
		{"UndoWords", testUndoWords},
		{"DailyRun", testDailyRun},
		{"UndoBrokenOff", testUndoBrokenOff},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := &Clock{At: day.Add(time.Hour)}
			s := open(t, c.Now)
			tc.test(t, s, c)
			verify(t, s)
		})
	}
}

// wired is a message of an agency: its text, unless body is "", and what it says may
// be done with it.
func wired(body string, u news.Usage) news.Write {
	w := write("guid:w1", "A wall holds", body)
	if body == "" {
		w.Article = news.Article{}
	}
	w.Article.Usage = &u
	return w
}

// hidden fails unless reading the article gives that reason for not showing it; ""
// is that it is shown.
func hidden(t testing.TB, s Store, id news.ArticleID, why news.Hiding) *news.Gone {
	t.Helper()
	_, e1 := s.Article(ctx, id)
	_, e2 := s.Versions(ctx, id)
	byID, e3 := byID(t, s, id)
	all, e4 := s.All(ctx, "", 0)
	if e3 != nil || e4 != nil {
		t.Fatal(e3, e4)
	}
	listed := false
	for _, v := range all {
		listed = listed || v.Article.ID == id
	}
	var gone *news.Gone
	for _, err := range []error{e1, e2} {
		switch {
		case why == "" && err != nil:
			t.Fatalf("reading the article: %v, want it shown", err)
		case why != "" && (!errors.As(err, &gone) || gone.Why != why || gone.ID != id):
			t.Fatalf("reading the article: %v, want it hidden as %s", err, why)
		}
	}
	if (why == "") != (len(byID) == 1) || (why == "") != listed {
		t.Errorf("ArticlesByID has %d, All has it: %v; hidden as %q", len(byID), listed, why)
	}
	if hs, err := s.Histories(ctx, "", 0); err != nil || len(hs) == 0 {
		t.Errorf("Histories = %d, %v, want what is kept", len(hs), err)
	}
	return gone
}

func testWithdrawn(t *testing.T, s Store, c *Clock) {
	o := put(t, s, wired(longBody, news.Usage{Version: "1"}))[0]
	want(t, o, news.Added, 1)
	hidden(t, s, o.ID, "")
	before := head(t, s)
	cancel := wired("", news.Usage{Status: news.UsageWithdrawn, Version: "2", At: day.Add(2 * time.Hour), Reason: "The figures were wrong"})
	cancel.Original = []byte("<cancel/>")
	w := put(t, s, cancel)[0]
	want(t, w, news.Withdrawn, 1)
	if w.ID != o.ID || w.Hidden != news.HiddenWithdrawn || behind(t, s, before) != 1 {
		t.Errorf("the withdrawal = %+v, %d rows, want one of %s", w, behind(t, s, before), o.ID)
	}
	if g := hidden(t, s, o.ID, news.HiddenWithdrawn); g.Reason != "The figures were wrong" || !g.At.Equal(day.Add(2*time.Hour)) {
		t.Errorf("it says %+v", g)
	}
	// The same message, the first text, and an outlet's page of it change nothing.
	before = head(t, s)
	want(t, put(t, s, cancel)[0], news.Unchanged, 1)
	want(t, put(t, s, wired(longBody, news.Usage{Version: "1"}))[0], news.Unchanged, 1)
	if n := behind(t, s, before); n != 0 {
		t.Errorf("%d rows for what was known", n)
	}
	page := write("guid:w1", "A wall holds", longBody+" It was dry.")
	page.At = day.Add(3 * time.Hour)
	want(t, put(t, s, page)[0], news.NewVersion, 2)
	hidden(t, s, o.ID, news.HiddenWithdrawn)
	// The corrected version brings it back.
	corrected := wired(longBody+" The figures are right.", news.Usage{Version: "3"})
	corrected.At = day.Add(4 * time.Hour)
	o = put(t, s, corrected)[0]
	want(t, o, news.NewVersion, 3)
	hidden(t, s, o.ID, "")
	if o.Hidden != "" {
		t.Errorf("the correction = %+v, want it shown", o)
	}
}

func testWithdrawnFirst(t *testing.T, s Store, _ *Clock) {
	cancel := wired("", news.Usage{Status: news.UsageWithdrawn, Version: "2"})
	o := put(t, s, cancel)[0]
	want(t, o, news.Refused, 0)
	if o.ID != "" || o.Reason != "the agency withdrew it" {
		t.Errorf("a withdrawal of nothing = %+v", o)
	}
	o = put(t, s, wired(longBody, news.Usage{Version: "1"}))[0]
	want(t, o, news.Added, 1)
	if o.Hidden != news.HiddenWithdrawn {
		t.Errorf("the article behind its withdrawal = %+v, want it hidden", o)
	}
	hidden(t, s, o.ID, news.HiddenWithdrawn)
}

// A message that came before its article holds unless the article is the later one by
// its sender's count.
func testWithdrawnFirstOfWhat(t *testing.T, s Store, _ *Clock) {
	kill := news.Usage{Status: news.UsageWithdrawn}
	for i, tc := range []struct {
		name          string
		kill, article news.Usage
		why           news.Hiding
	}{
		{"neither counts", kill, news.Usage{}, news.HiddenWithdrawn},
		{"the article alone counts", kill, news.Usage{Version: "1", At: day}, news.HiddenWithdrawn},
		{"both of one version and time", news.Usage{Status: news.UsageWithdrawn, Version: "1", At: day}, news.Usage{Version: "1", At: day}, news.HiddenWithdrawn},
		{"the article is the later version", news.Usage{Status: news.UsageWithdrawn, Version: "1"}, news.Usage{Version: "2"}, ""},
		{"the article is of a later time", news.Usage{Status: news.UsageWithdrawn, At: day}, news.Usage{At: day.Add(time.Hour)}, ""},
	} {
		of := func(body string, u news.Usage) news.Write {
			w := wired(body, u)
			w.Keys = []news.Key{news.Key(fmt.Sprintf("guid:first-%d", i))}
			return w
		}
		want(t, put(t, s, of("", tc.kill))[0], news.Refused, 0)
		o := put(t, s, of(longBody, tc.article))[0]
		if o.Result != news.Added || o.Hidden != tc.why {
			t.Errorf("%s: the article is %+v, want it hidden: %q", tc.name, o, tc.why)
		}
		// The same text again says nothing new; another does.
		if o := put(t, s, of(longBody, tc.article))[0]; o.Hidden != tc.why {
			t.Errorf("%s: the article again is %+v, want it hidden: %q", tc.name, o, tc.why)
		}
		next := tc.article
		if next.Version != "2" {
			next.Version = "2"
		}
		if o := put(t, s, of(longBody+" The board corrected its figures.", next))[0]; o.Result != news.NewVersion || o.Hidden != "" {
			t.Errorf("%s: the corrected article is %+v, want it shown", tc.name, o)
		}
	}
	verify(t, s)
}

func testOrderOfWords(t *testing.T, s Store, _ *Clock) {
	id := put(t, s, wired(longBody, news.Usage{Version: "10"}))[0].ID
	o := put(t, s, wired("", news.Usage{Status: news.UsageWithdrawn, Version: "9"}))[0]
	want(t, o, news.Unchanged, 1)
	hidden(t, s, id, "")
	want(t, put(t, s, wired("", news.Usage{Status: news.UsageWithdrawn, Version: "11"}))[0], news.Withdrawn, 1)
	hidden(t, s, id, news.HiddenWithdrawn)
	// The same text, given free by a later message.
	want(t, put(t, s, wired(longBody, news.Usage{Version: "12"}))[0], news.Unchanged, 1)
	hidden(t, s, id, "")
	// Without a count the time decides.
	other := func(body string, u news.Usage) news.Write {
		w := wired(body, u)
		w.Keys = []news.Key{"guid:w2"}
		return w
	}
	id = put(t, s, other(longBody, news.Usage{At: day}))[0].ID
	put(t, s, other("", news.Usage{Status: news.UsageWithdrawn, At: day.Add(-time.Minute)}))
	hidden(t, s, id, "")
	put(t, s, other("", news.Usage{Status: news.UsageWithdrawn, At: day.Add(time.Minute)}))
	hidden(t, s, id, news.HiddenWithdrawn)
}

func testWithheld(t *testing.T, s Store, _ *Clock) {
	o := put(t, s, wired(longBody, news.Usage{Status: news.UsageWithheld, Version: "1"}))[0]
	want(t, o, news.Added, 1)
	hidden(t, s, o.ID, news.HiddenWithheld)
	if _, err := s.Captures(ctx, o.ID); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("Captures of what is withheld: %v", err)
	}
	want(t, put(t, s, wired(longBody, news.Usage{Version: "2"}))[0], news.Unchanged, 1)
	hidden(t, s, o.ID, "")
}

// released is Release, with how many rows it added.
func released(t testing.TB, s Store) int {
	t.Helper()
	before := head(t, s)
	n, err := s.Release(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if rows := behind(t, s, before); rows != n {
		t.Errorf("Release = %d, and the feed has %d rows", n, rows)
	}
	return n
}

func testEmbargo(t *testing.T, s Store, c *Clock) {
	until := c.At.Add(time.Hour)
	o := put(t, s, wired(longBody, news.Usage{EmbargoedUntil: until, Expires: until.Add(time.Hour)}))[0]
	want(t, o, news.Added, 1)
	if g := hidden(t, s, o.ID, news.HiddenEmbargoed); !g.At.Equal(until) {
		t.Errorf("it says until %s, want %s", g.At, until)
	}
	if at, ok, err := s.NextDue(ctx); err != nil || !ok || !at.Equal(until) {
		t.Errorf("NextDue = %s, %v, %v, want %s", at, ok, err, until)
	}
	if n := released(t, s); n != 0 {
		t.Errorf("Release before its time = %d", n)
	}
	c.At = until.Add(-time.Nanosecond)
	hidden(t, s, o.ID, news.HiddenEmbargoed)
	c.At = until
	hidden(t, s, o.ID, "") // by the clock alone
	verify(t, s)           // before the feed is told, too
	if n := released(t, s); n != 1 {
		t.Errorf("Release at its time = %d, want 1", n)
	}
	if n := released(t, s); n != 0 {
		t.Errorf("Release once more = %d", n)
	}
	c.At = until.Add(time.Hour)
	hidden(t, s, o.ID, news.HiddenExpired)
	if n := released(t, s); n != 1 {
		t.Errorf("Release at its end = %d, want 1", n)
	}
	if _, ok, err := s.NextDue(ctx); ok || err != nil {
		t.Errorf("something is due still: %v", err)
	}
}

func testExpiry(t *testing.T, s Store, c *Clock) {
	o := put(t, s, wired(longBody, news.Usage{Expires: c.At.Add(-time.Hour), Version: "1"}))[0]
	want(t, o, news.Added, 1)
	hidden(t, s, o.ID, news.HiddenExpired)
	put(t, s, wired(longBody, news.Usage{Version: "2", Expires: c.At.Add(24 * time.Hour)}))
	hidden(t, s, o.ID, "")
	c.At = c.At.Add(25 * time.Hour)
	if n := released(t, s); n != 1 {
		t.Errorf("Release = %d, want 1", n)
	}
	hidden(t, s, o.ID, news.HiddenExpired)
}

func testRemoveHidden(t *testing.T, s Store, c *Clock) {
	until := c.At.Add(time.Hour)
	id := put(t, s, wired(longBody, news.Usage{EmbargoedUntil: until}))[0].ID
	if err := s.Remove(ctx, id, "court order", true); err != nil {
		t.Fatal(err)
	}
	c.At = until
	if n := released(t, s); n != 0 {
		t.Errorf("Release of a removed article = %d", n)
	}
	var gone *news.Gone
	if _, err := s.Article(ctx, id); !errors.As(err, &gone) || gone.Why != news.HiddenRemoved || !gone.Erased {
		t.Errorf("reading it: %v", err)
	}
	verify(t, s)
}

func testMisses(t *testing.T, s Store, _ *Clock) {
	a := write("url:a", "A wall holds", longBody)
	a.Original = []byte("<p>good</p>")
	id := put(t, s, a)[0].ID
	miss := news.Write{Keys: []news.Key{"url:a"}, Missed: "this page asks its reader to log in, it is no article", Original: []byte("<p>log in</p>"), OriginalType: "text/html", At: day.Add(24 * time.Hour)}
	o := put(t, s, miss)[0]
	want(t, o, news.Refused, 1)
	if o.ID != id || o.Reason != miss.Missed {
		t.Errorf("the miss = %+v", o)
	}
	later := miss
	later.At, later.Original = day.Add(48*time.Hour), []byte("<p>please log in</p>")
	put(t, s, later, later)
	thin := write("url:a", "A wall holds", "Subscribe.")
	thin.At, thin.Original = day.Add(72*time.Hour), []byte("<p>thin</p>")
	want(t, put(t, s, thin)[0], news.Unchanged, 1)
	unknown := miss
	unknown.Keys = []news.Key{"url:none"}
	want(t, put(t, s, unknown)[0], news.Refused, 0)
	ms, err := s.Misses(ctx, id)
	if err != nil || len(ms) != 2 {
		t.Fatalf("Misses = %+v, %v, want 2", ms, err)
	}
	if m := ms[0]; !m.At.Equal(miss.At) || !m.Last.Equal(later.At) || m.Times != 2 || m.Original != news.HashOriginal(later.Original) {
		t.Errorf("the first miss = %+v", m)
	}
	if b, typ, err := s.Original(ctx, ms[0].Original); err != nil || string(b) != "<p>please log in</p>" || typ != "text/html" {
		t.Errorf("what it answered = %q, %q, %v", b, typ, err)
	}
	if v, err := s.Article(ctx, id); err != nil || v.N != 1 || v.Article.Body != longBody {
		t.Errorf("the article = %d, %v, want the good text", v.N, err)
	}
	if err := s.Remove(ctx, id, "test", true); err != nil {
		t.Fatal(err)
	}
}
