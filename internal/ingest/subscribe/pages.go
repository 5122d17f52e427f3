package subscribe

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"backfile/internal/fetch"
	"backfile/internal/ingest"
	"backfile/internal/ingest/item"
	"backfile/internal/news"
)

// What one poll may spend on pages; the rest is left to the next.
const (
	maxPages  = 60
	pagesTime = 5 * time.Minute
	// savePages is after how many pages it is noted which have come.
	savePages = 8
	maxPage   = 16 << 20
)

// again is how long to wait before a page is tried another time; behind the last it is
// given up.
var again = []time.Duration{15 * time.Minute, 2 * time.Hour, 12 * time.Hour, day}

// pages fetches the pages that are due, as far as the budget goes, and notes in entries
// and st what became of them. save is called now and then in between.
func (f *Feeds) pages(ctx context.Context, r *ingest.Reader, sub news.Subscription, st *news.SubscriptionState, entries []news.SubscriptionEntry, budget int, rep *Report, save func() error) error {
	begin := f.now()
	done := 0
	var held time.Time // until then the site asked to be left alone
	for i := range entries {
		e := &entries[i]
		if e.Page == nil || e.Page.Due.After(f.now()) {
			continue
		}
		if done >= budget || f.now().Sub(begin) > pagesTime {
			break
		}
		done++
		var t taken
		wait, err := f.page(ctx, r, sub, st.Title, e, &t, rep)
		if err != nil {
			return err
		}
		rep.note(t)
		st.Count(f.now(), t.added+t.versions)
		st.Outlet = t.outlet(st.Outlet)
		if wait > 0 {
			held = f.now().Add(wait)
			break
		}
		if done%savePages == 0 {
			waiting(st, entries, held)
			if err := save(); err != nil {
				return err
			}
		}
	}
	waiting(st, entries, held)
	return nil
}

// waiting counts the pages that are still wanted, none of which is due before held.
func waiting(st *news.SubscriptionState, entries []news.SubscriptionEntry, held time.Time) {
	st.Waiting, st.PagesDue = 0, time.Time{}
	for i := range entries {
		p := entries[i].Page
		if p == nil {
			continue
		}
		if p.Due.Before(held) {
			p.Due = held
		}
		if st.Waiting++; st.PagesDue.IsZero() || p.Due.Before(st.PagesDue) {
			st.PagesDue = p.Due
		}
	}
}

// page fetches the page of one entry and keeps its article, or the stub where it
// cannot be had. wait is how long the site asks to be left alone. An error is one of
// the archive's own, or the end of ctx.
func (f *Feeds) page(ctx context.Context, r *ingest.Reader, sub news.Subscription, title string, e *news.SubscriptionEntry, t *taken, rep *Report) (wait time.Duration, err error) {
	p := e.Page
	rec, has := recordOf(p), p.Stub != nil
	rec = credited(rec, sub, title)
	ans, err := f.o.Fetch.Get(ctx, fetch.Request{URL: p.URL, Accept: acceptPage, Limit: maxPage})
	if e := ctx.Err(); e != nil {
		return 0, e
	}
	now := f.now()
	e.Fetched = now
	final, why := false, ""
	var miss *news.Write // what the archive is told of a page that it did not get
	switch {
	case err != nil:
		wait, final = waited(err, now)
		why = plainly(err)
	case ans.Status == http.StatusOK:
		it := r.EntryPage(p.URL, rec, ans.URL, ans.Header.Get("Content-Type"), ans.Body)
		if it.Write != nil && fuller(it.Write.Article, rec.Article) && (!led(p.URL, ans) || sameStory(it.Write.Article, rec.Article)) {
			if err := f.put(ctx, sub, []news.Write{*it.Write}, t); err != nil {
				return 0, err
			}
			if e.Same++; t.unchanged == 0 {
				e.Same = 0
			}
			e.Page = nil
			rep.Pages++
			return 0, nil
		}
		if miss = it.Note; miss == nil {
			why = "the page says no more than the feed does"
		}
	case ans.Status == http.StatusGone:
		final, why = true, ans.Reason()
	case ans.Status == http.StatusTooManyRequests || ans.Status == http.StatusServiceUnavailable:
		wait = max(retryAfter(ans.Header, now), minPace)
	default:
		why = ans.Reason()
	}
	rep.PagesFailed++
	if has {
		if err := f.keepStub(ctx, r, sub, rec, t); err != nil {
			return 0, err
		}
		p.Stub = nil
	}
	if wait > 0 {
		return wait, nil // it is nothing that the page did
	}
	if why == "" {
		why = "the page is empty"
	}
	if miss == nil {
		miss = ingest.Missed(p.URL, why, nil, "", now).Note
	}
	if miss != nil {
		// It is kept with the article, and refused: nothing to be counted.
		if err := f.put(ctx, sub, []news.Write{*miss}, new(taken)); err != nil {
			return 0, err
		}
	}
	if p.Tries++; final || p.Tries > len(again) {
		e.Page = nil
		return wait, nil
	}
	p.Due = now.Add(again[p.Tries-1])
	return wait, nil
}

// recordOf is what is remembered of an entry whose page is wanted.
func recordOf(p *news.PendingPage) item.Record {
	var s stub
	if p.Stub == nil || json.Unmarshal(p.Stub, &s) != nil {
		return item.Record{Article: news.Article{URL: p.URL}}
	}
	return s.record()
}

// fuller reports whether a page gave more than the feed's own words do.
func fuller(page, entry news.Article) bool {
	return page.ArticleKind != news.Stub && len(page.Body) > len(entry.Body)
}

// led reports whether a redirect for the time being led to a page: to an article
// perhaps, or to a form to log in, a notice of cookies, a front page.
func led(asked string, ans *fetch.Answer) bool { return ans.URL != asked && ans.URL != ans.Moved }

// sameStory reports whether a page tells what an entry does, by the words of the
// entry's headline: half of those of some length are in the page's, or in its text. An
// entry without such words is believed.
func sameStory(page, entry news.Article) bool {
	words := func(s string) []string {
		return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	}
	const look = 4000
	there := map[string]bool{}
	for _, w := range words(page.Headline + " " + page.Standfirst + " " + strings.ToValidUTF8(page.Body[:min(len(page.Body), look)], "")) {
		there[w] = true
	}
	all, met := 0, 0
	for _, w := range words(entry.Headline) {
		if utf8.RuneCountInString(w) < 4 {
			continue
		}
		if all++; there[w] {
			met++
		}
	}
	return 2*met >= all
}

// keepStub keeps what the feed says of an article, unless the archive has its text.
func (f *Feeds) keepStub(ctx context.Context, r *ingest.Reader, sub news.Subscription, rec item.Record, t *taken) error {
	v, known, err := f.inArchive(ctx, rec)
	if err != nil {
		return err
	}
	if known && (v == nil || v.Article.ArticleKind != news.Stub) {
		return nil
	}
	it := r.Entry(sub.Address, rec)
	if it.Write == nil {
		if it.Refusal != nil {
			t.refuse(it.Refusal.Reason)
		}
		return nil
	}
	return f.put(ctx, sub, []news.Write{*it.Write}, t)
}
