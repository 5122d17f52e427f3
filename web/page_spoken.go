package web

import (
	"cmp"
	"slices"
	"strings"

	"backfile/internal/news"
	"backfile/templates"
)

// The most dates of an article that are shown, and words for each.
const (
	mostSpoken      = 24
	mostSpokenWords = 3
	// fewestSpoken dates other than the day of publication make a story of several days.
	fewestSpoken = 2
)

// spokenDates are the dates that the article speaks of, in the order of time; none
// where fewer than two differ from its own day. Of very many the first named are kept.
func spokenDates(a *news.Article) []templates.When {
	var out []templates.When
	at := map[string]int{}
	others, today := 0, a.Published.Day()
	for _, d := range a.Dates {
		key := d.From + d.To + string(d.Precision)
		i, ok := at[key]
		if !ok {
			if len(out) == mostSpoken {
				continue
			}
			i = len(out)
			at[key] = i
			out = append(out, templates.When{From: d.From, To: d.To, Precision: d.Precision})
			if d.From != today || d.To != today {
				others++
			}
		}
		words := strings.Join(strings.Fields(d.Text), " ")
		same := func(w string) bool { return strings.EqualFold(w, words) }
		if w := &out[i]; len(w.Words) < mostSpokenWords && !slices.ContainsFunc(w.Words, same) {
			w.Words = append(w.Words, words)
		}
	}
	if others < fewestSpoken {
		return nil
	}
	slices.SortStableFunc(out, func(x, y templates.When) int {
		return cmp.Or(cmp.Compare(x.From, y.From), cmp.Compare(x.To, y.To))
	})
	return out
}
