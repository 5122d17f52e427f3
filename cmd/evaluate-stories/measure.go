package main

import (
	"fmt"
	"io"
	"slices"
	"time"

	"backfile/internal/news"
	"backfile/internal/story"
)

// report is an article as the stories see it.
type report struct {
	unit story.Unit
	of   *told
}

// reports are the articles in the order of time.
func reports(all []told) []report {
	out := make([]report, 0, len(all))
	for i := range all {
		a := &all[i].article
		if u, ok := story.UnitOf(a.ID, a.Published, story.Make(a)); ok {
			out = append(out, report{u, &all[i]})
		}
	}
	slices.SortFunc(out, func(a, b report) int { return a.unit.Compare(b.unit) })
	return out
}

func rarityOf(rs []report) *story.Rarity {
	var r story.Rarity
	for _, x := range rs {
		r.Count(x.unit.Trace)
	}
	r.Done()
	return &r
}

// score is how right pairs of articles are joined.
type score struct{ truth, found, right int }

// and are the pairs of both.
func (s score) and(o score) score {
	return score{s.truth + o.truth, s.found + o.found, s.right + o.right}
}

func (s score) precision() float64 { return float64(s.right) / float64(max(s.found, 1)) }
func (s score) recall() float64    { return float64(s.right) / float64(max(s.truth, 1)) }
func (s score) f1() float64        { return 2 * float64(s.right) / float64(max(s.truth+s.found, 1)) }

func (s score) String() string {
	return fmt.Sprintf("precision %.4f  recall %.4f  F1 %.4f  (%d pairs in truth, %d found, %d of them right)", s.precision(), s.recall(), s.f1(), s.truth, s.found, s.right)
}

// assign says which story each report follows, in their order, and how long that took.
func assign(rs []report, rarity *story.Rarity) ([]news.ArticleID, time.Duration) {
	start := time.Now()
	s := story.NewSweep(rarity)
	out := make([]news.ArticleID, len(rs))
	for i, r := range rs {
		out[i] = s.Next(r.unit)
	}
	return out, time.Since(start)
}

// pairwise compares the stories with the events, pair by pair. It counts by story and
// event, so that a hundred thousand articles are no trouble.
func pairwise(rs []report, found []news.ArticleID) (s score) {
	type both struct {
		event string
		story news.ArticleID
	}
	events, stories, cells := map[string]int{}, map[news.ArticleID]int{}, map[both]int{}
	for i, r := range rs {
		stories[found[i]]++
		if r.of.event != "" {
			events[r.of.event]++
			cells[both{r.of.event, found[i]}]++
		}
	}
	pairs := func(n int) int { return n * (n - 1) / 2 }
	for _, n := range events {
		s.truth += pairs(n)
	}
	for _, n := range stories {
		s.found += pairs(n)
	}
	for _, n := range cells {
		s.right += pairs(n)
	}
	return s
}

// printErrors shows wrong joins and wrong partings, by their headlines.
func printErrors(out io.Writer, rs []report, found []news.ArticleID, n int) {
	shown := map[string]int{}
	for i, r := range rs {
		for j, q := range rs[:i] {
			same := r.of.event != "" && r.of.event == q.of.event
			kind := ""
			switch {
			case same && found[i] != found[j]:
				kind = "parted"
			case !same && found[i] == found[j]:
				kind = "joined"
			default:
				continue
			}
			if shown[kind]++; shown[kind] <= n {
				fmt.Fprintf(out, "%s\t%s %q\n\t%s %q\n", kind, q.of.event, q.of.article.Headline, r.of.event, r.of.article.Headline)
			}
		}
	}
}
