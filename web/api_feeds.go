package web

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"time"

	"backfile/internal/news"
)

const (
	pathFeeds = "/api/v1/subscriptions"
	pathOPML  = pathFeeds + ".opml"
)

// feedRoutes are the addresses of subscriptions in the API.
func (s *Server) feedRoutes() []route {
	return []route{
		{"GET " + pathFeeds, s.apiFeeds},
		{"POST " + pathFeeds, s.apiAddFeed},
		{"GET " + pathFeeds + "/{id}", s.apiFeed},
		{"PATCH " + pathFeeds + "/{id}", s.apiSetFeed},
		{"DELETE " + pathFeeds + "/{id}", s.apiRemoveFeed},
		{"POST " + pathFeeds + "/{id}/check", s.apiCheckFeed},
		{"POST " + pathFeeds + "/{id}/older", s.apiOlderEntries},
		{"GET " + pathOPML, s.apiExportFeeds},
		{"POST " + pathOPML, s.apiImportFeeds},
	}
}

// feeds returns the archive's feeds to those who may have them: they are what a
// person chose, and reading one sends requests.
func (s *Server) feeds(r *http.Request) (Feeds, error) {
	if s.Feeds == nil || !isLocal(r) {
		return nil, fail(http.StatusForbidden, "only the machine that the archive runs on may do this")
	}
	return s.Feeds, nil
}

func feedID(r *http.Request) (news.SubscriptionID, error) {
	if !news.ValidID(r.PathValue("id")) {
		return "", news.ErrNotFound
	}
	return news.SubscriptionID(r.PathValue("id")), nil
}

// theFeed is the subscription that the path names.
func (s *Server) theFeed(r *http.Request) (Feeds, news.Subscription, error) {
	f, err := s.feeds(r)
	if err != nil {
		return nil, news.Subscription{}, err
	}
	id, err := feedID(r)
	if err != nil {
		return nil, news.Subscription{}, err
	}
	sub, err := f.Subscription(r.Context(), id)
	return f, sub, err
}

func (s *Server) apiFeeds(w http.ResponseWriter, r *http.Request) error {
	f, err := s.feeds(r)
	if err != nil {
		return err
	}
	all, err := f.Subscriptions(r.Context(), news.LocalOwner)
	if err != nil {
		return err
	}
	if all == nil {
		all = []news.Subscription{}
	}
	writeJSON(w, http.StatusOK, map[string]any{"subscriptions": all, "running": f.Running()})
	return nil
}

func (s *Server) apiFeed(w http.ResponseWriter, r *http.Request) error {
	_, sub, err := s.theFeed(r)
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, sub)
	return nil
}

// feedWish are the fields of a subscription that a person sets. What is absent stays.
type feedWish struct {
	Address  *string `json:"address"`
	Title    *string `json:"title"`
	Outlet   *string `json:"outlet"`
	Every    *int    `json:"every_minutes"`
	FeedOnly *bool   `json:"feed_only"`
	Paused   *bool   `json:"paused"`
}

func (f feedWish) onto(sub *news.Subscription) {
	set(&sub.Address, f.Address)
	set(&sub.Title, f.Title)
	set(&sub.Outlet, f.Outlet)
	set(&sub.Every, f.Every)
	set(&sub.FeedOnly, f.FeedOnly)
	set(&sub.Paused, f.Paused)
}

func set[T any](to, from *T) {
	if from != nil {
		*to = *from
	}
}

