package watch

import (
	"time"

	"backfile/internal/news"
)

// Feed is one page of a search's results, the newest first, for other programs.
type Feed struct {
	// Title is what is searched for, Archive where.
	Title, Archive string
	// Home is the page of the results, Self this page of the feed, First its first page,
	// Next the one behind this, "" at the end: absolute addresses.
	Home, Self, First, Next string
	Items                   []Item
}

// Item is one article of a feed.
type Item struct {
	Article *news.Article
	// ID never changes and is no other article's: the address without its slug.
	ID string
	// Address is the article's page.
	Address string
	// Title is the headline, or what stands for it, Summary some words on it.
	Title, Summary string
	// Taken is when the archive took in the text that is shown.
	Taken time.Time
}

// Updated is when the archive took in the latest of the items; the beginning of Unix's
// time where there are none, for a feed must state some instant.
func (f *Feed) Updated() time.Time {
	at := time.Unix(0, 0).UTC()
	for _, it := range f.Items {
		if it.Taken.After(at) {
			at = it.Taken.UTC()
		}
	}
	return at.Truncate(time.Second)
}

// instant is a date where it states an instant: a second or a minute, with its zone.
func instant(d news.Date) (string, bool) {
	t, ok := d.Time()
	if !ok || !d.HasZone() || d.Precision != news.Second && d.Precision != news.Minute {
		return "", false
	}
	return t.Format(time.RFC3339), true
}

// known is a date as far as it is known, as ISO 8601 writes it.
func known(d news.Date) string {
	if _, ok := d.Time(); !ok {
		return ""
	}
	switch d.Precision {
	case news.Year:
		return d.Year()
	case news.Month:
		return d.Month()
	case news.Day:
		return d.Day()
	}
	return d.Text
}
