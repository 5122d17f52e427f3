package news

import "time"

// UsageStatus is what the sender of an article says may be done with it.
type UsageStatus string

// The statuses that keep an article from being shown. "" is a usable one.
const (
	UsageWithheld  UsageStatus = "withheld"  // not yet, or only to be known of
	UsageWithdrawn UsageStatus = "withdrawn" // no more: canceled, killed, withdrawn
)

// Usage is one message's word of an article: whether and when it may be shown. A
// store keeps an article's latest and is ruled by it; the version of an article
// says nothing of it.
type Usage struct {
	Status UsageStatus `json:"status,omitempty"`
	// EmbargoedUntil is the instant before which it is not to be shown, Expires
	// the one from which on it no longer is; zero where there is none.
	EmbargoedUntil time.Time `json:"embargoed_until,omitzero"`
	Expires        time.Time `json:"expires,omitzero"`
	// Reason is the sender's, in a few words; may be "".
	Reason string `json:"reason,omitempty"`
	// Version is the message's, as its sender counts, At its time: by these the
	// later of two messages is known. Both may be absent.
	Version string    `json:"version,omitempty"`
	At      time.Time `json:"at,omitzero"`
}

// Plain reports whether the word keeps nothing from being shown at any time.
func (u *Usage) Plain() bool {
	return u == nil || u.Status == "" && u.EmbargoedUntil.IsZero() && u.Expires.IsZero()
}

// Hiding says why an article that is kept is not shown.
type Hiding string

// The reasons for not showing an article. "" is that of one that is removed.
const (
	HiddenRemoved   Hiding = ""
	HiddenWithdrawn Hiding = "withdrawn" // by the agency
	HiddenWithheld  Hiding = "withheld"  // by the agency
	HiddenEmbargoed Hiding = "embargoed" // until Gone.At
	HiddenExpired   Hiding = "expired"   // since Gone.At
	HiddenUndone    Hiding = "undone"    // what took it in was undone
)

// Miss is an attempt to fetch an article again that gave no text to show: an error
// page, a wall, a text much emptier than the one that is kept.
type Miss struct {
	// At is when it was first so, Last when last, Times how often in between.
	At    time.Time `json:"at"`
	Last  time.Time `json:"last,omitzero"`
	Times int       `json:"times,omitempty"`
	// Reason is a plain clause for readers ("this page asks its reader to log in").
	Reason string `json:"reason"`
	// Original is the hash of what was answered; "" where nothing was kept.
	Original string `json:"original,omitempty"`
}

// Notice is what a message said of an article that has not come, from an export.
type Notice struct {
	// Key is the Key that the message named the article by, as an archive files it:
	// the first 20 bytes of its SHA-256, in hexadecimal.
	Key string `json:"key"`
	// Usage has a status, and Came is when the archive heard it.
	Usage Usage     `json:"usage"`
	Came  time.Time `json:"came"`
}
