package news

import (
	"fmt"
	"net/mail"
	"strings"
	"time"
	"unicode/utf8"
)

// AlertID names an alert.
type AlertID string

// Alert has what a saved search newly finds sent to somebody, now and then.
type Alert struct {
	ID     AlertID  `json:"id"`
	Owner  string   `json:"owner"`
	Search SearchID `json:"search"`
	// Address is whom it is sent to, an e-mail address without a name.
	Address string    `json:"address"`
	Every   Every     `json:"every"`
	Created time.Time `json:"created"`
	// Told is the moment up to which digests have told what came in, whether they had
	// something to tell or not; Cursor is the feed's row then, "" where that is of another
	// archive.
	Told   time.Time `json:"told,omitzero"`
	Cursor Cursor    `json:"cursor,omitempty"`
	// Sent is when a digest last had something of it, New how much.
	Sent time.Time `json:"sent,omitzero"`
	New  int       `json:"new,omitempty"`
}

// Recipient is somebody whom digests are sent to, as the archive has seen them. All that
// is due to one address goes out as one digest.
type Recipient struct {
	Address string `json:"address"`
	// Token stops the digests: who has it was sent it. It is unguessable.
	Token   string    `json:"token"`
	Created time.Time `json:"created"`
	// Stopped is when they asked not to be written to any more; zero for one who has not.
	Stopped time.Time `json:"stopped,omitzero"`
	// Sent is the last digest that the mail server took.
	Sent time.Time `json:"sent,omitzero"`
	// Failures counts the attempts in a row that failed, the last at Tried for Error, a
	// plain clause; Next is the next attempt.
	Failures int       `json:"failures,omitempty"`
	Tried    time.Time `json:"tried,omitzero"`
	Error    string    `json:"error,omitempty"`
	Next     time.Time `json:"next,omitzero"`
}

// AlertTold is what became of one alert in a digest that went out, or that had nothing to
// tell.
type AlertTold struct {
	ID AlertID
	// Cursor is the feed's row up to which it was told, New how much there was.
	Cursor Cursor
	New    int
}

// KeptAlert is an alert as an export has it, with what its recipient must not lose.
type KeptAlert struct {
	Alert
	Token   string    `json:"token,omitempty"`
	Stopped time.Time `json:"stopped,omitzero"`
}

// The limits of alerts.
const (
	// MaxAlerts is how many an archive keeps.
	MaxAlerts = 1000
	// maxMailAddress is the longest address in bytes that mail servers pass on (RFC 5321).
	maxMailAddress = 254
	// tokenLength is that of a recipient's token: 128 bits and a few in our own letters.
	tokenLength = 26
)

// Every is how often an alert is told.
type Every string

// How often.
const (
	Hourly Every = "hourly"
	Daily  Every = "daily"
	Weekly Every = "weekly"
)

// Everies are all of them, the most frequent first.
var Everies = []Every{Hourly, Daily, Weekly}

// TimeOfDay is when in a day the daily digests go out, and on Mondays the weekly ones.
type TimeOfDay struct{ Hour, Minute int }

// ParseTimeOfDay reads a time as 24-hour clocks show it, "07:00".
func ParseTimeOfDay(s string) (TimeOfDay, error) {
	t, err := time.Parse("15:04", s)
	if err != nil {
		return TimeOfDay{}, fmt.Errorf("%q is no time of day, as in 07:00: %w", s, ErrInvalid)
	}
	return TimeOfDay{t.Hour(), t.Minute()}, nil
}

// String is the time as clocks show it.
func (t TimeOfDay) String() string { return fmt.Sprintf("%02d:%02d", t.Hour, t.Minute) }

// Last is the last moment, now or before it, at which what is told so often goes out, in
// the time zone of now.
func (e Every) Last(now time.Time, at TimeOfDay) time.Time {
	if e == Hourly {
		return now.Add(-time.Duration(now.Minute())*time.Minute - time.Duration(now.Second())*time.Second - time.Duration(now.Nanosecond()))
	}
	y, m, d := now.Date()
	back := 0
	if e == Weekly {
		back = (int(now.Weekday()) + 6) % 7 // days since Monday
	}
	t := time.Date(y, m, d-back, at.Hour, at.Minute, 0, 0, now.Location())
	if t.After(now) {
		if e == Weekly {
			back += 7
		} else {
			back++
		}
		t = time.Date(y, m, d-back, at.Hour, at.Minute, 0, 0, now.Location())
	}
	return t
}

// Next is the first such moment behind now.
func (e Every) Next(now time.Time, at TimeOfDay) time.Time {
	last := e.Last(now, at)
	switch e {
	case Hourly:
		return last.Add(time.Hour)
	case Weekly:
		return last.AddDate(0, 0, 7)
	}
	return last.AddDate(0, 0, 1)
}

// Due reports whether a moment at which the alert goes out has come since it was told.
func (a Alert) Due(now time.Time, at TimeOfDay) bool { return a.Every.Last(now, at).After(a.Told) }

// CleanAddress is a typed address as it is kept: without white space around it, the
// domain in small letters.
func CleanAddress(s string) string {
	s = strings.TrimSpace(s)
	if i := strings.LastIndexByte(s, '@'); i >= 0 {
		s = s[:i] + strings.ToLower(s[i:])
	}
	return s
}

// SameAddress reports whether two addresses are one: capitals tell no mailboxes apart.
func SameAddress(a, b string) bool { return strings.EqualFold(a, b) }

// CheckAddress returns an error that wraps ErrInvalid for what is no bare e-mail address
// in ASCII, which every mail server takes.
func CheckAddress(s string) error {
	bad := func(why string) error { return fmt.Errorf("%q %s: %w", s, why, ErrInvalid) }
	for i := range len(s) {
		if s[i] <= ' ' || s[i] >= utf8.RuneSelf || s[i] == 0x7f {
			return bad("is no e-mail address: it has a space, or a sign that not every mail server takes")
		}
	}
	a, err := mail.ParseAddress(s)
	switch {
	case err != nil || a.Address != s:
		return bad("is no e-mail address, as in desk@paper.example")
	case len(s) > maxMailAddress:
		return bad(fmt.Sprintf("is longer than %d bytes", maxMailAddress))
	}
	return nil
}

// Masked is an address of which who knows it knows it again, and nobody else learns it.
func Masked(address string) string {
	name, domain, _ := strings.Cut(address, "@")
	if len(name) > 1 {
		name = name[:1]
	}
	return name + "…@" + domain
}

// ValidToken reports whether s has the form of a recipient's token.
func ValidToken(s string) bool {
	if len(s) != tokenLength {
		return false
	}
	for i := range len(s) {
		if !strings.ContainsRune("0123456789abcdefghjkmnpqrstvwxyz", rune(s[i])) {
			return false
		}
	}
	return true
}

// NewToken makes a token of random bytes, of which there must be 16 or more.
func NewToken(random []byte) string { return idEncoding.EncodeToString(random)[:tokenLength] }

// Check returns an error that wraps ErrInvalid for an alert that cannot be kept.
func (a Alert) Check() error {
	if a.Owner == "" || strings.ContainsRune(a.Owner, 0) {
		return fmt.Errorf("an alert needs an owner: %w", ErrInvalid)
	}
	if a.Every != Hourly && a.Every != Daily && a.Every != Weekly {
		return fmt.Errorf("%q does not say how often: it is hourly, daily or weekly: %w", a.Every, ErrInvalid)
	}
	if a.Address != CleanAddress(a.Address) {
		return fmt.Errorf("the address %q is not in its form: %w", a.Address, ErrInvalid)
	}
	return CheckAddress(a.Address)
}
