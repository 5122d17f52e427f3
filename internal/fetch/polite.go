package fetch

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// How long a host is left alone that says it is overburdened: without saying
// how long, and at most.
const (
	overburdened  = time.Minute
	maxRetryAfter = 24 * time.Hour
)

// maxGates bounds the hosts that are remembered.
const maxGates = 4096

// gate lets one request at a time through to a host.
type gate struct {
	turn  chan struct{} // holds a token while nobody asks
	next  time.Time     // not before; guarded by the token
	pause time.Duration // as robots.txt wants it, if longer than ours; guarded by Client.mu
	users int           // guarded by Client.mu
	until time.Time     // next, for pruning; guarded by Client.mu
}

// enter waits for a host's turn. leave must be called with the time before
// which the host does not want to be asked, or none, and whether a pause
// follows.
func (c *Client) enter(ctx context.Context, t target) (leave func(until time.Time, pause bool), err error) {
	g := c.gate(t.host)
	giveUp := func() {
		c.mu.Lock()
		g.users--
		c.mu.Unlock()
	}
	select {
	case <-g.turn:
	case <-ctx.Done():
		giveUp()
		return nil, ctx.Err()
	}
	back := func() { g.turn <- struct{}{}; giveUp() }
	wait := g.next.Sub(c.o.Now())
	if wait > c.o.Patience {
		at := g.next
		back()
		ref := refuse(t.String(), Wait, "%s asks not to be disturbed until %s", t.host, at.UTC().Format("2006-01-02 15:04 MST"))
		ref.Retry = at
		return nil, ref
	}
	if err := sleep(ctx, wait); err != nil {
		back()
		return nil, err
	}
	return func(until time.Time, pause bool) {
		c.mu.Lock()
		p := max(c.o.Pause, g.pause)
		c.mu.Unlock()
		g.next = time.Time{}
		if pause && p > 0 {
			g.next = c.o.Now().Add(p)
		}
		if until.After(g.next) {
			g.next = until
		}
		c.mu.Lock()
		g.until = g.next
		c.mu.Unlock()
		back()
	}, nil
}

func (c *Client) gate(host string) *gate {
	c.mu.Lock()
	defer c.mu.Unlock()
	g := c.gates[host]
	if g == nil {
		if len(c.gates) >= maxGates {
			now := c.o.Now()
			for h, old := range c.gates {
				if old.users == 0 && !old.until.After(now) {
					delete(c.gates, h)
				}
			}
		}
		g = &gate{turn: make(chan struct{}, 1)}
		g.turn <- struct{}{}
		c.gates[host] = g
	}
	g.users++
	return g
}

// slow has a host left alone for longer between requests.
func (c *Client) slow(host string, pause time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if g := c.gates[host]; g != nil {
		g.pause = pause
	}
}

// retryAfter is the time before which a host does not want to be asked again,
// or zero. Only answers that say the host is overburdened are believed.
func retryAfter(res *http.Response, now time.Time) time.Time {
	if res.StatusCode != http.StatusTooManyRequests && res.StatusCode != http.StatusServiceUnavailable {
		return time.Time{}
	}
	d := overburdened
	switch v := strings.TrimSpace(res.Header.Get("Retry-After")); {
	case v == "":
	default:
		if n, err := strconv.ParseInt(v, 10, 32); err == nil {
			d = time.Duration(max(n, 0)) * time.Second
		} else if at, err := http.ParseTime(v); err == nil {
			d = at.Sub(now)
		}
	}
	return now.Add(min(max(d, 0), maxRetryAfter))
}

func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
