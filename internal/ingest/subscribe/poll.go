package subscribe

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"backfile/internal/fetch"
	"backfile/internal/news"
)

// Report is what a poll found.
type Report struct {
	// Subscription is how it stands behind the poll. Its State.Error says why the feed
	// could not be read, where it could not.
	Subscription news.Subscription
	// NotModified says that the server had nothing new.
	NotModified bool
	// Added, Versions and Unchanged count articles; Refused entries that are none, Why
	// says of the last of them.
	Added, Versions, Unchanged, Refused int
	Why                                 string
	// Pages and PagesFailed count the pages asked for.
	Pages, PagesFailed int
	// Documents counts the documents of older entries that were read; see Older.
	Documents int
}

func (r *Report) note(t taken) {
	r.Added += t.added
	r.Versions += t.versions
	r.Unchanged += t.unchanged
	if r.Refused += t.refused; t.refused > 0 {
		r.Why = t.why
	}
}

// Check polls a subscription now, whatever its schedule says, or waits for the poll
// under way. With pages, the pages that are due are fetched too, some of them; else they
// are left to the schedule. An error is one of the archive's own: what is wrong with the
// feed is in the report.
func (f *Feeds) Check(ctx context.Context, id news.SubscriptionID, pages bool) (Report, error) {
	budget := 0
	if pages {
		budget = maxPages
	}
	return f.run(ctx, id, func(sub news.Subscription) (Report, error) {
		return f.poll(ctx, sub, nil, true, budget)
	})
}

// due polls a subscription as far as its schedule says.
func (f *Feeds) due(ctx context.Context, id news.SubscriptionID) error {
	_, err := f.run(ctx, id, func(sub news.Subscription) (Report, error) {
		return f.poll(ctx, sub, nil, isDue(sub, f.now()), maxPages)
	})
	return err
}

func (f *Feeds) run(ctx context.Context, id news.SubscriptionID, fn func(news.Subscription) (Report, error)) (Report, error) {
	release, err := f.claim(ctx, id)
	if err != nil {
		return Report{}, err
	}
	defer release()
	sub, err := f.o.Archive.Subscription(ctx, id)
	if err != nil {
		return Report{}, err
	}
	return fn(sub)
}

// poll reads a feed, if document says so, and then the pages that are due. ans is what
// its address gave already, nil where it is still to be asked.
func (f *Feeds) poll(ctx context.Context, sub news.Subscription, ans *fetch.Answer, document bool, budget int) (Report, error) {
	rep := Report{Subscription: sub}
	entries, err := f.o.Archive.SubscriptionEntries(ctx, sub.ID)
	if errors.Is(err, news.ErrDamaged) {
		entries, err = nil, nil // it is found out anew what there is
	}
	if err != nil {
		return rep, err
	}
	st := sub.State
	r, done := f.o.Reader(ctx, sub.Outlet)
	defer done()
	save := func(moved string) error {
		if entries == nil {
			entries = []news.SubscriptionEntry{}
		}
		return f.o.Archive.NotePoll(ctx, sub.ID, news.Poll{State: st, Moved: moved, Entries: entries})
	}
	if document {
		moved := ""
		st, entries, moved, err = f.read(ctx, sub, ans, entries, &rep)
		if err != nil {
			return rep, f.hindered(ctx, sub, err)
		}
		if err := save(moved); err != nil {
			return rep, err
		}
	}
	if st.Waiting > 0 && budget > 0 {
		err := f.pages(ctx, r, sub, &st, entries, budget, &rep, func() error { return save("") })
		if err != nil {
			return rep, f.hindered(ctx, sub, err)
		}
		if err := save(""); err != nil {
			return rep, err
		}
	}
	rep.Subscription, err = f.o.Archive.Subscription(ctx, sub.ID)
	return rep, err
}

