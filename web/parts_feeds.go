package web

import (
	"context"
	"io"

	"backfile/internal/news"
)

// Feeds keeps and reads the feeds that the archive subscribes to. What is wrong with a
// feed is told in what is returned; a refusal of what a person asked for is a
// *news.Refusal.
type Feeds interface {
	Subscriptions(ctx context.Context, owner string) ([]news.Subscription, error)
	Subscription(ctx context.Context, id news.SubscriptionID) (news.Subscription, error)
	// AddFeed subscribes to the feed at an address, or to the one that the page there
	// names, and reads it for the first time.
	AddFeed(ctx context.Context, wish news.Subscription) (AddedFeed, error)
	SetSubscription(ctx context.Context, sub news.Subscription) error
	Unsubscribe(ctx context.Context, id news.SubscriptionID) error
	// CheckFeed reads a feed now; with pages, some of the pages that wait too.
	CheckFeed(ctx context.Context, id news.SubscriptionID, pages bool) (FeedReport, error)
	// OlderEntries takes in what a feed says of older entries; progress is told on the
	// way.
	OlderEntries(ctx context.Context, id news.SubscriptionID, progress func(FeedReport)) (FeedReport, error)
	// StartOlder has them taken in beside the schedule, where there is one;
	// FeedProgress is how far that is, ok false where it is not under way.
	StartOlder(ctx context.Context, id news.SubscriptionID) error
	FeedProgress(id news.SubscriptionID) (rep FeedReport, ok bool)
	// ImportFeeds subscribes to the feeds of an OPML list, ExportFeeds writes one.
	ImportFeeds(ctx context.Context, r io.Reader) (ImportedFeeds, error)
	ExportFeeds(ctx context.Context, owner, title string, w io.Writer) error
	// Running reports whether feeds are read on a schedule, Busy whether one is being
	// read now.
	Running() bool
	Busy(id news.SubscriptionID) bool
}

// FoundFeed is a feed that a page names.
type FoundFeed struct {
	URL   string `json:"url"`
	Title string `json:"title,omitempty"`
	Type  string `json:"type,omitempty"`
}

// AddedFeed is what came of the wish for a feed. Where Found is not empty the page
// named several, and nothing was subscribed to; Made is false for a feed that was
// subscribed to before.
type AddedFeed struct {
	Subscription news.Subscription
	Made         bool
	Found        []FoundFeed
	Report       FeedReport
}

// FeedReport is what one reading of a feed found.
type FeedReport struct {
	Subscription news.Subscription `json:"subscription"`
	NotModified  bool              `json:"not_modified,omitempty"`
	Added        int               `json:"added"`
	Versions     int               `json:"versions"`
	Unchanged    int               `json:"unchanged"`
	Refused      int               `json:"refused"`
	// Why says of the last entry that was refused, or of what ended the reading.
	Why         string `json:"why,omitempty"`
	Pages       int    `json:"pages"`
	PagesFailed int    `json:"pages_failed"`
	// Documents counts those of older entries.
	Documents int `json:"documents,omitempty"`
}

// ImportedFeeds is what came of a list of feeds.
type ImportedFeeds struct {
	Added   int            `json:"added"`
	Known   int            `json:"known"`
	Refused []news.Refusal `json:"refused,omitempty"`
}
