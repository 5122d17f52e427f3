package subscribe

import (
	"slices"
	"time"

	"backfile/internal/ingest/item"
)

const (
	day  = 24 * time.Hour
	week = 7 * day
	// A feed is read between every quarter of an hour and once a day, unless a person
	// says otherwise.
	minPace = 15 * time.Minute
	maxPace = day
	// firstPace is that of a feed whose entries do not say when they are from.
	firstPace = time.Hour
)

// paceOf guesses how often a feed changes by its newest entries: half of what lies
// between two of them, so that most are read while they are news.
func paceOf(records []item.Record) time.Duration {
	var at []time.Time
	for _, r := range records {
		if t, ok := r.Article.Published.Time(); ok && !t.IsZero() {
			at = append(at, t)
		}
	}
	slices.SortFunc(at, func(a, b time.Time) int { return b.Compare(a) })
	const newest = 11
	if at = at[:min(len(at), newest)]; len(at) < 2 {
		return firstPace
	}
	gap := at[0].Sub(at[len(at)-1]) / time.Duration(len(at)-1)
	return clamp(gap / 2)
}

// paced is the pace after a poll: quicker where the feed had something new, slower
// where it had not.
func paced(was time.Duration, changed bool) time.Duration {
	if changed {
		return clamp(was * 2 / 3)
	}
	return clamp(was * 5 / 4)
}

func clamp(d time.Duration) time.Duration { return min(max(d, minPace), maxPace) }

// hints are how long a feed, its entries and its server ask to be left alone.
type hints struct {
	rest, age, after time.Duration
}

// wait is how long until the next poll: a person's word counts before the feed's, and
// nothing before what the server asks when it is overrun. spread, from 0 to 1, keeps
// feeds that were read together from always being so.
func (h hints) wait(every, pace time.Duration, spread float64) time.Duration {
	d := pace
	if d = max(d, min(h.rest, maxPace), min(h.age, maxPace)); every > 0 {
		d = every
	}
	// Up to a tenth more, never less: a server's max-age has then run out.
	d += time.Duration(float64(d) * spread / 10)
	return max(d, h.after)
}

// backOff is how long to wait after so many failures in a row: a quarter of an hour
// at first, twice as long each time, a day at most, up to a fifth more or less of it.
func backOff(failures int, spread float64) time.Duration {
	d := maxPace
	if failures < 8 {
		d = min(minPace<<max(failures-1, 0), maxPace)
	}
	return d + time.Duration(float64(d)*(spread-0.5)*0.4)
}
