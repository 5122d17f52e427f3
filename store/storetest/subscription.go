package storetest

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"backfile/internal/news"
)

const feedAddress = "https://harbour.example/feed.xml"

func subscribe(t testing.TB, s Store, address string) news.Subscription {
	t.Helper()
	sub, made, err := s.Subscribe(ctx, news.Subscription{Address: address, Owner: news.LocalOwner})
	if err != nil || !made {
		t.Fatalf("Subscribe(%s) = %+v, %v, %v", address, sub, made, err)
	}
	return sub
}

func testSubscriptions(t *testing.T, s Store) {
	sub, made, err := s.Subscribe(ctx, news.Subscription{Address: " " + feedAddress + "#top", Title: " Harbour  news ", Outlet: "The Harbour Light", Owner: news.LocalOwner, Every: 60})
	if err != nil || !made || !news.ValidID(string(sub.ID)) || sub.Address != feedAddress || sub.Title != "Harbour news" || sub.Created.IsZero() {
		t.Fatalf("Subscribe = %+v, %v, %v", sub, made, err)
	}
	again, made, err := s.Subscribe(ctx, news.Subscription{Address: feedAddress, Owner: news.LocalOwner})
	if err != nil || made || again.ID != sub.ID {
		t.Errorf("subscribing again = %+v, %v, %v, want the first", again, made, err)
	}
	other, made, err := s.Subscribe(ctx, news.Subscription{Address: feedAddress, Owner: "somebody"})
	if err != nil || !made || other.ID == sub.ID {
		t.Errorf("somebody else's = %+v, %v, %v", other, made, err)
	}
	second := subscribe(t, s, "https://harbour.example/sport.xml")
	all, err := s.Subscriptions(ctx, news.LocalOwner)
	if err != nil || len(all) != 2 || all[0].ID != sub.ID || all[1].ID != second.ID {
		t.Errorf("Subscriptions = %+v, %v", all, err)
	}

	// A poll adds nothing to the feed, and takes the place of the one before.
	at := head(t, s)
	state := news.SubscriptionState{Title: "Harbour", Checked: day, Good: day, Due: day.Add(time.Hour), Status: 200, ETag: `W/"1"`, Days: map[string]int{"2024-03-05": 2}, New: 2, Seen: 3}
	entries := []news.SubscriptionEntry{{Key: "a", Print: "1", Page: &news.PendingPage{URL: "https://harbour.example/1", Due: day, Stub: []byte(`{"a":1}`)}}, {Key: "b", Print: "2"}}
	for i := range 3 {
		if err := s.NotePoll(ctx, sub.ID, news.Poll{State: state, Entries: entries[:2-i%2]}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.NotePoll(ctx, sub.ID, news.Poll{State: state, Moved: "https://harbour.example/moved.xml"}); err != nil {
		t.Fatal(err)
	}
	if n := behind(t, s, at); n != 0 {
		t.Errorf("polls added %d rows to the feed", n)
	}
	got, err := s.Subscription(ctx, sub.ID)
	if err != nil || got.Address != "https://harbour.example/moved.xml" || got.Given != feedAddress || got.Every != 60 {
		t.Errorf("Subscription = %+v, %v", got, err)
	}
	if diff := cmp.Diff(state, got.State); diff != "" {
		t.Errorf("state (-want +got):\n%s", diff)
	}
	if es, err := s.SubscriptionEntries(ctx, sub.ID); err != nil || cmp.Diff(entries, es) != "" {
		t.Errorf("SubscriptionEntries = %+v, %v", es, err)
	}
	if kept, made, err := s.Subscribe(ctx, news.Subscription{Address: feedAddress, Owner: news.LocalOwner}); err != nil || made || kept.ID != sub.ID {
		t.Errorf("subscribing to where it was = %+v, %v, %v, want the one that has moved", kept, made, err)
	}

	// What a person says leaves the state alone; resuming makes it due.
	got.Title, got.Paused = "The harbour", true
	got.State = news.SubscriptionState{}
	if err := s.SetSubscription(ctx, got); err != nil {
		t.Fatal(err)
	}
	if got, err = s.Subscription(ctx, sub.ID); err != nil || !got.Paused || got.Title != "The harbour" || got.State.ETag != state.ETag || !got.State.Due.Equal(state.Due) {
		t.Errorf("a paused one = %+v, %v", got, err)
	}
	state.Ended, state.Failures, state.Error = true, 3, "gone"
	if err := s.NotePoll(ctx, sub.ID, news.Poll{State: state}); err != nil {
		t.Fatal(err)
	}
	got.Paused = false
	if err := s.SetSubscription(ctx, got); err != nil {
		t.Fatal(err)
	}
	if got, err = s.Subscription(ctx, sub.ID); err != nil || got.State.Ended || got.State.Failures != 0 || got.State.Error != "" || got.State.Due.Equal(state.Due) {
		t.Errorf("a resumed one = %+v, %v", got, err)
	}
	got.Address = feedAddress
	if err := s.SetSubscription(ctx, got); err != nil {
		t.Fatal(err)
	}
	if got, err = s.Subscription(ctx, sub.ID); err != nil || got.Address != feedAddress || got.Given != "" || got.State.ETag != "" {
		t.Errorf("one of another address = %+v, %v", got, err)
	}

	if err := s.Unsubscribe(ctx, sub.ID); err != nil {
		t.Fatal(err)
	}
	if es, err := s.SubscriptionEntries(ctx, sub.ID); err != nil || len(es) != 0 {
		t.Errorf("the entries of one that is gone = %+v, %v", es, err)
	}
	if all, err := s.Subscriptions(ctx, news.LocalOwner); err != nil || len(all) != 1 {
		t.Errorf("Subscriptions = %+v, %v, want one", all, err)
	}
}

func testSubscriptionErrors(t *testing.T, s Store) {
	sub := subscribe(t, s, feedAddress)
	for _, bad := range []news.Subscription{
		{}, {Address: feedAddress}, {Address: "harbour.example", Owner: "a"}, {Address: "ftp://harbour.example/", Owner: "a"}, {Address: "https:///x", Owner: "a"},
		{Address: "https://a:b@harbour.example/", Owner: "a"}, {Address: feedAddress + strings.Repeat("x", 2000), Owner: "a"},
		{Address: feedAddress, Owner: "a", Every: 1}, {Address: feedAddress, Owner: "a", Outlet: "!"}, {Address: feedAddress, Owner: "a\x00"},
	} {
		if _, _, err := s.Subscribe(ctx, bad); !errors.Is(err, news.ErrInvalid) {
			t.Errorf("Subscribe(%+v): %v, want ErrInvalid", bad, err)
		}
		bad.ID = sub.ID
		if bad.Address != feedAddress || bad.Owner == "a" && (bad.Every != 0 || bad.Outlet != "") {
			if err := s.SetSubscription(ctx, bad); !errors.Is(err, news.ErrInvalid) {
				t.Errorf("SetSubscription(%+v): %v, want ErrInvalid", bad, err)
			}
		}
	}
	none := news.SubscriptionID(news.NewArticleID("none"))
	for name, err := range map[string]error{
		"SetSubscription": s.SetSubscription(ctx, news.Subscription{ID: none, Address: feedAddress}),
		"NotePoll":        s.NotePoll(ctx, none, news.Poll{Entries: []news.SubscriptionEntry{}}),
		"Unsubscribe":     s.Unsubscribe(ctx, none),
		"nonsense":        s.Unsubscribe(ctx, ""),
	} {
		if !errors.Is(err, news.ErrNotFound) {
			t.Errorf("%s: %v, want ErrNotFound", name, err)
		}
	}
	if _, err := s.Subscription(ctx, none); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("Subscription: %v, want ErrNotFound", err)
	}
}

func testRestoreSubscriptions(t *testing.T, s Store) {
	sub := news.Subscription{ID: news.SubscriptionID(news.NewArticleID("sub")), Address: feedAddress, Title: "Harbour", Every: 30, Paused: true, Created: day,
		State: news.SubscriptionState{Good: day, ETag: "1", LastModified: "x", Due: day, New: 7, Waiting: 3}}
	for i := range 2 {
		if restored, err := s.RestoreSubscription(ctx, sub); err != nil || restored != (i == 0) {
			t.Fatalf("RestoreSubscription = %v, %v", restored, err)
		}
	}
	got, err := s.Subscription(ctx, sub.ID)
	if err != nil || got.Owner != news.LocalOwner || !got.Created.Equal(day) || !got.Paused || got.Every != 30 || got.State.New != 7 {
		t.Errorf("Subscription = %+v, %v", got, err)
	}
	if st := got.State; st.ETag != "" || st.LastModified != "" || st.Waiting != 0 || !st.Due.IsZero() {
		t.Errorf("a restored one = %+v, want it read from the beginning", st)
	}
	twin := sub
	twin.ID = news.SubscriptionID(news.NewArticleID("twin"))
	if restored, err := s.RestoreSubscription(ctx, twin); err != nil || restored {
		t.Errorf("another of that address: %v, %v, want it left out", restored, err)
	}
	for i, bad := range []news.Subscription{{}, {Address: feedAddress}, {ID: "x", Address: feedAddress}, {ID: sub.ID}} {
		if _, err := s.RestoreSubscription(ctx, bad); !errors.Is(err, news.ErrInvalid) {
			t.Errorf("%s: %v, want ErrInvalid", fmt.Sprint(i), err)
		}
	}
}
