package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"

	"backfile/internal/news"
	"backfile/web"
)

const pathFeeds = "/api/v1/subscriptions"

// feedsUsage is what can be done about feeds.
const feedsUsage = "list, add ADDRESS, remove, pause, resume, check or older FEED, import FILE, export"

// feeds lists, adds, removes and reads the feeds that the archive subscribes to.
func feeds(ctx context.Context, args []string, std stdio) error {
	fs := newFlags("feeds", std)
	var p place
	p.flags(fs)
	p.ask.flags(fs)
	asJSON := fs.Bool("json", false, "print the API's answer")
	title := fs.String("title", "", "what a new feed is called here: a `text`")
	outlet := fs.String("outlet", "", "the outlet's `name`, where an article of a new feed does not say")
	every := fs.Duration("every", 0, "how often a new feed is read, from 15m to 168h: a `time`; 0 is as often as it changes")
	only := fs.Bool("feed-only", false, "keep what a new feed itself says: do not fetch the pages that its teasers lead to")
	rest, err := parse(fs, args, true)
	if err != nil {
		return err
	}
	do := "list"
	if len(rest) > 0 {
		do, rest = rest[0], rest[1:]
	}
	want := map[string]int{"list": 0, "export": 0, "add": 1, "import": 1, "remove": 1, "pause": 1, "resume": 1, "older": 1}
	switch n, known := want[do]; {
	case !known && do != "check":
		return usagef("feeds %s is not known: there are %s", do, feedsUsage)
	case do == "check" && len(rest) > 1, known && len(rest) != n:
		return usagef("feeds %s takes %s", do, map[int]string{0: "no arguments", 1: "one argument"}[n])
	}
	if do == "add" || do == "import" { // they may be the archive's first words
		if err := p.resolve(); err != nil {
			return err
		}
		if err := makeDir(p.dir); err != nil {
			return err
		}
		c, release, err := connect(ctx, p, "feeds", quietLog(std.err))
		if err != nil {
			return err
		}
		r := feedClient{ctx, c, std, *asJSON}
		if do == "import" {
			err = r.importList(rest[0])
		} else {
			err = r.add(map[string]any{"address": rest[0], "title": *title, "outlet": *outlet, "every_minutes": int(every.Minutes()), "feed_only": *only})
		}
		c.close()
		if e := release(); err == nil {
			err = e
		}
		return err
	}
	return ask(ctx, &p, "feeds", std, func(c *client) error {
		r := feedClient{ctx, c, std, *asJSON}
		switch do {
		case "list":
			return r.list()
		case "export":
			return r.copy(http.MethodGet, pathFeeds+".opml")
		case "check":
			return r.check(rest)
		}
		sub, err := r.named(rest[0])
		if err != nil {
			return err
		}
		switch do {
		case "remove":
			return r.send(http.MethodDelete, string(sub.ID), nil, "no longer read: "+sub.Name())
		case "pause":
			return r.send(http.MethodPatch, string(sub.ID), map[string]bool{"paused": true}, "paused: "+sub.Name())
		case "resume":
			return r.send(http.MethodPatch, string(sub.ID), map[string]bool{"paused": false}, "resumed: "+sub.Name())
		}
		return r.older(sub)
	})
}

// feedClient speaks to the archive of its feeds.
type feedClient struct {
	ctx    context.Context
	c      *client
	std    stdio
	asJSON bool
}

// all are the archive's subscriptions.
func (r feedClient) all() (subs []news.Subscription, running bool, err error) {
	res, err := r.c.do(r.ctx, http.MethodGet, pathFeeds, nil, nil, "")
	if err != nil {
		return nil, false, err
	}
	defer res.Body.Close()
	var got struct {
		Subscriptions []news.Subscription `json:"subscriptions"`
		Running       bool                `json:"running"`
	}
	if err := json.NewDecoder(res.Body).Decode(&got); err != nil {
		return nil, false, fmt.Errorf("read the archive's answer: %w", err)
	}
	return got.Subscriptions, got.Running, nil
}

