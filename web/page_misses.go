package web

import (
	"context"
	"net/http"
	"strings"

	"backfile/internal/news"
	"backfile/templates"
)

// Misses reads the attempts to fetch an article again that gave no text to show, as
// they came.
type Misses interface {
	Misses(ctx context.Context, id news.ArticleID) ([]news.Miss, error)
}

// missesShown is how many of the last attempts a page tells of.
const missesShown = 5

// missesOf says of each attempt when it was made and why it gave nothing.
func (p *pages) missesOf(r *http.Request, id news.ArticleID) ([]templates.Miss, error) {
	if p.Server.Misses == nil {
		return nil, nil
	}
	all, err := p.Server.Misses.Misses(r.Context(), id)
	if err != nil {
		return nil, err
	}
	if len(all) > missesShown {
		all = all[len(all)-missesShown:]
	}
	out := make([]templates.Miss, len(all))
	for i, m := range all {
		out[i] = templates.Miss{At: templates.ShowInstant(r.Context(), m.At), Reason: inWords(r, strings.TrimSuffix(m.Reason, ", it is no article"))}
		if m.Times > 1 {
			out[i].At = say(r, "misses.between", out[i].At, templates.ShowInstant(r.Context(), m.Last), templates.Number(r.Context(), m.Times))
		}
	}
	return out, nil
}
