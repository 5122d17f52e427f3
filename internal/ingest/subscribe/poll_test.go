package subscribe

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"backfile/internal/news"
)

func TestPoll(t *testing.T) {
	s := newSite(t)
	h := reading(t, s)
	s.set("/feed", tagged(`"one"`, rss(full(1, "The harbour wall held."), full(2, "The ferry was late."))))
	sub := h.add(s.URL + "/feed")
	if st := sub.State; st.New != 2 || st.Seen != 2 || st.ETag != `"one"` || st.Title != "The Porthaven Post" || st.Outlet != "The Porthaven Post" || st.Home != s.URL+"/" ||
		!st.Good.Equal(start) || !st.Due.After(start) || st.Failures != 0 || st.Error != "" || st.NewInWeek(start) != 2 {
		t.Errorf("behind the first poll: %+v", st)
	}
	// Nothing new: a short answer, and nothing is written to the feed of changes.
	at, _ := h.Head(ctx)
	h.clock.add(time.Hour)
	if rep := h.check(sub.ID); !rep.NotModified || rep.Added != 0 || !rep.Subscription.State.Good.Equal(start.Add(time.Hour)) {
		t.Errorf("a feed as it was: %+v", rep)
	}
	if n, err := h.Behind(ctx, at); err != nil || n != 0 {
		t.Errorf("%d rows, %v", n, err)
	}
	// One is new, one has changed, one is as it was, whatever the server knows of ETags.
	s.set("/feed", says(rss(full(3, "A whale came in."), full(1, "The harbour wall fell."), full(2, "The ferry was late."))))
	h.clock.add(time.Hour)
	if rep := h.check(sub.ID); rep.Added != 1 || rep.Versions != 1 || rep.Unchanged != 0 || rep.Subscription.State.ETag != "" || rep.Subscription.State.Seen != 3 || rep.Subscription.State.New != 4 {
		t.Errorf("a feed that changed: %+v", rep)
	}
	want := map[string]string{"Story 1": "text 2", "Story 2": "text 1", "Story 3": "text 1"}
	if diff := cmp.Diff(want, h.texts()); diff != "" {
		t.Errorf("articles (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"the-porthaven-post true", "the-porthaven-post true", "the-porthaven-post true"}, h.polls); diff != "" {
		t.Errorf("polls told (-want +got):\n%s", diff)
	}
	h.verify()
}

func TestFailures(t *testing.T) {
	for _, tc := range []struct {
		name   string
		answer http.HandlerFunc
		status int
		words  string
		wait   time.Duration
	}{
		{"not found", http.NotFound, 404, "there is no feed at this address any more (404)", 15 * time.Minute},
		{"forbidden", status(403), 403, "the outlet does not give it to the archive (403)", 15 * time.Minute},
		{"in trouble", status(500), 500, "the outlet’s server is in trouble (500)", 15 * time.Minute},
		{"too many", status(429, "Retry-After", "7200"), 429, "the outlet asks for fewer requests (429)", 2 * time.Hour},
		{"until", status(503, "Retry-After", start.Add(6*time.Hour).Format(http.TimeFormat)), 503, "the outlet’s server is in trouble (503)", 5 * time.Hour},
		{"a page", says("<!DOCTYPE html><html><body>Sorry</body></html>"), 200, "there is a web page at this address, and no feed", 15 * time.Minute},
		{"something", says(`{"ok":true}`), 200, "what is at this address is no feed", 15 * time.Minute},
		{"nothing", says(""), 200, "the answer is empty", 15 * time.Minute},
		{"nonsense", says(`<rss><channel><item><title>A</ti`), 200, "the feed cannot be read: ", 15 * time.Minute},
		{"entities", says(`<!DOCTYPE rss [<!ENTITY a "b">]><rss><channel/></rss>`), 200, "no feed", 15 * time.Minute},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := newSite(t)
			h := reading(t, s)
			s.set("/feed", tagged(`"one"`, rss(full(1, "The harbour wall held."))))
			sub := h.add(s.URL + "/feed")
			h.clock.add(time.Hour)
			s.set("/feed", tc.answer)
			st := h.check(sub.ID).Subscription.State
			if st.Status != tc.status || !strings.Contains(st.Error, tc.words) || st.Failures != 1 || st.ETag != `"one"` || !st.Good.Equal(start) || st.Ended {
				t.Errorf("state = %+v", st)
			}
			if wait := st.Due.Sub(st.Checked); wait.Round(time.Minute) != tc.wait {
				t.Errorf("waits %v, want %v", wait, tc.wait)
			}
			if st.Title != "The Porthaven Post" || len(h.texts()) != 1 {
				t.Errorf("what was known is lost: %+v, %v", st, h.texts())
			}
			if got := h.polls[len(h.polls)-1]; got != "the-porthaven-post false" {
				t.Errorf("told %q", got)
			}
			// It recovers.
			s.set("/feed", tagged(`"one"`, rss()))
			h.clock.add(day)
			if tc.status == 429 || tc.status == 503 {
				return // the fetcher itself still waits, by its own clock
			}
			if st := h.check(sub.ID).Subscription.State; st.Failures != 0 || st.Error != "" || !st.Good.Equal(start.Add(25*time.Hour)) {
				t.Errorf("recovered: %+v", st)
			}
		})
	}
}

