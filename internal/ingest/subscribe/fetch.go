package subscribe

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"backfile/internal/fetch"
)

// Fetcher asks other people's servers, as *fetch.Client does: it waits between requests
// to one host, and asks no private address. An answer of any status is no error.
type Fetcher interface {
	Get(ctx context.Context, r fetch.Request) (*fetch.Answer, error)
}

const (
	acceptFeed = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.5, */*;q=0.1"
	acceptPage = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"

	maxDocument = 16 << 20
)

// plainly says why fetching failed, as a person would.
func plainly(err error) string { return fetch.Reason(err) }

// waited is how long a host wants to be left alone that was not asked for that reason;
// final says that asking again is no use.
func waited(err error, now time.Time) (wait time.Duration, final bool) {
	var ref *fetch.Refused
	if !errors.As(err, &ref) {
		return 0, false
	}
	switch ref.Why {
	case fetch.Wait:
		return min(max(ref.Retry.Sub(now), minPace), week), false
	case fetch.BadURL, fetch.Private, fetch.Robots, fetch.TooLarge:
		return 0, true
	}
	return 0, false
}

// statusPlainly says what an answer's status means for who wanted what.
func statusPlainly(status int, what string) string {
	why := ""
	switch {
	case status == http.StatusNotFound:
		return fmt.Sprintf("there is no %s at this address any more (404)", what)
	case status == http.StatusGone:
		return fmt.Sprintf("the outlet says that the %s is gone for good (410)", what)
	case status == http.StatusUnauthorized || status == http.StatusForbidden || status == http.StatusPaymentRequired || status == http.StatusUnavailableForLegalReasons:
		why = "the outlet does not give it to the archive"
	case status == http.StatusTooManyRequests:
		why = "the outlet asks for fewer requests"
	case status >= 500:
		why = "the outlet’s server is in trouble"
	case status >= 300 && status < 400:
		why = "the address leads on without end, or nowhere"
	case status >= 400:
		why = "the outlet’s server does not take the request"
	default:
		why = "the answer holds nothing"
	}
	return fmt.Sprintf("%s (%d)", why, status)
}

// retryAfter is how long an answer asks to wait, 0 where it does not, a week at most.
func retryAfter(h http.Header, now time.Time) time.Duration {
	s := strings.TrimSpace(h.Get("Retry-After"))
	if s == "" {
		return 0
	}
	var d time.Duration
	if n, err := strconv.Atoi(s); err == nil {
		d = time.Duration(min(max(n, 0), int(week/time.Second))) * time.Second
	} else if t, err := http.ParseTime(s); err == nil {
		d = t.Sub(now)
	}
	return min(max(d, 0), week)
}

// maxAge is how long an answer says that it stays as it is, 0 where it does not say.
func maxAge(h http.Header) time.Duration {
	for part := range strings.SplitSeq(strings.ToLower(strings.Join(h.Values("Cache-Control"), ",")), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		if name != "max-age" {
			continue
		}
		if n, err := strconv.Atoi(strings.Trim(value, `" `)); err == nil && n > 0 {
			return min(time.Duration(min(n, int(week/time.Second)))*time.Second, week)
		}
	}
	return 0
}

func hostOf(address string) string {
	if u, err := url.Parse(address); err == nil {
		return u.Hostname()
	}
	return address
}
