package subscribe

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"backfile/internal/fetch"
	"backfile/internal/news"
)

// Added is what came of a wish to subscribe.
type Added struct {
	Subscription news.Subscription
	// Made is false where there was a subscription to that feed already.
	Made bool
	// Found are the feeds that the page names, where it names several and nothing was
	// subscribed to: one of them is to be chosen.
	Found []Found
	// Report is of the first poll, where it was made. The pages that teasers lead to are
	// left to the schedule.
	Report Report
}

// Add subscribes to the feed at an address, or to the one that the page there names,
// and reads it for the first time. The address may be typed without its scheme. What
// cannot be fetched or is neither is a *news.Refusal.
func (f *Feeds) Add(ctx context.Context, wish news.Subscription) (Added, error) {
	schemeless := !strings.Contains(wish.Address, "://")
	wish.Address = typed(wish.Address)
	if wish.Owner == "" {
		wish.Owner = news.LocalOwner
	}
	if err := wish.Check(); err != nil {
		return Added{}, err
	}
	if sub, ok, err := f.have(ctx, wish); ok || err != nil {
		return Added{Subscription: sub}, err
	}
	ans, err := f.ask(ctx, wish.Address)
	if plain, ok := strings.CutPrefix(wish.Address, "https://"); err != nil && ok && schemeless {
		// Whoever leaves the scheme out leaves the choice of it, too.
		if got, e := f.ask(ctx, "http://"+plain); e == nil {
			ans, err, wish.Address = got, nil, "http://"+plain
		}
	}
	if err != nil {
		return Added{}, err
	}
	if _, ok := readDocument(ans.Body, wish.Address); !ok {
		found := Discover(ans.Body, ans.Header.Get("Content-Type"), ans.URL)
		switch {
		case len(found) == 0:
			return Added{}, news.Refuse(wish.Address, "%s, nor does it name one", notAFeed(ans.Body))
		case len(found) > 1:
			return Added{Found: found}, nil
		}
		wish.Address = found[0].URL
		if sub, ok, err := f.have(ctx, wish); ok || err != nil {
			return Added{Subscription: sub}, err
		}
		if ans, err = f.ask(ctx, wish.Address); err != nil {
			return Added{}, err
		}
		if _, ok := readDocument(ans.Body, wish.Address); !ok {
			return Added{}, news.Refuse(wish.Address, "%s", notAFeed(ans.Body))
		}
	}
	if m := resolve(wish.Address, ans.Moved); m != "" {
		wish.Address = m
	}
	sub, made, err := f.o.Archive.Subscribe(ctx, wish)
	if err != nil || !made {
		return Added{Subscription: sub}, err
	}
	defer f.notify()
	rep, err := f.run(ctx, sub.ID, func(sub news.Subscription) (Report, error) {
		if sub.State.Checked.IsZero() {
			return f.poll(ctx, sub, ans, true, 0)
		}
		return Report{Subscription: sub}, nil // the schedule was quicker
	})
	return Added{Subscription: rep.Subscription, Made: true, Report: rep}, err
}

// have is the subscription to that address, if there is one.
func (f *Feeds) have(ctx context.Context, wish news.Subscription) (news.Subscription, bool, error) {
	all, err := f.o.Archive.Subscriptions(ctx, wish.Owner)
	for _, sub := range all {
		if sub.Address == wish.Address || sub.Given == wish.Address {
			return sub, true, nil
		}
	}
	return news.Subscription{}, false, err
}

// ask fetches what is to be subscribed to.
func (f *Feeds) ask(ctx context.Context, address string) (*fetch.Answer, error) {
	ans, err := f.o.Fetch.Get(ctx, fetch.Request{Feed: true, URL: address, Accept: acceptFeed, Limit: maxDocument})
	if e := ctx.Err(); e != nil {
		return nil, e
	}
	if err != nil {
		return nil, news.Refuse(address, "%s", plainly(err))
	}
	if ans.Status != http.StatusOK {
		return nil, news.Refuse(address, "%s", statusPlainly(ans.Status, "feed"))
	}
	if ans.URL == "" {
		ans.URL = address
	}
	return ans, nil
}

// typed is an address as somebody typed it, with its scheme.
func typed(s string) string {
	s = strings.TrimSpace(s)
	for _, scheme := range []string{"feed:", "rss:"} {
		if rest, ok := strings.CutPrefix(s, scheme); ok {
			s = rest
			if !strings.Contains(s, "://") {
				s = "http:" + s
			}
		}
	}
	if s == "" || strings.Contains(s, "://") {
		return s
	}
	if u, err := url.Parse("https://" + s); err == nil && u.Host != "" {
		return u.String()
	}
	return s
}