func TestBackOff(t *testing.T) {
	s := newSite(t)
	h := reading(t, s)
	s.set("/feed", says(rss(full(1, "The harbour wall held."))))
	sub := h.add(s.URL + "/feed")
	s.set("/feed", status(500))
	var waits []string
	for range 9 {
		st := h.check(sub.ID).Subscription.State
		waits = append(waits, st.Due.Sub(st.Checked).String())
		h.clock.add(st.Due.Sub(st.Checked))
	}
	want := "15m0s 30m0s 1h0m0s 2h0m0s 4h0m0s 8h0m0s 16h0m0s 24h0m0s 24h0m0s"
	if got := strings.Join(waits, " "); got != want {
		t.Errorf("waits %s, want %s", got, want)
	}
}

func TestGone(t *testing.T) {
	s := newSite(t)
	h := reading(t, s)
	s.set("/feed", says(rss(full(1, "The harbour wall held."))))
	sub := h.add(s.URL + "/feed")
	s.set("/feed", status(410))
	h.clock.add(time.Hour)
	sub = h.check(sub.ID).Subscription
	if !sub.State.Ended || sub.State.Error != "the outlet says that the feed is gone for good (410)" || isDue(sub, start.AddDate(1, 0, 0)) {
		t.Errorf("a feed that is gone: %+v", sub.State)
	}
	s.set("/feed", says(rss(full(2, "The ferry was late."))))
	if err := h.Feeds.SetSubscription(ctx, sub); err != nil { // somebody resumes it
		t.Fatal(err)
	}
	sub, _ = h.Feeds.Subscription(ctx, sub.ID)
	if !isDue(sub, h.clock.now()) {
		t.Errorf("one that is resumed is not due: %+v", sub.State)
	}
	if err := h.due(ctx, sub.ID); err != nil {
		t.Fatal(err)
	}
	if sub, _ = h.Feeds.Subscription(ctx, sub.ID); sub.State.Ended || sub.State.Error != "" || len(h.texts()) != 2 {
		t.Errorf("a feed that is back: %+v", sub.State)
	}
}

func TestMoved(t *testing.T) {
	s := newSite(t)
	h := reading(t, s)
	body := rss(full(1, "The harbour wall held."))
	s.set("/feed", says(body))
	s.set("/new", says(body))
	sub := h.add(s.URL + "/feed")
	s.set("/feed", status(302, "Location", "/new"))
	if sub = h.check(sub.ID).Subscription; sub.Address != s.URL+"/feed" || sub.State.Error != "" {
		t.Errorf("behind a passing redirect: %+v", sub)
	}
	s.set("/feed", status(301, "Location", "/new"))
	if sub = h.check(sub.ID).Subscription; sub.Address != s.URL+"/new" || sub.Given != s.URL+"/feed" {
		t.Errorf("behind a permanent redirect: %+v", sub)
	}
	asked := s.count("/feed")
	if h.check(sub.ID); s.count("/feed") != asked {
		t.Error("the old address is asked again")
	}
	// One that leads to what is no feed is not followed for ever.
	s.set("/new", status(308, "Location", "/sorry"))
	s.set("/sorry", says("<html>"))
	if sub = h.check(sub.ID).Subscription; sub.Address != s.URL+"/new" || sub.State.Failures != 1 {
		t.Errorf("behind a redirect to a page: %+v", sub)
	}
	// And a feed that is subscribed to by its old address is the one that is there.
	s.set("/new", says(body))
	if got, err := h.Feeds.Add(ctx, news.Subscription{Address: s.URL + "/feed"}); err != nil || got.Made || got.Subscription.ID != sub.ID {
		t.Errorf("Add = %+v, %v", got, err)
	}
}

