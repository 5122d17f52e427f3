package news

import (
	"fmt"
	"testing"
	"time"
)

func TestCoverage(t *testing.T) {
	tests := []struct {
		name        string
		published   map[string]int
		ledger      []LedgerDay
		declared    []Declared
		today       string
		first, last string
		days        map[string]DayState
	}{
		{name: "nothing", today: "2026-11-23", days: map[string]DayState{"2026-11-23": Missed}},
		{
			name: "two cuttings", published: map[string]int{"1987-03-04": 2, "1987-03-07": 1, "1987-03-06": 0}, today: "2026-11-23", first: "1987-03-04", last: "1987-03-07",
			days: map[string]DayState{"1987-03-03": Missed, "1987-03-04": Reported, "1987-03-05": Missed, "1987-03-06": Missed, "1987-03-07": Reported, "1987-03-08": Missed},
		},
		{
			name: "a feed that failed for a day, and since", published: map[string]int{"2026-11-02": 3}, today: "2026-11-06",
			ledger: []LedgerDay{{Day: "2026-11-01", Polls: 4}, {Day: "2026-11-02", Polls: 24}, {Day: "2026-11-03", Polls: 1, Failed: 9}, {Day: "2026-11-04", Failed: 24}},
			first:  "2026-11-01", last: "2026-11-06",
			days: map[string]DayState{"2026-11-01": Silent, "2026-11-02": Reported, "2026-11-03": Silent, "2026-11-04": Missed, "2026-11-06": Missed},
		},
		{
			name: "captured today says nothing of today", published: map[string]int{"1936-05-01": 1}, ledger: []LedgerDay{{Day: "2026-11-23", Texts: 400}}, today: "2026-11-23",
			first: "1936-05-01", last: "1936-05-01", days: map[string]DayState{"2026-11-23": Missed},
		},
		{
			name: "a bound volume", published: map[string]int{"1987-03-04": 2}, declared: []Declared{{From: "1987-03-01", To: "1987-03-31"}}, today: "2026-11-23",
			first: "1987-03-01", last: "1987-03-31", days: map[string]DayState{"1987-03-01": Silent, "1987-03-04": Reported, "1987-03-31": Silent},
		},
		{
			name: "what is no day", published: map[string]int{"1987": 3, "1987-03": 2, "": 1, "1987-03-04": 1}, declared: []Declared{{From: "", To: "x"}}, ledger: []LedgerDay{{Day: "x", Polls: 1}},
			today: "", first: "1987-03-04", last: "1987-03-04", days: map[string]DayState{"1987-03-04": Reported, "x": Missed},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := NewCoverage(tt.published, tt.ledger, tt.declared, tt.today)
			if c.First != tt.first || c.Last != tt.last {
				t.Errorf("from %q to %q, want %q to %q", c.First, c.Last, tt.first, tt.last)
			}
			for day, want := range tt.days {
				if got := c.Day(day); got != want {
					t.Errorf("%s is %v, want %v", day, got, want)
				}
			}
		})
	}
}

// weekly is an outlet that appears on Thursdays of a year, but for the weeks left out.
func weekly(year int, without ...int) map[string]int {
	out := map[string]int{}
	d := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
	for week := 0; d.Year() == year; d = d.AddDate(0, 0, 1) {
		if d.Weekday() != time.Thursday {
			continue
		}
		week++
		skip := false
		for _, w := range without {
			skip = skip || w == week
		}
		if !skip {
			out[d.Format(time.DateOnly)] = 12
		}
	}
	return out
}

