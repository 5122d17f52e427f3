package fetch

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// The limits of a client that is told nothing else.
const (
	DefaultTimeout       = 20 * time.Second
	DefaultLimit   int64 = 10 << 20
	DefaultPause         = time.Second
	maxRedirects         = 5
)

// product is the name by which robots.txt knows this program.
const product = "backfile"

// Options say how a client asks.
type Options struct {
	// Version and About, an address at which to read about whoever asks, follow
	// the program's name in User-Agent. Both may be empty.
	Version, About string
	// Hosts may be asked although they are of a private network: names
	// ("wiki.example", "*.example"), addresses ("10.1.2.3") or networks
	// ("10.1.0.0/16"); names and addresses with a port, if not 80 or 443.
	Hosts []string
	// Timeout bounds a whole request, from the name to the body's last byte,
	// each redirect anew. Zero is DefaultTimeout.
	Timeout time.Duration
	// Limit bounds an inflated body, in bytes, where a request has none of its
	// own. Zero is DefaultLimit.
	Limit int64
	// Pause is how long a host is left alone between two requests. Zero is
	// DefaultPause; less than zero is none.
	Pause time.Duration
	// Patience is how long Get itself waits for a host that wants to be left
	// alone before it is refused with Wait. Zero is 30 seconds.
	Patience time.Duration
	// Now tells the time; nil is time.Now.
	Now func() time.Time
}

// Request is what to ask for.
type Request struct {
	URL                string // http or https; the scheme may be left out
	ETag, LastModified string // of an earlier answer, to be told when nothing changed (304)
	Accept             string // media types; empty is HTML before anything
	Limit              int64  // of the inflated body, in bytes; zero is the client's
	Feed               bool   // a feed that a person subscribed to: robots.txt, which is for crawlers, is not asked
}

// Answer is what a host said, of whatever status that is no redirect.
type Answer struct {
	URL    string // the address that answered, after redirects
	Moved  string // where permanent redirects alone led from the address asked, or empty
	Status int    // 200, 304, 404 …
	Header http.Header
	Type   string    // media type, in lower case, without parameters; empty where none is said
	Body   []byte    // inflated and whole
	At     time.Time // when the answer was there
}

// Client fetches, for the whole program: politeness is kept between all who
// use one. Its methods may be called at the same time.
type Client struct {
	o        Options
	allow    allowed
	agent    string
	http     *http.Transport            // no http.Client: it would follow redirects by itself
	resolver *net.Resolver              // nil is the system's; tests have one that changes its mind
	dialled  func(address string) error // told of every connection about to be made, and may stop it; for tests

	mu    sync.Mutex
	gates map[string]*gate
	rules map[string]*rulesEntry
}