func TestPages(t *testing.T) {
	s := newSite(t)
	h := reading(t, s)
	s.set("/robots.txt", says("User-agent: *\nDisallow: /page/3\n"))
	s.set("/page/1", says(story(1, "First."), "Content-Type", "text/html; charset=utf-8"))
	s.set("/page/2", status(500))
	s.set("/page/3", says(story(3, "Third."), "Content-Type", "text/html"))
	s.set("/page/4", says("%PDF-1.4 nothing to read", "Content-Type", "application/pdf"))
	feed := rss(s.teaser(1, ""), s.teaser(2, ""), s.teaser(3, ""), s.teaser(4, ""))
	s.set("/feed", says(feed))
	sub := h.add(s.URL + "/feed")
	if sub.State.Waiting != 4 || len(h.texts()) != 0 || s.count("/page/1") != 0 || !sub.State.PagesDue.Equal(start) {
		t.Fatalf("behind the first poll: %+v, %v", sub.State, h.texts())
	}
	rep := h.check(sub.ID)
	if rep.Pages != 1 || rep.PagesFailed != 3 || rep.Subscription.State.Waiting != 2 || rep.Subscription.State.New != 4 {
		t.Errorf("behind the pages: %+v", rep)
	}
	want := map[string]string{"Teaser 1": "text 1", "Teaser 2": "stub 1", "Teaser 3": "stub 1", "Teaser 4": "stub 1"}
	if diff := cmp.Diff(want, h.texts()); diff != "" {
		t.Errorf("articles (-want +got):\n%s", diff)
	}
	if s.count("/page/3") != 0 {
		t.Error("a page was fetched that robots.txt asks to leave alone")
	}
	// What is remembered of a feed does not have it asked for again.
	h.check(sub.ID)
	if s.count("/page/1") != 1 || s.count("/page/2") != 1 {
		t.Errorf("pages were asked for %d and %d times", s.count("/page/1"), s.count("/page/2"))
	}
	// A page that failed comes later, and fills the stub.
	s.set("/page/2", says(story(2, "Second."), "Content-Type", "text/html"))
	h.clock.add(20 * time.Minute)
	sub, _ = h.Feeds.Subscription(ctx, sub.ID)
	if dueAt(sub).After(h.clock.now()) {
		t.Errorf("the page is due at %v", dueAt(sub))
	}
	polls := s.count("/feed")
	if err := h.due(ctx, sub.ID); err != nil {
		t.Fatal(err)
	}
	want["Teaser 2"] = "text 2"
	if diff := cmp.Diff(want, h.texts()); diff != "" {
		t.Errorf("articles (-want +got):\n%s", diff)
	}
	if s.count("/feed") != polls && !isDue(sub, h.clock.now()) {
		t.Error("the feed was read for the sake of a page")
	}
	// One that never comes is given up.
	for range 10 {
		h.clock.add(2 * day)
		if err := h.due(ctx, sub.ID); err != nil {
			t.Fatal(err)
		}
	}
	if sub, _ = h.Feeds.Subscription(ctx, sub.ID); sub.State.Waiting != 0 || s.count("/page/4") != len(again)+1 {
		t.Errorf("%d pages wait, and one was asked for %d times", sub.State.Waiting, s.count("/page/4"))
	}
	h.verify()
	// The attempts that came to nothing are kept with the stub.
	none, err := h.Lookup(ctx, news.URLKey(strings.TrimPrefix(s.URL, "http://")+"/page/4"))
	if err != nil {
		t.Fatal(err)
	}
	if ms, err := h.Misses(ctx, none); err != nil || len(ms) == 0 || ms[0].Reason == "" {
		t.Errorf("misses = %+v, %v", ms, err)
	}
	// The page's article has the entry's date, and is found by either address.
	id, err := h.Lookup(ctx, news.URLKey(strings.TrimPrefix(s.URL, "http://")+"/page/1"))
	if err != nil {
		t.Fatal(err)
	}
	if v, err := h.Article(ctx, id); err != nil || v.Article.Published.Text != "2026-03-02T01:00:00Z" || v.Article.Outlet == nil || v.Article.Outlet.Name != "The Porthaven Post" {
		t.Errorf("article = %+v, %v", v.Article, err)
	}
}

