package subscribe

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"backfile/internal/ingest"
	"backfile/internal/ingest/item"
	"backfile/internal/news"
)

const (
	// maxGone bounds what is remembered of entries that have left the feed: some feeds
	// are answered by several servers, of which one knows more than another.
	maxGone = 500
	// maxStubs bounds the entries whose own words wait for their page; of more than
	// that the stubs are kept at once. maxStub is the most bytes of one.
	maxStubs = 500
	maxStub  = 32 << 10
	// refetch is the least time between two readings of one page.
	refetch = time.Hour
)

// stub is an entry as it is kept until its page has come.
type stub struct {
	GUID     string            `json:"guid,omitempty"`
	Provider string            `json:"provider,omitempty"`
	Printed  map[string]string `json:"printed,omitempty"`
	Article  news.Article      `json:"article"`
	Raw      []byte            `json:"raw,omitempty"`
	RawType  string            `json:"raw_type,omitempty"`
}

func stubOf(rec item.Record) (json.RawMessage, bool) {
	s := stub{GUID: rec.GUID, Provider: rec.Provider, Printed: rec.Printed, Article: rec.Article, Raw: rec.Raw, RawType: rec.RawType}
	b, err := json.Marshal(s)
	if err != nil || len(b) > maxStub {
		return nil, false
	}
	return b, true
}

func (s stub) record() item.Record {
	return item.Record{GUID: s.GUID, Provider: s.Provider, Printed: s.Printed, Article: s.Article, Raw: s.Raw, RawType: s.RawType}
}

// plan is what a document asks for.
type plan struct {
	// take are the entries to be kept as the feed has them.
	take []item.Record
	// entries are what is to be remembered, the document's in front. It is never nil.
	entries []news.SubscriptionEntry
	seen    int // entries that were never met before
}

// planned compares a document with what is remembered of the feed, and with the
// archive where nothing is.
func (f *Feeds) planned(ctx context.Context, sub news.Subscription, doc document, have []news.SubscriptionEntry, now time.Time) (plan, error) {
	p := plan{entries: make([]news.SubscriptionEntry, 0, len(doc.records))}
	known := make(map[string]news.SubscriptionEntry, len(have))
	stubs := 0
	for _, e := range have {
		known[e.Key] = e
		if e.Page != nil && e.Page.Stub != nil {
			stubs++
		}
	}
	met := make(map[string]bool, len(doc.records))
	for _, rec := range doc.records {
		if err := ctx.Err(); err != nil {
			return p, err
		}
		key := keyOf(rec)
		if met[key] {
			continue // the same entry twice
		}
		met[key] = true
		was, old := known[key]
		e := was
		e.Key, e.Print, e.Updated = key, printOf(rec), rec.Article.Updated.Text
		teaser := !sub.FeedOnly && rec.Article.ArticleKind == news.Stub && rec.Article.URL != ""
		var err error
		wanted := true
		if old {
			wanted = changed(was, e, teaser, now)
		} else if wanted, err = f.unknown(ctx, rec); err != nil {
			return p, err
		} else {
			p.seen++
		}
		switch {
		case !wanted:
			if old && teaser && was.Print != e.Print && was.Page == nil {
				e.Updated = was.Updated // so that the change is still seen when its time has come
			}
		case !teaser:
			p.take = append(p.take, rec)
			e.Page = nil
		case e.Page != nil:
			// It waits already, for reasons of its own.
		default:
			e.Page = &news.PendingPage{URL: rec.Article.URL, Due: now}
			if raw, ok := stubOf(rec); ok && stubs < maxStubs && !old {
				e.Page.Stub = raw
				stubs++
			} else if !old {
				p.take = append(p.take, rec)
			}
		}
		p.entries = append(p.entries, e)
	}
	gone := 0
	for _, e := range have {
		if met[e.Key] {
			continue
		}
		if gone++; gone <= maxGone || e.Page != nil && gone <= maxEntries {
			p.entries = append(p.entries, e)
		}
	}
	return p, nil
}

// changed reports whether an entry that is remembered as was is to be taken anew. A
// page is asked for again where the feed says that it was updated, or where it says
// nothing of that and its words have changed; and the more rarely, the oftener that
// came to nothing.
func changed(was, is news.SubscriptionEntry, teaser bool, now time.Time) bool {
	if was.Print == is.Print {
		return false
	}
	if !teaser {
		return true
	}
	if is.Updated != "" && is.Updated == was.Updated {
		return false
	}
	return now.Sub(was.Fetched) >= min(refetch<<min(was.Same, 8), week)
}

// unknown reports whether an entry of which nothing is remembered is to be taken: not
// where its article is in the archive, with its text, and the feed names no change
// since, nor where somebody removed it.
func (f *Feeds) unknown(ctx context.Context, rec item.Record) (bool, error) {
	v, known, err := f.inArchive(ctx, rec)
	switch {
	case err != nil || !known:
		return err == nil, err
	case v == nil: // removed
		return false, nil
	case v.Article.ArticleKind == news.Stub:
		return true, nil
	}
	return item.Later(rec.Article.Updated, v.Article.Captured), nil
}

// inArchive is the article that an entry tells of, where the archive knows it; nil
// where it was removed.
func (f *Feeds) inArchive(ctx context.Context, rec item.Record) (v *news.Version, known bool, err error) {
	for _, k := range ingest.EntryKeys(rec) {
		id, err := f.o.Archive.Lookup(ctx, k)
		if errors.Is(err, news.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, false, err
		}
		got, err := f.o.Archive.Article(ctx, id)
		if errors.Is(err, news.ErrNotFound) {
			return nil, true, nil
		}
		if err != nil {
			return nil, false, err
		}
		return &got, true, nil
	}
	return nil, false, nil
}
