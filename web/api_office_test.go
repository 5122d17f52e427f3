package web

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"backfile/internal/news"
)

// backOffice is what an archive's own machine has beside reading: feeds, runs, upkeep,
// corrections and inputs that were broken off, one of each.
type backOffice struct {
	sub news.Subscription
	run news.Run
}

func (o *backOffice) Subscriptions(context.Context, string) ([]news.Subscription, error) {
	return []news.Subscription{o.sub}, nil
}

func (o *backOffice) Subscription(_ context.Context, id news.SubscriptionID) (news.Subscription, error) {
	if id != o.sub.ID {
		return news.Subscription{}, news.ErrNotFound
	}
	return o.sub, nil
}

// AddFeed finds two feeds at a page, knows its own, and makes any other.
func (o *backOffice) AddFeed(_ context.Context, wish news.Subscription) (AddedFeed, error) {
	switch wish.Address {
	case "https://page.example/":
		return AddedFeed{Found: []FoundFeed{{URL: "https://page.example/a", Title: "A", Type: "application/rss+xml"}, {URL: "https://page.example/b"}}}, nil
	case o.sub.Address:
		return AddedFeed{Subscription: o.sub}, nil
	}
	wish.ID, wish.Created = o.sub.ID, testNow
	return AddedFeed{Subscription: wish, Made: true, Report: FeedReport{Subscription: wish, Added: 2, Pages: 2}}, nil
}

func (o *backOffice) SetSubscription(_ context.Context, sub news.Subscription) error {
	o.sub = sub
	return nil
}

func (o *backOffice) Unsubscribe(context.Context, news.SubscriptionID) error { return nil }

func (o *backOffice) CheckFeed(context.Context, news.SubscriptionID, bool) (FeedReport, error) {
	return FeedReport{Subscription: o.sub, NotModified: true}, nil
}

func (o *backOffice) OlderEntries(_ context.Context, _ news.SubscriptionID, progress func(FeedReport)) (FeedReport, error) {
	progress(FeedReport{Subscription: o.sub, Added: 1, Documents: 1})
	return FeedReport{Subscription: o.sub, Added: 3, Documents: 2}, nil
}

func (o *backOffice) StartOlder(context.Context, news.SubscriptionID) error { return nil }

func (o *backOffice) FeedProgress(news.SubscriptionID) (FeedReport, bool) { return FeedReport{}, false }

func (o *backOffice) ImportFeeds(context.Context, io.Reader) (ImportedFeeds, error) {
	return ImportedFeeds{Added: 1, Known: 1, Refused: []news.Refusal{{Source: "https://none.example/", Reason: "is no feed"}}}, nil
}

func (o *backOffice) ExportFeeds(_ context.Context, _, _ string, w io.Writer) error {
	_, err := io.WriteString(w, `<opml version="2.0"/>`)
	return err
}

func (o *backOffice) Running() bool                 { return true }
func (o *backOffice) Busy(news.SubscriptionID) bool { return false }

func (o *backOffice) Runs(context.Context, news.RunID, int) ([]news.Run, error) {
	return []news.Run{o.run}, nil
}

func (o *backOffice) Run(_ context.Context, id news.RunID) (news.Run, error) {
	if id != o.run.ID {
		return news.Run{}, news.ErrNotFound
	}
	return o.run, nil
}

func (o *backOffice) PreviewUndo(context.Context, news.RunID, bool) (news.UndoCounts, error) {
	return news.UndoCounts{Articles: 2, Shared: 1}, nil
}

func (o *backOffice) UndoRun(_ context.Context, _ news.RunID, reason string) (news.Run, error) {
	run := o.run
	run.Undo = &news.Undo{At: testNow, Reason: reason, Done: true, UndoCounts: news.UndoCounts{Articles: 2, Bookmarked: 1}}
	return run, nil
}

func (o *backOffice) RedoRun(ctx context.Context, id news.RunID) (news.Run, error) {
	return o.UndoRun(ctx, id, "")
}

func (o *backOffice) RunGoesOn(news.RunID) bool { return false }

func (o *backOffice) Remove(context.Context, news.ArticleID, string, bool) error { return nil }

func (o *backOffice) Verify(_ context.Context, report func(string)) error {
	report("the original of 3tsabc is not there")
	return nil
}

func (o *backOffice) Reindex(context.Context) error { return nil }

func (o *backOffice) Export(_ context.Context, w io.Writer) error {
	_, err := io.WriteString(w, `{"type":"list","name":"Kept"}`+"\n")
	return err
}