// TestUndone undoes what a feed brought on one day. It does not come back by itself.
func TestUndone(t *testing.T) {
	s := newSite(t)
	h := reading(t, s)
	s.set("/feed", says(rss(full(1, "The harbour wall held."), full(2, "The ferry was late."))))
	sub := h.add(s.URL + "/feed")
	h.clock.add(day)
	s.set("/feed", says(rss(full(3, "A whale came in."), full(1, "The harbour wall held."), full(2, "The ferry was late."))))
	h.check(sub.ID)
	runs, err := h.Runs(ctx, "", 10)
	if err != nil || len(runs) != 2 || runs[1].How != news.RunFeed || runs[1].Name != s.URL+"/feed" || runs[0].Added+runs[1].Added != 3 {
		t.Fatalf("Runs = %+v, %v", runs, err)
	}
	if _, err := h.UndoRun(ctx, runs[0].ID, "the wrong feed"); err != nil {
		t.Fatal(err)
	}
	if got := h.texts(); len(got) != 2 || got["Story 3"] != "" {
		t.Errorf("articles = %v", got)
	}
	h.check(sub.ID)
	if err := h.Feeds.Unsubscribe(ctx, sub.ID); err != nil {
		t.Fatal(err)
	}
	h.add(s.URL + "/feed")
	if got := h.texts(); len(got) != 2 {
		t.Errorf("read again: %v", got)
	}
	h.verify()
}

// TestUpdated has pages fetched again that the feed says were updated, and no others.
func TestUpdated(t *testing.T) {
	s := newSite(t)
	h := reading(t, s)
	atom := func(updated, teaser string) string {
		return fmt.Sprintf(`<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title><entry><id>tag:a,2026:1</id><title>Teaser 1</title><link href="%s/page/1"/><published>2026-03-01T09:00:00Z</published><updated>%s</updated><summary>%s…</summary></entry></feed>`, s.URL, updated, teaser)
	}
	s.set("/page/1", says(story(1, "First."), "Content-Type", "text/html"))
	s.set("/feed", says(atom("2026-03-01T10:00:00Z", "In short")))
	sub := h.add(s.URL + "/feed")
	h.check(sub.ID)
	for i, step := range []struct {
		updated, teaser, page string
		asked                 int
		version               string
	}{
		{"2026-03-01T10:00:00Z", "In short", "First.", 1, "text 1"},
		{"2026-03-01T10:00:00Z", "Other words of the same", "First.", 1, "text 1"},
		{"2026-03-02T11:00:00Z", "In short", "Corrected.", 2, "text 2"},
		{"2026-03-02T11:00:00Z", "In short", "Corrected in silence.", 2, "text 2"},
		{"2026-03-02T12:00:00Z", "In short", "Corrected.", 3, "text 2"}, // came to nothing: asked more rarely from now on
		{"2026-03-02T13:00:00Z", "In short", "Corrected.", 3, "text 2"},
		{"2026-03-02T14:00:00Z", "In short", "Corrected again.", 4, "text 3"},
	} {
		h.clock.add(61 * time.Minute)
		s.set("/page/1", says(story(1, step.page), "Content-Type", "text/html"))
		s.set("/feed", says(atom(step.updated, step.teaser)))
		h.check(sub.ID)
		if got := h.texts()["Teaser 1"]; s.count("/page/1") != step.asked || got != step.version {
			t.Errorf("step %d: asked %d times, %s; want %d, %s", i, s.count("/page/1"), got, step.asked, step.version)
		}
	}
}

// TestKnown subscribes to a feed whose articles the archive has.
func TestKnown(t *testing.T) {
	s := newSite(t)
	h := reading(t, s)
	s.set("/page/1", says(story(1, "First."), "Content-Type", "text/html"))
	s.set("/page/2", says(story(2, "Second."), "Content-Type", "text/html"))
	s.set("/feed", says(rss(s.teaser(1, ""), s.teaser(2, ""))))
	sub := h.add(s.URL + "/feed")
	h.check(sub.ID)
	id, err := h.Lookup(ctx, news.URLKey(strings.TrimPrefix(s.URL, "http://")+"/page/2"))
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Remove(ctx, id, "by mistake", false); err != nil {
		t.Fatal(err)
	}
	if err := h.Feeds.Unsubscribe(ctx, sub.ID); err != nil {
		t.Fatal(err)
	}
	sub = h.add(s.URL + "/feed")
	if rep := h.check(sub.ID); rep.Added+rep.Versions+rep.Refused+rep.Pages != 0 || s.count("/page/1") != 1 || s.count("/page/2") != 1 || rep.Subscription.State.Waiting != 0 {
		t.Errorf("a feed of articles that the archive has: %+v", rep)
	}
}

