package web

import (
	"context"
	"math"
	"net/http"

	"backfile/internal/news"
	"backfile/internal/search"
)

// timelineAnswer is what /api/v1/timeline answers; see docs/api.md.
type timelineAnswer struct {
	By       unit          `json:"by"`
	Total    int           `json:"total"`
	Undated  int           `json:"undated"`
	OfYear   int           `json:"only_year,omitempty"`
	OfMonth  int           `json:"only_month,omitempty"`
	Timeline []pointAnswer `json:"timeline"`
	// With is the second search's.
	With     *timelineAnswer `json:"with,omitempty"`
	Problems []problemAnswer `json:"problems,omitempty"`
	Ignored  []ignoredAnswer `json:"ignored,omitempty"`
}

type pointAnswer struct {
	Value    string `json:"value"`
	Count    int    `json:"count"`
	Captured int    `json:"captured"`
	// Gap says that nothing is known of that time.
	Gap bool `json:"gap,omitempty"`
}

func answerOf(t *timespan, problems []search.Problem) *timelineAnswer {
	a := &timelineAnswer{By: t.By, Total: t.Total, Undated: t.Undated, OfYear: t.OfYear, OfMonth: t.OfMonth, Timeline: []pointAnswer{}}
	for _, pt := range t.Points {
		if pt.N > 0 || pt.Captured > 0 || pt.Gap {
			a.Timeline = append(a.Timeline, pointAnswer{pt.Value, pt.N, pt.Captured, pt.Gap})
		}
	}
	for _, x := range problems {
		a.Problems = append(a.Problems, problemAnswer(x))
	}
	return a
}

// apiTimeline tells when the articles of a search were published.
func (p *pages) apiTimeline(w http.ResponseWriter, r *http.Request) error {
	ctx, cancel := context.WithTimeout(r.Context(), searchTime)
	defer cancel()
	l, bad := parseLook(r.URL.Query())
	res, err := p.query(ctx, l.params)
	if err != nil {
		return err
	}
	s, err := p.spansOf(ctx, l, res, false)
	if err != nil {
		return err
	}
	a := answerOf(s.first, res.Problems)
	if s.with != nil {
		a.With = answerOf(s.with, s.second.Problems)
	}
	for _, b := range bad {
		a.Ignored = append(a.Ignored, ignoredAnswer(b))
	}
	writeJSON(w, http.StatusOK, a)
	return nil
}

// particularAnswer is one entity that a set names more than others do.
type particularAnswer struct {
	Slug      string `json:"slug"`
	Name      string `json:"name"`
	Count     int    `json:"count"`
	Elsewhere int    `json:"elsewhere"`
	// Times is absent where it is named nowhere else.
	Times *float64 `json:"times,omitempty"`
	Score float64  `json:"score"`
}

// apiParticular tells who and what the articles of a search name more than others.
func (p *pages) apiParticular(w http.ResponseWriter, r *http.Request) error {
	ctx, cancel := context.WithTimeout(r.Context(), searchTime)
	defer cancel()
	l, bad := parseLook(r.URL.Query())
	res, err := p.query(ctx, l.params)
	if err != nil {
		return err
	}
	most, found, err := p.particularSet(ctx, l, res, l.PerPage)
	if err != nil {
		return err
	}
	a := map[string]any{"total": found.Total}
	for _, k := range news.Kinds {
		rows := []particularAnswer{}
		for _, e := range most[k] {
			x := particularAnswer{Slug: e.Entity.Slug, Name: e.Entity.Name, Count: e.N, Elsewhere: e.Elsewhere, Score: math.Round(e.Score*100) / 100}
			if !math.IsInf(e.Times, 1) {
				t := math.Round(e.Times*1000) / 1000
				x.Times = &t
			}
			rows = append(rows, x)
		}
		a[string(k)] = rows
	}
	var ignored []ignoredAnswer
	for _, b := range bad {
		ignored = append(ignored, ignoredAnswer(b))
	}
	if ignored != nil {
		a["ignored"] = ignored
	}
	writeJSON(w, http.StatusOK, a)
	return nil
}