// read fetches a feed's document and keeps its entries. It returns the state and the
// entries to be noted, and where the feed has moved to.
func (f *Feeds) read(ctx context.Context, sub news.Subscription, ans *fetch.Answer, entries []news.SubscriptionEntry, rep *Report) (st news.SubscriptionState, _ []news.SubscriptionEntry, moved string, err error) {
	st = sub.State
	if ans == nil {
		ans, err = f.o.Fetch.Get(ctx, fetch.Request{Feed: true, URL: sub.Address, ETag: st.ETag, LastModified: st.LastModified, Accept: acceptFeed, Limit: maxDocument})
		if e := ctx.Err(); e != nil {
			return st, nil, "", e
		}
	}
	now := f.now()
	fail := func(why string, after time.Duration) (news.SubscriptionState, []news.SubscriptionEntry, string, error) {
		st.Error = why
		st.Failures++
		st.Due = now.Add(max(backOff(st.Failures, f.o.Spread()), after))
		f.polled(st, sub, now, false)
		return st, entries, "", nil
	}
	st.Checked, st.Status = now, 0
	if err != nil {
		wait, _ := waited(err, now)
		return fail(plainly(err), wait)
	}
	st.Status = ans.Status
	after := retryAfter(ans.Header, now)
	switch ans.Status {
	case http.StatusOK, http.StatusNonAuthoritativeInfo, http.StatusNotModified:
	case http.StatusGone:
		st.Ended = true
		return fail(statusPlainly(ans.Status, "feed"), after)
	default:
		return fail(statusPlainly(ans.Status, "feed"), after)
	}
	pace := time.Duration(st.Pace) * time.Minute
	h := hints{age: maxAge(ans.Header), after: after}
	fresh := false
	if ans.Status == http.StatusNotModified {
		rep.NotModified = true
		h.rest = time.Duration(st.Rest) * time.Minute
	} else {
		base := ans.URL
		if base == "" {
			base = sub.Address
		}
		doc, ok := readDocument(ans.Body, base)
		switch {
		case !ok:
			return fail(notAFeed(ans.Body), after)
		case len(doc.records) == 0 && doc.refused > 0:
			return fail("the feed cannot be read: "+doc.why, after)
		}
		p, err := f.planned(ctx, sub, doc, entries, now)
		if err != nil {
			return st, nil, "", err
		}
		r, done := f.o.Reader(ctx, sub.Outlet)
		defer done()
		var t taken
		if err := f.keep(ctx, r, sub, doc.Title, p.take, &t); err != nil {
			return st, nil, "", err
		}
		rep.note(t)
		rep.Refused += doc.refused
		st.Seen += p.seen
		st.Count(now, t.added+t.versions)
		st.Outlet = t.outlet(st.Outlet)
		st.Title, st.Home, st.Older, st.Ended = doc.Title, doc.Home, doc.Older, doc.Ended
		entries = p.entries
		waiting(&st, entries, time.Time{})
		fresh = p.seen > 0 || t.added+t.versions > 0
		if pace == 0 {
			pace, fresh = paceOf(doc.records), true
		}
		h.rest = doc.Rest
		st.Rest = int(doc.Rest / time.Minute)
		st.ETag, st.LastModified = ans.Header.Get("ETag"), ans.Header.Get("Last-Modified")
		if st.Error = ""; doc.refused > 0 {
			st.Error = fmt.Sprintf("%d of its entries could not be read: %s", doc.refused, doc.why)
		} else if t.refused > 0 {
			st.Error = fmt.Sprintf("%d of its entries are no articles: %s", t.refused, t.why)
		}
	}
	if st.Failures > 0 && rep.NotModified {
		st.Error = ""
	}
	if pace == 0 {
		pace = firstPace
	}
	if sub.State.Pace != 0 {
		pace = paced(pace, fresh)
	}
	st.Pace = int(pace / time.Minute)
	st.Failures, st.Good = 0, now
	st.Due = now.Add(h.wait(time.Duration(sub.Every)*time.Minute, pace, f.o.Spread()))
	if m := resolve(sub.Address, ans.Moved); m != "" && m != sub.Address {
		moved = m
	}
	f.polled(st, sub, now, true)
	return st, entries, moved, nil
}

// polled tells of a poll.
func (f *Feeds) polled(st news.SubscriptionState, sub news.Subscription, at time.Time, ok bool) {
	if f.o.Polled == nil {
		return
	}
	name := sub.Outlet
	if name == "" {
		name = st.Outlet
	}
	f.o.Polled(news.NewOutlet(name), at, ok)
}

// hindered notes that the archive could not keep what came, so that the feed is read
// again soon from where it was. It returns err.
func (f *Feeds) hindered(ctx context.Context, sub news.Subscription, err error) error {
	if ctx.Err() != nil || errors.Is(err, news.ErrNotFound) {
		return err
	}
	// The state as it is by now: some pages may have been noted.
	if is, e := f.o.Archive.Subscription(ctx, sub.ID); e == nil {
		sub = is
	}
	now := f.now()
	st := sub.State
	st.Checked, st.Due, st.Error = now, now.Add(backOff(1, f.o.Spread())), "what it brought could not be kept"
	if st.Waiting > 0 && st.PagesDue.Before(st.Due) {
		st.PagesDue = st.Due
	}
	if errors.Is(err, news.ErrFull) {
		st.Error = "the disk is full, or nearly: what it brought was not kept"
	}
	// Where not even that can be kept, the feed is due as before.
	_ = f.o.Archive.NotePoll(ctx, sub.ID, news.Poll{State: st})
	return err
}

// notAFeed says what is at a feed's address instead.
func notAFeed(body []byte) string {
	if len(body) == 0 {
		return "the answer is empty"
	}
	if looksHTML(body) {
		return "there is a web page at this address, and no feed"
	}
	return "what is at this address is no feed"
}