func TestFeedOnly(t *testing.T) {
	s := newSite(t)
	h := reading(t, s)
	s.set("/feed", says(rss(s.teaser(1, ""), full(2, "The ferry was late."))))
	got, err := h.Feeds.Add(ctx, news.Subscription{Address: s.URL + "/feed", FeedOnly: true, Outlet: "The Evening Post"})
	if err != nil || got.Subscription.State.Waiting != 0 {
		t.Fatalf("Add = %+v, %v", got, err)
	}
	if diff := cmp.Diff(map[string]string{"Teaser 1": "stub 1", "Story 2": "text 1"}, h.texts()); diff != "" {
		t.Errorf("articles (-want +got):\n%s", diff)
	}
	if os, err := h.Outlets(ctx); err != nil || len(os) != 1 || os[0].Name != "The Evening Post" {
		t.Errorf("outlets = %v, %v", os, err)
	}
}

// TestLarge reads a feed of 5,000 entries, and then again.
func TestLarge(t *testing.T) {
	s := newSite(t)
	h := reading(t, s)
	var items []string
	for i := range 5000 {
		items = append(items, full(i, fmt.Sprintf("Number %d of many.", i)))
	}
	s.set("/feed", says(rss(items...)))
	begin := time.Now()
	sub := h.add(s.URL + "/feed")
	if sub.State.New != 5000 || sub.State.Seen != 5000 {
		t.Fatalf("state = %+v", sub.State)
	}
	first := time.Since(begin)
	begin = time.Now()
	items[7] = full(7, "Another text.")
	s.set("/feed", says(rss(items...)))
	rep := h.check(sub.ID)
	if rep.Added != 0 || rep.Versions != 1 || rep.Unchanged != 0 {
		t.Errorf("a second time: %+v", rep)
	}
	t.Logf("5,000 entries in %v, again in %v", first.Round(time.Millisecond), time.Since(begin).Round(time.Millisecond))
	// What is remembered stays bounded when all of them go.
	for range 3 {
		s.set("/feed", says(rss(full(1, "The last."))))
		h.check(sub.ID)
	}
	if es, err := h.SubscriptionEntries(ctx, sub.ID); err != nil || len(es) > 1+maxGone {
		t.Errorf("%d entries are remembered, %v", len(es), err)
	}
}

// TestKilled ends a poll at each of its requests and writes in turn. Whatever was kept
// by then, the next poll has all of it.
func TestKilled(t *testing.T) {
	s := newSite(t)
	var items []string
	for i := range 4 {
		items = append(items, full(i, "A text."), s.teaser(10+i, ""))
		s.set(fmt.Sprintf("/page/%d", 10+i), says(story(10+i, "A page."), "Content-Type", "text/html"))
	}
	s.set("/feed", tagged(`"one"`, rss(items...)))
	whole := reading(t, s)
	whole.check(whole.add(s.URL + "/feed").ID)
	want := whole.texts()
	if len(want) != 8 {
		t.Fatalf("%v", want)
	}
	for n := 1; ; n++ {
		h := reading(t, s)
		sub, _, err := h.Store.Subscribe(ctx, news.Subscription{Address: s.URL + "/feed", Owner: news.LocalOwner})
		if err != nil {
			t.Fatal(err)
		}
		killed, kill := context.WithCancel(ctx)
		left := n
		b := &breaking{Archive: h.Store, Fetcher: h.o.Fetch, step: func() {
			if left--; left == 0 {
				kill()
			}
		}}
		h.o.Archive, h.o.Fetch = b, b
		_, err = h.Feeds.Check(killed, sub.ID, true)
		kill()
		if err == nil {
			if n < 8 {
				t.Errorf("the poll had only %d steps", n)
			}
			break
		}
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("step %d: %v", n, err)
		}
		for id, text := range h.texts() {
			if text != want[id] {
				t.Errorf("killed at step %d: %s is %s, want %s", n, id, text, want[id])
			}
		}
		left = 1 << 30
		h.check(sub.ID)
		if got := h.texts(); !maps.Equal(got, want) {
			t.Errorf("killed at step %d, then: %v, want %v", n, got, want)
		}
		h.verify()
		_ = h.Close()
	}
}
