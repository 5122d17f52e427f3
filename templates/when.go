package templates

import (
	"context"

	"backfile/internal/news"
)

// When is a date that an article speaks of, with the words that do, each once.
type When struct {
	From, To  string // yyyy-mm-dd
	Precision news.Precision
	Words     []string
}

// ShowWhen is the date in words, as exactly as the article says it: "30 November
// 2021", "Week of 22 November 2021", "1939–1945", "1980s".
func ShowWhen(ctx context.Context, w When) string {
	n := 10
	switch w.Precision {
	case news.Week:
		return Say(ctx, "when.week", ShowDay(ctx, w.From))
	case news.Decade:
		return Say(ctx, "when.decade", part(w.From, 4))
	case news.Year:
		n = 4
	case news.Month, news.Season:
		n = 7
	}
	return years(ctx, ShowDay(ctx, part(w.From, n)), ShowDay(ctx, part(w.To, n)))
}

// whenAttr is the date as a machine reads it.
func whenAttr(w When) string {
	n := 10
	switch {
	case w.Precision == news.Year:
		n = 4
	case w.Precision == news.Month:
		n = 7
	}
	return part(w.From, n)
}

func part(s string, n int) string { return s[:min(n, len(s))] }
