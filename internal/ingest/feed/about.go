package feed

import (
	"bytes"
	"encoding/json"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"

	"backfile/internal/ingest/item"
)

// About is what a feed says of itself. Addresses are as it writes them, and may be
// relative to its own.
type About struct {
	Title string
	// Home is the page that the feed belongs to.
	Home string
	// Older is the document of older entries: the archive before this one, or the next
	// page (RFC 5005; JSON Feed's next_url). "" where it names none.
	Older string
	// Rest is how long the feed asks to be left alone between two readings, by ttl or
	// by updatePeriod and updateFrequency; 0 where it does not ask.
	Rest time.Duration
	// Ended says that the feed declares that nothing will be added to it any more.
	Ended bool

	period    string
	frequency int
}

// Entries reads a feed's entries, as XML and JSON do, and fills in about while they
// are read: it is whole at the end. ok is false, and nothing else given, where data is
// no feed; head is its beginning in UTF-8, if data itself is in a wider encoding.
func Entries(head, data []byte, l item.Limits, about *About) (entries iter.Seq2[item.Record, error], ok bool) {
	switch {
	case IsXML(head):
		return readXML(bytes.NewReader(data), l, about), true
	case IsJSON(head):
		about.json(data)
		return JSON(bytes.NewReader(data), l), true
	}
	return nil, false
}

// XML reads the entries of an RSS or an Atom feed.
func XML(r io.Reader, l item.Limits) iter.Seq2[item.Record, error] {
	return readXML(r, l, &About{})
}

// take reads an element of the feed itself, which is no entry.
func (a *About) take(n *item.Node) {
	switch n.Name {
	case "title":
		if a.Title == "" && isOwn(n) {
			a.Title = item.Line(n.Raw())
		}
	case "link":
		switch href := strings.TrimSpace(n.Attr("href")); strings.ToLower(strings.TrimSpace(n.Attr("rel"))) {
		case "prev-archive":
			a.Older = href // rather than a page of a list that moves on
		case "next":
			if a.Older == "" {
				a.Older = href
			}
		case "", "alternate":
			if a.Home == "" && isOwn(n) {
				a.Home = first(href, n.Plain())
			}
		}
	case "ttl":
		if m, err := strconv.Atoi(n.Plain()); err == nil && m > 0 {
			a.rest(time.Duration(min(m, maxRestMinutes)) * time.Minute)
		}
	case "updateperiod":
		a.period = strings.ToLower(n.Plain())
		a.updates()
	case "updatefrequency":
		a.frequency, _ = strconv.Atoi(n.Plain())
		a.updates()
	}
}

// maxRestMinutes bounds what a feed may ask for: a week.
const maxRestMinutes = 7 * 24 * 60

func (a *About) rest(d time.Duration) { a.Rest = max(a.Rest, d) }

// updates reads the syndication module: so many updates a period.
func (a *About) updates() {
	const day = 24 * time.Hour
	period := map[string]time.Duration{"hourly": time.Hour, "daily": day, "weekly": 7 * day, "monthly": 30 * day, "yearly": 365 * day}[a.period]
	if period == 0 {
		return
	}
	a.Rest = min(period/time.Duration(max(1, a.frequency)), maxRestMinutes*time.Minute)
}

// json reads the fields of a JSON Feed beside its items. What is no such feed after
// all says nothing.
func (a *About) json(data []byte) {
	var f struct {
		Title   string `json:"title"`
		Home    string `json:"home_page_url"`
		Next    string `json:"next_url"`
		Expired bool   `json:"expired"`
	}
	if json.Unmarshal(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), &f) != nil {
		return
	}
	a.Title, a.Home, a.Older, a.Ended = item.Line(f.Title), strings.TrimSpace(f.Home), strings.TrimSpace(f.Next), f.Expired
}
