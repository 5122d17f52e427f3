package subscribe

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"backfile/internal/ingest"
	"backfile/internal/news"
)

// Archive is what feeds are read for.
type Archive interface {
	ingest.Putter
	// Lookup finds the article known by a key, or news.ErrNotFound; Article reads it,
	// and gives a *news.Gone where it was removed.
	Lookup(ctx context.Context, key news.Key) (news.ArticleID, error)
	Article(ctx context.Context, id news.ArticleID) (news.Version, error)

	Subscribe(ctx context.Context, sub news.Subscription) (kept news.Subscription, made bool, err error)
	Subscription(ctx context.Context, id news.SubscriptionID) (news.Subscription, error)
	Subscriptions(ctx context.Context, owner string) ([]news.Subscription, error)
	SetSubscription(ctx context.Context, sub news.Subscription) error
	NotePoll(ctx context.Context, id news.SubscriptionID, p news.Poll) error
	SubscriptionEntries(ctx context.Context, id news.SubscriptionID) ([]news.SubscriptionEntry, error)
	Unsubscribe(ctx context.Context, id news.SubscriptionID) error
}

// Options are the parts that feeds are read with. Those without a word on nil must be
// set.
type Options struct {
	Archive Archive
	Fetch   Fetcher
	// Reader returns what reads entries and pages that do not say their outlet for
	// that one, and a function to be called when it is no longer needed.
	Reader func(ctx context.Context, outlet string) (r *ingest.Reader, done func())
	// Polled is told of every poll of a feed, with the outlet that its articles are of,
	// as far as that is known, and whether it went well; nil is told nothing. It is
	// called from several goroutines.
	Polled func(outlet *news.Outlet, at time.Time, ok bool)
	// Now is time.Now where it is nil; Spread gives numbers from 0 to 1, by which polls
	// are kept from coming all at once, and is random where it is nil.
	Now    func() time.Time
	Spread func() float64
	// Log is slog.Default() where it is nil.
	Log *slog.Logger
}

// Feeds reads the subscriptions of an archive. Its methods are safe for concurrent use;
// of one subscription there is one poll at a time.
type Feeds struct {
	o    Options
	wake chan struct{} // has room for one

	mu   sync.Mutex
	busy map[news.SubscriptionID]chan struct{} // closed when the poll is over
	runs bool
	// older are the feeds whose older entries Run is to fetch, or is fetching, with how
	// far it is.
	older map[news.SubscriptionID]*Report
}

// New returns the feeds of an archive. It starts nothing; see Run.
func New(o Options) *Feeds {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Spread == nil {
		o.Spread = rand.Float64
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	return &Feeds{o: o, wake: make(chan struct{}, 1), busy: map[news.SubscriptionID]chan struct{}{}, older: map[news.SubscriptionID]*Report{}}
}

// now is the time in UTC, without what is lost when it is kept.
func (f *Feeds) now() time.Time { return f.o.Now().UTC().Round(0) }

// notify has Run look again at what is due.
func (f *Feeds) notify() {
	select {
	case f.wake <- struct{}{}:
	default:
	}
}

// Running reports whether feeds are read on a schedule.
func (f *Feeds) Running() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.runs
}

// Busy reports whether a subscription is being polled.
func (f *Feeds) Busy(id news.SubscriptionID) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.busy[id] != nil
}

// take claims a subscription for a poll. Where another one is under way it returns
// what that one closes at its end.
func (f *Feeds) take(id news.SubscriptionID) (release func(), other <-chan struct{}) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if c := f.busy[id]; c != nil {
		return nil, c
	}
	c := make(chan struct{})
	f.busy[id] = c
	return func() {
		f.mu.Lock()
		delete(f.busy, id)
		f.mu.Unlock()
		close(c)
		f.notify()
	}, nil
}

// claim is take that waits for its turn.
func (f *Feeds) claim(ctx context.Context, id news.SubscriptionID) (release func(), err error) {
	for {
		release, other := f.take(id)
		if release != nil {
			return release, nil
		}
		select {
		case <-other:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// Subscriptions returns the subscriptions of an owner, the first made in front.
func (f *Feeds) Subscriptions(ctx context.Context, owner string) ([]news.Subscription, error) {
	return f.o.Archive.Subscriptions(ctx, owner)
}

// Subscription returns one subscription; news.ErrNotFound where there is none.
func (f *Feeds) Subscription(ctx context.Context, id news.SubscriptionID) (news.Subscription, error) {
	return f.o.Archive.Subscription(ctx, id)
}

// SetSubscription changes what a person says of a subscription; see the store's.
func (f *Feeds) SetSubscription(ctx context.Context, sub news.Subscription) error {
	defer f.notify()
	return f.o.Archive.SetSubscription(ctx, sub)
}

// Unsubscribe forgets a subscription; what it brought stays.
func (f *Feeds) Unsubscribe(ctx context.Context, id news.SubscriptionID) error {
	defer f.notify()
	return f.o.Archive.Unsubscribe(ctx, id)
}
