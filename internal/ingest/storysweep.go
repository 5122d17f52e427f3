package ingest

import (
	"context"
	"slices"
	"time"

	"backfile/internal/news"
	"backfile/internal/story"
)

// rarityGrown says when words must be counted again: when there are half as many articles
// more than were counted.
func rarityGrown(counted, now int) bool { return now > counted+counted/2+100 }

// look goes through the days that are due; did says that there were any.
func (s *Stories) look(ctx context.Context) (did bool, err error) {
	due, err := s.st.StoriesDue(ctx)
	if err != nil || !due.Any() {
		return false, err
	}
	rarity, err := s.rarity(ctx)
	if err != nil {
		return false, err
	}
	// Counting has all days looked at.
	if due, err = s.st.StoriesDue(ctx); err != nil {
		return false, err
	}
	start := time.Now()
	reports, changed, err := s.sweep(ctx, rarity, due)
	if err != nil {
		return false, err
	}
	s.lg.DebugContext(ctx, "looked for stories", "all", due.All, "days", len(due.Days), "reports", reports, "changed", changed, "took", time.Since(start).Round(time.Millisecond))
	return true, s.st.SettleStories(ctx, due.Mark)
}

// rarity is how rare words are, counted where that is not known for an archive of this
// size.
func (s *Stories) rarity(ctx context.Context) (*story.Rarity, error) {
	total, err := s.st.CountArticles(ctx)
	if err != nil {
		return nil, err
	}
	kept, err := s.st.StoryRarity(ctx)
	if err != nil {
		return nil, err
	}
	r := &story.Rarity{}
	if len(kept) > 0 && r.UnmarshalBinary(kept) == nil && !rarityGrown(r.Articles, total) {
		return r, nil
	}
	r = &story.Rarity{}
	err = s.each(ctx, "", func(k news.Traced, u story.Unit) (bool, error) {
		r.Count(u.Trace)
		return true, nil
	})
	if err != nil {
		return nil, err
	}
	r.Done()
	if kept, err = r.MarshalBinary(); err != nil {
		return nil, err
	}
	return r, s.st.SetStoryRarity(ctx, kept)
}

// each calls f with each report from that day on, in their order, until it returns false.
func (s *Stories) each(ctx context.Context, from string, f func(news.Traced, story.Unit) (bool, error)) error {
	type held struct {
		k news.Traced
		u story.Unit
	}
	var day []held // reports of a day come in no order
	flush := func() (bool, error) {
		slices.SortFunc(day, func(a, b held) int { return a.u.Compare(b.u) })
		for _, h := range day {
			if more, err := f(h.k, h.u); !more || err != nil {
				return false, err
			}
		}
		day = day[:0]
		return true, nil
	}
	for after, more := from, true; more; {
		start := time.Now()
		page, next, err := s.st.Traces(ctx, after, tracePage)
		if err != nil {
			return err
		}
		for _, k := range page {
			if k.Lead != "" && k.Lead != k.ID {
				continue // a family is one report
			}
			var t story.Trace
			if t.UnmarshalBinary(k.Trace) != nil {
				continue // of another version, and about to be made anew
			}
			u, ok := story.UnitOf(k.ID, k.Published, t)
			if !ok {
				continue
			}
			if len(day) > 0 && day[0].u.Day != u.Day {
				if more, err := flush(); !more || err != nil {
					return err
				}
			}
			day = append(day, held{k, u})
		}
		if after, more = next, next != ""; more {
			if err := s.pace.Rest(ctx, start); err != nil {
				return err
			}
		}
	}
	_, err := flush()
	return err
}

// sweep finds the stories of the days that are due, and of those behind them as far as
// these change them: a report that follows another story than before matters for
// story.Window days. Days that nothing due reaches are not read.
func (s *Stories) sweep(ctx context.Context, r *story.Rarity, due news.StoriesDue) (reports, changed int, err error) {
	sw := story.NewSweep(r)
	var found []news.Following
	tell := func() error {
		if len(found) == 0 {
			return nil
		}
		err := s.st.Tell(ctx, found)
		found = found[:0]
		return err
	}
	days, until := due.Days, ""
	if due.All {
		days, until = []string{""}, "9999-12-31"
	}
	for len(days) > 0 && err == nil {
		// One stretch: from what the first day that is left may follow, to where nothing
		// that is due matters any more, and the next is not near.
		from := dayAfter(days[0], -story.Window)
		err = s.each(ctx, from, func(k news.Traced, u story.Unit) (bool, error) {
			day := k.Published.Day()
			for len(days) > 0 && days[0] <= day {
				until, days = max(until, dayAfter(days[0], story.Window)), days[1:]
			}
			if day > until {
				if len(days) == 0 || day < dayAfter(days[0], -story.Window) {
					return false, nil
				}
				reports++
				sw.Seen(u, k.Story)
				return true, nil
			}
			reports++
			of := sw.Next(u)
			if of == k.Story {
				return true, nil
			}
			changed++
			until = max(until, dayAfter(day, story.Window))
			found = append(found, news.Following{Report: k.ID, Story: of})
			if len(found) == tellMost {
				return true, tell()
			}
			return true, nil
		})
		// Behind the last report there is nothing to look at.
		for len(days) > 0 && dayAfter(days[0], -story.Window) <= from {
			days = days[1:]
		}
	}
	if err == nil {
		err = tell()
	}
	return reports, changed, err
}

// dayAfter is the day n days behind a day, both yyyy-mm-dd, within the years that such
// days have.
func dayAfter(day string, n int) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	t = t.AddDate(0, 0, n)
	switch {
	case t.Year() < 0:
		return "0000-01-01"
	case t.Year() > 9999:
		return "9999-12-31"
	}
	return t.Format(time.DateOnly)
}
