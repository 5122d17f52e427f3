package news

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"
)

// SubscriptionID names a subscription to a feed.
type SubscriptionID string

// Subscription is a feed that the archive reads on a schedule. What a person says of
// it stands in its own fields, what the archive has seen of it in State.
type Subscription struct {
	ID SubscriptionID `json:"id"`
	// Address is where the feed is fetched, http or https. Given is where it was when
	// somebody subscribed; "" unless a permanent redirect has moved it since.
	Address string `json:"address"`
	Given   string `json:"given,omitempty"`
	// Title is what a person calls it; "" leaves that to State.Title.
	Title string `json:"title,omitempty"`
	// Outlet is the name of the outlet where an entry and its page do not say.
	Outlet string `json:"outlet,omitempty"`
	Owner  string `json:"owner"`
	// Every is how often it is read, in minutes; 0 leaves that to how often the feed
	// changes.
	Every int `json:"every_minutes,omitempty"`
	// FeedOnly keeps what the feed itself carries: pages that its teasers lead to are
	// not fetched.
	FeedOnly bool              `json:"feed_only,omitempty"`
	Paused   bool              `json:"paused,omitempty"`
	Created  time.Time         `json:"created"`
	State    SubscriptionState `json:"state"`
}

// SubscriptionState is what became of a subscription's polls. Times are zero where
// there was none.
type SubscriptionState struct {
	// Title and Home are what the feed says of itself, Outlet the outlet that most of
	// its articles are of.
	Title  string `json:"title,omitempty"`
	Home   string `json:"home,omitempty"`
	Outlet string `json:"outlet,omitempty"`
	// Checked is the last poll, Good the last that went well, Due the next: at once,
	// where it is zero.
	Checked time.Time `json:"checked,omitzero"`
	Good    time.Time `json:"good,omitzero"`
	Due     time.Time `json:"due,omitzero"`
	// Status is the HTTP status of the last answer; 0 where there was none.
	Status int `json:"status,omitempty"`
	// ETag and LastModified are the last good answer's, to be sent back as they are.
	ETag         string `json:"etag,omitempty"`
	LastModified string `json:"last_modified,omitempty"`
	// Pace is how often the feed is read by now, in minutes, by how often it changed.
	Pace int `json:"pace_minutes,omitempty"`
	// Failures counts the polls in a row that failed, the last for Error, a plain
	// sentence without a full stop.
	Failures int    `json:"failures,omitempty"`
	Error    string `json:"error,omitempty"`
	// Ended says that the outlet declared the feed gone for good (410): it is not
	// polled until somebody resumes it.
	Ended bool `json:"ended,omitempty"`
	// Seen counts the entries met for the first time, New the articles and versions
	// that they brought. Days is New by day (2006-01-02) for the last week.
	Seen int            `json:"seen,omitempty"`
	New  int            `json:"new,omitempty"`
	Days map[string]int `json:"days,omitempty"`
	// Waiting counts the entries whose pages are still to be fetched, the first of them
	// at PagesDue.
	Waiting  int       `json:"waiting,omitempty"`
	PagesDue time.Time `json:"pages_due,omitzero"`
	// Rest is how long the feed itself asks to be left alone, in minutes.
	Rest int `json:"rest_minutes,omitempty"`
	// Older is the address of the page of older entries that the feed names; "" where
	// it names none.
	Older string `json:"older,omitempty"`
}

// SubscriptionEntry is what is remembered of one entry of a feed, so that it is not
// read again while it stays as it is.
type SubscriptionEntry struct {
	// Key names the entry, Print what the feed says of it: both are short hashes.
	Key   string `json:"k"`
	Print string `json:"p"`
	// Updated is the time of change that the entry states, as it states it.
	Updated string `json:"u,omitempty"`
	// Fetched is when its page was last asked for, Same how often in a row that
	// changed nothing.
	Fetched time.Time `json:"f,omitzero"`
	Same    int       `json:"s,omitempty"`
	// Page is set while its page is still to be fetched.
	Page *PendingPage `json:"w,omitempty"`
}