func TestCoverageWeekly(t *testing.T) {
	c := NewCoverage(weekly(1936, 10, 11), nil, nil, "2026-11-23")
	got := c.Whole()
	if got[Missed] > 20 || got[Missed] < 8 || got[Reported] != 51 {
		t.Errorf("a weekly with two issues missing: %d days missed, %d reported; want those two weeks missed and 51 days reported", got[Missed], got[Reported])
	}
	// The first Thursday of 1936 was the 2nd of January: the tenth is the 5th of March.
	for day, want := range map[string]DayState{"1936-03-05": Missed, "1936-03-06": Missed, "1936-03-12": Missed, "1936-02-28": Idle, "1936-03-19": Reported} {
		if got := c.Day(day); got != want {
			t.Errorf("%s is %v, want %v", day, got, want)
		}
	}
	if gap := c.LongestGap(); gap.From != "1936-03-02" || gap.To != "1936-03-15" {
		t.Errorf("the longest gap is from %s to %s, want from 1936-03-02 to 1936-03-15", gap.From, gap.To)
	}
	// A daily that has not appeared on a Sunday may have been missed on a Monday.
	daily := map[string]int{}
	for d := time.Date(1936, 1, 1, 0, 0, 0, 0, time.UTC); d.Year() == 1936; d = d.AddDate(0, 0, 1) {
		if d.Weekday() != time.Sunday && d.Format(time.DateOnly) != "1936-06-01" {
			daily[d.Format(time.DateOnly)] = 9
		}
	}
	c = NewCoverage(daily, nil, nil, "2026-11-23")
	if c.Day("1936-05-31") != Idle || c.Day("1936-06-01") != Missed {
		t.Errorf("a Sunday is %v and the Monday missed %v, want idle and missed", c.Day("1936-05-31"), c.Day("1936-06-01"))
	}
}

func TestCoverageStretches(t *testing.T) {
	c := NewCoverage(map[string]int{"2020-02-28": 1, "2020-03-01": 1}, []LedgerDay{{Day: "2020-02-29", Polls: 1}}, nil, "2020-03-04")
	got := fmt.Sprint(c.Stretches("2020-01-01", "2020-12-31"))
	want := "[{2020-02-28 2020-02-28 reported} {2020-02-29 2020-02-29 silent} {2020-03-01 2020-03-01 reported} {2020-03-02 2020-03-04 missed}]"
	if got != want {
		t.Errorf("stretches are %s, want %s", got, want)
	}
	// Days add up, whatever is asked for.
	for _, span := range [][2]string{{"2020-02-28", "2020-03-04"}, {"0001-01-01", "9999-12-31"}, {"2020-03-01", "2020-03-01"}, {"2021-01-01", "2021-12-31"}, {"2020-03-02", "2020-03-01"}} {
		sum := 0
		for _, s := range c.Stretches(span[0], span[1]) {
			a, _ := time.Parse(time.DateOnly, s.From)
			z, _ := time.Parse(time.DateOnly, s.To)
			sum += int(z.Sub(a).Hours()/24) + 1
		}
		if tally := c.Between(span[0], span[1]); sum != tally.Days() {
			t.Errorf("from %s to %s: stretches of %d days, counted %d", span[0], span[1], sum, tally.Days())
		}
	}
	// A date of the year 1 lays out no more than can be drawn.
	if far := NewCoverage(map[string]int{"0001-01-01": 1, "2020-03-01": 1}, nil, nil, ""); far.Whole().Days() != maxCoverageDays {
		t.Errorf("%d days since the year 1, want %d", far.Whole().Days(), maxCoverageDays)
	}
}

// BenchmarkCoverage lays out the days of a daily of a century: 30,000 with articles.
func BenchmarkCoverage(b *testing.B) {
	published := map[string]int{}
	for d := time.Date(1920, 1, 1, 0, 0, 0, 0, time.UTC); len(published) < 30_000; d = d.AddDate(0, 0, 1) {
		if d.Weekday() != time.Sunday {
			published[d.Format(time.DateOnly)] = 12
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		c := NewCoverage(published, nil, nil, "2026-11-23")
		if c.Whole()[Reported] != 30_000 {
			b.Fatalf("%d days have articles, want 30,000", c.Whole()[Reported])
		}
	}
}