func (o *backOffice) ExportOriginals(ctx context.Context, w io.Writer) error { return o.Export(ctx, w) }
func (o *backOffice) Backup(ctx context.Context, w io.Writer) error          { return o.Export(ctx, w) }

func (o *backOffice) Progress(_ context.Context, input string) (news.Progress, error) {
	if input != "crawl.wacz" {
		return news.Progress{}, news.ErrNotFound
	}
	return news.Progress{Input: input, Part: "archive/a.warc.gz", Offset: 70, Inflated: 300, Done: 90, Size: 400, At: testNow}, nil
}

func (o *backOffice) Corrections() *news.Corrections {
	return news.NewCorrections([]news.Event{{ID: "e1", Type: news.EventCovered, At: testNow, About: "northern-courier", Data: []byte(`{"from":"1954-01-01","to":"1954-02-01","reason":"complete"}`)}})
}

func (o *backOffice) Correct(_ context.Context, es []news.Event) ([]news.Event, error) {
	if es[0].About == "" {
		return nil, news.ErrInvalid
	}
	es[0].ID, es[0].At, es[0].Owner = "e2", testNow, news.LocalOwner
	return es, nil
}

func (o *backOffice) EntitiesWithWord(context.Context, news.Kind, string, int) ([]news.Entity, error) {
	return nil, nil
}

func (o *backOffice) Unmerged(context.Context, news.EntityID) (news.Entity, error) {
	return news.Entity{}, news.ErrNotFound
}

// officeServer serves an archive with everything; fill puts ids into an address.
type officeServer struct {
	*httptest.Server
	fill func(string) string
}

