package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
)

// client speaks the archive's API over its socket.
type client struct {
	http *http.Client
	own  bool // this very process has the archive, for as long as the command takes
}

// dial returns a client where somebody answers on the archive's socket.
func dial(ctx context.Context, dir string) (*client, bool) {
	path := socketPath(dir)
	c := &client{http: &http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{Timeout: lockWait}).DialContext(ctx, "unix", path)
		},
		DisableCompression: true,
	}}}
	ctx, cancel := context.WithTimeout(ctx, lockWait)
	defer cancel()
	res, err := c.do(ctx, http.MethodGet, "/healthz", nil, nil, "")
	if err != nil {
		c.close()
		return nil, false
	}
	_ = res.Body.Close()
	return c, true
}

func (c *client) close() { c.http.CloseIdleConnections() }

// do sends a request. An answer that is no success becomes an error with the
// reason that it gives.
func (c *client) do(ctx context.Context, method, path string, q url.Values, body io.Reader, contentType string) (*http.Response, error) {
	u := url.URL{Scheme: "http", Host: "localhost", Path: path, RawQuery: q.Encode()}
	req, err := http.NewRequestWithContext(ctx, method, u.String(), body)
	if err != nil {
		return nil, err
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	res, err := c.http.Do(req)
	if err != nil {
		var e *url.Error
		if errors.As(err, &e) {
			err = e.Err
		}
		return nil, fmt.Errorf("speak to the archive: %w", err)
	}
	if res.StatusCode <= http.StatusMultipleChoices {
		return res, nil
	}
	defer res.Body.Close()
	var said struct {
		Reason string `json:"reason"`
	}
	if json.NewDecoder(io.LimitReader(res.Body, 64<<10)).Decode(&said) != nil || said.Reason == "" {
		said.Reason = "the archive answered " + res.Status
	}
	return nil, &answerError{res.StatusCode, said.Reason}
}

// answerError is an answer of the archive that is no success.
type answerError struct {
	status int
	reason string
}

func (e *answerError) Error() string { return e.reason }

// notThere reports whether an error is the archive's answer that it has nothing of
// that id.
func notThere(err error) bool {
	var e *answerError
	return errors.As(err, &e) && e.status == http.StatusNotFound
}

// lines calls each for every JSON line of a streamed answer.
func lines[T any](r io.Reader, each func(T) error) error {
	d := json.NewDecoder(r)
	for {
		var v T
		switch err := d.Decode(&v); {
		case err == io.EOF:
			return nil
		case err != nil:
			return fmt.Errorf("read the archive's answer: %w", err)
		}
		if err := each(v); err != nil {
			return err
		}
	}
}
