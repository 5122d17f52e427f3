package web

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"backfile/internal/news"
)

// ledgerOfRuns has runs in the order of their ids, as the store has.
type ledgerOfRuns struct {
	rest
	all []news.Run
}

// rest is what a page of runs does not ask for.
type rest interface{ Runs }

func (l ledgerOfRuns) Runs(_ context.Context, before news.RunID, n int) ([]news.Run, error) {
	i := 0
	if before != "" {
		i = 1 + slices.IndexFunc(l.all, func(r news.Run) bool { return r.ID == before })
	}
	return slices.Clone(l.all[i:min(len(l.all), i+n)]), nil
}

// A page of runs has the one that wrote last in front, though a feed's day begins at
// midnight, and nothing is lost or shown twice between pages.
func TestLastRuns(t *testing.T) {
	const feeds, days = 130, 4 // more feeds than one answer of the store has
	var all []news.Run
	for d := range days {
		midnight := time.Date(2026, 11, 20+d, 0, 0, 0, 0, time.UTC)
		for f := range feeds {
			r := *news.DailyRun(midnight.Add(time.Minute), news.RunFeed, fmt.Sprintf("https://feed.example/%d", f))
			r.Last = midnight.Add(time.Duration(f) * 10 * time.Minute)
			all = append(all, r)
		}
		noon := *news.NewRun(midnight.Add(12*time.Hour), news.RunIngest, "cuttings")
		noon.Last = noon.Begun.Add(time.Minute)
		all = append(all, noon, *news.NewRun(midnight.Add(12*time.Hour+time.Second), news.RunIngest, "goes on and has not written"))
	}
	slices.SortFunc(all, func(a, b news.Run) int { return cmp.Compare(b.ID, a.ID) })
	seen := map[news.RunID]bool{}
	var last time.Time
	before, pages := news.RunID(""), 0
	for ; ; pages++ {
		page, earlier, err := lastRuns(t.Context(), ledgerOfRuns{all: all}, before)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range page {
			if seen[r.ID] {
				t.Fatalf("run %s of %s is shown twice", r.ID, when(r))
			}
			if !last.IsZero() && when(r).After(last) {
				t.Fatalf("page %d: a run of %s stands behind one of %s", pages+1, when(r), last)
			}
			seen[r.ID], last = true, when(r)
		}
		if before = earlier; earlier == "" {
			pages++
			break
		}
	}
	if len(seen) != len(all) || pages != days {
		t.Errorf("%d runs on %d pages, want %d on %d", len(seen), pages, len(all), days)
	}
	for _, n := range []int{0, 1, runsShown} {
		if page, earlier, err := lastRuns(t.Context(), ledgerOfRuns{all: all[:n]}, ""); err != nil || len(page) != n || earlier != "" {
			t.Errorf("of %d runs, %d are shown, with more behind %q, %v", n, len(page), earlier, err)
		}
	}
}