// wishOf reads the JSON of a request.
func wishOf(r *http.Request) (f feedWish, err error) {
	b, err := io.ReadAll(r.Body)
	if err != nil {
		return f, err
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(&f); err != nil {
		return f, fail(http.StatusUnprocessableEntity, "the request is no JSON object of address, title, outlet, every_minutes, feed_only and paused")
	}
	return f, nil
}

// apiAddFeed subscribes to a feed and reads it for the first time: 201; 200 for one
// that was subscribed to before; 300 with the feeds of a page that names several.
func (s *Server) apiAddFeed(w http.ResponseWriter, r *http.Request) error {
	f, err := s.feeds(r)
	if err != nil {
		return err
	}
	wish, err := wishOf(r)
	if err != nil {
		return err
	}
	sub := news.Subscription{Owner: news.LocalOwner}
	wish.onto(&sub)
	patient(w)
	got, err := f.AddFeed(r.Context(), sub)
	switch {
	case err != nil:
		return err
	case len(got.Found) > 0:
		writeJSON(w, http.StatusMultipleChoices, map[string]any{"reason": "the page names several feeds: choose one of them", "found": got.Found})
	case got.Made:
		w.Header().Set("Location", pathFeeds+"/"+string(got.Subscription.ID))
		writeJSON(w, http.StatusCreated, got.Report)
	default:
		writeJSON(w, http.StatusOK, FeedReport{Subscription: got.Subscription})
	}
	return nil
}

func (s *Server) apiSetFeed(w http.ResponseWriter, r *http.Request) error {
	f, sub, err := s.theFeed(r)
	if err != nil {
		return err
	}
	wish, err := wishOf(r)
	if err != nil {
		return err
	}
	wish.onto(&sub)
	if err := f.SetSubscription(r.Context(), sub); err != nil {
		return err
	}
	if sub, err = f.Subscription(r.Context(), sub.ID); err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, sub)
	return nil
}

func (s *Server) apiRemoveFeed(w http.ResponseWriter, r *http.Request) error {
	f, sub, err := s.theFeed(r)
	if err != nil {
		return err
	}
	if err := f.Unsubscribe(r.Context(), sub.ID); err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, map[string]string{"id": string(sub.ID), "outcome": "removed"})
	return nil
}

// apiCheckFeed reads a feed now, and the pages that wait, as many as one reading may.
// What is wrong with the feed is in the subscription's state.
func (s *Server) apiCheckFeed(w http.ResponseWriter, r *http.Request) error {
	f, sub, err := s.theFeed(r)
	if err != nil {
		return err
	}
	patient(w)
	rep, err := f.CheckFeed(r.Context(), sub.ID, true)
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, rep)
	return nil
}

// olderLine is one line that /older answers: how far it is, or at the end, with Done,
// what was found.
type olderLine struct {
	FeedReport
	Done   bool   `json:"done,omitempty"`
	Error  string `json:"error,omitempty"`
	Status int    `json:"status,omitempty"`
}

func (s *Server) apiOlderEntries(w http.ResponseWriter, r *http.Request) error {
	f, sub, err := s.theFeed(r)
	if err != nil {
		return err
	}
	if sub.State.Older == "" {
		return fail(http.StatusUnprocessableEntity, "the feed names no older entries")
	}
	patient(w)
	w.Header().Set("Content-Type", "application/jsonl")
	enc := json.NewEncoder(w)
	say := func(l olderLine) {
		_ = enc.Encode(l)
		_ = http.NewResponseController(w).Flush()
	}
	rep, err := f.OlderEntries(r.Context(), sub.ID, func(rep FeedReport) { say(olderLine{FeedReport: rep}) })
	last := olderLine{FeedReport: rep, Done: err == nil}
	if err != nil {
		last.Status, last.Error = statusOf(err)
		if last.Status == http.StatusInternalServerError {
			s.lg.ErrorContext(r.Context(), "fetch older entries", "err", err)
		}
	}
	say(last)
	return nil
}

func (s *Server) apiExportFeeds(w http.ResponseWriter, r *http.Request) error {
	f, err := s.feeds(r)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := f.ExportFeeds(r.Context(), news.LocalOwner, s.Name, &b); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/x-opml; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="backfile-feeds-`+s.Now().UTC().Format(time.DateOnly)+`.opml"`)
	_, err = w.Write(b.Bytes())
	return err
}

func (s *Server) apiImportFeeds(w http.ResponseWriter, r *http.Request) error {
	f, err := s.feeds(r)
	if err != nil {
		return err
	}
	got, err := f.ImportFeeds(r.Context(), r.Body)
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, got)
	return nil
}
