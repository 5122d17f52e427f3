package fetch

import (
	"fmt"
	"time"
)

// Why says what kind of refusal a Refused is.
type Why string

// The reasons for which a request is not made or an answer not taken.
const (
	// BadURL: no address that can be asked for (scheme, port, credentials, a host that is none).
	BadURL Why = "url"
	// Private: an address that is not of the public internet.
	Private Why = "private"
	// Robots: the host's robots.txt asks programs not to fetch this address.
	Robots Why = "robots"
	// Wait: the host asked for no requests before Retry, or its robots.txt could not be had.
	Wait Why = "wait"
	// TooLarge: the body is longer than the limit, or inflates beyond all proportion.
	TooLarge Why = "large"
	// Redirects: more redirects than are followed, or one to nowhere.
	Redirects Why = "redirects"
	// Encoding: a body in a compression that was not asked for.
	Encoding Why = "encoding"
)

// Refused says why something was not fetched. It is this program's own
// decision, or the host's wish; errors of the network are other types.
type Refused struct {
	URL    string    // the address refused, perhaps one that a redirect led to
	Why    Why       //
	Reason string    // for a person, beginning in lower case, without the address
	Retry  time.Time // when asking again is welcome, for Wait; else zero
}

// Error is the reason with the address.
func (r *Refused) Error() string { return fmt.Sprintf("%s: %s", r.URL, r.Reason) }

func refuse(url string, why Why, format string, args ...any) *Refused {
	return &Refused{URL: url, Why: why, Reason: fmt.Sprintf(format, args...)}
}
