package fetch

import (
	"context"
	"errors"
	"time"
)

// How long a robots.txt is believed, how long its absence is when the host
// was in trouble, and how many are kept.
const (
	rulesFor  = 24 * time.Hour
	brokenFor = 10 * time.Minute
	maxRules  = 2000
)

// rulesEntry is what is known of an origin's robots.txt.
type rulesEntry struct {
	rules   rules
	broken  bool      // the host could not say; nothing may be asked before until
	until   time.Time // when to ask again
	fetched chan struct{}
}

// obey refuses a target that its host's robots.txt asks programs not to fetch.
// A host without one (4xx) allows all; one that cannot say (5xx) is asked
// again later, and until then nothing else is asked of it.
func (c *Client) obey(ctx context.Context, t target) error {
	e, err := c.robots(ctx, t)
	if err != nil {
		return err
	}
	if e.broken {
		ref := refuse(t.String(), Wait, "%s cannot say what its robots.txt allows; it is asked again at %s", t.host, e.until.UTC().Format("15:04 MST"))
		ref.Retry = e.until
		return ref
	}
	if e.rules.delay > 0 {
		c.slow(t.host, e.rules.delay)
	}
	if !e.rules.allows(t.url.RequestURI()) {
		return refuse(t.String(), Robots, "the robots.txt of %s asks programs not to fetch this address", t.host)
	}
	return nil
}

// robots returns what is known of a target's origin, and asks for it where
// that is nothing or too old. Of several who want to know one asks.
func (c *Client) robots(ctx context.Context, t target) (*rulesEntry, error) {
	origin := t.origin()
	for {
		c.mu.Lock()
		e := c.rules[origin]
		if e == nil || e.fetched == nil && !e.until.After(c.o.Now()) {
			break // with the lock held
		}
		if e.fetched == nil {
			c.mu.Unlock()
			return e, nil
		}
		c.mu.Unlock()
		select {
		case <-e.fetched:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	old := c.rules[origin]
	pending := &rulesEntry{fetched: make(chan struct{})}
	c.prune()
	c.rules[origin] = pending
	c.mu.Unlock()

	e, err := c.askRobots(ctx, t, old)
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.rules, origin)
	switch {
	case err == nil:
		c.rules[origin] = e
	case old != nil:
		c.rules[origin] = old // too old, so that it is asked for again
	}
	close(pending.fetched)
	return e, err
}

// askRobots fetches a robots.txt. Errors of the network and refusals of its
// address are the caller's too: the page is at the same host.
func (c *Client) askRobots(ctx context.Context, t target, old *rulesEntry) (*rulesEntry, error) {
	at, err := parseTarget(t.origin() + "/robots.txt")
	if err != nil {
		return nil, err
	}
	a, err := c.follow(ctx, at, Request{URL: at.String(), Accept: "text/plain, */*;q=0.5", Limit: 4 * maxRobots}, false)
	now := c.o.Now()
	allowAll := &rulesEntry{until: now.Add(rulesFor)}
	var ref *Refused
	switch {
	case errors.As(err, &ref) && (ref.Why == Redirects || ref.Why == Encoding || ref.Why == TooLarge || ref.Why == BadURL):
		return allowAll, nil // it has none that can be read
	case err != nil:
		return nil, err
	case a.Status >= 500 || a.Status == 429:
		if old != nil && !old.broken {
			return &rulesEntry{rules: old.rules, until: now.Add(brokenFor)}, nil
		}
		return &rulesEntry{broken: true, until: now.Add(brokenFor)}, nil
	case a.Status < 200 || a.Status >= 300:
		return allowAll, nil
	}
	return &rulesEntry{rules: parseRobots(a.Body, product), until: now.Add(rulesFor)}, nil
}

// prune makes room among the origins remembered. The lock is held.
func (c *Client) prune() {
	if len(c.rules) < maxRules {
		return
	}
	now := c.o.Now()
	for o, e := range c.rules {
		if e.fetched == nil && (!e.until.After(now) || len(c.rules) >= maxRules) {
			delete(c.rules, o)
		}
	}
}
