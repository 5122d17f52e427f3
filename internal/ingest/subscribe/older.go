package subscribe

import (
	"context"
	"net/http"
	"time"

	"backfile/internal/fetch"
	"backfile/internal/ingest"
	"backfile/internal/news"
)

// maxOlder bounds the documents of older entries that are followed at a time, and
// idleOlder how many in a row may bring nothing that is new.
const (
	maxOlder  = 1000
	idleOlder = 5
)

// Older follows a feed to its older entries, document by document, as far as it names
// any (RFC 5005's archives and pages, JSON Feed's next_url), and takes them in with
// their pages. It is for a person who asks for it: it can take long, and is repeated
// from the beginning when it is broken off, passing over what is in the archive. progress
// is told after each document; nil is told nothing. It ends early where document after
// document brings nothing new. What is wrong with a document ends it too, and is in the
// report's Why.
func (f *Feeds) Older(ctx context.Context, id news.SubscriptionID, progress func(Report)) (Report, error) {
	return f.run(ctx, id, func(sub news.Subscription) (Report, error) {
		rep := Report{Subscription: sub}
		next := sub.State.Older
		if next == "" {
			return rep, news.Refuse(sub.Address, "the feed names no older entries")
		}
		r, done := f.o.Reader(ctx, sub.Outlet)
		defer done()
		met := map[string]bool{sub.Address: true}
		for idle := 0; next != "" && !met[next] && rep.Documents < maxOlder && idle < idleOlder; {
			met[next] = true
			doc, why, err := f.olderDocument(ctx, next)
			if err != nil {
				return rep, err
			}
			if why != "" {
				rep.Why = why
				break
			}
			before := rep.Added + rep.Versions
			if err := f.takeOlder(ctx, r, sub, doc, &rep); err != nil {
				return rep, f.hindered(ctx, sub, err)
			}
			rep.Documents++
			if idle++; rep.Added+rep.Versions > before {
				idle = 0
			}
			if progress != nil {
				progress(rep)
			}
			next = doc.Older
		}
		return rep, f.noteOlder(ctx, sub.ID, &rep)
	})
}

// olderDocument fetches a document; why says what is wrong with it.
func (f *Feeds) olderDocument(ctx context.Context, address string) (doc document, why string, err error) {
	ans, err := f.o.Fetch.Get(ctx, fetch.Request{Feed: true, URL: address, Accept: acceptFeed, Limit: maxDocument})
	switch {
	case ctx.Err() != nil:
		return doc, "", ctx.Err()
	case err != nil:
		return doc, plainly(err), nil
	case ans.Status != http.StatusOK:
		return doc, statusPlainly(ans.Status, "feed"), nil
	}
	base := ans.URL
	if base == "" {
		base = address
	}
	doc, ok := readDocument(ans.Body, base)
	if !ok {
		return doc, notAFeed(ans.Body), nil
	}
	return doc, "", nil
}

// takeOlder takes in the entries of a document, each with its page at once. Nothing
// is remembered of them: what comes again is looked up in the archive.
func (f *Feeds) takeOlder(ctx context.Context, r *ingest.Reader, sub news.Subscription, doc document, rep *Report) error {
	p, err := f.planned(ctx, sub, doc, nil, f.now())
	if err != nil {
		return err
	}
	rep.Refused += doc.refused
	var t taken
	if err := f.keep(ctx, r, sub, doc.Title, p.take, &t); err != nil {
		return err
	}
	rep.note(t)
	for i := range p.entries {
		e := &p.entries[i]
		if e.Page == nil {
			continue
		}
		var t taken
		wait, err := f.page(ctx, r, sub, doc.Title, e, &t, rep)
		if err != nil {
			return err
		}
		rep.note(t)
		if wait == 0 {
			continue
		}
		select {
		case <-time.After(min(wait, minPace)):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// noteOlder adds what was found to the subscription's totals.
func (f *Feeds) noteOlder(ctx context.Context, id news.SubscriptionID, rep *Report) error {
	sub, err := f.o.Archive.Subscription(ctx, id)
	if err != nil {
		return err
	}
	st := sub.State
	st.Seen += rep.Added + rep.Unchanged
	st.Count(f.now(), rep.Added+rep.Versions)
	if err := f.o.Archive.NotePoll(ctx, id, news.Poll{State: st}); err != nil {
		return err
	}
	rep.Subscription, err = f.o.Archive.Subscription(ctx, id)
	return err
}

// StartOlder has Run fetch a feed's older entries, as Older does, beside its other work.
// It is forgotten when Run ends. A feed that names none is a *news.Refusal.
func (f *Feeds) StartOlder(ctx context.Context, id news.SubscriptionID) error {
	sub, err := f.o.Archive.Subscription(ctx, id)
	if err != nil {
		return err
	}
	if sub.State.Older == "" {
		return news.Refuse(sub.Address, "the feed names no older entries")
	}
	f.mu.Lock()
	if f.older[id] == nil {
		f.older[id] = &Report{Subscription: sub}
	}
	f.mu.Unlock()
	f.notify()
	return nil
}

// OlderProgress is how far Run is with a feed's older entries; ok is false where nobody
// asked for them, or all are there.
func (f *Feeds) OlderProgress(id news.SubscriptionID) (rep Report, ok bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if p := f.older[id]; p != nil {
		return *p, true
	}
	return Report{}, false
}

// wantsOlder reports whether Run is to fetch a feed's older entries.
func (f *Feeds) wantsOlder(id news.SubscriptionID) bool {
	_, ok := f.OlderProgress(id)
	return ok
}

// runOlder fetches them.
func (f *Feeds) runOlder(ctx context.Context, id news.SubscriptionID) error {
	defer func() {
		f.mu.Lock()
		delete(f.older, id)
		f.mu.Unlock()
	}()
	_, err := f.Older(ctx, id, func(rep Report) {
		f.mu.Lock()
		f.older[id] = &rep
		f.mu.Unlock()
	})
	return err
}
