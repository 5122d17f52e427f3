package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"backfile/internal/news"
)

// Subscribe keeps a new subscription, with an id and the present time. Where its owner
// has one of that address already, that one is returned and made is false. One without
// an address or an owner, and one more than news.MaxSubscriptions, are errors that
// wrap news.ErrInvalid.
func (s *Store) Subscribe(ctx context.Context, sub news.Subscription) (kept news.Subscription, made bool, err error) {
	if err := sub.Check(); err != nil {
		return news.Subscription{}, false, fmt.Errorf("subscribe: %w", err)
	}
	sub.ID = news.SubscriptionID(news.NewArticleID(news.Key("subscription:" + uuid.NewString())))
	err = s.update(ctx, func(b *batch) error {
		sub.Created = b.now
		kept, made, err = b.addSubscription(sub)
		return err
	})
	if err != nil {
		return news.Subscription{}, false, fmt.Errorf("subscribe to %s: %w", sub.Address, err)
	}
	return kept, made, nil
}

// RestoreSubscription takes a subscription of another archive's export back, under its
// own id. What it knows of the feed's last answer is left out, so that the next poll
// reads all of it. It reports false, having changed nothing, where there is one of that
// id, or of that owner and address. Its errors are Subscribe's; an invalid id is one of
// them.
func (s *Store) RestoreSubscription(ctx context.Context, sub news.Subscription) (restored bool, err error) {
	if sub.Owner == "" {
		sub.Owner = news.LocalOwner
	}
	if err := sub.Check(); err != nil {
		return false, fmt.Errorf("restore subscription: %w", err)
	}
	if !news.ValidID(string(sub.ID)) {
		return false, fmt.Errorf("restore subscription: %q is no id: %w", sub.ID, news.ErrInvalid)
	}
	sub.State, sub.Created = sub.State.Portable(), stamp(sub.Created)
	err = s.update(ctx, func(b *batch) error {
		if b.has(bucketSubscriptions, []byte(sub.ID)) {
			return nil
		}
		if sub.Created.IsZero() {
			sub.Created = b.now
		}
		_, restored, err = b.addSubscription(sub)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("restore subscription %s: %w", sub.ID, err)
	}
	return restored, nil
}

func (b *batch) addSubscription(sub news.Subscription) (kept news.Subscription, made bool, err error) {
	all, err := b.subscriptions()
	if err != nil {
		return kept, false, err
	}
	for _, have := range all {
		if have.Owner == sub.Owner && (have.Address == sub.Address || have.Given == sub.Address) {
			return have, false, nil
		}
	}
	if len(all) >= news.MaxSubscriptions {
		return kept, false, fmt.Errorf("an archive has at most %d feeds: %w", news.MaxSubscriptions, news.ErrInvalid)
	}
	return sub, true, b.putSubscription(sub)
}

func (b *batch) putSubscription(sub news.Subscription) error {
	if err := b.put(bucketSubscriptions, []byte(sub.ID), sub); err != nil {
		return err
	}
	return b.change(news.AnnotationChanged, string(sub.ID))
}

func (t *tx) readSubscription(id news.SubscriptionID) (sub news.Subscription, err error) {
	ok, err := t.get(bucketSubscriptions, []byte(id), &sub)
	if err == nil && !ok {
		err = news.ErrNotFound
	}
	return sub, err
}

// subscriptions are all of them, by id.
func (t *tx) subscriptions() ([]news.Subscription, error) {
	return listed[news.Subscription](t, bucketSubscriptions, nil, nil, news.MaxSubscriptions)
}

// Subscription returns one subscription; news.ErrNotFound where there is none.
func (s *Store) Subscription(ctx context.Context, id news.SubscriptionID) (sub news.Subscription, err error) {
	err = s.view(ctx, func(t *tx) error {
		sub, err = t.readSubscription(id)
		return err
	})
	if err != nil {
		return news.Subscription{}, fmt.Errorf("read subscription %s: %w", id, err)
	}
	return sub, nil
}

// Subscriptions returns all of an owner's subscriptions, the first made in front.
func (s *Store) Subscriptions(ctx context.Context, owner string) (out []news.Subscription, err error) {
	err = s.view(ctx, func(t *tx) error {
		out, err = t.subscriptions()
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read subscriptions of %s: %w", owner, err)
	}
	out = slices.DeleteFunc(out, func(sub news.Subscription) bool { return sub.Owner != owner })
	slices.SortFunc(out, func(a, b news.Subscription) int {
		return cmp.Or(a.Created.Compare(b.Created), cmp.Compare(a.ID, b.ID))
	})
	return out, nil
}

// SetSubscription changes what a person says of a subscription: its address, title,
// outlet, how often it is read, which pages are fetched, and whether it is paused. What
// the archive knows of it stays; another address has the whole feed read anew, and one
// that is no longer paused is due at once, also where the outlet had declared it gone.
// It returns news.ErrNotFound where there is none, and Subscribe's errors.
func (s *Store) SetSubscription(ctx context.Context, sub news.Subscription) error {
	err := s.update(ctx, func(b *batch) error {
		have, err := b.readSubscription(sub.ID)
		if err != nil {
			return err
		}
		was := have
		have.Address, have.Title, have.Outlet = sub.Address, sub.Title, sub.Outlet
		have.Every, have.FeedOnly, have.Paused = sub.Every, sub.FeedOnly, sub.Paused
		if err := have.Check(); err != nil {
			return err
		}
		st := &have.State
		if have.Address != was.Address {
			have.Given, st.ETag, st.LastModified, st.Older = "", "", "", ""
		}
		if have.Address != was.Address || was.Paused && !have.Paused || st.Ended && !have.Paused {
			st.Ended, st.Failures, st.Error, st.Due = false, 0, "", b.now
		}
		return b.putSubscription(have)
	})
	if err != nil {
		return fmt.Errorf("change subscription %s: %w", sub.ID, err)
	}
	return nil
}

// NotePoll keeps what a poll of a subscription left, in place of what was kept before,
// and adds no row to the feed: however often a feed is polled, the archive grows by
// articles alone. It returns news.ErrNotFound where there is no such subscription any
// more.
func (s *Store) NotePoll(ctx context.Context, id news.SubscriptionID, p news.Poll) error {
	err := s.update(ctx, func(b *batch) error {
		sub, err := b.readSubscription(id)
		if err != nil {
			return err
		}
		sub.State = p.State
		if p.Moved != "" && p.Moved != sub.Address {
			if sub.Given == "" {
				sub.Given = sub.Address
			}
			sub.Address = p.Moved
		}
		if err := sub.Check(); err != nil {
			return err
		}
		if err := b.put(bucketSubscriptions, []byte(id), sub); err != nil {
			return err
		}
		if p.Entries == nil {
			return nil
		}
		return b.put(bucketSubscriptionEntries, []byte(id), p.Entries)
	})
	if err != nil {
		return fmt.Errorf("note the poll of subscription %s: %w", id, err)
	}
	return nil
}

// SubscriptionEntries returns what is remembered of a feed's entries, in the order in
// which NotePoll was given them; none where there is no such subscription.
func (s *Store) SubscriptionEntries(ctx context.Context, id news.SubscriptionID) (out []news.SubscriptionEntry, err error) {
	err = s.view(ctx, func(t *tx) error {
		_, err := t.get(bucketSubscriptionEntries, []byte(id), &out)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the entries of subscription %s: %w", id, err)
	}
	return out, nil
}

// Unsubscribe forgets a subscription; the articles that it brought stay. It returns
// news.ErrNotFound where there is none.
func (s *Store) Unsubscribe(ctx context.Context, id news.SubscriptionID) error {
	err := s.update(ctx, func(b *batch) error {
		if _, err := b.readSubscription(id); err != nil {
			return err
		}
		if err := b.delete(bucketSubscriptionEntries, []byte(id)); err != nil {
			return err
		}
		if err := b.delete(bucketSubscriptions, []byte(id)); err != nil {
			return err
		}
		return b.change(news.AnnotationChanged, string(id))
	})
	if err != nil {
		return fmt.Errorf("unsubscribe %s: %w", id, err)
	}
	return nil
}

func (v *verifier) subscription(_ *tx, k, payload []byte) error {
	_, err := filed(bucketSubscriptions, "id", k, payload, func(s *news.Subscription) []byte { return []byte(s.ID) })
	return err
}

func (v *verifier) subscriptionEntries(t *tx, k, payload []byte) error {
	var es []news.SubscriptionEntry
	if err := unmarshal(bucketSubscriptionEntries, k, payload, &es); err != nil {
		return err
	}
	if !t.has(bucketSubscriptions, k) {
		return damaged(bucketSubscriptionEntries, k, "its subscription is not there")
	}
	return nil
}
