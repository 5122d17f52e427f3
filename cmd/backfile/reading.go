package main

import (
	"context"
	"io"
	"log/slog"
	"time"

	"backfile/internal/fetch"
	"backfile/internal/ingest"
	"backfile/internal/ingest/subscribe"
	"backfile/internal/news"
	"backfile/web"
)

// reading is the web's Feeds over those of an archive.
type reading struct{ *subscribe.Feeds }

// newReading returns the feeds of an archive, which it reads with that fetcher.
func newReading(a *archive, c *fetch.Client, lg *slog.Logger) reading {
	return reading{subscribe.New(subscribe.Options{
		Archive: a, Fetch: c, Log: lg,
		Reader: func(ctx context.Context, outlet string) (*ingest.Reader, func()) {
			// It is done once: whoever waits for it may go, and it is still done.
			a.homes.learn(context.WithoutCancel(ctx), a.Store)
			return a.read.With(outlet, "", false), a.homes.settle
		},
		Polled: func(o *news.Outlet, at time.Time, ok bool) {
			name := ""
			if o != nil {
				name = o.Name
			}
			if err := a.Polled(context.Background(), name, at, ok); err != nil {
				lg.Warn("note that a feed was read", "outlet", name, "err", err)
			}
		},
	})}
}

func (r reading) AddFeed(ctx context.Context, wish news.Subscription) (web.AddedFeed, error) {
	got, err := r.Add(ctx, wish)
	out := web.AddedFeed{Subscription: got.Subscription, Made: got.Made, Report: web.FeedReport(got.Report)}
	for _, f := range got.Found {
		out.Found = append(out.Found, web.FoundFeed(f))
	}
	return out, err
}

func (r reading) CheckFeed(ctx context.Context, id news.SubscriptionID, pages bool) (web.FeedReport, error) {
	rep, err := r.Check(ctx, id, pages)
	return web.FeedReport(rep), err
}

func (r reading) OlderEntries(ctx context.Context, id news.SubscriptionID, progress func(web.FeedReport)) (web.FeedReport, error) {
	rep, err := r.Older(ctx, id, func(rep subscribe.Report) { progress(web.FeedReport(rep)) })
	return web.FeedReport(rep), err
}

func (r reading) FeedProgress(id news.SubscriptionID) (web.FeedReport, bool) {
	rep, ok := r.OlderProgress(id)
	return web.FeedReport(rep), ok
}

func (r reading) ImportFeeds(ctx context.Context, list io.Reader) (web.ImportedFeeds, error) {
	got, err := r.Import(ctx, list)
	return web.ImportedFeeds(got), err
}

func (r reading) ExportFeeds(ctx context.Context, owner, title string, w io.Writer) error {
	return r.Export(ctx, owner, title, w)
}
