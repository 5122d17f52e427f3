package news

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Doubt is a date that a source gives and that cannot be. It is kept for people to
// see, and used for nothing.
type Doubt struct {
	// Field is "published", "updated" or "captured".
	Field string `json:"field"`
	// Text is the date as the source gives it.
	Text string `json:"text"`
	// From says where it was found; see the From constants.
	From string `json:"from,omitempty"`
	// Reason is one of the Doubt constants.
	Reason string `json:"reason"`
}

// Why a date cannot be.
const (
	// DoubtFuture is a date more than a day ahead of the article's capture.
	DoubtFuture = "future"
	// DoubtEarly is one before there were newspapers.
	DoubtEarly = "early"
	// DoubtImpossible is a day or an hour that there is none of (30 February).
	DoubtImpossible = "impossible"
	// DoubtUnset is what a program writes where nobody set a date (0001-01-01).
	DoubtUnset = "unset"
)

// The names of an article's dates.
const (
	FieldPublished = "published"
	FieldUpdated   = "updated"
	FieldCaptured  = "captured"
)

// earliestYear is the one before which no newspaper was printed.
const earliestYear = 1600

// aheadGrace is how far a date may lie ahead of the capture: zones are often unknown.
const aheadGrace = 24 * time.Hour

// maxDoubts bounds what one article keeps of them, maxDoubtText the bytes of each.
const (
	maxDoubts    = 8
	maxDoubtText = 100
)

// Doubt says why an article that was captured by that time cannot have the date: one
// of the Doubt constants, "" where it can. A zero time leaves the future open.
func (d Date) Doubt(captured time.Time) string {
	if d.IsZero() {
		return ""
	}
	t, ok := d.Time()
	switch {
	case !ok:
		return DoubtImpossible
	case t.Year() <= 1:
		return DoubtUnset
	case t.Year() < earliestYear:
		return DoubtEarly
	case !captured.IsZero() && t.After(captured.Add(aheadGrace)):
		return DoubtFuture
	}
	return ""
}

// numericDate is what claims to be a date by its form: year, month, day, then a clock.
var (
	numericDate = regexp.MustCompile(`^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2})(?:[T\s].*)?)?)?$`)
	compactDate = regexp.MustCompile(`^(\d{4})(\d\d)(\d\d)(?:T?\d{4}(?:\d\d)?.*)?$`)
	clockTime   = regexp.MustCompile(`[T\s](\d\d):?(\d\d)(?::?(\d\d))?`)
)

// DoubtText says why a text that has the form of a date in figures (2023-02-30,
// 1246/05/03, 00000000) is none; "" for a date that can be, and for any other text.
func DoubtText(s string) string {
	s = strings.TrimSpace(s)
	if len(s) > maxDoubtText {
		return ""
	}
	m := numericDate.FindStringSubmatch(s)
	if m == nil {
		if m = compactDate.FindStringSubmatch(s); m == nil {
			return ""
		}
	}
	n := func(i int) int {
		v, _ := strconv.Atoi(m[i])
		return v
	}
	year, month, day := n(1), max(n(2), 1), max(n(3), 1)
	switch {
	case year <= 1:
		return DoubtUnset
	case year < earliestYear:
		return DoubtEarly
	case m[2] != "" && n(2) == 0, m[3] != "" && n(3) == 0:
		return DoubtImpossible
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if int(t.Month()) != month || t.Day() != day {
		return DoubtImpossible
	}
	if c := clockTime.FindStringSubmatch(s); c != nil && (c[1] > "24" || c[2] > "59" || c[3] > "60") {
		return DoubtImpossible
	}
	return ""
}

// Doubted notes a date that is not used. The same twice is noted once.
func (a *Article) Doubted(d Doubt) {
	if len(d.Text) > maxDoubtText {
		d.Text = strings.ToValidUTF8(d.Text[:maxDoubtText], "")
	}
	same := func(o Doubt) bool { return o.Field == d.Field && o.Text == d.Text }
	if d.Text == "" || d.Reason == "" || len(a.Doubts) >= maxDoubts || slices.ContainsFunc(a.Doubts, same) {
		return
	}
	a.Doubts = append(a.Doubts, d)
}

// DoubtedText notes a text that claims to be the date of that field and cannot be. It
// reports whether it is such a one.
func (a *Article) DoubtedText(field, s, from string) bool {
	reason := DoubtText(s)
	if reason != "" {
		a.Doubted(Doubt{Field: field, Text: strings.TrimSpace(s), From: from, Reason: reason})
	}
	return reason != ""
}

// Quarantine takes out of use every date of the article that cannot be: one before
// there were newspapers, and one more than a day ahead of the capture, or of now
// where that is not known. What it takes stands in Doubts from then on. Everything
// that is taken in goes through it.
func (a *Article) Quarantine(now time.Time) {
	take := func(field string, d *Date, limit time.Time) {
		if reason := d.Doubt(limit); reason != "" {
			a.Doubted(Doubt{Field: field, Text: d.Text, From: d.From, Reason: reason})
			*d = Date{}
		}
	}
	take(FieldCaptured, &a.Captured, now)
	limit := now
	if t, ok := a.Captured.latest(); ok && (now.IsZero() || t.Before(now)) {
		limit = t
	}
	take(FieldPublished, &a.Published, limit)
	take(FieldUpdated, &a.Updated, limit)
}

// latest is the last instant that the date can mean, for dates of a day and finer to
// within the day.
func (d Date) latest() (time.Time, bool) {
	t, ok := d.Time()
	if !ok || d.Precision == Second || d.Precision == Minute {
		return t, ok
	}
	_, last := d.Days()
	end, err := time.Parse(time.DateOnly, last)
	return end.AddDate(0, 0, 1), err == nil
}

// InDoubt returns the first doubt about a date of that name; ok is false where there
// is none.
func (a *Article) InDoubt(field string) (d Doubt, ok bool) {
	i := slices.IndexFunc(a.Doubts, func(d Doubt) bool { return d.Field == field })
	if i < 0 {
		return Doubt{}, false
	}
	return a.Doubts[i], true
}
