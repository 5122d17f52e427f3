package news

import (
	"math"
	"time"
)

// DayState says what the archive can say of one day of an outlet.
type DayState uint8

// The states of days.
const (
	// Missed is a gap: nothing was captured, and what was reported is unknown.
	Missed DayState = iota
	// Idle is a day of the week on which the outlet does not appear, in a week of
	// which something was captured.
	Idle
	// Silent is a day that was captured, on which nothing was reported.
	Silent
	// Reported is a day of which the archive has an article.
	Reported
)

// String is the state as tables and the API name it.
func (s DayState) String() string {
	return [...]string{"missed", "idle", "silent", "reported"}[s]
}

// Known says that the archive knows what was reported on such a day.
func (s DayState) Known() bool { return s != Missed }

// Coverage is what the archive can say of each day of an outlet, or of all outlets
// together, from the first of which it has or did anything to the last. The zero
// value has no day.
type Coverage struct {
	// First and Last are yyyy-mm-dd, "" where there is no day.
	First, Last string
	first       int // the day's number
	days        []DayState
}

// maxCoverageDays bounds what is laid out day by day: a date of the year 1 makes
// no two thousand years of gaps. Days before are left out.
const maxCoverageDays = 250 * 366

// NewCoverage joins the number of articles published by day (yyyy-mm-dd), what was
// done to capture them, and what is declared to be complete. An outlet that is
// watched, as one with a feed is, is followed until today, any other until its last
// article.
//
// A day is Reported if it has an article, and Silent if none but a feed that
// answered or a declaration. Days of the week on which the outlet hardly ever
// appears are Idle, unless all other days of their week are Missed.
func NewCoverage(published map[string]int, ledger []LedgerDay, declared []Declared, today string) Coverage {
	first, last := math.MaxInt, math.MinInt
	take := func(day string) (n int, ok bool) {
		if n, ok = dayNumber(day); ok {
			first, last = min(first, n), max(last, n)
		}
		return n, ok
	}
	reported := make([]int, 0, len(published))
	for d, n := range published {
		if n > 0 {
			if n, ok := take(d); ok {
				reported = append(reported, n)
			}
		}
	}
	for _, d := range declared {
		take(d.From)
		take(d.To)
	}
	for _, l := range ledger {
		if l.Polls > 0 || l.Failed > 0 {
			take(l.Day)
			take(today)
		}
	}
	if first > last {
		return Coverage{}
	}
	first = max(first, last+1-maxCoverageDays)
	c := Coverage{First: dayTime(first).Format(time.DateOnly), Last: dayTime(last).Format(time.DateOnly), first: first}
	n := last - first + 1
	c.days = make([]DayState, n)
	for _, d := range declared {
		for i := c.index(d.From); i <= c.index(d.To); i++ {
			c.raise(i, Silent)
		}
	}
	for _, l := range ledger {
		if l.Polls > 0 {
			c.raise(c.index(l.Day), Silent)
		}
	}
	for _, n := range reported {
		c.raise(n-first, Reported)
	}
	c.rest()
	return c
}

// raise makes the day at i at least s, where there is such a day.
func (c *Coverage) raise(i int, s DayState) {
	if i >= 0 && i < len(c.days) && c.days[i] < s {
		c.days[i] = s
	}
}

// index is the place of a day, which may lie outside; -1 for what is no day.
func (c *Coverage) index(day string) int {
	n, ok := dayNumber(day)
	if !ok {
		return -1
	}
	return n - c.first
}

// How an outlet's rhythm is known: of so many weeks in which it appeared, on a day
// of the week at most once in so many.
const (
	rhythmWeeks = 8
	rhythmRare  = 20
)

// rest marks the days of the week on which the outlet does not appear, year by year
// as its habits change.
func (c *Coverage) rest() {
	for a := 0; a < len(c.days); {
		z := min(len(c.days), c.index(c.day(a).Format("2006")+"-12-31")+1)
		c.restIn(a, z)
		a = z
	}
}

// restIn does so within the days from a to z.
func (c *Coverage) restIn(a, z int) {
	// Weeks begin on Monday; one that the year parts counts on both sides.
	monday := func(i int) int { return i - (int(c.day(i).Weekday())+6)%7 }
	weeks := 0
	var on [7]int
	for m := monday(a); m < z; m += 7 {
		any := false
		for w := range 7 {
			if i := m + w; i >= a && i < z && c.days[i] == Reported {
				on[w]++
				any = true
			}
		}
		if any {
			weeks++
		}
	}
	if weeks < rhythmWeeks {
		return
	}
	for m := monday(a); m < z; m += 7 {
		known := false
		for w := range 7 {
			i := m + w
			known = known || i >= 0 && i < len(c.days) && c.days[i].Known()
		}
		for w := range 7 {
			if i := m + w; known && i >= a && i < z && c.days[i] == Missed && on[w]*rhythmRare <= weeks {
				c.days[i] = Idle
			}
		}
	}
}

func (c *Coverage) day(i int) time.Time { return dayTime(c.first + i) }

// Day is the state of a day, yyyy-mm-dd: Missed outside of First and Last.
func (c Coverage) Day(day string) DayState {
	if i := c.index(day); i >= 0 && i < len(c.days) {
		return c.days[i]
	}
	return Missed
}

// Tally counts days by their state.
type Tally [4]int

// Known is the number of days of which the archive knows what was reported.
func (t Tally) Known() int { return t[Idle] + t[Silent] + t[Reported] }

// Days is the number of days.
func (t Tally) Days() int { return t.Known() + t[Missed] }

// Between counts the days from one day to another, both included, by their state;
// those outside of First and Last are not counted.
func (c Coverage) Between(from, to string) Tally {
	var t Tally
	if len(c.days) == 0 {
		return t
	}
	a, z := max(0, c.index(from)), c.index(to)
	for i := a; i <= z && i < len(c.days); i++ {
		t[c.days[i]]++
	}
	return t
}

// Whole counts all days.
func (c Coverage) Whole() Tally { return c.Between(c.First, c.Last) }

// Stretch is days of one state, one behind the other, both ends included.
type Stretch struct {
	From, To string
	State    DayState
}

// Stretches are the days from one day to another, cut to First and Last, as runs of
// one state.
func (c Coverage) Stretches(from, to string) []Stretch {
	if len(c.days) == 0 {
		return nil
	}
	var out []Stretch
	a, z := max(0, c.index(from)), min(len(c.days)-1, c.index(to))
	for i := a; i <= z; {
		j := i
		for j < z && c.days[j+1] == c.days[i] {
			j++
		}
		out = append(out, Stretch{c.day(i).Format(time.DateOnly), c.day(j).Format(time.DateOnly), c.days[i]})
		i = j + 1
	}
	return out
}

// LongestGap is the longest stretch of Missed days, which Idle ones do not end; zero
// where there is none.
func (c Coverage) LongestGap() Stretch {
	best, length := Stretch{}, 0
	for i := 0; i < len(c.days); i++ {
		if c.days[i] != Missed {
			continue
		}
		j, last := i, i
		for ; j < len(c.days) && (c.days[j] == Missed || c.days[j] == Idle); j++ {
			if c.days[j] == Missed {
				last = j
			}
		}
		if last-i+1 > length {
			length = last - i + 1
			best = Stretch{c.day(i).Format(time.DateOnly), c.day(last).Format(time.DateOnly), Missed}
		}
		i = j
	}
	return best
}
