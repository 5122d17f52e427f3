package ingest

import (
	"time"

	"backfile/internal/ingest/item"
	"backfile/internal/news"
)

// noticeReasons are what a message says that has no text to take in.
var noticeReasons = map[news.UsageStatus]string{
	news.UsageWithdrawn: "the agency withdrew it",
	news.UsageWithheld:  "the agency withholds it",
}

// usageOf is what the sender of a record says may be done with it; nil where it says
// nothing. The versions of feeds and of readers' exports count nothing.
func usageOf(rec *item.Record, public bool) *news.Usage {
	u := news.Usage{EmbargoedUntil: instant(rec.EmbargoedUntil), Expires: instant(rec.Expires), Reason: rec.Note}
	switch rec.Status {
	case item.Canceled, item.Withdrawn:
		u.Status = news.UsageWithdrawn
	case item.Withheld:
		u.Status = news.UsageWithheld
	default:
		u.Reason = ""
	}
	if public && u.Plain() {
		return nil
	}
	u.Version = rec.Version
	for _, d := range []news.Date{rec.Sent, rec.Article.Updated, rec.Article.Published} {
		if u.At.IsZero() && (d.Precision == news.Second || d.Precision == news.Minute) {
			u.At = instant(d)
		}
	}
	if u == (news.Usage{}) {
		return nil
	}
	return &u
}

// instant is the instant that a date of an agency stands for: in its own zone, or
// where it states none in that of this machine, which stands where its readers are.
// It is zero for no date.
func instant(d news.Date) time.Time {
	t, ok := d.Time()
	if !ok {
		return time.Time{}
	}
	if !d.HasZone() {
		t = time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.Local)
	}
	return t.UTC()
}

// notice is what an archive is told by a message that has no text to take in; nil
// where nothing says which article it means.
func (r *Reader) notice(u unit, a *news.Article) *news.Write {
	var ks []news.Key
	if a.GUID != "" {
		ks = append(ks, news.GUIDKey(a.GUID))
	}
	for _, guid := range u.rec.Also {
		ks = append(ks, news.GUIDKey(guid))
	}
	ks = append(ks, KeysOfURL(a.URL)...)
	if len(ks) == 0 {
		return nil
	}
	return &news.Write{
		Article: news.Article{Source: a.Source, GUID: a.GUID, Usage: a.Usage}, Keys: ks,
		Original: u.data, OriginalType: u.rec.RawType, At: r.o.Now(),
	}
}