// named is the subscription of that id, address or name.
func (r feedClient) named(what string) (news.Subscription, error) {
	subs, _, err := r.all()
	if err != nil {
		return news.Subscription{}, err
	}
	var found []news.Subscription
	for _, s := range subs {
		if string(s.ID) == what || s.Address == what || s.Given == what {
			return s, nil
		}
		if strings.EqualFold(s.Name(), what) || strings.TrimPrefix(strings.TrimPrefix(s.Address, "https://"), "http://") == what {
			found = append(found, s)
		}
	}
	switch len(found) {
	case 0:
		return news.Subscription{}, fmt.Errorf("no feed has the id, address or name %q", what)
	case 1:
		return found[0], nil
	}
	return news.Subscription{}, fmt.Errorf("%d feeds are called %q: name one by its id", len(found), what)
}

func (r feedClient) list() error {
	if r.asJSON {
		return r.copy(http.MethodGet, pathFeeds)
	}
	subs, running, err := r.all()
	if err != nil {
		return err
	}
	slices.SortStableFunc(subs, func(a, b news.Subscription) int {
		return strings.Compare(strings.ToLower(a.Name()), strings.ToLower(b.Name()))
	})
	b := bufio.NewWriter(r.std.out)
	now := time.Now()
	for _, s := range subs {
		fmt.Fprintf(b, "%s  %s\n    %s\n    %s\n", s.ID, oneLine(s.Name()), oneLine(s.Address), feedLine(s, now))
		if s.State.Error != "" {
			fmt.Fprintf(b, "    %s\n", oneLine(s.State.Error))
		}
	}
	what := "feeds"
	if len(subs) == 1 {
		what = "feed"
	}
	fmt.Fprintf(b, "%s %s", grouped(len(subs)), what)
	if !running && len(subs) > 0 {
		fmt.Fprint(b, "; they are read while backfile serve runs")
	}
	fmt.Fprintln(b)
	return b.Flush()
}

// feedLine says how a feed stands.
func feedLine(s news.Subscription, now time.Time) string {
	last := "never read"
	if !s.State.Good.IsZero() {
		last = "last read " + s.State.Good.Local().Format("2006-01-02 15:04")
	}
	next := "next " + s.State.Due.Local().Format("2006-01-02 15:04")
	switch {
	case s.State.Ended:
		next = "ended"
	case s.Paused:
		next = "paused"
	case !s.State.Due.After(now):
		next = "due"
	}
	line := fmt.Sprintf("%s · %s · %s new this week", last, next, grouped(s.State.NewInWeek(now)))
	if n := s.State.Waiting; n > 0 {
		line += fmt.Sprintf(" · %s pages to be fetched", grouped(n))
	}
	return line
}

// add subscribes to a feed.
func (r feedClient) add(wish map[string]any) error {
	b, err := json.Marshal(wish)
	if err != nil {
		return err
	}
	res, err := r.c.do(r.ctx, http.MethodPost, pathFeeds, nil, bytes.NewReader(b), "application/json")
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if r.asJSON {
		_, err := io.Copy(r.std.out, res.Body)
		return err
	}
	if res.StatusCode == http.StatusMultipleChoices {
		var many struct{ Found []web.FoundFeed }
		if err := json.NewDecoder(res.Body).Decode(&many); err != nil {
			return fmt.Errorf("read the archive's answer: %w", err)
		}
		fmt.Fprintln(r.std.out, "the page names several feeds: add one of them")
		for _, f := range many.Found {
			fmt.Fprintf(r.std.out, "    %s  %s\n", oneLine(f.URL), oneLine(f.Title))
		}
		return errSaid
	}
	var rep web.FeedReport
	if err := json.NewDecoder(res.Body).Decode(&rep); err != nil {
		return fmt.Errorf("read the archive's answer: %w", err)
	}
	if res.StatusCode == http.StatusOK {
		fmt.Fprintf(r.std.out, "%s  was added before\n", rep.Subscription.ID)
		return nil
	}
	return r.report(rep)
}

// report says what a reading of a feed found.
func (r feedClient) report(rep web.FeedReport) error {
	s := rep.Subscription
	said := fmt.Sprintf("added %s, new versions %s, unchanged %s, refused %s", grouped(rep.Added), grouped(rep.Versions), grouped(rep.Unchanged), grouped(rep.Refused))
	if rep.NotModified && rep.Added+rep.Versions == 0 {
		said = "nothing new"
	}
	if s.State.Waiting > 0 {
		said += fmt.Sprintf("; %s pages to be fetched", grouped(s.State.Waiting))
	}
	fmt.Fprintf(r.std.out, "%s  %s\n    %s\n", s.ID, oneLine(s.Name()), said)
	if s.State.Error != "" {
		fmt.Fprintf(r.std.out, "    %s\n", oneLine(s.State.Error))
	}
	if s.State.Failures > 0 {
		return errSaid
	}
	return nil
}