// PendingPage is a page that an entry leads to and that is not in the archive yet.
type PendingPage struct {
	URL string `json:"url"`
	// Due is when to ask for it, Tries how often that has failed.
	Due   time.Time `json:"due"`
	Tries int       `json:"tries,omitempty"`
	// Stub is what the feed itself says, to be kept should the page not be had; nil
	// where that is in the archive already. It is opaque here.
	Stub json.RawMessage `json:"stub,omitempty"`
}

// The limits of subscriptions.
const (
	MaxSubscriptions = 5000
	maxAddress       = 2000 // bytes
	maxTitle         = 300  // characters
)

// Name is what the feed is called: as a person says, as it says itself, or its
// address.
func (s Subscription) Name() string {
	switch {
	case s.Title != "":
		return s.Title
	case s.State.Title != "":
		return s.State.Title
	}
	return s.Address
}

// NewInWeek is how many articles and versions the last seven days brought, of which
// today, in UTC, is the last.
func (s SubscriptionState) NewInWeek(now time.Time) int {
	n := 0
	for i := range 7 {
		n += s.Days[now.UTC().AddDate(0, 0, -i).Format(time.DateOnly)]
	}
	return n
}

// Count adds n new articles on the day of now, in UTC, and forgets days that are
// more than a week ago.
func (s *SubscriptionState) Count(now time.Time, n int) {
	first := now.UTC().AddDate(0, 0, -6).Format(time.DateOnly)
	days := map[string]int{}
	for d, c := range s.Days {
		if d >= first {
			days[d] = c
		}
	}
	if n > 0 {
		days[now.UTC().Format(time.DateOnly)] += n
	}
	s.New += n
	if s.Days = days; len(days) == 0 {
		s.Days = nil
	}
}

// Portable is s without what makes sense only beside the articles that the polls
// brought: in another archive the next poll reads the whole feed.
func (s SubscriptionState) Portable() SubscriptionState {
	s.ETag, s.LastModified, s.Older, s.Waiting, s.Due, s.PagesDue = "", "", "", 0, time.Time{}, time.Time{}
	return s
}

// Check brings a subscription's own fields into their form, and returns an error that
// wraps ErrInvalid where they make no sense.
func (s *Subscription) Check() error {
	bad := func(why string) error { return fmt.Errorf("%s: %w", why, ErrInvalid) }
	s.Address = strings.TrimSpace(s.Address)
	u, err := url.Parse(s.Address)
	switch {
	case s.Address == "":
		return bad("a feed needs an address")
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || !utf8.ValidString(s.Address):
		return bad("a feed's address begins with http:// or https://")
	case len(s.Address) > maxAddress:
		return bad(fmt.Sprintf("a feed's address has at most %d bytes", maxAddress))
	case s.Every < 0 || s.Every > 0 && s.Every < 15 || s.Every > 7*24*60:
		return bad("a feed is read between every 15 minutes and once a week")
	case s.Owner == "" || strings.ContainsRune(s.Owner, 0):
		return bad("a subscription needs an owner")
	}
	u.Fragment, u.RawFragment = "", ""
	s.Address = u.String()
	for _, f := range []*string{&s.Title, &s.Outlet, &s.State.Title} {
		*f = strings.Join(strings.Fields(strings.ToValidUTF8(*f, "")), " ")
		if rs := []rune(*f); len(rs) > maxTitle {
			*f = strings.TrimSpace(string(rs[:maxTitle]))
		}
	}
	if s.Outlet != "" && NewOutlet(s.Outlet) == nil {
		return bad("an outlet's name has letters or digits")
	}
	return nil
}

// Poll is what one poll of a subscription leaves to be kept.
type Poll struct {
	State SubscriptionState
	// Moved is the address that a permanent redirect leads to; "" where none did.
	Moved string
	// Entries are all that is remembered of the feed's entries; nil leaves what there
	// is.
	Entries []SubscriptionEntry
}
