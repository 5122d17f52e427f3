package main

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"time"
)

// feedLength is how many entries the feed shows.
const feedLength = 40

// feedServer is an outlet's site with a feed, to which each reading adds an entry.
type feedServer struct {
	srv *httptest.Server
	mu  sync.Mutex
	n   int
}

func newFeedServer() *feedServer {
	f := &feedServer{}
	f.srv = httptest.NewServer(f)
	return f
}

func (f *feedServer) close() { f.srv.Close() }

func (f *feedServer) host() string { return strings.TrimPrefix(f.srv.URL, "http://") }

func (f *feedServer) address() string { return f.srv.URL + "/feed.xml" }

func (f *feedServer) entry(n int) string { return fmt.Sprintf("%s/news/%d", f.srv.URL, n) }

// served is the number of the newest entry that was shown.
func (f *feedServer) served() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.n
}

func (f *feedServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/feed.xml" {
		http.NotFound(w, r)
		return
	}
	f.mu.Lock()
	f.n += 2
	n := f.n
	f.mu.Unlock()
	var b bytes.Buffer
	b.WriteString(xml.Header + `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Stress Gazette</title>`)
	for i := n; i > max(0, n-feedLength); i-- {
		text := strings.Repeat(fmt.Sprintf("The tide of number %d came in at noon and went out again by six. ", i), 6)
		fmt.Fprintf(&b, `<item><title>Tide %d</title><link>%s</link><guid>%s</guid><content:encoded>%s</content:encoded></item>`, i, f.entry(i), f.entry(i), text)
	}
	b.WriteString(`</channel></rss>`)
	w.Header().Set("Content-Type", "application/rss+xml")
	_, _ = w.Write(b.Bytes())
}

// subscribe subscribes to the feed, once and without being killed.
func (a *archive) subscribe(ctx context.Context) error {
	p, err := a.start(ctx)
	if err != nil {
		return err
	}
	defer p.kill()
	body, err := json.Marshal(map[string]any{"address": a.feed.address(), "outlet": "The Stress Gazette", "feed_only": true})
	if err != nil {
		return err
	}
	var got struct {
		Subscription struct{ ID string }
		Reason       string
	}
	st, err := p.ask(ctx, http.MethodPost, "/api/v1/subscriptions", body, &got)
	if err != nil || st != http.StatusCreated {
		return errors.Join(fmt.Errorf("subscribing answered %d: %s", st, got.Reason), err)
	}
	a.subscription = got.Subscription.ID
	a.ackFeed(0)
	return nil
}

// readFeed has the archive read the feed again and again until it is gone.
func (a *archive) readFeed(ctx context.Context, p *program) {
	for ctx.Err() == nil {
		before := a.feed.served()
		var got struct {
			Subscription struct{ State struct{ Error string } }
			Reason       string
		}
		st, err := p.ask(ctx, http.MethodPost, "/api/v1/subscriptions/"+a.subscription+"/check", nil, &got)
		if err != nil {
			return
		}
		if why := got.Subscription.State.Error + got.Reason; st != http.StatusOK || why != "" {
			a.fault("reading the feed answered %d: %s", st, why)
			return
		}
		a.ackFeed(before)
		select {
		case <-ctx.Done():
		case <-time.After(30 * time.Millisecond):
		}
	}
}

// ackFeed notes the entries that the reading which is over must have seen: it began
// when before was the newest, and each reading is shown two more.
func (a *archive) ackFeed(before int) {
	if a.feed.served() == before {
		return // it was answered without asking the feed
	}
	for i := before + 2; i > max(0, before+2-feedLength); i-- {
		a.ack(byFeed, "", a.feed.entry(i))
	}
}

// ask sends one request and reads the answer's JSON into v, where it is not nil.
func (p *program) ask(ctx context.Context, method, path string, body []byte, v any) (status int, err error) {
	req, err := http.NewRequestWithContext(ctx, method, p.base+path, bytes.NewReader(body))
	if err != nil {
		return 0, err
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	res, err := p.http.Do(req)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		return 0, err
	}
	if v != nil {
		err = json.Unmarshal(b, v)
	}
	return res.StatusCode, err
}
