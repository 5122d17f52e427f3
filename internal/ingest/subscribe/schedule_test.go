package subscribe

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"backfile/internal/ingest/item"
	"backfile/internal/news"
)

// eventually waits for what another goroutine does.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatalf("it never came to it: %s", what)
}

// TestRun runs the schedule over a day of a clock that the test sets.
func TestRun(t *testing.T) {
	s := newSite(t)
	h := reading(t, s)
	for i := range 3 {
		s.set(fmt.Sprintf("/feed%d", i), says(rss(full(i, "The harbour wall held."), s.teaser(10+i, ""))))
		s.set(fmt.Sprintf("/page/%d", 10+i), says(story(10+i, "A page."), "Content-Type", "text/html"))
	}
	subs := make([]news.Subscription, 3)
	for i := range subs {
		subs[i] = h.add(fmt.Sprintf("%s/feed%d", s.URL, i))
	}
	subs[2].Paused = true
	if err := h.Feeds.SetSubscription(ctx, subs[2]); err != nil {
		t.Fatal(err)
	}
	running, stop := context.WithCancel(ctx)
	var wg sync.WaitGroup
	wg.Go(func() { h.Feeds.Run(running) })
	eventually(t, "the pages that wait are fetched", func() bool { return s.count("/page/10") == 1 && s.count("/page/11") == 1 })
	if s.count("/page/12") != 0 {
		t.Error("the page of a feed that is paused was fetched")
	}
	if !h.Running() {
		t.Error("Running = false")
	}
	// Half a day later all but the paused one are due.
	before := s.count("/feed2")
	h.clock.add(25 * time.Hour)
	h.notify()
	eventually(t, "the feeds are read again", func() bool { return s.count("/feed0") == 2 && s.count("/feed1") == 2 })
	// A new one is read, and its pages, though nobody waits for the clock.
	s.set("/late", says(rss(s.teaser(20, ""))))
	s.set("/page/20", says(story(20, "A page."), "Content-Type", "text/html"))
	h.add(s.URL + "/late")
	eventually(t, "the page of the new feed is fetched", func() bool { return s.count("/page/20") == 1 })
	// Resumed, it is due at once.
	subs[2].Paused = false
	if err := h.Feeds.SetSubscription(ctx, subs[2]); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the one that was paused is read", func() bool { return s.count("/feed2") == before+1 && s.count("/page/12") == 1 })
	eventually(t, "all is kept", func() bool { return len(h.texts()) == 7 })
	stop()
	wg.Wait()
	if h.Running() {
		t.Error("Running = true behind its end")
	}
	asked := s.count("/feed0")
	h.clock.add(100 * day)
	if h.notify(); s.count("/feed0") != asked {
		t.Error("a feed was read when the schedule had ended")
	}
	h.verify()
}

