package web

import (
	"cmp"
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"backfile/internal/news"
	"backfile/templates"
)

// feedTime is the longest that a page waits for a feed to be read.
const feedTime = 45 * time.Second

// everies are the paces that a person can choose, in minutes.
var everies = []int{15, 30, 60, 180, 360, 720, 1440, 10080}

func (p *pages) serveFeeds(w http.ResponseWriter, r *http.Request) error {
	v, err := p.feedsView(r)
	if err != nil {
		return err
	}
	v.Address = strings.TrimSpace(r.FormValue("address"))
	return p.render(w, r, http.StatusOK, templates.FeedsPage(v))
}

// feedsView is the page of all feeds: those that need a look in front, then by name.
func (p *pages) feedsView(r *http.Request) (templates.FeedsView, error) {
	f, err := p.feeds(r)
	if err != nil {
		return templates.FeedsView{}, err
	}
	subs, err := f.Subscriptions(r.Context(), news.LocalOwner)
	if err != nil {
		return templates.FeedsView{}, err
	}
	v := templates.FeedsView{Page: p.page(r, say(r, "nav.feeds")), Off: !f.Running()}
	v.NoIndex = true
	known, err := p.outletLinks(r.Context())
	if err != nil {
		return v, err
	}
	for _, sub := range subs {
		row := feedRow(r, sub, v.Now, f.Busy(sub.ID), known)
		if row.Error != "" {
			v.Bad++
		}
		v.New += row.Week
		v.Feeds = append(v.Feeds, row)
	}
	slices.SortStableFunc(v.Feeds, func(a, b templates.FeedRow) int {
		return cmp.Or(boolFirst(a.Error != "", b.Error != ""), strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)))
	})
	return v, nil
}

func boolFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// outletLinks are the addresses of the archive's outlets, by their slugs.
func (p *pages) outletLinks(ctx context.Context) (map[string]bool, error) {
	all, err := p.Names.Outlets(ctx)
	known := make(map[string]bool, len(all))
	for _, o := range all {
		known[o.Slug] = true
	}
	return known, err
}

func feedRow(r *http.Request, sub news.Subscription, now time.Time, busy bool, known map[string]bool) templates.FeedRow {
	st := sub.State
	row := templates.FeedRow{
		ID: string(sub.ID), Name: sub.Name(), Address: sub.Address, Good: st.Good, Next: st.Due, Week: st.NewInWeek(now),
		Waiting: st.Waiting, Failures: st.Failures, Error: inWords(r, st.Error), Paused: sub.Paused, Ended: st.Ended, Busy: busy,
	}
	name := cmp.Or(sub.Outlet, st.Outlet)
	if o := news.NewOutlet(name); o != nil {
		row.Outlet.Name = o.Name
		if known[o.Slug] {
			row.Outlet.Href = "/outlets/" + o.Slug
		}
	}
	return row
}

// addFeed subscribes to the feed of an address, or offers those that the page there
// names.
func (p *pages) addFeed(w http.ResponseWriter, r *http.Request) error {
	f, err := p.feeds(r)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(r.Context(), feedTime)
	defer cancel()
	wish := news.Subscription{Address: r.FormValue("address"), Outlet: strings.TrimSpace(r.FormValue("outlet")), Owner: news.LocalOwner}
	got, err := f.AddFeed(ctx, wish)
	if err == nil && len(got.Found) == 0 {
		return seeOther(w, r, "/feeds/"+string(got.Subscription.ID))
	}
	v, e := p.feedsView(r)
	if e != nil {
		return e
	}
	v.Address, v.Outlet = strings.TrimSpace(wish.Address), wish.Outlet
	status := http.StatusOK
	if err != nil {
		var problem bool
		if status, v.Problem, problem = feedProblem(r, err); !problem {
			return err
		}
	}
	for _, found := range got.Found {
		v.Found = append(v.Found, templates.Link{Name: cmp.Or(found.Title, found.URL), Href: found.URL})
	}
	return p.render(w, r, status, templates.FeedsPage(v))
}

// feedProblem is an error that a person can do something about, as a sentence.
func feedProblem(r *http.Request, err error) (status int, words string, ok bool) {
	status, reason := statusOf(err)
	var refusal *news.Refusal
	if errors.As(err, &refusal) || errors.Is(err, news.ErrInvalid) {
		// What it was wanted for stands on the page.
		if i := strings.LastIndex(reason, ": "); i >= 0 && refusal == nil {
			reason = reason[i+2:]
		}
		return status, inWords(r, reason), true
	}
	return status, inWords(r, reason), errors.Is(err, context.DeadlineExceeded) || errors.Is(err, news.ErrFull)
}

