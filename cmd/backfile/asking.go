package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"time"

	"backfile/internal/fetch"
	"backfile/internal/ingest"
)

// asking is how this program asks other people's servers.
type asking struct {
	hosts string
	pause time.Duration
	// flagged says that pause is what the flag says, and not unset.
	flagged bool
	about   string // where those asked may read who asks; "" says nothing
}

func (a *asking) flags(fs *flagSet) {
	a.flagged = true
	fs.StringVar(&a.hosts, "allow-hosts", "", "fetch from these `hosts` although they are of a private network: names, *.names, addresses or networks, parted by commas, with :port if not 80 or 443")
	fs.DurationVar(&a.pause, "fetch-pause", fetch.DefaultPause, "how long a host is left alone between two requests: a `time`; 0 asks at once")
}

// client returns the one fetcher of a process.
func (a *asking) client() (*fetch.Client, error) {
	o := fetch.Options{Version: releaseName(), About: a.about, Hosts: strings.Split(a.hosts, ","), Pause: a.pause}
	if a.flagged && a.pause <= 0 {
		o.Pause = -1
	}
	c, err := fetch.New(o)
	if err != nil {
		return nil, usagef("--allow-hosts: %v", err)
	}
	return c, nil
}

// fetched is what is at an address, as an input. What cannot be had, or is no
// page, is an input that says why.
func fetched(ctx context.Context, c *fetch.Client, url string) ingest.Input {
	ans, err := c.Get(ctx, fetch.Request{URL: url})
	if err != nil {
		return missing(url, fetch.Reason(err))
	}
	if reason := ans.Reason(); reason != "" {
		return missing(url, reason)
	}
	in := ingest.Input{Source: url, Type: ans.Header.Get("Content-Type"), URL: ans.URL, Open: func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(ans.Body)), nil
	}}
	if ans.Moved == ans.URL {
		// Moved for good: what is known by the old address is this. A redirect for the
		// time being may lead anywhere, to a front page or a form to log in.
		in.Also = []string{url}
	}
	return in
}

// missing is an address that did not answer with a page, as an input. An article that
// is kept of it learns of the attempt.
func missing(url, reason string) ingest.Input {
	in := ingest.Broken(url, errors.New(reason))
	in.URL = url
	return in
}