// TestOnePoll has many ask for one feed at a time: it is asked once at a time.
func TestOnePoll(t *testing.T) {
	s := newSite(t)
	h := reading(t, s)
	var mu sync.Mutex
	at, most := 0, 0
	body := rss(full(1, "The harbour wall held."))
	s.set("/feed", func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		at++
		most = max(most, at)
		mu.Unlock()
		time.Sleep(20 * time.Millisecond)
		mu.Lock()
		at--
		mu.Unlock()
		fmt.Fprint(w, body)
	})
	sub := h.add(s.URL + "/feed")
	var wg sync.WaitGroup
	for range 5 {
		wg.Go(func() {
			if _, err := h.Check(ctx, sub.ID, true); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if most != 1 || h.texts()["Story 1"] != "text 1" {
		t.Errorf("%d at a time, %v", most, h.texts())
	}
	// Who waits for a turn may go.
	short, cancel := context.WithTimeout(ctx, 5*time.Millisecond)
	defer cancel()
	release, _ := h.take(sub.ID)
	if _, err := h.Check(short, sub.ID, true); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Check = %v, want its deadline", err)
	}
	release()
}

// TestFullDisk keeps a feed where it was when the archive takes nothing in.
func TestFullDisk(t *testing.T) {
	s := newSite(t)
	h := reading(t, s)
	s.set("/feed", tagged(`"one"`, rss(full(1, "The harbour wall held."))))
	sub := h.add(s.URL + "/feed")
	s.set("/feed", tagged(`"two"`, rss(full(2, "The ferry was late."), full(1, "The harbour wall held."))))
	h.o.Archive = fullDisk{h.Store}
	if _, err := h.Check(ctx, sub.ID, true); !errors.Is(err, news.ErrFull) {
		t.Fatalf("Check = %v, want ErrFull", err)
	}
	sub, _ = h.Feeds.Subscription(ctx, sub.ID)
	if st := sub.State; st.ETag != `"one"` || !strings.Contains(st.Error, "disk is full") || st.Failures != 0 || !st.Due.After(start) {
		t.Errorf("state = %+v", st)
	}
	h.o.Archive = h.Store
	if rep := h.check(sub.ID); rep.Added != 1 || rep.Subscription.State.Error != "" || rep.Subscription.State.ETag != `"two"` {
		t.Errorf("with room again: %+v", rep)
	}
}

func TestPace(t *testing.T) {
	records := func(hours ...int) []item.Record {
		var out []item.Record
		for _, n := range hours {
			out = append(out, item.Record{Article: news.Article{Published: news.DateOf(start.Add(-time.Duration(n)*time.Hour), news.FromMetadata)}})
		}
		return out
	}
	for _, tc := range []struct {
		name string
		got  time.Duration
		want time.Duration
	}{
		{"nothing known", paceOf(records()), time.Hour},
		{"one entry", paceOf(records(3)), time.Hour},
		{"every four hours", paceOf(records(0, 4, 8, 12)), 2 * time.Hour},
		{"in any order", paceOf(records(12, 0, 8, 4)), 2 * time.Hour},
		{"a wire", paceOf(records(0, 0, 0, 0, 1)), 15 * time.Minute},
		{"a monthly", paceOf(records(0, 700, 1400)), day},
		{"quicker", paced(time.Hour, true), 40 * time.Minute},
		{"slower", paced(time.Hour, false), 75 * time.Minute},
		{"never too quick", paced(16*time.Minute, true), 15 * time.Minute},
		{"never too slow", paced(day, false), day},
		{"as it changes", hints{}.wait(0, time.Hour, 0), time.Hour},
		{"spread", hints{}.wait(0, time.Hour, 1), 66 * time.Minute},
		{"ttl", hints{rest: 3 * time.Hour}.wait(0, time.Hour, 0), 3 * time.Hour},
		{"a ttl of a month", hints{rest: 30 * day}.wait(0, time.Hour, 0), day},
		{"max-age", hints{age: 2 * time.Hour}.wait(0, time.Hour, 0), 2 * time.Hour},
		{"a person's word", hints{rest: 3 * time.Hour, age: 3 * time.Hour}.wait(30*time.Minute, time.Hour, 0), 30 * time.Minute},
		{"Retry-After before all", hints{after: 5 * time.Hour}.wait(30*time.Minute, time.Hour, 0), 5 * time.Hour},
	} {
		if tc.got != tc.want {
			t.Errorf("%s: %v, want %v", tc.name, tc.got, tc.want)
		}
	}
	for n := range 100 {
		for _, spread := range []float64{0, 0.5, 1} {
			if d := backOff(n, spread); d < 12*time.Minute || d > 29*time.Hour {
				t.Errorf("backOff(%d, %v) = %v", n, spread, d)
			}
		}
	}
}

// TestHints reads what feeds and servers ask.
func TestHints(t *testing.T) {
	for _, tc := range []struct {
		name, extra string
		headers     []string
		want        time.Duration
	}{
		{"ttl", "<ttl>240</ttl>", nil, 4 * time.Hour},
		{"updatePeriod", `<sy:updatePeriod xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">daily</sy:updatePeriod><sy:updateFrequency xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">4</sy:updateFrequency>`, nil, 6 * time.Hour},
		{"max-age", "", []string{"Cache-Control", "public, max-age=10800"}, 3 * time.Hour},
		{"nonsense", "<ttl>soon</ttl>", []string{"Cache-Control", "max-age=-1"}, 3 * time.Hour / 4},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := newSite(t)
			h := reading(t, s)
			h.o.Spread = func() float64 { return 0 }
			s.set("/feed", says(strings.Replace(rss(full(1, "A."), full(2, "B.")), "<item>", tc.extra+"<item>", 1), tc.headers...))
			sub := h.add(s.URL + "/feed")
			want := max(tc.want, 30*time.Minute) // their entries are an hour apart
			if tc.name == "nonsense" {
				want = 30 * time.Minute
			}
			if got := sub.State.Due.Sub(start); got != want {
				t.Errorf("due in %v, want %v", got, want)
			}
		})
	}
}