// office is an archive with every part that the API asks, a story, a wire family, an
// article that has every field, one that was removed, and a receipt.
func office(t *testing.T) (*Server, officeServer) {
	t.Helper()
	m, council := harbour(t)
	more, told := flood(t)
	for id, vs := range more.versions {
		m.versions[id], m.arrived = vs, append(m.arrived, id)
	}
	for id, e := range more.entities {
		m.entities[id] = e
	}
	m.stories = more.stories
	for _, id := range told[:2] {
		m.versions[id][0].Family = told[1]
	}
	full := m.versions[council][1].Article
	full.URL, full.GUID, full.ArticleKind, full.Understood = "https://post.example/1953/full", "post:1953:7", news.Opinion, "7"
	full.Doubts = []news.Doubt{{Field: "updated", Text: "0001-01-01", From: "metadata", Reason: "unset"}}
	full.Usage = &news.Usage{Reason: "released", Version: "2", At: testNow}
	full.Dates = []news.When{{Text: "Friday", Start: 10, End: 16, Field: "dateline", From: "1953-03-13", To: "1953-03-13", Precision: news.Day}}
	whole := m.add(full)
	gone := m.add(news.Article{Headline: "Taken away"})
	m.gone[gone] = &news.Gone{ID: gone, At: testNow, Reason: "by request"}
	b := &backOffice{
		sub: news.Subscription{ID: news.SubscriptionID(council), Address: "https://post.example/feed", Title: "Post", Owner: news.LocalOwner, Every: 60, Created: testNow,
			State: news.SubscriptionState{Checked: testNow, Status: http.StatusOK, Days: map[string]int{"2026-11-22": 3}, Older: "https://post.example/feed?p=2"}},
		run: *news.NewRun(testNow, news.RunIngest, "cuttings"),
	}
	b.run.Last, b.run.Ended, b.run.Added = testNow, testNow.Add(time.Second), 3
	talk := &talkative{memory: m}
	q, _, err := m.SaveSearch(t.Context(), news.SavedSearch{Owner: news.LocalOwner, Name: "Storms", Query: "storm", Looked: news.Look{Cursor: "0"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, to := range []string{"desk@post.example", "stopped@post.example"} {
		if _, _, err := m.SetAlert(t.Context(), news.Alert{Owner: news.LocalOwner, Search: q.ID, Address: to, Every: news.Daily, Cursor: "0"}); err != nil {
			t.Fatal(err)
		}
	}
	var lists []news.ListID
	for _, name := range []string{"Harbour file", "For everybody"} {
		l, err := m.CreateList(t.Context(), news.LocalOwner, name)
		if err != nil {
			t.Fatal(err)
		}
		for i, id := range []news.ArticleID{council, whole, gone} {
			if err := m.Bookmark(t.Context(), l.ID, news.Bookmark{Article: id, Version: 1, Added: testNow, Headline: "As it was", Note: "for the series", Tags: []string{"pier"}[:i%2]}); err != nil {
				t.Fatal(err)
			}
		}
		lists = append(lists, l.ID)
	}
	if err := m.DescribeList(t.Context(), lists[1], "All of it.", true); err != nil {
		t.Fatal(err)
	}
	m.recipients[1].Stopped = testNow
	m.recipients[0].Failures, m.recipients[0].Error, m.recipients[0].Next = 2, "the server gave no answer", testNow.Add(time.Hour)
	m.alerts[0].Sent, m.alerts[0].New = testNow, 3
	s := New(Config{
		Articles: m, Versions: m, Lookup: m, Entities: m, Names: m, Lists: m, Search: m, Stream: m, Saved: m, Alerts: m, Mail: true, Receipts: m, Annotations: m, Marks: m, State: m, Families: m, Authors: m, Stories: m, Stem: m.stem,
		Suggest: talk, Vocabulary: talk, Past: talk, Intake: &clerk{memory: m}, Feeds: b, Runs: b, Upkeep: b, Corrections: b, Progress: b,
		Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return testNow },
	})
	srv := httptest.NewServer(s.Handler())
	t.Cleanup(srv.Close)
	return s, officeServer{srv, func(path string) string {
		path = strings.NewReplacer("{private}", string(lists[0]), "{public}", string(lists[1])).Replace(path)
		receipt := ""
		if len(m.receipts) > 0 {
			receipt = string(m.receipts[0].ID)
		}
		return strings.NewReplacer("{council}", string(council), "{whole}", string(whole), "{gone}", string(gone), "{story}", string(told[1]),
			"{feed}", string(b.sub.ID), "{run}", string(b.run.ID), "{receipt}", receipt).Replace(path)
	}}
}

// officeCalls are what TestOpenAPIAnswers asks: a method and an address, the path as the
// description has it, what is sent and the status wanted. far comes by way of a proxy.
var officeCalls = []struct {
	call, at, body string
	status         int
	far            bool
}{
	{"GET /search", "/search", "", 200, false},
	{"GET /search?q=harbour&person=thomas-keir&page=no&sort=best&per_page=2", "/search", "", 200, false},
	{"GET /search?q=nosuchfield:x+%22open&facets=0&snippets=0&group=0", "/search", "", 200, false},
	{"GET /search?q=nothinghasthis", "/search", "", 200, false},
	{"GET /search?q=harbor", "/search", "", 200, false},
	{"GET /search?q=storm+pier+harbour+winter", "/search", "", 200, false},
	{"GET /suggest?q=harb", "/suggest", "", 200, false},
	{"GET /suggest?q=tho", "/suggest", "", 200, false},
	{"GET /suggest?q=%ff", "/suggest", "", 422, false},
	{"GET /timeline?q=storm&with=pier&by=year", "/timeline", "", 200, false},
	{"GET /timeline?by=decade&from=x", "/timeline", "", 200, false},
	{"GET /particular?q=storm&page=x", "/particular", "", 200, false},
	{"GET /articles/{council}", "/articles/{id}", "", 200, false},
	{"GET /articles/{whole}", "/articles/{id}", "", 200, false},
	{"GET /articles/{gone}", "/articles/{id}", "", 410, false},
	{"GET /articles/none", "/articles/{id}", "", 404, false},
	{"DELETE /articles/{council}?reason=asked", "/articles/{id}", "", 200, false},
	{"DELETE /articles/{council}", "/articles/{id}", "", 422, false},
	{"DELETE /articles/{council}?reason=asked", "/articles/{id}", "", 403, true},
	{"POST /articles", "/articles", "New pier", 201, false},
	{"POST /articles", "/articles", "same as before", 200, false},
	{"POST /articles", "/articles", "kill it", 200, false},
	{"POST /articles", "/articles", "refuse it", 422, false},
	{"GET /lookup?url=https://post.example/1953/pier", "/lookup", "", 200, false},
	{"GET /lookup", "/lookup", "", 422, false},
	{"POST /corrections", "/corrections", `{"event":"hidden","about":"x","data":{"reason":"no person"}}`, 201, false},
	{"POST /corrections", "/corrections", `{"event":"hidden"}`, 422, false},
	{"POST /capture", "/capture", `{"url":"https://a.example/1"}`, 201, false},
	{"POST /capture", "/capture", `{"url":"https://a.example/2\nsame"}`, 200, false},
	{"POST /capture", "/capture", `{}`, 422, false},
	{"POST /ingest?wait=1", "/ingest", "One\nsame\nrefuse\nkill", 200, false},
	{"GET /ingest/progress?input=crawl.wacz", "/ingest/progress", "", 200, false},
	{"GET /ingest/progress?input=none", "/ingest/progress", "", 404, false},
	{"GET /stories", "/stories", "", 200, false},
	{"GET /stories/{story}", "/stories/{id}", "", 200, false},
	{"GET /stories/none", "/stories/{id}", "", 404, false},
	{"GET /lists", "/lists", "", 200, false},
	{"GET /lists", "/lists", "", 403, true},
	{"GET /lists/{public}", "/lists/{id}", "", 200, true},
	{"GET /lists/{private}?per_page=2", "/lists/{id}", "", 200, false},
	{"GET /lists/{private}?page=9", "/lists/{id}", "", 200, false},
	{"GET /lists/{private}", "/lists/{id}", "", 403, true},
	{"GET /lists/none", "/lists/{id}", "", 404, false},
	{"GET /authors", "/authors", "", 200, true},
	{"GET /authors?n=1&after=i", "/authors", "", 200, false},
	{"GET /authors?outlet=harbour-post", "/authors", "", 200, false},
	{"GET /authors?outlet=none", "/authors", "", 404, false},
	{"GET /authors/margaret-innes", "/authors/{slug}", "", 200, true},
	{"GET /authors/margaret-innes?from=1953&to=1953-12&outlet=harbour-post&per_page=1", "/authors/{slug}", "", 200, false},
	{"GET /authors/margaret-innes?outlet=none", "/authors/{slug}", "", 200, false},
	{"GET /authors/nobody", "/authors/{slug}", "", 404, false},
	{"GET /alerts", "/alerts", "", 200, false},
	{"GET /alerts", "/alerts", "", 403, true},
	{"GET /alerts/letters", "/alerts/letters", "", 200, false},
	{"GET /alerts/letters", "/alerts/letters", "", 403, true},
	{"POST /receipts?q=storm&person=thomas-keir", "/receipts", "", 201, false},
	{"GET /receipts", "/receipts", "", 200, false},
	{"GET /receipts", "/receipts", "", 403, true},
	{"GET /receipts/{receipt}", "/receipts/{id}", "", 200, false},
	{"GET /receipts/{receipt}?since=0", "/receipts/{id}", "", 200, true},
	{"GET /coverage", "/coverage", "", 200, false},
	{"GET /coverage?outlet=northern-courier", "/coverage", "", 200, false},
	{"GET /coverage?outlet=none", "/coverage", "", 404, false},
	{"GET /subscriptions", "/subscriptions", "", 200, false},
	{"GET /subscriptions", "/subscriptions", "", 403, true},
	{"POST /subscriptions", "/subscriptions", `{"address":"https://post.example/feed"}`, 200, false},
	{"POST /subscriptions", "/subscriptions", `{"address":"https://new.example/feed","every_minutes":30}`, 201, false},
	{"POST /subscriptions", "/subscriptions", `{"address":"https://page.example/"}`, 300, false},
	{"POST /subscriptions", "/subscriptions", `{"adress":""}`, 422, false},
	{"GET /subscriptions/{feed}", "/subscriptions/{id}", "", 200, false},
	{"PATCH /subscriptions/{feed}", "/subscriptions/{id}", `{"paused":true}`, 200, false},
	{"POST /subscriptions/{feed}/check", "/subscriptions/{id}/check", "", 200, false},
	{"POST /subscriptions/{feed}/older", "/subscriptions/{id}/older", "", 200, false},
	{"DELETE /subscriptions/{feed}", "/subscriptions/{id}", "", 200, false},
	{"GET /subscriptions.opml", "/subscriptions.opml", "", 200, false},
	{"POST /subscriptions.opml", "/subscriptions.opml", "<opml/>", 200, false},
	{"GET /runs", "/runs", "", 200, false},
	{"GET /runs/{run}", "/runs/{id}", "", 200, false},
	{"POST /runs/{run}/undo?reason=wrong+folder", "/runs/{id}/undo", "", 200, false},
	{"POST /runs/{run}/undo?dry=1", "/runs/{id}/undo", "", 200, false},
	{"GET /export", "/export", "", 200, false},
	{"GET /export", "/export", "", 403, true},
	{"GET /export/originals", "/export/originals", "", 200, false},
	{"GET /backup", "/backup", "", 200, false},
	{"GET /verify", "/verify", "", 200, false},
	{"POST /reindex", "/reindex", "", 202, false},
	{"POST /reindex?wait=1", "/reindex", "", 200, false},
	{"GET /openapi.json", "/openapi.json", "", 200, true},
}