// New returns a client. The error says which of Options.Hosts cannot be read.
func New(o Options) (*Client, error) {
	allow, err := parseAllowed(o.Hosts)
	if err != nil {
		return nil, fmt.Errorf("hosts that may be asked: %w", err)
	}
	if o.Timeout <= 0 {
		o.Timeout = DefaultTimeout
	}
	if o.Limit <= 0 {
		o.Limit = DefaultLimit
	}
	if o.Pause == 0 {
		o.Pause = DefaultPause
	}
	if o.Patience <= 0 {
		o.Patience = 30 * time.Second
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	c := &Client{o: o, allow: allow, agent: agent(o), gates: map[string]*gate{}, rules: map[string]*rulesEntry{}}
	c.http = c.transport()
	return c, nil
}

func agent(o Options) string {
	a := "Backfile"
	if o.Version != "" {
		a += "/" + o.Version
	}
	a += " (news archive"
	if o.About != "" {
		a += "; +" + o.About
	}
	return a + ")"
}

// Close ends connections that are kept open.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Get asks for an address, follows at most five redirects, and returns the
// answer, whatever its status. Errors are *Refused, ctx's, or the network's.
func (c *Client) Get(ctx context.Context, r Request) (*Answer, error) {
	t, err := parseTarget(r.URL)
	if err != nil {
		return nil, err
	}
	return c.follow(ctx, t, r, !r.Feed)
}

// follow asks for a target and for where its redirects lead. robots.txt itself
// is fetched without asking it.
func (c *Client) follow(ctx context.Context, t target, r Request, robots bool) (*Answer, error) {
	moved, permanent := "", true
	for range maxRedirects + 1 {
		if err := c.check(t); err != nil {
			return nil, err
		}
		if robots {
			if err := c.obey(ctx, t); err != nil {
				return nil, err
			}
		}
		a, next, err := c.visit(ctx, t, r, robots || r.Feed)
		if err != nil {
			return nil, err
		}
		if next == "" {
			a.Moved = moved
			return a, nil
		}
		permanent = permanent && (a.Status == http.StatusMovedPermanently || a.Status == http.StatusPermanentRedirect)
		if t, err = c.redirected(t, next); err != nil {
			return nil, err
		}
		if permanent {
			moved = t.String()
		}
	}
	return nil, refuse(r.URL, Redirects, "the address redirects more than %d times", maxRedirects)
}

// redirected is the target of a Location header.
func (c *Client) redirected(from target, location string) (target, error) {
	u, err := from.url.Parse(location)
	if err != nil {
		return target{}, refuse(from.String(), Redirects, "the address redirects to what is no address")
	}
	return newTarget(u)
}

// visit makes one request and reads its answer. next is where it redirects to.
func (c *Client) visit(ctx context.Context, t target, r Request, pause bool) (a *Answer, next string, err error) {
	leave, err := c.enter(ctx, t)
	if err != nil {
		return nil, "", err
	}
	var until time.Time
	defer func() { leave(until, pause) }()

	ctx, cancel := context.WithTimeout(ctx, c.o.Timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, t.String(), nil)
	if err != nil {
		return nil, "", refuse(t.String(), BadURL, "this is no address that can be read")
	}
	c.header(req, r)
	res, err := c.http.RoundTrip(req)
	if err != nil {
		return nil, "", outOf(t, err)
	}
	defer res.Body.Close()
	at := c.o.Now()
	until = retryAfter(res, at)
	if isRedirect(res.StatusCode) {
		if next = res.Header.Get("Location"); next != "" {
			if to, err := t.url.Parse(next); err == nil && strings.EqualFold(to.Hostname(), t.url.Hostname()) {
				pause = false // the next request to this host is part of the same visit
			}
			return &Answer{Status: res.StatusCode}, next, nil
		}
	}
	limit := r.Limit
	if limit <= 0 {
		limit = c.o.Limit
	}
	body, err := readBody(t.String(), res, limit)
	if err != nil {
		if ref := (*Refused)(nil); errors.As(err, &ref) {
			return nil, "", ref
		}
		return nil, "", fmt.Errorf("read the answer of %s: %w", t, err)
	}
	typ, _, _ := mime.ParseMediaType(res.Header.Get("Content-Type"))
	return &Answer{URL: t.String(), Status: res.StatusCode, Header: res.Header, Type: typ, Body: body, At: at}, "", nil
}

func (c *Client) header(req *http.Request, r Request) {
	accept := r.Accept
	if accept == "" {
		accept = "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8"
	}
	req.Header.Set("Accept", accept)
	req.Header.Set("Accept-Encoding", "gzip")
	req.Header.Set("User-Agent", c.agent)
	if r.ETag != "" {
		req.Header.Set("If-None-Match", r.ETag)
	}
	if r.LastModified != "" {
		req.Header.Set("If-Modified-Since", r.LastModified)
	}
}

// outOf finds our own refusal inside an error of the transport.
func outOf(t target, err error) error {
	var ref *Refused
	if errors.As(err, &ref) {
		return refuse(t.String(), ref.Why, "%s", ref.Reason)
	}
	return fmt.Errorf("ask %s: %w", t, err)
}

func isRedirect(status int) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}
