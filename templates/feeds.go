package templates

import (
	"context"
	"strconv"
	"time"
)

// FeedsView is the feeds that the archive reads.
type FeedsView struct {
	Page
	Feeds []FeedRow
	// Bad counts those that need a look, New the articles of the week.
	Bad, New int
	// Off says that feeds are not read on a schedule.
	Off bool
	// Address and Outlet are what the form was sent with; Problem is what is wrong with
	// that, Found the feeds that the page there names.
	Address, Outlet string
	Problem         string
	Found           []Link
	// Came are the sentences on a list that was taken in.
	Came []string
}

// FeedRow is one feed among the others.
type FeedRow struct {
	ID, Name, Address string
	Outlet            Link
	Good, Next        time.Time // zero: never, now
	Week              int
	Waiting           int
	Failures          int
	Error             string
	Paused, Ended     bool
	Busy              bool
}

// FeedView is one feed.
type FeedView struct {
	Page
	FeedRow
	Given, Home        string
	Checked, Since     time.Time
	Seen, New          int
	Called, OutletName string // as a person set them
	Every, Pace        int    // minutes; Every 0 is by how often it changes
	Everies            []int
	FeedOnly           bool
	// Older offers to fetch older entries; Progress says how far that is.
	Older    bool
	Progress string
	Problem  string
}

// ago is how long before now a time was, in the largest unit that fits.
func ago(ctx context.Context, now, t time.Time) string {
	d := now.Sub(t)
	if d < time.Minute {
		return Say(ctx, "ago.now")
	}
	unit, n := inUnits(d)
	return Count(ctx, "ago."+unit, n)
}

// until is how long after now a time is.
func until(ctx context.Context, now, t time.Time) string {
	d := t.Sub(now)
	if t.IsZero() || d <= 0 {
		return Say(ctx, "feeds.next.now")
	}
	unit, n := inUnits(d + time.Minute - 1)
	return Count(ctx, "in."+unit, n)
}

func inUnits(d time.Duration) (unit string, n int) {
	const day = 24 * time.Hour
	switch {
	case d < 90*time.Minute:
		return "minutes", int(d / time.Minute)
	case d < 2*day:
		return "hours", int((d + time.Hour/2) / time.Hour)
	}
	return "days", int((d + day/2) / day)
}

// every says how often a feed is read.
func every(ctx context.Context, minutes int) string {
	switch minutes {
	case 15:
		return Say(ctx, "every.15")
	case 30:
		return Say(ctx, "every.30")
	case 60:
		return Say(ctx, "every.60")
	case 180:
		return Say(ctx, "every.180")
	case 360:
		return Say(ctx, "every.360")
	case 720:
		return Say(ctx, "every.720")
	case 1440:
		return Say(ctx, "every.1440")
	case 10080:
		return Say(ctx, "every.10080")
	}
	if minutes >= 120 {
		return Count(ctx, "every.hours", (minutes+30)/60)
	}
	return Count(ctx, "every.n", minutes)
}

// moment is a time for a title and a machine.
func moment(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// digits is n without thousands parted, for a machine.
func digits(n int) string { return strconv.Itoa(n) }
