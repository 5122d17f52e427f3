package templates

import (
	"context"
	"strings"
	"time"

	"backfile/internal/news"
)

// CoverageSum is the coverage of an outlet, or of all, in figures. Days are
// yyyy-mm-dd.
type CoverageSum struct {
	// First is the first day counted, Last the last that was captured.
	First, Last string
	// Days are those on which the outlet appears, Captured those of them that were
	// captured.
	Days, Captured int
	// GapFrom and GapTo are the longest gap; "" for none.
	GapFrom, GapTo string
}

// YearStrip is one year of an outlet, day by day.
type YearStrip struct {
	Year, Href string
	// N is the articles of the year, those without a day too.
	N                        int
	Reported, Silent, Missed int
	Days                     []DayRun
}

// DayRun is days of one state, both ends included.
type DayRun struct {
	From, To string
	State    news.DayState
}

// OutletCoverage is what an outlet's page shows of its coverage.
type OutletCoverage struct {
	Sum   CoverageSum
	Years []YearStrip
	// All leads to all of its years.
	All string
}

// drawnRun is a run with its place in the strip, in per cent of a year of 366 days.
type drawnRun struct {
	X, W  string
	State news.DayState
}

// draw lays a year's runs out. Idle days stay blank.
func (s YearStrip) draw() []drawnRun {
	const year = 366
	var out []drawnRun
	for _, r := range s.Days {
		a, err1 := time.Parse(time.DateOnly, r.From)
		z, err2 := time.Parse(time.DateOnly, r.To)
		if err1 != nil || err2 != nil || r.State == news.Idle {
			continue
		}
		out = append(out, drawnRun{X: pct(100 * float64(a.YearDay()-1) / year), W: pct(100 * float64(z.YearDay()-a.YearDay()+1) / year), State: r.State})
	}
	return out
}

// strip months: where each begins, in per cent.
func monthMarks() []string {
	out := make([]string, 0, 11)
	for m := time.February; m <= time.December; m++ {
		d := time.Date(2024, m, 1, 0, 0, 0, 0, time.UTC)
		out = append(out, pct(100*float64(d.YearDay()-1)/366))
	}
	return out
}

// gapRuns are the runs of years without anything known, for a strip of years.
func gapRuns(gaps []bool) []drawnRun {
	var out []drawnRun
	step := 100 / float64(max(1, len(gaps)))
	for i := 0; i < len(gaps); {
		j := i
		for j < len(gaps) && gaps[j] {
			j++
		}
		if j > i {
			out = append(out, drawnRun{X: pct(float64(i) * step), W: pct(float64(j-i) * step)})
		}
		i = max(j, i+1)
	}
	return out
}

// share is that of the days captured, as a whole percentage that says 100 only of
// all and 0 only of none.
func (s CoverageSum) share(ctx context.Context) string {
	if s.Days == 0 {
		return share100(ctx, 0, 0)
	}
	n := 100 * s.Captured / s.Days
	if n == 0 && s.Captured > 0 {
		return Say(ctx, "coverage.under", share100(ctx, 1, 0))
	}
	return share100(ctx, float64(n), 0)
}

// figures are a year of an outlet in words.
func figures(ctx context.Context, y YearStrip) string {
	parts := []string{Count(ctx, "articles", y.N)}
	if y.Silent > 0 {
		parts = append(parts, Count(ctx, "coverage.silent", y.Silent))
	}
	if y.Missed > 0 {
		parts = append(parts, Count(ctx, "coverage.missed", y.Missed))
	}
	return strings.Join(parts, " · ")
}

// coverageSentence says how much is known, and where the longest gap is.
func coverageSentence(ctx context.Context, s CoverageSum) string {
	out := Say(ctx, "coverage.known", ShowDay(ctx, s.First), Number(ctx, s.Captured), Count(ctx, "days", s.Days))
	if s.GapFrom != "" {
		out += " " + Say(ctx, "coverage.longest", dayRange(ctx, s.GapFrom, s.GapTo))
	}
	return out
}

// dayRange is from one day to another in words.
func dayRange(ctx context.Context, from, to string) string {
	if from == to {
		return ShowDay(ctx, from)
	}
	return Say(ctx, "range", ShowDay(ctx, from), ShowDay(ctx, to))
}