// check reads a feed now, or all that are not paused.
func (r feedClient) check(which []string) error {
	var subs []news.Subscription
	var err error
	if len(which) == 1 {
		var one news.Subscription
		one, err = r.named(which[0])
		subs = []news.Subscription{one}
	} else if subs, _, err = r.all(); err == nil {
		subs = slices.DeleteFunc(subs, func(s news.Subscription) bool { return s.Paused || s.State.Ended })
	}
	if err != nil {
		return err
	}
	var failed error
	for _, s := range subs {
		res, err := r.c.do(r.ctx, http.MethodPost, pathFeeds+"/"+string(s.ID)+"/check", nil, nil, "")
		if err != nil {
			return err
		}
		if r.asJSON {
			_, err = io.Copy(r.std.out, res.Body)
			_ = res.Body.Close()
			if err != nil {
				return err
			}
			continue
		}
		var rep web.FeedReport
		err = json.NewDecoder(res.Body).Decode(&rep)
		_ = res.Body.Close()
		if err != nil {
			return fmt.Errorf("read the archive's answer: %w", err)
		}
		if err := r.report(rep); err != nil {
			failed = err
		}
	}
	return failed
}

// older has the archive fetch a feed's older entries.
func (r feedClient) older(s news.Subscription) error {
	res, err := r.c.do(r.ctx, http.MethodPost, pathFeeds+"/"+string(s.ID)+"/older", nil, nil, "")
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if r.asJSON {
		_, err := io.Copy(r.std.out, res.Body)
		return err
	}
	pr := newProgress(r.std.err)
	done := false
	err = lines(res.Body, func(l struct {
		web.FeedReport
		Done  bool
		Error string
	}) error {
		sum := &summary{added: l.Added, versions: l.Versions, unchanged: l.Unchanged}
		pr.show(sum)
		if l.Error != "" {
			pr.end()
			return fmt.Errorf("older entries: %s", l.Error)
		}
		if done = l.Done; !done {
			return nil
		}
		pr.end()
		fmt.Fprintf(r.std.out, "%s documents: added %s, new versions %s, unchanged %s, refused %s\n", grouped(l.Documents), grouped(l.Added), grouped(l.Versions), grouped(l.Unchanged), grouped(l.Refused))
		if l.Why != "" {
			fmt.Fprintf(r.std.out, "    %s\n", oneLine(l.Why))
		}
		return nil
	})
	if err == nil && !done {
		err = fmt.Errorf("older entries: the archive broke off")
	}
	return err
}

// importList subscribes to the feeds of an OPML file.
func (r feedClient) importList(path string) error {
	in := r.std.in
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		in = f
	}
	res, err := r.c.do(r.ctx, http.MethodPost, pathFeeds+".opml", nil, in, "text/x-opml")
	if err != nil {
		return err
	}
	defer res.Body.Close()
	var got web.ImportedFeeds
	if err := json.NewDecoder(res.Body).Decode(&got); err != nil {
		return fmt.Errorf("read the archive's answer: %w", err)
	}
	for _, ref := range got.Refused {
		fmt.Fprintf(r.std.out, "refused: %s\n", oneLine(ref.Error()))
	}
	fmt.Fprintf(r.std.out, "feeds added %s, known before %s, refused %s\n", grouped(got.Added), grouped(got.Known), grouped(len(got.Refused)))
	if len(got.Refused) > 0 {
		return errSaid
	}
	return nil
}

// send changes a subscription and says so.
func (r feedClient) send(method, id string, body any, said string) error {
	var in io.Reader
	if body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			return err
		}
		in = bytes.NewReader(b)
	}
	res, err := r.c.do(r.ctx, method, pathFeeds+"/"+id, nil, in, "application/json")
	if err != nil {
		return err
	}
	defer res.Body.Close()
	fmt.Fprintln(r.std.out, oneLine(said))
	return nil
}

// copy prints an answer as it is.
func (r feedClient) copy(method, path string) error {
	res, err := r.c.do(r.ctx, method, path, nil, nil, "")
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if _, err := io.Copy(r.std.out, res.Body); err != nil {
		return fmt.Errorf("read the archive's answer: %w", err)
	}
	return nil
}
