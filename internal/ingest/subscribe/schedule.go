package subscribe

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"backfile/internal/news"
)

const (
	// atOnce is how many hosts are asked at a time. Of one host's feeds, one is read
	// behind the other.
	atOnce = 8
	// longest is the longest that the schedule sleeps, whatever the clock does.
	longest = 10 * time.Minute
	// stumble is how long it waits where the archive does not answer.
	stumble = time.Minute
)

// Run reads feeds as they fall due until ctx ends, and returns when the last poll is
// over.
func (f *Feeds) Run(ctx context.Context) {
	f.mu.Lock()
	f.runs = true
	f.mu.Unlock()
	s := schedule{f: f, hosts: map[string]bool{}, ended: make(chan string, atOnce)}
	defer func() {
		s.wg.Wait()
		f.mu.Lock()
		f.runs = false
		f.mu.Unlock()
	}()
	for {
		wait := s.start(ctx)
		timer := time.NewTimer(wait)
		select {
		case <-timer.C:
		case <-f.wake:
		case host := <-s.ended:
			delete(s.hosts, host)
		case <-ctx.Done():
			timer.Stop()
			return
		}
		timer.Stop()
	}
}

// schedule is what Run knows of the polls that it has started.
type schedule struct {
	f     *Feeds
	hosts map[string]bool // being asked
	ended chan string
	wg    sync.WaitGroup
	// stumbled are subscriptions that the archive could not be asked for, until when
	// they are left alone.
	mu       sync.Mutex
	stumbled map[news.SubscriptionID]time.Time
}

// start starts the polls that are due, as many as may be at a time, and returns how
// long nothing else is.
func (s *schedule) start(ctx context.Context) time.Duration {
	for len(s.ended) > 0 {
		delete(s.hosts, <-s.ended)
	}
	subs, err := s.f.o.Archive.Subscriptions(ctx, news.LocalOwner)
	if err != nil {
		if ctx.Err() == nil {
			s.f.o.Log.ErrorContext(ctx, "read which feeds are due", "err", err)
		}
		return stumble
	}
	now := s.f.now()
	slices.SortStableFunc(subs, func(a, b news.Subscription) int { return dueAt(a).Compare(dueAt(b)) })
	wait := longest
	for _, sub := range subs {
		at := dueAt(sub)
		s.mu.Lock()
		if later, ok := s.stumbled[sub.ID]; ok && later.After(at) {
			at = later
		}
		s.mu.Unlock()
		if s.f.wantsOlder(sub.ID) && !s.f.Busy(sub.ID) {
			at = now
		} else if sub.Paused || sub.State.Ended && sub.State.Waiting == 0 || s.f.Busy(sub.ID) {
			continue
		}
		if at.After(now) {
			wait = min(wait, at.Sub(now))
			continue
		}
		host := hostOf(sub.Address)
		if s.hosts[host] || len(s.hosts) >= atOnce {
			continue // the end of a poll wakes us
		}
		s.hosts[host] = true
		s.wg.Go(func() {
			s.poll(ctx, sub)
			s.ended <- host
		})
	}
	return max(wait, 10*time.Millisecond)
}

func (s *schedule) poll(ctx context.Context, sub news.Subscription) {
	err := s.read(ctx, sub.ID)
	if err == nil || ctx.Err() != nil || errors.Is(err, news.ErrNotFound) {
		return
	}
	s.f.o.Log.WarnContext(ctx, "read a feed", "address", sub.Address, "err", err)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stumbled == nil {
		s.stumbled = map[news.SubscriptionID]time.Time{}
	}
	s.stumbled[sub.ID] = s.f.now().Add(stumble)
}

// read reads what is due. A feed that makes a parser panic is one that cannot be read.
func (s *schedule) read(ctx context.Context, id news.SubscriptionID) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	if s.f.wantsOlder(id) {
		return s.f.runOlder(ctx, id)
	}
	return s.f.due(ctx, id)
}

// isDue reports whether the document of a feed is to be read.
func isDue(sub news.Subscription, now time.Time) bool {
	return !sub.Paused && !sub.State.Ended && !sub.State.Due.After(now)
}

// dueAt is when something of a subscription is to be done: its document read, or a
// page that it leads to.
func dueAt(sub news.Subscription) time.Time {
	at, pages := sub.State.Due, sub.State.PagesDue
	switch {
	case sub.State.Waiting == 0:
		return at
	case sub.State.Ended || pages.Before(at):
		return pages
	}
	return at
}