func (p *pages) importFeeds(w http.ResponseWriter, r *http.Request) error {
	f, err := p.feeds(r)
	if err != nil {
		return err
	}
	var list io.Reader = strings.NewReader("")
	file, _, err := r.FormFile("list")
	switch {
	case err == nil:
		defer file.Close()
		list = file
	case !errors.Is(err, http.ErrMissingFile) && !errors.Is(err, http.ErrNotMultipart):
		return err
	}
	got, err := f.ImportFeeds(r.Context(), list)
	status, problem := http.StatusOK, ""
	if err != nil {
		var known bool
		if status, problem, known = feedProblem(r, err); !known {
			return err
		}
	}
	v, err := p.feedsView(r)
	if err != nil {
		return err
	}
	if v.Problem = problem; problem == "" {
		v.Came = append(v.Came, say(r, "feeds.came", templates.Number(r.Context(), got.Added), templates.Number(r.Context(), got.Known)))
	}
	for _, ref := range got.Refused {
		v.Came = append(v.Came, say(r, "feeds.refused", ref.Source, ref.Reason))
	}
	return p.render(w, r, status, templates.FeedsPage(v))
}

func (p *pages) serveFeed(w http.ResponseWriter, r *http.Request) error {
	f, sub, err := p.theFeed(r)
	if err != nil {
		return err
	}
	return p.showFeed(w, r, f, sub, http.StatusOK, "")
}

func (p *pages) showFeed(w http.ResponseWriter, r *http.Request, f Feeds, sub news.Subscription, status int, problem string) error {
	known, err := p.outletLinks(r.Context())
	if err != nil {
		return err
	}
	v := templates.FeedView{Page: p.page(r, sub.Name()), Problem: problem}
	v.NoIndex = true
	st := sub.State
	v.FeedRow = feedRow(r, sub, v.Now, f.Busy(sub.ID), known)
	v.Given, v.Home, v.Checked, v.Since = sub.Given, st.Home, st.Checked, sub.Created
	v.Seen, v.New = st.Seen, st.New
	v.Called = sub.Title
	v.OutletName, v.Every, v.Pace, v.FeedOnly = sub.Outlet, sub.Every, st.Pace, sub.FeedOnly
	if v.Everies = everies; sub.Every != 0 && !slices.Contains(everies, sub.Every) {
		v.Everies = append(slices.Clone(everies), sub.Every)
		slices.Sort(v.Everies)
	}
	v.Older = st.Older != "" && f.Running()
	if rep, ok := f.FeedProgress(sub.ID); ok {
		v.Progress = say(r, "feed.older.doing", templates.Number(r.Context(), rep.Documents), templates.Number(r.Context(), rep.Added+rep.Versions))
	}
	return p.render(w, r, status, templates.FeedPage(v))
}

// changeFeed does with a feed what a form's button says.
func (p *pages) changeFeed(w http.ResponseWriter, r *http.Request) error {
	f, sub, err := p.theFeed(r)
	if err != nil {
		return err
	}
	here := "/feeds/" + string(sub.ID)
	switch r.FormValue("do") {
	case "check":
		err = p.readFeed(r, f, sub.ID)
	case "pause":
		sub.Paused = true
		err = f.SetSubscription(r.Context(), sub)
	case "resume":
		sub.Paused = false
		err = f.SetSubscription(r.Context(), sub)
	case "save":
		err = f.SetSubscription(r.Context(), saved(r, sub))
	case "older":
		err = f.StartOlder(r.Context(), sub.ID)
	case "remove":
		if err := f.Unsubscribe(r.Context(), sub.ID); err != nil {
			return err
		}
		return seeOther(w, r, "/feeds")
	default:
		return fail(http.StatusBadRequest, "the form does not say what to do")
	}
	if err != nil {
		status, words, ok := feedProblem(r, err)
		if !ok {
			return err
		}
		return p.showFeed(w, r, f, sub, status, words)
	}
	return seeOther(w, r, back(r, here))
}

// readFeed reads a feed for somebody who waits, but not for ever. The pages that it
// leads to are left to the schedule.
func (p *pages) readFeed(r *http.Request, f Feeds, id news.SubscriptionID) error {
	ctx, cancel := context.WithTimeout(r.Context(), feedTime)
	defer cancel()
	_, err := f.CheckFeed(ctx, id, false)
	return err
}

// saved is a subscription as a form says.
func saved(r *http.Request, sub news.Subscription) news.Subscription {
	sub.Title, sub.Outlet = strings.TrimSpace(r.FormValue("title")), strings.TrimSpace(r.FormValue("outlet"))
	if a := strings.TrimSpace(r.FormValue("address")); a != "" {
		sub.Address = a
	}
	sub.FeedOnly = r.FormValue("whole") == ""
	if n, err := strconv.Atoi(r.FormValue("every")); err == nil {
		sub.Every = n
	}
	return sub
}
